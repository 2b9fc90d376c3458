"""What a first visit costs: bytes with an empty cache, when Chromium has drawn, and how long a chart takes."""

from __future__ import annotations

import os
import re
import shutil
import statistics
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.served import Reader

VISITS = 5
_FILES = re.compile(r'(?:href|src|data-plotly)="(/static/[^"#]+)')
_CHARTS = ("plotly", "charts")
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_COMPLETE = """() => new Promise(done => (function look() {
    if (document.readyState === 'complete')
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    else requestAnimationFrame(look);
})())"""
_CHART = """() => new Promise(done => {
    const asked = performance.now();
    const plot = [...document.querySelectorAll('[data-plot]')].find(item => item.offsetWidth);
    if (!plot) return done(null);
    plot.scrollIntoView({block: 'center'});
    (function look() {
        if (plot.querySelector('.main-svg'))
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - asked)));
        else requestAnimationFrame(look);
    })();
})"""


class Weight(NamedTuple):
    """Bytes as they cross the line, compressed: the page with its files, and what charts add."""

    page: int
    files: int
    charts: int


class Drawing(NamedTuple):
    """Milliseconds, the median of some cold visits: first words and the whole page since the click, and the first chart
    since somebody went to see it, library and all; None where a page has no chart that Plotly draws."""

    painted: float
    complete: float
    chart: float | None


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
    return {path: Drawing(*map(_median, zip(*visits, strict=True))) for path, visits in seen.items()}


def _median(seen: tuple[float | None, ...]) -> float | None:
    """None where one is missing: a page has a chart at every visit or at none."""
    known = [number for number in seen if number is not None]
    return statistics.median(known) if len(known) == len(seen) else None


def _visit(browser: Browser, reader: Reader, path: str) -> tuple[float, float, float | None]:
    """A new context has an empty cache."""
    address = f"http://127.0.0.1:{reader.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    name, _, value = reader.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.goto(address + path, wait_until="commit")
    complete = float(page.evaluate(_COMPLETE))
    painted = float(page.evaluate(_PAINTED) or complete)
    chart = page.evaluate(_CHART)
    context.close()
    return painted, complete, chart
