"""The history of one record: every state of it and of what stands below it, removed records too."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select

from tracker.domain.journal_sentences import Written
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.queries.journal_lines import Line, lines, up_to
from tracker.queries.journal_window import Conditions, Window, conditions, with_hidden


class Step(NamedTuple):
    """One write of the record or of something below it."""

    at: datetime
    by: str
    reason: str | None
    written: Written
    before_at: datetime | None


class RecordHistory(NamedTuple):
    """A page of writes, newest first, how many there are, and the last write of the record itself."""

    last: Step
    steps: tuple[Step, ...]
    total: int


def record_history(
    window: Window,
    code: str | None,
    number: int,
    *,
    first: int = 0,
    most: int = 50,
    known_at: datetime | None = None,
) -> RecordHistory | None:
    """The history of a record of a cooperation, or without a code of the register; None where the reader has none."""
    view = window.only(code)
    told = conditions(view)
    table = TABLES["cooperation"]
    own = select(table.c.id).where(table.c.code == code).scalar_subquery()
    mine = and_(told.read, LINE.c.cooperation_id.is_(None) if code is None else LINE.c.cooperation_id == own)
    if known_at is not None:
        mine = and_(mine, up_to(known_at))
    pairs = db.session.execute(select(LINE.c.record_id, LINE.c.parent_id, LINE.c.place).where(mine).distinct()).all()
    place = next((row.place for row in pairs if row.record_id == number), None)
    if place is None:
        return None
    # A cooperation holds everything there is: its own page has that.
    among = [number] if place == "cooperation" else _below(number, [(row.record_id, row.parent_id) for row in pairs])
    chosen = and_(mine, LINE.c.record_id.in_(among))
    total = db.session.scalar(select(func.count()).select_from(LINE).where(chosen)) or 0
    ids = list(db.session.scalars(select(LINE.c.id).where(chosen).order_by(LINE.c.id.desc()).offset(first).limit(most)))
    newest = db.session.scalar(select(func.max(LINE.c.id)).where(mine, LINE.c.record_id == number)) or 0
    steps = _steps(lines(LINE.c.id.in_({*ids, newest}), view, known_at), told)
    last = steps.get(newest)
    return None if last is None else RecordHistory(last, tuple(steps[one] for one in ids if one in steps), total)


def _steps(found: list[Line], told: Conditions) -> dict[int, Step]:
    """The writes by the number of their line."""
    numbers = {line.revision for line in found}
    secret = with_hidden(told, numbers) | {line.revision for line in found if line.written.keeps_score}
    named = select(REVISION.c.id, REVISION.c.at, REVISION.c.by, REVISION.c.reason).where(REVISION.c.id.in_(numbers))
    heads = {row.id: row for row in db.session.execute(named)}
    return {
        line.number: Step(
            heads[line.revision].at,
            heads[line.revision].by,
            None if line.revision in secret else line.readable(heads[line.revision].reason),
            line.written,
            line.before_at,
        )
        for line in found
    }


def _below(number: int, pairs: list[tuple[int, int | None]]) -> list[int]:
    """The record and everything that stands, or ever stood, below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for own, parent in pairs:
        if parent is not None:
            children[parent].append(own)
    found, todo = {number}, [number]
    while todo:
        new = [child for child in children[todo.pop()] if child not in found]
        found.update(new)
        todo += new
    return sorted(found)
