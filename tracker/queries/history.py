"""What was written about a cooperation, revision by revision, from the journal: who, what, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from tracker.domain.records.base import Record, children_of, scalars_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, places
from tracker.domain.records.practice import Practice
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES

MOST_APART = 12
"""A revision with more lines than this is told in numbers."""


class Written(NamedTuple):
    """One line: a record before and after the write. Without `new` it was removed, without `old` it was new."""

    action: str
    address: str
    old: Record | None
    new: Record | None


class Revision(NamedTuple):
    """One transaction, as far as it is about the cooperation."""

    number: int
    at: datetime
    by: str
    reason: str | None
    counts: dict[tuple[str, str], int]
    """How many lines per action and place."""
    lines: tuple[Written, ...]
    """The lines one by one; empty where there are too many."""


class History(NamedTuple):
    """A page of revisions, newest first, and how many there are."""

    revisions: tuple[Revision, ...]
    total: int


def history(code: str, *, whole: bool, first: int = 0, most: int = 20, known_at: datetime | None = None) -> History:
    """The revisions of a cooperation. `whole` = lines about single practices too; six queries, however many."""
    ours = _ours(code, whole, known_at)
    joined = LINE.join(REVISION, REVISION.c.id == LINE.c.revision_id)
    total = db.session.scalar(select(func.count(LINE.c.revision_id.distinct())).select_from(joined).where(ours)) or 0
    newest = select(LINE.c.revision_id).select_from(joined).where(ours).distinct()
    numbers = list(db.session.scalars(newest.order_by(LINE.c.revision_id.desc()).offset(first).limit(most)))
    if not numbers:
        return History((), total)
    named = select(REVISION.c.id, REVISION.c.at, REVISION.c.by, REVISION.c.reason).where(REVISION.c.id.in_(numbers))
    heads = {row.id: row for row in db.session.execute(named)}
    counts = _counts(joined, ours, numbers)
    few = [number for number in numbers if sum(counts[number].values()) <= MOST_APART]
    lines = _lines(joined, ours, few)
    revisions = [
        Revision(
            number, heads[number].at, heads[number].by, heads[number].reason, counts[number], lines.get(number, ())
        )
        for number in numbers
    ]
    return History(tuple(revisions), total)


def _ours(code: str, whole: bool, known_at: datetime | None) -> ColumnElement[bool]:
    table = TABLES["cooperation"]
    terms = [LINE.c.cooperation_id == select(table.c.id).where(table.c.code == code).scalar_subquery()]
    if known_at is not None:
        terms.append(REVISION.c.at <= known_at)
    if not whole:
        terms += [not_(LINE.c.address.contains(f"/{name}/", autoescape=True)) for name in _of_practices()]
        # A deviation may be about one practice: only those about the cooperation itself are told.
        own = LINE.c.address.contains(f";{code};", autoescape=True)
        terms.append(or_(not_(LINE.c.address.contains("/waivers/")), own))
    return and_(*terms)


@cache
def _of_practices() -> tuple[str, ...]:
    """The lists whose records are, or name, one practice."""
    found = set()
    for place in places().values():
        for field in children_of(place.kind):
            names_one = any(held.refers_to == "practice" and not held.many for held in scalars_of(field.type))
            if field.type is Practice or names_one:
                found.add(field.attribute)
    return tuple(sorted(found))


def _counts(joined: Any, ours: ColumnElement[bool], numbers: Iterable[int]) -> dict[int, dict[tuple[str, str], int]]:
    columns = (LINE.c.revision_id, LINE.c.action, LINE.c.place)
    query = select(*columns, func.count()).select_from(joined).where(ours, LINE.c.revision_id.in_(list(numbers)))
    found: dict[int, dict[tuple[str, str], int]] = {}
    for number, action, place, count in db.session.execute(query.group_by(*columns)):
        found.setdefault(number, {})[action, place] = count
    return found


def _lines(joined: Any, ours: ColumnElement[bool], numbers: list[int]) -> dict[int, tuple[Written, ...]]:
    if not numbers:
        return {}
    former = LINE.alias("former")
    before = (
        select(former.c.record)
        .where(former.c.record_id == LINE.c.record_id, former.c.id < LINE.c.id)
        .order_by(former.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (LINE.c.revision_id, LINE.c.action, LINE.c.place, LINE.c.address, LINE.c.record, before)
    query = select(*columns).select_from(joined).where(ours, LINE.c.revision_id.in_(numbers)).order_by(LINE.c.id)
    found: dict[int, list[Written]] = {}
    for number, action, place, address, record, old in db.session.execute(query):
        kind = _kind(place)
        found.setdefault(number, []).append(Written(action, address, _read(kind, old), _read(kind, record)))
    return {number: tuple(held) for number, held in found.items()}


def _kind(place: str) -> type[Record]:
    return Evidence if place == EVIDENCE else places()[place].kind


def _read(kind: type[Record], text: str | None) -> Record | None:
    return None if text is None else msgspec.json.decode(text, type=kind)
