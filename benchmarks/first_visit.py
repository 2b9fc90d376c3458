"""`python -m benchmarks.first_visit`: bytes with an empty cache, when Chromium has drawn, and how long a chart takes.

A page is complete when everything of it has come, script has run and two frames have passed. A chart that is in view
by itself then still waits for its library; when it is drawn too stands apart. What is drawn as it comes near is
measured by a jump to the end of the page. Pages are visited in turn, so that what else the machine does meets all of
them. The browser stands open when the visit begins: a context that was made that moment still starts processes of its
own, which on two cores costs any page, also an empty one, up to a quarter of a second.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.__main__ import machine
from benchmarks.generate import SIZES
from benchmarks.page import put
from benchmarks.pages import PAGES, table, verdict
from benchmarks.served import Reader, application, prepare, served
from tracker.queries.accounts import cooperation_codes

VISITS = 5
DRAWN = tuple(page for page in PAGES if "?" not in page)
"""Every page, on the day itself."""
SETTLED = 600
"""Milliseconds that a new context gets to come to rest."""
MOST_BYTES, MOST_BEFORE_CHARTS, MOST_DRAWN = 700_000, 150_000, 600
_FILES = re.compile(r'(?:href|src|data-plotly)="(/static/[^"#]+)')
_CHARTS = ("plotly", "charts")
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_COMPLETE = """() => new Promise(done => (function look() {
    if (document.readyState === 'complete')
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    else requestAnimationFrame(look);
})())"""
_IN_VIEW = """() => new Promise(done => {
    const inView = [...document.querySelectorAll('[data-plot]')].filter(item => {
        const {top, bottom, width} = item.getBoundingClientRect();
        return width && top < innerHeight && bottom > 0;
    });
    if (!inView.length) return done(null);
    (function look() {
        if (inView.every(item => item.querySelector('.main-svg')))
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
        else requestAnimationFrame(look);
    })();
})"""
_END = """() => new Promise(done => {
    const asked = performance.now();
    scrollTo({top: document.body.scrollHeight, behavior: 'instant'});
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - asked)));
})"""
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
    """Milliseconds, the median of some cold visits: the answer, the first words and the whole page since the click, the
    slowest whole page, the charts in view since the click, the end of the page after a jump to it, and the first chart
    since somebody went to see it, library and all; None where a page has no such chart."""

    answered: float
    painted: float
    complete: float
    slowest: float
    in_view: float | None
    end: float
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
        seen: dict[str, list[Drawing]] = {path: [] for path in paths}
        for _ in range(VISITS):
            for path, visits in seen.items():
                visits.append(_visit(browser, reader, path))
        browser.close()
    return {path: _together(visits) for path, visits in seen.items()}


def _together(visits: list[Drawing]) -> Drawing:
    """The medians; a page has a chart at every visit or at none."""
    answered, painted, complete, end = (
        statistics.median(getattr(item, name) for item in visits) for name in ("answered", "painted", "complete", "end")
    )
    in_view, chart = (
        statistics.median(known) if (known := [getattr(item, name) for item in visits if getattr(item, name)]) else None
        for name in ("in_view", "chart")
    )
    return Drawing(answered, painted, complete, max(item.complete for item in visits), in_view, end, chart)


def _visit(browser: Browser, reader: Reader, path: str) -> Drawing:
    """A new context has an empty cache; it comes to rest before the visit."""
    address = f"http://127.0.0.1:{reader.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    name, _, value = reader.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.wait_for_timeout(SETTLED)
    page.goto(address + path, wait_until="commit")
    complete = float(page.evaluate(_COMPLETE))
    in_view = page.evaluate(_IN_VIEW)
    painted = float(page.evaluate(_PAINTED) or complete)
    answered = float(page.evaluate("() => performance.getEntriesByType('navigation')[0].responseStart"))
    end, chart = float(page.evaluate(_END)), page.evaluate(_CHART)
    context.close()
    return Drawing(answered, painted, complete, complete, in_view, end, chart)


def section(weights: dict[str, Weight], drawn: dict[str, Drawing]) -> str:
    """The figures as a part of the page."""
    busy = f"{machine()} · load {os.getloadavg()[1]:.1f} (mean of five minutes)"
    return f"{busy}\n\n{_TEXT}\n" + table(_HEAD, (_line(page, weights[page], drawn[page]) for page in weights))


def _line(page: str, weighed: Weight, seen: Drawing) -> list[str]:
    before = weighed.page + weighed.files
    good = before + weighed.charts <= MOST_BYTES and before <= MOST_BEFORE_CHARTS and seen.complete <= MOST_DRAWN
    sizes = [weighed.page, weighed.files, weighed.charts, before + weighed.charts]
    moments = [f"{moment:.0f}" if moment is not None else "" for moment in seen]
    return [f"`{page}`", *(f"{size:,}" for size in sizes), *moments, verdict(good)]


_HEAD = ["page", "page", "style and script", "charts", "together", "answer", "words", "complete", "slowest"]
_HEAD += ["chart in view", "end", "chart", ""]
_TEXT = f"""`benchmarks/first_visit.py`: 120 regions and 6,000 practices with an empty cache, in bytes as they cross the
line and in milliseconds in Chromium (median of {VISITS} visits, 1440 pixels, the server on the same cores). Wanted: at
most {MOST_BYTES:,} bytes together and {MOST_BEFORE_CHARTS:,} before the charts, the page complete within {MOST_DRAWN}
ms: all has come and script has run, in a browser that stands open. `chart in view` is when a chart that is in view by
itself is drawn too, its library included; it is not held to that bar. `end` counts from a jump to the bottom, `chart`
from the moment at which somebody goes to see the first one. Times grow with the load of the machine.
"""


def main() -> None:
    """Serve M with gunicorn and visit pages for the first time."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'M.sqlite'}"
        prepare(url, folder, SIZES["M"])
        with application(url).app_context():
            code = cooperation_codes()[0]
        paths = {page: page.format(code=code) for page in DRAWN}
        with served(url, folder) as port:
            reader = Reader(port)
            reader.sign_in()
            weights = {page: weight(reader, path) for page, path in paths.items()}
            seen = drawings(reader, list(paths.values()))
    put("A first visit", section(weights, {page: seen[path] for page, path in paths.items()}))


if __name__ == "__main__":
    main()
