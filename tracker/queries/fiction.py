"""Whether everything in the database is invented: what the demonstration may show hangs on it."""

from sqlalchemy import Select, Table, func, select, union_all

from tracker.extensions import db
from tracker.models.records import TABLES


def only_fiction() -> bool:
    """Whether there are records and each of them is fictional."""
    roots = [table for table in TABLES.values() if "fictional" in table.c]
    marks = union_all(*[_marks(table) for table in roots]).subquery()
    rows, fictional = db.session.execute(select(func.sum(marks.c.rows), func.sum(marks.c.fictional))).one()
    return bool(rows) and rows == fictional


def _marks(table: Table) -> Select[int, int]:
    """How many records a table has, and how many of them are fictional."""
    counts = (func.count().label("rows"), func.count().filter(table.c.fictional).label("fictional"))
    return select(*counts).select_from(table)
