"""`python -m benchmarks.remind`: `tracker remind` over 1,200 cooperations, with somebody in each and insurers over all.

Each number of cooperations runs in a process of its own; the peak of its memory is that of the whole process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.__main__ import machine
from benchmarks.page import put
from benchmarks.served import application, prepare
from tracker import clock
from tracker.domain.policy import Role
from tracker.operations.accounts import add_account
from tracker.operations.reminders import remind
from tracker.queries.accounts import cooperation_codes

SIZES = (120, 1_200)
MONDAY = date(2026, 10, 5)
INSURER_PEOPLE = 10
MOST_SECONDS = 30


def fill(url: str, folder: Path, regions: int) -> None:
    """Regions, one board member in each, and people of the insurer who see all of them."""
    prepare(url, folder, regions)
    with application(url).app_context():
        for code in cooperation_codes():
            email = f"bestuur-{code.lower()}@demo.example"
            add_account(email=email, name="B. Uur", role=Role.board_member, cooperations=[code], by="benchmark")
        for number in range(INSURER_PEOPLE):
            email, role = f"lezer-{number}@demo.example", Role.insurer_reader
            add_account(email=email, name="L. Ezer", role=role, insurer="menzis", by="benchmark")


def run(url: str) -> dict[str, Any]:
    """One run on a Monday, letters and all; and the one after it, which finds nothing new."""
    app, found = application(url), {}
    with app.test_request_context("/", base_url="https://voorbeeld.example"):
        for name in ("first", "second"):
            start = time.perf_counter()
            done = remind(today=MONDAY, on=clock.real_today(), tell=app.extensions["reminder_letter"])
            found[name] = time.perf_counter() - start
            found[f"{name}_letters"], found[f"{name}_told"] = done.letters, done.told
    return found | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(regions: int) -> dict[str, Any]:
    """One size, in a process of its own."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'remind.sqlite'}"
        fill(url, Path(folder), regions)
        done = subprocess.run([sys.executable, "-m", __spec__.name, url], check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(found: dict[int, dict[str, Any]]) -> str:
    """The figures as a section."""
    lines = ["| cooperations | first run s | mails | points | run again s | mails | peak MB |", f"|{' --- |' * 7}"]
    for regions, item in found.items():
        lines.append(
            f"| {regions:,} | {item['first']:.1f} | {item['first_letters']:,} | {item['first_told']:,}"
            f" | {item['second']:.1f} | {item['second_letters']} | {item['peak_mb']:.0f} |"
        )
    slowest = found[max(found)]["first"]
    told = "yes" if slowest <= MOST_SECONDS else "**no**"
    return "\n".join(
        [
            f"{machine()}\n",
            "`benchmarks/remind.py`: `tracker remind` on a Monday, on SQLite: one board member in each cooperation and"
            f" {INSURER_PEOPLE} people\nof the insurer who see all of them; letters are written and queued. Dossiers"
            " are read forty at a time.\n",
            *lines,
            "",
            f"{max(found):,} cooperations in {slowest:.1f} s, at most {MOST_SECONDS} s: {told}.\n",
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(run(sys.argv[1])))
    else:
        put("Reminders", report({regions: measure(regions) for regions in SIZES}))
