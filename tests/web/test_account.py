"""The own account: what a person reads and changes there, and what follows from it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.people import csrf_token, invent_regions, sign_in
from tests.web.test_sign_in import is_inside, try_password
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.models.mail import Mail
from tracker.operations.accounts import DEMO_PASSWORD, end_sessions
from tracker.operations.transaction import writing

HOME = "/mijn-account"
BOARD = "bestuurder@demo.example"


@pytest.fixture
def app(app: Flask) -> Flask:
    """Three invented regions and their people."""
    invent_regions(app)
    return app


@pytest.fixture
def person(app: Flask) -> FlaskClient:
    """The board member, signed in."""
    return sign_in(app.test_client(), "board_member")


def send(client: FlaskClient, path: str, **form: str):
    """Fill in a form of somebody who is signed in, and send it."""
    return client.post(path, data={**form, "csrf_token": csrf_token(client, HOME)})


def stored(app: Flask, email: str = BOARD) -> Account:
    """What the house keeps of a person."""
    with app.app_context():
        return db.session.scalars(select(Account).where(Account.email == email)).one()


def letters(app: Flask) -> list[Mail]:
    """The mail that was written, in order."""
    with app.app_context():
        return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def link_in(letter: Mail) -> str:
    """The path behind the link of a letter."""
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.text or "")
    assert found, letter.text
    return found[1]


def test_a_file_in_the_place_of_a_name_is_no_name(person, app):
    before = stored(app).name
    form = {"name": (BytesIO(b"naam"), "naam.txt"), "language": "nl", "csrf_token": csrf_token(person, HOME)}
    answer = person.post(HOME, data=form)
    assert "Vul uw naam in." in answer.get_data(as_text=True)
    assert stored(app).name == before


def text(answer) -> str:
    """What the page says."""
    return answer.get_data(as_text=True)


def test_a_person_reads_address_and_roles_with_their_days(person):
    page = text(person.get(HOME))
    assert BOARD in page
    assert "HOL" in page
    assert "1 januari 2020" in page
    assert "geen einddatum" in page


def test_a_name_and_a_language_are_kept(app, person):
    assert send(person, HOME, name="  Bea   Stuurman ", language="en").status_code == 303
    page = text(person.get(HOME))
    assert "Your details were saved." in page
    assert 'lang="en"' in page
    assert (stored(app).name, stored(app).language) == ("Bea Stuurman", "en")


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "nul\x00", "regel\nregel\x07"])
def test_a_name_that_will_not_do_is_said_and_not_stored(app, person, name):
    answer = send(person, HOME, name=name, language="nl")
    assert answer.status_code == 200
    assert "Fout:" in text(answer)
    assert stored(app).name == "B. Stuurman"


def test_a_language_that_does_not_exist_is_refused(app, person):
    assert send(person, HOME, name="B", language="xx").status_code == 200
    assert stored(app).language == "nl"


def test_the_language_comes_along_to_another_browser(app, person):
    person.get("/taal/en?terug=/mijn-account")
    other = app.test_client()
    try_password(other, DEMO_PASSWORD)
    assert "My account" in text(other.get(HOME))


def test_the_door_speaks_the_language_that_was_chosen(client):
    client.get("/taal/en")
    assert "Password forgotten?" in text(client.get("/aanmelden"))
    assert "is not right" in text(try_password(client, "verkeerd wachtwoord"))


def test_signing_out_everywhere_ends_every_browser(app, person):
    other = app.test_client()
    try_password(other, DEMO_PASSWORD)
    assert send(person, f"{HOME}/overal-afmelden").status_code == 303
    assert not is_inside(other)
    assert not is_inside(person)


def test_a_copied_cookie_is_dead_after_signing_out(app, person):
    copy = app.test_client()
    copy.set_cookie("regiotracker", person.get_cookie("regiotracker").value)
    assert is_inside(copy)
    send(person, "/afmelden")
    assert not is_inside(copy)


def test_signing_out_here_leaves_the_other_browser_alone(app, person):
    other = app.test_client()
    try_password(other, DEMO_PASSWORD)
    send(person, "/afmelden")
    assert is_inside(other)


def test_a_cookie_from_before_signing_in_does_not_get_in(app, client):
    client.get("/aanmelden")
    before = client.get_cookie("regiotracker").value
    try_password(client, DEMO_PASSWORD)
    planted = app.test_client()
    planted.set_cookie("regiotracker", before)
    assert not is_inside(planted)


def test_ended_sessions_are_outside_at_once(app, person):
    with app.app_context():
        end_sessions(account=1, by="tests")
    assert person.get(HOME).status_code == 302


def test_a_changed_password_ends_the_other_browsers_and_is_written_to_its_owner(app, person):
    other = app.test_client()
    try_password(other, DEMO_PASSWORD)
    new = "vier losse woorden samen"
    form = {"password": DEMO_PASSWORD, "new_password": new, "new_password_confirm": new}
    assert send(person, f"{HOME}/wachtwoord", **form).location == HOME
    assert "Uw wachtwoord is gewijzigd" in text(person.get(HOME))
    assert not is_inside(other)
    assert try_password(app.test_client(), new).status_code == 302
    assert [(item.to, item.template) for item in letters(app)] == [(BOARD, "changed_password")]
    assert stored(app).password_changed_at > datetime.now(UTC) - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("verkeerd", "vier losse woorden", "vier losse woorden", "Dit wachtwoord klopt niet."),
        (DEMO_PASSWORD, "kort", "kort", "ten minste 12 tekens"),
        (DEMO_PASSWORD, "vier losse woorden", "vijf losse woorden", "twee keer hetzelfde"),
        (DEMO_PASSWORD, DEMO_PASSWORD, DEMO_PASSWORD, "Kies een ander wachtwoord"),
        (DEMO_PASSWORD, "x" * 10_000, "x" * 10_000, "ten hoogste 200 tekens"),
        ("", "vier losse woorden", "vier losse woorden", "Vul uw wachtwoord in."),
    ],
)
def test_a_password_that_will_not_do_is_said(app, person, old, new, again, words):
    form = {"password": old, "new_password": new, "new_password_confirm": again}
    answer = send(person, f"{HOME}/wachtwoord", **form)
    assert answer.status_code == 200
    assert words in text(answer)
    assert try_password(app.test_client(), DEMO_PASSWORD).status_code == 302


def test_a_new_address_counts_once_its_link_is_opened(app, person):
    answer = send(person, f"{HOME}/e-mailadres", email="Nieuw@Demo.Example")
    assert "We stuurden een link naar nieuw@demo.example" in text(answer)
    (letter,) = letters(app)
    assert (letter.to, letter.template) == ("nieuw@demo.example", "confirm_address")
    assert stored(app).email == BOARD
    assert app.test_client().get(link_in(letter)).location == "/aanmelden"
    assert not is_inside(person)
    assert try_password(app.test_client(), DEMO_PASSWORD, "nieuw@demo.example").status_code == 302
    warned = letters(app)[-1]
    assert (warned.to, warned.template) == (BOARD, "changed_address")


def test_an_address_in_use_gets_the_same_answer_and_no_mail(app, person):
    answer = send(person, f"{HOME}/e-mailadres", email="beheerder@demo.example")
    assert "We stuurden een link naar beheerder@demo.example" in text(answer)
    assert letters(app) == []


def test_a_link_to_an_address_works_once(app, person):
    send(person, f"{HOME}/e-mailadres", email="nieuw@demo.example")
    link = link_in(letters(app)[0])
    app.test_client().get(link)
    again = app.test_client()
    again.get(link)
    assert stored(app, "nieuw@demo.example").name == "B. Stuurman"
    assert len(letters(app)) == 2


def test_a_forgotten_password_is_chosen_anew_by_a_link(app, client):
    form = {"email": BOARD, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
    answer = client.post("/wachtwoord/vergeten", data=form)
    assert "Dan krijgt u een mail met een link." in text(answer)
    link, new = link_in(letters(app)[0]), "vier losse woorden samen"
    proof = csrf_token(client, link)
    form = {"password": new, "password_confirm": new, "csrf_token": proof}
    assert client.post(link, data=form).location == "/aanmelden"
    assert try_password(app.test_client(), new).status_code == 302
    assert client.get(link).location.startswith("/wachtwoord/vergeten"), "the link works once"
    assert [item.template for item in letters(app)] == ["reset", "changed_password"]


def test_a_link_to_a_new_password_ends_every_session(app, person, client):
    form = {"email": BOARD, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
    client.post("/wachtwoord/vergeten", data=form)
    link, new = link_in(letters(app)[0]), "vier losse woorden samen"
    form = {"password": new, "password_confirm": new, "csrf_token": csrf_token(client, link)}
    client.post(link, data=form)
    assert not is_inside(person)


def test_a_link_to_a_new_password_is_old_after_two_hours(app, client):
    form = {"email": BOARD, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
    client.post("/wachtwoord/vergeten", data=form)
    link = link_in(letters(app)[0])
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2, minutes=1)):
        answer = app.test_client().get(link, follow_redirects=True)
    assert "Deze link is ouder dan" in text(answer)


def test_an_unknown_address_gets_the_same_words_and_no_mail(app):
    pages = []
    for email in (BOARD, "niemand@demo.example"):
        client = app.test_client()
        form = {"email": email, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
        answer = client.post("/wachtwoord/vergeten", data=form)
        pages.append((answer.status_code, text(answer).count("Dan krijgt u een mail met een link.")))
    assert pages == [(200, 1), (200, 1)]
    assert [item.to for item in letters(app)] == [BOARD]


def test_a_closed_account_gets_no_link(app, client):
    with app.app_context(), writing() as connection:
        connection.execute(update(Account).where(Account.email == BOARD).values(active=False))
    form = {"email": BOARD, "csrf_token": csrf_token(client, "/wachtwoord/vergeten")}
    assert "Dan krijgt u een mail" in text(client.post("/wachtwoord/vergeten", data=form))
    assert letters(app) == []


def test_what_is_weighty_asks_who_one_is_after_half_an_hour(app, person):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=45)):
        answer = person.get(f"{HOME}/e-mailadres")
        assert answer.location.startswith("/aanmelden/bevestigen")
        page = person.get(answer.location)
        assert "Bevestig dat u het bent" in text(page)
        wanted = f"{HOME}/e-mailadres"
        proved = send(person, "/aanmelden/bevestigen", password=DEMO_PASSWORD, next=wanted)
        assert proved.location == wanted
        assert person.get(wanted).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        HOME,
        f"{HOME}/wachtwoord",
        f"{HOME}/e-mailadres",
        f"{HOME}/app",
        f"{HOME}/herstelcodes",
        f"{HOME}/passkeys",
        "/aanmelden/bevestigen",
    ],
)
def test_a_stranger_sees_nothing_of_an_account(client, path):
    assert client.get(path).location.startswith("/aanmelden?next=")


def test_what_the_library_has_more_is_refused(person):
    assert person.get("/aanmelden/hulp").status_code == 403


def test_the_library_answers_in_pages_and_hands_out_no_keys(client):
    proof = csrf_token(client)
    sent = {"email": BOARD, "password": DEMO_PASSWORD, "csrf_token": proof}
    answer = client.post("/aanmelden?include_auth_token", json=sent, headers={"X-CSRFToken": proof})
    assert answer.mimetype == "text/html"
    assert "token" not in answer.headers.get("Location", "")
