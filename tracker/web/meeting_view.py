"""Who was at a meeting, what was on the agenda and what was remarked afterwards, for the page of a round."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import AgendaItem, Remark, Round
from tracker.web.curtain import readable
from tracker.web.frame import language


def attendance_words(held: Round) -> str:
    """Who came, then who did not; unknown where nobody noted it."""
    came = [_person(item.person, item.party) for item in held.invitees if item.attended]
    missed = [_person(item.person, item.party) for item in held.invitees if item.attended is False]
    if not came and not missed:
        return str(_("Onbekend, dat is niet vastgelegd"))
    said = labels.listed(came, language()) if came else str(_("niemand"))
    return said + (_("; afwezig: %(names)s", names=labels.listed(missed, language())) if missed else "")


def _person(name: str, party: Party | None) -> str:
    return name if party is None else f"{name} ({labels.word(party, language())})"


def agenda_rows(held: Round) -> list[dict[str, Any]]:
    """The points in their order, for templates/evaluations/detail.html."""
    return [
        _point(item) for item in sorted(held.agenda, key=lambda item: (item.position is None, item.position, item.code))
    ]


def _point(item: AgendaItem) -> dict[str, Any]:
    facts = []
    if item.carried_from is not None:
        facts.append(_("doorgeschoven uit ronde %(number)s", number=item.carried_from))
    if item.closed is not None:
        facts.append(_("afgehandeld") if item.closed else _("gaat door naar de volgende ronde"))
    return {
        "title": item.text,
        "origin": item.origin,
        "duration": item.duration_min,
        "minutes": item.minutes,
        "facts": ", ".join(map(str, facts)),
    }


def remark_rows(code: str, held: Round) -> list[dict[str, str]]:
    """The remarks about the minutes as this reader may read them, the first one first."""
    return [
        _remark(code, item) for item in sorted(held.remarks, key=lambda item: (item.stated_on, item.person, item.text))
    ]


def _remark(code: str, item: Remark) -> dict[str, str]:
    day, person = labels.day_short(item.stated_on, language()), readable(code, item.person)
    return {"text": readable(code, item.text), "by": f"{_person(person, item.party)}, {day}"}
