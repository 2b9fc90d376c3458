"""Search over names: what the reader may see, whatever the accents and capitals."""

import re

import pytest


def links(text: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)">', text[text.index('class="stack"') : text.index("</main>")])


@pytest.mark.parametrize("asked", ["hollerdiep", "HOLLERDIËP", "hol", "  Hollerdiep rsv ", "ho ll er"])
def test_a_region_is_found_by_name_or_code(read, asked):
    assert "/samenwerkingsverbanden/HOL" in links(read(f"/zoeken?q={asked}"))


def test_initiatives_and_products_are_found(read):
    assert "/initiatieven/I14" in links(read("/zoeken?q=zorgplan acp"))
    assert "/toepassingen/P05" in links(read("/zoeken?q=ZorgplanSamen"))


def test_a_practice_is_found_by_its_own_region_alone(read):
    assert "HOL-01" in read("/zoeken?q=sextant", role="practice_liaison")
    text = read("/zoeken?q=sextant")
    assert "HOL-01" not in text
    assert "Niets gevonden." in text
    assert "U ziet geen gegevens van losse praktijken" in text


def test_a_board_member_finds_no_other_region(read):
    assert links(read("/zoeken?q=wolderveen", role="board_member")) == []


def test_a_link_keeps_the_day(read):
    found = links(read("/zoeken?q=hollerdiep&peildatum=2022-07-01"))
    assert found == ["/samenwerkingsverbanden/HOL?peildatum=2022-07-01"]


def test_what_did_not_exist_on_the_day_is_not_found(read):
    assert links(read("/zoeken?q=zorgplan acp&peildatum=2022-07-01")) == []


@pytest.mark.parametrize(
    "asked", ["", "   ", "%00", "x" * 5000, "<script>alert(1)</script>", "' OR 1=1", "%F0%9F%98%80"]
)
def test_any_question_gets_an_answer(read, asked):
    text = read(f"/zoeken?q={asked}")
    assert "<script>alert" not in text
    assert len(text) < 200_000
