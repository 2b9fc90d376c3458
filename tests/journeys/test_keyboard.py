"""Everything can be done by keyboard, and the focus is never lost."""

import re

from playwright.sync_api import expect


def test_the_skip_link_comes_first_and_leads_past_the_navigation(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_cell_is_one_stop_with_a_whole_name_and_leads_to_its_reason(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    cell = page.get_by_role("link", name=re.compile("^RSV Hollerdiep, Visie op tijd: Te laat behaald"))
    cell.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("^RSV Hollerdiep, Visie gedragen"))).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/waarom/R01/HOL")
    expect(page.locator("main")).to_contain_text("Te laat behaald (105 dagen)")


def test_why_opens_with_enter_and_escape_gives_the_focus_back(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/samenwerkingsverbanden/HOL")
    summary = page.locator(".rule-list details[data-why] summary").first
    summary.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".rule-list details[data-why]").first
    expect(panel).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details[data-why][open]') !== null")
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("open", "")


def test_a_link_to_a_reason_puts_the_focus_on_its_heading(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/samenwerkingsverbanden/HOL")
    name = page.locator(".rule-list details[data-why]").nth(3).get_attribute("id")
    page.goto(f"/samenwerkingsverbanden/HOL#{name}")
    expect(page.locator(f"#{name} h3")).to_be_focused()


def test_the_keys_of_the_list_work_and_never_while_typing(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/begrippen")
    page.keyboard.press("/")
    expect(page.locator("#zoekveld")).to_be_focused()
    page.keyboard.type("g p")
    expect(page.locator("#zoekveld")).to_have_value("g p")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("#peildatum")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/portefeuille")


def test_nothing_that_has_the_focus_is_hidden(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const item = document.activeElement, box = item.getBoundingClientRect();
                const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
                const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1);
                const top = document.elementFromPoint(x, y);
                return item.contains(top) || top?.contains(item) ? null : item.outerHTML.slice(0, 120);
            }"""
        )
        hidden += [found] if found else []
    assert hidden == []


def test_the_table_of_a_chart_is_one_key_away(come_in):
    page = come_in("insurer_region_manager")
    page.goto("/portefeuille")
    figure = page.locator("[data-figure]").first
    expect(figure.get_by_role("button", name="Grafiek")).to_have_attribute("aria-pressed", "true")
    figure.get_by_role("button", name="Tabel").focus()
    page.keyboard.press("Enter")
    expect(figure.get_by_role("table")).to_be_visible()
    expect(figure.get_by_role("button", name="Tabel")).to_have_attribute("aria-pressed", "true")
    figure.get_by_role("button", name="Grafiek").press("Enter")
