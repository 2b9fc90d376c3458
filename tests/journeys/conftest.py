"""A served house and a real browser that notices every fault on every page it opens."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from werkzeug.serving import make_server

from tests.conftest import DEMO_TODAY, make_app
from tests.people import invent_regions


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder opens a browser."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's chromium, told not to call anybody."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A Dutch visitor at a desk."""
    return {**browser_context_args, "locale": "nl-NL", "viewport": {"width": 1440, "height": 900}}


def _closed(app: Flask) -> Callable[..., Iterable[bytes]]:
    """Each answer is closed, as under gunicorn: Werkzeug's server forgets it when the browser hangs up first."""

    def answered(*asked: Any) -> Iterator[bytes]:
        answer = app(*asked)
        try:
            yield from answer
        finally:
            getattr(answer, "close", bool)()

    return answered


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which a house is served, as long as it is."""
    server = make_server("127.0.0.1", 0, _closed(app), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the house with three invented regions is served."""
    invent_regions(app)
    with serving(app) as where:
        yield where


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Callable[[str], Page]]:
    """Open a page: `visit("/aanmelden")`. Fails on a console error, a refused style or script, or an axe finding."""
    faults = watched(page)

    def open_page(path: str) -> Page:
        page.goto(address + path)
        faults.extend(f"{path}: {fault}" for fault in axe_findings(page))
        assert page.locator("h1").count() == 1
        return page

    yield open_page
    assert faults == []


def watched(page: Page) -> list[str]:
    """The faults that a page reports from now on: errors and warnings of the console, and errors of its scripts."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Chromium counts a page that is not there, or not for you, as an error; the page itself says so to its reader.
        refused = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type in ("error", "warning") and not refused:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    return faults


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations)")
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]


_SETTLED = """width => new Promise(done => {
    const until = performance.now() + 2000;
    (function look() {
        const wide = document.documentElement.scrollWidth;
        if (wide <= width || performance.now() > until) done(wide); else setTimeout(look, 40);
    })();
})"""


def width_of(page: Page, width: int) -> int:
    """How wide the page is, once its charts have followed the window; more than the window = it scrolls sideways."""
    wide: int = page.evaluate(_SETTLED, width)
    return wide


# --- the demonstration, served once for all journeys ---


@pytest.fixture(scope="session")
def house(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is served, on its day; for journeys that only look."""
    file = tmp_path_factory.mktemp("served") / "demo.sqlite"
    shutil.copy(demo_template, file)
    with serving(make_app(f"sqlite:///{file}", demo_today=DEMO_TODAY)) as where:
        yield where


@pytest.fixture(scope="session")
def people(
    browser: Browser, house: str, browser_context_args: dict[str, object]
) -> Iterator[Callable[[str], BrowserContext]]:
    """The browser of the person with a role, signed in once per session by the button of the sign-in page."""
    held: dict[str, BrowserContext] = {}

    def of(role: str) -> BrowserContext:
        if role not in held:
            held[role] = browser.new_context(**browser_context_args, base_url=house)
            page = held[role].new_page()
            page.goto("/aanmelden")
            page.locator(f'form[action*="/voorbeeld/{role}"] button').click()
            page.wait_for_url(lambda url: "/aanmelden" not in url)
            page.close()
        return held[role]

    yield of
    for context in held.values():
        context.close()


@pytest.fixture
def come_in(people: Callable[[str], BrowserContext]) -> Iterator[Callable[..., Page]]:
    """A page of the person with a role: `come_in("board_member", width=390)`. Fails on every fault that it reports."""
    opened: list[tuple[Page, list[str]]] = []

    def of(role: str, width: int = 1440) -> Page:
        page = people(role).new_page()
        page.set_viewport_size({"width": width, "height": 900})
        opened.append((page, watched(page)))
        return page

    yield of
    for page, _faults in opened:
        page.close()
    assert [fault for _page, faults in opened for fault in faults] == []
