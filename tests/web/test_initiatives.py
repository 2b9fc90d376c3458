"""The pages of the initiatives as each reader sees them."""

import pytest

from tests.web.conftest import Reader

LIST, ZORGPLAN = "/initiatieven", "/initiatieven/I14"


def text(reader: Reader, role: str, address: str) -> str:
    """A page as that role sees it."""
    answer = reader(role).get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


def test_zorgplan_meets_six_of_nine_conditions_and_names_the_exceptions(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", ZORGPLAN)
    assert "<strong>6 van 9 behaald.</strong> Niet behaald: voorwaarde 3 en 7. Deels: voorwaarde 8." in page
    assert "ZorgplanSamen 1: verlopen sinds 5 februari 2026." in page
    assert "Zorgplan: 130% van 1 juli 2024 t/m 31 december 2025. 30 van 41 verklaringen." in page
    assert "41 van 49 mandaten." in page


def test_the_use_went_on_239_days_without_a_valid_verdict(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", ZORGPLAN)
    assert "Het oordeel verliep op 4 februari 2026. Het gebruik ging 239 dagen door." in page
    assert "Ook gebruikt door RSV Wolderveen." in page


def test_the_money_of_zorgplan_stands_at_130_percent_in_words(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", ZORGPLAN)
    assert "Van 1 juli 2024 tot en met 31 december 2025 telde de financiering op tot 130%." in page
    before = text(reader, "insurer_region_manager", f"{ZORGPLAN}?peildatum=2024-06-30")
    assert "De financiering telde nooit op tot meer dan 70%." in before


def test_a_changed_target_keeps_the_old_one_with_its_reason(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", ZORGPLAN)
    assert "was 36% op 4-3-2026, gewijzigd op 8-4-2025: Na de eerste evaluatie bijgesteld." in page
    earlier = text(reader, "insurer_region_manager", f"{ZORGPLAN}?peildatum=2025-04-07")
    assert "gewijzigd op 8-4-2025" not in earlier


def test_the_insurer_reads_how_many_declarations_and_no_practice(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", ZORGPLAN)
    assert "<strong>30</strong> van 41" in page
    assert "KRO-0" not in page
    assert "Namen van praktijken zijn alleen zichtbaar voor het samenwerkingsverband." in page


def test_the_administrator_reads_who_has_not_signed_yet(reader: Reader) -> None:
    page = text(reader, "administrator", ZORGPLAN)
    assert "11 ontbreken: " in page
    assert "8 ontbreken: " in page
    assert "Namen van praktijken zijn alleen zichtbaar" not in page


def test_the_compare_date_marks_the_condition_that_changed(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{ZORGPLAN}?vergelijk=2025-12-31")
    assert "Op 31 december 2025: Behaald." in page
    assert "Op 31 december 2025" not in text(reader, "insurer_region_manager", ZORGPLAN)


def test_an_initiative_of_another_insurer_is_judged_by_no_condition(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", "/initiatieven/I13")
    assert "Dit initiatief valt onder Zorg en Zekerheid. De voorwaarden van Menzis gelden niet." in page
    assert "KC-oordeel van SpreekSchrijf 2" in page


def test_an_ended_initiative_says_so_and_keeps_everything(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", "/initiatieven/I10")
    assert "Beëindigd op 31 juli 2024." in page
    assert "Beëindigd op" not in text(reader, "insurer_region_manager", "/initiatieven/I10?peildatum=2024-07-30")


@pytest.mark.parametrize("address", [ZORGPLAN, f"{ZORGPLAN}/voortoets", "/initiatieven/I99", "/initiatieven/HOL"])
def test_a_board_member_finds_no_foreign_and_no_unknown_initiative(reader: Reader, address: str) -> None:
    assert reader("board_member").get(address).status_code == 404


def test_before_it_was_proposed_an_initiative_is_not_there(reader: Reader) -> None:
    assert reader("insurer_region_manager").get(f"{ZORGPLAN}?peildatum=2023-12-08").status_code == 404
    page = text(reader, "insurer_region_manager", f"{ZORGPLAN}?peildatum=2023-12-09")
    assert "Voortoets op 19 februari 2024" in page


def test_the_precheck_judges_what_was_known_then_on_the_planned_start(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{ZORGPLAN}/voortoets?peildatum=2024-02-01")
    assert "Als ‘Zorgplan en ACP’ op 19 februari 2024 start, zijn 3 van de 8 voorwaarden behaald." in page
    assert "Geen afspraken." in page


def test_the_precheck_tries_a_product_on_a_day_ahead(reader: Reader) -> None:
    start = f"{ZORGPLAN}/voortoets?peildatum=2024-02-10&toepassing=P05:1&start="
    assert "ZorgplanSamen 1 positief sinds 5 februari 2024." in text(
        reader, "insurer_region_manager", f"{start}4-2-2026"
    )
    assert "ZorgplanSamen 1: verlopen sinds 5 februari 2026." in text(
        reader, "insurer_region_manager", f"{start}5-2-2026"
    )


def test_the_precheck_takes_no_day_before_the_peildatum(reader: Reader) -> None:
    answer = reader("insurer_region_manager").get(f"{ZORGPLAN}/voortoets?start=1-9-2026")
    assert answer.status_code == 400
    assert "Kies een startdatum op of na 1 oktober 2026." in answer.get_data(as_text=True)
    answer = reader("insurer_region_manager").get(f"{ZORGPLAN}/voortoets?start=31-2-2027")
    assert "Schrijf een bestaande datum" in answer.get_data(as_text=True)


def test_the_list_shows_what_the_reader_may_see(reader: Reader) -> None:
    everything = text(reader, "insurer_region_manager", LIST)
    assert "16 initiatieven" in everything
    own = text(reader, "board_member", LIST)
    assert "2 initiatieven" in own
    assert "Zorgplan en ACP" not in own


COUNTS = {
    "regio=KRO": 2,
    "richting=T1.1": 5,
    "richting=T1": 6,
    "fase=beëindigd": 0,
    "fase=ended": 1,
    "verzekeraar=zorg_en_zekerheid": 1,
    "stand=kc": 7,
    "stand=wat": 0,
    "q=zorgplan": 2,
}


@pytest.mark.parametrize(("asked", "count"), COUNTS.items())
def test_the_list_is_filtered_by_its_address(reader: Reader, asked: str, count: int) -> None:
    page = text(reader, "insurer_region_manager", f"{LIST}?{asked}")
    assert f"{count} initiatie{'f' if count == 1 else 'ven'}<" in page
    if not count:
        assert "Zonder filters zijn het er 16." in page


def test_the_files_hold_the_list_the_measurements_and_the_money(reader: Reader) -> None:
    client = reader("insurer_region_manager")
    listed = client.get(f"{LIST}?formaat=csv&regio=KRO").get_data(as_text=True)
    assert "Filters;regio KRO" in listed
    assert listed.count("RSV Kromwaard") == 2
    measured = client.get(f"{ZORGPLAN}?formaat=csv&tabel=metingen").get_data(as_text=True)
    assert "Ouderen met gedeelde behandelwensen;%;31-8-2026;meting;37;" in measured
    paid = client.get(f"{ZORGPLAN}?formaat=csv&tabel=financiering").get_data(as_text=True)
    assert "zorgplan;Regioprestatie;60;1-7-2024;31-12-2025;52000" in paid


def test_the_pages_cost_few_queries(reader: Reader, statements: list[str]) -> None:
    client = reader("insurer_region_manager")
    for address, most in ((LIST, 15), (ZORGPLAN, 20)):
        client.get(address)
        statements.clear()
        client.get(address)
        assert len(statements) <= most, address


def test_no_initiative_anywhere_says_so(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{LIST}?peildatum=2020-01-01")
    assert "Nog geen initiatieven in uw gebied." in page
