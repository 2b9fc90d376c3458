"""Downloads: every table of a page as XLSX and CSV, with the days and filters of the page.

The convention. A page with a table answers its own address with `formaat=xlsx` or `formaat=csv` added: a download has
the same days, filters and scope as the page, by construction. A page with more than one table names them by `tabel=…`;
without it the main table is meant: `download(tables[which_table(tables)], …)`.

    table = regions_table(...)                     # tracker.exchange.tables.Table, the same one the page shows
    if asked():
        return download(table, "samenwerkingsverbanden", filters=["thema T3"])
    return render_template(..., downloads=download_links())      # templates/components/table.html: downloads()

`shown(table)` gives the same table to templates/components/table.html.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.exchange.tables import Cell, Column, Origin, Table, Value, plain, to_csv, to_xlsx, words_of
from tracker.web.dates import days, here
from tracker.web.frame import fictional, language, programme_words

FORMAT, WHICH = "formaat", "tabel"
WRITERS = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv"),
}


def asked() -> str | None:
    """The format of the file that is asked for, None for the page itself; 400 on another word."""
    wanted = request.args.get(FORMAT)
    if wanted and wanted not in WRITERS:
        abort(400)
    return wanted or None


def which_table(names: Iterable[str]) -> str:
    """The table of this page that the address names, the first one without a name; 404 on another."""
    listed = list(names)
    wanted = request.args.get(WHICH) or listed[0]
    if wanted not in listed:
        abort(404)
    return wanted


def download(
    table: Table, name: str, kind: str | None = None, *, filters: Iterable[str] = (), of_programme: str | None = None
) -> Response:
    """The file of a table; `name` without ending, the filters in words, the programme when it is not the reader's."""
    kind = kind or asked() or "xlsx"
    write, mimetype = WRITERS[kind]
    body = write(table, origin(filters, of_programme))
    day = days().as_of.isoformat()
    disposition = f'attachment; filename="regiotracker-{name}-{day}.{kind}"'
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": disposition})


def origin(filters: Iterable[str] = (), of_programme: str | None = None) -> Origin:
    """What this page shows, for the lines on top of a file."""
    now = days()
    return Origin(
        as_of=now.as_of,
        compare=now.compare,
        known_on=now.known_on,
        filters=tuple(filters),
        programme=of_programme or programme_words(),
        fictional=fictional(),
        made_at=clock.now(),
        language=language(),
    )


def download_links(which: str | None = None) -> list[dict[str, str]]:
    """The links under a table, for `downloads()` of templates/components/table.html."""
    return [
        {"text": text, "url": here(**{FORMAT: kind, WHICH: which})}
        for kind, text in (("xlsx", _("Download als Excel")), ("csv", _("Download als csv")))
    ]


def source_line(filters: Iterable[str] = (), of_programme: str | None = None) -> str:
    """The line under a chart or table: peildatum, filters, programme and version."""
    words = ", ".join(filters) or _("geen filters")
    day = labels.day_words(days().as_of, language())
    asked_of = of_programme or programme_words()
    return str(_("Peildatum %(day)s · %(filters)s · kader %(programme)s", day=day, filters=words, programme=asked_of))


def shown(table: Table, caption: str | None = None, *, wide: bool = False) -> dict[str, Any]:
    """The view model of templates/components/table.html for the same table as the file."""
    tongue = language()
    return {
        "caption": caption or table.title,
        "wide": wide,
        "columns": [
            {
                "text": item.title,
                "unit": item.unit,
                "numeric": item.kind in ("number", "euro", "percent"),
                "day": item.kind == "day",
            }
            for item in table.columns
        ],
        "rows": [
            {"cells": [_shown_cell(value, column, tongue) for value, column in zip(row, table.columns, strict=True)]}
            for row in table.rows
        ],
    }


def _shown_cell(value: Value | Cell, column: Column, tongue: str) -> Any:
    bare = plain(value)
    if isinstance(bare, int | Decimal) and column.kind in ("euro", "percent"):
        text = labels.euro(bare, tongue) if column.kind == "euro" else labels.percentage(bare, tongue)
    else:
        text = words_of(bare, tongue)
    return {"text": text, "url": value.url} if isinstance(value, Cell) else text
