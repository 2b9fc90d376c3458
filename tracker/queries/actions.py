"""One agreed action by the code in its address."""

from __future__ import annotations

from sqlalchemy import select

from tracker.extensions import db
from tracker.models.records import TABLES
from tracker.queries.records import Kept, kept

PLACE = "cooperation_action"


def action_kept(code: str, action: str) -> Kept | None:
    """The stored action of a cooperation; None when there is none with that code."""
    table, cooperation = TABLES[PLACE], TABLES["cooperation"]
    query = select(table.c.id).join(cooperation, cooperation.c.id == table.c.parent_id)
    number = db.session.scalar(query.where(cooperation.c.code == code, table.c.code == action))
    return None if number is None else kept(PLACE, number)
