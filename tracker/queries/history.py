"""What was written, revision by revision, from the journal: who, what, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select, true, union_all

from tracker.domain.journal_sentences import Deed, Written
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, places_of
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.queries.journal_lines import Line, lines
from tracker.queries.journal_reasons import changed_reasons, not_found_by
from tracker.queries.journal_window import Conditions, Window, conditions, with_hidden

PAGE = 50
MOST_APART = 100
"""A revision with more lines than this is told in numbers."""
MOST_COUNTED = 20_000
"""Of a revision with more lines than this in many cooperations is told only that there are more."""
_FEW = 25
"""Up to so many cooperations their own lines are searched, from there on the lines of each revision."""


class Asked(NamedTuple):
    """What the reader looks for; empty = everything."""

    by: str | None = None
    kind: str | None = None
    """The name of a kind of record."""
    deed: Deed | None = None
    since: datetime | None = None
    until: datetime | None = None
    reason: str | None = None
    """A text that occurs in the reason."""


EVERYTHING = Asked()


class Revision(NamedTuple):
    """One transaction, as far as the reader sees it and asked for it."""

    number: int
    at: datetime
    by: str
    reason: str | None
    """Empty too where it may be about something that the reader does not see."""
    counts: dict[tuple[str, str], int]
    """How many lines per action and place."""
    lines: tuple[Line, ...]
    """The lines one by one; empty where there are too many."""
    is_more: bool = False
    """There are more lines than were counted."""

    @property
    def written(self) -> list[Written]:
        return [line.written for line in self.lines]


class History(NamedTuple):
    """A page of revisions, newest first, and how many there are."""

    revisions: tuple[Revision, ...]
    total: int


def history(
    window: Window, asked: Asked = EVERYTHING, *, first: int = 0, most: int = PAGE, known_at: datetime | None = None
) -> History:
    """The revisions that a reader sees, newest first; a constant number of queries, however many."""
    told = conditions(window)
    wanted = _wanted(window, told, asked, known_at)
    total = db.session.scalar(select(func.count()).select_from(REVISION).where(wanted)) or 0
    heads = _heads(wanted, first, most)
    if not heads:
        return History((), total)
    mine = and_(told.read, _of_lines(asked))
    counts, more = _counts(mine, heads, window)
    few = [number for number, held in counts.items() if number not in more and sum(held.values()) <= MOST_APART]
    apart = _lines(mine, few, window, known_at)
    secret = with_hidden(told, [head.id for head in heads])
    secret |= {number for number, held in apart.items() if any(line.written.keeps_score for line in held)}
    changed = changed_reasons(window, REVISION.c.id.in_([head.id for head in heads]))
    revisions = [
        Revision(
            head.id,
            head.at,
            head.by,
            None if head.id in secret else changed.get(head.id, head.reason),
            counts.get(head.id, {}),
            tuple(apart.get(head.id, ())),
            head.id in more,
        )
        for head in heads
    ]
    return History(tuple(revisions), total)


def people(window: Window) -> list[str]:
    """Everybody who wrote something that the reader sees, by name."""
    wanted = _wanted(window, conditions(window), EVERYTHING, None)
    return list(db.session.scalars(select(REVISION.c.by).where(wanted).distinct().order_by(REVISION.c.by)))


def cooperation_names() -> dict[str, str]:
    """The name of every cooperation by its code."""
    table = TABLES["cooperation"]
    return {row.code: row.name for row in db.session.execute(select(table.c.code, table.c.name))}


# --- which revisions ---


def _wanted(window: Window, told: Conditions, asked: Asked, known_at: datetime | None) -> ColumnElement[bool]:
    terms = [_has_lines(window, and_(told.read, _of_lines(asked)))]
    if known_at is not None:
        terms.append(REVISION.c.at <= known_at)
    if asked.by is not None:
        terms.append(REVISION.c.by == asked.by)
    if asked.since is not None:
        terms.append(REVISION.c.at >= asked.since)
    if asked.until is not None:
        terms.append(REVISION.c.at <= asked.until)
    if asked.reason is not None:
        terms.append(REVISION.c.reason.icontains(asked.reason, autoescape=True))
        if told.hidden is not None:
            # A reason that is not told can't be searched either.
            terms.append(~select(LINE.c.id).where(LINE.c.revision_id == REVISION.c.id, told.hidden).exists())
        if unfound := not_found_by(window, asked.reason):
            terms.append(REVISION.c.id.not_in(unfound))
    return and_(*terms)


def _of_lines(asked: Asked) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = [true()]
    if asked.kind is not None:
        terms.append(LINE.c.place.in_(places_named(asked.kind)))
    if asked.deed is not None:
        terms.append(LINE.c.action == asked.deed.value)
    return and_(*terms)


def places_named(kind: str) -> list[str]:
    """The places with records of a kind."""
    return [EVIDENCE] if kind == Evidence.declared.name else [place.name for place in places_of(kind)]


def _has_lines(window: Window, mine: ColumnElement[bool]) -> ColumnElement[bool]:
    if _is_narrow(window):
        return REVISION.c.id.in_(select(LINE.c.revision_id).where(mine))
    return select(LINE.c.id).where(LINE.c.revision_id == REVISION.c.id, mine).exists()


def _is_narrow(window: Window) -> bool:
    return window.codes is not None and len(window.codes) <= _FEW


def _in_revisions(window: Window, numbers: list[int]) -> ColumnElement[bool]:
    """In a narrow window the index of the cooperation is the way: a sum keeps that of the revision out of it."""
    column = LINE.c.revision_id + 0 if _is_narrow(window) else LINE.c.revision_id
    return column.in_(numbers)


def _heads(wanted: ColumnElement[bool], first: int, most: int) -> list[Any]:
    """The revisions of the page, each with the numbers of its first and last line: at most how many it has."""
    own = select(LINE.c.id).where(LINE.c.revision_id == REVISION.c.id).limit(1)
    low, high = own.order_by(LINE.c.id).scalar_subquery(), own.order_by(LINE.c.id.desc()).scalar_subquery()
    columns = (REVISION.c.id, REVISION.c.at, REVISION.c.by, REVISION.c.reason)
    query = select(*columns, (high - low + 1).label("span")).where(wanted)
    return list(db.session.execute(query.order_by(REVISION.c.id.desc()).offset(first).limit(most)))


# --- what they hold ---


Counts = dict[int, dict[tuple[str, str], int]]


def _counts(mine: ColumnElement[bool], heads: Iterable[Any], window: Window) -> tuple[Counts, set[int]]:
    """Lines per revision, action and place; and the revisions that have more than were counted."""
    large = {head.id for head in heads if not _is_narrow(window) and head.span > MOST_COUNTED}
    small = [head.id for head in heads if head.id not in large]
    columns = (LINE.c.revision_id, LINE.c.action, LINE.c.place)
    parts = [select(*columns, func.count().label("held")).where(mine, _in_revisions(window, small)).group_by(*columns)]
    for number in sorted(large):
        some = select(*columns).where(mine, LINE.c.revision_id == number).limit(MOST_COUNTED + 1).subquery()
        parts.append(select(*some.c, func.count().label("held")).group_by(*some.c))
    found: Counts = {}
    for number, action, place, count in db.session.execute(union_all(*parts)):
        found.setdefault(number, {})[action, place] = count
    return found, {number for number in large if sum(found.get(number, {}).values()) > MOST_COUNTED}


def _lines(
    mine: ColumnElement[bool], numbers: list[int], window: Window, known_at: datetime | None
) -> Mapping[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines(and_(mine, _in_revisions(window, numbers)), window, known_at):
        found.setdefault(line.revision, []).append(line)
    return found
