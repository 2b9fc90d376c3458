"""A workbook of practices goes in through the browser: shown first, cell by cell, and then exactly that."""

import io

import openpyxl
import pytest

from tests.exchange.test_practice_sheet import BOMBS, DAY, filled
from tests.people import sign_in
from tests.web.test_administration import house, journal, name_of, post, send, shown_position, stored  # noqa: F401

PATH = "/samenwerkingsverbanden/HOL/praktijken/importeren"
ROW = ["HOL-90", "De <b>Wulp</b>", "Holle", DAY, "his-alfa", None, 2100, DAY]


@pytest.fixture
def adviser(house):  # noqa: F811
    return sign_in(house.test_client(), "practice_liaison")


def test_the_empty_sheet_is_a_workbook_that_opens(adviser):
    answer = adviser.get(f"{PATH}?formaat=xlsx")
    assert 'filename="regiotracker-praktijken-HOL.xlsx"' in answer.headers["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames == ["Praktijken", "Uitleg"]


@pytest.mark.parametrize("role", ["practice_liaison", "project_leader", "board_member"])
def test_who_writes_practices_takes_them_in(house, role):  # noqa: F811
    person = sign_in(house.test_client(), role)
    before, sent = journal(house), send(person, filled(ROW), PATH)
    text = person.get(sent.location).get_data(as_text=True)
    assert "Er is nog niets opgeslagen." in text
    assert journal(house) == before
    form = {"bestand": name_of(sent), "stand": shown_position(text), "reason": "Nieuwe praktijk"}
    answer, _ = post(person, f"{PATH}/opnemen", form)
    assert (answer.status_code, answer.location) == (303, "/samenwerkingsverbanden/HOL/praktijken")
    assert "De praktijken zijn opgenomen: 4 nieuw, 0 gewijzigd." in person.get(answer.location).get_data(as_text=True)
    assert any(item.code == "HOL-90" for item in stored(house, "HOL").practices)


@pytest.mark.parametrize("role", ["insurer_region_manager", "insurer_reader", "evaluation_chair", "administrator"])
def test_nobody_else_does(house, role):  # noqa: F811
    person = sign_in(house.test_client(), role)
    assert person.get(PATH).status_code == 403
    assert send(person, filled(ROW), PATH).status_code == 403
    assert post(person, f"{PATH}/opnemen", bestand="a" * 64)[0].status_code == 403


def test_another_region_is_not_there(adviser):
    assert send(adviser, filled(ROW), PATH.replace("HOL", "WOL")).status_code == 404


def test_a_fault_is_named_by_sheet_and_cell_and_stops_everything(adviser, house):  # noqa: F811
    before, sent = journal(house), send(adviser, filled(ROW, ["HOL-91", "Naam", None, "30-2-2026"]), PATH)
    text = adviser.get(sent.location).get_data(as_text=True)
    assert "Blad Praktijken, cel D3" in text
    assert text.count("cel D3") == 1
    assert 'name="stand"' not in text
    post(adviser, f"{PATH}/opnemen", bestand=name_of(sent), stand=str(before), reason="Toch")
    assert journal(house) == before


def test_what_somebody_wrote_since_is_shown_again_first(adviser, house):  # noqa: F811
    first, second = send(adviser, filled(ROW), PATH), sign_in(house.test_client(), "board_member")
    seen = shown_position(adviser.get(first.location).get_data(as_text=True))
    other = send(second, filled(["HOL-01", "Nieuwe naam"]), PATH)
    form = {"bestand": name_of(other), "stand": seen, "reason": "Naam"}
    assert post(second, f"{PATH}/opnemen", form)[0].status_code == 303
    answer, text = post(adviser, f"{PATH}/opnemen", bestand=name_of(first), stand=seen, reason="Nieuw")
    assert answer.status_code == 409
    assert "Intussen heeft iemand iets vastgelegd." in text


@pytest.mark.parametrize("name", ["one part of 500 MB", "a cell in the far corner", "entities", "half a zip"])
def test_a_workbook_that_would_explode_is_refused_with_words(adviser, name):
    answer = send(adviser, BOMBS[name](), PATH)
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.get_data(as_text=True)


def test_a_name_in_a_sheet_is_shown_as_text(adviser):
    sent = send(adviser, filled(["HOL-01", "<script>alert(1)</script>"]), PATH)
    text = adviser.get(sent.location).get_data(as_text=True)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_way_to_it_stands_on_the_tab_of_who_keeps_practices(read):
    tab = "/samenwerkingsverbanden/HOL/praktijken"
    assert PATH in read(tab, "practice_liaison")
    assert PATH not in read(f"{tab}?peildatum=2025-01-01", "practice_liaison")
    assert PATH not in read(tab, "insurer_reader")
