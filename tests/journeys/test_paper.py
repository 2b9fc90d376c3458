"""What a page is on paper: its head on every sheet, no navigation, nothing cut, nothing folded away."""

import re

import pytest
from playwright.sync_api import expect

PAPER = 794
"""The width of A4 in pixels."""
BROKEN_DAYS = r"""
  main => [...main.querySelectorAll("td, th")].filter(cell => cell.checkVisibility()).flatMap(cell => {
    const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [], range = document.createRange();
    while (words.nextNode())
      for (const day of words.currentNode.data.matchAll(/\d{1,2}-\d{1,2}-\d{4}/g)) {
        range.setStart(words.currentNode, day.index);
        range.setEnd(words.currentNode, day.index + day[0].length);
        if (range.getClientRects().length > 1) found.push(day[0]);
      }
    return found;
  })
"""
"""The days in tables that stand on two lines."""
PAGES = (
    "/portefeuille?vergelijk=2025-12-31",
    "/samenwerkingsverbanden/HOL",
    "/samenwerkingsverbanden/HOL/praktijken",
    "/samenwerkingsverbanden/HOL/evaluaties",
    "/initiatieven/I03",
    "/evaluaties",
    "/toepassingen",
    "/praktijken",
    "/bekostiging?regio=LIN&initiatief=I12&start=1-1-2026&vraag=1",
)


@pytest.fixture
def sheet(come_in):
    """A page as the print button leaves it: charts drawn, in the style and at the width of paper."""

    def open_page(path):
        page = come_in("insurer_region_manager")
        page.add_init_script("localStorage.setItem('weergave', 'chart')")
        page.goto(path)
        page.evaluate("window.printed = new Promise(done => { window.print = () => done(true); }); undefined")
        page.keyboard.press("Control+p") if page.locator("[data-plot]").count() else page.evaluate("print()")
        page.evaluate("window.printed")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER - 114, "height": 900})
        return page

    return open_page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_paper(sheet, path):
    page = sheet(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER - 114 + 2
    expect(page.locator(".print-head")).to_be_visible()
    assert page.locator("main").evaluate(BROKEN_DAYS) == []
    assert page.locator("header .top-bar:visible, .date-bar:visible, .tabs:visible, .btn:visible").count() == 0


def test_the_head_comes_back_on_every_sheet(sheet):
    page = sheet("/samenwerkingsverbanden/HOL")
    assert page.locator("body").evaluate("body => getComputedStyle(body).display") == "table"
    assert page.locator(".print-head").evaluate("head => getComputedStyle(head).display") == "table-header-group"


def test_charts_and_their_tables_stand_below_each_other(sheet):
    figure = sheet("/portefeuille").locator("[data-figure]:has([data-plot])").first
    expect(figure.locator(".main-svg").first).to_be_visible()
    expect(figure.locator("table")).to_be_visible()


def test_what_is_folded_away_on_the_screen_is_read_on_paper(sheet):
    page = sheet("/samenwerkingsverbanden/HOL")
    numbers = page.locator(".next-steps .step-number").all_inner_texts()
    assert len(numbers) > 5
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    expect(page.locator(".more .step-number").last).to_be_visible()


def test_paper_offers_nothing_to_click(sheet):
    page = sheet("/toepassingen")
    assert page.locator("a[download]:visible, .link-button:visible").count() == 0
    assert not re.search(r"Waarom\?", page.locator("main").inner_text())


def test_the_name_of_a_product_does_not_break_on_paper(sheet):
    name = sheet("/toepassingen").get_by_role("link", name="PopulatieSpiegel", exact=True)
    assert name.evaluate("link => link.getClientRects().length") == 1
