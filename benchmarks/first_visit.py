"""What a first visit costs: bytes over the line with an empty cache, and the moment at which Chromium has drawn."""

from __future__ import annotations

import os
import re
import shutil
import statistics
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.served import Reader

VISITS = 5
_FILES = re.compile(r'(?:href|src)="(/static/[^"#]+)')
_CHARTS = ("plotly", "charts")
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_DRAWN = """() => new Promise(done => (function look() {
    const plots = [...document.querySelectorAll('[data-plot]')].filter(item => item.offsetWidth);
    if (document.readyState === 'complete' && plots.every(item => item.querySelector('.main-svg')))
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    else requestAnimationFrame(look);
})())"""


class Weight(NamedTuple):
    """Bytes as they cross the line, compressed: the page with its files, and what charts add."""

    page: int
    files: int
    charts: int


class Drawing(NamedTuple):
    """Milliseconds from the click, the median of some cold visits: first words, and all with its charts."""

    painted: float
    drawn: float


def weight(reader: Reader, path: str) -> Weight:
    """The bytes of a page and of every file that it names."""
    page = reader.call(path)
    named = sorted(set(_FILES.findall(page.text)))
    sizes = {name: len(reader.call(name, accept="br, gzip").body) for name in named}
    charts = sum(size for name, size in sizes.items() if any(word in name for word in _CHARTS))
    return Weight(len(page.body), sum(sizes.values()) - charts, charts)


def drawings(reader: Reader, paths: list[str]) -> dict[str, Drawing]:
    """When each page is drawn in a browser that has seen none of it."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        found = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        seen = {path: [_visit(browser, reader, path) for _ in range(VISITS)] for path in paths}
        browser.close()
    return {path: Drawing(*map(statistics.median, zip(*visits, strict=True))) for path, visits in seen.items()}


def _visit(browser: Browser, reader: Reader, path: str) -> tuple[float, float]:
    """A new context has an empty cache."""
    address = f"http://127.0.0.1:{reader.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    name, _, value = reader.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.goto(address + path, wait_until="commit")
    drawn = float(page.evaluate(_DRAWN))
    painted = float(page.evaluate(_PAINTED) or drawn)
    context.close()
    return painted, drawn
