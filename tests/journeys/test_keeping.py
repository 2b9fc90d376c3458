"""A region is set up and kept in the browser alone: from an empty house to an initiative with plan, goals and money."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.conftest import DEMO_TODAY, borrowed
from tests.journeys.conftest import axe_findings, serving, watched, width_of
from tests.mailbox import Mailbox, free_port, mail_server_on, server_at
from tracker.domain.policy import Role
from tracker.operations.accounts import DEMO_PASSWORD, add_account

NEW = "/samenwerkingsverbanden/NWE"
VISION = {
    "_adopted_on": "yes",
    "support-0-supported": "true",
    "support-0-kind": "member_vote",
    "texts-0-text": "Urgent",
    "texts-1-text": "Problemen",
    "texts-2-text": "Opbrengst",
    "texts-3-text": "Strategie",
}
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def post() -> Iterator[tuple[int, Mailbox]]:
    """A mail server: its port, and what it took."""
    port = free_port()
    with mail_server_on(port) as box:
        yield port, box


@pytest.fixture
def app(database_url: str, kept_app: Callable[..., Flask], post: tuple[int, Mailbox]) -> Iterator[Flask]:
    """An empty house that sends mail."""
    with borrowed(kept_app(database_url, mail_server=server_at(post[0]))) as app:
        yield app


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """An empty house with an administrator, on the day of the demonstration."""
    app.config["DEMO_TODAY"] = DEMO_TODAY
    with app.app_context():
        add_account(email="b@huis.example", name="B. Heer", role=Role.administrator, password=DEMO_PASSWORD, by="t")
    with serving(app) as where:
        yield where


@pytest.fixture
def enter(browser: Browser, served: str, browser_context_args: dict[str, object]) -> Iterator[Enter]:
    """Sign in: `enter("b@huis.example")`, or come in by an invitation's link. Fails on every fault of a page."""
    opened = []

    def of(email: str, width: int = 1440, link: str | None = None) -> Page:
        context = browser.new_context(**{**browser_context_args, "base_url": served})
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        opened.append((context, watched(page)))
        page.goto(link or "/aanmelden")
        page.fill("[name=again]" if link else "[name=email]", DEMO_PASSWORD if link else email)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.locator("form:has([name=password]) [type=submit]").first.click()
        page.wait_for_url(lambda url: "/aanmelden" not in url and "/uitnodiging" not in url)
        return page

    yield of
    for context, _faults in opened:
        context.close()
    assert [fault for _context, faults in opened for fault in faults] == []


def fill(page: Page, **values: str) -> None:
    """Fill in a form and save it; a list that has no row yet gets one by its button. `*` = the first choice."""
    for name, value in values.items():
        field = page.locator(f'#formulier [name="{name}"]:not([type=hidden])')
        if field.count() == 0:
            page.locator(f'#formulier [data-row-add][value="{name.rpartition("-")[0].rpartition("-")[0]}"]').click()
        page.locator("#formulier details:not([open])").evaluate_all("all => all.forEach(one => one.open = true)")
        kind = field.first.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            for one in value.split(","):
                chosen = field if one == "*" else page.locator(f'#formulier [name="{name}"][value="{one}"]')
                chosen.first.check()
        elif kind.startswith("select"):
            field.first.select_option(value)
        else:
            field.first.fill(value)
    page.locator("#formulier .form-actions [type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator(".error-summary").all_inner_texts() == []
    expect(page.locator(".notice").first).to_contain_text(re.compile("vastgelegd|geopend"))


def record(page: Page, path: str, **values: str) -> None:
    """Open the form of a kind and fill it in."""
    page.goto(path)
    fill(page, **values)


def status(page: Page, rule: str, subject: str = "NWE") -> str:
    """What a rule finds now."""
    page.goto(f"/waarom/{rule}/{subject}")
    return page.locator(".why-fields dd").first.inner_text()


def invited(host: Page, enter: Enter, box: Mailbox, email: str, role: str, **more: int) -> Page:
    """Somebody whom `host` invites to the new region, come in by the link in the mail."""
    for name, value in {"name": "Wim Nieuw", "email": email, "starts_on": "1-1-2026"}.items():
        host.fill(f"[name={name}]", value)
    host.check(f"[name=role][value={role}]")
    if host.locator("[name=cooperation]").count():
        host.select_option("[name=cooperation]", "NWE")
    before = len(box.taken)
    host.get_by_role("button", name="Verstuur uitnodiging").click()
    expect(host.locator(".notice").first).to_contain_text(f"Uitnodiging verstuurd naar {email}.")
    until = time.monotonic() + 20
    while not (found := [mail for mail in box.taken[before:] if mail["To"] == email]) and time.monotonic() < until:
        time.sleep(0.05)
    link = re.search(r"http://\S+/uitnodiging/\S+", found[-1].get_body(("plain",)).get_content())
    assert link
    return enter(email, link=link[0], **more)


def opened_region(enter: Enter, box: Mailbox) -> Page:
    """A region opened by the administrator, and its board, come in by invitation."""
    administrator = enter("b@huis.example")
    expect(administrator.locator("main")).to_contain_text("Open eerst een samenwerkingsverband")
    administrator.get_by_role("link", name="Open een samenwerkingsverband").click()
    for name, value in {"code": "NWE", "name": "RSV Nieuw", "founded_on": "1-7-2020", "reason": "Nieuwe regio"}.items():
        administrator.fill(f"[name={name}]", value)
    administrator.locator("[name=insurers][value=menzis]").check()
    administrator.locator("[name=lead][value=menzis], select[name=lead]").first.evaluate(
        "one => { if (one.tagName === 'SELECT') one.value = 'menzis'; else one.checked = true; }"
    )
    administrator.locator("main form [type=submit]").last.click()
    administrator.get_by_role("link", name="Regio inrichten").click()
    expect(administrator.get_by_role("heading", level=1)).to_have_text("RSV Nieuw inrichten")
    administrator.goto("/beheer/mensen/uitnodigen")
    return invited(administrator, enter, box, "bestuur@nwe.example", "board_member")


def leader(board: Page, enter: Enter, box: Mailbox, **more: int) -> Page:
    """The project leader, invited by the board itself."""
    board.goto(f"{NEW}/mensen/uitnodigen")
    return invited(board, enter, box, "project@nwe.example", "project_leader", **more)


def test_a_region_is_kept_from_nothing_without_a_file_or_a_command(enter: Enter, post: tuple[int, Mailbox]) -> None:
    board = opened_region(enter, post[1])
    expect(board.get_by_role("heading", level=1)).to_contain_text("RSV Nieuw")
    expect(board.locator("main")).to_contain_text("Deze regio is nieuw")
    assert axe_findings(board) == []
    board.get_by_role("link", name="Regio inrichten").click()
    assert axe_findings(board) == []
    board.locator("a[href*='/praktijk/vastleggen']").click()
    fill(board, code="NWE-01", name="De Wulp", **{"memberships-0-from": "1-1-2021"})
    assert board.url.endswith(f"{NEW}/inrichten"), "back where one was"
    expect(board.locator("main")).to_contain_text("1 vastgelegd")

    record(board, f"{NEW}/visie/vastleggen", **(VISION | {"title": "Visie 2022", "adopted_on": "14-10-2022"}))
    assert "Te laat behaald (105 dagen)" in status(board, "R01")
    record(board, f"{NEW}/visie/vastleggen", **(VISION | {"title": "Visie 2026", "adopted_on": "1-9-2026"}))
    board.goto(f"{NEW}/gegevens")
    expect(board.locator("#vision")).to_contain_text("2")

    record(board, f"{NEW}/ict-rol/vastleggen", role="cmio", person="A. Eerste", **{"from": "1-6-2022"})
    assert "Behaald" in status(board, "R04")
    board.get_by_role("link", name=re.compile("^Corrigeren")).first.click()
    fill(board, to="31-8-2026", _reason="Vertrokken")
    assert "Niet behaald" in status(board, "R04")
    record(board, f"{NEW}/ict-rol/vastleggen", role="cmio", person="B. Tweede", **{"from": "15-9-2026"})
    assert "Behaald" in status(board, "R04")

    for code in ("T1.1", "T2.1", "T3.4"):
        phase = {"phases-0-phase": "selected", "phases-0-reached_on": "1-11-2022"}
        record(board, f"{NEW}/richting/vastleggen", code=code, **phase)
    assert "Behaald" in status(board, "R06")
    board.goto(NEW)
    board.locator("[id='richting-T1.1'] a[href*='corrigeren']").click()
    fill(board, **{"phases-1-phase": "pilot", "phases-1-reached_on": "1-3-2023", "_reason": "De proef begint"})

    days = {"signed_on": "1-12-2022", "starts_on": "1-1-2023", "ends_on": "31-12-2027"}
    contract = {"code": "C1", "title": "Contract", "insurer": "menzis", "scopes": "financing,implementation"}
    record(board, f"{NEW}/contract/vastleggen", **contract, **days)
    assert "Behaald" in status(board, "R10")
    assert "Niet behaald" in status(board, "R25")
    board.get_by_role("link", name="Mandaten vastleggen").first.click()
    assert axe_findings(board) == []
    board.locator("[data-cell]").first.fill("1-12-2022")
    board.get_by_role("button", name="Mandaten vastleggen").click()
    expect(board.locator(".notice").first).to_contain_text("Nu: 1 van 1 mandaten.")

    project = leader(board, enter, post[1])
    made = {"code": "NP1", "name": "Spreekuur", "kind": "application", "versions-0-version": "1"}
    record(project, "/toepassingen/product/vastleggen", **made)
    started = {"phases-0-phase": "start", "phases-0-reached_on": "1-2-2026", "started_on": "1-2-2026"}
    aimed = {"directions-0-code": "T1.1", "directions-0-from": "1-2-2026"}
    known = {"code": "NI1", "title": "Beeldbellen", "insurer": "menzis", "proposed_on": "1-1-2026"}
    record(project, f"{NEW}/initiatief/vastleggen", **known, **started, **aimed)
    home = "/initiatieven/NI1"
    record(project, f"{home}/toepassing/vastleggen", product="NP1", version="1", **{"from": "1-2-2026"})
    record(project, f"{home}/plan/vastleggen", title="Plan", adopted_on="1-2-2026")
    goal = {"targets-0-set_on": "1-2-2026", "targets-0-due_on": "31-12-2027", "targets-0-value": "40"}
    record(project, f"{home}/indicator/vastleggen", code="aandeel", name="Aandeel", unit="%", **goal)
    project.goto(home)
    project.locator("nav.page-actions a[href*='/financiering/']").click()
    money = {"stream": "own_means", "item": "Licentie", "share_pct": "100", "from": "1-2-2026"}
    fill(project, code="L1", purpose="*", **money)
    assert project.url.endswith(home), "back where one was"
    for said in ("Spreekuur", "Aandeel", "Licentie", "Plan"):
        expect(project.locator("main")).to_contain_text(said)

    board.goto(f"{NEW}/geschiedenis")
    for said in ("A. Eerste", "B. Tweede", "Contract", "De Wulp"):
        expect(board.locator("main")).to_contain_text(said)


def test_a_deadline_that_is_agreed_anew_stands_beside_the_first(enter: Enter, post: tuple[int, Mailbox]) -> None:
    board = opened_region(enter, post[1])
    before = status(board, "R01")
    board.get_by_role("link", name=re.compile("^Afwijking vastleggen")).click()
    expect(board.locator("[name=rule]")).to_have_value("vision_on_time")
    expect(board.locator("[name=subject]")).to_have_value("NWE")
    own = {"signers-0-party": "cooperation", "signers-0-person": "An", "signers-0-signed_on": "1-9-2026"}
    agreed = {"agreed_on": "1-9-2026", "until": "1-12-2026", "signer": "An", "reason": "Fusie"}
    for name, value in (agreed | own).items():
        if board.locator(f'[name="{name}"]').count() == 0:
            board.locator('[data-row-add][value="signers"]').click()
        field = board.locator(f'[name="{name}"]').first
        kind = field.evaluate("one => one.type")
        if kind == "radio":
            board.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)
    board.locator("#formulier .form-actions [type=submit]").first.click()
    expect(board.locator(".error-summary")).to_contain_text("Noem ook wie namens de andere partij tekende")
    other = {"signers-1-party": "insurer", "signers-1-person": "Bo", "signers-1-signed_on": "1-9-2026"}
    fill(board, **other)
    after = status(board, "R01")
    assert after == before, "the status stays against the first date"
    expect(board.locator(".why-fields")).to_contain_text("tot en met 1 december 2026, door An en Bo: Fusie")
    board.goto(NEW)
    expect(board.locator("main")).to_contain_text("afwijking afgesproken tot en met 1 december 2026")


def test_a_form_is_filled_in_by_keyboard_alone_on_a_telephone(enter: Enter, post: tuple[int, Mailbox]) -> None:
    page = leader(opened_region(enter, post[1]), enter, post[1], width=390)
    page.goto(f"{NEW}/praktijk/vastleggen")
    assert width_of(page, 390) <= 390
    page.locator("[name=code]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("NWE-07")
    page.keyboard.press("Tab")
    page.keyboard.type("De Mees")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "memberships-0-from":
            break
    page.keyboard.type("1-1-2021")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".notice").first).to_contain_text("vastgelegd")
    page.goto(f"{NEW}/praktijken/gebruik?thema=T1")
    assert width_of(page, 390) <= 390
    cell = page.locator("[data-cell]").first
    cell.focus()
    page.keyboard.type("1-7-2022")
    page.keyboard.press("Enter")
    page.locator("[name=_reason]").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".notice").first).to_contain_text("1 dag vastgelegd.")


def test_a_block_of_a_worksheet_is_pasted_into_the_grid(come_in) -> None:
    page = come_in("practice_liaison")
    page.goto("/samenwerkingsverbanden/HOL/praktijken/gebruik?thema=T1")
    first = page.locator("tbody tr").nth(2).locator("[data-cell]").first
    paste = """(cell, text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }"""
    first.evaluate(paste, "1-7-2022\t2-7-2022\r\n3-7-2022\t4-7-2022\r\n")
    expect(page.locator("tbody tr").nth(3).locator("[data-cell]").nth(1)).to_have_value("4-7-2022")
    expect(page.locator("[data-grid-status]")).to_contain_text("4 cellen geplakt")
    first.evaluate(paste, "1-7-2022\n" * 5000)
    expect(page.locator("[data-grid-status]")).to_contain_text("Het blok is groter dan het rooster")
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tbody tr").nth(3).locator("[data-cell]").first).to_be_focused()
    page.once("dialog", lambda dialog: dialog.accept())
