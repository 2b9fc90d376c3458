"""Lines of the journal with what stood before them and what they stand in, as one reader may have them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Row, func, select

from tracker.domain.journal_curtain import kept_from, practice_fields
from tracker.domain.journal_sentences import Written
from tracker.domain.meeting import is_open
from tracker.domain.practice_names import PracticeNames
from tracker.domain.privacy import unnamed
from tracker.domain.records.base import Record
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import kind_of
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.queries.journal_window import Window, practice_names

_AT_ONCE = 10_000


class Line(NamedTuple):
    """A line with the revision it belongs to and its cooperation; without one it is of the register."""

    number: int
    revision: int
    cooperation: str | None
    written: Written
    before_at: datetime | None
    """When the record was written the last time before."""
    names: PracticeNames | None = None
    """The names that its reader may not read; they stand in none of its records."""

    def readable(self, text: str | None) -> str | None:
        """A text about this line as its reader may read it."""
        return text if text is None or self.names is None else self.names.hidden_in(text)


class _Above(NamedTuple):
    """What a record stands in, and in what that stands."""

    place: str
    record: Record
    parent: int | None


def up_to(known_at: datetime) -> ColumnElement[bool]:
    """The condition on lines that they were written by then; revisions are in the order of time."""
    last = select(func.max(REVISION.c.id)).where(REVISION.c.at <= known_at).scalar_subquery()
    return LINE.c.revision_id <= last


def lines(chosen: ColumnElement[bool], window: Window, known_at: datetime | None = None) -> list[Line]:
    """The lines that hold a condition, oldest first; three queries, however many, and one where names stay hidden."""
    rows = db.session.execute(select(*_columns()).where(chosen).order_by(LINE.c.id)).all()
    above = _newest({row.parent_id for row in rows if row.parent_id}, known_at)
    above |= _newest({item.parent for item in above.values() if item.place == "score" and item.parent}, known_at)
    names = practice_names(window, {_code(row) for row in rows})
    found = (_line(row, above, window, names.get(_code(row) or "")) for row in rows)
    return [line for line in found if line is not None]


def _columns() -> list[Any]:
    former = LINE.alias("former")
    earlier = (former.c.record_id == LINE.c.record_id, former.c.id < LINE.c.id)
    before = select(former.c.record).where(*earlier).order_by(former.c.id.desc()).limit(1)
    moment = select(REVISION.c.at).join(former, former.c.revision_id == REVISION.c.id)
    moment = moment.where(*earlier).order_by(former.c.id.desc()).limit(1)
    names = ("id", "revision_id", "action", "place", "record_id", "parent_id", "cooperation_id", "address", "record")
    earliest = (before.scalar_subquery().label("before"), moment.scalar_subquery().label("before_at"))
    return [*(LINE.c[name] for name in names), *earliest]


def _newest(numbers: Iterable[int], known_at: datetime | None) -> dict[int, _Above]:
    """The last state of some records, of a removed one the state before; one query per ten thousand."""
    found: dict[int, _Above] = {}
    for some in _batched(sorted(numbers)):
        newest = select(func.max(LINE.c.id)).where(LINE.c.record_id.in_(some), LINE.c.record.is_not(None))
        if known_at is not None:
            newest = newest.where(up_to(known_at))
        query = select(LINE.c.record_id, LINE.c.place, LINE.c.record, LINE.c.parent_id)
        rows = db.session.execute(query.where(LINE.c.id.in_(newest.group_by(LINE.c.record_id).scalar_subquery())))
        found |= {row.record_id: _Above(row.place, state(row.place, row.record), row.parent_id) for row in rows}
    return found


def _batched(numbers: list[int]) -> Iterable[list[int]]:
    """No more at once than a statement holds; one empty batch of nothing, so that the number of queries is the same."""
    return [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers) or 1, _AT_ONCE)]


def state(place: str, text: str) -> Any:
    """A record as the journal keeps it, without its children."""
    return msgspec.json.decode(text, type=kind_of(place))


def _code(row: Row[Any]) -> str | None:
    """The cooperation of a line; None = the register."""
    return None if row.cooperation_id is None else row.address.partition("/")[0]


def _line(row: Row[Any], above: dict[int, _Above], window: Window, names: PracticeNames | None) -> Line | None:
    code = _code(row)
    parent = above.get(row.parent_id)
    old, new = (None if text is None else state(row.place, text) for text in (row.before, row.record))
    sides = window.sides.get(code or "", frozenset())
    if row.place == Evidence.declared.name and _may_tell_score(parent, above, len(sides)):
        return None
    untold = kept_from(sides, (old, new), _meeting(parent, above)) if code else frozenset()
    if code is not None and window.guards(code):
        untold |= practice_fields(kind_of(row.place))
    within = None if parent is None or parent.place == "cooperation" else parent.record
    if names is not None:
        old, new, within = (None if item is None else unnamed(item, names) for item in (old, new, within))
    written = Written(
        number=row.record_id,
        action=row.action,
        place=row.place,
        address=row.address,
        old=old,
        new=new,
        above=row.parent_id,
        within=within,
        untold=untold,
    )
    return Line(row.id, row.revision_id, code, written, row.before_at, names)


def _meeting(parent: _Above | None, above: dict[int, _Above]) -> Round | None:
    """The round of a score, or of what hangs on a score."""
    if parent is not None and isinstance(parent.record, Score):
        parent = above.get(parent.parent or 0)
    return parent.record if parent is not None and isinstance(parent.record, Round) else None


def _may_tell_score(parent: _Above | None, above: dict[int, _Above], sides: int) -> bool:
    """Evidence of a score is called after what it shows: in an open round only who speaks for both reads it."""
    if parent is None or parent.place != "score" or sides == 2:
        return False
    meeting = _meeting(parent, above)
    return meeting is None or is_open(meeting)
