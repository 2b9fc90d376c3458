"""The round of a meeting as it is stored, the course of the meeting, and what changed since somebody looked."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from tracker.extensions import db
from tracker.models.journal import LINE
from tracker.models.meetings import Meeting
from tracker.models.records import TABLES
from tracker.queries.records import Kept, kept


class Course(NamedTuple):
    """How a meeting goes: since when, who opened it, and since when it pauses."""

    opened_at: datetime
    opened_by: str
    paused_at: datetime | None


def round_number_of(code: str, number: int) -> int | None:
    """The stored number of a round by its number in the cooperation, in its highest version."""
    held, cooperation = TABLES["round"], TABLES["cooperation"]
    query = select(held.c.id).join(cooperation, cooperation.c.id == held.c.parent_id)
    query = query.where(cooperation.c.code == code, held.c.number == number).order_by(held.c.version.desc())
    return db.session.scalar(query.limit(1))


def round_kept(code: str, number: int) -> Kept | None:
    """A round with all it holds, in its highest version."""
    found = round_number_of(code, number)
    return None if found is None else kept("round", found)


def course_of(number: int, connection: Connection | None = None) -> Course | None:
    """How the meeting of a stored round goes; None = it was not opened here."""
    query = select(Meeting.opened_at, Meeting.opened_by, Meeting.paused_at).where(Meeting.round_id == number)
    row = (connection or db.session.connection()).execute(query).first()
    return None if row is None else Course(*row)


def position_of(code: str) -> int:
    """The last revision in which anything of a cooperation was written."""
    cooperation = TABLES["cooperation"]
    own = select(cooperation.c.id).where(cooperation.c.code == code).scalar_subquery()
    query = select(func.max(LINE.c.revision_id)).where(LINE.c.cooperation_id == own)
    return int(db.session.scalar(query) or 0)
