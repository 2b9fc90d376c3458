"""Taking in a sheet of practices: what it says is laid over what is stored, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import msgspec

from tracker.domain.problems import Problems
from tracker.domain.raw import FORMAT, RawFile
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.practice import HisUse, Practice
from tracker.domain.records.product import HisProduct
from tracker.extensions import db
from tracker.models.bulk import without_collector
from tracker.operations.dossiers import ImportReport, take_in
from tracker.operations.journal import Conflict, Writer
from tracker.operations.transaction import writing
from tracker.queries.dossiers import load
from tracker.queries.journal import position

KINDS = frozenset({"practice", "practice.memberships", "insured_count", "his_use", "his_product"})
Given = Mapping[str, Any]
"""A row: code, name, place, member_from, his, his_from, insured, counted_on; what is empty is absent."""
FIELDS = {"memberships": "member_from", "his": "his", "insured": "insured"}
"""The column that a list of the format comes from."""


class RowFault(msgspec.Struct, frozen=True):
    """What is wrong in a row, by its place in the sheet and the column."""

    row: int
    column: str
    value: Any
    reason: Pair


def import_practices(
    *,
    code: str,
    rows: Sequence[Given],
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
    reason: str | None = None,
    dry_run: bool = False,
    seen: int | None = None,
) -> tuple[ImportReport, list[RowFault]]:
    """Add and correct practices of a cooperation; with one fault nothing is written. A dry run tells the same.

    `seen` is the journal's position at the dry run: raises Conflict when something was written since.
    """
    report = ImportReport(dry_run)
    faults: list[RowFault] = []
    try:
        with without_collector(), nullcontext(db.session.connection()) if dry_run else writing() as connection:
            writer = None if dry_run else Writer(connection, by=by, reason=reason)
            if writer is not None and seen is not None and position() != seen:
                raise Conflict("journal")
            held = load([code], KINDS)
            practices, faults = _trees(held.dossiers[0], held.register.his_products, rows, today)
            if not faults:
                tree = {"code": code, "name": held.dossiers[0].name, "practices": practices}
                file = RawFile({"format": FORMAT, "fictional": code in held.fictional}, [tree], 1)
                report = take_in(connection=connection, writer=writer, file=file, catalogues=catalogues, today=today)
                faults = list(_row_faults(report.problems))
            if faults:
                raise _Undo
    except _Undo:
        pass
    return report, faults


class _Undo(Exception):
    """Ends the transaction without keeping anything."""


def _trees(
    dossier: Cooperation, systems: Iterable[HisProduct], rows: Sequence[Given], today: date
) -> tuple[list[dict[str, Any]], list[RowFault]]:
    """The practices that the rows describe, in the order of the rows, and what is wrong with them."""
    known = {item.code: item for item in dossier.practices}
    named = {name.casefold(): item.code for item in systems for name in (item.name, item.code)}
    faults: list[RowFault] = []
    first: dict[str, int] = {}
    trees = []
    for place, row in enumerate(rows):
        if first.setdefault(row["code"], place) != place:
            twice = Pair("deze code staat er al eerder in", "this code stands there before")
            faults.append(RowFault(place, "code", row["code"], twice))
        builder = _Row(row, known.get(row["code"]), named, today)
        trees.append(builder.tree())
        faults += [RowFault(place, column, row.get(column), reason) for column, reason in builder.faults]
    return trees, faults


class _Row:
    """One row beside the practice that is stored, if there is one."""

    def __init__(self, row: Given, stored: Practice | None, named: Mapping[str, str], today: date) -> None:
        self._row, self._stored, self._named, self._today = row, stored, named, today
        self.faults: list[tuple[str, Pair]] = []

    def tree(self) -> dict[str, Any]:
        """The practice as a dossier file would hold it."""
        row, stored = self._row, self._stored
        for column in ("name", "member_from") if stored is None else ():
            if row.get(column) is None:
                self.faults.append((column, Pair("verplicht bij een nieuwe praktijk", "required for a new practice")))
        for column in ("member_from", "his_from", "counted_on"):
            if row.get(column) is not None and row[column] > self._today:
                self.faults.append((column, Pair("kies een dag op of vóór vandaag", "choose a day on or before today")))
        found: dict[str, Any] = {"code": row["code"], "name": row.get("name") or (stored.name if stored else None)}
        if row.get("place") is not None:
            found["place"] = row["place"]
        return found | {"memberships": self._memberships()} | self._insured() | self._his()

    def _memberships(self) -> list[dict[str, Any]]:
        stored, day = self._stored, self._row.get("member_from")
        starts = [item.from_on for item in stored.memberships] if stored else []
        if stored is not None and day is not None and day not in starts:
            # A second start would tell that the practice joined twice: that is a correction of the record itself.
            told = ", ".join(f"{one.day}-{one.month}-{one.year}" for one in starts)
            self.faults.append(
                (
                    "member_from",
                    Pair(
                        f"al aangesloten vanaf {told}; laat de cel leeg, of corrigeer de praktijk zelf",
                        f"affiliated since {told} already; leave the cell empty, or correct the practice itself",
                    ),
                )
            )
        return [{"from": one} for one in starts] or [{"from": day}]

    def _insured(self) -> dict[str, Any]:
        number, day = self._row.get("insured"), self._row.get("counted_on")
        if number is None and day is None:
            return {}
        if day is None:
            self.faults.append(("counted_on", Pair("vul in op welke dag is geteld", "fill in the day of the count")))
        elif number is None:
            self.faults.append(("insured", Pair("vul in hoeveel er zijn geteld", "fill in how many were counted")))
        return {"insured": [{"counted_on": day, "insured": number}]}

    def _his(self) -> dict[str, Any]:
        typed = self._row.get("his")
        if typed is None:
            return {}
        code = self._named.get(typed.casefold())
        if code is None:
            known = ", ".join(sorted(set(self._named.values()))) or "–"
            self.faults.append(
                ("his", Pair(f"dit HIS staat niet in het register; bekend: {known}", f"unknown; known: {known}"))
            )
            return {}
        current = next((item for item in self._stored.his if item.to_on is None), None) if self._stored else None
        day = self._row.get("his_from")
        if current is not None and current.his == code and day in (None, current.from_on):
            return {}
        return self._changed_his(code, current, day)

    def _changed_his(self, code: str, current: HisUse | None, day: date | None) -> dict[str, Any]:
        """Another system: the one in use ends the day before."""
        start = day or (self._row.get("member_from") if current is None else None)
        if start is None:
            self.faults.append(
                ("his_from", Pair("vul in vanaf welke dag dit HIS wordt gebruikt", "fill in since when it is used"))
            )
            return {}
        uses: list[dict[str, Any]] = [{"his": code, "from": start}]
        if current is not None:
            if start <= current.from_on:
                self.faults.append(
                    (
                        "his_from",
                        Pair(
                            "het huidige HIS begon later of op die dag; corrigeer de praktijk zelf",
                            "the present system began on or after that day; correct the practice itself",
                        ),
                    )
                )
            uses.append({"his": current.his, "from": current.from_on, "to": start - timedelta(1)})
        return {"his": uses}


def _row_faults(problems: Problems) -> Iterable[RowFault]:
    """The faults of the dossier as those of rows: `$.cooperations[0].practices[3].insured[0].insured`."""
    for problem in problems.shown:
        _, _, path = problem.path.partition(".practices[")
        number, _, field = path.partition("]")
        name = field.lstrip(".").partition("[")[0]
        column = FIELDS.get(name, name if name in ("name", "place") else "code")
        yield RowFault(int(number) if number.isdigit() else 0, column, problem.value, problem.reason)
