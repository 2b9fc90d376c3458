"""Adding, correcting and removing one record with the children on its form: one transaction, one revision.

What a form gives is laid over what is stored, checked as a file would be, and compared field by field; only what
differs is written. The version that the form was opened with travels along: who would overwrite another's work gets
Conflict, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from tracker.domain.addresses import below
from tracker.domain.editing import FIXED_CODES, MAY_LIE_AHEAD, lists_on_form
from tracker.domain.entries import Entry
from tracker.domain.parsed import Parsed, Walk
from tracker.domain.policy import Pen
from tracker.domain.problems import Problem, Problems
from tracker.domain.records.base import Field, Pair, Record, Sort, known_fields, scalars_of
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.places import EVIDENCE, Place, places
from tracker.domain.shape import parse
from tracker.domain.sides import foreign_field, remarks_for, side_of
from tracker.models.records import key_hash
from tracker.operations.journal import EVIDENCE_PLACE, Spot, Writer
from tracker.operations.merge import defaults_of
from tracker.operations.neighbours import Locked, Neighbours
from tracker.operations.transaction import writing
from tracker.queries.records import Kept, below_parent, kept, kind_of, last_write


class Refused(Exception):
    """What was typed can't be kept: the faults, by the path of the form."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} faults")
        self.problems = problems


class Forbidden(Exception):
    """Who typed it may not write this kind or this field."""


class Gone(Exception):
    """The record, or what it belongs to, does not exist (any more)."""


class Overtaken(Exception):
    """Somebody saved in between: the record as it is now, by whom and since when."""

    def __init__(self, held: Kept, by: str, at: datetime, revision: int) -> None:
        super().__init__(held.place)
        self.held, self.by, self.at, self.revision = held, by, at, revision


class InUse(Exception):
    """The record can't be removed while others refer to it: the records on whose forms that stands."""

    def __init__(self, users: list[Kept]) -> None:
        super().__init__(f"{len(users)} references")
        self.users = users


@dataclass(frozen=True)
class Saved:
    """What was saved: the record's number and address, and how many records were written (0 = nothing differed)."""

    number: int
    address: str
    written: int
    is_new: bool = False


def save_record(
    *,
    place: str,
    entry: Entry,
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
    parent: int | None = None,
    seen: int | None = None,
    reason: str | None = None,
    fictional: bool = False,
) -> Saved:
    """Add a record under a parent, or correct the one that `entry.number` names.

    `seen` is the revision that the form was opened with (0 = none yet); a correction that does not give it is refused
    as overtaken. `fictional` marks a new root. Raises Refused, Forbidden, Gone or Overtaken, and then writes nothing.
    The same again is no fault: a form that was sent twice saves once.
    """
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        held = _held(connection, place, entry.number, parent)
        editor = _Editor(connection, writer, pen, catalogues, today)
        try:
            saved = editor.save(place, parent if held is None else held.parent, entry, held, fictional)
        except Gone:
            if held is not None:
                _check_seen(connection, held, seen)
            raise
        if held is not None and saved.written:
            _check_seen(connection, held, seen)
        writer.flush()
    return saved


def remove_record(*, place: str, number: int, pen: Pen, by: str, reason: str, seen: int | None) -> Saved:
    """Remove a record that was wrong, with its children: it vanishes from every peildatum and stays in the journal.

    Raises Forbidden, Gone, InUse or Overtaken.
    """
    if not pen.may(place):
        raise Forbidden(place)
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        held = kept(place, number, connection)
        if held is None:
            raise Gone(place)
        if foreign_field(pen, place, held.values):
            raise Forbidden(place)
        _check_seen(connection, held, seen)
        neighbours = Neighbours(connection)
        if (lock := neighbours.lock_of(held)) is not None:
            raise lock
        if users := neighbours.users_of(held):
            raise InUse(users)
        address = below_parent(place, held.parent, held.key, connection)
        gone = list(_deepest_first(held, _spot_of(held, address)))
        for spot, version in gone:
            writer.remove(spot, version)
        writer.flush()
    return Saved(number, address, len(gone))


def _held(connection: Connection, place: str, number: int | None, parent: int | None) -> Kept | None:
    if number is None:
        return None
    held = kept(place, number, connection)
    if held is None or (parent is not None and held.parent != parent):
        raise Gone(place)
    return held


def _check_seen(connection: Connection, held: Kept, seen: int | None) -> None:
    last = last_write(held, connection)
    if last is not None and (seen is None or last.revision > seen):
        raise Overtaken(held, last.by, last.at, last.revision)


def _deepest_first(held: Kept, spot: Spot) -> Iterator[tuple[Spot, int]]:
    for listed, name in lists_on_form(held.place):
        for child in held.children.get(listed.attribute, ()):
            yield from _deepest_first(child, _spot_below(spot, child, name, listed))
    yield spot, held.version


def _spot_of(held: Kept, address: str) -> Spot:
    above = None if held.place == EVIDENCE else places()[held.place].parent
    own_hash = key_hash(_place(held.place), held.key)
    root = None if above is None else held.cooperation
    return Spot(held.place, held.number, address, held.parent, above, root, own_hash, held.fictional)


def _spot_below(above: Spot, child: Kept, name: str, listed: Field) -> Spot:
    address = below(above.address, listed.attribute, child.key, listed.many)
    own_hash = key_hash(_place(name), child.key)
    return Spot(name, child.number, address, above.number, above.place, child.cooperation, own_hash)


def _place(name: str) -> Place:
    return EVIDENCE_PLACE if name == EVIDENCE else places()[name]


@dataclass
class _Rows:
    """Which row of the form each record of a list was, so that a fault is told beside it."""

    numbers: list[int] = field(default_factory=list)
    below: list[dict[str, _Rows]] = field(default_factory=list)


class _Editor:
    """One form on its way in: merged, checked, compared, written."""

    def __init__(
        self,
        connection: Connection,
        writer: Writer,
        pen: Pen,
        catalogues: Mapping[str, frozenset[str]],
        today: date,
    ) -> None:
        self._connection, self._writer, self._pen, self._today = connection, writer, pen, today
        self._walk = Walk(Problems(), catalogues)
        self._neighbours = Neighbours(connection)
        self._written = 0
        self._lock: Locked | None = None
        self._free: Iterator[int] = iter(())

    def save(self, place: str, parent: int | None, entry: Entry, held: Kept | None, fictional: bool) -> Saved:
        rows: dict[str, _Rows] = {}
        raw = _merged(place, entry, held, rows)
        parsed = parse(kind_of(place), raw, (), self._walk)
        if parsed is not None and not self._walk.problems:
            self._check_around(place, parent, parsed, held)
        if self._walk.problems or parsed is None:
            raise Refused([_on_form(problem, rows) for problem in self._walk.problems.shown])
        moved = held is None or parsed.key != held.key
        twin = self._neighbours.twin(place, parent, parsed.key, held.number if held else None) if moved else None
        if twin is not None:
            return self._same_again(place, parsed, twin)
        self._free = _numbers(self._writer, parsed.size)
        root = self._neighbours.cooperation_of(place, parent)
        address = below_parent(place, parent, parsed.key, self._connection)
        number = next(self._free) if held is None else held.number
        above = places()[place].parent
        own_hash = key_hash(_place(place), parsed.key)
        if held is not None:
            root, fictional = (None if above is None else held.cooperation), held.fictional
        spot = Spot(place, number, address, parent, above, root, own_hash, fictional)
        self._take(spot, parsed, entry, held)
        return Saved(number, address, self._written, held is None)

    def _same_again(self, place: str, parsed: Parsed, twin: int) -> Saved:
        """A record with this key is there already: the same form sent twice, or another record in the way."""
        other = kept(place, twin, self._connection)
        if other is None or not _is_within(parsed, other):
            self._walk.problems.add((), None, _twin_text(parsed))
            raise Refused(self._walk.problems.shown)
        return Saved(twin, below_parent(place, other.parent, other.key, self._connection), 0, True)

    def _check_around(self, place: str, parent: int | None, parsed: Parsed, held: Kept | None) -> None:
        problems = self._walk.problems
        root = held.cooperation if held is not None else self._neighbours.cooperation_of(place, parent)
        self._neighbours.check(self._walk, root)
        self._neighbours.check_code(place, parent, parsed, problems)
        if held is not None:
            self._lock = self._neighbours.lock_of(held)
            code = parsed.given.get("code")
            if place in FIXED_CODES and code != held.values["code"]:
                problems.add(((), "code"), code, _FIXED)
        self._check_ahead(parsed, held)
        self._check_replaced(parsed, held)
        self._check_side(place, parsed, held)

    def _check_ahead(self, parsed: Parsed, held: Kept | None) -> None:
        """What happened lies behind us; only what was changed is asked about."""
        for found, old in _paired(parsed, held):
            for item in scalars_of(found.kind):
                day = found.given.get(item.attribute)
                if item.sort is not Sort.DAY or item.attribute in MAY_LIE_AHEAD or day is None or day <= self._today:
                    continue
                if old is None or old.values[item.attribute] != day:
                    self._walk.problems.add((found.path, item.name), day, _AHEAD)

    def _check_replaced(self, parsed: Parsed, held: Kept | None) -> None:
        """A piece of evidence takes the place of another one of the same record."""
        for found, _old in _paired(parsed, held):
            pieces = found.children.get("evidence", ())
            for piece in pieces:
                title = piece.given.get("replaces")
                if title and all(other is piece or other.given.get("title") != title for other in pieces):
                    self._walk.problems.add((piece.path, "replaces"), title, _NO_SUCH_PIECE)

    def _check_side(self, place: str, parsed: Parsed, held: Kept | None) -> None:
        """Each side speaks for itself alone, and what both agree names the other."""
        problems = self._walk.problems
        if held is not None and foreign_field(self._pen, place, held.values):
            raise Forbidden(place)
        if name := foreign_field(self._pen, place, parsed.given):
            problems.add(((), name), parsed.given.get(name), _NOT_YOUR_SIDE if name == "party" else _NOT_YOURS)
        if place == "round":
            self._check_remarks(parsed, held)
        if place == "waiver" and held is None:
            signers = {item.given["party"] for item in parsed.children.get("signers", ())}
            if not signers - {side_of(self._pen)}:
                problems.add(((), "signers"), None, _OTHER_SIGNS)

    def _check_remarks(self, parsed: Parsed, held: Kept | None) -> None:
        """Nobody remarks in the name of the other party, nor touches what that said."""
        stored = {item.key: item.values["party"] for item in (held.children.get("remarks", ()) if held else ())}
        for remark in parsed.children.get("remarks", ()):
            party = remark.given.get("party")
            before = stored.pop(remark.key, None)
            if party is not before and not (remarks_for(self._pen, party) and remarks_for(self._pen, before)):
                self._walk.problems.add((remark.path, "party"), party, _NOT_YOUR_REMARK)
        if not all(remarks_for(self._pen, party) for party in stored.values()):
            raise Forbidden("remark")

    def _take(self, spot: Spot, parsed: Parsed, entry: Entry, held: Kept | None) -> None:
        values = defaults_of(parsed.kind) | parsed.given
        if spot.place == EVIDENCE:
            values = _own_strength(values, held)
        if held is None:
            self._allow(spot, None)
            given = [name for name, value in values.items() if value != known_fields(parsed.kind)[name].default]
            for name in given:
                self._allow(spot, name)
            self._writer.add(spot, values)
            self._written += 1
        else:
            self._compare(spot, values, held)
        for listed, name in lists_on_form(spot.place):
            self._take_list(spot, parsed, entry, held, listed, name)

    def _compare(self, spot: Spot, values: dict[str, Any], held: Kept) -> None:
        differing = [name for name, value in values.items() if held.values[name] != value]
        for name in differing:
            self._allow(spot, name)
        moved = spot.place != EVIDENCE and _spot_of(held, spot.address).key_hash != spot.key_hash
        if differing or moved:
            self._writer.change(spot, values, differing, held.version)
            self._written += 1

    def _take_list(self, spot: Spot, parsed: Parsed, entry: Entry, held: Kept | None, listed: Field, name: str) -> None:
        stored = list(held.children.get(listed.attribute, ()) if held else ())
        before = {item.number: item for item in stored}
        given = entry.children.get(listed.name)
        rows = [row for row in given if not row.is_removed] if given is not None else None
        children = parsed.children.get(listed.attribute, [])
        root = spot.number if spot.place == "cooperation" else spot.cooperation
        for index, child in enumerate(children):
            row = rows[index] if rows is not None else Entry(given={})
            old = self._stored_row(row, child, before) if rows is not None else stored[index]
            number = old.number if old else next(self._free)
            address = below(spot.address, listed.attribute, child.key, listed.many)
            own_hash = key_hash(_place(name), child.key)
            self._take(Spot(name, number, address, spot.number, spot.place, root, own_hash), child, row, old)
        if rows is None:
            return
        for gone in before.values():
            taken = _spot_below(spot, gone, name, listed)
            self._allow(taken, None)
            for removed, version in _deepest_first(gone, taken):
                self._writer.remove(removed, version)
                self._written += 1

    @staticmethod
    def _stored_row(row: Entry, child: Parsed, before: dict[int, Kept]) -> Kept | None:
        """The stored record that a row is: the one it names, or the one with its key when it was sent twice."""
        if row.number is not None:
            return before.pop(row.number, None)
        same = next((number for number, item in before.items() if item.key == child.key), None)
        return None if same is None else before.pop(same)

    def _allow(self, spot: Spot, attribute: str | None) -> None:
        # Who writes a record hangs evidence on it.
        place = spot.parent_place if spot.place == EVIDENCE else spot.place
        if self._lock is not None and not kind_of(spot.place).declared.beside_lock:
            raise self._lock
        if not self._pen.may(place or "", None if spot.place == EVIDENCE else attribute):
            raise Forbidden(f"{place}.{attribute}" if attribute else place)


_AHEAD = Pair("Kies een datum op of vóór vandaag", "Choose a day on or before today")
_NO_SUCH_PIECE = Pair(
    "Noem de titel van een ander stuk bij hetzelfde feit", "Name the title of another piece of the same fact"
)
_FIXED = Pair("De code ligt vast; anderen verwijzen ernaar", "The code is fixed: others refer to it")
_NOT_YOURS = Pair("Kies uw eigen verzekeraar", "Choose your own insurer")
_NOT_YOUR_SIDE = Pair("Geef het oordeel van uw eigen partij", "Give the opinion of your own side")
_NOT_YOUR_REMARK = Pair("Maak een opmerking namens uw eigen partij", "Make a remark for your own side")
_OTHER_SIGNS = Pair("Noem ook wie namens de andere partij tekende", "Name who signed for the other side as well")


def _own_strength(values: dict[str, Any], held: Kept | None) -> dict[str, Any]:
    """Who brings evidence never checks it: that is for the other side, and of the piece exactly as it was."""
    if values["strength"] is not EvidenceStrength.CHECKED:
        return values
    if held is None or held.values["strength"] is not EvidenceStrength.CHECKED:
        raise Forbidden("evidence.strength")
    is_same = all(held.values[name] == value for name, value in values.items())
    return values if is_same else values | {"strength": EvidenceStrength.SHOWN}


def _twin_text(parsed: Parsed) -> Pair:
    named = [known_fields(parsed.kind)[name].label for name in parsed.kind.declared.key]
    nl, en = ", ".join(label.nl for label in named), ", ".join(label.en for label in named)
    return Pair(
        f"Dit is al vastgelegd met dezelfde {nl}. Corrigeer dat, of kies een andere waarde",
        f"This was recorded before with the same {en}. Correct that one, or choose another value",
    )


def _merged(place: str, entry: Entry, held: Kept | None, rows: dict[str, _Rows]) -> dict[str, Any]:
    """The record as it will stand, as a raw tree; `rows` learns which row of the form each child was."""
    raw = {} if held is None else _raw(held)
    raw |= entry.given
    raw = {name: value for name, value in raw.items() if value is not None}
    for listed, name in lists_on_form(place):
        stored = {item.number: item for item in (held.children.get(listed.attribute, ()) if held else ())}
        given = entry.children.get(listed.name)
        if given is None:
            merged = [_merged(name, Entry(given={}), item, {}) for item in stored.values()]
        else:
            known = rows[listed.name] = _Rows()
            merged = []
            for index, row in enumerate(given):
                if row.is_removed:
                    continue
                if row.number is not None and row.number not in stored:
                    raise Gone(name)
                inner: dict[str, _Rows] = {}
                merged.append(_merged(name, row, stored.get(row.number or 0), inner))
                known.numbers.append(index)
                known.below.append(inner)
        if merged:
            raw[listed.name] = merged if listed.many else merged[0]
    return raw


def _raw(held: Kept) -> dict[str, Any]:
    """The stored values as a file would hold them."""
    return {item.name: _plain(held.values[item.attribute]) for item in scalars_of(kind_of(held.place))}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return getattr(value, "value", value)


def _on_form(problem: Problem, rows: dict[str, _Rows]) -> Problem:
    """The fault with the numbers of the form's rows in its path."""
    steps = problem.path.removeprefix("$").lstrip(".").split(".")
    path, known = "$", rows
    for step in steps:
        name, bracket, index = step.partition("[")
        path += f".{name}" if name else ""
        found = known.get(name)
        if bracket and found is not None:
            position = int(index.rstrip("]"))
            path += f"[{found.numbers[position]}]"
            known = found.below[position]
        elif bracket:
            path += f"[{index}"
        elif found is not None and found.below:
            known = found.below[0]
    return Problem(path, problem.value, problem.reason)


def _numbers(writer: Writer, most: int) -> Iterator[int]:
    """Numbers for the records that are new; none is taken when none is."""
    first = writer.numbers(most)
    yield from range(first, first + most)


def _paired(parsed: Parsed, held: Kept | None) -> Iterator[tuple[Parsed, Kept | None]]:
    """Every record that was typed, with the stored one that has its key."""
    yield parsed, held
    for attribute, children in parsed.children.items():
        known = {item.key: item for item in (held.children.get(attribute, ()) if held else ())}
        for child in children:
            yield from _paired(child, known.get(child.key))


def _is_within(parsed: Parsed, other: Kept) -> bool:
    """Whether all that was typed is stored already."""
    values = defaults_of(parsed.kind) | parsed.given
    if any(other.values[name] != value for name, value in values.items()):
        return False
    for attribute, children in parsed.children.items():
        known = {item.key: item for item in other.children.get(attribute, ())}
        if any(child.key not in known or not _is_within(child, known[child.key]) for child in children):
            return False
    return True


def imagined(place: str, entry: Entry, held: Kept | None, catalogues: Mapping[str, frozenset[str]]) -> Record | None:
    """The record as it would stand, in mind only; None while something in it is wrong."""
    walk = Walk(Problems(), catalogues)
    try:
        parsed = parse(kind_of(place), _merged(place, entry, held, {}), (), walk)
    except Gone:
        return None
    return None if walk.problems or parsed is None else parsed.whole()
