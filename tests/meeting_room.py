"""A planned meeting in the demonstration, for tests that prepare it or hold it."""

from datetime import date

from flask import Flask

from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.extensions import db
from tracker.operations.meetings import Hand
from tracker.operations.records import save_record
from tracker.programmes import catalogue, load_programmes
from tracker.queries.meetings import round_number_of
from tracker.queries.records import number_of

TODAY = date(2026, 10, 1)
NUMBER = 4
"""The next round of Hollerdiep."""


def hand(role: Role, today: date = TODAY, by: str = "") -> Hand:
    """With what somebody of a role writes."""
    insurers = frozenset({"menzis"}) if role is Role.insurer_region_manager else frozenset()
    return Hand(Pen(frozenset({role}), insurers), by or role.value, catalogue(load_programmes()).codes, today)


def planned(day: str = "2026-10-01", **more: str) -> int:
    """Plan round 4 of Hollerdiep; answers its stored number."""
    given = {"number": NUMBER, "invited_on": "2026-09-01", "planned_on": day, **more}
    chair = hand(Role.evaluation_chair)
    save_record(
        place="round",
        entry=Entry(given=given),
        pen=chair.pen,
        catalogues=chair.catalogues,
        today=TODAY,
        by="tests",
        parent=number_of("cooperation", "HOL"),
    )
    found = round_number_of("HOL", NUMBER)
    assert found is not None
    return found


def plan_in(app: Flask, day: str = "2026-10-01") -> None:
    """The same in an application that is served."""
    with app.app_context():
        planned(day)
        db.session.remove()
