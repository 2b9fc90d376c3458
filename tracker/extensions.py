"""The libraries' bare objects, and how the house speaks with its database.

Transactions. SQLite opens every transaction with a plain BEGIN: a read sees one snapshot. A write must take its lock at
once, or two writers that both read first end in "database is locked". A connection with the execution option
`begin="immediate"` therefore opens with BEGIN IMMEDIATE on SQLite; PostgreSQL needs no such thing and ignores it.
`operations.transaction.writing()` gives such a connection; nothing else writes.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, has_request_context, session
from flask_babel import Babel
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Engine, MetaData, event
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from werkzeug.local import LocalProxy

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name of its own: migrations can drop it, and a broken one becomes an error on its field."""


DATABASE_AWAY = (OperationalError, InterfaceError)
"""What the driver raises when the database can't be reached or written: away, restarting, or its disk is full."""


class Base(DeclarativeBase):
    """The parent of every ORM model; derived tables live in the same metadata."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
babel = Babel()
security: Security = cast(Security, LocalProxy(lambda: current_app.extensions["security"]))
"""The sign-in library of the application at hand: it takes its parts at birth, in web/sign_in.py."""

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the offset, so it is asked for on the way in and given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError on a moment without offset: nobody knows which one that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs an offset")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored moment, with its offset."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def prepare_engine(engine: Engine) -> Engine:
    """Make an SQLite engine safe (foreign keys, WAL, full durability) and its transactions explicit; answers it."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _prepare_sqlite):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions begin too late (at the first write): it is told to leave them to us.
    connection.isolation_level = None
    for pragma in ("busy_timeout=5000", "foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begin") == "immediate"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def chosen_language() -> str | None:
    """The language this visitor chose, as a locale with days before months; none chosen, or nobody asking = Dutch."""
    return {"nl": "nl", "en": "en_GB"}.get(session.get("language", "")) if has_request_context() else None


def install(app: Flask, migrations: Path) -> None:
    """Bind the objects to an application and prepare its database; makes the folder of an SQLite file."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(migrations))
    csrf.init_app(app)
    babel.init_app(app, locale_selector=chosen_language)
    with app.app_context():
        prepare_engine(db.engine)
