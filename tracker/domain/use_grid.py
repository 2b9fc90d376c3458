"""Many days of digital services at once: what a change in a grid of practices and services means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.domain.day_grid import DayChange

AVAILABLE, USED = "available_from", "used_from"


def current(uses: Iterable[dict[str, Any]], service: str, on: date) -> dict[str, Any] | None:
    """The record of a service that has not ended on a day; of several the one that began last."""
    living = [item for item in uses if item["component"] == service and (item["until"] is None or item["until"] >= on)]
    return max(living, key=lambda item: item[AVAILABLE], default=None)


def laid_over(stored: dict[str, Any] | None, changes: Iterable[DayChange]) -> dict[str, date | None]:
    """The two days as they will stand. A service that is used from a day and was not there is there from that day."""
    days = {name: None if stored is None else stored[name] for name in (AVAILABLE, USED)}
    days |= {item.attribute: item.day for item in changes}
    if stored is None and days[AVAILABLE] is None:
        days[AVAILABLE] = days[USED]
    return days
