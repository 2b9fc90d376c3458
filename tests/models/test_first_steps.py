"""A database made by the steps is, to the last check and default, the one that the declarations describe."""

import re

import pytest
from sqlalchemy import inspect, select, text

from tests.conftest import make_app
from tracker.extensions import db
from tracker.models.journal import COUNTER, COUNTERS
from tracker.operations.schema import empty_database, upgrade_database

POSTGRES_CONSTRAINTS = """
    SELECT c.relname, con.conname, pg_get_constraintdef(con.oid)
    FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
    WHERE c.relnamespace = 'public'::regnamespace
"""


def details(url, build):
    """Every column, constraint and index of a database, as the database itself tells them."""
    app = make_app(url)
    with app.app_context():
        build()
        found = _sqlite() if db.engine.dialect.name == "sqlite" else _postgresql()
        db.session.remove()
        db.engine.dispose()
    return {name: parts for name, parts in found.items() if name != "alembic_version"}


def _sqlite():
    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    found = {}
    for table, sql in rows:
        found.setdefault(table, []).extend(_parts(sql))
    return {table: sorted(lines) for table, lines in found.items()}


def _parts(sql):
    """The columns and constraints of a statement, in whichever lines and quotes it was written."""
    flat = re.sub(r"\s+", " ", sql).replace('"', "")
    head, _, inside = flat.partition("(")
    parts, depth = [""], 0
    for letter in inside.rstrip().removesuffix(")"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [head.strip(), *(part.strip() for part in parts)]


def _postgresql():
    inspector = inspect(db.engine)
    found = {}
    for table in inspector.get_table_names():
        columns = [
            f"{item['name']} {item['type']} {item['nullable']} {item['default']}"
            for item in inspector.get_columns(table)
        ]
        indexes = [f"{item['name']} {item['column_names']} {item['unique']}" for item in inspector.get_indexes(table)]
        found[table] = columns + indexes
    with db.engine.connect() as connection:
        for table, name, definition in connection.execute(text(POSTGRES_CONSTRAINTS)):
            found[table].append(f"{name} {definition}")
    return {table: sorted(lines) for table, lines in found.items()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_steps_make_every_check_key_and_index_of_the_declarations(new_database, kind):
    by_steps = details(new_database(kind, tables=False), upgrade_database)
    declared = details(new_database(kind, tables=False), db.create_all)
    assert set(by_steps) == set(declared)
    assert {name: by_steps[name] for name in declared if by_steps[name] != declared[name]} == {
        name: declared[name] for name in declared if by_steps[name] != declared[name]
    }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_new_database_counts_from_one_also_after_it_was_emptied(new_database, kind):
    app = make_app(new_database(kind, tables=False))
    with app.app_context():
        for make in (upgrade_database, empty_database):
            make()
            counters = dict(db.session.execute(select(COUNTER.c.name, COUNTER.c.next_number)).all())
            assert counters == dict.fromkeys(COUNTERS, 1)
        db.session.remove()
        db.engine.dispose()
