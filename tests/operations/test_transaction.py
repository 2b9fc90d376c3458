"""A write takes its lock at once, keeps all or nothing, and waits its turn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tracker.extensions import db
from tracker.models.accounts import LoginAttempt
from tracker.operations.sign_in import AttemptKind, begin_attempt
from tracker.operations.transaction import writing


def knock(number: int = 0) -> None:
    """Somebody tries to come in: an operation that adds a row."""
    begin_attempt(email=f"wie{number}@demo.example", kind=AttemptKind.password, client_hash=f"client {number}")


def attempts() -> int:
    """How many attempts are stored."""
    return db.session.scalar(select(func.count()).select_from(LoginAttempt)) or 0


def test_two_who_read_first_and_then_write_both_succeed(app: Flask):
    def read_then_write(number: int) -> None:
        with app.app_context():
            attempts()
            knock(number)

    with ThreadPoolExecutor(8) as people:
        list(people.map(read_then_write, range(40)))
    with app.app_context():
        assert attempts() == 40


def test_a_write_inside_a_write_shares_its_fate(session):
    def fail_outside() -> None:
        with writing():
            knock()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_outside()
    assert attempts() == 0


def test_after_a_failed_write_the_next_one_works(session):
    with pytest.raises(ZeroDivisionError), writing():
        raise ZeroDivisionError
    knock()
    assert attempts() == 1


def test_a_write_on_sqlite_holds_the_lock_before_its_first_statement(app: Flask):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL locks rows, not the database")
        with writing():
            other = db.engine.raw_connection()
            other.execute("PRAGMA busy_timeout=0")
            with pytest.raises(Exception, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            other.close()


def test_sqlite_is_told_to_be_safe(app: Flask):
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("SQLite's own switches")
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "journal_mode", "synchronous")]
    assert found == [1, "wal", 2]
