"""A step is written for what the declarations have and the steps have not."""

import shutil

from sqlalchemy import Column, Integer, Table

from tests.conftest import make_app
from tracker.assets import HOUSE
from tracker.extensions import db
from tracker.operations.schema import upgrade_database, write_migration


def house(tmp_path):
    """An application whose steps are a copy, so that a new one may be written."""
    steps = tmp_path / "migrations"
    shutil.copytree(HOUSE / "migrations", steps)
    app = make_app(f"sqlite:///{tmp_path / 'house.sqlite'}")
    app.extensions["migrate"].directory = str(steps)
    return app, steps / "versions"


def test_where_nothing_changed_no_step_is_written(tmp_path):
    app, steps = house(tmp_path)
    before = sorted(path.name for path in steps.glob("*.py"))
    with app.app_context():
        upgrade_database()
        assert write_migration("niets") is None
        db.engine.dispose()
    assert sorted(path.name for path in steps.glob("*.py")) == before


def test_a_new_table_becomes_the_next_step(tmp_path):
    app, steps = house(tmp_path)
    last = max(int(path.name[:4]) for path in steps.glob("*.py"))
    extra = Table("extra", db.metadata, Column("id", Integer, primary_key=True))
    try:
        with app.app_context():
            upgrade_database()
            number = write_migration("een tabel erbij")
            assert number == f"{last + 1:04}"
            (written,) = steps.glob(f"{number}_*.py")
            assert "op.create_table" in written.read_text(encoding="utf-8")
            upgrade_database()
            assert "extra" in db.inspect(db.engine).get_table_names()
            db.engine.dispose()
    finally:
        db.metadata.remove(extra)
