"""A form in a browser: rows come and go, what would change shows beside it, and nothing typed is lost unasked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import axe_findings, width_of

LISTS = "/samenwerkingsverbanden/HOL/gegevens"


@pytest.fixture
def board(come_in) -> Iterator[Page]:
    page = come_in("board_member")
    yield page
    # Who leaves a form that was touched is asked; a test leaves without a word.
    page.once("dialog", lambda dialog: dialog.accept())


def stored(page: Page, kind: str) -> str:
    """The address of the form that corrects the first record of a kind."""
    page.goto(LISTS)
    found = page.locator(f"a[href*='/{kind}/'][href*='corrigeren']").first.get_attribute("href")
    assert found
    return found


def test_a_row_comes_with_the_focus_and_goes_again(board):
    board.goto("/samenwerkingsverbanden/HOL/contract/vastleggen")
    board.get_by_role("button", name="Mandaat toevoegen").click()
    board.get_by_role("button", name="Mandaat toevoegen").click()
    expect(board.locator("[name='mandates-1-kind']").first).to_be_focused()
    expect(board.locator("#rij-mandates-1 > legend")).to_have_text("Mandaat 2")
    board.locator("#rij-mandates-0").get_by_role("button", name=re.compile("Rij weghalen")).click()
    expect(board.locator("[name='mandates-0-kind']")).to_have_count(0)
    board.get_by_role("button", name="Mandaat toevoegen").click()
    expect(board.locator("[name='mandates-2-given_on']")).to_have_count(1)


@pytest.mark.parametrize("kind", ["contract", "ronde"])
def test_a_row_comes_inside_a_stored_row_and_inside_a_new_one(board, kind):
    board.goto(stored(board, kind))
    name = {"contract": "mandates", "ronde": "scores"}[kind]
    row = board.locator(f"#rij-{name}-2")
    for summary in row.locator("summary").all():
        summary.click()
    row.get_by_role("button", name="Bewijsstuk toevoegen").click()
    expect(row.locator(f"[name^='{name}-2-evidence-']:focus")).to_have_count(1)
    if kind == "contract":
        board.get_by_role("button", name="Mandaat toevoegen").click()
        new = board.locator("fieldset[id^='rij-mandates-']").last
        new.locator("summary").last.click()
        new.get_by_role("button", name="Bewijsstuk toevoegen").click()
        expect(new.locator("[name*='-evidence-0-']:focus")).to_have_count(1)
    assert board.locator("form#formulier [name*='__']").count() == 0


def test_what_would_change_shows_before_it_is_saved(board):
    board.goto("/samenwerkingsverbanden/HOL/ict-rol/vastleggen")
    card = board.locator("[data-turns]")
    expect(card).to_contain_text("Vul het formulier in")
    board.get_by_label("CMIO", exact=True).check()
    board.get_by_label("Naam", exact=True).fill("A. Digitaal")
    board.locator("#veld-from").fill("1 september 2026")
    expect(card).to_contain_text("CIO of CMIO nu in functie")
    expect(card).to_contain_text("Behaald")
    assert axe_findings(board) == []


def test_leaving_a_touched_form_asks_first(board):
    board.goto("/samenwerkingsverbanden/HOL/ict-rol/vastleggen")
    board.get_by_label("Naam", exact=True).fill("A. Digitaal")
    asked = []
    board.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    board.get_by_role("link", name="Annuleren").click(no_wait_after=True)
    board.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(board.get_by_label("Naam", exact=True)).to_have_value("A. Digitaal")


@pytest.mark.parametrize("width", [1440, 390])
def test_errors_take_the_focus_and_lead_to_their_questions(come_in, width):
    page = come_in("board_member", width=width)
    page.goto("/samenwerkingsverbanden/HOL/visie/vastleggen")
    page.get_by_label("Een vastgestelde visie").check()
    page.locator("#veld-adopted_on").fill("31-2-2022")
    page.locator(".form-actions .btn-primary").click()
    expect(page).to_have_title(re.compile("^Fout: Visie vastleggen"))
    expect(page.locator(".error-summary")).to_be_focused()
    assert axe_findings(page) == []
    assert width_of(page, width) <= width
    page.get_by_role("link", name=re.compile("^Datum van het besluit")).click()
    expect(page.locator("#veld-adopted_on")).to_be_focused()
    expect(page.locator("#veld-adopted_on")).to_have_value("31-2-2022")
