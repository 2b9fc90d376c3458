"""What can be seen on a day: records dated on or before it, and inside them only the days that have come.

The only later days that may be read are agreed ends and promises (dossier-format.md, sections 1.3 and 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from operator import attrgetter, is_not
from typing import Any, TypeVar, cast

import msgspec

from tracker.domain.records.base import Field, Record, Sort, children_of, scalars_of

_NEVER = date.max
R = TypeVar("R", bound=Record)


def visible_from(record: Record) -> date | None:
    """The day from which a record itself can be seen; empty = with its parent, date.max = never."""
    start = _start(type(record))
    return None if start is None else start(record)


@cache
def _start(kind: type[Record]) -> Callable[[Any], date | None] | None:
    """The function that reads the first day of records of one kind; None for a kind that is seen with its parent."""
    declared = kind.declared
    if len(declared.since) == 1:
        return cast("Callable[[Any], date | None]", attrgetter(declared.since[0]))
    if declared.since:
        return _first_filled(declared.since, declared.since_earliest)
    if declared.since_children:
        return _first_child(declared.since_children, kind)
    return None


def _first_filled(names: tuple[str, ...], earliest: bool) -> Callable[[Any], date | None]:
    def start(record: Any) -> date | None:
        days = [day for day in (getattr(record, name) for name in names) if day is not None]
        if not days:
            return None
        return min(days) if earliest else cast(date, days[0])

    return start


def _first_child(name: str, kind: type[Record]) -> Callable[[Any], date | None]:
    child = next(field.type for field in children_of(kind) if field.attribute == name)
    child_start = _start(child) or (lambda record: None)

    def start(record: Any) -> date | None:
        return min([child_start(child) or date.min for child in getattr(record, name)], default=_NEVER)

    return start


def seen_all(records: Iterable[R], as_of: date) -> tuple[R, ...]:
    """The records of a list as they were seen on a day."""
    found = (seen(record, as_of) for record in records)
    return tuple(record for record in found if record is not None)


def seen(record: R, as_of: date) -> R | None:
    """The record as it was seen on a day, with only the children and days of then; None when it was not there yet."""
    return cast("R | None", _seer(type(record))(record, as_of))


def _late(kind: type[Record]) -> tuple[str, ...]:
    """The days inside a visible record that are hidden until they have come."""
    return tuple(
        field.attribute
        for field in scalars_of(kind)
        if field.sort is Sort.DAY and not field.required and not field.is_promise
    )


@cache
def _seer(kind: type[Record]) -> Callable[[Any, date], Any]:
    """The function that looks at records of one kind."""
    start_of, late = _start(kind), _late(kind)
    waits = kind.known_on is not Record.known_on
    lists = tuple((field.attribute, _looker(field)) for field in children_of(kind))

    def look(record: Any, as_of: date) -> Any:
        if start_of is not None and (start := start_of(record)) is not None and start > as_of:
            return None
        if waits:
            record = record.known_on(as_of)
        changed: dict[str, Any] = {}
        for name in late:
            day = getattr(record, name)
            if day is not None and day > as_of:
                changed[name] = None
        for name, look_at in lists:
            held = getattr(record, name)
            if held and (kept := look_at(held, as_of)) is not held:
                changed[name] = kept
        return msgspec.structs.replace(record, **changed) if changed else record

    return look


def _looker(field: Field) -> Callable[[Any, date], Any]:
    """The function that looks at one field with children; it answers the same object when nothing is hidden.

    Records of a kind without optional days and children are there or not, nothing between: most lists are of these.
    """
    start_of = _start(field.type)
    if not field.many:
        return _seer(field.type)
    if start_of is not None and not _late(field.type) and not children_of(field.type):
        return _all_or_nothing(start_of)
    look_child = _seer(field.type)

    def look(held: Any, as_of: date) -> Any:
        kept = tuple([found for child in held if (found := look_child(child, as_of)) is not None])
        return held if len(kept) == len(held) and not any(map(is_not, kept, held)) else kept

    return look


def _all_or_nothing(start_of: Callable[[Any], date | None]) -> Callable[[Any, date], Any]:
    def look(held: Any, as_of: date) -> Any:
        kept = tuple([child for child in held if (start := start_of(child)) is None or start <= as_of])
        return held if len(kept) == len(held) else kept

    return look
