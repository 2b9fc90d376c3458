"""The pages that explain: words, figures, accessibility and shortcuts."""

import re

import pytest
from flask.testing import FlaskClient

from tracker.web.explanation_view import explanations, terms


def body(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def board(reader) -> FlaskClient:
    return reader("board_member")


def test_the_glossary_has_ninety_seven_words_each_in_two_languages():
    assert len(terms()) == len({item.key for item in terms()}) == 97
    assert all(item.term.nl and item.term.en and item.meaning.nl and item.meaning.en for item in terms())


def test_a_word_can_be_linked_to_by_its_key(board):
    text = body(board, "/begrippen")
    for key in ("cio", "cmio", "kc", "oi", "s3", "acp"):
        assert f'id="{key}"' in text
    assert "97 begrippen" in text


def test_the_glossary_is_a_file_too(board):
    text = body(board, "/begrippen?formaat=csv")
    assert "Peildatum;" in text
    assert text.count("\r\n") > 97


def test_the_glossary_speaks_english(board):
    board.get("/taal/en")
    assert "The day on which a status is computed." in body(board, "/begrippen")


def test_the_figures_page_explains_every_status_and_what_is_our_own(board):
    text = body(board, "/over-de-cijfers")
    for word in ("Te laat behaald", "Onbekend", "Eigen instelling", "bijna alle", "verklaard"):
        assert word in text
    assert 'id="wie-ziet-wat"' in text


@pytest.mark.parametrize("path", ["/begrippen", "/over-de-cijfers", "/toegankelijkheid", "/sneltoetsen"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_explanation_has_one_heading_and_no_double_id(board, path, language):
    board.get(f"/taal/{language}")
    text = body(board, path)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert text.count("<h1") == 1
    assert len(ids) == len(set(ids))


def test_shortcuts_can_be_switched_off(board):
    text = body(board, "/sneltoetsen")
    assert re.search(r"<input[^>]*data-shortcuts-switch", text)
    assert "<kbd>g</kbd>" in text
    assert 'data-shortcut="?"' in text


def test_every_explanation_is_in_two_languages():
    for page in explanations().values():
        for section in page.sections:
            for words in (section.title, *section.paragraphs, *section.items):
                assert words.nl
                assert words.en
                assert words.nl != words.en
