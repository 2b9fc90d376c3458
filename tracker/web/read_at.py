"""Which revision a page shows: noted before its record is read, so that what is written in between counts as newer."""

from __future__ import annotations

from flask import g

from tracker.queries.findings import journal_position


def note_revision() -> None:
    """From here on this request reads what it will show."""
    g.read_at = journal_position()


def read_at() -> int:
    """The revision that was noted; now, where the page shows nothing that is stored."""
    if "read_at" not in g:
        note_revision()
    return int(g.read_at)
