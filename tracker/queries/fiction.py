"""Whether everything in the database is invented: what the demonstration may show hangs on it."""

from sqlalchemy import ColumnElement, or_, select

from tracker.extensions import db
from tracker.models.records import TABLES

ROOTS = [table for table in TABLES.values() if "fictional" in table.c]
"""Cooperations, products and GP systems; everything else hangs below one of them."""


def only_fiction() -> bool:
    """Whether there are records and each of them is fictional."""
    return any_record() and not any_real()


def any_record() -> bool:
    """Whether there is anything at all."""
    return _holds(or_(*[select(table.c.id).exists() for table in ROOTS]))


def any_real() -> bool:
    """Whether something is not invented: then no other day than the real one may count as today."""
    return _holds(or_(*[select(table.c.id).where(~table.c.fictional).exists() for table in ROOTS]))


def _holds(condition: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(condition)))
