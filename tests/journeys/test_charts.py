"""A chart comes when somebody goes to see it, never before, and nothing on the page moves for it."""

import pytest
from playwright.sync_api import expect

DRAWN = "[data-plot] .main-svg"
PRINTS = """() => {
    const drawn = () => document.querySelector("[data-plot] .main-svg") !== null;
    window.printed = new Promise(done => { window.print = () => done(drawn()); });
}"""


@pytest.fixture
def portfolio(come_in):
    """The portfolio in a low window, so that its chart is far away, with the names of the files that it asked for."""
    page = come_in("insurer_region_manager")
    page.set_viewport_size({"width": 1440, "height": 400})
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.add_init_script("localStorage.setItem('weergave', 'chart')")
    page.goto("/portefeuille")
    page.wait_for_timeout(300)
    return page


def asked_for_plotly(page):
    return any("plotly" in url for url in page.asked)


def test_the_library_stays_away_until_the_chart_comes_near(portfolio):
    assert not asked_for_plotly(portfolio)
    height = portfolio.evaluate("document.documentElement.scrollHeight")
    portfolio.locator("[data-plot]").first.scroll_into_view_if_needed()
    expect(portfolio.locator(DRAWN).first).to_be_visible()
    assert portfolio.evaluate("document.documentElement.scrollHeight") == height
    assert portfolio.locator("[data-plot][role=img]").first.get_attribute("aria-label")


def test_a_page_without_such_a_chart_never_asks_for_the_library(come_in):
    page = come_in("insurer_region_manager")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/begrippen")
    assert not [url for url in asked if "plotly" in url or "/js/charts" in url]


def test_the_switch_brings_the_chart_and_the_table_needs_no_library(portfolio):
    figure = portfolio.locator("[data-figure]:has([data-plot])").first
    figure.locator("[data-view=table]").click()
    expect(figure.locator("table")).to_be_visible()
    figure.locator("[data-view=chart]").click()
    expect(figure.locator(DRAWN).first).to_be_visible()


def test_a_picture_can_be_had_while_the_table_shows(portfolio):
    figure = portfolio.locator("[data-figure]:has([data-plot])").first
    figure.locator("[data-view=table]").click()
    with portfolio.expect_download() as download:
        figure.locator("[data-png]").click()
    assert download.value.suggested_filename.endswith(".png")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("by", ["button", "keys"])
def test_paper_waits_for_the_charts(portfolio, by):
    portfolio.evaluate(PRINTS)
    if by == "button":
        portfolio.locator("[data-print]").click()
    else:
        portfolio.keyboard.press("Control+p")
    assert portfolio.evaluate("window.printed")


def test_paper_that_could_not_wait_gets_the_table(portfolio):
    portfolio.emulate_media(media="print")
    figure = portfolio.locator("[data-figure]:has([data-plot])").first
    expect(figure.locator("[data-plot]")).to_be_hidden()
    expect(figure.locator("table")).to_be_visible()


def test_without_script_the_table_shows(browser, house, people, browser_context_args):
    signed_in = people("insurer_region_manager").storage_state()
    context = browser.new_context(
        **browser_context_args, base_url=house, storage_state=signed_in, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/portefeuille")
    figure = page.locator("[data-figure]").last
    expect(figure.locator("table")).to_be_visible()
    expect(figure.locator(".plot")).to_be_hidden()
    context.close()
