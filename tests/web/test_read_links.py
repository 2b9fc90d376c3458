"""Reading along by a link: what an insurer's reader of that cooperation sees, and nothing else, until it ends."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import make_app
from tests.page_map import PAGES
from tests.people import csrf_token, sign_in
from tests.web.conftest import DEMO_DAY
from tracker import clock
from tracker.access import declared_action
from tracker.domain.policy import READING, Role
from tracker.extensions import db
from tracker.operations.accounts import open_account
from tracker.operations.people import give_role
from tracker.operations.read_links import make_read_link, revoke_read_link
from tracker.queries.people import read_links

CONTENT = re.compile(r"<main.*?</main>", re.DOTALL)
SAVE_FILTER = re.compile(r'<div class="filter-save">.*?</details>\s*</div>', re.DOTALL)
"""Who has no account saves nothing."""
NONCE = re.compile(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"')
KEPT = re.compile(r"rek:\w+:\d+:\d+")
"""Under which name the browser keeps what was typed: of its own person."""


@pytest.fixture(scope="module")
def house(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration, with a reader of Menzis who is limited to HOL."""
    path = tmp_path_factory.mktemp("reading") / "demo.sqlite"
    shutil.copy(demo_template, path)
    app = make_app(f"sqlite:///{path}", demo_today=DEMO_DAY)
    with app.app_context():
        number = open_account(email="a@b.example", name="A. B.", password="lang genoeg zo", language="nl", by="tests")
        days = {"starts_on": date(2020, 1, 1), "ends_on": None}
        give_role(account=number, role=Role.insurer_reader, cooperation="HOL", insurer="menzis", by="tests", **days)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def secret(house: Flask) -> str:
    """The secret of a new link to HOL."""
    with house.app_context():
        return make_read_link(cooperation="HOL", purpose="Voor de raad", maker=1, by="B. Stuurman")


@pytest.fixture
def along(house: Flask, secret: str) -> FlaskClient:
    """Somebody who opened the link."""
    client = house.test_client()
    client.get(f"/meelezen/{secret}")
    return client


@pytest.fixture(scope="module")
def insurers_reader(house: Flask) -> FlaskClient:
    """The reader with an account, signed in with a password."""
    client = house.test_client()
    given = {"email": "a@b.example", "password": "lang genoeg zo", "csrf_token": csrf_token(client)}
    assert client.post("/aanmelden", data=given).status_code == 302
    return client


def seen(client: FlaskClient, path: str) -> tuple[int, str]:
    answer = client.get(path)
    text = answer.get_data(as_text=True)
    found = CONTENT.search(text)
    return answer.status_code, " ".join(
        NONCE.sub("", KEPT.sub("", SAVE_FILTER.sub("", found[0] if found else text))).split()
    )


READ = [page for page in PAGES if not page.path.startswith(("/mijn-account", "/beheer"))]


@pytest.mark.parametrize("page", READ, ids=lambda page: page.endpoint)
def test_who_reads_along_sees_exactly_what_an_insurers_reader_of_the_cooperation_sees(along, insurers_reader, page):
    mine, theirs = seen(along, page.path), seen(insurers_reader, page.path)
    assert mine[0] == theirs[0]
    assert mine[0] in (403, 404) or mine[1] == theirs[1]


def test_a_link_leads_to_its_region_at_once_and_tells_no_other_page_its_secret(house, secret):
    answer = house.test_client().get(f"/meelezen/{secret}")
    assert (answer.status_code, answer.location) == (303, "/samenwerkingsverbanden/HOL")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_page_says_who_gave_the_link_and_until_when_it_works(along):
    text = along.get("/samenwerkingsverbanden/HOL").get_data(as_text=True)
    assert "B. Stuurman gaf deze link." in text
    assert "U leest mee met HOL." in text


@pytest.mark.parametrize(
    "path", ["/samenwerkingsverbanden/KRO", "/samenwerkingsverbanden/NIETS", "/api/v1/cooperations/KRO"]
)
def test_another_region_of_the_same_insurer_is_not_there(along, path):
    assert along.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/mijn-account", "/beheer", "/beheer/mensen", "/samenwerkingsverbanden/HOL/mensen"])
def test_what_needs_an_account_is_refused(along, path):
    assert along.get(path).status_code == 403


def test_nothing_can_be_changed_whatever_is_posted(house, along):
    proof = csrf_token(along)
    changing = [
        rule for rule in house.url_map.iter_rules() if "POST" in rule.methods and declared_action(house, rule.endpoint)
    ]
    assert len(changing) > 10
    for rule in changing:
        names = {name: "HOL" if name == "code" else "1" for name in rule.arguments}
        path = rule.build({**names, **{name: 1 for name in rule.arguments if "int" in str(rule._converters[name])}})
        if path is None:
            continue
        status = along.post(path[1], data={"csrf_token": proof}).status_code
        assert status in (403, 404, 405), f"{path[1]}: {status}"


def test_what_changes_something_never_declares_that_it_only_reads(house):
    reading = {
        rule.endpoint
        for rule in house.url_map.iter_rules()
        if "POST" in rule.methods and declared_action(house, rule.endpoint) in READING
    }
    assert reading == set()


def test_a_link_that_is_revoked_ends_the_reading_at_once(house, along):
    assert along.get("/samenwerkingsverbanden/HOL").status_code == 200
    with house.app_context():
        revoke_read_link(number=read_links("HOL")[0].id, by="P. Leiding")
    answer = along.get("/samenwerkingsverbanden/HOL")
    assert answer.status_code == 302
    closed = along.get(answer.location)
    assert closed.status_code == 410
    assert "Deze link werkt niet meer" in closed.get_data(as_text=True)
    assert along.get("/samenwerkingsverbanden/HOL").location.startswith("/aanmelden")


def test_a_link_ends_after_fourteen_days(house, secret):
    along = house.test_client()
    with time_machine.travel(clock.now() + timedelta(days=13, hours=22)):
        along.get(f"/meelezen/{secret}")
        assert along.get("/samenwerkingsverbanden/HOL").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=14, hours=26)):
        assert along.get("/samenwerkingsverbanden/HOL").status_code == 302
        assert house.test_client().get(f"/meelezen/{secret}").status_code == 410


def test_who_signs_in_afterwards_is_who_signed_in(house, along):
    sign_in(along, "administrator")
    assert along.get("/beheer").status_code == 200
    along.post("/afmelden", data={"csrf_token": csrf_token(along, "/beheer")})
    assert along.get("/samenwerkingsverbanden/HOL").status_code == 302


def test_who_is_signed_in_keeps_the_own_account(house, secret):
    board = sign_in(house.test_client(), "board_member")
    board.get(f"/meelezen/{secret}")
    assert board.get("/samenwerkingsverbanden/HOL/mensen").status_code == 200


def test_a_board_makes_a_link_reads_it_once_and_revokes_it(house):
    board, home = sign_in(house.test_client(), "project_leader"), "/samenwerkingsverbanden/HOL/mensen"
    answer = board.post(f"{home}/meeleeslinks", data={"csrf_token": csrf_token(board, home), "purpose": ""})
    assert answer.status_code == 422
    assert "Schrijf voor wie de link is." in answer.get_data(as_text=True)
    made = {"csrf_token": csrf_token(board, home), "purpose": "Raad van toezicht"}
    assert board.post(f"{home}/meeleeslinks", data=made).status_code == 303
    link = re.search(r'value="http://localhost(/meelezen/[^"]+)"', board.get(home).get_data(as_text=True))[1]
    assert "/meelezen/" not in board.get(home).get_data(as_text=True)
    assert house.test_client().get(link).status_code == 303
    with house.app_context():
        number = read_links("HOL")[0].id
    board.post(f"{home}/meeleeslinks/{number}/intrekken", data={"csrf_token": csrf_token(board, home)})
    assert house.test_client().get(link).status_code == 410
    other = board.post(f"{home}/meeleeslinks/999/intrekken", data={"csrf_token": csrf_token(board, home)})
    assert other.status_code == 404
