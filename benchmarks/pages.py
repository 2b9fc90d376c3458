"""`python -m benchmarks.pages`: what each page costs over gunicorn, with 120 regions and 6,000 practices.

Warm is the median and the slowest of thirty calls; after a write is the first call after one record was corrected, the
worst of three. Bytes are what crosses the line, compressed.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.__main__ import README, machine
from benchmarks.generate import SIZES, dossier
from benchmarks.steps import import_file
from tracker import create_app
from tracker.domain.policy import Role
from tracker.domain.shape import RawFile
from tracker.operations.accounts import add_account
from tracker.operations.dossiers import import_dossier
from tracker.operations.schema import upgrade_database
from tracker.programmes import catalogue, load_programmes
from tracker.queries.accounts import cooperation_codes
from tracker.settings import Mode, Settings

Row = tuple[str, float, float, float, int]
_TITLE = "## Pages"
_TEXT = """`benchmarks/pages.py`: one client over gunicorn, 120 regions and 6,000 practices on SQLite, as a region
manager who sees all of them. p50 and slowest of thirty warm calls; the worst of three first calls after a corrected
record; bytes as they cross the line. Wanted: p50 within 150 ms, the slowest within three times that, after a write
within 500 ms."""
TODAY = date(2026, 10, 1)
EMAIL, PASSWORD = "meten@demo.example", "meten-meten-meten"
CALLS, WRITES = 30, 3
PAGES = (
    "/portefeuille",
    "/portefeuille?vergelijk=2025-12-31",
    "/wijzigingen?vergelijk=2025-12-31",
    "/samenwerkingsverbanden",
    "/samenwerkingsverbanden/{code}",
    "/samenwerkingsverbanden/{code}/praktijken",
    "/initiatieven",
    "/evaluaties",
    "/toepassingen",
    "/praktijken",
    "/bekostiging",
    "/goede-voorbeelden",
    "/programmas/menzis-2022",
)


class Reader:
    """One signed-in client that keeps its connection."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port)
        self._cookie = ""

    def call(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, float]:
        """Status, body as it crossed the line, and seconds."""
        headers = {"Accept-Encoding": "gzip", "Cookie": self._cookie, "Host": "127.0.0.1"}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self._line.request("GET" if form is None else "POST", path, body, headers)
        answer = self._line.getresponse()
        data = answer.read()
        spent = time.perf_counter() - start
        for value in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = value.partition(";")[0]
        return answer.status, data, spent

    def sign_in(self) -> None:
        """Through the sign-in page, as anybody."""
        _, page, _ = self.call("/aanmelden")
        text = (gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page).decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert found, "the sign-in page has no token"
        status, _, _ = self.call("/aanmelden", {"email": EMAIL, "password": PASSWORD, "csrf_token": found[1]})
        assert status in (302, 303), f"signing in gave {status}"


def prepare(url: str, folder: Path) -> str:
    """Fill a database with M and somebody who sees everything; answers the code of one region."""
    app = create_app(Settings(mode=Mode.demo, database_url=url, secret_key="b" * 40, demo_today=TODAY))
    with app.app_context():
        upgrade_database()
        file = folder / "M.json"
        file.write_bytes(b"".join(dossier(SIZES["M"])))
        import_file(str(file))
        add_account(
            email=EMAIL,
            name="M. Eter",
            role=Role.insurer_region_manager,
            insurer="menzis",
            by="benchmark",
            password=PASSWORD,
        )
        return cooperation_codes()[0]


def correct(url: str, code: str, number: int) -> None:
    """One corrected record, journal and all."""
    app = create_app(Settings(mode=Mode.demo, database_url=url, secret_key="b" * 40, demo_today=TODAY))
    head = {"format": "regiotracker/dossier@1", "fictional": True}
    region = {"code": code, "name": f"RSV Gecorrigeerd {number}"}
    with app.app_context():
        codes = catalogue(load_programmes()).codes
        report = import_dossier(file=RawFile(head, [region]), catalogues=codes, today=TODAY, by="benchmark")
    assert report.total().changed == 1, report.problems.shown


def measure(port: int, url: str, code: str) -> list[Row]:
    """For every page: median, slowest, worst after a write (milliseconds), and bytes."""
    reader = Reader(port)
    reader.sign_in()
    found = []
    for number, page in enumerate(PAGES):
        path = page.format(code=code)
        status, data, _ = reader.call(path)
        assert status == 200, f"{path} gave {status}"
        warm = [reader.call(path)[2] for _ in range(CALLS)]
        after = []
        for write in range(WRITES):
            correct(url, code, number * WRITES + write)
            after.append(reader.call(path)[2])
        found.append((page, statistics.median(warm) * 1000, max(warm) * 1000, max(after) * 1000, len(data)))
        print(
            f"{page:44} {found[-1][1]:7.0f} ms {found[-1][2]:7.0f} ms {found[-1][3]:7.0f} ms {len(data):8} B",
            flush=True,
        )
    return found


def main() -> None:
    """Serve M with gunicorn, ask every page, and write what it took under the engine's figures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'M.sqlite'}"
        code = prepare(url, folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {
            "TRACKER_MODE": "demo",
            "TRACKER_INSTANCE": name,
            "DATABASE_URL": url,
            "SECRET_KEY": "b" * 40,
            "DEMO_TODAY": TODAY.isoformat(),
        }
        command = [str(Path(sys.executable).with_name("tracker")), "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            rows = measure(port, url, code)
        finally:
            server.terminate()
            server.wait()
    kept = README.read_text(encoding="utf-8").partition(_TITLE)[0] if README.exists() else ""
    README.write_text(kept + section(rows), encoding="utf-8")


def section(rows: list[Row]) -> str:
    """The figures as the last part of the page; the median is wanted within 150 ms, after a write within 500 ms."""
    head = f"{_TITLE}\n\n{machine()}\n\n{_TEXT}\n\n| page | p50 ms | slowest ms | after a write ms | bytes |\n"
    lines = [f"| `{page}` | {p50:.0f} | {slow:.0f} | {after:.0f} | {size:,} |" for page, p50, slow, after, size in rows]
    return head + "| --- | --- | --- | --- | --- |\n" + "\n".join(lines) + "\n"


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            if Reader(port).call("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
