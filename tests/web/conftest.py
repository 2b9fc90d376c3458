"""The demonstration behind real requests: loaded once, copied for each test that asks."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

import tracker
from tests.conftest import make_app
from tests.people import sign_in
from tracker.exchange.dossier_file import read_dossier
from tracker.extensions import db
from tracker.operations.demonstration import load_demonstration
from tracker.programmes import catalogue, load_programmes

DEMO = Path(tracker.__file__).parent / "demo" / "demo.yaml"
DEMO_DAY = date(2026, 10, 1)
Reader = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """An SQLite file with the demonstration and its people."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.sqlite"
    shutil.copy(sqlite_template, path)
    app = make_app(f"sqlite:///{path}", demo_today=DEMO_DAY)
    with app.app_context():
        codes = catalogue(load_programmes()).codes
        report = load_demonstration(file=read_dossier(DEMO.read_bytes()), catalogues=codes, today=DEMO_DAY, by="tests")
        assert report is not None
        assert not report.is_refused
        db.session.remove()
        db.engine.dispose()
    return path


@pytest.fixture(scope="module")
def demo_app(demo_file: Path) -> Iterator[Flask]:
    """The application on the demonstration, on 1 October 2026; for tests that only look."""
    app = make_app(f"sqlite:///{demo_file}", demo_today=DEMO_DAY)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def reader(demo_app: Flask) -> Reader:
    """Somebody of the demonstration: `reader("board_member")`."""
    return lambda role: in_dutch(sign_in(demo_app.test_client(), role))


def in_dutch(client: FlaskClient) -> FlaskClient:
    """Somebody who reads Dutch again: an account keeps the language that another test chose."""
    client.get("/taal/nl")
    return client


@pytest.fixture
def statements(demo_app: Flask) -> Iterator[list[str]]:
    """Every statement that the database was given, in order."""
    seen: list[str] = []
    with demo_app.app_context():
        engine = db.engine

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def people(demo_app: Flask) -> Callable[[str], FlaskClient]:
    """The browser of the demonstration's person with a role, signed in once per module."""
    held: dict[str, FlaskClient] = {}

    def of(role: str) -> FlaskClient:
        if role not in held:
            held[role] = in_dutch(sign_in(demo_app.test_client(), role))
        return held[role]

    return of


@pytest.fixture
def read(people: Callable[[str], FlaskClient]) -> Callable[..., str]:
    """The text of a page as a role sees it: `read("/portefeuille")`, the regiomanager unless named otherwise."""

    def text(path: str, role: str = "insurer_region_manager", status: int = 200) -> str:
        answer = people(role).get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    return text
