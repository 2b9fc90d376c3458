"""How dossiers are read: built from Core rows in a constant number of queries, whatever the number of cooperations.

From the tables for what is known now, or from the journal for what was known at a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum, auto
from itertools import groupby, starmap
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Select, func, null, select
from sqlalchemy.engine import Connection

from tracker.domain.practice_names import PracticeNames
from tracker.domain.privacy import unnamed
from tracker.domain.records.base import Record, children_of, sort_key
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, places, with_parents
from tracker.domain.records.practice import Practice
from tracker.domain.register import Example, Register
from tracker.extensions import db
from tracker.models.bulk import without_collector
from tracker.models.journal import LINE, REVISION
from tracker.models.records import LINK, TABLES
from tracker.models.rows import columns_of, maker_of
from tracker.queries.former_practices import former_practices

_SHARED = frozenset({"initiative", "initiative_direction", "sharing"})
_AT_ONCE = 10_000
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
Groups = dict[int | None, Any]
"""What a field of the parent holds, by the number of the parent: its records in order, or the only one."""


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
    former: dict[str, tuple[Practice, ...]] = {}
    """Practices as they were called before, by cooperation; only where practices were loaded."""


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
    connection = db.session.connection()
    source = _Tables(connection, chosen) if known_at is None else _Journal(connection, chosen, known_at)
    with without_collector():
        found = _assemble([place for place in wanted if place.root is not Cooperation], source, Scope.REGISTER)
        found |= _assemble([place for place in wanted if place.root is Cooperation], source, Scope.CHOSEN)
        shares = any(place.name == "good_example" for place in wanted)
        examples = _examples(source) if shares else ()
    register = Register(_roots(found, "product"), _roots(found, "his_product"), examples)
    former = former_practices(chosen) if any(place.kind is Practice for place in wanted) else {}
    return Loaded(register, _roots(found, "cooperation"), source.fictional(), former)


def _roots(found: dict[str, Groups], name: str) -> tuple[Any, ...]:
    held: tuple[Any, ...] = found.get(name, {}).get(None, ())
    return held


def _examples(source: _Tables | _Journal) -> tuple[Example, ...]:
    """Every initiative that was ever shared, with its directions and sharings, whoever reads: it names no practice."""
    wanted = [place for place in places().values() if place.name in _SHARED]
    held = _assemble(wanted, source, Scope.ALL)["initiative"]
    names = source.cooperations()
    shared = {
        number: [item for item in initiatives if item.sharings]
        for number, initiatives in held.items()
        if number in names
    }
    hidden = _names_in(shared, names)
    found = [
        Example(names[number], unnamed(initiative, hidden[number]) if number in hidden else initiative)
        for number, initiatives in shared.items()
        for initiative in initiatives
    ]
    return tuple(sorted(found, key=lambda example: example.initiative.code))


def _names_in(shared: dict[Any, list[Any]], codes: dict[int, str]) -> dict[int, PracticeNames]:
    """The practices of each cooperation that its shared initiatives name; two queries, and mostly nobody."""
    texts = {number: str(initiatives).lower() for number, initiatives in shared.items() if initiatives}
    practice = TABLES["practice"]
    query = select(practice.c.cooperation_id, practice.c.code, practice.c.name)
    found: dict[int, list[Practice]] = {}
    known = [tuple(row) for row in db.session.execute(query.where(practice.c.cooperation_id.in_(sorted(texts))))]
    former = former_practices(codes[number] for number in texts)
    known += [(number, item.code, item.name) for number in texts for item in former.get(codes[number], ())]
    for number, *named in known:
        if any(name.lower() in texts[number] for name in named):
            found.setdefault(number, []).append(Practice(code=named[0], name=named[1], memberships=()))
    return {number: PracticeNames(practices) for number, practices in found.items()}


Below = dict[str, Any]
"""By field with children: what gives them by the number of the parent."""
Made = Iterator[tuple[int | None, Record]]
"""Records with the number of their parent."""


def _assemble(wanted: Sequence[Place], source: _Tables | _Journal, scope: Scope) -> dict[str, Groups]:
    """Records with their children, deepest places first; lists in the order of day and key."""
    read = source.reading(wanted, scope)
    found: dict[str, Groups] = {EVIDENCE: _grouped(Evidence, True, read(EVIDENCE, Evidence, {}))}
    names = {(place.parent, place.attribute): place.name for place in wanted}
    for place in reversed(wanted):
        below: Below = {}
        for field in children_of(place.kind):
            name = EVIDENCE if field.type is Evidence else names.get((place.kind.declared.name, field.attribute))
            if name is not None:
                below[field.attribute] = found[name].get
        found[place.name] = _grouped(place.kind, place.many, read(place.name, place.kind, below))
    return found


def _grouped(kind: type[Record], many: bool, made: Made) -> Groups:
    """What is made, by parent. Rows of one parent mostly stand together: each group is closed while it is at hand."""
    groups: Groups = {}
    more: dict[int | None, list[Record]] = {}
    order = sort_key(kind)
    for parent, run in groupby(made, _FIRST):
        records = [record for _, record in run]
        if not many:
            groups[parent] = records[0]
        elif parent in groups:
            more.setdefault(parent, []).extend(records)
        else:
            groups[parent] = tuple(sorted(records, key=order) if len(records) > 1 else records)
    for parent, records in more.items():
        groups[parent] = tuple(sorted([*groups[parent], *records], key=order))
    return groups


class _Tables:
    """What is known now."""

    def __init__(self, connection: Connection, codes: Sequence[str] | None) -> None:
        self._connection = connection
        table = TABLES["cooperation"]
        self._chosen = None if codes is None else select(table.c.id).where(table.c.code.in_(codes)).scalar_subquery()
        self._codes = codes

    def reading(self, wanted: Sequence[Place], scope: Scope) -> Callable[[str, type[Record], Below], Made]:
        """The function that reads one place."""
        chosen = self._chosen if scope is Scope.CHOSEN else None

        def read(name: str, kind: type[Record], below: Below) -> Made:
            query = _evidence(wanted, chosen) if name == EVIDENCE else _of_place(name, kind, chosen)
            make = maker_of(kind, tuple(below))(*below.values())
            for rows in self._connection.execute(query).partitions(_AT_ONCE):
                yield from zip(map(_SECOND, rows), starmap(make, rows), strict=True)

        return read

    def cooperations(self) -> dict[int, str]:
        """The code of every cooperation by its number."""
        table = TABLES["cooperation"]
        return {row.id: row.code for row in self._connection.execute(select(table.c.id, table.c.code))}

    def fictional(self) -> frozenset[str]:
        """The chosen cooperations that are invented."""
        table = TABLES["cooperation"]
        query = select(table.c.code).where(table.c.fictional)
        if self._codes is not None:
            query = query.where(table.c.code.in_(self._codes))
        return frozenset(self._connection.execute(query).scalars())


def _of_place(name: str, kind: type[Record], chosen: Any) -> Select[Any]:
    table = TABLES[name]
    is_root = "parent_id" not in table.c
    query: Select[Any] = select(table.c.id, null() if is_root else table.c.parent_id, *columns_of(table, kind))
    if chosen is not None:
        query = query.where((table.c.id if is_root else table.c.cooperation_id).in_(chosen))
    return query


def _evidence(wanted: Sequence[Place], chosen: Any) -> Select[Any]:
    piece, link = TABLES[EVIDENCE], TABLES[LINK]
    query: Select[Any] = select(link.c.id, link.c.parent_id, *columns_of(piece, Evidence))
    query = query.join(piece, piece.c.id == link.c.evidence_id)
    query = query.where(link.c.parent_place.in_([place.name for place in wanted]))
    return query if chosen is None else query.where(link.c.cooperation_id.in_(chosen))


class _Journal:
    """What was known at a moment: of every record the last line written up to then."""

    def __init__(self, connection: Connection, codes: Sequence[str] | None, known_at: datetime) -> None:
        self._connection = connection
        self._codes = codes
        last = select(func.max(REVISION.c.id)).where(REVISION.c.at <= known_at)
        self._revision = connection.execute(last).scalar() or 0

    def reading(self, wanted: Sequence[Place], scope: Scope) -> Callable[[str, type[Record], Below], Made]:
        """The function that reads one place, of what one query found for all."""
        lines: dict[str, list[Any]] = {name: [] for name in (EVIDENCE, *(place.name for place in wanted))}
        for line in self._connection.execute(self._newest(list(lines), scope)):
            lines[line.place].append(line)

        def read(name: str, kind: type[Record], below: Below) -> Made:
            decode = msgspec.json.Decoder(kind).decode
            for line in lines.pop(name):
                held = {field: found for field, of in below.items() if (found := of(line.record_id)) is not None}
                record = decode(line.record)
                yield line.parent_id, msgspec.structs.replace(record, **held) if held else record

        return read

    def _newest(self, names: list[str], scope: Scope) -> Select[Any]:
        newest = select(func.max(LINE.c.id)).where(LINE.c.revision_id <= self._revision, LINE.c.place.in_(names))
        if scope is Scope.REGISTER:
            newest = newest.where(LINE.c.cooperation_id.is_(None))
        elif scope is Scope.CHOSEN and self._codes is not None:
            newest = newest.where(LINE.c.cooperation_id.in_(self._chosen()))
        newest = newest.group_by(LINE.c.record_id)
        query = select(LINE.c.place, LINE.c.record_id, LINE.c.parent_id, LINE.c.record)
        return query.where(LINE.c.id.in_(newest.scalar_subquery()), LINE.c.record.is_not(None))

    def _chosen(self) -> Any:
        """The numbers of the chosen cooperations. A code is for ever, so the address of any line names one."""
        lines = select(LINE.c.record_id).where(LINE.c.place == "cooperation", LINE.c.address.in_(self._codes or ()))
        return lines.distinct().scalar_subquery()

    def cooperations(self) -> dict[int, str]:
        """The code of every cooperation by its number."""
        lines = select(LINE.c.record_id, LINE.c.address).where(LINE.c.place == "cooperation").distinct()
        return {row.record_id: row.address for row in self._connection.execute(lines)}

    def fictional(self) -> frozenset[str]:
        """The chosen cooperations that are invented."""
        return _Tables(self._connection, self._codes).fictional()
