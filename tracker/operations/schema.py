"""How the tables change: by the numbered steps of migrations/, one after another."""

import logging
import re
from pathlib import Path

import flask_migrate
from flask import current_app
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from tracker.extensions import db

DatabaseTrouble = OperationalError
"""What the database raises when it is out of reach, locked, full or read-only."""

log = logging.getLogger(__name__)


def upgrade_database() -> None:
    """Bring the database to the tables of this version; nothing happens to one that is there."""
    db.session.remove()
    flask_migrate.upgrade(directory=_steps())
    log.info("database upgraded")


def empty_database() -> None:
    """Take away every table with all it holds, and make them anew: only for invented data."""
    db.session.remove()
    flask_migrate.downgrade(directory=_steps(), revision="base")
    upgrade_database()
    log.info("database emptied")


def _steps() -> str:
    """The folder of the steps."""
    return str(current_app.extensions["migrate"].directory)


def remove_database_file() -> None:
    """Take away the file of an SQLite database with its journal; the next upgrade makes a new one."""
    db.session.remove()
    db.engine.dispose()
    path = Path(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).database or "")
    for name in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def write_migration(message: str) -> str | None:
    """Write the next numbered step: what the declarations have and the database has not. Answers its number, if any."""
    folder = Path(_steps()) / "versions"
    numbers = [int(found[0]) for path in folder.glob("*.py") if (found := re.match(r"\d{4}", path.name))]
    number = f"{max(numbers, default=0) + 1:04d}"
    flask_migrate.revision(directory=_steps(), message=message, autogenerate=True, rev_id=number)
    return number if list(folder.glob(f"{number}_*.py")) else None
