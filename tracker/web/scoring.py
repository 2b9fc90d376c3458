"""Each side scores the six topics by itself, and sees nothing of the other before both are in or the meeting opens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, clock, labels
from tracker.access import requires
from tracker.domain.entries import Entry
from tracker.domain.meeting import note_of, with_note_of
from tracker.domain.policy import Action
from tracker.domain.records.enums import Party, Topic
from tracker.operations.meetings import SCORED_ON, mark_in, save_parts
from tracker.operations.records import Saved
from tracker.queries.records import Kept
from tracker.web.dates import link
from tracker.web.evaluations_view import scale_words
from tracker.web.frame import fictional, language, programme
from tracker.web.meeting import asked_round
from tracker.web.meeting_saves import Outcome, Wrong, attempt, hand, typed
from tracker.web.saying import say
from tracker.web.scores_view import topics_of

blueprint = Blueprint("scoring", __name__, url_prefix="/evaluaties/<code>/<int:number>")
FIELDS = {Party.COOPERATION: ("own", "self"), Party.INSURER: ("insurer", "insurer")}
"""The score of a side: as the record calls it, and as the format does."""
WITHOUT = ("vroeg", "niet")


def _side(code: str) -> Party | None:
    """For whom the one who asks scores: whoever may write neither score, or both, has no side."""
    pen = access.pen(code)
    found = [side for side, (attribute, _name) in FIELDS.items() if pen.may("score", attribute)]
    return found[0] if len(found) == 1 else None


@blueprint.get("/scores")
@requires(Action.see_cooperation)
def scores(code: str, number: int) -> ResponseReturnValue:
    """The own scores, and nothing of the other side."""
    return _show(code, asked_round(code, number), _side(code))


@blueprint.post("/scores")
@requires(Action.write_records)
def give(code: str, number: int) -> ResponseReturnValue:
    """Keep the own scores while one thinks, or hand them in."""
    held, side = asked_round(code, number), _side(code)
    if side is None:
        abort(403)
    outcome = attempt(lambda: _save(code, held, side), _done_words())
    if not outcome.is_kept:
        return _show(code, asked_round(code, number), side, outcome)
    say(outcome.text)
    back = "evaluations.detail" if typed("in") else "scoring.scores"
    return redirect(url_for(back, code=code, number=number), 303)


def _done_words() -> str:
    if typed("in"):
        return str(_("Uw scores zijn ingeleverd."))
    return str(_("U kunt uw scores weer wijzigen.") if typed("terug") else _("Uw scores zijn bewaard."))


def _save(code: str, held: Kept, side: Party) -> object:
    if typed("terug"):
        return mark_in(number=held.number, side=side, is_in=False, hand=hand(code))
    if held.values["held_on"] is not None or held.values[SCORED_ON[side]] is not None:
        raise Wrong(_("Deze scores zijn ingeleverd. Ze veranderen niet meer."))
    entries = [entry for topic in Topic if (entry := _entry(held, topic, side)) is not None]
    saved = _store(code, held, entries)
    if typed("in"):
        if any(_chosen(topic) is None for topic in Topic):
            raise Wrong(_("Geef elk onderwerp een score, of zeg waarom niet. Wat u invulde is bewaard."))
        return mark_in(number=held.number, side=side, is_in=True, hand=hand(code))
    return saved


def _store(code: str, held: Kept, entries: list[Entry]) -> Saved | None:
    if not entries:
        return None
    return save_parts(number=held.number, listed="scores", entries=entries, hand=hand(code))


def _chosen(topic: Topic) -> str | None:
    return typed(f"score-{topic}")


def _entry(held: Kept, topic: Topic, side: Party) -> Entry | None:
    """The score of one side on a topic as typed; None when nothing of it changed."""
    attribute, name = FIELDS[side]
    stored = next((item for item in held.children["scores"] if item.values["topic"] is topic), None)
    was = None if stored is None else stored.values[attribute]
    chosen, note = _chosen(topic), typed(f"note-{topic}")
    if typed(f"was-{topic}") != (None if was is None else str(was)) and chosen != str(was):
        raise Wrong(_("Iemand van uw kant heeft intussen gescoord. Bekijk de scores en verstuur ze opnieuw."))
    if chosen in WITHOUT and note is None:
        raise Wrong(_("Schrijf bij elk onderwerp zonder score waarom."))
    value: Any = None if chosen in (None, *WITHOUT) else int(chosen) if chosen and chosen.isdecimal() else chosen
    if chosen in WITHOUT and note is not None and not note.startswith(_lead(chosen)):
        note = f"{_lead(chosen)} {note}"
    given: dict[str, Any] = {"topic": topic.value, name: value}
    given["note"] = with_note_of(stored.values["note"] if stored else None, side, note)
    pieces = _pieces(stored, topic)
    if stored is None and value is None and note is None and not pieces:
        return None
    return Entry(given=given, number=None if stored is None else stored.number, children=pieces)


def _lead(chosen: str) -> str:
    return str(_("Nog te vroeg om te zien.") if chosen == "vroeg" else _("Niet beoordeeld."))


def _pieces(stored: Kept | None, topic: Topic) -> dict[str, list[Entry]]:
    """A link that shows the score, beside the pieces that hang there already."""
    address, title = typed(f"link-{topic}"), typed(f"titel-{topic}")
    if address is None and title is None:
        return {}
    if title is None:
        raise Wrong(_("Geef het bewijs een naam."))
    old = [] if stored is None else [Entry(given={}, number=item.number) for item in stored.children["evidence"]]
    given = {"title": title, "link": address, "received_on": clock.today().isoformat()}
    return {"evidence": [*old, Entry(given=given)]}


def _show(code: str, held: Kept, side: Party | None, outcome: Outcome | None = None) -> ResponseReturnValue:
    g.no_days = True
    if outcome is not None:
        g.message = {"tone": "red", "icon": "exclamation-triangle-fill", "text": outcome.text, "alert": True}
    number, is_in = held.values["number"], side is not None and held.values[SCORED_ON[side]] is not None
    pairs = (words.partition(" ") for words in map(str, scale_words()))
    page = {
        "head": {
            "title": _("Scores vooraf, ronde %(number)s", number=number),
            "fictional": fictional(),
            "crumbs": [
                {"text": _("Evaluaties"), "url": link("evaluations.index")},
                {
                    "text": _("Ronde %(number)s", number=number),
                    "url": link("evaluations.detail", code=code, number=number),
                },
                {"text": _("Scores vooraf")},
            ],
            "lead": _("De andere partij ziet uw scores pas als beide zijn ingeleverd, of als het gesprek begint."),
        },
        "address": {"code": code, "number": number},
        "state": _state(held, side),
        "may_score": side is not None and not is_in and held.values["held_on"] is None,
        "may_take_back": is_in and held.values["held_on"] is None and not _both(held),
        "scale": [{"value": value, "word": word} for value, _space, word in pairs],
        "rows": [_row(held, topic, title, side, outcome) for topic, title in topics_of(programme()).items()],
    }
    return render_template("meeting/scores.html", page=page), 200 if outcome is None else outcome.status


def _both(held: Kept) -> bool:
    return all(held.values[name] is not None for name in SCORED_ON.values())


def _state(held: Kept, side: Party | None) -> str:
    if held.values["held_on"] is not None:
        return str(_("Het gesprek is begonnen of gehouden. De scores staan op de pagina van de ronde."))
    if side is None:
        return str(_("U scoort niet voor een van de partijen. De scores blijven tot het gesprek verborgen."))
    day = held.values[SCORED_ON[side]]
    if day is None:
        return str(_("Uw scores zijn nog niet ingeleverd."))
    return str(_("Uw scores zijn ingeleverd op %(day)s.", day=labels.day_words(day, language())))


def _row(held: Kept, topic: Topic, title: str, side: Party | None, outcome: Outcome | None) -> dict[str, Any]:
    """The own score on a topic; what the other side gave is not even read."""
    row: dict[str, Any] = {
        "key": topic.value,
        "title": title,
        "score": "",
        "note": "",
        "was": "",
        "link": "",
        "piece": "",
    }
    stored = next((item for item in held.children["scores"] if item.values["topic"] is topic), None)
    if side is not None and stored is not None:
        value, note = stored.values[FIELDS[side][0]], note_of(stored.values["note"], side)
        without = next((key for key in WITHOUT if note.startswith(_lead(key))), "")
        row |= {"score": str(value) if value else without, "was": str(value or ""), "note": note}
    if outcome is not None:
        row |= {"score": _chosen(topic) or "", "note": typed(f"note-{topic}") or ""}
        row |= {"link": typed(f"link-{topic}") or "", "piece": typed(f"titel-{topic}") or ""}
    return row
