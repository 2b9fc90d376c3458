"""The view model of the meeting on the big screen: its bar, its six steps, and what the page asks while it is open."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import access, labels
from tracker.domain.evaluation import is_answered
from tracker.domain.meeting import is_open
from tracker.domain.outcomes import OF_MEETING, RULES, Evaluated, evaluated
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.queries.meetings import Course, course_of
from tracker.queries.records import Kept
from tracker.web.closing_view import lock_words
from tracker.web.frame import fictional, language, programme
from tracker.web.live_steps import beside, of_step, progress
from tracker.web.live_table import Table
from tracker.web.live_topics import Topics, chosen, scale, standing, stored_fields
from tracker.web.meeting_saves import Outcome
from tracker.web.scope import one
from tracker.web.scores_view import insurer_name

STEPS = {
    "wijzigingen": lazy_gettext("Wijzigingen"),
    "eerdere-acties": lazy_gettext("Eerdere acties"),
    "onderwerpen": lazy_gettext("Zes onderwerpen"),
    "besluiten": lazy_gettext("Besluiten"),
    "acties": lazy_gettext("Acties"),
    "sluiten": lazy_gettext("Sluiten en verslag"),
}
"""The steps of a meeting, in any order."""


def live_page(code: str, held: Kept, step: str, outcome: Outcome | None) -> dict[str, Any]:
    """The view model of templates/meeting/live.html."""
    version, asked = int(g.position), programme()
    seen = one(code, only=RULES, kinds=OF_MEETING, on=held.values["held_on"])
    item, whole = evaluated(seen.dossier, seen.findings, asked), _round(held)
    course, pen = course_of(held.number), access.pen(code)
    runs = course is not None and course.paused_at is None and whole.locked_on is None
    table = Table(item, held, whole, version, outcome, runs)
    topics = Topics(item, held, whole, version, outcome).rows(asked) if step == "onderwerpen" else []
    return {
        "bar": _bar(item, whole, course, pen.may("round")),
        "steps": _steps(table, step),
        "step": step,
        "title": str(STEPS[step]),
        "topics": topics,
        "chosen": chosen(topics),
        "insurer": insurer_name(asked),
        "scale": scale(),
        "may_score": pen.may("score", "agreed") and runs,
        "address": table.address,
        "version": version,
        "runs": runs,
        **of_step(table, step),
        "beside": beside(table, step),
        "lock": lock_words(code, whole) if whole.locked_on is not None else None,
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
    if course.paused_at:
        return str(_("Gesprek pauzeert"))
    at = clock_words(course)
    if held.version > 1:
        return str(_("Correctie, versie %(version)s, sinds %(at)s", version=held.version, at=at))
    return str(_("Gesprek loopt, sinds %(at)s", at=at))


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
        "people_url": url_for("meeting.live", **where, stap="wijzigingen") + "#aanwezig",
    }


def _steps(table: Table, step: str) -> list[dict[str, Any]]:
    under = progress(table)
    return [
        {
            "number": place,
            "text": str(words),
            "sub": under[name][0],
            "done": under[name][1],
            "current": name == step,
            "url": url_for("meeting.live", **table.address, stap=name),
        }
        for place, (name, words) in enumerate(STEPS.items(), 1)
    ]


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
    stands = standing(score)
    return {
        **stored_fields(score),
        "shown": str(stands["agreed"] or stands["state"]),
        "is_answered": stands["is_answered"],
        "is_number": score.agreed is not None,
    }
