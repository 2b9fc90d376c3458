"""Waarom? as a page of its own: the rule, the facts, the calculation, the source, what is missing, what was agreed."""

import pytest


def test_a_reason_gives_rule_facts_calculation_and_source(read):
    text = read("/waarom/R01/HOL")
    assert "Te laat behaald" in text
    assert "105 dagen" in text
    assert "uiterlijk op 1 juli 2022 een regionale visie en strategie" in text
    assert "Visie (versie 1)" in text
    assert "vastgesteld op 14 oktober 2022" in text
    assert "Datum waarop het moest: 1 juli 2022." in text
    assert "heeft per 1 juli 2022 een gedragen regionale visie en strategie" in text
    assert "regel 232-234" in text
    assert "vastgelegd door" in text


def test_an_agreed_deviation_stands_beside_the_status(read):
    text = read("/waarom/vision_on_time/HOL")
    assert "Te laat behaald" in text
    assert "Gold van 28 juni 2022 tot en met 31 oktober 2022" in text
    assert "De status verandert hierdoor niet." in text
    assert "Geen afwijking afgesproken" in read("/waarom/R01/WOL")


def test_on_an_earlier_day_the_reason_is_that_of_then(read):
    text = read("/waarom/R01/HOL?peildatum=2022-06-30")
    assert "Nog niet aan de orde" in text
    assert "14 oktober 2022" not in text


def test_a_reason_says_what_is_missing(read):
    assert "Ontbreekt: geen vastgestelde visie" in read("/waarom/R01/NOO")
    assert "Ontbreekt: goede regionale ondersteuning" in read("/waarom/R28/TOL/ronde/2")


def test_a_soft_date_and_our_own_reading_are_named(read):
    text = read("/waarom/R06/HOL")
    assert "Zachte datum: 31 december 2022." in text
    assert "Eigen instelling" in text


def test_the_reason_of_an_initiative_names_it(read):
    text = read("/waarom/R15/I14")
    assert "Zorgplan en ACP" in text
    assert "verlopen sinds 5 februari 2026" in text


def test_the_reason_of_a_claim_has_a_page(read):
    assert "minder dan de 100.000 die nodig zijn" in read("/waarom/R37/ZAN/aanvraag/OI6")


def test_an_insurer_sees_numbers_and_no_practice(read):
    text = read("/waarom/R25/KRO")
    assert "41 van 49 mandaten" in text
    assert "KRO-0" not in text
    read("/waarom/R11/HOL-01", status=404)
    assert "Nog geen stap gezet" in read("/waarom/R11/HOL-01", role="board_member")


@pytest.mark.parametrize(
    "path",
    [
        "R01/ZZZ",
        "R99/HOL",
        "R01/I14",
        "R28/TOL/ronde/99",
        "R28/TOL/ronde/99999999999999999999",
        "R37/ZAN/aanvraag/nee",
        "%00/HOL",
        "R01/%F0%9F%98%80",
    ],
)
def test_what_does_not_exist_is_not_found(read, path):
    read(f"/waarom/{path}", status=404)


def test_a_board_member_sees_no_other_region(read):
    read("/waarom/R01/WOL", role="board_member", status=404)
    read("/waarom/R15/I14", role="board_member", status=404)


def test_the_day_and_language_keep_the_address_of_the_subject(read):
    text = read("/waarom/R15/I14?vergelijk=2025-12-31")
    assert "/waarom/R15/I14?vergelijk=2025-12-31&amp;peildatum=" in text or "/waarom/R15/I14?" in text
    assert 'action="/waarom/R15/I14"' in text
