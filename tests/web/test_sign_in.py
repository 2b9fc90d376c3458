"""Signing in: by password, as an invented person, and not at all."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.people import csrf_token, invent_regions, sign_in
from tracker import create_app
from tracker.domain.policy import Role
from tracker.models.records import TABLES
from tracker.operations.accounts import DEMO_PASSWORD
from tracker.operations.transaction import writing
from tracker.settings import Mode, Settings


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody at the door of three invented regions."""
    invent_regions(app)
    return app.test_client()


def try_password(client: FlaskClient, password: str, email: str = "bestuurder@demo.example"):
    """Fill in the sign-in page and send it."""
    form = {"email": email, "password": password, "csrf_token": csrf_token(client)}
    return client.post("/aanmelden", data=form)


def is_inside(client: FlaskClient) -> bool:
    """Whether a session is known: the sign-in page sends somebody who is inside away."""
    return client.get("/aanmelden").status_code == 302


def test_the_right_password_opens_the_door(client):
    assert try_password(client, DEMO_PASSWORD).status_code == 302
    assert is_inside(client)


def test_a_password_outlives_the_key_that_signs_sessions(client, database_url):
    other = create_app(Settings(mode=Mode.test, database_url=database_url, secret_key="another key " * 3))
    assert try_password(other.test_client(), DEMO_PASSWORD).status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    wrong = try_password(client, "verkeerd wachtwoord")
    unknown = try_password(client, "verkeerd wachtwoord", "niemand@demo.example")
    assert wrong.status_code == unknown.status_code == 200
    assert "klopt niet" in wrong.get_data(as_text=True)
    assert len(wrong.data) == len(unknown.data) + len("bestuurder") - len("niemand")


@pytest.mark.parametrize("email", ["bestuurder@demo.example", "niemand@demo.example"])
def test_the_tenth_wrong_password_is_not_even_tried(client, email):
    for _ in range(9):
        assert try_password(client, "verkeerd", email).status_code == 200
    answer = try_password(client, DEMO_PASSWORD, email)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Te vaak geprobeerd" in answer.get_data(as_text=True)
    assert not is_inside(client)


def test_one_place_that_tries_one_password_on_many_addresses_is_slowed(app, client):
    answers = [try_password(client, "zomer2026", f"adres{turn}@demo.example").status_code for turn in range(42)]
    assert answers == [200] * 40 + [429] * 2
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    form = {"email": "bestuurder@demo.example", "password": DEMO_PASSWORD, "csrf_token": csrf_token(client)}
    assert client.post("/aanmelden", data=form, environ_overrides=elsewhere).status_code == 302


def test_asking_for_links_is_counted_and_looks_the_same_for_every_address(client):
    path = "/wachtwoord/vergeten"
    for email in ("bestuurder@demo.example", "niemand@demo.example"):
        answers = []
        for _ in range(10):
            form = {"email": email, "csrf_token": csrf_token(client, path)}
            answers.append(client.post(path, data=form).status_code)
        assert answers == [200] * 9 + [429]


@pytest.mark.parametrize("password", ["x" * 10_000, "nul\x00", " "])
def test_a_strange_password_is_only_wrong(client, password):
    assert try_password(client, password).status_code == 200


@pytest.mark.parametrize("email", ["nul\x00@demo.example", "x" * 10_000, "@", "bestuurder@demo.example\r\nBcc: a@b.nl"])
def test_a_strange_address_is_only_wrong(client, email):
    assert try_password(client, DEMO_PASSWORD, email).status_code == 200
    form = {"email": email, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
    assert client.post("/wachtwoord/vergeten", data=form).status_code == 200


def test_remembering_is_not_offered_and_not_done(client):
    form = {"email": "bestuurder@demo.example", "password": DEMO_PASSWORD, "remember": "y"}
    client.post("/aanmelden", data={**form, "csrf_token": csrf_token(client)})
    assert client.get_cookie("remember_token") is None


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_be_chosen_with_one_click(client, role):
    assert is_inside(sign_in(client, role))


def test_nobody_is_invented_where_a_record_is_real(app, client):
    other = app.test_client()
    token = csrf_token(other)
    make_real(app)
    assert other.post("/aanmelden/voorbeeld/administrator", data={"csrf_token": token}).status_code == 404
    assert "voorbeeld" not in other.get("/aanmelden").get_data(as_text=True)


def make_real(app: Flask) -> None:
    """Say of one cooperation that it is not fictional."""
    with app.app_context(), writing() as connection:
        table = TABLES["cooperation"]
        connection.execute(update(table).where(table.c.code == "WOL").values(fictional=False))


def test_signing_in_needs_the_form_of_this_session(client):
    answer = client.post("/aanmelden/voorbeeld/administrator")
    assert answer.status_code == 400
    assert "verlopen" in answer.get_data(as_text=True)


def test_signing_out_ends_the_session_and_needs_a_form(client):
    sign_in(client, "board_member")
    token = csrf_token(client, "/mijn-account")
    assert client.post("/afmelden").status_code == 400
    assert is_inside(client)
    assert client.post("/afmelden", data={"csrf_token": token}).status_code == 302
    assert not is_inside(client)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = try_password(client, DEMO_PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
