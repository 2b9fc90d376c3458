"""The evaluation meeting while it is held: one page for the big screen, and its small saves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.domain.records.enums import NotAssessed, Topic
from tracker.operations.meetings import check_running, open_meeting, pause_meeting, save_score
from tracker.operations.records import Saved
from tracker.queries.meetings import course_of, position_of, round_kept
from tracker.queries.records import Kept
from tracker.web.live_view import STEPS, live_page, stand
from tracker.web.meeting_saves import Outcome, Wrong, attempt, hand, seen, typed, typed_number, wants_json
from tracker.web.saying import say

blueprint = Blueprint("meeting", __name__, url_prefix="/evaluaties/<code>/<int:number>")


def asked_round(code: str, number: int) -> Kept:
    """The stored round of the address; 404 when there is none."""
    held = round_kept(code, number)
    if held is None:
        abort(404)
    return held


@blueprint.get("/gesprek")
@requires(Action.see_cooperation)
def live(code: str, number: int) -> ResponseReturnValue:
    """The meeting on the big screen, also when it is over; before it is opened the round has its own page."""
    held = asked_round(code, number)
    if held.values["locked_on"] is None and course_of(held.number) is None:
        return redirect(url_for("evaluations.detail", code=code, number=number))
    return show(code, held)


def show(code: str, held: Kept, outcome: Outcome | None = None) -> ResponseReturnValue:
    """The page of the meeting, after a save that was not kept with what was typed."""
    g.no_days = True
    if outcome is not None:
        g.message = {"tone": "red", "icon": "exclamation-triangle-fill", "text": outcome.text, "alert": True}
    step = request.values.get("stap", "")
    page = live_page(code, held, step if step in STEPS else "onderwerpen", outcome)
    return render_template("meeting/live.html", page=page), 200 if outcome is None else outcome.status


@blueprint.post("/gesprek/openen")
@requires(Action.write_records)
def open_(code: str, number: int) -> ResponseReturnValue:
    """Open the meeting: it is held today."""
    held = asked_round(code, number)
    outcome = attempt(lambda: open_meeting(number=held.number, hand=hand(code)))
    if not outcome.is_kept:
        say(outcome.text)
        return redirect(url_for("evaluations.detail", code=code, number=number), 303)
    return redirect(url_for("meeting.live", code=code, number=number), 303)


@blueprint.post("/gesprek/pauze")
@requires(Action.write_records)
def pause(code: str, number: int) -> ResponseReturnValue:
    """Pause the meeting, or go on with it."""
    held, pauses = asked_round(code, number), typed("verder") is None
    done = _("Het gesprek pauzeert.") if pauses else _("Het gesprek gaat verder.")
    outcome = attempt(lambda: pause_meeting(number=held.number, hand=hand(code), pauses=pauses), done)
    return answer(code, number, outcome)


@blueprint.get("/gesprek/stand")
@requires(Action.see_cooperation)
def changed(code: str, number: int) -> ResponseReturnValue:
    """What changed since a version, for the page that asks every few seconds; nothing = the version alone."""
    held = asked_round(code, number)
    if held.values["held_on"] is None:
        abort(404)
    since, now = request.args.get("na", type=int) or 0, position_of(held.parent or 0)
    course = course_of(held.number)
    body: dict[str, Any] = {"version": now, "pauses": bool(course and course.paused_at)}
    return jsonify(body if now <= since else body | stand(held, since))


@blueprint.post("/gesprek/score")
@requires(Action.write_records)
def score(code: str, number: int) -> ResponseReturnValue:
    """The agreed score on one topic, or why there is none, with the note for the minutes."""
    held, topic = asked_round(code, number), typed("onderwerp") or ""
    outcome = attempt(lambda: _save_score(code, held, topic), _("Score vastgelegd."))
    return answer(code, number, outcome, step="onderwerpen")


def _save_score(code: str, held: Kept, topic: str) -> Saved:
    check_running(held.number)
    if topic not in set(Topic):
        raise Wrong(_("Kies een van de zes onderwerpen."))
    return save_score(number=held.number, topic=topic, given=typed_score(), seen=seen(), hand=hand(code))


def typed_score() -> dict[str, Any]:
    """What was agreed: a number, or why there is none."""
    chosen, reason, note = typed("agreed"), typed("reden"), typed("note")
    if chosen not in set(NotAssessed):
        return {"agreed": typed_number("agreed"), "not_assessed": None, "not_assessed_reason": None, "note": note}
    if reason is None and chosen == NotAssessed.TOO_EARLY:
        reason = str(_("Te vroeg om te zien"))
    if reason is None:
        raise Wrong(_("Schrijf waarom dit onderwerp niet is beoordeeld."))
    return {"agreed": None, "not_assessed": chosen, "not_assessed_reason": reason, "note": note}


def answer(code: str, number: int, outcome: Outcome, step: str = "") -> ResponseReturnValue:
    """The answer to a small save: JSON for the page that waits, else the page itself."""
    held = asked_round(code, number)
    if wants_json():
        body = {"text": outcome.text, "version": position_of(held.parent or 0)}
        body |= stand(held, 0) if outcome.is_kept else {"theirs": theirs(outcome), "seen": outcome.version}
        return jsonify(body), outcome.status
    if not outcome.is_kept:
        return show(code, held, outcome)
    say(outcome.text)
    topic = typed("onderwerp") if step == "onderwerpen" else None
    address = url_for("meeting.live", code=code, number=number, stap=step or typed("stap"), onderwerp=topic)
    return redirect(address, 303)


def theirs(outcome: Outcome) -> dict[str, Any] | None:
    """The newer values after a conflict, as the fields of the form."""
    if outcome.theirs is None:
        return None
    values = {name: getattr(value, "value", value) for name, value in outcome.theirs.values.items()}
    return {name: value if value is None else str(value) for name, value in values.items()}
