"""Holding an evaluation meeting: opening, pausing, and every small save of what is said at the table.

Two people write in one round at once. What they write are different scores, persons or points: a save is refused as
overtaken only when somebody else wrote the same one since it was read; otherwise it is laid over the round as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker import clock
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.domain.records.base import scalars_of
from tracker.domain.records.enums import Party
from tracker.domain.records.places import kind_of
from tracker.extensions import db
from tracker.models.meetings import Meeting
from tracker.operations.records import Saved, save_record
from tracker.operations.refusals import Forbidden, Gone, Locked, Overtaken
from tracker.operations.transaction import writing
from tracker.queries.findings import journal_position
from tracker.queries.meetings import course_of
from tracker.queries.records import Kept, kept, last_write

TRIES = 6
"""How often a save is laid over a round that somebody else wrote in meanwhile."""
SCORED_ON = {Party.COOPERATION: "self_scored_on", Party.INSURER: "insurer_scored_on"}
"""The day on which the scores of a side are in."""


class NotYet(Exception):
    """The meeting is planned for a day that is still to come."""

    def __init__(self, planned_on: date) -> None:
        super().__init__(str(planned_on))
        self.planned_on = planned_on


class NotRunning(Exception):
    """The meeting was not opened, or pauses: nothing of the table can be saved."""

    def __init__(self, *, pauses: bool) -> None:
        super().__init__("pauses" if pauses else "not opened")
        self.pauses = pauses


class Hand(NamedTuple):
    """Who writes, with which roles, and what a save is checked against."""

    pen: Pen
    by: str
    catalogues: Mapping[str, frozenset[str]]
    today: date


def open_meeting(*, number: int, hand: Hand) -> None:
    """Open the meeting of a stored round: it is held today, and stays dated so past midnight.

    The chair who opens it is its chair, unless somebody was named before. Opening it twice does no harm. Raises NotYet,
    Locked, Forbidden or Gone.
    """
    if not hand.pen.may("round"):
        raise Forbidden("round")
    held = _round(number)
    planned, held_on, locked_on = (held.values[name] for name in ("planned_on", "held_on", "locked_on"))
    if locked_on is not None:
        raise Locked(held.values["number"], held.values["version"], locked_on)
    if held_on is None and planned is not None and planned > hand.today:
        raise NotYet(planned)
    if held_on is None:
        _change(number, hand, lambda now: {} if now.values["held_on"] else _opening(now, hand))
    with writing() as connection:
        if course_of(number, connection) is None:
            db.session.add(Meeting(round_id=number, opened_at=clock.now(), opened_by=hand.by))


def _opening(now: Kept, hand: Hand) -> dict[str, Any]:
    opened = {"held_on": hand.today.isoformat()}
    is_chair = Role.evaluation_chair in hand.pen.roles and not now.values["chair"]
    return opened | ({"chair": hand.by} if is_chair else {})


def pause_meeting(*, number: int, hand: Hand, pauses: bool) -> None:
    """Pause the meeting, or go on with it. Raises Forbidden or NotRunning."""
    if not hand.pen.may("round"):
        raise Forbidden("round")
    with writing():
        course = db.session.get(Meeting, number)
        if course is None:
            raise NotRunning(pauses=False)
        if pauses != (course.paused_at is not None):
            course.paused_at = clock.now() if pauses else None


def save_score(
    *, number: int, topic: str, given: Mapping[str, Any], seen: int | None, hand: Hand, piece: Entry | None = None
) -> Saved:
    """Write some values of the score on a topic, and hang a piece of evidence on it.

    Raises Refused, Forbidden, Gone, Locked, or Overtaken when this score was written since `seen`.
    """
    children = None if piece is None else {"evidence": piece}
    return save_part(
        number=number,
        listed="scores",
        key=(topic,),
        given={"topic": topic, **given},
        seen=seen,
        hand=hand,
        add=children,
    )


def save_part(
    *,
    number: int,
    listed: str,
    key: tuple[Any, ...] | None,
    given: Mapping[str, Any],
    seen: int | None,
    hand: Hand,
    is_removed: bool = False,
    add: Mapping[str, Entry] | None = None,
) -> Saved:
    """Add, change or take away one record of a list of the round; `key` None = a new one."""

    def laid_over(held: Kept) -> Entry:
        mine = next((item for item in held.children[listed] if key is not None and item.key == key), None)
        if add or is_removed or mine is None or not _holds(mine, given):
            _check_part(mine, seen)
        rows = [Entry(given={}, number=item.number) for item in held.children[listed] if item is not mine]
        below = {} if add is None else {name: _with(mine, name, entry) for name, entry in add.items()}
        changed = Entry(
            given=dict(given), number=None if mine is None else mine.number, is_removed=is_removed, children=below
        )
        return Entry(given={}, number=held.number, children={listed: [*rows, changed]})

    return _save(number, hand, laid_over)


def save_parts(*, number: int, listed: str, entries: list[Entry], hand: Hand) -> Saved:
    """Change many records of a list at once; those that are not named stay as they are."""

    def laid_over(held: Kept) -> Entry:
        named = {item.number for item in entries if item.number is not None}
        rows = [Entry(given={}, number=item.number) for item in held.children[listed] if item.number not in named]
        return Entry(given={}, number=held.number, children={listed: [*rows, *entries]})

    return _save(number, hand, laid_over)


def mark_in(*, number: int, side: Party, is_in: bool, hand: Hand) -> Saved:
    """Say that the scores of a side are in, or take that back while the meeting was not held."""
    held = _round(number)
    if held.values["held_on"] is not None:
        raise Locked(held.values["number"], held.values["version"], held.values["held_on"])
    return _change(number, hand, lambda _now: {SCORED_ON[side]: hand.today.isoformat() if is_in else None})


def check_running(number: int) -> None:
    """Raises NotRunning while the meeting of a round does not go on."""
    course = course_of(number)
    if course is None or course.paused_at is not None:
        raise NotRunning(pauses=course is not None)


def _holds(mine: Kept, given: Mapping[str, Any]) -> bool:
    """Is all that was typed stored already? A save whose answer was lost is sent again, and is no conflict."""
    names = {item.name: item.attribute for item in scalars_of(kind_of(mine.place))}
    stored = {name: getattr(value, "value", value) for name, value in mine.values.items()}
    return all(stored[names[name]] == value for name, value in given.items())


def _check_part(mine: Kept | None, seen: int | None) -> None:
    last = None if mine is None else last_write(mine)
    if mine is not None and last is not None and (seen is None or last.revision > seen):
        raise Overtaken(mine, last.by, last.at, last.revision)


def _with(mine: Kept | None, listed: str, entry: Entry) -> list[Entry]:
    stored = [] if mine is None else mine.children[listed]
    return [*(Entry(given={}, number=item.number) for item in stored), entry]


def _round(number: int) -> Kept:
    held = kept("round", number)
    if held is None:
        raise Gone("round")
    return held


def _change(number: int, hand: Hand, given: Callable[[Kept], dict[str, Any]]) -> Saved:
    return _save(number, hand, lambda held: Entry(given=given(held), number=held.number))


def _save(number: int, hand: Hand, laid_over: Callable[[Kept], Entry]) -> Saved:
    """Lay a change over the round as it is now, and again when somebody wrote in between."""
    for tried in range(TRIES):
        # Noted before the round is read: what somebody writes in between is newer, and asks for another try.
        position = journal_position()
        held = _round(number)
        try:
            return save_record(
                place="round",
                entry=laid_over(held),
                pen=hand.pen,
                catalogues=hand.catalogues,
                today=hand.today,
                by=hand.by,
                seen=position,
            )
        except Overtaken as overtaken:
            if overtaken.held.place != "round" or tried == TRIES - 1:
                raise
    raise AssertionError("every try returns or raises")
