"""What saving any grid of days can come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.domain.day_grid import DayFault
from tracker.domain.records.base import Pair


class DaysRefused(Exception):
    """What was typed can't be kept: the faults, by cell; nothing was written."""

    def __init__(self, faults: Sequence[DayFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


class TooManyCells(Exception):
    """More cells than one save takes."""


NOT_HERE = Pair("Deze praktijk is hier nu niet aangesloten", "This practice is not affiliated here now")


def day_words(day: date | None) -> str:
    """A day as people type it."""
    return "–" if day is None else f"{day.day}-{day.month}-{day.year}"


def overtaken(now: date | None) -> Pair:
    """Another changed the cell since it was shown."""
    if now is None:
        return Pair(
            "Een ander maakte dit intussen leeg; controleer het en bewaar opnieuw",
            "Somebody emptied this meanwhile; check it and save again",
        )
    return Pair(
        f"Een ander vulde hier intussen {day_words(now)} in; controleer het en bewaar opnieuw",
        f"Somebody filled in {day_words(now)} here meanwhile; check it and save again",
    )
