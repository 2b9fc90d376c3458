"""Rows become records here, in bulk: for every kind one function that takes a row as the driver gives it.

Records are made by keyword, and a dictionary for each of a million rows is what would cost most. The function is
therefore written out once per kind: `lambda number, parent, in_code, in_day: kind(code=in_code, day=read_day[in_day])`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import String, Table, Text, cast, type_coerce

from tracker.domain.records.base import Field, Record, Sort, scalars_of


class _Known(dict[Any, Any]):
    """Values by what stands in the column; a new one is read once. For columns with few values: days, choices."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._read = read

    def __missing__(self, stands: Any) -> Any:
        value = self[stands] = self._read(stands)
        return value


def _day(stands: date | str) -> date:
    """SQLite keeps a day as text."""
    return date.fromisoformat(stands) if isinstance(stands, str) else stands


_DAYS = _Known(_day)
_FLAGS = _Known(bool)


def columns_of(table: Table, kind: type[Record]) -> list[Any]:
    """The columns of a kind's own fields for `maker_of`, unread: lists as their text, all else as the driver has it."""
    return [
        cast(table.c[field.attribute], Text) if field.many else type_coerce(table.c[field.attribute], String)
        for field in scalars_of(kind)
    ]


@cache
def maker_of(kind: type[Record], below: tuple[str, ...] = ()) -> Callable[..., Callable[..., Any]]:
    """For the getters of some fields with children: the function from a row (number, parent, *columns) to a record."""
    known: dict[str, Any] = {"kind": kind}
    given = []
    for field in scalars_of(kind):
        name, reader = field.attribute, _reader_of(field)
        if reader is None:
            given.append(f"{name}=in_{name}")
            continue
        known[f"read_{name}"] = reader
        value = f"read_{name}[in_{name}]" if isinstance(reader, dict) else f"read_{name}(in_{name})"
        given.append(f"{name}={value}")
    columns = "".join(f", in_{field.attribute}" for field in scalars_of(kind))
    listed = "".join(f", {name}=of_{name}(number) or default_{name}" for name in below)
    known |= {f"default_{field.name}": field.default for field in msgspec.structs.fields(kind) if field.name in below}
    getters = ", ".join(f"of_{name}" for name in below)
    source = f"lambda {getters}: lambda number, parent{columns}: kind({', '.join(given)}{listed})"
    made: Callable[..., Callable[..., Any]] = eval(source, known)  # noqa: S307 -- names of our own declarations
    return made


def _reader_of(field: Field) -> Any:
    """What makes the value of a column: a table of values, a function, or nothing where the driver's own is right."""
    if field.sort is Sort.CHOICE:
        members = {member.value: member for member in field.type}
        return _Known(_list_reader(members)) if field.many else _Known(members.__getitem__)
    if field.many:
        return _list_reader(None)
    if field.sort in (Sort.DECIMAL, Sort.EURO):
        return _decimal
    return {Sort.DAY: _DAYS, Sort.FLAG: _FLAGS}.get(field.sort)


def _decimal(stands: Any) -> Decimal | None:
    return None if stands is None else Decimal(stands)


def _list_reader(members: dict[str, Any] | None) -> Callable[[str | None], tuple[Any, ...] | None]:
    def read(text: str | None) -> tuple[Any, ...] | None:
        if text is None:
            return None
        listed: Iterable[Any] = msgspec.json.decode(text)
        return tuple(listed) if members is None else tuple([members[value] for value in listed])

    return read
