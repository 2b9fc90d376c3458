"""Many days at once: what somebody changed in a grid with a row for each practice, and what is wrong with it.

A cell is one day of one record about one practice. It travels with the day that was shown when the grid was opened, so
that only what was changed is written and nobody writes over the work of another.
"""

from __future__ import annotations

from datetime import date

import msgspec

from tracker.domain.records.base import Pair

MOST_CELLS = 2_000
"""Cells in one save: more is a matter for a file."""


class DayChange(msgspec.Struct, frozen=True):
    """One cell that was changed."""

    practice: str
    about: str
    """What of the practice it is about: the service, or the contract."""
    attribute: str
    """Which of the two days."""
    shown: date | None
    """What stood there when the grid was opened."""
    day: date | None
    """What was typed; None = emptied."""


class DayFault(msgspec.Struct, frozen=True):
    """What is wrong with a cell, and what to do."""

    practice: str
    about: str
    attribute: str
    reason: Pair
