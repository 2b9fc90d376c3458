"""The grid of mandates, as who keeps the contract meets it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.people import sign_in
from tests.web.test_records import words
from tests.web.test_use_grid import Sent, sent
from tests.written import HEAD, taken_in
from tracker.extensions import db
from tracker.models.journal import LINE
from tracker.operations.accounts import create_demo_accounts
from tracker.queries.journal import position

GRID = "/samenwerkingsverbanden/HOL/mandaten"
REGION = """
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    practices:
      - {code: HOL-01, name: De Wulp, memberships: [{from: 2011-01-01}]}
      - {code: HOL-02, name: De Eik, memberships: [{from: 2011-01-01}]}
      - {code: HOL-03, name: De Oude, memberships: [{from: 2011-01-01, to: 2024-01-01}]}
    contracts:
      - code: C1
        insurer: menzis
        signed_on: 2022-12-20
        starts_on: 2023-01-01
        scopes: [implementation, financing]
        mandates: [{kind: collective, given_on: 2022-12-01}]
"""


def given(number: int) -> str:
    return f"HOL-{number:02}|{CODE}|given_on"


def withdrawn(number: int) -> str:
    return f"HOL-{number:02}|{CODE}|withdrawn_on"


CODE = "HOL-menzis-1"


@pytest.fixture
def board(demo: Any) -> FlaskClient:
    return sign_in(demo.test_client(), "board_member")


def test_mandates_are_withdrawn_and_given_anew_in_one_revision_each_and_n_of_n_is_told(board, demo):
    data = sent(board, GRID)
    with demo.app_context():
        before = position()
        db.session.remove()
    typed = {withdrawn(1): "1-9-2026", withdrawn(2): "1 september 2026", "_reason": "fusie"}
    answer = board.post(GRID, data=data | typed)
    assert answer.status_code == 303
    told = words(board.get(answer.headers["Location"]))
    assert "2 dagen vastgelegd. Huisartsenpraktijk De Sextant, ingetrokken op: leeg → 1-9-2026." in told
    assert "Nu: 52 van 54 mandaten." in told
    with demo.app_context():
        assert position() == before + 1
        assert db.session.scalar(select(func.count()).where(LINE.c.revision_id == before + 1)) == 2
        db.session.remove()
    assert board.post(GRID, data=sent(board, GRID) | {given(1): "15-9-2026"}).status_code == 303
    again = sent(board, GRID)
    assert (again[given(1)], again[withdrawn(1)]) == ("15-9-2026", "")
    assert "Mandaten vastleggen" in words(board.get("/samenwerkingsverbanden/HOL/praktijken"))


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("given_on", "31-2-2022", "Schrijf een bestaande datum"),
        ("given_on", "1-12-2026", "Kies een datum op of vóór vandaag"),
        ("given_on", "", "een mandaat dat er nooit was, haalt u weg bij de overeenkomst zelf"),
        ("withdrawn_on", "1-1-2020", "Huisartsenpraktijk De Sextant, ingetrokken op"),
    ],
)
def test_a_fault_is_told_with_the_practice_and_nothing_is_written(board, demo, name, typed, told):
    with demo.app_context():
        before = position()
        db.session.remove()
    answer = board.post(GRID, data=sent(board, GRID) | {f"HOL-01|{CODE}|{name}": typed, withdrawn(2): "1-9-2026"})
    assert answer.status_code == 422
    assert told in words(answer)
    assert Sent(answer.get_data(as_text=True)).found[withdrawn(2)] == "1-9-2026"
    with demo.app_context():
        assert position() == before
        db.session.remove()


def test_two_people_in_the_grid_never_write_over_each_other(board, demo):
    leader = sign_in(demo.test_client(), "project_leader")
    mine, theirs = sent(board, GRID), sent(leader, GRID)
    assert leader.post(GRID, data=theirs | {withdrawn(1): "1-9-2026"}).status_code == 303
    answer = board.post(GRID, data=mine | {withdrawn(1): "1-8-2026", withdrawn(2): "1-8-2026"})
    assert answer.status_code == 422
    assert "intussen 1-9-2026" in words(answer)
    assert board.post(GRID, data=Sent(answer.get_data(as_text=True)).found).status_code == 303
    assert sent(leader, GRID)[withdrawn(1)] == "1-8-2026"


@pytest.mark.parametrize("role", ["insurer_region_manager", "insurer_reader", "practice_liaison", "administrator"])
def test_who_keeps_no_mandates_sees_no_grid(demo, role):
    client = sign_in(demo.test_client(), role)
    assert client.get(GRID).status_code == 403
    assert client.get(GRID.replace("HOL", "XYZ")).status_code == 404


def test_a_decision_of_the_members_covers_who_gave_none_and_a_practice_that_left_is_not_asked(app: Flask) -> None:
    with app.app_context():
        taken_in(HEAD + REGION)
        create_demo_accounts(by="tests")
    board = sign_in(app.test_client(), "board_member")
    page = words(board.get(GRID))
    assert "2 van 2 mandaten." in page
    assert "Er is een ledenbesluit van 1 december 2022." in page
    assert page.count("telt mee door het ledenbesluit") == 2
    assert "De Oude" not in page
    data = sent(board, GRID) | {"HOL-01|C1|given_on": "1-11-2022", "HOL-03|C1|given_on": "1-11-2022"}
    assert board.post(GRID, data=data).status_code == 303
    assert words(board.get(GRID)).count("telt mee door het ledenbesluit") == 1
