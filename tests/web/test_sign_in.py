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


def test_the_tenth_wrong_password_is_not_even_tried(client):
    for _ in range(9):
        try_password(client, "verkeerd")
    assert "Te vaak geprobeerd" in try_password(client, DEMO_PASSWORD).get_data(as_text=True)
    assert not is_inside(client)


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
