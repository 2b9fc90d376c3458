"""The view model of the meeting on the big screen: its bar, six steps, and the topics with their course."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from tracker import access, labels
from tracker.domain.evaluation import is_answered
from tracker.domain.meeting import is_open
from tracker.domain.outcomes import OF_ONE, RULES, Evaluated, Turn, difference, evaluated
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.queries.meetings import Course, course_of, position_of
from tracker.queries.records import Kept
from tracker.web.evaluations_view import scale_words
from tracker.web.frame import fictional, language, programme
from tracker.web.live_steps import Table, subs
from tracker.web.meeting_saves import Outcome
from tracker.web.scope import one
from tracker.web.scores_view import difference_words, insurer_name, topics_of

STEPS = {
    "wijzigingen": lazy_gettext("Wijzigingen"),
    "eerdere-acties": lazy_gettext("Eerdere acties"),
    "onderwerpen": lazy_gettext("Zes onderwerpen"),
    "besluiten": lazy_gettext("Besluiten"),
    "acties": lazy_gettext("Acties"),
    "sluiten": lazy_gettext("Sluiten en verslag"),
}
"""The steps of a meeting, in any order."""
OF_MEETING = OF_ONE | {"cooperation_action", "initiative", "extension"}
HEIGHT, LEFT, STEP, TOP, GAP = 58, 14, 42, 8, 9
"""The little drawing of a course, in pixels: its height, where it begins, and the room of a round and of a point."""


def live_page(code: str, held: Kept, step: str, outcome: Outcome | None) -> dict[str, Any]:
    """The view model of templates/meeting/live.html."""
    version, asked = position_of(held.parent or 0), programme()
    seen = one(code, only=RULES, kinds=OF_MEETING, on=held.values["held_on"])
    item, whole = evaluated(seen.dossier, seen.findings, asked), _round(held)
    course, pen = course_of(held.number), access.pen(code)
    runs = course is not None and course.paused_at is None and whole.locked_on is None
    topics = _topics(item, whole, asked, version, outcome) if step == "onderwerpen" else []
    return {
        "bar": _bar(item, whole, course, pen.may("round")),
        "steps": _steps(item, whole, step),
        "step": step,
        "title": str(STEPS[step]),
        "topics": topics,
        "chosen": _chosen(topics),
        "insurer": insurer_name(asked),
        "scale": _scale(),
        "may_score": pen.may("score", "agreed") and runs,
        "address": {"code": code, "number": whole.number},
        "version": version,
        "runs": runs,
        **Table(item, held, whole, version, outcome).of_step(step),
        "key": f"gesprek:{code}:{whole.number}:{access.actor().account}",
    }


def _round(held: Kept) -> Round:
    found = held.record()
    assert isinstance(found, Round)
    return found


def clock_words(course: Course) -> str:
    """`14.00 uur`, as the clock in Amsterdam said it."""
    return labels.moment_text(course.opened_at, language()).rpartition(", ")[2]


def _state(held: Round, course: Course | None) -> str:
    """What the bar says of the meeting: running since, paused, or closed."""
    if held.locked_on is not None:
        return str(_("Vastgesteld op %(day)s", day=labels.day_words(held.locked_on, language())))
    if course is None:
        return str(_("Gesprek nog niet geopend"))
    return str(_("Gesprek pauzeert") if course.paused_at else _("Gesprek loopt, sinds %(at)s", at=clock_words(course)))


def _bar(item: Evaluated, held: Round, course: Course | None, may_lead: bool) -> dict[str, Any]:
    tongue, code = language(), item.dossier.code
    came, asked = sum(one.attended is True for one in held.invitees), len(held.invitees)
    where: dict[str, Any] = {"code": code, "number": held.number}
    assert held.held_on is not None
    runs = course is not None and held.locked_on is None
    pauses = course is not None and course.paused_at is not None
    return {
        "title": _("Evaluatiegesprek %(region)s", region=item.dossier.name),
        "fictional": fictional(),
        "sub": _(
            "Ronde %(number)s · peildatum %(day)s · staat vast tijdens het gesprek",
            number=held.number,
            day=labels.day_words(held.held_on, tongue),
        ),
        "pauses": pauses,
        "runs": runs and not pauses,
        "state": _state(held, course),
        "attendance": _("%(came)s van %(asked)s aanwezig", came=came, asked=asked) if asked else None,
        "pause_url": url_for("meeting.pause", **where) if may_lead and runs else None,
        "close_url": url_for("meeting.live", **where, stap="sluiten") if may_lead and runs else None,
        "home_url": url_for("evaluations.detail", **where),
    }


def _steps(item: Evaluated, held: Round, step: str) -> list[dict[str, Any]]:
    under = subs(item, held)
    return [
        {
            "number": place,
            "text": str(words),
            "sub": under.get(name, ("", False))[0],
            "done": under.get(name, ("", False))[1],
            "current": name == step,
            "url": url_for("meeting.live", code=item.dossier.code, number=held.number, stap=name),
        }
        for place, (name, words) in enumerate(STEPS.items(), 1)
    ]


def _scale() -> list[dict[str, Any]]:
    """The five buttons: number and word."""
    pairs = (words.partition(" ") for words in map(str, scale_words()))
    return [{"value": value, "word": word} for value, _space, word in pairs]


# --- topics ----------------------------------------------------------------------------------------------------------


def _topics(
    item: Evaluated, held: Round, asked: Programme, version: int, outcome: Outcome | None
) -> list[dict[str, Any]]:
    scores = {score.topic: score for score in held.scores}
    past = [turn for turn in item.turns if turn.round.number < held.number]
    rows = []
    for place, (topic, title) in enumerate(topics_of(asked).items(), 1):
        score = scores.get(topic)
        row = {"number": place, "key": topic.value, "title": title, **_standing(score)}
        row["trend"] = _trend([turn.scores.get(topic) for turn in past], score, past)
        row["past"] = [_past(turn, topic) for turn in past]
        row["form"] = _form(topic, score, version, outcome)
        row["evidence"] = _evidence(score)
        row["pieces"] = [piece.title for piece in score.evidence] if score else []
        rows.append(row)
    return rows


def _standing(score: Score | None) -> dict[str, Any]:
    """What the row of a topic says: the three scores and the difference."""
    agreed = None if score is None else score.agreed
    reason = None if score is None else score.not_assessed_reason
    return {
        "own": _cell(score.own if score else None),
        "insurer": _cell(score.insurer if score else None),
        "agreed": agreed,
        "is_answered": score is not None and is_answered(score),
        "state": "" if agreed else _("niet beoordeeld") if reason else _("nog te doen"),
        "difference": difference_words(score) if score is not None and difference(score) else None,
    }


def _cell(value: int | None) -> str:
    return "–" if value is None else str(value)


def _evidence(score: Score | None) -> str:
    count = len(score.evidence) if score else 0
    return str(ngettext("%(num)s stuk", "%(num)s stukken", count) if count else _("geen bewijs"))


def _past(turn: Turn, topic: Topic) -> dict[str, str]:
    score = turn.scores.get(topic)
    values = (score.own, score.insurer, score.agreed) if score else (None, None, None)
    own, insurer, agreed = (_("geen score") if value is None else str(value) for value in values)
    return {"day": labels.day_short(turn.held_on, language()), "own": own, "insurer": insurer, "agreed": agreed}


def _form(topic: Topic, score: Score | None, version: int, outcome: Outcome | None) -> dict[str, Any]:
    """The fields of a topic: as stored, or as they were typed when the save was not kept."""
    if outcome is not None and request.form.get("onderwerp") == topic:
        newer = outcome.version if outcome.version is not None else version
        stored = _told(outcome.theirs.record()) if outcome.theirs is not None else None
        return {**_typed(), "seen": newer, "error": outcome.text, "theirs": stored}
    return {**_stored(score), "seen": version}


def _stored(score: Score | None) -> dict[str, str]:
    """A score as the fields of its form."""
    if score is None:
        return {"agreed": "", "reden": "", "note": ""}
    chosen = score.agreed or (score.not_assessed.value if score.not_assessed else "")
    return {"agreed": str(chosen), "reden": score.not_assessed_reason or "", "note": score.note or ""}


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("agreed", "reden", "note")}


def _told(score: Any) -> str:
    """A stored score in one line, to stand beside what was typed."""
    chosen = score.agreed or score.not_assessed_reason or _("geen score")
    return f"{chosen}; {score.note}" if score.note else str(chosen)


def _chosen(topics: list[dict[str, Any]]) -> str:
    """The topic that is open: the one of the address, else the first that was not answered."""
    wanted = request.values.get("onderwerp", "")
    keys = [row["key"] for row in topics]
    if wanted in keys:
        return wanted
    return next((str(row["key"]) for row in topics if not row["is_answered"]), str(keys[0]) if keys else "")


def _trend(scores: list[Score | None], now: Score | None, past: list[Turn]) -> dict[str, Any]:
    """A little drawing of the agreed scores; a round without one is a gap."""
    points: list[dict[str, Any] | None] = []
    for place, score in enumerate([*scores, now]):
        value = score.agreed if score else None
        points.append(None if value is None else {"x": LEFT + 12 + STEP * place, "y": _height(value), "value": value})
    last = LEFT + 12 + STEP * len(scores)
    words = [str(turn.held_on.year) for turn in past] + [str(_("nu"))]
    open_now = now is not None and now.agreed is None
    return {
        "width": last + 24,
        "height": HEIGHT,
        "lines": [_height(value) for value in range(1, 6)],
        "from": LEFT,
        "parts": _parts(points),
        "points": [point for point in points if point],
        "own": {"x": last, "y": _height(now.own)} if open_now and now and now.own else None,
        "insurer": {"x": last, "y": _height(now.insurer)} if open_now and now and now.insurer else None,
        "labels": [{"x": LEFT + 12 + STEP * place, "text": text} for place, text in enumerate(words)],
        "text": _trend_words(scores, past),
    }


def _height(value: int) -> int:
    return TOP + GAP * (5 - value)


def _parts(points: list[dict[str, Any] | None]) -> list[str]:
    """The line in parts: it stops where a score is missing."""
    parts: list[list[str]] = [[]]
    for point in points:
        if point is None:
            parts.append([])
        else:
            parts[-1].append(f"{point['x']},{point['y']}")
    return [" ".join(part) for part in parts if len(part) > 1]


def _trend_words(scores: list[Score | None], past: list[Turn]) -> str:
    told = [
        f"{turn.held_on.year}: {score.agreed if score and score.agreed else _('geen score')}"
        for turn, score in zip(past, scores, strict=True)
    ]
    return str(_("Afgesproken: %(scores)s", scores="; ".join(told) or _("geen eerdere ronde")))


# --- what changed ----------------------------------------------------------------------------------------------------


def stand(held: Kept) -> dict[str, Any]:
    """The scores of a meeting as the fields of the page, for the page that asks what changed."""
    whole = _round(held)
    if is_open(whole):
        return {}
    answered = sum(is_answered(score) for score in whole.scores)
    return {
        "topics": {score.topic.value: _fields(score) for score in whole.scores},
        "summary": _("%(done)s van %(total)s", done=answered, total=len(Topic)),
    }


def _fields(score: Score) -> dict[str, Any]:
    standing = _standing(score)
    return {
        **_stored(score),
        "shown": str(standing["agreed"] or standing["state"]),
        "is_answered": standing["is_answered"],
        "is_number": score.agreed is not None,
    }
