"""The steps of the database lead to the tables of the house, and back to nothing."""

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from tests.conftest import make_app
from tracker.assets import HOUSE
from tracker.extensions import db


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_all_steps_up_give_the_models_and_down_give_nothing(new_database, kind):
    app = make_app(new_database(kind, tables=False))
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.check()
        assert app.test_client().get("/readyz").status_code == 200
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()


def test_the_steps_are_numbered_one_after_the_other():
    steps = [step.revision for step in ScriptDirectory(str(HOUSE / "migrations")).walk_revisions()]
    assert list(reversed(steps)) == [f"{number:04}" for number in range(1, len(steps) + 1)]
