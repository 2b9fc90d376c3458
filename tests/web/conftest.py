"""The demonstration behind real requests: loaded once, copied for each test that asks."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.conftest import DEMO_TODAY, make_app
from tests.people import sign_in
from tracker.extensions import db

DEMO_DAY = DEMO_TODAY
Reader = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def demo_app(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on the demonstration, on 1 October 2026; for tests that only look.

    Looking writes too (sessions, a language), so it has a copy of its own: a template that is open keeps its newest
    pages in a file beside it, which a copy would miss.
    """
    file = tmp_path_factory.mktemp("looking") / "demo.sqlite"
    shutil.copy(demo_template, file)
    app = make_app(f"sqlite:///{file}", demo_today=DEMO_DAY)
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
