"""How a record is declared: a frozen Struct whose fields carry type, key, labels and meaning.

Everything that has the same shape for every kind (table, file format, JSON schema, form, journal line, difference,
visibility on a day) is derived from these declarations through `fields_of` and `Kind`; no other code knows kinds by
name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)
CODE_PATTERN = r"^[A-Za-z0-9._-]{1,40}$"

# Days that may lie after the peildatum inside a visible record: agreed ends and promises (dossier-format.md 1.3).
PROMISES = frozenset(
    {"to_on", "ends_on", "valid_until", "due_on", "until", "planned_start_on", "planned_on", "resolve_by"}
)


@dataclass(frozen=True)
class Pair:
    """One wording in both languages of the product."""

    nl: str
    en: str


@dataclass(frozen=True)
class Kind:
    """What a kind of record is called, by what it is recognised and from which day it is visible.

    What it means is the first sentence of its class.
    """

    name: str
    label: Pair
    key: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    """The first of these days that is filled makes the record visible; empty = visible with its parent."""
    since_children: str | None = None
    """The record is visible once one of these children is (a practice through its memberships)."""
    since_earliest: bool = False
    """The earliest filled day of `since` counts instead of the first."""
    spans: tuple[tuple[str, str], ...] = ()
    """Pairs (start, end): an end before its start is refused."""
    beside_lock: bool = False
    """May still be added to a parent that is locked: it stands beside what was agreed."""


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False, rename={"from_on": "from", "to_on": "to"}):
    """The base of every declared kind."""

    declared: ClassVar[Kind]

    def faults(self) -> list[tuple[str, Pair]]:
        """Invariants of one record beside its shape: (field, what is wrong and what to do)."""
        return []

    def known_on(self, as_of: date) -> Record:
        """The record without what it holds that waits for one of its own days; most kinds hold no such thing."""
        return self


class Sort(StrEnum):
    """The shapes a field can have."""

    CODE = "code"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    EURO = "euro"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    CHILD = "child"


@dataclass(frozen=True)
class Field:
    """One field of a kind, as read from its declaration."""

    attribute: str
    name: str
    sort: Sort
    required: bool
    many: bool
    label: Pair
    meaning: str
    type: Any
    longest: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    refers_to: str | None = None
    """Name of the kind whose code this is."""
    catalogue: str | None = None
    """The list of the programme files this value comes from: insurer, direction, component or service."""
    default: Any = None

    @property
    def is_child(self) -> bool:
        return self.sort is Sort.CHILD

    @property
    def is_promise(self) -> bool:
        return self.attribute in PROMISES


def about(
    nl: str,
    meaning: str,
    en: str = "",
    *,
    req: bool = False,
    sort: Sort | None = None,
    longest: int | None = None,
    least: str | None = None,
    most: str | None = None,
    refers_to: str | None = None,
    catalogue: str | None = None,
) -> Meta:
    """The label, meaning and limits of a field; the English label follows from the field's name unless given."""
    return Meta(
        title=nl,
        description=meaning,
        extra={
            "en": en,
            "req": req,
            "sort": sort,
            "longest": longest,
            "least": least,
            "most": most,
            "refers_to": refers_to,
            "catalogue": catalogue,
        },
    )


def _unwrap(hint: Any) -> tuple[Any, Meta]:
    """The bare type of a field and the Meta that `about` gave it."""
    base, meta = hint.__origin__, next(m for m in hint.__metadata__ if isinstance(m, Meta))
    if get_origin(base) in (Union, type(int | None)):
        base = next(part for part in get_args(base) if part is not type(None))
    return base, meta


_SORTS: dict[type, Sort] = {str: Sort.TEXT, int: Sort.INTEGER, Decimal: Sort.DECIMAL, date: Sort.DAY, bool: Sort.FLAG}


def _sort_of(base: type) -> Sort:
    if issubclass(base, Record):
        return Sort.CHILD
    if issubclass(base, Enum):
        return Sort.CHOICE
    return _SORTS[base]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@cache
def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields of a kind in the order of the format."""
    hints = get_type_hints(kind, include_extras=True)
    result = []
    for info in msgspec.structs.fields(kind):
        base, meta = _unwrap(hints[info.name])
        extra: dict[str, Any] = meta.extra or {}
        many = get_origin(base) is tuple
        bare = get_args(base)[0] if many else base
        sort = extra["sort"] or _sort_of(bare)
        longest = extra["longest"] or (300 if sort is Sort.TEXT else None)
        default = info.default if info.default is not msgspec.NODEFAULT else (() if many else None)
        result.append(
            Field(
                attribute=info.name,
                name=info.encode_name,
                sort=sort,
                required=bool(extra["req"]),
                many=many,
                label=Pair(meta.title or "", extra["en"] or _humanised(info.encode_name)),
                meaning=meta.description or "",
                type=bare,
                longest=longest,
                least=_number(extra["least"]),
                most=_number(extra["most"]),
                refers_to=extra["refers_to"],
                catalogue=extra["catalogue"],
                default=default,
            )
        )
    return tuple(result)


_WRITTEN = {"his": "GP system", "ict": "ICT", "oi": "O&I", "xis": "XIS", "mtvp": "MTVP", "eur": "(euro)", "pct": "(%)"}
"""Parts of names that people write in another way."""


def _humanised(name: str) -> str:
    words = " ".join(_WRITTEN.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


@cache
def scalars_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields that hold values of the record itself."""
    return tuple(field for field in fields_of(kind) if not field.is_child)


@cache
def children_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields that hold records of another kind."""
    return tuple(field for field in fields_of(kind) if field.is_child)


@cache
def known_fields(kind: type[Record]) -> dict[str, Field]:
    """The fields of a kind by attribute."""
    return {item.attribute: item for item in fields_of(kind)}


@cache
def meaning_of(kind: type[Record]) -> str:
    """What a kind of record means, in one paragraph."""
    return " ".join((kind.__doc__ or "").split())


def key_of(record: Record) -> tuple[Any, ...]:
    """The natural key: unique among the records of the same list."""
    return tuple(getattr(record, attribute) for attribute in record.declared.key)


@cache
def sort_key(kind: type[Record]) -> Callable[[Record], Any]:
    """Orders the records of one list by their day and key; what is empty comes first."""
    names = (*kind.declared.since[:1], *kind.declared.key)
    if all(field.required for field in scalars_of(kind) if field.attribute in names):
        return attrgetter(*names)

    def order(record: Record) -> tuple[str, ...]:
        return tuple(_sortable(getattr(record, name)) for name in names)

    return order


def _sortable(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:020d}"
    return str(value)
