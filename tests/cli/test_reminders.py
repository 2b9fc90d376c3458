"""`tracker remind`: what it did, also around midnight and in the night the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from tests.mailbox import free_port, mail_server_on
from tracker.cli.house import house
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.extensions import db
from tracker.models.mail import Mail
from tracker.operations.accounts import add_account
from tracker.operations.records import save_record
from tracker.queries.codes import number_of

OWNER = "m.bakker@voorbeeld.example"
DUE = "2026-10-25"
"""In this night the clock in Amsterdam goes back from three to two."""
NOTHING = "Samenwerkingsverbanden: 1. Mails: 0, waarvan weekoverzichten: 0. Punten: 0.\n"
ONE = "Samenwerkingsverbanden: 1. Mails: 1, waarvan weekoverzichten: 0. Punten: 1.\n"


def keep(place: str, parent: int | None = None, **given: str) -> None:
    """A record of an administrator and board member."""
    pen = Pen(frozenset({Role.administrator, Role.board_member}))
    entry = Entry(given=given)
    known = {"catalogues": {}, "today": date(2026, 10, 1), "by": "tests", "fictional": True}
    save_record(place=place, entry=entry, pen=pen, parent=parent, **known)  # type: ignore[arg-type]


@pytest.fixture
def region(empty):
    """A region with one action, due on the day the clocks change."""
    with house():
        keep("cooperation", code="HOL", name="RSV Hollerdiep", founded_on="2020-01-01")
        starts, role = date(2026, 1, 1), Role.board_member
        add_account(email=OWNER, name="M. Bakker", role=role, cooperations=["HOL"], starts_on=starts, by="tests")
        given = {"code": "A1", "text": "Bellen", "agreed_on": "2026-09-01", "owner": "M. Bakker", "due_on": DUE}
        keep("cooperation_action", number_of("cooperation", "HOL"), owner_email=OWNER, **given)
    return empty


def at(moment: datetime, run) -> str:
    """What the command says at a moment."""
    with time_machine.travel(moment, tick=False):
        done = run("remind")
    assert done.code == 0, done.err
    return done.out


def test_a_day_of_the_house_ends_at_midnight_in_amsterdam_also_when_the_clock_goes_back(region):
    week_before = datetime(2026, 10, 18, 22, 1, tzinfo=UTC)
    assert at(week_before, region) == ONE
    minute_before = datetime(2026, 10, 24, 21, 59, tzinfo=UTC)
    assert at(minute_before, region) == NOTHING
    minute_after = datetime(2026, 10, 24, 22, 1, tzinfo=UTC)
    assert at(minute_after, region) == ONE
    half_past_two = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    half_past_two_again = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert at(half_past_two, region) == NOTHING
    assert at(half_past_two_again, region) == NOTHING
    last_minute = datetime(2026, 10, 31, 22, 59, tzinfo=UTC)
    assert at(last_minute, region) == NOTHING
    next_week = datetime(2026, 10, 31, 23, 1, tzinfo=UTC)
    assert at(next_week, region) == ONE


def test_the_night_the_clock_goes_forward_has_its_reminder_too(region):
    with house():
        given = {"code": "A2", "text": "Schrijven", "agreed_on": "2026-09-01", "owner": "M. Bakker"}
        keep("cooperation_action", number_of("cooperation", "HOL"), owner_email=OWNER, due_on="2027-03-28", **given)
    at(datetime(2027, 3, 27, 12, 0, tzinfo=UTC), region)
    assert at(datetime(2027, 3, 27, 22, 59, tzinfo=UTC), region) == NOTHING
    assert "Punten: 2" in at(datetime(2027, 3, 27, 23, 1, tzinfo=UTC), region)
    assert at(datetime(2027, 3, 28, 1, 0, tzinfo=UTC), region) == NOTHING


def test_mail_waits_while_the_server_is_away_and_goes_out_once(region, monkeypatch):
    port = free_port()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_TLS": "none"}
    settings |= {"MAIL_FROM": "post@voorbeeld.example", "PUBLIC_URL": "https://voorbeeld.example"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    moment = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
    assert at(moment, region) == ONE
    with time_machine.travel(moment, tick=True), mail_server_on(port) as box:
        assert region("mail").out == "Verzonden: 1. Wacht: 0.\n"
        assert region("remind").out == NOTHING
        assert region("mail").out == "Verzonden: 0. Wacht: 0.\n"
    [taken] = box.taken
    assert taken["To"] == OWNER
    assert taken["Subject"] == "Herinnering: Bellen"


def test_without_a_mail_server_the_letter_waits(region):
    assert at(datetime(2026, 10, 20, 12, 0, tzinfo=UTC), region) == ONE
    with house():
        assert [mail.to for mail in db.session.scalars(select(Mail))] == [OWNER]
