"""The pages of a region as each reader sees them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import invent_regions, sign_in
from tests.web.conftest import DEMO_DAY, Reader

PAGE = "/samenwerkingsverbanden"
TABS = ("", "/initiatieven", "/financiering", "/praktijken", "/evaluaties", "/bewijs", "/geschiedenis")


def body(client: FlaskClient, address: str, status: int = 200) -> str:
    """A page as plain words and tags, without the white space between them."""
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


def text(reader: Reader, role: str, address: str) -> str:
    return body(reader(role), address)


def region(reader: Reader, code: str, rest: str = "", role: str = "insurer_region_manager") -> str:
    return text(reader, role, f"{PAGE}/{code}{rest}")


# --- the list ---


def test_a_region_manager_finds_eight_regions_and_a_board_member_its_own(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", PAGE)
    assert page.count(f'href="{PAGE}/') >= 8
    assert "148.500" in page
    own = text(reader, "board_member", PAGE)
    assert "RSV Hollerdiep" in own
    assert "RSV Wolderveen" not in own


def test_the_list_is_searched_by_name_and_by_code(reader: Reader) -> None:
    for words in ("kromw", "KRO"):
        page = text(reader, "insurer_region_manager", f"{PAGE}?q={words}")
        assert "RSV Kromwaard" in page
        assert "RSV Hollerdiep" not in page
    nothing = text(reader, "insurer_region_manager", f"{PAGE}?q=bestaatniet")
    assert "Geen resultaten met deze filters." in nothing
    assert "Zonder filters zijn het er 8." in nothing


def test_the_list_and_the_page_count_the_same_rules(reader: Reader) -> None:
    assert "<strong>5 van 13</strong>" in text(reader, "insurer_region_manager", f"{PAGE}?q=HOL")
    assert "<strong>5 van 13</strong> behaald · 3 te laat · 1 deels · 4 niet" in region(reader, "HOL")


def test_the_list_can_be_downloaded_with_its_search(reader: Reader) -> None:
    file = text(reader, "insurer_region_manager", f"{PAGE}?q=HOL&formaat=csv")
    assert "zoekwoord ‘HOL’" in file
    assert "HOL;RSV Hollerdiep;54;126300;Menzis;5;13" in file


# --- the overview ---


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("HOL", "105 dagen"),
        ("HOL", "vacant 184 dagen"),
        ("HOL", "vacant 151 dagen"),
        ("HOL", "274 dagen zonder"),
        ("HOL", "79 dagen te laat (zachte datum)"),
        ("HOL", "afwijking afgesproken tot en met 31 oktober 2022"),
        ("HOL", "3 onderdelen kwamen te laat en 2 onderdelen zijn nu niet op orde. Er was 335 dagen geen CIO of CMIO."),
        ("HOL", "Sluit niet aan op de visie"),
        ("HOL", "C. Lauwerszoon"),
        ("NOO", "Begin met de visie en strategie"),
        ("NOO", "1.554 dagen"),
        ("TOL", "Gestopt op"),
        ("WOL", "Geen onderdeel kwam te laat"),
        ("WOL", "Regiobeeld"),
        ("WOL", "Samenwerking met wijkteam"),
        ("KRO", "41 van 49"),
    ],
)
def test_the_story_of_a_region_stands_on_its_page(reader: Reader, code: str, said: str) -> None:
    assert said in region(reader, code)


def test_a_banner_says_what_changed_since_the_last_meeting_and_names_the_ambition_apart(reader: Reader) -> None:
    page = region(reader, "HOL")
    assert "Sinds het gesprek van 8 december 2025 gingen 2 regels achteruit en 0 vooruit." in page
    assert "Ambitie:" in page


def test_a_compare_date_takes_the_place_of_the_last_meeting_and_marks_every_rule(reader: Reader) -> None:
    page = region(reader, "HOL", "?vergelijk=2022-07-01")
    assert "Sinds 1 juli 2022:" in page
    assert "was op 1-7-2022: " in page


def test_on_the_first_of_july_2022_nothing_was_late(reader: Reader) -> None:
    page = region(reader, "HOL", "?peildatum=2022-07-01")
    assert "Geen onderdeel kwam te laat" in page
    assert "105 dagen" not in page
    assert "peildatum=2022-07-01" in page


def test_before_the_first_date_the_page_says_that_nothing_is_due(reader: Reader) -> None:
    page = region(reader, "NOO", "?peildatum=2022-03-01")
    assert "Nog geen afgesproken datum is verstreken; de eerste is 1 juli 2022." in page
    assert "Nog geen initiatieven vastgelegd." in page


def test_conditions_are_counted_as_the_initiative_does(reader: Reader) -> None:
    assert "<strong>5 van 9</strong> behaald" in region(reader, "HOL")
    assert "5 van 9 behaald" in text(reader, "board_member", "/initiatieven/I05")


def test_next_steps_name_the_contract_the_vacancy_and_the_untested_product(reader: Reader) -> None:
    page = region(reader, "HOL")
    steps = page[page.index("Volgende stappen") : page.index("Roadmapregels")]
    assert re.findall(r"<h3>([^<]+)</h3>", steps)[:3] == [
        "Nieuw contract met Menzis sluiten",
        "Functie van CIO of CMIO invullen",
        "BeeldSpreek aanmelden bij het Kenniscentrum, of stoppen",
    ]


def test_a_region_of_two_insurers_names_both(reader: Reader) -> None:
    page = region(reader, "LIN")
    assert "Menzis en Zorg en Zekerheid" in page


# --- the tabs ---


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("code", ["WOL", "ZAN", "HOL", "TOL", "ESS", "NOO", "LIN", "KRO"])
def test_every_tab_of_every_region_answers_on_any_day(reader: Reader, code: str, tab: str) -> None:
    client = reader("insurer_region_manager")
    for day in ("", "?peildatum=2022-07-01", "?peildatum=2010-01-01", "?vergelijk=2024-01-01"):
        page = body(client, f"{PAGE}/{code}{tab}{day}")
        assert page.count("<h1") == 1


@pytest.mark.parametrize("tab", TABS)
def test_strangers_and_unknown_codes_get_nothing(reader: Reader, tab: str) -> None:
    body(reader("board_member"), f"{PAGE}/WOL{tab}", 404)
    body(reader("insurer_region_manager"), f"{PAGE}/NIETS{tab}", 404)


def test_the_care_plan_was_paid_for_130_percent(reader: Reader) -> None:
    page = region(reader, "KRO", "/financiering")
    assert "Van 1 juli 2024 tot en met 31 december 2025 telde de financiering op tot 130%." in page


def test_all_evidence_stands_in_one_list_by_strength(reader: Reader) -> None:
    page = region(reader, "HOL", "/bewijs")
    assert "Verslag ledenvergadering" in page
    assert "19 stukken" in page
    assert "3 stukken" in region(reader, "HOL", "/bewijs?kracht=checked")
    assert "Nog geen bewijs vastgelegd." in region(reader, "HOL", "/bewijs?peildatum=2022-07-01")


def test_the_history_says_who_read_the_file(reader: Reader) -> None:
    page = region(reader, "HOL", "/geschiedenis")
    assert "las records in uit een bestand" in page
    assert "× mandaat" not in page
    assert "54 × mandaat" in region(reader, "HOL", "/geschiedenis", "board_member")


def test_an_insurer_reads_no_name_of_a_practice_on_any_tab(reader: Reader) -> None:
    for tab in TABS:
        for address in (tab, f"{tab}?formaat=csv"):
            page = region(reader, "HOL", address)
            assert "De Sextant" not in page
            assert "HOL-01" not in page


@pytest.mark.parametrize("name", ["roadmap", "initiatieven", "regels", "contacten", "koppelingen", "deelname"])
def test_each_table_of_the_overview_is_a_file(reader: Reader, name: str) -> None:
    file = region(reader, "WOL", f"?formaat=csv&tabel={name}")
    assert "Peildatum;1 oktober 2026" in file


def test_a_region_costs_the_same_number_of_queries_whatever_its_size(reader: Reader, statements: list[str]) -> None:
    client, counted = reader("insurer_region_manager"), {}
    for code in ("ESS", "WOL"):
        body(client, f"{PAGE}/{code}")
        statements.clear()
        body(client, f"{PAGE}/{code}")
        counted[code] = len(statements)
    assert counted["ESS"] == counted["WOL"] <= 20


@pytest.mark.parametrize("role", ["insurer_region_manager", "board_member"])
def test_a_region_without_any_fact_has_helpful_pages(app: Flask, role: str) -> None:
    app.config["DEMO_TODAY"] = DEMO_DAY
    invent_regions(app)
    client = sign_in(app.test_client(), role)
    for tab in TABS:
        page = body(client, f"{PAGE}/HOL{tab}")
        assert page.count("<h1") == 1
    assert "Deze regio is nieuw" in body(client, f"{PAGE}/HOL")
    assert "Geen praktijken vastgelegd." in body(client, f"{PAGE}/HOL/praktijken") or role != "board_member"
    assert "Nog geen bewijs vastgelegd." in body(client, f"{PAGE}/HOL/bewijs")


def test_the_list_says_who_is_still_in_a_pilot(reader: Reader) -> None:
    manager = reader("insurer_region_manager")
    page = body(manager, "/samenwerkingsverbanden?fase=pilot")
    assert re.findall(r'href="/samenwerkingsverbanden/([A-Z]{3})"', page[page.index("<table") :]) == ["NOO", "ZAN"]
    assert 'T4.2 pilot sinds <span class="unbroken">1-5-2024</span>' in page
    heads = re.findall(r'<th scope="col">(T\d [^<]+)<', page)
    assert [head[:2] for head in heads] == ["T1", "T2", "T3", "T4"]
    file = manager.get("/samenwerkingsverbanden?fase=pilot&formaat=csv").get_data(as_text=True)
    assert "richting in fase pilot" in file
    assert "T4 Zorginhoudelijke ondersteuning" in file


def test_a_contract_that_ends_within_half_a_year_says_so(reader: Reader) -> None:
    assert "loopt af over 91 dagen" in region(reader, "WOL", "/financiering")
    assert "loopt af over" not in region(reader, "WOL", "/financiering?peildatum=2026-06-29")


def test_the_versions_of_the_vision_stand_on_the_page_of_the_region(reader: Reader) -> None:
    page = region(reader, "HOL", role="board_member")
    card = page[page.index('id="visies"') :].partition("</section>")[0]
    for words in ("geldt nu", "gedragen op", "sluit aan: "):
        assert words in card


def test_a_long_note_of_the_roadmap_stands_in_two_lines_inside_its_card(reader: Reader) -> None:
    assert ">ondersteuning zonder </tspan>" in region(reader, "TOL")
    assert "<tspan" not in region(reader, "HOL")


def test_a_visit_is_prepared_from_the_head_of_the_region(reader: Reader) -> None:
    manager = reader("insurer_region_manager")
    page = region(reader, "KRO")
    assert '<strong>5</strong> <a href="/acties?regio=KRO">open acties</a>, 4 te laat' in page
    listed = body(manager, "/acties?regio=KRO")
    assert "5 acties" in listed
    assert "Te laat <strong>4</strong>" in listed


def test_the_deviations_of_a_region_stand_together_and_only_where_there_are_any(reader: Reader) -> None:
    page = region(reader, "HOL")
    card = page[page.index('id="afwijkingen"') :]
    for said in ("Regionale visie en strategie op tijd vastgesteld", "31-10-2022", "C. Lauwerszoon", "fusie van twee"):
        assert said in card[: card.index("</section>")]
    assert 'id="afwijkingen"' not in region(reader, "KRO")
    assert 'id="afwijkingen"' not in region(reader, "HOL", "?peildatum=2022-06-27")


def test_the_evidence_that_is_missing_is_counted_above_what_is_there(reader: Reader) -> None:
    page = body(reader("board_member"), "/samenwerkingsverbanden/HOL/bewijs")
    found = re.search(r'<a href="#zonder-bewijs">(\d+) feiten nog zonder bewijs</a>', page)
    assert found
    facts = re.findall(r'<th scope="row">(.*?)</th>', page[page.index('id="zonder-bewijs"') :])
    counted = [re.search(r": (\d+) feiten", fact) for fact in facts]
    assert int(found[1]) == sum(int(many[1]) if many else 1 for many in counted) > len(facts)


def test_the_list_says_how_many_rules_were_met_on_the_compare_date(reader: Reader) -> None:
    manager = reader("insurer_region_manager")
    page = body(manager, "/samenwerkingsverbanden?vergelijk=2025-12-31")
    assert re.findall(r"was (\d+) op", page) == ["7"], "Hollerdiep alone lost two"
    assert not re.findall(r"was \d+ op", body(manager, "/samenwerkingsverbanden"))
