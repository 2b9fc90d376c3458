"""`python -m benchmarks.pages`: what each page costs over gunicorn, with 120 regions and 6,000 practices.

Warm are a hundred calls on one connection; after a write is the first call after one record was corrected, the median
of some. Queries are counted in a second process-wide application on the same database. `benchmarks/bare.py` compares
the portfolio with a bare table.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import event

from benchmarks.__main__ import machine
from benchmarks.bare import Beside, beside
from benchmarks.generate import SIZES
from benchmarks.page import put
from benchmarks.served import EMAIL, PASSWORD, Reader, application, correct, prepare, served, token_of
from tracker.extensions import db
from tracker.queries.accounts import cooperation_codes

CALLS, WRITES = 100, 5
PAGES = (
    "/portefeuille",
    "/portefeuille?vergelijk=2025-12-31",
    "/portefeuille?peildatum=2022-07-01",
    "/wijzigingen",
    "/wijzigingen?vergelijk=2025-12-31",
    "/samenwerkingsverbanden",
    "/samenwerkingsverbanden/{code}",
    "/samenwerkingsverbanden/{code}?vergelijk=2025-12-31",
    "/samenwerkingsverbanden/{code}/initiatieven",
    "/samenwerkingsverbanden/{code}/financiering",
    "/samenwerkingsverbanden/{code}/financiering?vergelijk=2025-12-31",
    "/samenwerkingsverbanden/{code}/praktijken",
    "/samenwerkingsverbanden/{code}/evaluaties",
    "/samenwerkingsverbanden/{code}/bewijs",
    "/samenwerkingsverbanden/{code}/geschiedenis",
    "/initiatieven",
    "/initiatieven?vergelijk=2025-12-31",
    "/initiatieven/{code}-I1",
    "/initiatieven/{code}-I1/voortoets",
    "/evaluaties",
    "/evaluaties/{code}/3",
    "/toepassingen",
    "/toepassingen/P03",
    "/praktijken",
    "/bekostiging",
    "/bekostiging/regels",
    "/bekostiging/tarieven",
    "/goede-voorbeelden",
    "/acties",
    "/waarom/R01/{code}",
    "/programmas",
    "/programmas/menzis-2022",
    "/zoeken?q=wulp",
    "/regels",
    "/begrippen",
    "/over-de-cijfers",
)
MOST_WARM, MOST_AFTER, MOST_TIMES, MOST_BARE = 150, 500, 3, 2


class Row(NamedTuple):
    """One page: milliseconds, queries warm and after a write, and bytes of the page itself."""

    page: str
    p50: float
    p99: float
    after: float
    queries: int
    queries_after: int
    size: int

    @property
    def is_good(self) -> bool:
        return self.p50 <= MOST_WARM and self.p99 <= MOST_TIMES * self.p50 and self.after <= MOST_AFTER


def measure(reader: Reader, url: str, code: str, queries: dict[str, tuple[int, int]]) -> list[Row]:
    """Every page, warm and after a write."""
    found = []
    for number, page in enumerate(PAGES):
        path = page.format(code=code)
        first = reader.call(path)
        assert first.status == 200, f"{path} gave {first.status}"
        warm = sorted(reader.call(path).seconds * 1000 for _ in range(CALLS))
        after = []
        for write in range(WRITES):
            correct(url, code, number * WRITES + write)
            after.append(reader.call(path).seconds * 1000)
        p99 = warm[int(0.99 * len(warm)) - 1]
        row = Row(page, statistics.median(warm), p99, statistics.median(after), *queries[page], len(first.body))
        found.append(row)
        print(f"{page:52} p50 {row.p50:5.0f} p99 {row.p99:5.0f} after {row.after:5.0f} ms {row.queries:4}", flush=True)
    return found


def count_queries(url: str, code: str) -> dict[str, tuple[int, int]]:
    """The number of statements of each page, warm and after a write."""
    app = application(url)
    with app.app_context():
        engine = db.engine
    counted: list[object] = []
    event.listen(engine, "before_cursor_execute", lambda *_args: counted.append(None))
    client = app.test_client()
    token = token_of(client.get("/aanmelden").get_data(as_text=True))
    client.post("/aanmelden", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token})

    def count(path: str) -> int:
        counted.clear()
        assert client.get(path).status_code == 200
        return len(counted)

    paths = {page: page.format(code=code) for page in PAGES}
    for path in paths.values():
        count(path)
    warm = {page: count(path) for page, path in paths.items()}
    after = {}
    for number, (page, path) in enumerate(paths.items()):
        correct(url, code, -number - 1)
        after[page] = count(path)
    return {page: (warm[page], after[page]) for page in paths}


def section(rows: list[Row], bare: Beside) -> str:
    """The figures as a part of the page."""
    return "\n".join(
        [
            f"{machine()}\n\n{_TEXT}",
            table(["page", "p50 ms", "p99 ms", "after a write ms", "queries", "after", "bytes", ""], map(_line, rows)),
            f"{_BARE}\n\n{_bare_line(bare)}\n",
        ]
    )


def table(head: list[str], rows: object) -> str:
    """Lines of a table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows)]  # type: ignore[misc]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> list[str]:
    figures = [f"{row.p50:.0f}", f"{row.p99:.0f}", f"{row.after:.0f}", str(row.queries), str(row.queries_after)]
    return [f"`{row.page}`", *figures, f"{row.size:,}", verdict(row.is_good)]


def _bare_line(bare: Beside) -> str:
    return (
        f"{bare.rows} rows: {bare.portfolio:.0f} ms ({bare.portfolio_bytes:,} bytes) against {bare.bare:.0f} ms"
        f" ({bare.bare_bytes:,} bytes): ×{bare.times:.2f}, at most ×{MOST_BARE}: {verdict(bare.times <= MOST_BARE)}."
    )


def verdict(good: bool) -> str:
    """Whether a figure is as wanted."""
    return "yes" if good else "**no**"


_TEXT = f"""`benchmarks/pages.py`: one client over gunicorn, 120 regions and 6,000 practices on SQLite, as a region
manager who sees all of them. Warm are {CALLS} calls; after a write is the first call after a corrected record, the
median of {WRITES}; bytes as they cross the line. Wanted: p50 within {MOST_WARM} ms, p99 within {MOST_TIMES} times
that, after a write within {MOST_AFTER} ms.
"""
_BARE = """### Beside a bare table

The portfolio of 300 regions beside the same table from four Core queries by Jinja (`benchmarks/bare.py`), in one
process, one after the other, without compression."""


def main() -> None:
    """Serve M with gunicorn, ask every page, and write what it took under the engine's figures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'M.sqlite'}"
        prepare(url, folder, SIZES["M"])
        with application(url).app_context():
            code = cooperation_codes()[0]
        queries = count_queries(url, code)
        with served(url, folder) as port:
            reader = Reader(port)
            reader.sign_in()
            rows = measure(reader, url, code, queries)
        page = section(rows, beside(folder))
    put("Pages", page)


if __name__ == "__main__":
    main()
