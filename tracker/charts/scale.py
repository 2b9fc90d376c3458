"""A scale of days for our own drawings: every place is a percentage of its length (components/timeline.html)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec


class Scale(msgspec.Struct, frozen=True):
    """From a first day to a last day, both drawn."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Where a day begins; what lies outside stands at the edge."""
        length = (self.last - self.first).days + 1
        share = 100 * (day - self.first).days / length
        return round(min(max(share, 0.0), 100.0), 2)

    def bar(self, from_on: date, to_on: date | None) -> dict[str, float]:
        """Begin and width of a period, its last day included; no end runs to the end of the scale."""
        start = self.place(from_on)
        end = 100.0 if to_on is None or to_on >= self.last else self.place(to_on + timedelta(1))
        return {"x": start, "width": round(max(end - start, 0.0), 2)}

    def years(self) -> list[dict[str, Any]]:
        """A tick for each first of January on the scale."""
        years = range(self.first.year, self.last.year + 1)
        return [
            {"x": self.place(date(year, 1, 1)), "text": str(year)} for year in years if self.holds(date(year, 1, 1))
        ]

    def holds(self, day: date) -> bool:
        """Does the day lie on the scale?"""
        return self.first <= day <= self.last
