"""`python -m benchmarks.pack`: the whole pack of a meeting of the largest region of the demonstration, PDF and all."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.__main__ import machine
from benchmarks.page import put
from benchmarks.served import EMAIL, PASSWORD, TODAY, application
from tracker.demo import FILE
from tracker.domain.policy import Role
from tracker.exchange.dossier_file import read_dossier
from tracker.operations.accounts import add_account
from tracker.operations.demonstration import load_demonstration
from tracker.operations.schema import upgrade_database
from tracker.programmes import catalogue, load_programmes

TIMES, MOST_SECONDS, MOST_BYTES = 7, 2, 2_000_000
LARGEST = "/evaluaties/WOL/4/vergaderstuk"
KINDS = ("", "?formaat=json", "?formaat=pdf", "?formaat=zip")


def measure(url: str) -> dict[str, tuple[float, float, int]]:
    """Per kind of answer the median of wall and processor seconds, and its size."""
    app = application(url)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade_database()
        codes = catalogue(load_programmes()).codes
        load_demonstration(file=read_dossier(FILE.read_bytes()), catalogues=codes, today=TODAY, by="benchmark")
        add_account(email=EMAIL, name="M. Eter", role=Role.administrator, by="benchmark", password=PASSWORD)
    client = app.test_client()
    client.post("/aanmelden", data={"email": EMAIL, "password": PASSWORD})
    found = {}
    for kind in KINDS:
        spent = []
        for _turn in range(TIMES):
            wall, own = time.perf_counter(), time.process_time()
            answer = client.get(LARGEST + kind)
            assert answer.status_code == 200, answer.status
            spent.append((time.perf_counter() - wall, time.process_time() - own, len(answer.data)))
        walls, owns, sizes = zip(*spent[1:], strict=True)
        found[kind] = (statistics.median(walls), statistics.median(owns), max(sizes))
    return found


def section(found: dict[str, tuple[float, float, int]]) -> str:
    """The figures as a table."""
    head = ["answer", "seconds", "of the processor", "bytes", ""]
    lines = [" | ".join(cells) for cells in (head, ["---"] * len(head))]
    for kind, (wall, own, size) in found.items():
        good = "yes" if wall <= MOST_SECONDS and size <= MOST_BYTES else "**no**"
        lines.append(f"`{LARGEST}{kind}` | {wall:.2f} | {own:.2f} | {size:,} | {good}")
    table = "\n".join(f"| {line} |" for line in lines)
    return f"{machine()}\n\n{_TEXT}\n\n{table}"


_TEXT = f"""`benchmarks/pack.py`: the pack of the next meeting of the largest region of the demonstration, in one
process on SQLite (medians of {TIMES - 1}, after a first that loads the drawing library). Wanted: the ZIP and its PDF
in at most {MOST_SECONDS} s and {MOST_BYTES:,} bytes."""


def main() -> None:
    """Measure and write the section."""
    with TemporaryDirectory() as name:
        found = measure(f"sqlite:///{Path(name) / 'pack.sqlite'}")
    put("A meeting pack", section(found))


if __name__ == "__main__":
    main()
