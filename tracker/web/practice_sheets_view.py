"""The view model of the page that takes in a workbook of practices."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.problems import MOST_SHOWN
from tracker.exchange.practice_sheet import PracticeSheet
from tracker.exchange.workbooks import MOST_BYTES, MOST_ROWS
from tracker.forms.administration import AskedForm
from tracker.operations.dossiers import ImportReport
from tracker.operations.practices import RowFault
from tracker.web.administration_view import MEGABYTE
from tracker.web.dates import link
from tracker.web.frame import fictional, language
from tracker.web.import_view import changes_shown, numbers_table, remarks_shown


def shown(page: dict[str, Any], status: int = 200) -> ResponseReturnValue:
    """The page; it has no peildatum."""
    g.no_days = True
    wrong = bool(page["error"] or page["note"])
    return render_template("practices/importing.html", page=page, has_errors=wrong), status


def sheet_page(
    code: str,
    error: str | None = None,
    *,
    sheet: PracticeSheet | None = None,
    report: ImportReport | None = None,
    faults: list[RowFault] | None = None,
    name: str | None = None,
    position: int = 0,
    form: AskedForm | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """The view model of templates/practices/importing.html; `note` says why a confirmed sheet was not taken in."""
    crumbs = [
        {"text": code, "url": link("cooperations.overview", code=code)},
        {"text": _("Praktijken"), "url": link("cooperations.practices", code=code)},
        {"text": _("Importeren")},
    ]
    size, most = MOST_BYTES // MEGABYTE, labels.number(MOST_ROWS, language())
    return {
        "head": {
            "title": _("Praktijken importeren"),
            "fictional": fictional(),
            "crumbs": crumbs,
            "lead": _("Vul het lege blad in, kies het hier en kijk na wat er verandert voordat u het opneemt."),
        },
        "error": error,
        "limits": _("Excel-werkmap (.xlsx), hoogstens %(size)s MB en %(most)s rijen.", size=size, most=most),
        "template_url": link("practice_sheets.index", code=code, formaat="xlsx"),
        "report": None if sheet is None or report is None else _report(sheet, report, faults or []),
        "note": note,
        "name": name,
        "position": position,
        "form": form,
        "again_url": link("practice_sheets.index", code=code),
        "action": link("practice_sheets.take_in", code=code),
    }


def _report(sheet: PracticeSheet, report: ImportReport, faults: list[RowFault]) -> dict[str, Any]:
    wrong, total = _faults(sheet, faults), report.total()
    return {
        "refused": bool(wrong),
        "nothing": not wrong and not total.added and not total.changed,
        "numbers": numbers_table(report) if report.tallies and not wrong else None,
        "changes": changes_shown(report) if not wrong else {"items": [], "rest": None},
        "problems": {"number": len(wrong), "items": wrong[:MOST_SHOWN], "rest": None} if wrong else None,
        "warnings": remarks_shown(report.warnings),
    }


def _faults(sheet: PracticeSheet, faults: list[RowFault]) -> list[dict[str, str]]:
    """Every fault by sheet and cell; what is wrong with a cell itself comes before what that leads to."""
    tongue = language()
    rows = [row for row in sheet.rows if "code" in row.values]
    found = {item.cell: (item.value, labels.words(item.reason, tongue)) for item in sheet.faults}
    for item in faults:
        cell = sheet.cell(rows[item.row].number, item.column)
        value = "" if item.value is None else labels.value_text(item.value, tongue)
        found.setdefault(cell, (value, labels.words(item.reason, tongue)))
    named = _("Blad %(sheet)s, cel", sheet=sheet.sheet)
    return [
        {"path": f"{named} {cell}", "value": value, "text": text}
        for cell, (value, text) in sorted(found.items(), key=lambda pair: _place(pair[0]))
    ]


def _place(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), letters
