"""Where Alembic learns the tables and the database: from the application that flask-migrate runs it in."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.operations import ops
from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from tracker.extensions import db
from tracker.models.journal import COUNTER, COUNTERS

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write the house's own column types as the plain ones beneath them: a migration outlives the code of its day."""
    if kind != "type" or not isinstance(item, sa.types.TypeDecorator):
        return False
    plain = item.dialect_impl(postgresql.dialect()).impl_instance
    on_sqlite = item.dialect_impl(sqlite.dialect()).impl_instance
    if type(plain)._type_affinity is type(on_sqlite)._type_affinity:
        return f"sa.{_generic(plain)}"
    return f"sa.{_generic(plain)}.with_variant(sa.{_generic(on_sqlite)}, 'sqlite')"


def _generic(kind: Any) -> str:
    return repr(kind.as_generic())


def finish(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no step that changes nothing; one that makes the table of counters gives each its first number."""
    if directives[0].upgrade_ops.is_empty():
        if directives[0].message:  # a mere check, which has none, looks at what is empty
            directives.clear()
        return
    operations = directives[0].upgrade_ops.ops
    if any(isinstance(item, ops.CreateTableOp) and item.table_name == COUNTER.name for item in operations):
        rows = ", ".join(f"('{name}', 1)" for name in COUNTERS)
        filling = f"INSERT INTO {COUNTER.name} (name, next_number) VALUES {rows}"  # noqa: S608 -- our own names
        operations.append(ops.ExecuteSQLOp(filling))


def run() -> None:
    """Run the migrations on the application's own engine, with its options for naming and batches."""
    with db.engine.connect() as connection:
        # A batch drops and renames tables; rows that point at them must survive that.
        _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            process_revision_directives=finish,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        _foreign_keys(connection, "ON")


def _foreign_keys(connection: sa.Connection, state: str) -> None:
    """Switch SQLite's foreign keys past SQLAlchemy, whose own transaction would make the switch do nothing."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={state}")


if context.is_offline_mode():
    raise SystemExit("migrations need a database: offline mode is not supported")
run()
