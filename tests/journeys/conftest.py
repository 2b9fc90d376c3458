"""A served house and a real browser that notices every fault on every page it opens."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page
from werkzeug.serving import make_server

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


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the house with three invented regions is served."""
    invent_regions(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Callable[[str], Page]]:
    """Open a page: `visit("/aanmelden")`. Fails on a console error, a refused style or script, or an axe finding."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))

    def open_page(path: str) -> Page:
        page.goto(address + path)
        findings = Axe().run(page).response["violations"]
        faults.extend(f"{path}: {finding['id']}: {finding['nodes'][0]['html'][:200]}" for finding in findings)
        assert page.locator("h1").count() == 1
        return page

    yield open_page
    assert faults == []
