"""One round as a page: its head and its lock, with scores, actions, decisions, rules and versions below it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from tracker import labels
from tracker.access import allows
from tracker.domain import policy
from tracker.domain.finding import Finding
from tracker.domain.outcomes import Evaluated, Turn, locked_since, versions_of
from tracker.domain.records.evaluation import Round
from tracker.exchange.tables import Table
from tracker.queries.meetings import course_of, round_number_of
from tracker.web.chips import chip
from tracker.web.closing_view import lock_words
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.evaluations_view import scale_words
from tracker.web.evidence_ways import Pieces
from tracker.web.frame import fictional, language, programme
from tracker.web.meeting_view import agenda_rows, attendance_words, remark_rows
from tracker.web.round_actions import actions_file, round_actions, round_decisions
from tracker.web.round_scores import round_scores, scores_file
from tracker.web.scope import Visible
from tracker.web.scores_view import region_figure
from tracker.web.why_view import why_view


def round_of(item: Evaluated, number: int) -> Turn | None:
    """The round with this number, as it counts on the day."""
    return next((turn for turn in item.turns if turn.round.number == number), None)


def chosen_version(item: Evaluated, turn: Turn) -> Round:
    """The version that holds, or the one the address names."""
    wanted = request.args.get("versie", "")
    held = versions_of(item.dossier, turn.round.number)
    return next((one for one in held if str(one.version) == wanted), turn.round)


def round_page(seen: Visible, item: Evaluated, turn: Turn, former: Turn | None) -> dict[str, Any]:
    """The view model of templates/evaluations/detail.html; `former` is the round on the compare date."""
    looked_at, asked = chosen_version(item, turn), programme()
    held = [*looked_at.evidence, *(piece for score in looked_at.scores for piece in score.evidence)]
    pieces = Pieces(seen, held)
    return {
        "head": _head(item, looked_at),
        "lock": _lock(item, turn),
        "other_version": _other_version(turn.round, looked_at),
        "not_there": _not_there(former),
        "scores": round_scores(looked_at, former.round if former else None, asked, pieces),
        "scale": scale_words(),
        "figure": region_figure(item, asked),
        "actions": round_actions(item.dossier, looked_at),
        "decisions": round_decisions(item.dossier, looked_at),
        "agenda": agenda_rows(looked_at),
        "remarks": remark_rows(item.dossier.code, looked_at),
        "rules": [_rule(finding, item) for finding in item.of_round(turn.round.number)],
        "versions": _versions(item, turn),
        "evidence": [pieces.view(piece, looked_at.evidence) for piece in looked_at.evidence],
        "downloads": {name: download_links(name) for name in ("scores", "acties")},
        "source": source_line(),
        "neighbours": _neighbours(item, turn),
    }


def _day(day: Any) -> str:
    return labels.day_words(day, language()) if day else _("Onbekend")


def _head(item: Evaluated, held: Round) -> dict[str, Any]:
    code, name = item.dossier.code, item.dossier.name
    region = {"text": name, "url": link("cooperations.evaluations", code=code) or link("evaluations.index", regio=code)}
    return {
        "title": _("Ronde %(number)s, %(region)s", number=held.number, region=name),
        "fictional": fictional(),
        "crumbs": [
            {"text": _("Evaluaties"), "url": link("evaluations.index")},
            region,
            {"text": _("Ronde %(number)s", number=held.number)},
        ],
        "facts": [
            [_("gehouden op "), {"text": _day(held.held_on), "strong": True}],
            [_("voorzitter: "), held.chair or _("Onbekend")],
            [_("eigen scores: "), _day(held.self_scored_on)],
            [_("scores verzekeraar: "), _day(held.insurer_scored_on)],
            [_("aanwezig: "), attendance_words(held)],
        ],
        "buttons": [
            {"text": _("Afdrukken"), "print": True},
            {"text": _("Verslag"), "url": _minutes_url(code, held), "icon": "file-earmark-text"},
            *_to_meeting(code, held),
        ],
    }


def _minutes_url(code: str, held: Round) -> str:
    """The minutes of this version; of one that is not closed they read as a draft."""
    version = {"versie": str(held.version)} if held.version > 1 else {}
    return link("evaluations.minutes", code=code, number=held.number, **version)


def _closing(code: str, number: int, text: str) -> dict[str, Any]:
    """The way to closing, or to a new version; nothing for who may not write, and nothing in the past."""
    if days().is_past or not allows(policy.Action.write_records, code):
        return {}
    return {"link": {"text": text, "url": url_for("closing.close", code=code, number=number)}}


def _to_meeting(code: str, held: Round) -> list[dict[str, Any]]:
    """The way to the meeting while it is open."""
    stored = round_number_of(code, held.number)
    if held.locked_on is not None or stored is None or course_of(stored) is None:
        return []
    return [
        {"text": _("Naar het gesprek"), "url": link("meeting.live", code=code, number=held.number), "primary": True}
    ]


def _lock(item: Evaluated, turn: Turn) -> dict[str, Any]:
    """Which version holds and since when the round is locked."""
    number, version = turn.round.number, turn.round.version
    since = locked_since(versions_of(item.dossier, number))
    if since is None:
        return {
            "tone": "amber",
            "icon": "unlock",
            "title": _("Ronde %(number)s is nog niet vergrendeld.", number=number),
            "text": _("De scores kunnen nog wijzigen. Versie %(version)s geldt.", version=version),
            **_closing(item.dossier.code, number, _("Ronde sluiten")),
        }
    text = _("Versie %(version)s geldt.", version=version)
    if turn.round.locked_on != since:
        text += " " + _("Die is vergrendeld op %(day)s.", day=_day(turn.round.locked_on))
    return {
        "tone": "blue",
        "icon": "lock-fill",
        "title": _("Ronde %(number)s is vergrendeld sinds %(day)s.", number=number, day=_day(since)),
        "text": f"{text} {lock_words(item.dossier.code, turn.round)['text'] if turn.round.locked_on else ''}".strip(),
        **_closing(item.dossier.code, number, _("Opmerking of correctie")),
    }


def _other_version(counts: Round, looked_at: Round) -> dict[str, Any] | None:
    if counts.version == looked_at.version:
        return None
    return {
        "tone": "amber",
        "icon": "clock-history",
        "title": _("U ziet versie %(version)s.", version=looked_at.version),
        "text": _("Versie %(version)s geldt; de regels hiernaast gaan over die versie.", version=counts.version),
        "link": {"text": _("Toon de versie die geldt"), "url": here(versie=None)},
    }


def _not_there(former: Turn | None) -> dict[str, Any] | None:
    compare = days().compare
    if compare is None or former is not None:
        return None
    text = _("Deze ronde was op %(day)s nog niet gehouden.", day=_day(compare))
    return {"tone": "blue", "icon": "clock-history", "text": text}


# --- rules, versions, neighbours -------------------------------------------------------------------------------------


def _rule(finding: Finding, item: Evaluated) -> dict[str, Any]:
    return {
        "title": labels.words(finding.requirement.title, language()),
        "status": chip(finding, days().as_of),
        "why": why_view(finding, item.dossier),
    }


def _versions(item: Evaluated, turn: Turn) -> list[dict[str, Any]]:
    """All versions, the latest first; nothing when there is one."""
    held = versions_of(item.dossier, turn.round.number)
    if len(held) < 2:
        return []
    return [_version(one, one.version == turn.round.version) for one in held]


def _version(held: Round, counts: bool) -> dict[str, Any]:
    locked = _("vergrendeld op %(day)s", day=_day(held.locked_on)) if held.locked_on else _("niet vergrendeld")
    return {
        "text": _("Versie %(version)s", version=held.version),
        "url": here(versie=None if counts else str(held.version)),
        "state": _("geldt, %(locked)s", locked=locked) if counts else locked,
        "reason": held.correction_reason,
    }


def _neighbours(item: Evaluated, turn: Turn) -> list[dict[str, str]]:
    place = [one.round.number for one in item.turns].index(turn.round.number)
    found: list[dict[str, str]] = []
    for step, words in ((-1, _("Vorige ronde: %(number)s")), (1, _("Volgende ronde: %(number)s"))):
        if 0 <= place + step < len(item.turns):
            number = item.turns[place + step].round.number
            url = link("evaluations.detail", code=item.dossier.code, number=number)
            found.append({"text": words % {"number": number}, "url": url})
    return found


def round_tables(item: Evaluated, turn: Turn) -> dict[str, Table]:
    """The scores and the actions of the round, as files."""
    held = chosen_version(item, turn)
    return {"scores": scores_file(held, programme()), "acties": actions_file(item.dossier, held)}
