"""The evaluation meeting while it is held: one page for the big screen, and its small saves."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.entries import Entry
from tracker.domain.policy import Action
from tracker.domain.records.enums import NotAssessed, Topic
from tracker.operations.meeting_decisions import add_action, answer_action, save_decision
from tracker.operations.meetings import (
    check_running,
    open_meeting,
    pause_meeting,
    save_part,
    save_parts,
    save_score,
)
from tracker.operations.records import Saved
from tracker.operations.refusals import Forbidden
from tracker.queries.codes import cooperation_of, number_of
from tracker.queries.meetings import course_of, position_of, round_kept
from tracker.queries.records import Kept, siblings
from tracker.web.curtain import curtained
from tracker.web.frame import programme
from tracker.web.live_view import STEPS, live_page, stand
from tracker.web.meeting_saves import (
    Outcome,
    Wrong,
    attempt,
    hand,
    seen,
    typed,
    typed_day,
    typed_number,
    wants_json,
)
from tracker.web.saying import say

blueprint = Blueprint("meeting", __name__, url_prefix="/evaluaties/<code>/<int:number>")


def asked_round(code: str, number: int) -> Kept:
    """The stored round of the address, as the one who asks may read it; 404 when there is none.

    Its revision is noted first: what somebody writes in between is newer than what is shown.
    """
    g.position = position_of(code)
    held = round_kept(code, number)
    if held is None:
        abort(404)
    return curtained(code, [held])[0]


def changed_of(shown: Kept | None, given: dict[str, Any]) -> dict[str, Any]:
    """What differs from what the reader was shown: a text that names a practice stays whole when nobody touched it."""
    return {name: value for name, value in given.items() if shown is None or shown.values.get(name) != value}


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
        if outcome.theirs is not None:
            curtained(code, [outcome.theirs])
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
    since, now = request.args.get("na", type=int) or 0, int(g.position)
    course = course_of(held.number)
    body: dict[str, Any] = {"version": now, "pauses": bool(course and course.paused_at)}
    return jsonify(body if now <= since else body | stand(held))


@blueprint.post("/gesprek/score")
@requires(Action.write_records)
def score(code: str, number: int) -> ResponseReturnValue:
    """The agreed score on one topic, or why there is none, with the note for the minutes."""
    held, topic = asked_round(code, number), typed("onderwerp") or ""
    outcome = attempt(lambda: _save_score(code, held, topic), _("Score vastgelegd."))
    return answer(code, number, outcome)


def _save_score(code: str, held: Kept, topic: str) -> Saved:
    check_running(held.number)
    if topic not in set(Topic):
        raise Wrong(_("Kies een van de zes onderwerpen."))
    shown = next((item for item in held.children["scores"] if item.values["topic"] == topic), None)
    given = changed_of(shown, typed_score())
    return save_score(number=held.number, topic=topic, given=given, seen=seen(), hand=hand(code))


def typed_score() -> dict[str, Any]:
    """What was agreed: a number, or why there is none."""
    chosen, reason, note = typed("agreed"), typed("reden"), typed("note")
    if chosen not in set(NotAssessed):
        return {"agreed": typed_number("agreed"), "not_assessed": None, "not_assessed_reason": None, "note": note}
    if reason is None and chosen == NotAssessed.TOO_EARLY:
        reason = str(_("Te vroeg om te zien"))
    if reason is None:
        raise Wrong(_("Schrijf waarom dit onderwerp niet is beoordeeld."))
    given = {"agreed": None, "not_assessed": chosen, "not_assessed_reason": reason}
    return given if typed("alleen") else given | {"note": note}


@blueprint.post("/gesprek/aanwezig")
@requires(Action.write_records)
def attendance(code: str, number: int) -> ResponseReturnValue:
    """Who is at the table; somebody who was not asked can be added. What was ticked elsewhere meanwhile stays."""
    held, came, was = asked_round(code, number), *(set(request.form.getlist(name)) for name in ("aanwezig", "was"))

    def save() -> Saved:
        check_running(held.number)
        rows = [
            Entry(given={"attended": shown in came}, number=item.number)
            for item in held.children["invitees"]
            if (shown := str(item.number)) in came ^ was or item.values["attended"] is None
        ]
        if (name := typed("naam")) is not None:
            rows.append(Entry(given={"person": name, "party": typed("partij"), "attended": True}))
        return save_parts(number=held.number, listed="invitees", entries=rows, hand=hand(code))

    return answer(code, number, attempt(save, _("Aanwezigheid vastgelegd.")))


@blueprint.post("/gesprek/agendapunt")
@requires(Action.write_records)
def point(code: str, number: int) -> ResponseReturnValue:
    """What was said on a point of the agenda, and whether it is settled."""
    held, key = asked_round(code, number), typed("code") or ""

    def save() -> Saved:
        check_running(held.number)
        shown = next((item for item in held.children["agenda"] if item.values["code"] == key), None)
        if shown is None:
            raise Wrong(_("Dit agendapunt is er niet meer."))
        given = changed_of(shown, {"minutes": typed("minutes"), "closed": typed("closed") is not None})
        return save_part(number=held.number, listed="agenda", key=(key,), given=given, seen=seen(), hand=hand(code))

    return answer(code, number, attempt(save, _("Agendapunt vastgelegd.")))


@blueprint.post("/gesprek/actie")
@requires(Action.write_records)
def action(code: str, number: int) -> ResponseReturnValue:
    """A new action, or the answer to one."""
    held = asked_round(code, number)
    save = partial(_answer_action if typed("actie") else _add_action, code, held)
    return answer(code, number, attempt(save, _("Actie vastgelegd.")))


def _add_action(code: str, held: Kept) -> Saved:
    check_running(held.number)
    text, owner = typed("text"), typed("owner")
    if text is None or owner is None:
        raise Wrong(_("Schrijf wat er moet gebeuren en wie dat doet."))
    given = {"text": text, "owner": owner, "party": typed("party"), "due_on": typed_day("due_on")}
    given["agreed_on"] = held.values["held_on"].isoformat()
    number = held.values["number"]
    return add_action(cooperation=held.parent or 0, number=number, given=given, hand=hand(code))


def _answer_action(code: str, held: Kept) -> Saved:
    check_running(held.number)
    done_on = held.values["held_on"].isoformat() if typed("done") else None
    given, asked = {"done_on": done_on, "note": typed("note")}, typed_number("actie")
    if not isinstance(asked, int):
        raise Wrong(_("Deze actie is er niet meer."))
    stored = [item for item in siblings("cooperation_action", held.parent) if item.number == asked]
    given = changed_of(next(iter(curtained(code, stored)), None), given)
    return answer_action(cooperation=held.parent or 0, action=asked, given=given, seen=seen(), hand=hand(code))


@blueprint.post("/gesprek/besluit")
@requires(Action.write_records)
def decision(code: str, number: int) -> ResponseReturnValue:
    """What the insurer decides on the money of an initiative; only the insurer saves it."""
    held = asked_round(code, number)
    return answer(code, number, attempt(lambda: _decide(code, held), _("Besluit vastgelegd.")))


def _decide(code: str, held: Kept) -> Saved:
    asked, known = programme(), typed("initiatief") or ""
    with_pen = hand(code)
    if not with_pen.pen.may("extension") or asked.insurer_key not in with_pen.pen.insurers:
        raise Forbidden("extension")
    check_running(held.number)
    initiative = number_of("initiative", known) if cooperation_of("initiative", known) == code else None
    if initiative is None:
        raise Wrong(_("Kies een initiatief van deze regio."))
    if typed("result") is None or typed("reason") is None:
        raise Wrong(_("Kies wat u besluit en schrijf waarom, met de voorwaarden."))
    given = {"result": typed("result"), "reason": typed("reason"), "until": typed_day("until")}
    given |= {"decided_on": held.values["held_on"].isoformat(), "decided_by": asked.insurer_key}
    return save_decision(initiative=initiative, given=given, seen=seen(), hand=with_pen)


def answer(code: str, number: int, outcome: Outcome) -> ResponseReturnValue:
    """The answer to a small save: JSON for the page that waits, else the page itself."""
    held = asked_round(code, number)
    if wants_json():
        body = {"text": outcome.text, "version": int(g.position)}
        body |= stand(held) if outcome.is_kept else {"theirs": theirs(code, held, outcome), "seen": outcome.version}
        return jsonify(body), outcome.status
    is_open = held.values["held_on"] is not None
    if not outcome.is_kept and is_open:
        return show(code, held, outcome)
    say(outcome.text)
    if not is_open:
        return redirect(url_for("evaluations.detail", code=code, number=number), 303)
    step = typed("stap")
    topic = typed("onderwerp") if step == "onderwerpen" else None
    address = url_for("meeting.live", code=code, number=number, stap=step, onderwerp=topic)
    return redirect(address, 303)


def theirs(code: str, held: Kept, outcome: Outcome) -> dict[str, Any] | None:
    """The newer values after a conflict, as the fields of the form."""
    if outcome.theirs is None:
        return None
    curtained(code, [outcome.theirs])
    values = {name: getattr(value, "value", value) for name, value in outcome.theirs.values.items()}
    return {name: value if value is None else str(value) for name, value in values.items()}
