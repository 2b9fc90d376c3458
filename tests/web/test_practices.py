"""Practices: one by one for their own people, in totals for everybody else."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Reader

INSURERS = ("insurer_region_manager", "insurer_reader")


def body(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


def test_a_liaison_sees_the_practices_of_the_region_with_their_steps(reader: Reader) -> None:
    page = body(reader("practice_liaison"), "/praktijken")
    assert "54 praktijken" in page
    assert "Huisartsenpraktijk De Sextant" in page
    assert "HIS-Beta" in page


@pytest.mark.parametrize("role", INSURERS)
def test_an_insurer_sees_totals_and_why_nothing_else(reader: Reader, role: str) -> None:
    page = body(reader(role), "/praktijken")
    assert "U ziet geen gegevens van losse praktijken." in page
    assert "Sextant" not in page
    assert "bijna alle" in page


@pytest.mark.parametrize("role", INSURERS)
def test_an_insurer_is_told_why_a_practice_stays_closed_whether_it_exists_or_not(reader: Reader, role: str) -> None:
    for code in ("HOL-01", "BESTAATNIET"):
        assert "alleen totalen van 5 of meer praktijken" in body(reader(role), f"/praktijken/{code}", 403)


def test_a_small_region_shows_an_insurer_no_numbers(reader: Reader) -> None:
    page = body(reader("insurer_region_manager"), "/samenwerkingsverbanden/ESS/praktijken")
    totals = page[page.index('id="samen"') :]
    for n in (1, 2, 3, 4):
        assert f"{n} van 5" not in totals


def test_a_practice_of_another_region_does_not_exist(reader: Reader) -> None:
    body(reader("board_member"), "/praktijken/WOL-01", 404)
    body(reader("board_member"), "/praktijken/HOL", 404)
    body(reader("board_member"), "/praktijken/NIETS-1", 404)


def test_a_practice_shows_its_steps_services_system_mandate_and_initiatives(reader: Reader) -> None:
    page = body(reader("board_member"), "/praktijken/HOL-01")
    for said in ("nog niet gezet", "27-2-2022", "HIS-Beta", "Mandaat voor Menzis", "Regionaal koppelnetwerk", "2.050"):
        assert said in page


def test_mtvp_stands_on_the_page_of_a_practice_that_takes_part(reader: Reader) -> None:
    client = reader("administrator")
    held = [f"LIN-{number:02}" for number in range(1, 24)]
    assert any("Intervisie" in body(client, f"/praktijken/{code}") for code in held)


def test_the_list_is_searched_and_filtered(reader: Reader) -> None:
    client = reader("practice_liaison")
    assert "1 praktijk<" in body(client, "/praktijken?q=sextant")
    page = body(client, "/praktijken?stand=geen-dienst")
    assert "Huisartsenpraktijk De Sextant" not in page
    assert "Geen resultaten met deze filters." in body(client, "/praktijken?q=bestaatniet")
    assert "Geen resultaten met deze filters." in body(client, "/praktijken?pagina=99")


def test_before_a_region_had_practices_the_page_says_so(reader: Reader) -> None:
    assert "Geen praktijken vastgelegd op deze dag." in body(reader("board_member"), "/praktijken?peildatum=1995-01-01")


def test_adoption_stands_beside_published_figures_with_year_population_and_source(reader: Reader) -> None:
    page = body(reader("board_member"), "/samenwerkingsverbanden/HOL/praktijken")
    for said in ("huisartsenpraktijken (Nivel)", "Nivel, 20-12-2023", "solopraktijken (Nivel)", "volwassenen"):
        assert said in page
    assert "Landelijke cijfers zijn achtergrond, geen norm." in page


def test_the_files_obey_the_same_scope(reader: Reader) -> None:
    own = body(reader("board_member"), "/praktijken?formaat=csv")
    assert "HOL-01" in own
    assert "WOL-01" not in own
    for role in INSURERS:
        file = body(reader(role), "/praktijken?formaat=csv")
        assert "HOL-01" not in file
        assert "RSV Hollerdiep" in file
        body(reader(role), "/praktijken?formaat=csv&tabel=praktijken", 404)
        body(reader(role), "/samenwerkingsverbanden/HOL/praktijken?formaat=csv&tabel=praktijken", 404)


def test_a_liaison_finds_who_lacks_a_step_or_a_mandate(reader: Reader) -> None:
    liaison, admin = reader("practice_liaison"), reader("administrator")
    asked = ((liaison, "zonder-vaardigheden", 54 - 29), (liaison, "zonder-tijd", 54 - 27), (admin, "zonder-mandaat", 9))
    for client, state, number in asked:
        assert f"{number} praktijken" in body(client, f"/praktijken?stand={state}"), state
    page = body(admin, "/waarom/R25/KRO")
    assert page.count("Ontbreekt: mandaat van") == 8
    assert "Ontbreekt: mandaat" not in body(reader("insurer_region_manager"), "/waarom/R25/KRO")


def test_what_practices_lack_is_counted_in_the_region_with_the_way_to_their_names(reader: Reader) -> None:
    liaison = reader("practice_liaison")
    page = body(liaison, "/samenwerkingsverbanden/HOL/praktijken")
    way = "/praktijken?regio=RSV+Hollerdiep&amp;stand=zonder-vaardigheden"
    assert f'href="{way}">Zonder digitale vaardigheden <strong>25</strong>' in page
    assert "25 praktijken" in body(liaison, way.replace("&amp;", "&"))
    assert "stand=" not in body(reader("insurer_region_manager"), "/samenwerkingsverbanden/HOL/praktijken")


def test_the_totals_of_a_region_stand_beside_those_of_the_compare_date(reader: Reader) -> None:
    address = "/samenwerkingsverbanden/HOL/praktijken"
    page = body(reader("practice_liaison"), f"{address}?vergelijk=2023-06-30")
    assert "Op 30-6-2023" in page
    found = re.search(r"T1.1e E-consult</td> ?<td[^>]*>36 van 54</td> ?<td[^>]*>(\d+) van 54<", page)
    assert found
    past = body(reader("practice_liaison"), f"{address}?peildatum=2023-06-30")
    assert re.search(rf"T1.1e E-consult</td> ?<td[^>]*>{found[1]} van 54<", past)
