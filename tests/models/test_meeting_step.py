"""The step that lets a round be planned goes up and down with rounds in the database."""

import flask_migrate
import pytest
from sqlalchemy import inspect, text

from tests.conftest import make_app
from tests.meetings import MEETINGS
from tests.written import taken_in
from tracker.extensions import db

HELD = """
format: regiotracker/dossier@1
fictional: true
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    rounds:
      - number: 1
        held_on: 2023-11-20
        scores: [{topic: jzojp, agreed: 3, evidence: [{title: Meting, valid_until: 2024-01-01}]}]
        actions: [{text: Bellen, owner: An}]
        evidence: [{title: Verslag}]
"""


def counted(table):
    return db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_held_round_survives_the_way_down_and_up_and_a_planned_one_stays_in_the_journal(new_database, kind):
    app = make_app(new_database(kind, tables=False))
    with app.app_context():
        flask_migrate.upgrade()
        taken_in(HELD)
        taken_in(MEETINGS)
        assert (counted("round"), counted("score"), counted("evidence")) == (2, 2, 3)
        db.session.remove()
        flask_migrate.downgrade(revision="0002")
        there = {item["name"]: item["nullable"] for item in inspect(db.engine).get_columns("round")}
        assert "planned_on" not in there
        assert there["held_on"] is False
        assert db.session.execute(text("SELECT number, held_on FROM round")).all()[0][0] == 1
        assert (counted("round"), counted("score"), counted("action"), counted("evidence")) == (1, 1, 1, 3)
        assert counted("journal_line WHERE place = 'opinion'") == 2
        db.session.remove()
        flask_migrate.upgrade()
        taken_in(HELD)
        assert (counted("round"), counted("score"), counted("opinion")) == (1, 1, 0)
        db.session.remove()
        db.engine.dispose()
