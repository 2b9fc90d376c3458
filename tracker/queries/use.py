"""The days of digital services in the practices of one cooperation, with the numbers they are stored under."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from tracker.domain.practice_totals import affiliated_on
from tracker.extensions import db
from tracker.models.records import TABLES
from tracker.queries.dossiers import load
from tracker.queries.records import Kept, records_below

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
    for item in records_below("component_use", "practice", list(uses), connection):
        uses[item.parent or 0].append(item)
    return [UseRow(numbers[item.code], item.code, item.name, tuple(uses[numbers[item.code]])) for item in held]
