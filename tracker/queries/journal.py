"""The journal as it is asked about: how far it has come, and when something last changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES

COOPERATION = TABLES["cooperation"]
_AT_ONCE = 500


def position() -> int:
    """The number of the last revision: it names the state of every record. 0 = nothing was ever written."""
    return int(db.session.execute(select(func.max(REVISION.c.id))).scalar() or 0)


def last_change() -> datetime | None:
    """The moment of the last revision."""
    moment: datetime | None = db.session.execute(select(func.max(REVISION.c.at))).scalar()
    return moment


class Recorded(NamedTuple):
    """Who wrote a record last, and when."""

    by: str
    at: datetime
    number: int
    """Of the record: its history is found by it."""
    is_register: bool
    """It belongs to no cooperation."""


def recorded(code: str, addresses: Iterable[str], known_at: datetime | None = None) -> dict[str, Recorded]:
    """Who wrote some records of a cooperation or the register last, up to a moment; one query per five hundred."""
    own = select(COOPERATION.c.id).where(COOPERATION.c.code == code).scalar_subquery()
    found: dict[str, Recorded] = {}
    wanted = sorted(set(addresses))
    for start in range(0, len(wanted), _AT_ONCE):
        newest = select(func.max(LINE.c.id)).where(
            LINE.c.address.in_(wanted[start : start + _AT_ONCE]),
            or_(LINE.c.cooperation_id == own, LINE.c.cooperation_id.is_(None)),
        )
        if known_at is not None:
            newest = newest.join(REVISION, REVISION.c.id == LINE.c.revision_id).where(REVISION.c.at <= known_at)
        columns = (LINE.c.address, REVISION.c.by, REVISION.c.at, LINE.c.record_id, LINE.c.cooperation_id.is_(None))
        lines = select(*columns).join(REVISION, REVISION.c.id == LINE.c.revision_id)
        rows = db.session.execute(lines.where(LINE.c.id.in_(newest.group_by(LINE.c.address).scalar_subquery())))
        found |= {address: Recorded(*rest) for address, *rest in rows}
    return found
