"""The round before the meeting: when, who, on which points, and which side has scored."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, clock, labels
from tracker.domain.agenda import Proposal, proposed
from tracker.domain.outcomes import evaluated
from tracker.domain.records.enums import Party
from tracker.queries.records import Kept
from tracker.web.dates import link
from tracker.web.frame import fictional, language, programme
from tracker.web.meeting_saves import not_yet_words
from tracker.web.record_places import form_url
from tracker.web.region import region
from tracker.web.scope import Visible
from tracker.web.scores_view import insurer_name
from tracker.web.why_view import why_url


def preparation_page(code: str, held: Kept) -> dict[str, Any]:
    """The view model of templates/meeting/voorbereiding.html."""
    seen, number = region(code), held.values["number"]
    where: dict[str, Any] = {"code": code, "number": number}
    may = access.pen(code).may("round")
    points = sorted(held.children["agenda"], key=_place)
    found = proposals(seen, number)
    planned = held.values["planned_on"]
    return {
        "head": _head(seen, held, where, may),
        "address": where,
        "open_url": url_for("meeting.open_", **where) if may and planned <= clock.today() else None,
        "not_yet": not_yet_words(planned) if planned > clock.today() else None,
        "may_edit": may,
        "points": [_point(item, at, len(points)) for at, item in enumerate(points)],
        "planned_minutes": _minutes(sum(item.values["duration_min"] or 0 for item in points)),
        "proposals": [_proposal(item, code) for item in found],
        "minutes": _minutes(sum(item.minutes for item in found)),
        "people": [_person(item) for item in held.children["invitees"]],
        "sides": _sides(held),
        "scores_url": url_for("scoring.scores", **where),
        "former": _former(seen, number),
    }


def proposals(seen: Visible, number: int) -> tuple[Proposal, ...]:
    """What the data propose for a round, as this reader may see them."""
    return proposed(seen.dossier, seen.findings, programme(), number, clock.today())


def point_text(item: Proposal) -> str:
    """A proposal as a point of the agenda: what and why. A point that comes along again keeps its own words."""
    text = labels.text(item.text, language())
    return text if item.carried_from is not None else f"{text}: {labels.text(item.because, language())}"


def _head(seen: Visible, held: Kept, where: dict[str, Any], may: bool) -> dict[str, Any]:
    code, number, tongue = seen.code, held.values["number"], language()
    buttons = [{"text": _("Afdrukken"), "print": True}]
    if (pack := link("evaluations.pack", **where)) is not None:
        buttons.append({"text": _("Vergaderstuk"), "url": pack, "icon": "file-earmark-text"})
    if may:
        url = form_url("round", code, None, "correct", held.number, terug=url_for("evaluations.detail", **where))
        buttons.insert(0, {"text": _("Datum en voorzitter wijzigen"), "url": url})
    return {
        "title": _("Ronde %(number)s, %(region)s", number=number, region=seen.dossier.name),
        "fictional": fictional(),
        "crumbs": [
            {"text": _("Evaluaties"), "url": link("evaluations.index")},
            {"text": seen.dossier.name, "url": link("cooperations.evaluations", code=code)},
            {"text": _("Ronde %(number)s", number=number)},
        ],
        "tags": [{"text": _("Gepland"), "tone": "slate"}],
        "facts": [
            [_("gepland op "), {"text": labels.day_words(held.values["planned_on"], tongue), "strong": True}],
            [_("voorzitter: "), held.values["chair"] or _("Onbekend")],
        ],
        "buttons": buttons,
    }


def _point(item: Kept, at: int, total: int) -> dict[str, Any]:
    carried = item.values["carried_from"]
    return {
        "code": item.values["code"],
        "text": item.values["text"],
        "facts": _("doorgeschoven uit ronde %(number)s", number=carried) if carried is not None else "",
        "minutes": item.values["duration_min"] or "",
        "is_first": at == 0,
        "is_last": at == total - 1,
    }


def _minutes(number: int) -> str:
    return str(ngettext("%(num)s minuut", "%(num)s minuten", number))


def _proposal(item: Proposal, code: str) -> dict[str, Any]:
    tongue = language()
    url = why_url(item.finding, code) if item.finding is not None else None
    if url is None and item.initiative is not None:
        url = link("initiatives.detail", id=item.initiative)
    return {
        "key": item.key,
        "title": labels.text(item.text, tongue),
        "because": labels.text(item.because, tongue),
        "minutes": _minutes(item.minutes),
        "url": url,
    }


def _person(item: Kept) -> dict[str, Any]:
    party = item.values["party"]
    word = labels.word(party, language()) if party else ""
    return {"number": item.number, "name": item.values["person"], "party": word}


def _sides(held: Kept) -> list[dict[str, str]]:
    """Whose scores are in, without the scores."""
    words = {
        Party.COOPERATION: (_("Eigen scores"), held.values["self_scored_on"]),
        Party.INSURER: (
            _("Scores van %(insurer)s", insurer=insurer_name(programme())),
            held.values["insurer_scored_on"],
        ),
    }
    return [
        {
            "text": text,
            "state": _("ingeleverd op %(day)s", day=labels.day_words(day, language()))
            if day
            else _("nog niet ingeleverd"),
        }
        for text, day in words.values()
    ]


def _former(seen: Visible, number: int) -> dict[str, str] | None:
    """The minutes of the meeting before."""
    turns = evaluated(seen.dossier, seen.findings, programme()).turns
    last = next((turn for turn in reversed(turns) if turn.round.number < number), None)
    if last is None:
        return None
    day = labels.day_words(last.held_on, language())
    url = link("evaluations.detail", code=seen.code, number=last.round.number)
    return {"text": _("Verslag van ronde %(number)s, %(day)s", number=last.round.number, day=day), "url": url}


def _place(item: Kept) -> tuple[bool, int, str]:
    place = item.values["position"]
    return place is None, place or 0, item.values["code"]
