"""What a story in time consists of: rows with runs of days, points and a note (pages.md 4.2).

Nothing after the day is told but agreed dates. The original date always stays; an agreed deviation stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from tracker.domain.finding import Finding, Reason
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation

ONE = timedelta(days=1)


class SpanKind(StrEnum):
    """What a bar says."""

    THERE = "there"
    ROLE = "role"
    CONTRACT = "contract"
    SELECTED = "selected"
    PILOT = "pilot"
    IMPLEMENTING = "implementing"
    IN_USE = "in_use"
    LATE = "late"
    MISSING = "missing"


class MarkKind(StrEnum):
    """What a point says."""

    AGREED = "agreed"
    AGREED_AGAIN = "agreed_again"
    DONE = "done"


class Span(msgspec.Struct, frozen=True):
    """A run of days, both ends included."""

    kind: SpanKind
    from_on: date
    to_on: date
    text: Reason | None = None

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days + 1


class Mark(msgspec.Struct, frozen=True):
    """A day with a meaning."""

    kind: MarkKind
    day: date
    text: Reason | None = None


class Row(msgspec.Struct, frozen=True):
    """One part of the roadmap."""

    key: str
    label: Reason
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    note: Reason | None = None
    """Stands beside the bar: what is late, missing or not in order."""
    note_on: date | None = None
    """Where the note stands; empty = at the day that is looked at."""
    is_breach: bool = False
    """Missing now, against being late once."""
    since: date | None = None
    """When what the note says began, or was mended."""
    weight: int = 0
    """Days late or missing: the order of the worst."""

    def first(self, kind: MarkKind) -> date | None:
        """The first point of a kind."""
        return min((mark.day for mark in self.marks if mark.kind is kind), default=None)


class Told(msgspec.Struct, frozen=True):
    """What is told: the dossier as seen on a day, and what one programme finds of the cooperation by kind of rule."""

    dossier: Cooperation
    own: dict[str, Finding]
    programme: Programme
    as_of: date

    def agreed(self, finding: Finding | None) -> list[Mark]:
        """The original date, and beside it the last day of every deviation agreed for this rule."""
        if finding is None or finding.due_on is None:
            return []
        again = [
            Mark(MarkKind.AGREED_AGAIN, item.until, say(_DEVIATION, date=item.until))
            for item in self.dossier.waivers
            if item.rule == finding.key and item.subject == self.dossier.code and item.until is not None
        ]
        return [Mark(MarkKind.AGREED, finding.due_on), *again]

    def runs(
        self, kind: SpanKind, first: date, turns: Iterable[date], is_so: Callable[[date], bool]
    ) -> tuple[Span, ...]:
        """The longest runs of days, from the first up to the day, on which something is so; it changes on `turns`."""
        found: list[Span] = []
        start: date | None = None
        for day in sorted({first, *(day for day in turns if day > first)}):
            if day > self.as_of:
                break
            if is_so(day):
                start = start or day
            elif start is not None:
                found.append(Span(kind, start, day - ONE))
                start = None
        if start is not None:
            found.append(Span(kind, start, self.as_of))
        return tuple(found)

    def running(self, spans: Iterable[Span]) -> Span | None:
        """The run that still goes on."""
        return next((span for span in spans if span.to_on == self.as_of), None)


def say(pair: Pair, **values: Any) -> Reason:
    """A wording with its values."""
    return Reason(pair, values)


_DEVIATION = Pair("afwijking afgesproken tot en met {date}", "deviation agreed until {date}")
