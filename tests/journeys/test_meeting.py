"""Two people hold one meeting, each in a browser of their own: from the proposed agenda to the last step."""

from threading import Thread

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.journeys.conftest import axe_findings, watched
from tests.meeting_room import plan_in

ROUND = "/evaluaties/HOL/4"
SAYS = "[data-meeting-says]"


@pytest.fixture
def served(demo):
    """Where the demonstration is served, with a meeting planned for its day."""
    plan_in(demo)
    server = make_server("127.0.0.1", 0, demo, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def sit_down(browser: Browser, served, browser_context_args):
    """Somebody with a role at the table, in an own browser; every fault of a page is one of the test."""
    opened = []

    def of(role):
        context = browser.new_context(**browser_context_args, base_url=served)
        page = context.new_page()
        opened.append((context, watched(page)))
        page.goto("/aanmelden")
        page.locator(f'form[action*="/voorbeeld/{role}"] button').click()
        page.wait_for_url(lambda url: "/aanmelden" not in url)
        return page

    yield of
    for context, _faults in opened:
        context.close()
    told = [fault for _context, faults in opened for fault in faults]
    assert [fault for fault in told if "409" not in fault and "ERR_INTERNET_DISCONNECTED" not in fault] == []


def agreed(page, topic):
    return page.locator(f'[data-topic="{topic}"] [data-shown]')


def test_two_people_hold_a_meeting_from_the_agenda_to_the_last_step(sit_down):
    chair, manager = sit_down("evaluation_chair"), sit_down("insurer_region_manager")
    chair.goto(ROUND)
    assert axe_findings(chair) == []
    chair.get_by_role("button", name="Gekozen punten overnemen").click()
    expect(chair.locator("main")).to_contain_text("De agenda is bijgewerkt.")
    manager.goto(f"{ROUND}/scores")
    for choice in manager.locator("fieldset").all():
        choice.get_by_text("2 eerste tekenen").click()
    manager.get_by_role("button", name="Scores inleveren").click()
    expect(manager.locator("main")).to_contain_text("Uw scores zijn ingeleverd.")
    chair.get_by_role("button", name="Gesprek openen").click()
    expect(chair.locator("h1")).to_have_text("Wat draagt digitalisering bij?")
    manager.goto(f"{ROUND}/gesprek")
    assert axe_findings(manager) == []

    chair.keyboard.press("3")
    chair.get_by_role("button", name="Score vastleggen en verder").click()
    expect(agreed(chair, "time_vulnerable")).to_have_text("3")
    expect(agreed(manager, "time_vulnerable")).to_have_text("3", timeout=10_000)
    expect(manager.locator(SAYS)).to_contain_text("Iemand anders heeft intussen iets vastgelegd.")

    # Both have the second topic open; the second one to save is told, and what was typed stays.
    manager.locator('[data-topic="jzojp"] [data-open]').click()
    note = manager.locator('[data-topic="jzojp"] textarea')
    note.fill("Zo zien wij het")
    chair.keyboard.press("4")
    chair.locator('[data-topic="jzojp"] textarea').fill("Samen besproken")
    chair.locator('[data-topic="jzojp"] button[type=submit]').click()
    expect(agreed(manager, "jzojp")).to_have_text("4", timeout=10_000)
    expect(note).to_have_value("Zo zien wij het")
    manager.locator('[data-topic="jzojp"] button[type=submit]').click()
    trouble = manager.locator('[data-topic="jzojp"] [data-trouble]')
    expect(trouble).to_contain_text("heeft dit intussen gewijzigd")
    expect(trouble).to_contain_text("4; Samen besproken")
    expect(note).to_have_value("Zo zien wij het")

    manager.goto(f"{ROUND}/gesprek?stap=besluiten")
    card = manager.locator(".card").first
    card.get_by_text("Bijstellen", exact=True).last.click()
    card.get_by_label("Reden en voorwaarde").fill("Tot april, als het contract er is")
    card.get_by_role("button", name="Besluit vastleggen").click()
    expect(manager.locator(".card").first).to_contain_text("Bijstellen")
    chair.goto(f"{ROUND}/gesprek?stap=acties")
    chair.get_by_label("Wat moet er gebeuren").fill("Contract voorleggen")
    chair.get_by_label("Wie doet het").fill("Bestuur")
    chair.get_by_label("Uiterlijk").fill("1-11-2026")
    chair.get_by_role("button", name="Actie vastleggen").click()
    expect(chair.locator("main")).to_contain_text("Contract voorleggen")
    chair.get_by_role("link", name="Gesprek sluiten").click()
    expect(chair.locator("main")).to_contain_text("2 van 6 onderwerpen beantwoord")
    expect(chair.get_by_role("link", name="Betere samenwerking")).to_be_visible()
    assert axe_findings(chair) == []


def test_a_lost_connection_loses_nothing_that_was_typed(sit_down):
    chair = sit_down("evaluation_chair")
    chair.goto(ROUND)
    chair.get_by_role("button", name="Gesprek openen").click()
    chair.locator(".topic.is-open textarea").fill("Onderweg getypt")
    chair.keyboard.press("Tab")
    chair.keyboard.press("2")
    chair.context.set_offline(True)
    chair.get_by_role("button", name="Score vastleggen en verder").click()
    expect(chair.locator(SAYS)).to_have_text("Geen verbinding; wat u typt blijft hier bewaard.")
    chair.context.set_offline(False)
    expect(agreed(chair, "time_vulnerable")).to_have_text("2", timeout=10_000)
    chair.reload()
    chair.locator('[data-topic="time_vulnerable"] [data-open]').click()
    expect(chair.locator('[data-topic="time_vulnerable"] textarea')).to_have_value("Onderweg getypt")
