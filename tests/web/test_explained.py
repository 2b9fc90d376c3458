"""Abbreviations of the trade are explained where a page says them first."""

import re
from html import unescape

import pytest

from tracker.web.explained import ABBREVIATIONS

SAYING = (
    "/portefeuille",
    "/samenwerkingsverbanden/HOL",
    "/initiatieven",
    "/initiatieven/I03",
    "/initiatieven/I03/voortoets",
    "/toepassingen",
    "/waarom/R03/HOL",
    "/wijzigingen?vergelijk=2025-12-31",
)
LINK = re.compile(r'<a class="term" href="(/begrippen[^"#]*)#(\w+)">([^<]+)</a>')


def main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize("path", SAYING)
def test_a_page_that_says_an_abbreviation_leads_to_its_meaning_once(read, path):
    found = [(key, unescape(word)) for _, key, word in LINK.findall(main(read(path)))]
    assert found
    assert len(found) == len(set(found))
    assert all(ABBREVIATIONS[word] == key for key, word in found)


def test_the_link_keeps_the_day_and_its_anchor_is_there(read):
    address, key, _ = LINK.search(main(read("/portefeuille?peildatum=2025-12-31"))).groups()
    assert "peildatum=2025-12-31" in address
    assert f'id="{key}"' in read("/begrippen")


def test_every_abbreviation_stands_in_begrippen(read):
    text = read("/begrippen")
    assert [key for key in ABBREVIATIONS.values() if f'id="{key}"' not in text] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("KC-oordeel", ">KC</a>-oordeel"),
        ("CIO of CMIO", ">CIO</a> of "),
        ("O&I-tarief <b>", ">O&amp;I</a>-tarief &lt;b&gt;"),
        ("S30 en SOCIO", "S30 en SOCIO"),
    ],
)
def test_words_are_told_from_parts_of_words_and_text_stays_escaped(demo_app, said, shown):
    with demo_app.test_request_context("/"):
        out = demo_app.jinja_env.from_string("{{ said | explained }}|{{ said | explained }}").render(said=said)
    first, second = out.split("|")
    assert shown in first
    assert "<a" not in second
