"""Whose a subject is: in which cooperation an initiative or a practice stands."""

from __future__ import annotations

from sqlalchemy import select

from tracker.extensions import db
from tracker.models.records import TABLES


def cooperation_of(subject: str) -> str | None:
    """The code of the cooperation that a subject is, or belongs to; None for a code that nobody has."""
    cooperation = TABLES["cooperation"]
    if db.session.scalar(select(cooperation.c.id).where(cooperation.c.code == subject)) is not None:
        return subject
    for kind in ("initiative", "practice"):
        table = TABLES[kind]
        query = select(cooperation.c.code).join(table, table.c.parent_id == cooperation.c.id)
        found: str | None = db.session.scalar(query.where(table.c.code == subject))
        if found is not None:
            return found
    return None
