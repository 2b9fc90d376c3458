"""Taking in a dossier file: all or nothing, in one transaction, with a report of what it adds, changes and refuses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from flask import current_app
from sqlalchemy.engine import Connection

from tracker.domain.doubts import doubts_of
from tracker.domain.parsed import Parsed, Walk
from tracker.domain.problems import Problems
from tracker.domain.raw import FORMAT, RawFile
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.file import DossierFile, RegisterRecords
from tracker.domain.records.places import places
from tracker.domain.shape import parse, read_head
from tracker.extensions import db
from tracker.models.bulk import without_collector
from tracker.operations.journal import Conflict, Writer
from tracker.operations.merge import Merge, Stored, stored_register, stored_under
from tracker.operations.references import Codes
from tracker.operations.transaction import writing
from tracker.queries.journal import position

_AT_ONCE = 20_000
"""Records compared and written in one go: enough to keep the number of queries small, little enough for memory."""
_MOST_CHANGES = 1_000
_ONLY_INVENTED = Pair(
    "deze installatie toont een gekozen dag als vandaag en neemt daarom alleen verzonnen gegevens aan",
    "this installation shows a chosen day as today and so takes invented data only",
)


class Changed(msgspec.Struct, frozen=True):
    """One record that differs: what it was and what it becomes, field by field."""

    address: str
    kind: str
    fields: dict[str, tuple[Any, Any]]


@dataclass
class Tally:
    """How many records of one kind were added, changed, unchanged."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class ImportReport:
    """What a file does, per cooperation (or the register) and kind; what was refused and what deserves attention."""

    dry_run: bool
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    changes: list[Changed] = field(default_factory=list)
    """The first thousand changed records."""
    problems: Problems = field(default_factory=Problems)
    warnings: Problems = field(default_factory=Problems)

    @property
    def is_refused(self) -> bool:
        return self.problems.number > 0

    def note(self, address: str, kind: str, action: str, fields: dict[str, tuple[Any, Any]] | None) -> None:
        """Count one record; keep what changed in it."""
        key = (address.partition("/")[0], kind)
        tally = self.tallies.get(key)
        if tally is None:
            tally = self.tallies[key] = Tally()
        setattr(tally, action, getattr(tally, action) + 1)
        if fields is not None and len(self.changes) < _MOST_CHANGES:
            self.changes.append(Changed(address, kind, fields))

    def by_kind(self) -> dict[str, Tally]:
        """The sum per record kind over all cooperations."""
        found: dict[str, Tally] = {}
        for (_, kind), tally in self.tallies.items():
            total = found.setdefault(kind, Tally())
            total.added += tally.added
            total.changed += tally.changed
            total.unchanged += tally.unchanged
        return found

    def total(self) -> Tally:
        """The sum over everything."""
        parts = self.by_kind().values()
        return Tally(sum(t.added for t in parts), sum(t.changed for t in parts), sum(t.unchanged for t in parts))


class _Undo(Exception):
    """Ends the transaction without keeping anything."""


def import_dossier(
    *,
    file: RawFile,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
    reason: str | None = None,
    dry_run: bool = False,
    seen: int | None = None,
) -> ImportReport:
    """Take in a file: all of it, or nothing when one thing is refused. A dry run tells the same and writes nothing.

    `catalogues` are the codes of the programme files; `today` only serves the warning for events in the future. `seen`
    is the journal's position at a dry run: raises Conflict when something was written since.
    """
    report = ImportReport(dry_run)
    if dry_run:
        with without_collector():
            _Intake(db.session.connection(), report, catalogues, today, None).run(file)
        db.session.rollback()
        return report
    try:
        with without_collector(), writing() as connection:
            writer = Writer(connection, by=by, reason=reason, action="imported")
            if seen is not None and position() != seen:
                raise Conflict("journal")
            _Intake(connection, report, catalogues, today, writer).run(file)
            if report.is_refused:
                raise _Undo
    except _Undo:
        pass
    return report


def take_in(
    *,
    connection: Connection,
    writer: Writer | None,
    file: RawFile,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
) -> ImportReport:
    """Lay a tree over what is stored, as a part of another operation's transaction; without a writer only compare.

    The operation asks whether it was refused, and then keeps nothing.
    """
    report = ImportReport(dry_run=writer is None)
    _Intake(connection, report, catalogues, today, writer).run(file)
    return report


class _Intake:
    """One file on its way in: the register first, then the cooperations a few at a time."""

    def __init__(
        self,
        connection: Connection,
        report: ImportReport,
        catalogues: Mapping[str, frozenset[str]],
        today: date,
        writer: Writer | None,
    ) -> None:
        self._connection = connection
        self._report = report
        self._walk = Walk(report.problems, catalogues, alone=False)
        self._today = today
        self._writer = writer
        self._codes = Codes(connection, report.problems)
        self._fictional = False
        self._unwritten = itertools.count(-1, -1)
        self._free: Iterator[int] = iter(())

    def run(self, file: RawFile) -> None:
        head = read_head(DossierFile, file.head, self._walk)
        if head.get("format", FORMAT) != FORMAT:
            allowed = Pair(f"dit programma leest {FORMAT}", f"this program reads {FORMAT}")
            self._report.problems.add(((), "format"), head["format"], allowed)
        self._fictional = bool(head.get("fictional", False))
        if current_app.config["DEMO_TODAY"] is not None and not self._fictional:
            self._report.problems.add(((), "fictional"), False, _ONLY_INVENTED)
        self._take_register(file.head.get("register"))
        for batch in self._batches(file.cooperations):
            self._take_cooperations(batch)
        self._codes.check_later()

    def _take_register(self, raw: Any) -> None:
        if raw is None:
            return
        parsed = parse(RegisterRecords, raw, ((), "register"), self._walk)
        if parsed is None:
            return
        self._codes.add_register(parsed)
        self._codes.check(self._walk, parsed)
        found = [item for items in parsed.children.values() for item in items]
        self._merge(stored_register(self._connection), found)

    def _batches(self, raws: Iterable[Any]) -> Iterator[list[Parsed]]:
        """Cooperations, parsed and checked, as many together as make a good portion."""
        batch: list[Parsed] = []
        size = 0
        for index, raw in enumerate(raws):
            parsed = parse(Cooperation, raw, (((), "cooperations"), index), self._walk)
            if parsed is None or "code" not in parsed.given:
                self._walk.references.clear()
                continue
            self._codes.add_cooperation(parsed)
            self._codes.check(self._walk, parsed)
            batch.append(parsed)
            size += parsed.size
            if size >= _AT_ONCE:
                yield batch
                batch, size = [], 0
        yield batch

    def _take_cooperations(self, batch: list[Parsed]) -> None:
        held = stored_under(self._connection, self._codes.stored_cooperations(batch))
        for parsed in batch:
            for path, value, doubt in doubts_of(parsed, self._today):
                self._report.warnings.add(path, value, doubt)
        self._merge(held, batch)

    def _merge(self, held: Mapping[str, Stored], found: list[Parsed]) -> None:
        """Compare and note; once something was refused, only compare, for the rest of the report."""
        writer = None if self._report.is_refused else self._writer
        if writer is not None:
            self._free = writer.numbers_as_needed(sum(parsed.size for parsed in found))
        merge = Merge(
            held,
            fictional=self._fictional,
            number=(lambda: next(self._free)) if writer is not None else (lambda: next(self._unwritten)),
            writer=writer,
            problems=self._report.problems,
            note=self._report.note,
        )
        for parsed in found:
            merge.take(parsed, places()[parsed.kind.declared.name])
        if writer is not None and not self._report.is_refused:
            writer.flush()
