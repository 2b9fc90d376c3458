"""A planned meeting in the demonstration, for tests that prepare it or hold it."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import delete

from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.extensions import db
from tracker.models.records import TABLES, insert_order
from tracker.operations.meetings import Hand
from tracker.operations.records import save_record
from tracker.operations.transaction import writing
from tracker.programmes import catalogue, load_programmes
from tracker.queries.codes import number_of
from tracker.queries.findings import journal_position
from tracker.queries.meetings import round_number_of
from tracker.queries.records import siblings

TODAY = date(2026, 10, 1)
NUMBER = 4
"""The next round of Hollerdiep."""


def hand(role: Role, today: date = TODAY, by: str = "") -> Hand:
    """With what somebody of a role writes."""
    insurers = frozenset({"menzis"}) if role is Role.insurer_region_manager else frozenset()
    return Hand(Pen(frozenset({role}), insurers), by or role.value, catalogue(load_programmes()).codes, today)


def planned(day: str = "2026-10-01", code: str = "HOL", **more: str) -> int:
    """Plan round 4 of a region; answers its stored number."""
    given = {"number": NUMBER, "invited_on": "2026-09-01", "planned_on": day, **more}
    chair = hand(Role.evaluation_chair)
    save_record(
        place="round",
        entry=Entry(given=given),
        pen=chair.pen,
        catalogues=chair.catalogues,
        today=TODAY,
        by="tests",
        parent=number_of("cooperation", code),
    )
    found = round_number_of(code, NUMBER)
    assert found is not None
    return found


def plan_in(app: Flask, day: str = "2026-10-01", code: str = "HOL") -> None:
    """The same in an application that is served."""
    with app.app_context():
        planned(day, code)
        db.session.remove()


def change_everything(app: Flask, code: str) -> None:
    """Correct what can be corrected, and take away every other record of a region: what its documents say must stay.

    Only the bare round stays, and the link by which its insurer sees the region.
    """
    with app.app_context():
        parent = number_of("cooperation", code)
        changed = {"vision": {"title": "Heel anders"}, "contract": {"signed_on": "2022-02-02"}}
        everything = Pen(frozenset(Role), frozenset({"menzis"}))
        known = {"catalogues": catalogue(load_programmes()).codes, "today": TODAY, "by": "tests", "pen": everything}
        for place, given in changed.items():
            for item in siblings(place, parent):
                entry = Entry(given=given, number=item.number)
                save_record(place=place, entry=entry, reason="test", seen=journal_position(), **known)
        with writing() as connection:
            for name in reversed(insert_order()):
                table = TABLES[name]
                if "cooperation_id" in table.c and name not in ("round", "insurer_link"):
                    connection.execute(delete(table).where(table.c.cooperation_id == parent))
        db.session.remove()


def verified(data: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """`tracker verify` on a pack, in a folder and an environment that know no database."""
    file = folder / "pack.zip"
    file.write_bytes(data)
    tracker = Path(sys.executable).with_name("tracker")
    return subprocess.run([tracker, "verify", file], env={}, cwd=folder, capture_output=True, text=True, check=False)
