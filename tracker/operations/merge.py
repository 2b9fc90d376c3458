"""Matching what a file gives to what is stored: by key inside the parent; what differs is changed, new is added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from tracker.domain.addresses import below
from tracker.domain.invariants import has_rules, is_complete, meaning_faults
from tracker.domain.parsed import Parsed, has_key
from tracker.domain.problems import Problems
from tracker.domain.records.base import Pair, Record, children_of, known_fields, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, places
from tracker.models.records import LINK, TABLES, key_hash, values_of
from tracker.operations.journal import EVIDENCE_PLACE, Spot, Writer


class Held(msgspec.Struct):
    """A stored record: its number, version and values."""

    number: int
    version: int
    values: dict[str, Any]


Stored = dict[tuple[int | None, bytes], Held]
"""Stored records of one place by parent and key."""


def stored_under(connection: Connection, cooperations: list[int]) -> dict[str, Stored]:
    """Every stored record of some cooperations, in one query a place."""
    wanted = [place for place in places().values() if place.root is Cooperation]
    if not cooperations:
        return {name: {} for name in (*(place.name for place in wanted), EVIDENCE)}
    found = {place.name: _of_place(connection, place, cooperations) for place in wanted}
    found[EVIDENCE] = _evidence(connection, cooperations)
    return found


def stored_register(connection: Connection) -> dict[str, Stored]:
    """Every stored record of the register."""
    wanted = [place for place in places().values() if place.root is not Cooperation]
    found = {place.name: _of_place(connection, place, None) for place in wanted}
    found[EVIDENCE] = _evidence(connection, None)
    return found


def _of_place(connection: Connection, place: Place, cooperations: list[int] | None) -> Stored:
    table = TABLES[place.name]
    parent = [] if place.is_root else [table.c.parent_id]
    columns = [table.c[field.attribute] for field in scalars_of(place.kind)]
    flag = [table.c.fictional] if place.is_root else []
    query = select(table.c.id, table.c.row_version, table.c.key_hash, *parent, *flag, *columns)
    if cooperations is not None:
        query = query.where((table.c.id if place.is_root else table.c.cooperation_id).in_(cooperations))
    found: Stored = {}
    for row in connection.execute(query):
        values = values_of(place.kind, row[4:])
        if place.is_root:
            values["fictional"] = row[3]
        found[None if place.is_root else row[3], row[2]] = Held(row[0], row[1], values)
    return found


def _evidence(connection: Connection, cooperations: list[int] | None) -> Stored:
    piece, link = TABLES[EVIDENCE], TABLES[LINK]
    columns = [piece.c[field.attribute] for field in scalars_of(Evidence)]
    query = select(link.c.id, piece.c.row_version, link.c.key_hash, link.c.parent_id, *columns)
    query = query.join(piece, piece.c.id == link.c.evidence_id)
    scope = link.c.cooperation_id.is_(None) if cooperations is None else link.c.cooperation_id.in_(cooperations)
    rows = connection.execute(query.where(scope))
    return {(row[3], row[2]): Held(row[0], row[1], values_of(Evidence, row[4:])) for row in rows}


class Merge:
    """Walks parsed records beside the stored ones and tells a writer, if there is one, what to write."""

    def __init__(
        self,
        held: Mapping[str, Stored],
        *,
        fictional: bool,
        number: Callable[[], int],
        writer: Writer | None,
        problems: Problems,
        note: Callable[[str, str, str, dict[str, tuple[Any, Any]] | None], None],
    ) -> None:
        self._held = held
        self._fictional = fictional
        self._number = number
        self._writer = writer
        self._problems = problems
        self._note = note

    def take(self, parsed: Parsed, place: Place, above: Spot | None = None, lock: Round | None = None) -> None:
        """Match one record and its children. One without a key can't be matched: why it has none was reported."""
        if self._problems and not has_key(parsed):
            return
        own_hash = key_hash(place, parsed.key)
        held = self._held[place.name].get((above.number if above else None, own_hash))
        spot = self._spot(parsed, place, above, held, own_hash)
        if held is None:
            self._add(spot, parsed, place, lock)
        else:
            lock = _lock_of(place, held) or lock
            self._compare(spot, parsed, place, held, lock)
        for attribute, children in parsed.children.items():
            for child in children:
                kept = None if child.kind.declared.beside_lock else lock
                self.take(child, place_below(place, attribute, child.kind), spot, kept)

    def _spot(self, parsed: Parsed, place: Place, above: Spot | None, held: Held | None, own_hash: bytes) -> Spot:
        number = held.number if held else self._number()
        if above is None:
            return Spot(place.name, number, str(parsed.key[0]), key_hash=own_hash, fictional=self._fictional)
        root = above.number if above.place == "cooperation" else above.cooperation
        address = below(above.address, place.attribute or EVIDENCE, parsed.key, place.many)
        return Spot(place.name, number, address, above.number, above.place, root, own_hash)

    def _add(self, spot: Spot, parsed: Parsed, place: Place, lock: Round | None) -> None:
        kind = parsed.kind
        if lock is not None:
            self._refuse_lock(parsed, lock, kind.declared.name)
            return
        values = defaults_of(kind) | parsed.given
        self._check(parsed, values, place, spot.number)
        self._note(spot.address, kind.declared.name, "added", None)
        if self._writer is not None:
            self._writer.add(spot, values)

    def _compare(self, spot: Spot, parsed: Parsed, place: Place, held: Held, lock: Round | None) -> None:
        kind = parsed.kind
        differing = [name for name, value in parsed.given.items() if not _is_same(held.values[name], value)]
        if held.values.get("fictional", self._fictional) is not self._fictional:
            self._refuse_fiction(parsed)
        values = {**held.values, **{name: parsed.given[name] for name in differing}}
        values.pop("fictional", None)
        if differing or (parsed.children and has_rules(kind)):
            self._check(parsed, values, place, spot.number)
        if not differing:
            self._note(spot.address, kind.declared.name, "unchanged", None)
            return
        fields = known_fields(kind)
        changed = {fields[name].name: (held.values[name], parsed.given[name]) for name in differing}
        if lock is not None:
            self._refuse_lock(parsed, lock, ", ".join(changed))
            return
        self._note(spot.address, kind.declared.name, "changed", changed)
        if self._writer is not None:
            self._writer.change(spot, values, differing, held.version)

    def _check(self, parsed: Parsed, values: dict[str, Any], place: Place, number: int) -> None:
        children = self._children(parsed, place, number) if has_rules(parsed.kind) else {}
        for path, value, reason in meaning_faults(parsed, values, children):
            self._problems.add(path, value, reason)

    def _children(self, parsed: Parsed, place: Place, number: int) -> dict[str, Any]:
        """The children that a record will have: those that are stored, with the given ones laid over them."""
        found: dict[str, Any] = {}
        for field in children_of(parsed.kind):
            if field.type is Evidence:
                continue
            spot = place_below(place, field.attribute, field.type)
            values = {key: held.values for (parent, key), held in self._held[spot.name].items() if parent == number}
            for child in filter(has_key, parsed.children.get(field.attribute, ())):
                key = key_hash(spot, child.key)
                values[key] = values.get(key, defaults_of(field.type)) | child.given
            records = tuple(field.type(**given) for given in values.values() if is_complete(field.type, given))
            found[field.attribute] = records if field.many else next(iter(records), None)
        return found

    def _refuse_lock(self, parsed: Parsed, lock: Round, what: str) -> None:
        reason = Pair(
            f"ronde {lock.number} versie {lock.version} is vastgesteld op {lock.locked_on} en blijft zoals zij is"
            f" ({what}); leg een correctie vast als nieuwe versie",
            f"round {lock.number} version {lock.version} was locked on {lock.locked_on} and stays as it is ({what});"
            " record a correction as a new version",
        )
        self._problems.add(parsed.path, what, reason)

    def _refuse_fiction(self, parsed: Parsed) -> None:
        reason = Pair(
            "verzonnen en echte gegevens gaan niet samen: dit bestand en dit record verschillen in fictional",
            "invented and real data do not mix: this file and this record differ in fictional",
        )
        self._problems.add(parsed.path, parsed.given.get("code"), reason)


def _is_same(one: Any, other: Any) -> bool:
    """Are two values of a field the same? Order means nothing in a list of texts either; its own is kept."""
    if one == other:
        return True
    return isinstance(one, tuple) and isinstance(other, tuple) and sorted(one) == sorted(other)


def _lock_of(place: Place, held: Held) -> Round | None:
    """The round itself when it is locked: from then on neither it nor anything in it changes."""
    if place.kind is not Round or held.values["locked_on"] is None:
        return None
    return Round(**held.values)


@cache
def defaults_of(kind: type[Record]) -> dict[str, Any]:
    """What the fields of a record are when nothing is given."""
    return {field.attribute: field.default for field in scalars_of(kind)}


def place_below(place: Place, attribute: str, kind: type[Record]) -> Place:
    """The place of a child list."""
    return EVIDENCE_PLACE if kind is Evidence else _below(place.kind.declared.name, attribute)


@cache
def _below(own: str, attribute: str) -> Place:
    return next(item for item in places().values() if item.parent == own and item.attribute == attribute)
