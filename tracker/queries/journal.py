"""The journal as it is asked about: how far it has come, and when something last changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models.journal import REVISION


def position() -> int:
    """The number of the last revision: it names the state of every record. 0 = nothing was ever written."""
    return int(db.session.execute(select(func.max(REVISION.c.id))).scalar() or 0)


def last_change() -> datetime | None:
    """The moment of the last revision."""
    moment: datetime | None = db.session.execute(select(func.max(REVISION.c.at))).scalar()
    return moment
