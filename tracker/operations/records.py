"""Adding and correcting one record with the children on its form: one transaction, one revision.

What a form gives is laid over what is stored, checked as a file would be, and compared field by field; only what
differs is written. The version that the form was opened with travels along: who would overwrite another's work gets
Overtaken, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from tracker.domain.addresses import below
from tracker.domain.editing import lists_on_form
from tracker.domain.entries import Entry
from tracker.domain.parsed import Parsed, Walk
from tracker.domain.policy import Pen
from tracker.domain.problems import Problems
from tracker.domain.records.base import Field, Pair, known_fields
from tracker.domain.records.places import EVIDENCE, kind_of, places
from tracker.domain.shape import parse
from tracker.models.records import key_hash
from tracker.operations.form_merge import FormRows, laid_over, on_form
from tracker.operations.journal import Spot, Writer
from tracker.operations.merge import defaults_of
from tracker.operations.neighbours import Neighbours
from tracker.operations.record_checks import check_ahead, check_code_kept, check_replaced, check_side, own_strength
from tracker.operations.refusals import Forbidden, Gone, Locked, Overtaken, Refused
from tracker.operations.spots import deepest_first, place_of, spot_below, spot_of
from tracker.operations.transaction import writing
from tracker.queries.records import Kept, below_parent, kept, last_write


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
                check_seen(connection, held, seen)
            raise
        if held is not None and saved.written:
            check_seen(connection, held, seen)
        writer.flush()
    return saved


def _held(connection: Connection, place: str, number: int | None, parent: int | None) -> Kept | None:
    if number is None:
        return None
    held = kept(place, number, connection)
    if held is None or (parent is not None and held.parent != parent):
        raise Gone(place)
    return held


def check_seen(connection: Connection, held: Kept, seen: int | None) -> None:
    """Refuse as overtaken what was written in between, or was opened no one knows when."""
    last = last_write(held, connection)
    if last is not None and (seen is None or last.revision > seen):
        raise Overtaken(held, last.by, last.at, last.revision)


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
        rows: dict[str, FormRows] = {}
        raw = laid_over(place, entry, held, rows)
        parsed = parse(kind_of(place), raw, (), self._walk)
        if parsed is not None and not self._walk.problems:
            self._check_around(place, parent, parsed, held)
        if self._walk.problems or parsed is None:
            raise Refused([on_form(problem, rows) for problem in self._walk.problems.shown])
        moved = held is None or parsed.key != held.key
        twin = self._neighbours.twin(place, parent, parsed.key, held.number if held else None) if moved else None
        if twin is not None:
            return self._same_again(place, parsed, twin)
        self._free = self._writer.numbers_as_needed(parsed.size)
        root = self._neighbours.cooperation_of(place, parent)
        address = below_parent(place, parent, parsed.key, self._connection)
        number = next(self._free) if held is None else held.number
        above = places()[place].parent
        own_hash = key_hash(place_of(place), parsed.key)
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
            check_code_kept(place, parsed, held, problems)
        check_ahead(parsed, held, self._today, problems)
        check_replaced(parsed, problems)
        check_side(place, parsed, held, self._pen, problems)

    def _take(self, spot: Spot, parsed: Parsed, entry: Entry, held: Kept | None) -> None:
        values = defaults_of(parsed.kind) | parsed.given
        if spot.place == EVIDENCE:
            values = own_strength(values, held)
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
        moved = spot.place != EVIDENCE and spot_of(held, spot.address).key_hash != spot.key_hash
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
            own_hash = key_hash(place_of(name), child.key)
            self._take(Spot(name, number, address, spot.number, spot.place, root, own_hash), child, row, old)
        if rows is None:
            return
        for gone in before.values():
            taken = spot_below(spot, gone, name, listed)
            self._allow(taken, None)
            for removed, version in deepest_first(gone, taken):
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


def _twin_text(parsed: Parsed) -> Pair:
    named = [known_fields(parsed.kind)[name].label for name in parsed.kind.declared.key]
    nl, en = ", ".join(label.nl for label in named), ", ".join(label.en for label in named)
    return Pair(
        f"Dit is al vastgelegd met dezelfde {nl}. Corrigeer dat, of kies een andere waarde",
        f"This was recorded before with the same {en}. Correct that one, or choose another value",
    )


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
