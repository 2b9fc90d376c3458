"""On a phone: one column, menus that fit, and the same facts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import width_of

PHONE = 390


def test_the_navigation_is_one_button(come_in):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto("/portefeuille")
    navigation = page.get_by_role("navigation", name="Hoofdnavigatie")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(navigation).to_be_visible()
    assert width_of(page, PHONE) <= PHONE
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    navigation.get_by_role("link", name="Toepassingen").click()
    page.wait_for_url("**/toepassingen")


@pytest.mark.parametrize("path", ["/portefeuille", "/toepassingen", "/initiatieven"])
def test_every_menu_fits(come_in, path):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto(path)
    for menu in page.locator("details[data-menu]").all():
        if not menu.locator("summary").first.is_visible():
            continue
        menu.locator("summary").first.click()
        box = menu.locator(".menu-panel").first.bounding_box()
        assert box["x"] >= 0, menu.inner_text()
        assert box["x"] + box["width"] <= PHONE, menu.inner_text()
        assert width_of(page, PHONE) <= PHONE
        page.keyboard.press("Escape")


def test_the_matrix_becomes_blocks_with_at_most_four_rules(come_in):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto("/portefeuille")
    expect(page.locator("table.matrix")).to_be_hidden()
    assert page.locator(".block").count() == 8
    block = page.locator(".block").filter(has_text="RSV Hollerdiep")
    expect(block).to_contain_text("5 van 13 behaald")
    assert block.locator(".block-rules li").count() == 4
    block.get_by_role("link", name="Nog 4 bekijken").click()
    page.wait_for_url("**/samenwerkingsverbanden/HOL")


def test_the_roadmap_becomes_a_list_and_its_table_stays(come_in):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto("/samenwerkingsverbanden/HOL")
    card = page.locator("[data-figure]").first
    expect(card.locator(".status-list")).to_be_visible()
    expect(card.locator(".status-list")).to_contain_text("vacant 184 dagen")
    card.get_by_role("button", name="Tabel").click()
    expect(card.get_by_role("table")).to_be_visible()
    assert width_of(page, PHONE) <= PHONE
    card.get_by_role("button", name="Grafiek").click()


def test_what_is_touched_is_large_enough(come_in):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto("/portefeuille")
    stands_alone = "item => !item.closest('p') && (item.offsetHeight < 24 || item.offsetWidth < 24)"
    small = page.locator("main button:visible, main summary:visible, .page-top summary:visible").evaluate_all(
        f"items => items.filter({stands_alone}).map(item => item.outerHTML)"
    )
    assert small == []


def test_at_320_pixels_nothing_scrolls_sideways(come_in):
    page = come_in("insurer_region_manager", width=320)
    for path in ("/portefeuille", "/samenwerkingsverbanden/HOL", "/initiatieven/I05", "/toepassingen"):
        page.goto(path)
        assert width_of(page, 320) <= 320, path


def test_a_table_of_words_is_a_list_with_the_name_of_each_value(come_in):
    page = come_in("insurer_region_manager", width=PHONE)
    page.goto("/initiatieven")
    table = page.locator("table.stacks")
    expect(table.locator("thead")).to_be_hidden()
    row = table.locator("tbody tr").filter(has_text="Beeldspreekuur")
    label = "cell => getComputedStyle(cell, '::before').content"
    assert [cell.evaluate(label) for cell in row.locator("td").all()][:2] == ['"Regio"', '"Fase"']
    assert table.bounding_box()["width"] < PHONE
