"""Where cooperations stand on a day, as known at a moment. Page, chart, API, export and command all ask here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from threading import Lock
from typing import NamedTuple

from flask import current_app
from sqlalchemy import func, select

from tracker.domain.finding import Finding
from tracker.domain.programme import Programme
from tracker.domain.records.base import children_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.practice import Practice
from tracker.domain.register import Register, register_seen
from tracker.domain.rules import judged, kinds_read
from tracker.domain.visibility import seen
from tracker.extensions import db
from tracker.models.bulk import without_collector
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.programmes import load_programmes
from tracker.queries.dossiers import Loaded, load

MOST_HELD = 400_000
"""Findings and records that the cache keeps together, over all questions: some hundreds of megabytes at most."""

MOST_FRESHENED = 200
"""When more cooperations than this were written about since, an answer is made anew."""
_NAMELESS = frozenset({"cooperation", "insurer_link"})
"""Kinds whose records can't name a practice. Whether the words of any other do shows beside the practices alone."""


class Standing(NamedTuple):
    """One cooperation on a day: its dossier and the register as seen then, and every finding asked for."""

    dossier: Cooperation
    findings: tuple[Finding, ...]
    register: Register
    fictional: bool
    named: tuple[Practice, ...] = ()
    """The practices that texts may name: former names and those that join later too."""


def programmes() -> tuple[Programme, ...]:
    """Every programme of this installation."""
    return load_programmes()


def standings(
    codes: Iterable[str] | None,
    as_of: date,
    *,
    known_at: datetime | None = None,
    only: frozenset[str] | None = None,
    kinds: Iterable[str] = (),
) -> list[Standing]:
    """The findings of some cooperations on a day, by code; None = all, unknown codes are left out.

    `only` limits to rules by code or key. The dossiers hold the records that the rules read, and those of `kinds` that
    a page shows beside them. `known_at` answers with what was known at the end of that moment. An answer is kept; after
    a write only what was written about is read and judged again.
    """
    asked = programmes()
    wanted = kinds_read(asked, only) | frozenset(kinds)
    if wanted - _NAMELESS:
        wanted |= {"practice", "practice.memberships"}
    chosen = None if codes is None else tuple(sorted(set(codes)))
    position = journal_position()
    known = None if known_at is None else journal_position(known_at)
    if known == position:
        known_at = known = None
    versions = tuple((item.key, item.version) for item in asked)
    question = (known, as_of, versions, chosen, only, wanted)
    kept = _kept()
    held = kept.get(question)
    if held is not None and (known is not None or held.position == position):
        return list(held.found)
    with without_collector():
        found = None
        if held is not None and held.position < position:
            found = _freshened(held, asked, as_of, only, wanted, chosen)
        if found is None:
            found = _judge(asked, load(chosen, wanted, known_at), as_of, only)
    kept.put(question, Answer(position, found))
    return list(found)


def each_standing(
    codes: Iterable[str], as_of: date, *, only: frozenset[str], kinds: Iterable[str], at_once: int = 40
) -> Iterator[Standing]:
    """What `standings` answers, for a walk over many cooperations: some at a time, and nothing is kept."""
    asked, chosen = programmes(), sorted(set(codes))
    wanted = kinds_read(asked, only) | frozenset(kinds) | {"practice", "practice.memberships"}
    for start in range(0, len(chosen), at_once):
        yield from _judge(asked, load(chosen[start : start + at_once], wanted), as_of, only)


def journal_position(at: datetime | None = None) -> int:
    """The number of the last revision, now or at a moment: two equal positions are one state of the records."""
    query = select(func.max(REVISION.c.id))
    if at is not None:
        query = query.where(REVISION.c.at <= at)
    return db.session.execute(query).scalar() or 0


def _judge(
    asked: tuple[Programme, ...], loaded: Loaded, as_of: date, only: frozenset[str] | None
) -> tuple[Standing, ...]:
    register = register_seen(loaded.register, as_of)
    found = []
    for dossier in loaded.dossiers:
        then = seen(dossier, as_of) or dossier
        findings = tuple(judged(then, register, asked, as_of, only))
        named = (*dossier.practices, *loaded.former.get(dossier.code, ()))
        found.append(Standing(then, findings, register, dossier.code in loaded.fictional, named))
    return tuple(found)


def _freshened(
    held: Answer,
    asked: tuple[Programme, ...],
    as_of: date,
    only: frozenset[str] | None,
    wanted: frozenset[str],
    chosen: tuple[str, ...] | None,
) -> tuple[Standing, ...] | None:
    """An older answer brought up to now; None where it is simpler to begin again.

    Cooperations that nobody wrote about keep their dossier. They keep their findings too, unless the register that all
    of them are judged with has changed.
    """
    touched = _written_about(held.position)
    if touched is None or len(touched) > MOST_FRESHENED:
        return None
    loaded = load(touched if chosen is None else touched & set(chosen), wanted)
    again = {item.dossier.code: item for item in _judge(asked, loaded, as_of, only)}
    register = register_seen(loaded.register, as_of)
    rest = [item for item in held.found if item.dossier.code not in touched]
    if any(item.register != register for item in rest[:1]):
        rest = [
            item._replace(register=register, findings=tuple(judged(item.dossier, register, asked, as_of, only)))
            for item in rest
        ]
    return tuple(sorted([*rest, *again.values()], key=lambda item: item.dossier.code))


def _written_about(since: int) -> frozenset[str] | None:
    """The codes of the cooperations that were written about after a revision; None when one of them is gone."""
    lines = select(LINE.c.cooperation_id).where(LINE.c.revision_id > since, LINE.c.cooperation_id.is_not(None))
    numbers = set(db.session.scalars(lines.distinct()))
    table = TABLES["cooperation"]
    codes = frozenset(db.session.scalars(select(table.c.code).where(table.c.id.in_(numbers))))
    return codes if len(codes) == len(numbers) else None


class Answer(NamedTuple):
    """Standings and the position of the journal at which they were read."""

    position: int
    found: tuple[Standing, ...]


class _Kept:
    """Answers by question, the least recently asked leave first; what is too large for it is not kept at all."""

    def __init__(self, most: int) -> None:
        self._most, self._held, self._lock = most, 0, Lock()
        self._answers: OrderedDict[object, tuple[int, Answer]] = OrderedDict()

    def get(self, key: object) -> Answer | None:
        with self._lock:
            if key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key][1]

    def put(self, key: object, answer: Answer) -> None:
        size = sum(map(_size, answer.found)) + 1
        if size > self._most:
            return
        with self._lock:
            self._held += size - self._answers.pop(key, (0, ()))[0]
            self._answers[key] = (size, answer)
            while self._held > self._most:
                self._held -= self._answers.popitem(last=False)[1][0]


def _size(standing: Standing) -> int:
    """Roughly how many objects an answer holds: a practice weighs as what it lists."""
    listed = sum(len(getattr(standing.dossier, field.attribute)) for field in children_of(Cooperation))
    within = sum(len(item.use) + len(item.steps) for item in standing.dossier.practices)
    return len(standing.findings) + listed + within


def _kept() -> _Kept:
    kept: _Kept = current_app.extensions.setdefault("findings", _Kept(MOST_HELD))
    return kept
