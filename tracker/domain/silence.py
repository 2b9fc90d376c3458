"""How long nothing new was recorded of a cooperation; silence is shown, never coloured green (pages.md 1.7, 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.domain.records.base import Record, Sort, children_of, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.periods import Measurement
from tracker.domain.records.practice import ComponentUse
from tracker.domain.visibility import visible_from

_NOT_COUNTED = (ComponentUse, Measurement)


def last_fact_on(dossier: Cooperation, as_of: date) -> date | None:
    """The latest visible day of any record of the cooperation, except practice use and measurements.

    Agreed ends and promises are not counted: that a contract ends is no sign of life.
    """
    return max(_days(dossier, as_of), default=None)


def _days(record: Record, as_of: date) -> Iterator[date]:
    """The days inside a record that have come; what was not visible yet is passed over with all it holds."""
    start = visible_from(record)
    if start is not None and start > as_of:
        return
    for field in scalars_of(type(record)):
        if field.sort is Sort.DAY and not field.is_promise:
            day = getattr(record, field.attribute)
            if day is not None and day <= as_of:
                yield day
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        if held and field.type not in _NOT_COUNTED:
            for child in held if field.many else (held,):
                yield from _days(child, as_of)
