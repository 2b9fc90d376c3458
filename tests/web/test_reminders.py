"""What a person chooses about reminders, the letter that comes of it, and the calendar at a secret address."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.people import csrf_token, sign_in
from tests.web.ics import Component, parsed
from tests.web.test_actions import agree, own_address
from tests.web.test_records import words
from tracker import clock
from tracker.domain.notices import Topic, Way
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.mail import Mail
from tracker.operations.reminders import remind
from tracker.operations.transaction import writing
from tracker.queries.accounts import demonstration_account
from tracker.queries.reminders import ways

PAGE = "/mijn-account/herinneringen"
THURSDAY, MONDAY = date(2026, 10, 1), date(2026, 10, 5)


@pytest.fixture
def region(demo: Flask) -> Flask:
    """HOL with one action of its board member, a week too late, with signs that a file must guard against."""
    text = "Koppeling; testen, met «ë» \\ en een heel lange regel die in een agenda moet worden gevouwen 日本語 "
    agree(demo, owner_email=own_address(demo, "board_member"), text=text + "x" * 80, due_on="2026-10-08")
    return demo


@pytest.fixture
def board_member(region: Flask) -> FlaskClient:
    return sign_in(region.test_client(), "board_member")


def choose(client: FlaskClient, **given: str) -> Any:
    usual = {"own_action": "at_once", "region_action": "weekly", "deadline": "weekly", "signal": "weekly"}
    return client.post(PAGE, data=usual | given | {"csrf_token": csrf_token(client, PAGE)})


def number(app: Flask, role: str) -> int:
    with app.app_context():
        found = demonstration_account(role)
        assert found is not None
        return found.id


def letters(app: Flask, role: str, on: date) -> list[Mail]:
    """Run the reminders of a day, as the command does; the letters to one person."""
    with app.test_request_context("/", base_url="https://regio.example"):
        remind(today=on, on=clock.real_today(), tell=app.extensions["reminder_letter"])
        found = db.session.scalars(select(Mail).where(Mail.to == own_address(app, role)).order_by(Mail.id)).all()
        db.session.expunge_all()
        return list(found)


# --- choosing ---


def test_a_new_person_hears_of_the_own_actions_at_once_and_of_all_else_on_monday(board_member):
    page = board_member.get(PAGE).get_data(as_text=True)
    assert re.findall(r'<input[^>]*checked[^>]*name="(\w+)"[^>]*value="(\w+)"', page) == [
        ("own_action", "at_once"),
        ("region_action", "weekly"),
        ("deadline", "weekly"),
        ("signal", "weekly"),
    ]


def test_a_choice_is_kept(board_member, region):
    assert choose(board_member, deadline="never").status_code == 303
    with region.app_context():
        held = ways(demonstration_account("board_member").id)
    assert held[Topic.DEADLINE] is Way.NEVER
    assert held[Topic.OWN_ACTION] is Way.AT_ONCE


@pytest.mark.parametrize("given", ["", "soms", "x" * 10_000])
def test_an_answer_that_does_not_exist_is_told_and_changes_nothing(board_member, region, given):
    reply = choose(board_member, signal=given)
    assert reply.status_code == 422
    assert "Kies een van de antwoorden." in words(reply)
    with region.app_context():
        assert ways(demonstration_account("board_member").id)[Topic.SIGNAL] is Way.WEEKLY


# --- the letter ---


def test_the_letter_opens_the_action_itself_and_the_settings(region):
    [mail] = letters(region, "board_member", THURSDAY)
    assert mail.text is not None
    assert "https://regio.example/acties/HOL/A1" in mail.text
    assert "https://regio.example/mijn-account/herinneringen" in mail.text
    assert "over 7 dagen" in mail.text


def test_a_person_reads_the_own_language(region):
    with region.app_context(), writing() as connection:
        connection.execute(update(Account).values(language="en"))
    [mail] = letters(region, "board_member", THURSDAY)
    assert "Dear " in (mail.text or "")
    assert "in 7 days" in (mail.text or "")


def test_the_insurer_gets_one_letter_about_all_regions(region):
    [mail] = letters(region, "insurer_region_manager", THURSDAY)
    assert mail.subject.startswith("Uw weekoverzicht: ")
    assert len(re.findall("/samenwerkingsverbanden/", mail.text or "")) > 1
    assert len(letters(region, "insurer_region_manager", date(2026, 10, 2))) == 1


# --- the calendar ---


def made(client: FlaskClient) -> str:
    """A new calendar address, as the page shows it once."""
    reply = client.post("/mijn-account/agenda", data={"csrf_token": csrf_token(client, PAGE)})
    found = re.search(r"<code>(http[^<]+)</code>", reply.get_data(as_text=True))
    assert found
    return found[1]


def calendar(app: Flask, url: str) -> Component:
    """What a program without any session reads at an address."""
    reply = app.test_client().get(url)
    assert reply.status_code == 200
    assert reply.mimetype == "text/calendar"
    assert (reply.headers["Cache-Control"], reply.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    return parsed(reply.data)


def test_a_calendar_holds_the_own_action_and_the_deadlines_of_the_region(board_member, region):
    found = calendar(region, made(board_member))
    titles = [event.value("SUMMARY") for event in found.below]
    assert any(title.startswith("Actie: Koppeling; testen, met «ë» \\ en") for title in titles)
    assert any(title.startswith("RSV Hollerdiep: ") for title in titles)
    assert not any("Wolderveen" in title for title in titles)
    action = next(event for event in found.below if event.value("SUMMARY").startswith("Actie"))
    assert action.value("DTSTART") == "20261008"
    assert action.value("DTEND") == "20261009"


def test_an_event_stays_itself_and_counts_up_when_it_moves(board_member, region):
    url = made(board_member)
    before = {event.value("UID"): event for event in calendar(region, url).below}
    held = board_member.get("/acties/HOL/A1").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', held)
    version = re.search(r'name="_version" value="([^"]+)"', held)
    assert token
    assert version
    given = {"csrf_token": token[1], "_version": version[1], "done_on": "", "note": "Nog even"}
    assert board_member.post("/acties/HOL/A1", data=given).status_code == 303
    after = {event.value("UID"): event for event in calendar(region, url).below}
    assert before.keys() == after.keys()
    [uid] = [uid for uid, event in after.items() if event.value("SUMMARY").startswith("Actie")]
    assert int(after[uid].value("SEQUENCE")) > int(before[uid].value("SEQUENCE"))
    assert "Nog even" in after[uid].value("DESCRIPTION")


def test_an_address_that_was_renewed_or_revoked_shows_nothing(board_member, region):
    first = made(board_member)
    second = made(board_member)
    assert region.test_client().get(first).status_code == 404
    assert region.test_client().get(second).status_code == 200
    token = csrf_token(board_member, PAGE)
    assert board_member.post("/mijn-account/agenda/intrekken", data={"csrf_token": token}).status_code == 303
    assert region.test_client().get(second).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "..%2f"])
def test_a_guess_finds_nothing(demo, secret):
    assert demo.test_client().get(f"/agenda/{secret}.ics").status_code == 404


def test_the_calendar_of_who_lost_every_role_is_empty(board_member, region):
    url = made(board_member)
    with region.app_context(), writing() as connection:
        connection.execute(update(RoleGrant).values(withdrawn_at=clock.now()))
    assert calendar(region, url).below == []


def test_the_calendar_of_a_closed_account_is_gone(board_member, region):
    url = made(board_member)
    with region.app_context(), writing() as connection:
        connection.execute(update(Account).values(active=False))
    assert region.test_client().get(url).status_code == 404


def test_the_secret_stands_in_no_log(board_member, region, caplog):
    url = made(board_member)
    calendar(region, url)
    secret = url.rpartition("/")[2].removesuffix(".ics")
    assert secret not in caplog.text
    assert secret not in "".join(str(record.__dict__) for record in caplog.records)
