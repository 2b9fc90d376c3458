"""Many days of digital services at once: what somebody changed in a grid of practices and services, and what it means.

A cell is one day of one service in one practice. It travels with the day that was shown when the grid was opened, so
that only what was changed is written and nobody writes over the work of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from tracker.domain.records.base import Pair

AVAILABLE, USED = "available_from", "used_from"
MOST_CELLS = 2_000
"""Cells in one save: more is a matter for a file."""


class UseChange(msgspec.Struct, frozen=True):
    """One cell that was changed."""

    practice: str
    service: str
    attribute: str
    """Which of the two days."""
    shown: date | None
    """What stood there when the grid was opened."""
    day: date | None
    """What was typed; None = emptied."""


class UseFault(msgspec.Struct, frozen=True):
    """What is wrong with a cell, and what to do."""

    practice: str
    service: str
    attribute: str
    reason: Pair


def current(uses: Iterable[dict[str, Any]], service: str, on: date) -> dict[str, Any] | None:
    """The record of a service that has not ended on a day; of several the one that began last."""
    living = [item for item in uses if item["component"] == service and (item["until"] is None or item["until"] >= on)]
    return max(living, key=lambda item: item[AVAILABLE], default=None)


def laid_over(stored: dict[str, Any] | None, changes: Iterable[UseChange]) -> dict[str, date | None]:
    """The two days as they will stand. A service that is used from a day and was not there is there from that day."""
    days = {name: None if stored is None else stored[name] for name in (AVAILABLE, USED)}
    days |= {item.attribute: item.day for item in changes}
    if stored is None and days[AVAILABLE] is None:
        days[AVAILABLE] = days[USED]
    return days
