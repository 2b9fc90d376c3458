"""The portfolio of 300 regions beside the same table and nothing else: four Core queries and Jinja.

The bare page knows no rules, no days, no reader and no frame: what it shows stands in four tables of its own, filled
with what the portfolio shows. It is the floor under a page with this table, measured in the same call.
"""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, create_engine, insert, select

from benchmarks.served import EMAIL, PASSWORD, application, prepare, token_of
from tracker.cli.serving import spare_the_collector

REGIONS, ROUNDS = 300, 25
_META = MetaData()


def _table(name: str, *words: str, **numbers: type[Integer]) -> Table:
    columns = [Column("id", Integer, primary_key=True), *(Column(key, kind) for key, kind in numbers.items())]
    return Table(f"bare_{name}", _META, *columns, *(Column(word, Text) for word in words))


_GROUP = _table("group", "text", span=Integer)
_COLUMN = _table("column", "text")
_ROW = _table("row", "name", "url", "sub", "met", "of")
_CELL = _table("cell", "url", "name", "classes", "tile", "short", "fact", row=Integer)


class Beside(NamedTuple):
    """Milliseconds (medians of interleaved calls) and bytes of both pages; rows of the table."""

    portfolio: float
    bare: float
    portfolio_bytes: int
    bare_bytes: int
    rows: int

    @property
    def times(self) -> float:
        return self.portfolio / self.bare


def beside(folder: Path) -> Beside:
    """Both pages, warm, one after the other, in this process."""
    url = f"sqlite:///{folder / 'rows.sqlite'}"
    prepare(url, folder, REGIONS)
    app = application(url)
    client = app.test_client()
    token = token_of(client.get("/aanmelden").get_data(as_text=True))
    client.post("/aanmelden", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token})
    shown: list[Any] = []
    with template_rendered.connected_to(lambda *_args, context, **_more: shown.append(context.get("page")), app):
        client.get("/portefeuille")
    matrix = next(page["matrix"] for page in shown if page and "matrix" in page)
    engine = create_engine(f"sqlite:///{folder / 'bare.sqlite'}")
    _fill(engine, matrix)
    bare = _bare(engine).test_client()
    spare_the_collector()
    spent = [(_seconds(client, "/portefeuille"), _seconds(bare, "/")) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(times) * 1000 for times in zip(*spent, strict=True))
    pages = client.get("/portefeuille").data, bare.get("/").data
    cells = [len(re.findall(rb'<td class="cell', page)) for page in pages]
    assert cells[0] == cells[1] > 0, f"not the same table: {cells}"
    return Beside(ours, theirs, len(pages[0]), len(pages[1]), len(matrix["rows"]))


def _fill(engine: Engine, matrix: dict[str, Any]) -> None:
    _META.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(_GROUP), [{"text": item["text"], "span": item["span"]} for item in matrix["groups"]])
        connection.execute(insert(_COLUMN), [{"text": item["text"]} for item in matrix["columns"]])
        rows = [{name: str(row[name]) for name in ("name", "url", "sub", "met", "of")} for row in matrix["rows"]]
        connection.execute(insert(_ROW), rows)
        names = [column.name for column in _CELL.columns if column.name not in ("id", "row")]
        cells = [
            {"row": number, **{name: getattr(cell, name) for name in names}}
            for number, row in enumerate(matrix["rows"], start=1)
            for cell in row["cells"]
        ]
        connection.execute(insert(_CELL), cells)


def _bare(engine: Engine) -> Flask:
    """A page that is nothing but the table."""
    app = Flask("bare", template_folder=str(Path(__file__).parent))

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            groups, columns, rows, found = (
                connection.execute(select(table).order_by(table.c.id)).all() for table in (_GROUP, _COLUMN, _ROW, _CELL)
            )
        cells: dict[int, list[Any]] = {}
        for cell in found:
            cells.setdefault(cell.row, []).append(cell)
        return render_template("bare.html", groups=groups, columns=columns, rows=rows, cells=cells)

    return app


def _seconds(client: FlaskClient, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200
    return time.perf_counter() - start
