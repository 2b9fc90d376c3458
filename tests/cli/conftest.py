"""Commands, run as from a shell: exit status, what stands on the screen and what on the error stream."""

import io
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from alembic.script import ScriptDirectory

from tracker.assets import HOUSE
from tracker.cli import main


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str
    raw: bytes


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, without a database yet; answers the path its database will have."""
    for name in ("LC_ALL", "LC_MESSAGES", "SECRET_KEY", "DEMO_TODAY", "TRACKER_MODE", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'house.sqlite'}")
    return tmp_path / "house.sqlite"


@pytest.fixture
def run(house: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run a command: `run("status", "WOL")`, with bytes on its input where given."""

    def ran(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Done(int(ended.value.code or 0), out.decode(), err.decode(), out)

    return ran


@pytest.fixture
def empty(run: Callable[..., Done], house: Path, sqlite_template: Path) -> Callable[..., Done]:
    """As `run`, with a database that has its tables and nothing in them."""
    shutil.copy(sqlite_template, house)
    _stamp(house)
    return run


@pytest.fixture
def written(house: Path) -> Callable[[], int]:
    """How many times something was written to the database."""

    def count() -> int:
        with sqlite3.connect(house) as connection:
            number: int = connection.execute("SELECT count(*) FROM revision").fetchone()[0]
        return number

    return count


@pytest.fixture
def demonstration(
    run: Callable[..., Done], house: Path, demo_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """As `run`, with the demonstration in the database, on its day."""
    shutil.copy(demo_template, house)
    monkeypatch.setenv("DEMO_TODAY", "2026-10-01")
    _stamp(house)
    return run


def _stamp(path: Path) -> None:
    """The template was made from the declarations; say that it has every step."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [_head()])


def _head() -> str:
    head = ScriptDirectory(str(HOUSE / "migrations")).get_current_head()
    assert head is not None
    return head


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """A maker of files: `file(b"...")` answers its path."""

    def made(data: bytes | str, name: str = "dossier.yaml") -> str:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return made
