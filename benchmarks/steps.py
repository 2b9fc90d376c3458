"""One measured step in a process of its own, so that its memory is its own: `python -m benchmarks.steps findings URL`.

It prints seconds (the best of three, an import once), the peak of memory, and the number of statements as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Date, bindparam, event, text

from benchmarks.anchor import ANCHOR
from tracker import create_app
from tracker.exchange.answers import columns_of, portfolio
from tracker.exchange.dossier_file import read_dossier
from tracker.extensions import db
from tracker.operations.dossiers import import_dossier
from tracker.operations.schema import upgrade_database
from tracker.programmes import catalogue, load_programmes
from tracker.queries.dossiers import load
from tracker.queries.findings import standings
from tracker.settings import Mode, Settings

AS_OF = date(2026, 10, 1)
R01_TO_R10 = frozenset(f"R{number:02}" for number in range(1, 11))
R01_TO_R11 = R01_TO_R10 | {"R11"}


def import_file(path: str) -> int:
    """Everything of a file into an empty database, with its journal."""
    codes = catalogue(load_programmes()).codes
    file = read_dossier(Path(path).read_bytes())
    report = import_dossier(file=file, catalogues=codes, today=AS_OF, by="benchmark")
    assert not report.is_refused, report.problems.shown[:5]
    return report.total().added


def load_all() -> int:
    """Every record of every cooperation."""
    return len(load().dossiers)


def judge(only: frozenset[str] | None) -> int:
    """The findings of everybody, read from the database, with reasons and records."""
    _forget()
    return sum(len(item.findings) for item in standings(None, AS_OF, only=only))


def call_portfolio() -> int:
    """The answer of `GET /api/v1/portfolio` for who sees every cooperation."""
    _forget()
    return call_portfolio_again()


def call_portfolio_again() -> int:
    """The same call once more: the findings are still held."""
    editions = load_programmes()
    only = frozenset(item.key for _, item in columns_of(editions, AS_OF))
    found = standings(None, AS_OF, only=only)
    answer = portfolio(((item.dossier, item.findings, item.fictional) for item in found), editions, AS_OF)
    return len(answer.cooperations)


def anchor() -> int:
    """The hand-written statement: subject and status of R01-R11."""
    return len(anchor_rows())


def anchor_rows() -> set[tuple[str, str, str]]:
    """What the hand-written statement says: (subject, rule, status)."""
    switches = load_programmes()
    menzis = next(item for item in switches if item.key == "menzis-2022").switches
    days = {"day": AS_OF, "deadline": menzis["vision_deadline"], "soft": menzis["directions_soft_deadline"]}
    statement = text(ANCHOR).bindparams(*[bindparam(name, type_=Date) for name in days])
    return {(row[0], row[1], row[2]) for row in db.session.execute(statement, days)}


def check_anchor() -> int:
    """The statement and the rules say the same of every subject."""
    found = standings(None, AS_OF, only=R01_TO_R11)
    ours = {(item.subject, item.rule, item.status.value) for one in found for item in one.findings}
    theirs = anchor_rows()
    assert ours == theirs, sorted(ours ^ theirs)[:5]
    return len(ours)


def _forget() -> None:
    current_app.extensions.pop("findings", None)


STEPS: dict[str, tuple[Callable[..., int], int]] = {
    "import": (import_file, 1),
    "load": (load_all, 3),
    "findings": (lambda: judge(None), 3),
    "R01-R11": (lambda: judge(R01_TO_R11), 3),
    "R01-R10": (lambda: judge(R01_TO_R10), 3),
    "portfolio": (call_portfolio, 3),
    "portfolio again": (call_portfolio_again, 3),
    "statement": (anchor, 3),
    "check": (check_anchor, 1),
}
"""What is measured, and how often: the best time counts."""


def measure(name: str, url: str, *arguments: str) -> dict[str, Any]:
    """Run one step and tell what it cost."""
    app = create_app(Settings(mode=Mode.test, database_url=url, secret_key="benchmark " * 4))
    with app.app_context():
        if name == "import":
            upgrade_database()
        load_programmes()
        db.session.execute(text("SELECT 1"))
        statements = _count_statements()
        step, times = STEPS[name]
        seconds = []
        for _ in range(times):
            statements.clear()
            start = time.perf_counter()
            result = step(*arguments)
            seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": min(seconds), "peak_mb": peak, "statements": len(statements), "result": result}


def _count_statements() -> list[str]:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    return statements


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:])))
