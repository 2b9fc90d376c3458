"""How dossiers are read: built from Core rows in a constant number of queries, whatever the number of cooperations.

From the tables for what is known now, or from the journal for what was known at a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.engine import Connection

from tracker.domain.records.base import Record, children_of, scalars_of, sort_key
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, places, with_parents
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.rules import Example, Register
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import LINK, TABLES, converters

_SHARED = frozenset({"initiative", "initiative_direction", "sharing"})
Groups = dict[int | None, list[Any]]
"""Records of one place by the number of their parent."""


class Scope(Enum):
    """Whose rows are read: the register's, those of the chosen cooperations, or everybody's."""

    REGISTER = auto()
    CHOSEN = auto()
    ALL = auto()


class Loaded(msgspec.Struct, frozen=True):
    """Dossiers with the register they refer to."""

    register: Register
    dossiers: tuple[Cooperation, ...]
    fictional: frozenset[str]
    """Codes of the cooperations whose every fact is invented."""


def load(
    codes: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    known_at: datetime | None = None,
) -> Loaded:
    """Dossiers by code (None = all, unknown codes are left out), with the register.

    `kinds` names the record kinds to load (None = all); their parents come along, and evidence always. `known_at`
    gives what was known at the end of that moment, from the journal.
    """
    wanted = tuple(places().values()) if kinds is None else with_parents(frozenset(kinds) | {"cooperation"})
    chosen = None if codes is None else sorted(set(codes))
    source = (
        _Tables(db.session.connection(), chosen)
        if known_at is None
        else _Journal(db.session.connection(), chosen, known_at)
    )
    in_register = [place for place in wanted if place.root is not Cooperation]
    of_regions = [place for place in wanted if place.root is Cooperation]
    found = _assemble(in_register, source.rows(in_register, Scope.REGISTER))
    found |= _assemble(of_regions, source.rows(of_regions, Scope.CHOSEN))
    shares = any(place.name == "good_example" for place in wanted)
    register = Register(
        tuple(_of(found, "product", Product)),
        tuple(_of(found, "his_product", HisProduct)),
        _examples(source) if shares else (),
    )
    return Loaded(register, tuple(_of(found, "cooperation", Cooperation)), source.fictional())


def _of(found: Mapping[str, Groups], name: str, kind: type[Record]) -> list[Any]:
    return sorted(found.get(name, {}).get(None, []), key=sort_key(kind))


def _examples(source: _Tables | _Journal) -> tuple[Example, ...]:
    """Every initiative that was ever shared, with its directions and sharings, whoever reads."""
    wanted = [place for place in places().values() if place.name in _SHARED]
    rows = source.rows([*wanted, places()["cooperation"]], Scope.ALL)
    cooperations = {number: fields["code"] for number, _, fields in rows.pop("cooperation")}
    held = _assemble(wanted, rows)["initiative"]
    found = [
        Example(cooperations[parent], initiative)
        for parent, initiatives in held.items()
        if parent in cooperations
        for initiative in initiatives
        if initiative.sharings
    ]
    return tuple(sorted(found, key=lambda example: example.initiative.code))


Row = tuple[int, int | None, dict[str, Any]]
"""(number, number of the parent, values by attribute)"""


class _Tables:
    """What is known now."""

    def __init__(self, connection: Connection, codes: Sequence[str] | None) -> None:
        self._connection = connection
        table = TABLES["cooperation"]
        self._chosen = None if codes is None else select(table.c.id).where(table.c.code.in_(codes)).scalar_subquery()
        self._codes = codes

    def rows(self, wanted: Sequence[Place], scope: Scope) -> dict[str, list[Row]]:
        found = {place.name: list(self._of_place(place, scope)) for place in wanted}
        found[EVIDENCE] = list(self._evidence(wanted, scope))
        return found

    def fictional(self) -> frozenset[str]:
        table = TABLES["cooperation"]
        query = select(table.c.code).where(table.c.fictional)
        if self._codes is not None:
            query = query.where(table.c.code.in_(self._codes))
        return frozenset(self._connection.execute(query).scalars())

    def _of_place(self, place: Place, scope: Scope) -> Iterator[Row]:
        table = TABLES[place.name]
        columns = [table.c[field.attribute] for field in scalars_of(place.kind)]
        parent: Any = table.c.parent_id if not place.is_root else None
        query: Select[Any] = select(table.c.id, *([] if parent is None else [parent]), *columns)
        if scope is Scope.CHOSEN and self._chosen is not None:
            query = query.where((table.c.id if place.is_root else table.c.cooperation_id).in_(self._chosen))
        return _rows(place.kind, self._connection.execute(query), 1 if parent is None else 2)

    def _evidence(self, wanted: Sequence[Place], scope: Scope) -> Iterator[Row]:
        piece, link = TABLES[EVIDENCE], TABLES[LINK]
        columns = [piece.c[field.attribute] for field in scalars_of(Evidence)]
        query: Select[Any] = select(link.c.id, link.c.parent_id, *columns).join(piece, piece.c.id == link.c.evidence_id)
        query = query.where(link.c.parent_place.in_([place.name for place in wanted]))
        if scope is Scope.CHOSEN and self._chosen is not None:
            query = query.where(link.c.cooperation_id.in_(self._chosen))
        return _rows(Evidence, self._connection.execute(query), 2)


def _rows(kind: type[Record], result: Iterable[Any], ahead: int) -> Iterator[Row]:
    """Rows of the driver as numbers and values by attribute, choices and lists as the record has them."""
    names, special = [field.attribute for field in scalars_of(kind)], converters(kind)
    for row in result:
        fields = dict(zip(names, row[ahead:], strict=True))
        for position, convert in special:
            name = names[position]
            fields[name] = convert(fields[name])
        yield row[0], (row[1] if ahead == 2 else None), fields


class _Journal:
    """What was known at a moment: of every record the last line written up to then."""

    def __init__(self, connection: Connection, codes: Sequence[str] | None, known_at: datetime) -> None:
        self._connection = connection
        self._codes = codes
        last = select(func.max(REVISION.c.id)).where(REVISION.c.at <= known_at)
        self._revision = connection.execute(last).scalar() or 0

    def _cooperations(self) -> list[int]:
        """The numbers of the chosen cooperations; a code is for ever, so today's table names them."""
        table = TABLES["cooperation"]
        lines = select(LINE.c.record_id).where(LINE.c.place == "cooperation").distinct()
        if self._codes is not None:
            lines = lines.where(LINE.c.address.in_(self._codes))
        found = set(self._connection.execute(lines).scalars())
        if self._codes is not None:
            found |= set(self._connection.execute(select(table.c.id).where(table.c.code.in_(self._codes))).scalars())
        return sorted(found)

    def rows(self, wanted: Sequence[Place], scope: Scope) -> dict[str, list[Row]]:
        kinds: dict[str, type[Record]] = {place.name: place.kind for place in wanted}
        found: dict[str, list[Row]] = {name: [] for name in (*kinds, EVIDENCE)}
        kinds[EVIDENCE] = Evidence
        newest = select(func.max(LINE.c.id)).where(LINE.c.revision_id <= self._revision, LINE.c.place.in_(list(kinds)))
        if scope is Scope.REGISTER:
            newest = newest.where(LINE.c.cooperation_id.is_(None))
        elif scope is Scope.CHOSEN and self._codes is not None:
            newest = newest.where(LINE.c.cooperation_id.in_(self._cooperations()))
        newest = newest.group_by(LINE.c.record_id)
        query = select(LINE.c.place, LINE.c.record_id, LINE.c.parent_id, LINE.c.record).where(
            LINE.c.id.in_(newest.scalar_subquery()), LINE.c.record.is_not(None)
        )
        decoders = {name: msgspec.json.Decoder(kind) for name, kind in kinds.items()}
        attributes = {name: [field.attribute for field in scalars_of(kind)] for name, kind in kinds.items()}
        for name, number, parent, text in self._connection.execute(query):
            record = decoders[name].decode(text)
            found[name].append((number, parent, {key: getattr(record, key) for key in attributes[name]}))
        return found

    def fictional(self) -> frozenset[str]:
        return _Tables(self._connection, self._codes).fictional()


def _assemble(wanted: Sequence[Place], rows: Mapping[str, list[Row]]) -> dict[str, Groups]:
    """Records with their children, deepest places first; lists in the order of day and key."""
    found: dict[str, Groups] = {EVIDENCE: _grouped(Evidence, rows.get(EVIDENCE, []), [])}
    names = {(place.parent, place.attribute): place.name for place in wanted}
    for place in reversed(wanted):
        below = []
        for field in children_of(place.kind):
            name = EVIDENCE if field.type is Evidence else names.get((place.kind.declared.name, field.attribute))
            if name is not None:
                below.append((field.attribute, field.many, found[name]))
        found[place.name] = _grouped(place.kind, rows[place.name], below)
    return found


def _grouped(kind: type[Record], rows: Iterable[Row], below: list[tuple[str, bool, Groups]]) -> Groups:
    groups: Groups = {}
    for number, parent, fields in rows:
        for attribute, many, held in below:
            children = held.get(number)
            if children:
                fields[attribute] = tuple(children) if many else children[0]
        groups.setdefault(parent, []).append(kind(**fields))
    order = sort_key(kind)
    for records in groups.values():
        if len(records) > 1:
            records.sort(key=order)
    return groups
