"""The second step: an app whose code is computed here, recovery codes, and what the throttle does about guessing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select

from tests.people import csrf_token, invent_regions, sign_in
from tests.web.test_sign_in import is_inside, try_password
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.models.mail import Mail
from tracker.operations.accounts import DEMO_PASSWORD

HOME, CODE, RECOVERY = "/mijn-account", "/aanmelden/code", "/aanmelden/herstelcode"
BOARD = "bestuurder@demo.example"
KEY = re.compile(r"<strong>((?:[A-Z2-7]{4}-?)+)</strong>")
CODES = re.compile(r"<strong>((?:[a-z0-9]{4}-?){4})</strong>")
CONFIRM = re.compile(r'action="(/mijn-account/app/[^"]+)"')


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions and their people."""
    invent_regions(app)
    return app


def text(answer) -> str:
    """What the page says."""
    return answer.get_data(as_text=True)


def send(client: FlaskClient, path: str, proof_from: str = HOME, **form: str):
    """Fill in a form and send it."""
    return client.post(path, data={**form, "csrf_token": csrf_token(client, proof_from)})


def set_up_app(client: FlaskClient) -> str:
    """Set up an authenticator app as somebody who is signed in; answers its key."""
    page = text(send(client, f"{HOME}/app", setup="authenticator"))
    key = KEY.search(page)[1].replace("-", "")
    assert "data:image/svg+xml" in page
    answer = send(client, CONFIRM.search(page)[1], code=code_of(key))
    assert answer.location == HOME
    return key


def code_of(key: str) -> str:
    """The code that the app shows now."""
    return TOTP(key).generate().token


def make_codes(client: FlaskClient) -> list[str]:
    """Make recovery codes; they are on the page this once."""
    return CODES.findall(text(send(client, f"{HOME}/herstelcodes", generate_new_codes="1")))


@pytest.fixture
def key(app: Flask) -> str:
    """The key of the app that the board member has set up."""
    return set_up_app(sign_in(app.test_client(), "board_member"))


@pytest.fixture
def halfway(app: Flask, key: str) -> FlaskClient:
    """The board member's browser, with the right password and without a code."""
    client = app.test_client()
    assert try_password(client, DEMO_PASSWORD).location.startswith(CODE)
    return client


def test_the_password_alone_no_longer_opens_the_door(halfway):
    assert halfway.get(HOME).location.startswith("/aanmelden")


def test_the_code_of_now_opens_the_door(halfway, key):
    assert send(halfway, CODE, CODE, code=code_of(key)).location == "/"
    assert is_inside(halfway)


def test_a_code_may_be_typed_with_a_space(halfway, key):
    code = code_of(key)
    assert send(halfway, CODE, CODE, code=f"{code[:3]} {code[3:]}").location == "/"


@pytest.mark.parametrize("code", ["", "000000", "abc", "1" * 10_000, "nul\x00"])
def test_a_wrong_code_is_said_and_lets_nobody_in(halfway, code):
    answer = send(halfway, CODE, CODE, code=code)
    assert answer.status_code == 200
    assert "Fout:" in text(answer)
    assert halfway.get(HOME).status_code == 302


def test_a_code_is_good_once(app, halfway, key):
    code = code_of(key)
    assert send(halfway, CODE, CODE, code=code).location == "/"
    thief = app.test_client()
    try_password(thief, DEMO_PASSWORD)
    assert "klopt niet" in text(send(thief, CODE, CODE, code=code))


def test_a_code_of_two_minutes_ago_is_worth_nothing(halfway, key):
    code = TOTP(key).generate(datetime.now(UTC) - timedelta(minutes=2)).token
    assert "klopt niet" in text(send(halfway, CODE, CODE, code=code))


def test_nine_wrong_codes_are_too_many(halfway, key):
    for _ in range(9):
        assert send(halfway, CODE, CODE, code="000000").status_code == 200
    answer = send(halfway, CODE, CODE, code=code_of(key))
    assert answer.status_code == 429
    assert "Te vaak geprobeerd" in text(answer)
    assert halfway.get(HOME).status_code == 302


def test_where_one_was_going_survives_the_second_step(app, key):
    client = app.test_client()
    form = {"email": BOARD, "password": DEMO_PASSWORD, "next": "/begrippen"}
    answer = client.post("/aanmelden", data={**form, "csrf_token": csrf_token(client)})
    assert answer.location == f"{CODE}?next=/begrippen"
    assert send(client, answer.location, CODE, code=code_of(key)).location == "/begrippen"


def test_a_recovery_code_opens_the_door_once(app, key):
    client = app.test_client()
    try_password(client, DEMO_PASSWORD)
    send(client, CODE, CODE, code=code_of(key))
    codes = make_codes(client)
    assert len(set(codes)) == 10
    for expected in (302, 200):
        other = app.test_client()
        try_password(other, DEMO_PASSWORD)
        answer = send(other, RECOVERY, RECOVERY, code=codes[0].upper().replace("-", " "))
        assert answer.status_code == expected
    assert "U heeft nog 9 herstelcodes." in text(client.get(HOME))


def test_recovery_codes_are_shown_once_and_kept_as_hashes(app):
    client = sign_in(app.test_client(), "board_member")
    codes = make_codes(client)
    assert CODES.findall(text(client.get(f"{HOME}/herstelcodes?show_codes=1"))) == []
    with app.app_context():
        kept = db.session.scalar(select(Account.mf_recovery_codes).where(Account.email == BOARD))
    assert len(kept) == 10
    assert not set(kept) & set(codes)


def test_new_recovery_codes_end_the_old_ones(app):
    client = sign_in(app.test_client(), "board_member")
    set_up_app(client)
    old = make_codes(client)
    make_codes(client)
    other = app.test_client()
    try_password(other, DEMO_PASSWORD)
    assert "klopt niet, of is al gebruikt" in text(send(other, RECOVERY, RECOVERY, code=old[0]))


def test_the_secret_of_the_app_is_not_readable_in_the_database(app, key):
    with app.app_context():
        kept = db.session.scalar(select(Account.tf_totp_secret).where(Account.email == BOARD))
    assert key not in kept


def test_an_app_that_is_switched_off_is_asked_for_no_more(app):
    client = sign_in(app.test_client(), "board_member")
    set_up_app(client)
    assert send(client, f"{HOME}/app", setup="disable").location == HOME
    assert "De app is uitgezet" in text(client.get(HOME))
    assert try_password(app.test_client(), DEMO_PASSWORD).location == "/"


def test_a_wrong_code_sets_up_no_app(app):
    client = sign_in(app.test_client(), "board_member")
    page = text(send(client, f"{HOME}/app", setup="authenticator"))
    send(client, CONFIRM.search(page)[1], code="000000")
    assert "Deze code klopt niet" in text(client.get(f"{HOME}/app"))
    assert try_password(app.test_client(), DEMO_PASSWORD).location == "/"


def test_who_lost_everything_is_helped_by_an_administrator_and_reads_so_in_a_mail(app, key):
    board, admin = app.test_client(), sign_in(app.test_client(), "administrator")
    try_password(board, DEMO_PASSWORD)
    send(board, CODE, CODE, code=code_of(key))
    person = "/beheer/mensen/1"
    assert "Fout:" in text(send(admin, f"{person}/tweede-stap", person, reason=" "))
    assert is_inside(board)
    assert send(admin, f"{person}/tweede-stap", person, reason="Telefoon kwijt, gebeld").location == person
    page = text(admin.get(person))
    assert "Tweede stap weggehaald" in page
    assert "(Telefoon kwijt, gebeld)" in page
    assert not is_inside(board), "a session from before goes on"
    assert try_password(app.test_client(), DEMO_PASSWORD).location == "/"
    assert "geen tweede stap" in text(send(admin, f"{person}/tweede-stap", person, reason="nog eens"))
    with app.app_context():
        mail = db.session.scalars(select(Mail)).one()
    assert mail.to == BOARD
    assert "B. Heerder haalde op" in mail.text
    assert "De reden: Telefoon kwijt, gebeld" in mail.html


def test_an_administrator_does_not_take_the_own_second_step_away(app):
    admin = sign_in(app.test_client(), "administrator")
    set_up_app(admin)
    assert "Zet uw eigen tweede stap uit bij Mijn account" in text(
        send(admin, "/beheer/mensen/7/tweede-stap", "/beheer/mensen/7", reason="voor mijzelf")
    )
    assert try_password(app.test_client(), DEMO_PASSWORD, "beheerder@demo.example").location.startswith(CODE)


def test_the_page_for_a_code_leaves_who_is_inside_as_they_are(app):
    client = sign_in(app.test_client(), "board_member")
    for answer in (client.get(CODE), send(client, CODE, code="000000")):
        assert answer.location == "/"
        assert is_inside(client)


def test_the_code_page_is_nothing_without_a_password(client):
    for path in (CODE, RECOVERY, "/aanmelden/tweede-stap"):
        assert client.get(path).location == "/aanmelden"


def test_a_secret_that_no_key_opens_any_more_lets_nobody_in(app, halfway, key, monkeypatch):
    factory = app.extensions["security"].totp_factory
    monkeypatch.setattr(factory, "_totp", type(factory)({"1": "another key"}, "Regiotracker")._totp)
    assert "klopt niet" in text(send(halfway, CODE, CODE, code=code_of(key)))


def test_setting_up_an_app_asks_who_one_is_after_half_an_hour(app):
    client = sign_in(app.test_client(), "board_member")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=45)):
        assert client.get(f"{HOME}/app").location.startswith("/aanmelden/bevestigen")
