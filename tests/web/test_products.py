"""The register of products as each reader sees it."""

import re

from tests.web.conftest import Reader

PAGE = "/toepassingen"


def text(reader: Reader, role: str, address: str = PAGE) -> str:
    """A page as that role sees it."""
    answer = reader(role).get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


def test_six_products_run_without_a_valid_verdict_and_touch_seven_initiatives(reader: Reader) -> None:
    page = re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", text(reader, "insurer_region_manager"))
    assert "6 toepassingen zijn in gebruik zonder geldig KC-oordeel;" in page
    assert "dat raakt 7 initiatieven in 6 regio’s." in page
    assert (
        "ZorgplanSamen 1: verlopen sinds 5 februari 2026; dat raakt RSV Wolderveen en RSV Kromwaard tegelijk." in page
    )


def test_the_day_before_the_lapse_zorgplansamen_is_positive(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{PAGE}/P05?peildatum=2026-02-04")
    assert "Het oordeel is positief sinds 5 februari 2024 en geldt tot en met 4 februari 2026." in page
    assert "Loopt het oordeel af op 4 februari 2026, dan raakt dat RSV Wolderveen en RSV Kromwaard." in page


def test_a_positive_verdict_says_until_when_it_holds(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{PAGE}?peildatum=2026-02-04")
    assert 'geldig t/m <span class="unbroken">4-2-2026</span>' in page
    assert page.count("zonder einddatum") == 5


def test_before_2023_no_verdict_is_asked(reader: Reader) -> None:
    assert "Actie nodig: in gebruik" not in text(reader, "insurer_region_manager", f"{PAGE}?peildatum=2022-12-31")


def test_a_board_member_sees_how_many_other_regions_use_a_product_and_not_which(reader: Reader) -> None:
    page = text(reader, "board_member", f"{PAGE}/P01")
    assert "3 regio’s" in page
    for name in ("Wolderveen", "Tolvenaar", "Noorderwold"):
        assert name not in page
    assert "Beeldspreekuur" in text(reader, "board_member", f"{PAGE}/P03")


def test_a_board_member_does_not_find_a_product_by_the_name_of_a_foreign_region(reader: Reader) -> None:
    assert "Geen resultaten met deze filters." in text(reader, "board_member", f"{PAGE}?q=Wolderveen")
    assert "PortaalPlus" in text(reader, "insurer_region_manager", f"{PAGE}?q=Wolderveen")


def test_a_product_without_a_verdict_tells_how_to_ask_for_one(reader: Reader) -> None:
    page = text(reader, "board_member", f"{PAGE}/P03")
    assert "kcdigitalezorg@zn.nl" in page
    assert "https://www.zn.nl/digitalezorg" in page
    assert "Intakeformulier Digitale Zorg" in page
    assert "kcdigitalezorg@zn.nl" not in text(reader, "board_member", f"{PAGE}/P02")


def test_the_compare_date_says_what_the_state_was(reader: Reader) -> None:
    assert "op 31-12-2025: positief" in text(reader, "insurer_region_manager", f"{PAGE}?vergelijk=2025-12-31")


def test_the_filter_counts_and_keeps_what_it_says(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{PAGE}?stand=geldig")
    assert "PortaalPlus" in page
    assert "BeeldSpreek" not in page
    assert "Verloopt binnen 90 dagen <strong>1</strong>" in text(
        reader, "insurer_region_manager", f"{PAGE}?peildatum=2025-12-31"
    )


def test_an_unknown_product_is_not_found(reader: Reader) -> None:
    assert reader("insurer_region_manager").get(f"{PAGE}/P99").status_code == 404


def test_the_file_holds_the_same_rows_and_no_foreign_names(reader: Reader) -> None:
    answer = reader("board_member").get(f"{PAGE}?formaat=csv")
    body = answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"
    assert "Peildatum;1 oktober 2026" in body
    assert "PortaalPlus;3;platform" in body
    assert "Wolderveen" not in body


def test_the_register_costs_the_same_queries_warm_and_few(reader: Reader, statements: list[str]) -> None:
    client = reader("insurer_region_manager")
    client.get(PAGE)
    statements.clear()
    client.get(PAGE)
    assert len(statements) <= 15


def test_a_product_says_what_its_verdict_was_on_the_other_day(read):
    assert "op 30-6-2025: positief" in read("/toepassingen/P05?vergelijk=2025-06-30")
    assert "op 30-6-2026" not in read("/toepassingen/P05?vergelijk=2026-06-30")
