"""One round as a page: who was there, three scores per topic with note and evidence, actions, rules and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from tracker import labels
from tracker.access import allows
from tracker.domain import policy
from tracker.domain.finding import Finding
from tracker.domain.outcomes import Evaluated, Turn, days_overdue, difference, locked_since, versions_of
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Action, Round, Score
from tracker.domain.records.evidence import Evidence
from tracker.exchange.tables import Column, Table
from tracker.queries.meetings import course_of, round_number_of
from tracker.web.chips import chip
from tracker.web.closing_view import lock_words
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.evaluations_view import scale_words
from tracker.web.evidence_words import counts, standing_words
from tracker.web.frame import fictional, language
from tracker.web.meeting_view import agenda_rows, attendance_words, remark_rows
from tracker.web.scores_view import difference_words, insurer_name, number_words, region_figure, topics_of
from tracker.web.why_view import why_view


def round_of(item: Evaluated, number: int) -> Turn | None:
    """The round with this number, as it counts on the day."""
    return next((turn for turn in item.turns if turn.round.number == number), None)


def chosen_version(item: Evaluated, turn: Turn) -> Round:
    """The version that holds, or the one the address names."""
    wanted = request.args.get("versie", "")
    held = versions_of(item.dossier, turn.round.number)
    return next((one for one in held if str(one.version) == wanted), turn.round)


def round_page(item: Evaluated, turn: Turn, former: Turn | None, programme: Programme) -> dict[str, Any]:
    """The view model of templates/evaluations/detail.html; `former` is the round on the compare date."""
    looked_at = chosen_version(item, turn)
    return {
        "head": _head(item, looked_at),
        "lock": _lock(item, turn),
        "other_version": _other_version(turn.round, looked_at),
        "not_there": _not_there(former),
        "scores": _scores(looked_at, former.round if former else None, programme),
        "scale": scale_words(),
        "figure": region_figure(item, programme),
        "actions": _actions(looked_at),
        "agenda": agenda_rows(looked_at),
        "remarks": remark_rows(item.dossier.code, looked_at),
        "rules": [_rule(finding, item) for finding in item.of_round(turn.round.number)],
        "versions": _versions(item, turn),
        "evidence": [_piece(piece, looked_at.evidence) for piece in looked_at.evidence],
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


# --- scores ----------------------------------------------------------------------------------------------------------


def _scores(held: Round, former: Round | None, programme: Programme) -> dict[str, Any]:
    """Per topic the three scores, what they differ, the note and the evidence, and what was agreed before."""
    scores = {score.topic: score for score in held.scores}
    before = {score.topic: score for score in former.scores} if former else None
    rows = [
        _score_row(title, scores.get(topic)) | {"was": was(scores.get(topic), before, topic)}
        for topic, title in topics_of(programme).items()
    ]
    scored = sum(score.agreed is not None for score in scores.values())
    summary = _("%(scored)s van %(total)s onderwerpen hebben een afgesproken score.", scored=scored, total=len(rows))
    return {"rows": rows, "insurer": insurer_name(programme), "summary": summary}


def was(score: Score | None, before: Mapping[Topic, Score] | None, topic: Topic) -> str | None:
    """What was agreed on the compare date, where that is not what is agreed now."""
    compare = days().compare
    if before is None or compare is None:
        return None
    now, then = (item.agreed if item else None for item in (score, before.get(topic)))
    if now == then:
        return None
    word = _("gewijzigd sinds %(day)s", day=_day(compare))
    word_2 = _("was %(score)s", score=number_words(then))
    return f"{word}: {word_2}"


def _score_row(title: str, score: Score | None) -> dict[str, Any]:
    if score is None:
        empty = _("geen score")
        return {"title": title, "own": empty, "insurer": empty, "agreed": empty, "scored": False, "evidence": []}
    reason = score.not_assessed_reason or (labels.word(score.not_assessed, language()) if score.not_assessed else None)
    return {
        "title": title,
        "own": number_words(score.own),
        "insurer": number_words(score.insurer),
        "agreed": number_words(score.agreed),
        "scored": score.agreed is not None,
        "difference": difference_words(score) if difference(score) else None,
        "reason": _("Niet beoordeeld: %(reason)s", reason=reason) if reason else None,
        "note": score.note,
        "evidence": [_piece(piece, score.evidence) for piece in score.evidence],
    }


def _piece(piece: Evidence, among: Sequence[Evidence]) -> dict[str, Any]:
    facts = [labels.word(piece.kind, language())] if piece.kind else []
    if piece.received_on:
        facts.append(_("ontvangen op %(day)s", day=labels.day_short(piece.received_on, language())))
    facts += [words] if (words := standing_words(piece, among)) else []
    strength = piece.strength.value if counts(piece, among) else None
    return {"title": piece.title, "strength": strength, "facts": ", ".join(facts)}


# --- actions ---------------------------------------------------------------------------------------------------------


def _actions(held: Round) -> dict[str, Any] | None:
    actions = sorted(held.actions, key=lambda item: (item.due_on or date.max, item.text))
    if not actions:
        return None
    open_now = sum(item.done_on is None for item in actions)
    return {
        "summary": _("%(open)s van %(total)s acties staan open.", open=open_now, total=len(actions)),
        "rows": [_action(item) for item in actions],
    }


def _action(item: Action) -> dict[str, Any]:
    due = labels.day_short(item.due_on, language()) if item.due_on else _("geen datum")
    text, tone = action_state(item)
    return {"title": item.text, "owner": item.owner, "due": due, "note": {"text": text, "tone": tone}}


def action_state(item: Action) -> tuple[str, str]:
    """How an action stands on the day, and its tone."""
    tongue, late = language(), days_overdue(item, days().as_of)
    too_late = _("%(days)s te laat", days=labels.days(late, tongue))
    if item.done_on is not None:
        done = _("gereed op %(day)s", day=labels.day_short(item.done_on, tongue))
        return (f"{done}, {too_late}", "amber") if late else (done, "green")
    if late:
        return too_late, "red"
    return _("open"), "slate"


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


# --- files -----------------------------------------------------------------------------------------------------------


def round_tables(item: Evaluated, turn: Turn, programme: Programme) -> dict[str, Table]:
    """The scores and the actions of the round, as files."""
    held = chosen_version(item, turn)
    return {"scores": _scores_file(held, programme), "acties": _actions_file(held)}


def _scores_file(held: Round, programme: Programme) -> Table:
    scores = {score.topic: score for score in held.scores}
    rows = tuple(_file_row(title, scores.get(topic)) for topic, title in topics_of(programme).items())
    columns = (
        Column(_("Onderwerp"), width=44),
        Column(_("Zelf"), "number", _("1-5")),
        Column(insurer_name(programme), "number", _("1-5")),
        Column(_("Afgesproken"), "number", _("1-5")),
        Column(_("Verschil"), width=20),
        Column(_("Toelichting"), width=50),
        Column(_("Bewijs"), width=60),
    )
    return Table(title=_("Scores van ronde %(number)s", number=held.number), columns=columns, rows=rows)


def _file_row(title: str, score: Score | None) -> tuple[Any, ...]:
    values: Sequence[int | None] = (score.own, score.insurer, score.agreed) if score else (None, None, None)
    numbers = [_("geen score") if value is None else value for value in values]
    note = (score.not_assessed_reason or score.note or "") if score else ""
    evidence = "; ".join(piece.title for piece in score.evidence) if score else ""
    return (title, *numbers, difference_words(score), note, evidence)


def _actions_file(held: Round) -> Table:
    rows = tuple(
        (item.text, item.owner, item.due_on or _("geen datum"), item.done_on or "", action_state(item)[0])
        for item in held.actions
    )
    columns = (
        Column(_("Actie"), width=50),
        Column(_("Eigenaar"), width=24),
        Column(_("Uiterlijk"), "day"),
        Column(_("Gereed op"), "day"),
        Column(_("Stand"), width=20),
    )
    return Table(title=_("Acties van ronde %(number)s", number=held.number), columns=columns, rows=rows)
