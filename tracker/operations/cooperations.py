"""Cooperations begin, end and go up into a new one: each in one transaction, in the journal with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

from flask import current_app

from tracker.domain.mergers import Beginning, Merger, ending, ending_faults
from tracker.domain.problems import Problem
from tracker.domain.raw import FORMAT, RawFile, raw_of
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.extensions import db
from tracker.operations.dossiers import ImportReport, take_in
from tracker.operations.journal import Writer
from tracker.operations.transaction import writing
from tracker.queries.accounts import cooperation_codes
from tracker.queries.dossiers import Loaded, load
from tracker.queries.fiction import only_fiction

KINDS = frozenset({"cooperation", "insurer_link", "practice", "practice.memberships"})
"""What beginning and ending write."""
Catalogues = Mapping[str, frozenset[str]]


class CooperationRefused(Exception):
    """Why nothing was written: for each field of the form what is wrong and what to do."""

    def __init__(self, faults: Iterable[tuple[str, Pair]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(reason.en for _, reason in self.faults))


def open_cooperation(
    *, beginning: Beginning, catalogues: Catalogues, today: date, by: str, reason: str | None = None
) -> ImportReport:
    """Add a cooperation with its insurers. Raises CooperationRefused on a code in use or a day to come."""
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        _refuse([*_code_faults(beginning.code), *_day_faults("founded_on", beginning.founded_on, today)])
        invented = is_invented()
        return _write(writer, [beginning.dossier()], invented, catalogues, today)


def close_cooperation(
    *, code: str, last_day: date, catalogues: Catalogues, today: date, by: str, reason: str | None
) -> ImportReport:
    """Give a cooperation its last day, and every insurer link with it. What is still open stays as it is.

    Raises CooperationRefused on a day that can't be its last.
    """
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        held = load([code], KINDS)
        faults = [*_missing([code], held), *_day_faults("last_day", last_day, today)]
        faults += [("last_day", fault) for item in held.dossiers for fault in ending_faults(item, last_day)]
        _refuse(faults)
        written = [ending(item, last_day) for item in held.dossiers]
        return _write(writer, written, code in held.fictional, catalogues, today)


def merge_cooperations(
    *,
    codes: Iterable[str],
    merger: Merger,
    catalogues: Catalogues,
    today: date,
    by: str,
    reason: str | None,
    dry_run: bool = False,
) -> ImportReport:
    """End some cooperations and begin the new one that names them as predecessors; practices move only where chosen.

    A dry run tells the same and writes nothing. Raises CooperationRefused with every fault.
    """
    chosen = sorted(set(codes))
    with nullcontext(db.session.connection()) if dry_run else writing() as connection:
        writer = None if dry_run else Writer(connection, by=by, reason=reason)
        held = load(chosen, KINDS)
        _refuse(_merger_faults(chosen, merger, held, today))
        return _write(writer, merger.dossiers(held.dossiers), bool(held.fictional), catalogues, today)


def is_invented() -> bool:
    """Whether a new cooperation is one of invented ones: a demonstration stays a demonstration."""
    return current_app.config["DEMO_TODAY"] is not None or only_fiction()


def _merger_faults(codes: list[str], merger: Merger, held: Loaded, today: date) -> Iterable[tuple[str, Pair]]:
    yield from _code_faults(merger.beginning.code)
    yield from _day_faults("founded_on", merger.beginning.founded_on, today)
    yield from _missing(codes, held)
    if len(codes) < 2:
        yield "codes", Pair("kies twee of meer samenwerkingsverbanden", "choose two or more cooperations")
    if 0 < len(held.fictional) < len(held.dossiers):
        yield "codes", Pair("verzonnen en echte gegevens gaan niet samen", "invented and real data do not mix")
    for item in held.dossiers:
        yield from (("codes", fault) for fault in ending_faults(item, merger.last_day))


def _code_faults(code: str) -> Iterable[tuple[str, Pair]]:
    # Two codes that differ in capitals alone would be told apart by the database and by nobody else.
    same = [known for known in cooperation_codes() if known.casefold() == code.casefold()]
    if same:
        yield "code", Pair(f"de code {same[0]} bestaat al; kies een andere", f"code {same[0]} exists; choose another")


def _day_faults(field: str, day: date, today: date) -> Iterable[tuple[str, Pair]]:
    if day > today:
        yield field, Pair("kies een datum op of vóór vandaag", "choose a date on or before today")


def _missing(codes: Iterable[str], held: Loaded) -> Iterable[tuple[str, Pair]]:
    for code in sorted(set(codes) - {item.code for item in held.dossiers}):
        yield "codes", Pair(f"{code[:40]} bestaat niet", f"{code[:40]} does not exist")


def _refuse(faults: Iterable[tuple[str, Pair]]) -> None:
    found = tuple(faults)
    if found:
        raise CooperationRefused(found)


def _write(
    writer: Writer | None, dossiers: Iterable[Cooperation], invented: bool, catalogues: Catalogues, today: date
) -> ImportReport:
    trees = [raw_of(item) for item in dossiers]
    file = RawFile({"format": FORMAT, "fictional": invented}, trees, len(trees))
    report = take_in(connection=db.session.connection(), writer=writer, file=file, catalogues=catalogues, today=today)
    _refuse((_field_of(problem, trees), problem.reason) for problem in report.problems.shown)
    return report


def _field_of(problem: Problem, trees: list[dict[str, Any]]) -> str:
    """The field of the form that a fault belongs to: the new cooperation is the last of the tree."""
    own, _, field = problem.path.partition(f"[{len(trees) - 1}].")
    return field if own == "$.cooperations" and field in ("code", "name", "founded_on") else "codes"
