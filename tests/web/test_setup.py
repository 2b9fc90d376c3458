"""Setting up a region in the browser: the steps say what is there and lead to the form of each."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.conftest import DEMO_TODAY
from tests.people import csrf_token, invent_regions, sign_in
from tests.web.test_answers import forms, page
from tracker.domain.policy import Role
from tracker.operations.accounts import DEMO_PASSWORD, add_account

SETUP = "/samenwerkingsverbanden/HOL/inrichten"


@pytest.fixture
def empty_region(app: Flask) -> Flask:
    """Three regions without any fact."""
    app.config["DEMO_TODAY"] = DEMO_TODAY
    invent_regions(app)
    return app


def test_the_board_of_a_new_region_is_led_to_its_first_step(empty_region: Flask) -> None:
    client = sign_in(empty_region.test_client(), "board_member")
    overview = page(client, "/samenwerkingsverbanden/HOL")
    assert "Deze regio is nieuw" in overview
    assert "Begin met de visie" in overview
    assert SETUP in overview
    assert "Roadmapregels" not in overview, "what is empty is told once"
    found = forms(client, SETUP)
    assert f"/samenwerkingsverbanden/HOL/visie/vastleggen?terug={SETUP}" in found
    for url in found:
        assert client.get(url).status_code == 200, url


def test_each_role_is_shown_the_forms_that_are_its_own(empty_region: Flask) -> None:
    administrator = forms(sign_in(empty_region.test_client(), "administrator"), SETUP)
    assert any("/verzekeraar/vastleggen" in url for url in administrator)
    assert not any("/visie/vastleggen" in url for url in administrator)
    liaison = forms(sign_in(empty_region.test_client(), "practice_liaison"), SETUP)
    assert {url.split("/")[3] for url in liaison} == {"praktijk"}


def test_a_region_with_a_history_is_no_longer_called_new(reader: Any) -> None:
    assert "Deze regio is nieuw" not in page(reader("board_member"), "/samenwerkingsverbanden/HOL")
    shown = page(reader("board_member"), SETUP)
    assert "54 vastgelegd" in shown
    # The post of CIO or CMIO is vacant in this region.
    assert shown.count("dit komt nu") == 1


def test_who_only_reads_sees_no_steps(reader: Any, empty_region: Flask) -> None:
    assert reader("insurer_reader").get(SETUP).status_code == 403
    client = sign_in(empty_region.test_client(), "insurer_reader")
    overview = page(client, "/samenwerkingsverbanden/HOL")
    assert "Deze regio is nieuw" in overview
    assert "vastleggen" not in overview


def test_the_administrator_of_an_empty_house_opens_the_first_region(app: Flask) -> None:
    with app.app_context():
        known = {"email": "b@huis.example", "password": DEMO_PASSWORD}
        add_account(**known, name="B. Heer", role=Role.administrator, by="tests")
    client = app.test_client()
    client.post("/aanmelden", data=known | {"csrf_token": csrf_token(client)})
    assert "/beheer/samenwerkingsverbanden/openen" in page(client, "/portefeuille")
    assert "/beheer/samenwerkingsverbanden/openen" in page(client, "/samenwerkingsverbanden")
