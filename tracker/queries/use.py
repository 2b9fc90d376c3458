"""The days of digital services in the practices of one cooperation, with the numbers they are stored under."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from tracker.domain.practice_totals import affiliated_on
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.queries.dossiers import load
from tracker.queries.records import Kept, records_below

USE = "component_use"
KINDS = frozenset({"practice", "practice.memberships"})


class UseRow(msgspec.Struct, frozen=True):
    """One practice and every service record it has, also those that ended."""

    number: int
    code: str
    name: str
    uses: tuple[Kept, ...]


def use_rows(code: str, on: date, connection: Connection | None = None) -> list[UseRow]:
    """The practices affiliated on a day, by code, in a constant number of queries."""
    connection = connection or db.session.connection()
    found = load([code], KINDS).dossiers
    held = affiliated_on(found[0], on) if found else []
    practice = TABLES["practice"]
    query = select(practice.c.code, practice.c.id).where(practice.c.code.in_([item.code for item in held]))
    numbers = {row.code: row.id for row in connection.execute(query)}
    uses: dict[int, list[Kept]] = {number: [] for number in numbers.values()}
    for item in records_below(USE, "practice", list(uses), connection):
        uses[item.parent or 0].append(item)
    return [UseRow(numbers[item.code], item.code, item.name, tuple(uses[numbers[item.code]])) for item in held]


def recorded_at(numbers: Iterable[int]) -> dict[int, datetime]:
    """When each of some service records was written last; one query."""
    moment = func.max(REVISION.c.at)
    query = select(LINE.c.record_id, moment).join(REVISION, REVISION.c.id == LINE.c.revision_id)
    query = query.where(LINE.c.place == USE, LINE.c.record_id.in_(list(numbers))).group_by(LINE.c.record_id)
    return {row[0]: row[1] for row in db.session.execute(query)}
