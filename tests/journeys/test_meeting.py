"""Two people hold one meeting, each in a browser of their own: from the proposed agenda to the locked minutes."""

import io
import zipfile

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import axe_findings, serving, watched
from tests.meeting_room import change_everything, plan_in, verified

ROUND = "/evaluaties/HOL/4"
SAYS = "[data-meeting-says]"


@pytest.fixture
def served(demo):
    """Where the demonstration is served, with a meeting planned for its day."""
    plan_in(demo)
    with serving(demo) as where:
        yield where


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


def topic(page, key):
    return page.locator(f'[data-topic="{key}"]')


def agreed(page, key):
    return topic(page, key).locator("[data-shown]")


def test_two_people_hold_a_meeting_from_the_agenda_to_the_locked_minutes(sit_down, demo, tmp_path):
    chair, manager = sit_down("evaluation_chair"), sit_down("insurer_region_manager")
    prepare(chair, manager)
    talk(chair, manager)
    decide_and_agree_actions(chair, manager)
    sha256 = close(chair, manager)

    # The pack says for ever what both agreed to, and proves it where there is no database.
    document = manager.request.get(f"{ROUND}/verslag?formaat=json").text()
    change_everything(demo, "HOL")
    pack = manager.request.get(f"{ROUND}/verslag?formaat=zip").body()
    assert zipfile.ZipFile(io.BytesIO(pack)).read("document.json").decode() == document
    done = verified(pack, tmp_path)
    assert (done.returncode, sha256 in done.stdout) == (0, True), done.stderr


def prepare(chair, manager):
    """The chair takes over the proposed agenda and asks somebody; the manager hands in her scores."""
    chair.goto(ROUND)
    assert axe_findings(chair) == []
    chair.get_by_role("button", name="Gekozen punten overnemen").click()
    expect(chair.locator("main")).to_contain_text("De agenda is bijgewerkt.")
    chair.get_by_label("Naam").fill("A. de Boer")
    chair.get_by_role("button", name="Genodigde toevoegen").click()
    manager.goto(f"{ROUND}/scores")
    for choice in manager.locator("fieldset").all():
        choice.get_by_text("2 eerste tekenen").click()
    manager.get_by_role("button", name="Scores inleveren").click()
    expect(manager.locator("main")).to_contain_text("Uw scores zijn ingeleverd.")
    chair.get_by_role("button", name="Gesprek openen").click()
    expect(chair.locator("h1")).to_have_text("Wat draagt digitalisering bij?")
    manager.goto(f"{ROUND}/gesprek")
    assert axe_findings(manager) == []


def talk(chair, manager):
    """One scores by keyboard and the other sees it; both write on one topic and neither loses a word."""
    chair.keyboard.press("3")
    chair.get_by_role("button", name="Score vastleggen en verder").click()
    expect(agreed(chair, "time_vulnerable")).to_have_text("3")
    expect(agreed(manager, "time_vulnerable")).to_have_text("3", timeout=10_000)
    expect(manager.locator(SAYS)).to_contain_text("Iemand anders heeft intussen iets vastgelegd.")
    expect(manager.locator("#stap-3")).to_contain_text("1 van 6")

    topic(manager, "jzojp").locator("[data-open]").click()
    note = topic(manager, "jzojp").locator("textarea")
    note.fill("Zo zien wij het")
    chair.keyboard.press("4")
    topic(chair, "jzojp").locator("textarea").fill("Samen besproken")
    topic(chair, "jzojp").locator("button[type=submit]").click()
    expect(agreed(manager, "jzojp")).to_have_text("4", timeout=10_000)
    expect(note).to_have_value("Zo zien wij het")
    topic(manager, "jzojp").locator("button[type=submit]").click()
    trouble = topic(manager, "jzojp").locator("[data-trouble]")
    expect(trouble).to_contain_text("heeft dit intussen gewijzigd")
    expect(trouble).to_contain_text("4; Samen besproken")
    expect(note).to_have_value("Zo zien wij het")


def decide_and_agree_actions(chair, manager):
    """Beside the topics: the insurer decides, the chair adds an action, and each sees what the other did."""
    card = manager.locator(".beside-decision")
    expect(card).to_contain_text("Beeldspreekuur")
    card.get_by_text("Bijstellen", exact=True).click()
    card.get_by_label("Reden en voorwaarde").fill("Tot april, als het contract er is")
    topic(chair, "ict_communication").get_by_role("link", name="Actie bij dit onderwerp").click()
    chair.keyboard.type("contract voorleggen")
    chair.get_by_label("Wie doet het").fill("Bestuur")
    chair.get_by_label("Uiterlijk").fill("1-11-2026")
    chair.get_by_role("button", name="Actie vastleggen").click()
    for page in (chair, manager):
        expect(page.get_by_label("Naast het gesprek")).to_contain_text("contract voorleggen", timeout=10_000)
    expect(card.get_by_label("Reden en voorwaarde")).to_have_value("Tot april, als het contract er is")
    card.get_by_role("button", name="Besluit vastleggen").click()
    expect(card).to_contain_text("Regionaal koppelnetwerk")
    expect(chair.locator("#stap-4")).to_contain_text("1 van 2", timeout=10_000)


def close(chair, manager):
    """What is open is listed and gets its reason; then both agree to one hash, and the second one closes the round."""
    chair.get_by_role("link", name="Gesprek sluiten").click()
    expect(chair.locator("main")).to_contain_text("2 van 6 onderwerpen beantwoord")
    assert axe_findings(chair) == []
    for left in (4, 3, 2, 1):
        reason = chair.get_by_label("Niet beoordeeld, omdat")
        expect(reason).to_have_count(left)
        reason.first.fill("Te weinig gegevens")
        reason.first.press("Enter")
    expect(chair.locator("main")).to_contain_text("6 van 6 onderwerpen beantwoord")
    chair.get_by_role("link", name="Ronde vaststellen").click()
    sha256 = chair.locator(".hash").inner_text()
    chair.get_by_role("button", name="Akkoord geven").click()
    expect(chair.locator("main")).to_contain_text("Nu is de andere partij aan de beurt.")
    manager.goto(f"{ROUND}/sluiten")
    manager.get_by_role("button", name="Akkoord geven en sluiten").click()
    expect(manager.locator("main")).to_contain_text("Ronde 4 is vastgesteld. Dit is het verslag.")
    expect(manager.locator("main")).to_contain_text("Definitief op 15 oktober 2026.")
    chair.goto(f"{ROUND}/gesprek")
    expect(chair.locator("header")).to_contain_text("Vastgesteld op 1 oktober 2026")
    expect(chair.locator("form")).to_have_count(0)
    return sha256


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
    chair.keyboard.press("j")
    chair.locator(".topic.is-open textarea").fill("Ook dit")
    chair.context.set_offline(False)
    expect(agreed(chair, "time_vulnerable")).to_have_text("2", timeout=10_000)
    chair.reload()
    expect(chair.locator(".topic.is-open textarea")).to_have_value("Ook dit")
    topic(chair, "time_vulnerable").locator("[data-open]").click()
    expect(topic(chair, "time_vulnerable").locator("textarea")).to_have_value("Onderweg getypt")
