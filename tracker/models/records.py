"""The tables of the records, derived from their declarations: one per place, with real columns, keys and checks.

A row has a number that is unique among all records, its parent's number, the number of its cooperation (for loading a
dossier without joins), the hash of its natural key and a version for lost updates. Evidence is one table and one link
table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from tracker.domain.records.base import Field, Record, Sort, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, places
from tracker.extensions import Base

Number = BigInteger().with_variant(Integer, "sqlite")
LINK = "evidence_link"
UNIQUE_CODES = ("cooperation", "practice", "initiative", "product", "his_product")
"""Kinds whose code is unique in the whole product (dossier-format.md 4.5)."""


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that never becomes a binary float: NUMERIC, and text on SQLite, which has no such type."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kept: Any = String(40) if dialect.name == "sqlite" else Numeric(asdecimal=True)
        return dialect.type_descriptor(kept)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return format(value, "f") if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _type_of(field: Field) -> TypeEngine[Any]:
    if field.many:
        return JSON(none_as_null=True)
    if field.sort is Sort.TEXT:
        return Text() if (field.longest or 0) > 300 else String(field.longest)
    kept: dict[Sort, TypeEngine[Any]] = {
        Sort.CODE: String(40),
        Sort.CHOICE: String(40),
        Sort.DAY: Date(),
        Sort.FLAG: Boolean(),
        Sort.INTEGER: Integer(),
        Sort.DECIMAL: ExactDecimal(),
        Sort.EURO: ExactDecimal(),
    }
    return kept[field.sort]


def _column(field: Field) -> Column[Any]:
    # A reference may point to a record that the same file brings later: it is checked when the transaction ends.
    refers = field.refers_to and not field.many
    key = [ForeignKey(f"{field.refers_to}.code", deferrable=True, initially="DEFERRED")] if refers else []
    optional = not field.required and field.default is None
    return Column(field.attribute, _type_of(field), *key, nullable=optional)


def _checks(kind: type[Record]) -> list[CheckConstraint]:
    """What the declaration says of one row: choices, limits, an end not before its start."""
    found = []
    for field in scalars_of(kind):
        quoted = f'"{field.attribute}"'
        if field.sort is Sort.CHOICE and not field.many:
            listed = ", ".join(f"'{member.value}'" for member in field.type)
            found.append(CheckConstraint(f"{quoted} IN ({listed})", name=field.attribute))
        if field.sort is Sort.INTEGER and field.least is not None:
            most = f" AND {quoted} <= {field.most}" if field.most is not None else ""
            found.append(CheckConstraint(f"{quoted} >= {field.least}{most}", name=field.attribute))
    for start, end in kind.declared.spans:
        found.append(CheckConstraint(f'"{end}" IS NULL OR "{end}" >= "{start}"', name=f"{end}_after_{start}"))
    return found


def _table(place: Place) -> Table:
    columns: list[Any] = [
        Column("id", Number, primary_key=True, autoincrement=False),
        # Not named "version": a product, a plan and a round have a version of their own.
        Column("row_version", Integer, nullable=False),
        Column("key_hash", LargeBinary(32), nullable=False),
    ]
    if place.parent is None:
        columns += [Column("fictional", Boolean, nullable=False)]
    else:
        columns += [Column("parent_id", Number, ForeignKey(f"{place.parent}.id"), nullable=False)]
        columns += [UniqueConstraint("parent_id", "key_hash")]
    if place.root is Cooperation and not place.is_root:
        # A child of the cooperation has it as its parent too; the column keeps every load alike.
        columns += [Column("cooperation_id", Number, ForeignKey("cooperation.id"), nullable=False, index=True)]
    columns += map(_column, scalars_of(place.kind))
    if place.name in UNIQUE_CODES:
        columns += [UniqueConstraint("code")]
    return Table(place.name, Base.metadata, *columns, *_checks(place.kind))


def _evidence_tables() -> dict[str, Table]:
    """The piece itself, and where it hangs. The link is the record: it has the number that the journal knows."""
    piece = Table(
        EVIDENCE,
        Base.metadata,
        Column("id", Number, primary_key=True, autoincrement=False),
        Column("row_version", Integer, nullable=False),
        *[_column(field) for field in scalars_of(Evidence)],
        *_checks(Evidence),
        Index(None, "sha256"),
    )
    link = Table(
        LINK,
        Base.metadata,
        Column("id", Number, primary_key=True, autoincrement=False),
        Column("evidence_id", Number, ForeignKey("evidence.id"), nullable=False, index=True),
        Column("parent_place", String(40), nullable=False),
        Column("parent_id", Number, nullable=False),
        Column("cooperation_id", Number, ForeignKey("cooperation.id"), index=True),
        Column("key_hash", LargeBinary(32), nullable=False),
        UniqueConstraint("parent_id", "key_hash"),
    )
    return {EVIDENCE: piece, LINK: link}


TABLES: dict[str, Table] = {place.name: _table(place) for place in places().values()} | _evidence_tables()
"""Every derived table by the name of its place."""


@cache
def insert_order() -> tuple[str, ...]:
    """The names of the tables, referred ones first."""
    return tuple(table.name for table in Base.metadata.sorted_tables if table.name in TABLES)


def key_hash(place: Place, key: Sequence[Any]) -> bytes:
    """SHA-256 of the canonical natural key, null included: long texts exceed an index row and NULLs never collide.

    A single field (the baseline of an indicator) needs no key: there is one.
    """
    return hashlib.sha256(msgspec.json.encode(key if place.many else ())).digest()


Reader = Callable[[Any], Any]


@cache
def converters(kind: type[Record]) -> tuple[tuple[int, Reader], ...]:
    """Which columns of a row need more than the driver gives: (position among the scalars, conversion)."""
    found: list[tuple[int, Reader]] = []
    for position, field in enumerate(scalars_of(kind)):
        member = field.type if field.sort is Sort.CHOICE else None
        if field.many:
            found.append((position, _list_reader(member)))
        elif member is not None:
            found.append((position, {item.value: item for item in member}.get))
    return tuple(found)


def values_of(kind: type[Record], cells: Iterable[Any]) -> dict[str, Any]:
    """The values of a row by attribute, from its cells in the order of the scalars."""
    listed = list(cells)
    for position, convert in converters(kind):
        listed[position] = convert(listed[position])
    return {field.attribute: value for field, value in zip(scalars_of(kind), listed, strict=True)}


def _list_reader(member: Any) -> Reader:
    if member is None:
        return lambda values: None if values is None else tuple(values)
    return lambda values: None if values is None else tuple(member(value) for value in values)
