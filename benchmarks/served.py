"""A house with invented regions behind gunicorn, and one client that reads it."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from benchmarks.generate import dossier
from benchmarks.steps import import_file
from tracker import create_app
from tracker.domain.policy import Role
from tracker.domain.raw import RawFile
from tracker.operations.accounts import add_account
from tracker.operations.dossiers import import_dossier
from tracker.operations.schema import upgrade_database
from tracker.programmes import catalogue, load_programmes
from tracker.settings import Mode, Settings

TODAY = date(2026, 10, 1)
EMAIL, PASSWORD = "meten@demo.example", "meten-meten-meten"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def application(url: str) -> Flask:
    """The application on a database, on the day of the measurement."""
    chosen = {"database_url": url, "secret_key": "b" * 40, "demo_today": TODAY}
    return create_app(Settings(mode=Mode.demo, log_level="ERROR", **chosen))


def prepare(url: str, folder: Path, regions: int) -> None:
    """Fill an empty database with regions and with somebody who sees all of them."""
    with application(url).app_context():
        upgrade_database()
        file = folder / "regions.json"
        file.write_bytes(b"".join(dossier(regions)))
        import_file(str(file))
        role = Role.insurer_region_manager
        add_account(email=EMAIL, name="M. Eter", role=role, insurer="menzis", by="benchmark", password=PASSWORD)


def correct(url: str, code: str, number: int) -> None:
    """One corrected record, journal and all."""
    head = {"format": "regiotracker/dossier@1", "fictional": True}
    region = {"code": code, "name": f"RSV Gecorrigeerd {number}"}
    with application(url).app_context():
        codes = catalogue(load_programmes()).codes
        report = import_dossier(file=RawFile(head, [region]), catalogues=codes, today=TODAY, by="benchmark")
    assert report.total().changed == 1, report.problems.shown


@contextmanager
def served(url: str, folder: Path) -> Iterator[int]:
    """The house behind `tracker serve`, with one worker, so that every call meets the same one; answers the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = os.environ | {
        "TRACKER_MODE": "demo",
        "TRACKER_INSTANCE": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": "b" * 40,
        "DEMO_TODAY": TODAY.isoformat(),
        "LOG_LEVEL": "ERROR",
    }
    command = [str(Path(sys.executable).with_name("tracker")), "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            if Reader(port).call("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


class Called:
    """What came back: status, body as it crossed the line, and seconds."""

    def __init__(self, status: int, body: bytes, seconds: float) -> None:
        self.status, self.body, self.seconds = status, body, seconds

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body).decode()


class Reader:
    """One signed-in client that keeps its connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._line = http.client.HTTPConnection("127.0.0.1", port)
        self.cookie = ""

    def call(self, path: str, form: dict[str, str] | None = None, accept: str = "gzip") -> Called:
        """Ask once."""
        headers = {"Accept-Encoding": accept, "Cookie": self.cookie, "Host": "127.0.0.1"}
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
            self.cookie = value.partition(";")[0]
        return Called(answer.status, data, spent)

    def sign_in(self) -> None:
        """Through the sign-in page, as anybody."""
        token = token_of(self.call("/aanmelden").text)
        status = self.call("/aanmelden", {"email": EMAIL, "password": PASSWORD, "csrf_token": token}).status
        assert status in (302, 303), f"signing in gave {status}"


def token_of(page: str) -> str:
    """The proof in a form."""
    found = _TOKEN.search(page)
    assert found, "the page has no token"
    return found[1]
