"""Coming in with an app or a passkey, as a person does it in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from tests.journeys.conftest import axe_findings, watched, width_of
from tracker.operations.accounts import DEMO_PASSWORD

BOARD = "bestuurder@demo.example"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone or laptop that says yes at once."""


@pytest.fixture
def home(address: str) -> str:
    """Where the house stands, by name: browsers keep no passkeys for a bare number."""
    return address.replace("127.0.0.1", "localhost")


@pytest.fixture
def laptop(page: Page) -> Callable[[bool], None]:
    """Chromium's own invented device; `laptop(False)`: it no longer knows its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    held = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda verified: tools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": held, "isUserVerified": verified}
    )


@pytest.fixture
def person(page: Page, home: str) -> Page:
    """The board member, signed in with a password, in a browser that notices faults."""
    faults = watched(page)
    with_password(page, home)
    yield page
    assert faults == []


def with_password(page: Page, home: str) -> None:
    """Fill in address and password."""
    page.goto(f"{home}/aanmelden")
    page.get_by_label("E-mailadres").fill(BOARD)
    page.get_by_label("Wachtwoord", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/aanmelden"))


def sign_out(page: Page) -> None:
    """Leave by the menu."""
    page.locator("details.user summary").click()
    page.locator("details.user").get_by_role("button", name="Afmelden").click()
    page.wait_for_url("**/aanmelden")


def add_passkey(page: Page, home: str, use: str) -> None:
    """Add the device as a passkey."""
    page.goto(f"{home}/mijn-account/passkeys")
    page.get_by_label("Naam van de passkey").fill("mijn laptop")
    page.get_by_label(use).check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_text("De passkey ‘mijn laptop’ is toegevoegd.")).to_be_visible()


def inside(page: Page, home: str) -> bool:
    """Whether the own account opens."""
    page.goto(f"{home}/mijn-account")
    return page.get_by_role("heading", level=1).inner_text() == "Mijn account"


def test_an_app_is_set_up_by_its_key_and_asked_for_at_the_door(person: Page, home: str):
    person.goto(f"{home}/mijn-account/app")
    person.get_by_role("button", name="App instellen").click()
    assert axe_findings(person) == []
    app = TOTP(person.locator("main strong").inner_text().replace("-", ""))
    person.get_by_label("Code uit uw app").fill(app.generate().token)
    person.get_by_role("button", name="App bevestigen").click()
    expect(person.get_by_text("De app is ingesteld.")).to_be_visible()
    person.get_by_role("link", name="Herstelcodes maken").first.click()
    person.get_by_role("button", name="Herstelcodes maken").click()
    codes = person.locator("main li strong").all_inner_texts()
    assert len(codes) == 10
    sign_out(person)
    with_password(person, home)
    assert axe_findings(person) == []
    person.get_by_label("Code uit uw app").fill(app.generate().token)
    person.get_by_role("button", name="Aanmelden").click()
    person.wait_for_url(lambda url: "/aanmelden" not in url)
    sign_out(person)
    with_password(person, home)
    person.get_by_role("link", name="Ik heb mijn telefoon niet: herstelcode gebruiken").click()
    assert axe_findings(person) == []
    person.get_by_label("Herstelcode").fill(codes[0])
    person.get_by_role("button", name="Aanmelden").click()
    person.wait_for_url(lambda url: "/aanmelden" not in url)
    assert inside(person, home)


def test_a_passkey_opens_the_door_without_a_password(laptop, person: Page, home: str):
    add_passkey(person, home, "Aanmelden zonder wachtwoord")
    assert axe_findings(person) == []
    sign_out(person)
    person.get_by_role("button", name="Aanmelden met een passkey").click()
    person.wait_for_url(lambda url: "/aanmelden" not in url)
    assert inside(person, home)


def test_a_passkey_follows_the_password_as_the_second_step(laptop, person: Page, home: str):
    add_passkey(person, home, "Tweede stap na mijn wachtwoord")
    sign_out(person)
    with_password(person, home)
    assert "/aanmelden/passkey" in person.url
    assert axe_findings(person) == []
    person.get_by_role("button", name="Passkey gebruiken").click()
    person.wait_for_url(lambda url: "/aanmelden" not in url)
    assert inside(person, home)


def test_a_device_without_finger_or_code_does_not_replace_the_password(laptop, person: Page, home: str):
    add_passkey(person, home, "Aanmelden zonder wachtwoord")
    sign_out(person)
    laptop(False)
    person.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(person.get_by_role("alert").filter(has_text="Er kwam geen passkey.")).to_be_visible()
    assert axe_findings(person) == []
    assert not inside(person, home)


def test_a_removed_passkey_opens_nothing(laptop, person: Page, home: str):
    add_passkey(person, home, "Aanmelden zonder wachtwoord")
    person.get_by_role("button", name="Verwijderen").click()
    expect(person.get_by_text("De passkey ‘mijn laptop’ is verwijderd.")).to_be_visible()
    sign_out(person)
    person.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(person.get_by_text("Deze passkey hoort niet bij een account hier.")).to_be_visible()
    assert not inside(person, home)


@pytest.mark.parametrize("path", ["", "/wachtwoord", "/e-mailadres", "/app", "/herstelcodes", "/passkeys"])
def test_the_pages_of_an_account_fit_a_pocket_and_have_no_findings(person: Page, home: str, path: str):
    person.set_viewport_size({"width": 390, "height": 844})
    person.goto(f"{home}/mijn-account{path}")
    assert width_of(person, 390) <= 390
    assert person.locator("h1").count() == 1
    assert axe_findings(person) == []
