"""Whether the database can be used by this version."""

import logging

import msgspec
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from tracker.extensions import db

log = logging.getLogger(__name__)


class DatabaseState(msgspec.Struct, frozen=True):
    """Whether the database answers, which migration it has and which one this version needs."""

    reachable: bool
    revision: str | None
    head: str | None

    @property
    def is_ready(self) -> bool:
        """Whether pages can be shown."""
        return self.reachable and self.head is not None and self.revision == self.head


def database_state() -> DatabaseState:
    """Ask the database for its migration; an unreachable one is an answer, no error."""
    folder = current_app.extensions["migrate"].directory
    head = ScriptDirectory(folder).get_current_head()
    try:
        with db.engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        log.exception("database unreachable")
        return DatabaseState(False, None, head)
    return DatabaseState(True, revision, head)
