"""Writing records: rows and journal lines in one transaction, under one revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from tracker import clock
from tracker.domain.records.base import Record, fields_of, scalars_of
from tracker.domain.records.places import EVIDENCE, Place, places
from tracker.models.journal import COUNTER, LINE, REVISION
from tracker.models.records import LINK, TABLES, insert_order, key_hash, stored

_COPY_FROM = 500
"""From this many rows on PostgreSQL takes them by COPY."""


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
    fictional: bool = False


class Writer:
    """One revision: collects rows and lines and writes them together.

    Taking the counter first makes writers queue, so a higher revision is always the later one. Nothing is written, and
    no revision is made, until there is something to write.
    """

    def __init__(self, connection: Connection, *, by: str, reason: str | None, action: str) -> None:
        self._connection = connection
        self._by, self._reason, self._action = by, reason, action
        self._inserts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._updates: list[tuple[str, dict[str, Any], int, int]] = []
        self._lines: list[dict[str, Any]] = []
        self._revision: int | None = None
        self._take("revision", 0)

    def _take(self, name: str, count: int) -> int:
        """The first of `count` free numbers; holds the counter until the transaction ends."""
        taken = (
            update(COUNTER)
            .where(COUNTER.c.name == name)
            .values(next_number=COUNTER.c.next_number + count)
            .returning(COUNTER.c.next_number)
        )
        after = self._connection.execute(taken).scalar()
        if after is None:
            self._connection.execute(insert(COUNTER).values(name=name, next_number=1 + count))
            after = 1 + count
        return int(after) - count

    def numbers(self, count: int) -> int:
        """The first of `count` free record numbers."""
        return self._take("record", count)

    def add(self, spot: Spot, values: Mapping[str, Any], version: int = 1) -> None:
        """Note a new record. `values` holds every field by attribute."""
        place = places().get(spot.place)
        row = {name: stored(value) for name, value in values.items()}
        if place is None:
            self._add_evidence(spot, row)
        else:
            row |= {"id": spot.number, "row_version": version, "key_hash": key_hash(place, row)}
            if place.is_root:
                row["fictional"] = spot.fictional
            else:
                row["parent_id"] = spot.parent
                if place.root is not place.kind and spot.cooperation is not None:
                    row["cooperation_id"] = spot.cooperation
            self._inserts[spot.place].append(row)
        self._line(spot, values, self._action)

    def _add_evidence(self, spot: Spot, row: dict[str, Any]) -> None:
        """The piece and its link: the link has the record's number, the piece one of its own."""
        self._inserts[EVIDENCE].append({**row, "id": spot.number, "row_version": 1})
        self._inserts[LINK].append(
            {
                "id": spot.number,
                "evidence_id": spot.number,
                "parent_place": spot.parent_place,
                "parent_id": spot.parent,
                "cooperation_id": spot.cooperation,
                "key_hash": key_hash(EVIDENCE_PLACE, row),
            }
        )

    def change(self, spot: Spot, values: Mapping[str, Any], changed: Sequence[str], seen_version: int) -> None:
        """Note a corrected record: only `changed` is written, and only when the version is still the one seen."""
        row = {name: stored(values[name]) for name in changed}
        place = places().get(spot.place)
        if place is not None:
            row["key_hash"] = key_hash(place, {name: stored(value) for name, value in values.items()})
        self._updates.append((spot.place, row, spot.number, seen_version))
        self._line(spot, values, self._action)

    def _line(self, spot: Spot, values: Mapping[str, Any] | None, action: str) -> None:
        text = None if values is None else journal_text(spot.place, values)
        root = spot.number if spot.place == "cooperation" else spot.cooperation
        self._lines.append(
            {
                "action": action,
                "place": spot.place,
                "record_id": spot.number,
                "parent_id": spot.parent,
                "cooperation_id": root,
                "address": spot.address,
                "record": text,
            }
        )

    def flush(self) -> None:
        """Write what was collected. Raises Conflict when a record is no longer the version that was seen."""
        if not self._lines:
            return
        revision = self._begin()
        for name in insert_order():
            if rows := self._inserts.pop(name, None):
                self._insert(name, rows)
        for name, row, number, seen_version in self._updates:
            self._update(name, row, number, seen_version)
        first = self._take("line", len(self._lines))
        for offset, line in enumerate(self._lines):
            line["id"], line["revision_id"] = first + offset, revision
        self._insert(LINE.name, self._lines)
        self._lines, self._updates = [], []

    def _begin(self) -> int:
        """The revision's own row, once; its moment never lies before that of an earlier revision."""
        if self._revision is None:
            self._revision = self._take("revision", 1)
            last = self._connection.execute(select(func.max(REVISION.c.at))).scalar()
            moment = max(clock.now(), last or datetime.min.replace(tzinfo=UTC))
            row = {"id": self._revision, "at": moment, "by": self._by, "reason": self._reason}
            self._connection.execute(insert(REVISION), [row])
        return self._revision

    def _insert(self, name: str, rows: list[dict[str, Any]]) -> None:
        table = LINE if name == LINE.name else TABLES[name]
        if self._connection.dialect.name == "postgresql" and len(rows) >= _COPY_FROM:
            _copy(self._connection, table.name, rows)
        else:
            self._connection.execute(insert(table), rows)

    def _update(self, name: str, row: dict[str, Any], number: int, seen_version: int) -> None:
        table = TABLES[name]
        statement = (
            update(table)
            .where(table.c.id == bindparam("own_number"), table.c.row_version == bindparam("seen_version"))
            .values(**row, row_version=seen_version + 1)
        )
        done = self._connection.execute(statement, {"own_number": number, "seen_version": seen_version})
        if done.rowcount != 1:
            raise Conflict(name)


EVIDENCE_PLACE = Place(
    EVIDENCE, next(field.type for field in fields_of(places()["product"].kind) if field.name == EVIDENCE), Record, ""
)


def journal_text(place_name: str, values: Mapping[str, Any]) -> str:
    """A record as the journal keeps it: JSON by the names of the format, absent instead of empty, no children."""
    kind = EVIDENCE_PLACE.kind if place_name == EVIDENCE else places()[place_name].kind
    named = {field.name: value for field in scalars_of(kind) if (value := values.get(field.attribute)) is not None}
    return msgspec.json.encode(named).decode()


def _copy(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Many rows at once into PostgreSQL. JSON columns take their text."""
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_copied(row[name]) for name in names])


def _copied(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, list) else value
