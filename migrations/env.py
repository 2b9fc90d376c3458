"""Where Alembic learns the tables and the database: from the application that flask-migrate runs it in."""

from alembic import context
from flask import current_app

from tracker.extensions import db

config = context.config
migrate = current_app.extensions["migrate"]


def run() -> None:
    """Run the migrations on the application's own engine, with its options for naming and batches."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A batch drops and renames tables; rows that point at them must survive that.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
        context.configure(connection=connection, target_metadata=db.metadata, **migrate.configure_args)
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("migrations need a database: offline mode is not supported")
run()
