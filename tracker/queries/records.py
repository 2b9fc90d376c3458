"""One stored record with the children on its form: what a form shows and an operation compares with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.engine import Connection

from tracker.domain.addresses import below
from tracker.domain.editing import lists_on_form, places_on_form
from tracker.domain.entries import Entry
from tracker.domain.records.base import Record, scalars_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, kind_of, places
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import LINK, TABLES, values_of
from tracker.queries.codes import code_of


class Kept(msgspec.Struct):
    """A stored record: where it stands, its values by attribute, and the children on its form by attribute."""

    place: str
    number: int
    version: int
    parent: int | None
    cooperation: int | None
    values: dict[str, Any]
    fictional: bool = False
    """Only of a root."""
    children: dict[str, list[Kept]] = msgspec.field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(self.values[name] for name in kind_of(self.place).declared.key)

    def record(self) -> Record:
        """The record with the children on its form."""
        held: dict[str, Any] = {}
        for field, _ in lists_on_form(self.place):
            found = [child.record() for child in self.children.get(field.attribute, ())]
            held[field.attribute] = tuple(found) if field.many else next(iter(found), None)
        return kind_of(self.place)(**self.values, **held)

    def entry(self) -> Entry:
        """The record as a form is filled with: typed values by the names of the format."""
        given = {field.name: self.values[field.attribute] for field in scalars_of(kind_of(self.place))}
        children = {
            field.name: [child.entry() for child in self.children.get(field.attribute, ())]
            for field, _ in lists_on_form(self.place)
        }
        return Entry(given=given, children=children, number=self.number)

    def all(self) -> Iterable[Kept]:
        """This record and all below it."""
        yield self
        for held in self.children.values():
            for child in held:
                yield from child.all()


def kept(place: str, number: int, connection: Connection | None = None) -> Kept | None:
    """A stored record with the children on its form; one query per list. None when there is no such record."""
    connection = connection or db.session.connection()
    found = _rows(connection, place, number=number)
    if not found:
        return None
    _fill(connection, place, found)
    return found[0]


def _fill(connection: Connection, place: str, held: list[Kept]) -> None:
    by_number = {item.number: item for item in held}
    for field, name in lists_on_form(place):
        for item in held:
            item.children[field.attribute] = []
        children = _rows(connection, name, parents=list(by_number), parent_place=place)
        for child in children:
            by_number[child.parent or 0].children[field.attribute].append(child)
        if children:
            _fill(connection, name, children)
    for item in held:
        for children in item.children.values():
            children.sort(key=_order)


def _order(item: Kept) -> tuple[str, ...]:
    """By day and key, as lists stand everywhere; what is empty comes first."""
    declared = kind_of(item.place).declared
    values = (item.values[name] for name in (*declared.since[:1], *declared.key))
    return tuple("" if value is None else str(value).rjust(20, "0") for value in values)


def _rows(
    connection: Connection,
    place: str,
    *,
    number: int | None = None,
    parents: list[int] | None = None,
    parent_place: str = "",
) -> list[Kept]:
    if place == EVIDENCE:
        return _pieces(connection, number, parents, parent_place)
    table, kind = TABLES[place], kind_of(place)
    is_root, in_dossier = "parent_id" not in table.c, "cooperation_id" in table.c
    wide = len(scalars_of(kind))
    found = []
    asked = {"numbers": parents or []} if number is None else {"number": number}
    for row in connection.execute(_query(place, number is None), asked):
        rest = row[2 + wide :]
        found.append(
            Kept(
                place,
                row[0],
                row[1],
                None if is_root else rest[0],
                rest[1] if in_dossier else (row[0] if place == "cooperation" else None),
                values_of(kind, row[2 : 2 + wide]),
                bool(rest[0]) if is_root else False,
            )
        )
    return found


@cache
def _query(place: str, by_parent: bool) -> Select[Any]:
    """The records of a place by the `numbers` of their parents, or the one with a `number`; made once."""
    table = TABLES[place]
    columns = [table.c[field.attribute] for field in scalars_of(kind_of(place))]
    above = [table.c[name] for name in ("fictional", "parent_id", "cooperation_id") if name in table.c]
    query = select(table.c.id, table.c.row_version, *columns, *above)
    if by_parent:
        return query.where(table.c.parent_id.in_(bindparam("numbers", expanding=True)))
    return query.where(table.c.id == bindparam("number"))


def _pieces(connection: Connection, number: int | None, parents: list[int] | None, parent_place: str) -> list[Kept]:
    asked = {"numbers": parents or [], "place": parent_place} if number is None else {"number": number}
    rows = connection.execute(_query_of_pieces(number is None), asked)
    return [Kept(EVIDENCE, row[0], row[1], row[2], row[3], values_of(Evidence, row[4:])) for row in rows]


@cache
def _query_of_pieces(by_parent: bool) -> Select[Any]:
    piece, link = TABLES[EVIDENCE], TABLES[LINK]
    columns = [piece.c[field.attribute] for field in scalars_of(Evidence)]
    query = select(link.c.id, piece.c.row_version, link.c.parent_id, link.c.cooperation_id, *columns)
    query = query.join(piece, piece.c.id == link.c.evidence_id)
    if by_parent:
        ours = link.c.parent_id.in_(bindparam("numbers", expanding=True))
        return query.where(ours, link.c.parent_place == bindparam("place"))
    return query.where(link.c.id == bindparam("number"))


_OURS = and_(
    or_(
        LINE.c.record_id.in_(bindparam("numbers", expanding=True)),
        LINE.c.parent_id.in_(bindparam("numbers", expanding=True)),
    ),
    LINE.c.place.in_(bindparam("names", expanding=True)),
)
_LAST_WRITE = select(REVISION.c.id, REVISION.c.by, REVISION.c.at).where(
    REVISION.c.id == select(func.max(LINE.c.revision_id)).where(_OURS).scalar_subquery()
)


class Last(msgspec.Struct, frozen=True):
    """The last write about a record: its revision, who and when."""

    revision: int
    by: str
    at: Any


def last_write(held: Kept, connection: Connection | None = None) -> Last | None:
    """The last write about a record or about what stands on its form, also of what was taken away from it."""
    connection = connection or db.session.connection()
    asked = {"numbers": [item.number for item in held.all()], "names": list(places_on_form(held.place))}
    row = connection.execute(_LAST_WRITE, asked).first()
    return Last(*row) if row else None


def entry_then(held: Kept, revision: int) -> Entry:
    """A record and the rows right below it as they were after a revision: what somebody saw who opened a form then."""
    connection = db.session.connection()
    ours = or_(LINE.c.record_id == held.number, LINE.c.parent_id == held.number)
    newest = select(func.max(LINE.c.id)).where(ours, LINE.c.revision_id <= revision).group_by(LINE.c.record_id)
    query = select(LINE.c.place, LINE.c.record_id, LINE.c.record).where(LINE.c.id.in_(newest.scalar_subquery()))
    names = {name: field.name for field, name in lists_on_form(held.place)}
    then = Entry(given={}, children={name: [] for name in names.values()})
    for place, number, text in connection.execute(query.where(LINE.c.record.is_not(None))):
        if place != held.place and place not in names:
            continue
        record = msgspec.json.decode(text, type=kind_of(place))
        given = {field.name: getattr(record, field.attribute) for field in scalars_of(kind_of(place))}
        if number == held.number:
            then.given = given
        else:
            then.children[names[place]].append(Entry(given=given, number=number))
    return then


def below_parent(place: str, parent: int | None, key: tuple[Any, ...], connection: Connection) -> str:
    """The address that a record with this key has under its parent."""
    known = places()[place]
    if known.parent is None or parent is None:
        return str(key[0])
    code, root = connection.execute(_code_and_root(known.parent), {"number": parent}).one()
    if known.parent not in ("cooperation", "product", "his_product"):
        held = places()[known.parent]
        code = below(code_of("cooperation", root, connection) or "", held.attribute, (code,))
    return below(code, known.attribute, key, known.many)


@cache
def _code_and_root(place: str) -> Select[Any]:
    table = TABLES[place]
    root = table.c.cooperation_id if "cooperation_id" in table.c else table.c.id
    return select(table.c.code, root).where(table.c.id == bindparam("number"))


def siblings(place: str, parent: int | None) -> list[Kept]:
    """The records of one list, without their children, in the order of lists."""
    connection = db.session.connection()
    if parent is None:
        numbers = list(connection.execute(select(TABLES[place].c.id)).scalars())
        found = [item for number in numbers for item in _rows(connection, place, number=number)]
    else:
        found = _rows(connection, place, parents=[parent], parent_place=place)
    return sorted(found, key=_order)


def records_below(place: str, above: str, parents: list[int], connection: Connection) -> list[Kept]:
    """The records of one list of many parents, without their children, in one query."""
    return sorted(_rows(connection, place, parents=parents, parent_place=above), key=_order)
