"""Preparing a meeting: its agenda and who is asked. The page itself is that of the round."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.agenda import Proposal
from tracker.domain.entries import Entry
from tracker.domain.policy import Action
from tracker.operations.meetings import save_parts
from tracker.operations.records import Saved
from tracker.queries.records import Kept
from tracker.web.frame import about_page
from tracker.web.meeting import asked_round
from tracker.web.meeting_saves import Outcome, Wrong, attempt, hand, typed, typed_number
from tracker.web.preparation_view import point_text, preparation_page, proposals
from tracker.web.region import region
from tracker.web.saying import say

SHORT, LONGEST = 5, 480
"""Minutes (ours): what an own point gets at first, and the most that one may take."""

blueprint = Blueprint("preparation", __name__, url_prefix="/evaluaties/<code>/<int:number>")


def prepared(code: str, held: Kept, outcome: Outcome | None = None) -> ResponseReturnValue:
    """The page of a round that is planned."""
    if outcome is not None:
        g.message = {"tone": "red", "icon": "exclamation-triangle-fill", "text": outcome.text, "alert": True}
    page = preparation_page(code, held)
    about_page(document=page["head"]["title"])
    return render_template("meeting/voorbereiding.html", page=page), 200 if outcome is None else outcome.status


@blueprint.post("/agenda")
@requires(Action.write_records)
def agenda(code: str, number: int) -> ResponseReturnValue:
    """Take over what is proposed, add a point, move one or take one away."""
    held = asked_round(code, number)
    return _answer(code, held, attempt(lambda: _change(code, held), _("De agenda is bijgewerkt.")))


def _change(code: str, held: Kept) -> Saved:
    what, _colon, key = (typed("doe") or "").partition(":")
    points = sorted(held.children["agenda"], key=lambda item: (item.values["position"] or 0, item.values["code"]))
    if what == "neem-over":
        entries = _taken(code, held, points)
    elif what == "toevoegen":
        if (text := typed("text")) is None:
            raise Wrong(_("Schrijf waar het punt over gaat."))
        entries = [_new(held, points, {"text": text, "duration_min": SHORT}, 1)]
    elif what == "minuten":
        entries = _timed(points)
    else:
        entries = _moved(points, what, key)
    return save_parts(number=held.number, listed="agenda", entries=entries, hand=hand(code))


def _taken(code: str, held: Kept, points: list[Kept]) -> list[Entry]:
    """The proposals that were ticked, as points."""
    chosen = set(request.form.getlist("voorstel"))
    found = [item for item in proposals(region(code), held.values["number"]) if item.key in chosen]
    if not found:
        raise Wrong(_("Kies eerst welke punten u overneemt."))
    return [_new(held, points, _as_point(item), place) for place, item in enumerate(found, 1)]


def _as_point(item: Proposal) -> dict[str, object]:
    own = {"origin": item.key, "carried_from": item.carried_from, "duration_min": item.minutes}
    return {"text": point_text(item), **own}


def _timed(points: list[Kept]) -> list[Entry]:
    """How long each point may take, where that was typed over; what somebody else changed meanwhile stays."""
    entries = []
    for item in points:
        code = item.values["code"]
        minutes = typed_number(f"minuten-{code}")
        if minutes == typed_number(f"was-{code}"):
            continue
        if minutes is not None and not (isinstance(minutes, int) and 0 < minutes <= LONGEST):
            raise Wrong(_("Schrijf bij elk punt hoeveel minuten het duurt, van 1 tot %(most)s.", most=LONGEST))
        entries.append(Entry(given={"duration_min": minutes}, number=item.number))
    return entries


def _new(held: Kept, points: list[Kept], given: dict[str, object], place: int) -> Entry:
    """A point at the end; its code counts on."""
    taken = [int(code) for item in points if (code := item.values["code"].removeprefix("p")).isdigit()]
    last = max((item.values["position"] or 0 for item in points), default=0)
    return Entry(given={"code": f"p{max(taken, default=0) + place}", "position": last + place, **given})


def _moved(points: list[Kept], what: str, key: str) -> list[Entry]:
    """One point a place up or down, or gone; the others keep their order."""
    at = next((place for place, item in enumerate(points) if item.values["code"] == key), None)
    if at is None:
        raise Wrong(_("Dit agendapunt is er niet meer."))
    if what == "weg":
        return [Entry(given={}, number=points[at].number, is_removed=True)]
    to = at + {"omhoog": -1, "omlaag": 1}.get(what, 0)
    if 0 <= to < len(points):
        points[at], points[to] = points[to], points[at]
    return [Entry(given={"position": place}, number=item.number) for place, item in enumerate(points, 1)]


@blueprint.post("/genodigden")
@requires(Action.write_records)
def invitees(code: str, number: int) -> ResponseReturnValue:
    """Ask somebody to the meeting, or take the invitation back."""
    held = asked_round(code, number)

    def save() -> Saved:
        gone, name = typed("weg"), typed("naam")
        if gone is None and name is None:
            raise Wrong(_("Schrijf wie u uitnodigt."))
        entries = [Entry(given={}, number=item.number, is_removed=True) for item in held.children["invitees"]]
        entries = [item for item in entries if str(item.number) == gone]
        entries += [Entry(given={"person": name, "party": typed("partij")})] if name else []
        return save_parts(number=held.number, listed="invitees", entries=entries, hand=hand(code))

    return _answer(code, held, attempt(save, _("De genodigden zijn bijgewerkt.")))


def _answer(code: str, held: Kept, outcome: Outcome) -> ResponseReturnValue:
    number = held.values["number"]
    if not outcome.is_kept and held.values["held_on"] is None:
        return prepared(code, asked_round(code, number), outcome)
    say(outcome.text)
    return redirect(url_for("evaluations.detail", code=code, number=number), 303)
