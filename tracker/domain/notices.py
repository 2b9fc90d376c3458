"""A notice: one thing to tell somebody, on the day of the step it has reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from tracker.domain.actions import Task
from tracker.domain.finding import Reason


class Topic(StrEnum):
    """What a reminder is about; every person chooses for each how to hear of it."""

    OWN_ACTION = "own_action"
    REGION_ACTION = "region_action"
    DEADLINE = "deadline"
    SIGNAL = "signal"


class Way(StrEnum):
    """How somebody hears of it."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    NEVER = "never"


USUAL: Mapping[Topic, Way] = {
    Topic.OWN_ACTION: Way.AT_ONCE,
    Topic.REGION_ACTION: Way.WEEKLY,
    Topic.DEADLINE: Way.WEEKLY,
    Topic.SIGNAL: Way.WEEKLY,
}
"""Until somebody chooses: the own actions at once, all else in one mail a week."""
BEFORE = (30, 7, 0)
"""Days before a due day on which it is said; after it every week."""
WEEK = timedelta(days=7)


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell. It holds words and names, never a record: many are kept at once."""

    topic: Topic
    cooperation: str
    region: str
    subject: str
    """What it is about, the same at every step and whatever day it is moved to."""
    day: date
    """The step it has reached."""
    text: Reason
    due_on: date | None = None
    initiative: str | None = None
    rule: str | None = None
    task: Task | None = None

    @property
    def told_as(self) -> str:
        """What was told: of another day it is told anew."""
        return self.subject if self.due_on is None else f"{self.subject}/{self.due_on}"


def stage(due: date, as_of: date, before: tuple[int, ...] = BEFORE, *, longest: timedelta | None = None) -> date | None:
    """The step that a due day has reached: so many days before it, on it, and then every week."""
    if as_of > due:
        if longest is not None and as_of - due > longest:
            return None
        return due + (as_of - due) // WEEK * WEEK
    return max((day for number in before if (day := due - timedelta(number)) <= as_of), default=None)
