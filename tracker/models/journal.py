"""The journal: every write as it happened. A revision is one transaction; a line is one record after the write."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, event, insert
from sqlalchemy.engine import Connection

from tracker.extensions import Base, UtcDateTime
from tracker.models.records import Number

REVISION = Table(
    "revision",
    Base.metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("by", String(300), nullable=False),
    Column("reason", Text),
)
"""Moment, person and reason of one transaction. Numbers rise in the order of commit."""

LINE = Table(
    "journal_line",
    Base.metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("revision_id", Number, ForeignKey("revision.id"), nullable=False, index=True),
    Column("action", String(10), nullable=False),
    Column("place", String(40), nullable=False),
    Column("record_id", Number, nullable=False),
    Column("parent_id", Number),
    Column("cooperation_id", Number),
    Column("address", Text, nullable=False),
    Column("record", Text),
    CheckConstraint("action IN ('added', 'corrected', 'removed', 'imported')", name="action"),
    Index("ix_journal_line_record_id_id", "record_id", "id"),
    Index("ix_journal_line_parent_id_id", "parent_id", "id"),
    Index("ix_journal_line_cooperation_id_id", "cooperation_id", "id"),
)
"""`record` is the whole record after the write as JSON in the exchange format, without its children; empty = removed.
No foreign key to the record: a line outlives it."""

COUNTER = Table(
    "counter",
    Base.metadata,
    Column("name", String(10), primary_key=True),
    Column("next_number", Number, nullable=False),
    CheckConstraint("next_number > 0", name="positive"),
)
"""The next free number of records, lines and revisions. Who takes numbers holds the row until the commit: writers
queue, so that a higher revision is always the later one and the journal's position can name a state."""

COUNTERS = ("record", "line", "revision")


@event.listens_for(COUNTER, "after_create")
def _start_counting(_table: Table, connection: Connection, **_more: Any) -> None:
    """Every counter is there from the start: two first writers would both make it."""
    connection.execute(insert(COUNTER), [{"name": name, "next_number": 1} for name in COUNTERS])
