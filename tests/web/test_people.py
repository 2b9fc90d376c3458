"""People in the browser: the administrator lets anybody in, a board its own people, an invited comes in."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import make_app
from tests.mailbox import free_port, mail_server_on, server_at
from tests.people import csrf_token, invent_regions, sign_in
from tracker import clock
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.queries.people import invitations, people, tokens

PASSWORD = "een lang wachtwoord voor mij"
LINK = re.compile(r"https://voorbeeld\.example(/uitnodiging/\S+)")
SEEN_TOKEN = re.compile(r'value="(rt_[^"]+)"')


@pytest.fixture
def port() -> int:
    """A port for the mail server."""
    return free_port()


@pytest.fixture
def app(database_url: str, port: int):
    """Three invented regions, and a mail server that may be away."""
    app = make_app(database_url, mail_server=server_at(port), public_url="https://voorbeeld.example")
    invent_regions(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def post(client: FlaskClient, path: str, page: str, **data: object):
    """Post a form as a browser does; `page` is where its proof stands."""
    with client.post(path, data={"csrf_token": csrf_token(client, page), **data}) as answer:
        answer.get_data()
        return answer


def number_of(app: Flask, name: str) -> int:
    with app.app_context():
        return next(person.number for person in people() if person.name == name)


def grant_of(app: Flask, name: str) -> int:
    with app.app_context():
        return next(person.roles[0].number for person in people() if person.name == name)


def offer(**changes: str) -> dict[str, str]:
    return {
        "name": "N. Ieuw",
        "email": "nieuw@voorbeeld.example",
        "language": "nl",
        "role": "practice_liaison",
        "starts_on": "1 juli 2026",
        "ends_on": "",
        **changes,
    }


def test_a_board_invites_and_the_invited_comes_in_with_name_and_password_once(app, port):
    board, page = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen/uitnodigen"
    with mail_server_on(port) as box:
        answer = post(board, page, page, **offer())
    assert answer.status_code == 303
    assert "Uitnodiging verstuurd naar nieuw@voorbeeld.example." in board.get(answer.location).get_data(as_text=True)
    assert box.taken[0]["Subject"] == "B. Stuurman nodigt u uit voor Regiotracker"
    path = LINK.search(box.text())[1]
    invited = app.test_client()
    form = invited.get(path)
    assert form.headers["Referrer-Policy"] == "no-referrer"
    assert "Praktijkadviseur (RSV HOL)" in form.get_data(as_text=True)
    answer = post(invited, path, path, name="Nieuwe Naam", password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 303
    assert invited.get("/samenwerkingsverbanden/HOL").status_code == 200
    assert invited.get("/samenwerkingsverbanden/KRO").status_code == 404
    assert app.test_client().get(path).status_code == 410


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"again": "iets anders dan dat"}, "Vul twee keer hetzelfde wachtwoord in."),
        ({"password": "kort", "again": "kort"}, "ten minste 12 tekens"),
        ({"password": "x" * 201, "again": "x" * 201}, "ten hoogste 200 tekens"),
        ({"name": " "}, "Vul uw naam in."),
        ({"name": "a\x00b"}, "teken dat niet te zien is"),
    ],
)
def test_an_invited_reads_what_to_do_and_the_link_still_works(app, port, changes, told):
    board, page = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen/uitnodigen"
    with mail_server_on(port) as box:
        post(board, page, page, **offer())
    path = LINK.search(box.text())[1]
    invited = app.test_client()
    typed = {"name": "Nieuwe Naam", "password": PASSWORD, "again": PASSWORD, **changes}
    answer = post(invited, path, path, **typed)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert app.test_client().get(path).status_code == 200


def test_an_invitation_is_over_after_fourteen_days(app, port):
    board, page = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen/uitnodigen"
    with mail_server_on(port) as box:
        post(board, page, page, **offer())
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert app.test_client().get(LINK.search(box.text())[1]).status_code == 410


def test_a_page_answers_at_once_while_the_mail_server_is_away_and_the_log_shows_that_mail_waits(app):
    admin, page = sign_in(app.test_client(), "administrator"), "/beheer/mensen/uitnodigen"
    answer = post(admin, page, page, **offer(role="insurer_reader", insurer="menzis"))
    assert answer.status_code == 303
    log = admin.get("/beheer/mail").get_data(as_text=True)
    assert "1 mail wacht op verzending." in log
    assert "Er gaat nu geen mail weg." in log
    assert "wacht: er luistert geen mailserver op SMTP_HOST en SMTP_PORT (ConnectionRefusedError)" in log


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"email": "geen adres"}, "Schrijf een e-mailadres"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "Schrijf een e-mailadres"),
        ({"name": ""}, "Vul de naam in."),
        ({"starts_on": "31-2-2026"}, "Schrijf een bestaande datum"),
        ({"ends_on": "1-1-2020"}, "Kies een laatste dag"),
        ({"role": "administrator"}, "Kies een antwoord bij ‘Rol’."),
        ({"role": "insurer_reader"}, "Kies een antwoord bij ‘Rol’."),
        ({"language": "de"}, "Kies een antwoord bij ‘Taal van de mail’."),
    ],
)
def test_a_board_reads_what_is_wrong_with_an_invitation_and_keeps_what_it_typed(app, changes, told):
    board, page = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen/uitnodigen"
    answer = post(board, page, page, **offer(**changes), cooperation="KRO", insurer="menzis")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Fout:" in text
    assert told in text
    assert 'value="1 juli 2026"' in text or "starts_on" in changes
    with app.app_context():
        assert invitations() == []


def test_a_board_gives_no_role_elsewhere_by_a_field_the_form_does_not_show(app, port):
    board, page = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen/uitnodigen"
    post(board, page, page, **offer(), cooperation="KRO", insurer="menzis")
    with app.app_context():
        found = invitations()[0]
    assert (found.cooperation, found.insurer) == ("HOL", None)


def test_a_board_ends_no_role_of_another_cooperation_and_no_role_of_an_insurer(app):
    board, home = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen"
    for name in ("R. Manager", "B. Heerder"):
        path = f"{home}/rollen/{grant_of(app, name)}/beeindigen"
        assert post(board, path, home).status_code == 404
    foreign = "/samenwerkingsverbanden/KRO/mensen/rollen/1/beeindigen"
    assert post(board, foreign, home).status_code == 404


def test_a_role_that_a_board_ends_closes_the_door_at_once(app):
    board, home = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen"
    liaison = sign_in(app.test_client(), "practice_liaison")
    assert liaison.get("/samenwerkingsverbanden/HOL").status_code == 200
    answer = post(board, f"{home}/rollen/{grant_of(app, 'P. Raktijk')}/beeindigen", home)
    assert "De rol is beëindigd." in board.get(answer.location).get_data(as_text=True)
    assert liaison.get("/samenwerkingsverbanden/HOL").status_code == 302


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_only_who_may_manage_people_opens_their_pages(app, role):
    client = sign_in(app.test_client(), role)
    own = client.get("/samenwerkingsverbanden/HOL/mensen").status_code
    assert own == (200 if role in ("board_member", "project_leader", "administrator") else 403)
    foreign = client.get("/samenwerkingsverbanden/WOL/mensen").status_code
    assert foreign == (200 if role == "administrator" else 404)
    for page in ("mensen", "mensen/1", "mensen/uitnodigen", "uitnodigingen", "tokens", "aanmeldpogingen", "mail"):
        assert client.get(f"/beheer/{page}").status_code == (200 if role == "administrator" else 403), page


def test_an_administrator_gives_shortens_and_ends_a_role_and_reads_what_happened(app):
    admin = sign_in(app.test_client(), "administrator")
    person = f"/beheer/mensen/{number_of(app, 'B. Stuurman')}"
    today = clock.real_today()
    given = {"role": "project_leader", "cooperation": "KRO", "starts_on": today.isoformat(), "ends_on": ""}
    assert post(admin, f"{person}/rollen", person, **given).status_code == 303
    with app.app_context():
        grant = people([number_of(app, "B. Stuurman")])[0].roles[-1].number
    last = (today + timedelta(days=30)).strftime("%d-%m-%Y")
    assert post(admin, f"{person}/rollen/{grant}/inkorten", person, ends_on=last).status_code == 303
    assert "De rol eindigt na" in admin.get(person).get_data(as_text=True)
    post(admin, f"{person}/rollen/{grant}/inkorten", person, ends_on="31-2-2026")
    assert "Schrijf een bestaande datum" in admin.get(person).get_data(as_text=True)
    post(admin, f"{person}/rollen/{grant}/beeindigen", person)
    text = admin.get(person).get_data(as_text=True)
    for told in ("Rol gegeven", "Laatste dag van een rol vervroegd", "Rol direct beëindigd", "door B. Heerder"):
        assert told in text


def test_the_last_administrator_reads_why_the_account_stays_open(app):
    admin = sign_in(app.test_client(), "administrator")
    person = f"/beheer/mensen/{number_of(app, 'B. Heerder')}"
    post(admin, f"{person}/sluiten", person)
    assert "Dit is de laatste beheerder." in admin.get(person).get_data(as_text=True)


def test_an_account_that_is_closed_is_out_at_once_and_comes_back_when_it_is_reopened(app):
    admin, board = sign_in(app.test_client(), "administrator"), sign_in(app.test_client(), "board_member")
    person = f"/beheer/mensen/{number_of(app, 'B. Stuurman')}"
    post(admin, f"{person}/sluiten", person)
    assert board.get("/samenwerkingsverbanden/HOL").status_code == 302
    post(admin, f"{person}/heropenen", person)
    assert sign_in(app.test_client(), "board_member").get("/samenwerkingsverbanden/HOL").status_code == 200


def test_the_list_of_people_is_filtered_by_region_role_and_account(app):
    admin = sign_in(app.test_client(), "administrator")
    every = admin.get("/beheer/mensen").get_data(as_text=True)
    assert "7 mensen" in every
    assert "B. Stuurman" in admin.get("/beheer/mensen?rol=board_member&regio=HOL").get_data(as_text=True)
    assert "Geen resultaten" in admin.get("/beheer/mensen?rol=board_member&regio=KRO").get_data(as_text=True)
    assert "Geen resultaten" in admin.get("/beheer/mensen?account=gesloten").get_data(as_text=True)
    assert "7 mensen" in admin.get("/beheer/mensen?rol=raar&regio=X&account=y").get_data(as_text=True)


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(app):
    admin = sign_in(app.test_client(), "administrator")
    typed = {"email": "bestuurder@demo.example", "cooperations": ["HOL"]}
    assert post(admin, "/beheer/tokens", "/beheer/tokens", **typed).status_code == 303
    token = SEEN_TOKEN.search(admin.get("/beheer/tokens").get_data(as_text=True))[1]
    assert token not in admin.get("/beheer/tokens").get_data(as_text=True)
    header = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/cooperations", headers=header).status_code == 200
    with app.app_context():
        number = tokens()[0].number
    post(admin, f"/beheer/tokens/{number}/intrekken", "/beheer/tokens")
    assert app.test_client().get("/api/v1/cooperations", headers=header).status_code == 401


def test_without_a_mail_server_the_link_is_shown_once_to_who_invites(database_url):
    app = make_app(database_url)
    invent_regions(app)
    board, home = sign_in(app.test_client(), "board_member"), "/samenwerkingsverbanden/HOL/mensen"
    post(board, f"{home}/uitnodigen", f"{home}/uitnodigen", **offer())
    link = re.search(r'value="(http://localhost/uitnodiging/[^"]+)"', board.get(home).get_data(as_text=True))[1]
    assert app.test_client().get(link.removeprefix("http://localhost")).status_code == 200
    assert "/uitnodiging/" not in board.get(home).get_data(as_text=True)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_tries_to_come_in_name_an_account_where_there_is_one_and_no_address_where_there_is_none(app):
    for email in ("bestuurder@demo.example", "niemand@geheim.example"):
        stranger = app.test_client()
        post(stranger, "/aanmelden", "/aanmelden", email=email, password="fout wachtwoord")
    text = sign_in(app.test_client(), "administrator").get("/beheer/aanmeldpogingen").get_data(as_text=True)
    assert "B. Stuurman" in text
    assert "onbekend adres" in text
    assert "geheim.example" not in text
