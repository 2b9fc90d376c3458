"""Days and the periods that cover them, as every rule counts them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tracker.domain.records.base import Record
from tracker.domain.records.periods import Period

R = TypeVar("R", bound=Record)


def covers(start: date, end: date | None, day: date) -> bool:
    """Does a period that includes both its ends cover the day?"""
    return start <= day and (end is None or day <= end)


def active(records: Iterable[R], day: date) -> tuple[R, ...]:
    """The records with `from_on` and `to_on` that cover the day."""
    return tuple(record for record in records if covers(record.from_on, record.to_on, day))  # type: ignore[attr-defined]


def months_later(day: date, months: int) -> date:
    """The same day number some months later; a missing day becomes the last of the month (domain.md 2.0)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def is_affiliated(memberships: Iterable[Period], day: date) -> bool:
    """Is a practice affiliated on the day?"""
    return any(covers(membership.from_on, membership.to_on, day) for membership in memberships)
