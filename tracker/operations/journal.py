"""Writing records: rows and journal lines in one transaction, under one revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Table, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from tracker import clock
from tracker.domain.records.base import Record, scalars_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, kind_of
from tracker.models.bulk import cells_of, insert_rows
from tracker.models.journal import COUNTER, LINE, REVISION
from tracker.models.records import LINK, TABLES, insert_order

# Built once: making a statement costs a small write as much as the database does.
_TAKE = (
    update(COUNTER)
    .where(COUNTER.c.name == bindparam("counter"))
    .values(next_number=COUNTER.c.next_number + bindparam("count"))
    .returning(COUNTER.c.next_number)
)
_LAST_MOMENT = select(func.max(REVISION.c.at))
_REVISE = insert(REVISION)


class Conflict(Exception):
    """Someone changed the record since it was read; nothing was written."""


class Spot(msgspec.Struct, frozen=True):
    """Where a record stands: its place, number, parent and cooperation, and its address in words."""

    place: str
    number: int
    address: str
    parent: int | None = None
    parent_place: str | None = None
    cooperation: int | None = None
    key_hash: bytes = b""
    fictional: bool = False


class Writer:
    """One revision: collects rows and lines and writes them together.

    Taking the counter first makes writers queue, so a higher revision is always the later one. Nothing is written, and
    no revision is made, until there is something to write.
    """

    def __init__(self, connection: Connection, *, by: str, reason: str | None, action: str | None = None) -> None:
        """`action` names every line alike (an import); without it each says what was done to its record."""
        self._connection = connection
        self._by, self._reason, self._action = by, reason, action
        self._cells = cells_of(connection.dialect.name)
        self._inserts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._updates: list[tuple[Spot, dict[str, Any], int]] = []
        self._removals: list[tuple[str, int, int]] = []
        self._lines: list[tuple[Any, ...]] = []
        self._revision: int | None = None
        self._take("revision", 0)

    def _take(self, name: str, count: int) -> int:
        """The first of `count` free numbers; holds the counter until the transaction ends."""
        return int(self._connection.execute(_TAKE, {"counter": name, "count": count}).scalar_one()) - count

    def numbers(self, count: int) -> int:
        """The first of `count` free record numbers."""
        return self._take("record", count)

    def numbers_as_needed(self, most: int) -> Iterator[int]:
        """Numbers for the records that are new; none is taken when none is."""
        first = self.numbers(most)
        yield from range(first, first + most)

    def add(self, spot: Spot, values: Mapping[str, Any]) -> None:
        """Note a new record. `values` holds every field by attribute."""
        kind = kind_of(spot.place)
        cells = self._cells(kind, values)
        if kind is Evidence:
            # The link is the record: it has the number that the journal knows, and so has its piece.
            self._inserts[EVIDENCE].append((spot.number, 1, *cells))
            link = (spot.number, spot.number, spot.parent_place, spot.parent, spot.cooperation, spot.key_hash)
            self._inserts[LINK].append(link)
        elif spot.parent is None:
            self._inserts[spot.place].append((spot.number, 1, spot.key_hash, spot.fictional, *cells))
        elif spot.cooperation is None:
            self._inserts[spot.place].append((spot.number, 1, spot.key_hash, spot.parent, *cells))
        else:
            self._inserts[spot.place].append((spot.number, 1, spot.key_hash, spot.parent, spot.cooperation, *cells))
        self._line("added", spot, kind, values)

    def change(self, spot: Spot, values: Mapping[str, Any], changed: Sequence[str], seen_version: int) -> None:
        """Note a corrected record: only `changed` is written, and only when the version is still the one seen."""
        row = {name: stored(values[name]) for name in changed}
        self._updates.append((spot, row, seen_version))
        self._line("corrected", spot, kind_of(spot.place), values)

    def remove(self, spot: Spot, seen_version: int) -> None:
        """Note a record that was wrong. Its line in the journal is empty; what it was stands in the line before."""
        self._removals.append((spot.place, spot.number, seen_version))
        self._line("removed", spot, kind_of(spot.place), None)

    def _line(self, action: str, spot: Spot, kind: type[Record], values: Mapping[str, Any] | None) -> None:
        root = spot.number if spot.place == "cooperation" else spot.cooperation
        text = None if values is None else journal_text(kind, values)
        named = self._action or action
        self._lines.append((named, spot.place, spot.number, spot.parent, root, spot.address, text))

    def flush(self) -> None:
        """Write what was collected. Raises Conflict when a record is no longer the version that was seen."""
        if not self._lines:
            return
        revision = self._begin()
        for name, number, seen_version in self._removals:
            self._delete(name, number, seen_version)
        for spot, row, seen_version in self._updates:
            self._update(spot, row, seen_version)
        for name in insert_order():
            if rows := self._inserts.pop(name, None):
                insert_rows(self._connection, TABLES[name], rows)
        first = self._take("line", len(self._lines))
        lines = [(number, revision, *line) for number, line in enumerate(self._lines, first)]
        insert_rows(self._connection, LINE, lines)
        self._lines, self._updates, self._removals = [], [], []

    def _begin(self) -> int:
        """The revision's own row, once; its moment never lies before that of an earlier revision."""
        if self._revision is None:
            self._revision = self._take("revision", 1)
            last = self._connection.execute(_LAST_MOMENT).scalar()
            moment = max(clock.now(), last or datetime.min.replace(tzinfo=UTC))
            row = {"id": self._revision, "at": moment, "by": self._by, "reason": self._reason}
            self._connection.execute(_REVISE, [row])
        return self._revision

    def _update(self, spot: Spot, row: dict[str, Any], seen_version: int) -> None:
        table = TABLES[spot.place]
        if spot.place == EVIDENCE:
            # The key is a matter of the link: where a piece hangs.
            link = TABLES[LINK]
            of_link = update(link).where(link.c.id == spot.number).values(key_hash=spot.key_hash)
            self._connection.execute(of_link)
        else:
            row = {**row, "key_hash": spot.key_hash}
        # A key that is no condition is a column to write.
        asked = {**row, "row_version": seen_version + 1, "own_number": spot.number, "seen_version": seen_version}
        done = self._connection.execute(_change_of(table), asked)
        if done.rowcount != 1:
            raise Conflict(spot.place)

    def _delete(self, name: str, number: int, seen_version: int) -> None:
        if name == EVIDENCE:
            self._connection.execute(delete(TABLES[LINK]).where(TABLES[LINK].c.id == number))
        table = TABLES[name]
        gone = delete(table).where(table.c.id == number, table.c.row_version == seen_version)
        if self._connection.execute(gone).rowcount != 1:
            raise Conflict(name)


@cache
def _change_of(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("own_number"), table.c.row_version == bindparam("seen_version"))


EVIDENCE_PLACE = Place(EVIDENCE, Evidence, Record, "")


@cache
def _named(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple((field.attribute, field.name) for field in scalars_of(kind))


def journal_text(kind: type[Record], values: Mapping[str, Any]) -> str:
    """A record as the journal keeps it: JSON by the names of the format, absent instead of empty, no children."""
    named = {name: value for attribute, name in _named(kind) if (value := values[attribute]) is not None}
    return msgspec.json.encode(named).decode()


def stored(value: Any) -> Any:
    """A value of a record as SQLAlchemy writes it to its column."""
    if isinstance(value, tuple):
        return [stored(item) for item in value]
    return value.value if isinstance(value, Enum) else value
