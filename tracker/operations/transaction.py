"""The one place where a write begins and ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from tracker.extensions import db


@contextmanager
def writing() -> Iterator[Connection]:
    """One write transaction: committed at the end, undone by any exception; a nested one joins the outer.

    `with writing() as connection:` gives the session's own connection, opened by BEGIN IMMEDIATE on SQLite, so Core
    statements on it and ORM objects in `db.session` share the transaction. A read that was going on ends first: read
    again inside what the write depends on. Raises RuntimeError when something was changed outside an operation.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session.connection()
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside an operation")
    session.rollback()
    session.info["writing"] = True
    try:
        yield session.connection(execution_options={"begin": "immediate"})
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["writing"]
