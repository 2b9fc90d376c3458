"""What is asked, by whom, from when, with its sources."""

import re

import pytest

from tests.web.conftest import Reader
from tracker.programmes import load_programmes


def text(reader: Reader, address: str) -> str:
    """A page as a board member sees it."""
    answer = reader("board_member").get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


@pytest.mark.parametrize("key", [item.key for item in load_programmes()])
def test_every_programme_has_a_page_with_all_its_rules(reader: Reader, key: str) -> None:
    page = text(reader, f"/programmas/{key}")
    asked = next(item for item in load_programmes() if item.key == key)
    for requirement in asked.requirements:
        assert f'id="{requirement.rule}"' in page
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))


def test_the_list_says_which_edition_counts_on_the_day(reader: Reader) -> None:
    now = reader("board_member").get("/programmas?formaat=csv").get_data(as_text=True)
    assert "Zorg en Zekerheid 2023-2025;Zorg en Zekerheid;1;1-1-2023;31-12-2025;nee" in now
    then = reader("board_member").get("/programmas?formaat=csv&peildatum=2025-12-31").get_data(as_text=True)
    assert "Zorg en Zekerheid 2023-2025;Zorg en Zekerheid;1;1-1-2023;31-12-2025;ja" in then


def test_two_editions_of_one_insurer_are_compared(reader: Reader) -> None:
    page = text(reader, "/programmas/zorg-en-zekerheid-2026#verschillen")
    assert "Verschillen tussen Zorg en Zekerheid 2023-2025 en Zorg en Zekerheid 2026-2028" in page
    assert "digital_any_of" in page
    assert 'id="verschillen"' not in text(reader, "/programmas/menzis-2022")


def test_the_readings_and_switches_of_menzis_are_shown(reader: Reader) -> None:
    page = text(reader, "/programmas/menzis-2022")
    assert "De eigen datum gaat voor." in page
    assert "vision_deadline" in page
    assert "R01, R02 en R08" in page


def test_an_unknown_programme_or_document_is_not_found(reader: Reader) -> None:
    client = reader("board_member")
    assert client.get("/programmas/onbekend").status_code == 404
    assert client.get("/bronnen/ONBEKEND").status_code == 404


def test_every_rule_links_to_its_passage_and_the_passage_is_there(reader: Reader) -> None:
    page = text(reader, "/regels")
    links = set(re.findall(r'href="/bronnen/([^"#]+)#([^"]+)"', page))
    assert len(links) > 30
    for document in {document for document, _place in links}:
        source = text(reader, f"/bronnen/{document}")
        for named, place in links:
            if named == document:
                assert f'id="{place}"' in source


def test_the_rules_are_filtered_by_programme(reader: Reader) -> None:
    assert "4 regels" in text(reader, "/regels?kader=zorg-en-zekerheid-2023")
    assert "Geen resultaten met deze filters." in text(reader, "/regels?kader=onbekend")


def test_a_document_that_is_not_among_the_sources_says_so(reader: Reader) -> None:
    assert "niet beschikbaar" in text(reader, "/bronnen/M-bijlage-5")
