"""Codes, numbers and names of stored records: which are taken, what they stand for, which is free."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from tracker.extensions import db
from tracker.models.records import TABLES, UNIQUE_CODES

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


def number_of(place: str, code: str, connection: Connection | None = None) -> int | None:
    """The number of a cooperation, practice, initiative, product or system by its code."""
    connection = connection or db.session.connection()
    table = TABLES[place]
    return connection.execute(select(table.c.id).where(table.c.code == code)).scalar()


def cooperation_of(place: str, code: str) -> str | None:
    """The code of the cooperation that a practice or an initiative belongs to."""
    table, cooperation = TABLES[place], TABLES["cooperation"]
    query = select(cooperation.c.code).join(table, table.c.cooperation_id == cooperation.c.id)
    found: str | None = db.session.scalar(query.where(table.c.code == code))
    return found


def code_of(place: str, number: int, connection: Connection | None = None) -> str | None:
    """The code of a cooperation, practice, initiative, product or system by its number."""
    connection = connection or db.session.connection()
    table = TABLES[place]
    found: str | None = connection.execute(select(table.c.code).where(table.c.id == number)).scalar()
    return found


def name_of(code: str) -> str | None:
    """The name of a cooperation."""
    table = TABLES["cooperation"]
    found: str | None = db.session.scalar(select(table.c.name).where(table.c.code == code))
    return found


def initiative_title(code: str) -> str | None:
    """The title of an initiative."""
    table = TABLES["initiative"]
    found: str | None = db.session.scalar(select(table.c.title).where(table.c.code == code))
    return found


def named(place: str, parent: int | None = None) -> list[tuple[str, str]]:
    """Code and name of the records that others refer to, by code: all of them, or those of one cooperation."""
    table = TABLES[place]
    query = select(table.c.code, table.c.title if place == "initiative" else table.c.name).order_by(table.c.code)
    if parent is not None:
        query = query.where(table.c.parent_id == parent)
    return [(code, name) for code, name in db.session.execute(query)]


def free_code(place: str, parent: int | None) -> str | None:
    """A proposal for the code of a new record: the last one of its list, counted on, that nobody has."""
    table = TABLES[place]
    query = select(table.c.code)
    if parent is not None and "parent_id" in table.c:
        query = query.where(table.c.parent_id == parent)
    own = list(db.session.scalars(query))
    taken = set(own if place not in UNIQUE_CODES else db.session.scalars(select(table.c.code)))
    last = max(own, key=lambda code: (_NUMBERED.fullmatch(code) is not None, len(code), code), default=None)
    found = _NUMBERED.fullmatch(last or "")
    if found is None:
        return None
    number, width = int(found[2]) + 1, len(found[2])
    while f"{found[1]}{number:0{width}d}" in taken:
        number += 1
    proposal = f"{found[1]}{number:0{width}d}"
    return proposal if len(proposal) <= 40 else None


def free_number(place: str, field: str, parent: int) -> int:
    """The next version or number in a list."""
    table = TABLES[place]
    last = db.session.scalar(select(func.max(table.c[field])).where(table.c.parent_id == parent))
    return int(last or 0) + 1
