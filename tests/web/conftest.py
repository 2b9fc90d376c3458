"""What tests of pages may ask for: the demonstration, read by its people. Nobody writes, so it is made once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import DEMO_TODAY, make_app
from tests.people import sign_in
from tracker.extensions import db

Reader = Callable[..., str]


@pytest.fixture(scope="session")
def shown(demo_template: Path) -> Iterator[Flask]:
    """The application with the demonstration, only to be read."""
    app = make_app(f"sqlite:///{demo_template}", demo_today=DEMO_TODAY)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def people(shown: Flask) -> Callable[[str], FlaskClient]:
    """The browser of the demonstration's person with a role, signed in once."""
    held: dict[str, FlaskClient] = {}

    def of(role: str) -> FlaskClient:
        if role not in held:
            held[role] = sign_in(shown.test_client(), role)
        return held[role]

    return of


@pytest.fixture
def read(people: Callable[[str], FlaskClient]) -> Reader:
    """The text of a page as a role sees it: `read("/portefeuille")`, the regiomanager unless named otherwise."""

    def text(path: str, role: str = "insurer_region_manager", status: int = 200) -> str:
        answer = people(role).get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)

    return text
