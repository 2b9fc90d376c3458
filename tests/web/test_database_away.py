"""The database is away or full: a clear answer, nothing half-written, and all goes on when it is back."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from tests.conftest import make_app
from tests.people import sign_in
from tests.web.test_records import VISION, filled_vision, visions
from tracker.extensions import db


def test_a_full_disk_is_told_and_leaves_nothing_half(demo: Any) -> None:
    board = sign_in(demo.test_client(), "board_member")
    data = filled_vision(board) | {f"texts-{number}-text": "x" * 9_000 for number in range(4)}
    before = len(visions(board))
    with demo.app_context():
        db.session.remove()
        engine = db.engine
    engine.dispose()

    def fill(connection: Any, _record: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", fill)
    answer = board.post(VISION, data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "de schijf is vol" in page
    assert answer.headers["Retry-After"] == "30"
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert len(visions(board)) == before
    assert board.post(VISION, data=data).status_code == 303
    assert len(visions(board)) == before + 1


def test_a_database_that_was_restarted_is_found_again(request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_house")
    app = make_app(url)
    with app.app_context():
        assert app.test_client().get("/readyz").status_code in (200, 503)
        db.session.execute(db.text("SELECT 1"))
        db.session.remove()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database()"
            )
        assert db.session.execute(db.text("SELECT 1")).scalar() == 1
        db.session.remove()
        db.engine.dispose()
