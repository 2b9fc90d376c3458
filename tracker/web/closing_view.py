"""The page where both parties close a round: its content, who agreed, and what still stands in the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, clock, labels
from tracker.domain.canonical import Json, read_canonical
from tracker.domain.closing import final_on, side_of
from tracker.domain.minutes_differences import differences
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Round
from tracker.operations.closing import ClosingRefused, check_closing
from tracker.queries.codes import name_of
from tracker.queries.documents import Agreement, Draft, agreements, draft_document, stored_document, versions_known
from tracker.queries.meetings import course_of, round_number_of
from tracker.web.dates import link
from tracker.web.frame import fictional, language
from tracker.web.meeting_view import remark_rows

MOST_NAMED = 6


def closing_page(code: str, number: int, faults: list[str]) -> dict[str, Any] | None:
    """The view model of templates/closing/index.html; None where there is no such round."""
    versions = versions_known(code, number)
    if not versions:
        return None
    held = versions[0]
    page: dict[str, Any] = {"head": _head(code, held), "faults": faults, "minutes_url": None, "typed": request.form}
    page["detail_url"] = link("evaluations.detail", code=code, number=number)
    if held.locked_on is not None:
        return page | _closed(code, held)
    return page | _open(code, held)


def topic_words(topic: Topic) -> str:
    """What to do about a topic that is still open."""
    said = labels.word(topic, language())
    said = said[:1].upper() + said[1:]
    return str(_("%(topic)s: geef een afgesproken score, of schrijf waarom dit niet is beoordeeld.", topic=said))


def _open_topic(code: str, held: Round, topic: Topic) -> dict[str, str | None]:
    """The same with the way to the topic, where there is a meeting to answer it in."""
    return {"text": topic_words(topic), "url": _meeting_url(code, held, stap="onderwerpen", onderwerp=topic.value)}


def _meeting_url(code: str, held: Round, **asked: Any) -> str | None:
    """The meeting of a round that was opened here and is not closed."""
    stored = round_number_of(code, held.number)
    if held.locked_on is not None or stored is None or course_of(stored) is None:
        return None
    return url_for("meeting.live", code=code, number=held.number, **asked)


def _reopen_url(code: str, held: Round) -> str | None:
    """Where a round that has no meeting here, as a correction has none, is opened to write in it."""
    may = access.pen(code).may("round")
    return None if _meeting_url(code, held) or not may else url_for("meeting.open_", code=code, number=held.number)


def _head(code: str, held: Round) -> dict[str, Any]:
    name = name_of(code) or code
    title = _("Ronde %(number)s sluiten, %(region)s", number=held.number, region=name)
    if held.locked_on is not None:
        title = _("Ronde %(number)s is gesloten, %(region)s", number=held.number, region=name)
    round_url = link("evaluations.detail", code=code, number=held.number) if held.held_on else None
    return {
        "title": title,
        "fictional": fictional(),
        "crumbs": [
            {"text": _("Evaluaties"), "url": link("evaluations.index")},
            {"text": name, "url": link("cooperations.evaluations", code=code)},
            {"text": _("Ronde %(number)s", number=held.number), "url": round_url},
            {"text": _("Sluiten")},
        ],
        "facts": _head_facts(held),
        "buttons": [],
    }


def _head_facts(held: Round) -> list[str]:
    facts = [_("versie %(version)s", version=held.version)]
    facts += [_("gehouden op %(day)s", day=_day(held.held_on))] if held.held_on else []
    facts += [_("reden van correctie: %(reason)s", reason=held.correction_reason)] if held.correction_reason else []
    return facts


def _day(day: date) -> str:
    return labels.day_words(day, language())


# --- closed ----------------------------------------------------------------------------------------------------------


def _closed(code: str, held: Round) -> dict[str, Any]:
    assert held.locked_on is not None, "asked only of a closed round"
    end = final_on(held.locked_on)
    takes_remarks = clock.today() < end
    return {
        "lock": lock_words(code, held) | {"link": None},
        "may": side_of(access.pen(code).roles) is not None,
        "takes_remarks": takes_remarks and access.pen(code).may("remark"),
        "final": _("Opmerkingen kunnen tot %(day)s. Daarna is het verslag definitief.", day=_day(end))
        if takes_remarks
        else _("Het verslag is definitief sinds %(day)s.", day=_day(end)),
        "remarks": remark_rows(code, held),
        "minutes_url": link("evaluations.minutes", code=code, number=held.number),
    }


def lock_words(code: str, held: Round) -> dict[str, Any]:
    """Why a round is locked, since when, by whom, and how to lift it; for `lock_notice` of states.html.

    Who may not begin a correction reads whom to ask for one.
    """
    assert held.locked_on is not None, "asked only of a closed round"
    document = stored_document(code, held.number, held.version)
    who = _("Wie dat deed, is hier niet vastgelegd.")
    asked = _("de voorzitter of de regiomanager")
    if document is not None:
        own, other = document.names[Party.COOPERATION], document.names[Party.INSURER]
        who = _("Vastgesteld door %(own)s en %(other)s, na akkoord op dezelfde inhoud.", own=own, other=other)
        asked = _("%(own)s of %(other)s", own=own, other=other)
    again = _("Een correctie is een nieuwe versie met een reden; beide partijen sluiten die opnieuw.")
    may = side_of(access.pen(code).roles) is not None
    ask = "" if may else " " + _("Wilt u iets laten corrigeren? Vraag het %(who)s.", who=asked)
    url = link("closing.close", code=code, number=held.number) if may else None
    return {
        "title": _("Ronde %(number)s is vergrendeld sinds %(day)s.", number=held.number, day=_day(held.locked_on)),
        "text": f"{who} {again}{ask}",
        "link": {"text": _("Nieuwe versie beginnen"), "url": url} if url else None,
    }


# --- open ------------------------------------------------------------------------------------------------------------


def _open(code: str, held: Round) -> dict[str, Any]:
    try:
        check_closing(code, held, clock.today())
    except ClosingRefused as refused:
        found = [{"text": labels.words(item, language()), "url": None} for item in refused.reasons]
        found += [_open_topic(code, held, item) for item in refused.topics]
        return {"hindrances": found, "draft": None, "meeting_url": _meeting_url(code, held), "reopen_url": None}
    draft = draft_document(code, held.number, held.version, clock.today())
    assert draft is not None, "the round was found"
    given = agreements(code, held.number, held.version)
    valid = {item.party: item for item in given if item.sha256 == draft.sha256}
    side = side_of(access.pen(code).roles, set(valid))
    return {
        "hindrances": [],
        "meeting_url": _meeting_url(code, held),
        "reopen_url": _reopen_url(code, held),
        "draft": {"sha256": draft.sha256, "facts": _facts(draft.content)},
        "draft_url": link("evaluations.minutes", code=code, number=held.number, versie=held.version),
        "parties": [_party(party, valid.get(party)) for party in Party],
        "lapsed": [_lapsed(item, draft) for item in given if item.sha256 != draft.sha256],
        "button": None
        if side is None or side in valid
        else _("Akkoord geven en sluiten")
        if valid
        else _("Akkoord geven"),
        "side": None if side is None else labels.word(side, language()),
    }


def _party(party: Party, given: Agreement | None) -> dict[str, Any]:
    name = labels.word(party, language())
    name = name[:1].upper() + name[1:]
    if given is None:
        return {"name": name, "text": _("nog geen akkoord"), "done": False}
    moment = labels.moment_text(given.agreed_at, language())
    return {"name": name, "text": _("%(who)s gaf akkoord op %(day)s", who=given.name, day=moment), "done": True}


def _facts(content: Json) -> list[str]:
    """What stands in the document, in numbers."""
    scores = sum(item.get("agreed") is not None for item in content["round"].get("scores", ()))
    numbers = (
        ngettext("%(num)s afgesproken score", "%(num)s afgesproken scores", scores),
        ngettext("%(num)s uitkomst van een regel", "%(num)s uitkomsten van regels", len(content["findings"])),
        ngettext("%(num)s feit", "%(num)s feiten", len(content["facts"])),
        ngettext("%(num)s wijziging", "%(num)s wijzigingen", len(content["changes"])),
        ngettext("%(num)s besluit", "%(num)s besluiten", len(content["decisions"])),
        ngettext("%(num)s actie", "%(num)s acties", len(content["actions"])),
    )
    return [str(item) for item in numbers]


def _lapsed(given: Agreement, draft: Draft) -> str:
    """Whose agreement lapsed, and what changed since it was given."""
    parts = {
        "round": _("het gesprek zelf"),
        "scores": _("scores"),
        "statuses": _("statussen"),
        "facts": _("feiten"),
        "decisions": _("besluiten"),
        "actions": _("acties"),
        "programmes": _("het kader"),
    }
    told = []
    for part, names in differences(read_canonical(given.text.encode()), draft.content).items():
        listed = ", ".join(_called(part, name) for name in names[:MOST_NAMED])
        told.append(f"{parts[part]} ({listed}{', …' if len(names) > MOST_NAMED else ''})")
    return str(
        _(
            "Het akkoord van %(who)s is vervallen, want de inhoud is gewijzigd: %(what)s.",
            who=given.name,
            what="; ".join(told),
        )
    )


def _called(part: str, name: str) -> str:
    return labels.word(Topic(name), language()) if part == "scores" and name in set(Topic) else name
