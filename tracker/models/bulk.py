"""Many rows at once: into a table as tuples in the order of its columns, and in peace."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Table
from sqlalchemy.engine import Connection

from tracker.domain.records.base import Field, Record, Sort, scalars_of

_COPY_FROM = 500
"""From this many rows on PostgreSQL takes them by COPY."""
Cells = Callable[[type[Record], Mapping[str, Any]], list[Any]]


@cache
def cells_of(dialect: str) -> Cells:
    """The function that gives the cells of a record from its values by attribute, as the driver takes them."""

    @cache
    def plan(kind: type[Record]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
        return tuple((field.attribute, _writer_of(field, dialect)) for field in scalars_of(kind))

    def cells(kind: type[Record], values: Mapping[str, Any]) -> list[Any]:
        found = []
        for name, write in plan(kind):
            value = values[name]
            found.append(value if value is None or write is None else write(value))
        return found

    return cells


def _writer_of(field: Field, dialect: str) -> Callable[[Any], Any] | None:
    """What a value becomes; nothing where the driver takes it as it is. SQLite has no days and no decimals: text."""
    if field.many:
        return _listed
    if field.sort is Sort.CHOICE:
        return str
    return _AS_TEXT.get(field.sort) if dialect == "sqlite" else None


def _listed(values: tuple[Any, ...]) -> str:
    return msgspec.json.encode(values).decode()


def _written(number: Decimal) -> str:
    return format(number, "f")


_AS_TEXT: dict[Sort, Callable[[Any], Any]] = {Sort.DAY: date.isoformat, Sort.DECIMAL: _written, Sort.EURO: _written}


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that hold every column of the table, in its order."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "postgresql" and len(rows) >= _COPY_FROM:
        _copy(connection, f'COPY "{table.name}" ({columns}) FROM STDIN', rows)
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 -- our own names
    connection.exec_driver_sql(statement, list(rows))


def _copy(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def without_collector() -> Iterator[None]:
    """Records by the million without a cycle among them: looking for cycles meanwhile costs more than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
