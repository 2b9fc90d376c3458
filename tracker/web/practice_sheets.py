"""Practices from a workbook: an empty sheet, what a filled-in one would do, and then exactly that."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import access, clock, labels
from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.domain.problems import Unreadable
from tracker.exchange.practice_sheet import PracticeSheet, practice_template, read_practice_sheet
from tracker.forms.administration import Ask
from tracker.operations.dossiers import ImportReport
from tracker.operations.journal import Conflict
from tracker.operations.practices import RowFault, import_practices
from tracker.programmes import catalogue
from tracker.queries.findings import programmes
from tracker.queries.journal import position
from tracker.web.frame import language
from tracker.web.held_files import CHANGED, FILE, GONE, NO_FILE, NOT_KEPT, drop, keep, kept, seen_position, uploaded
from tracker.web.practice_sheets_view import sheet_page, shown

blueprint = Blueprint("practice_sheets", __name__, url_prefix="/samenwerkingsverbanden/<code>/praktijken/importeren")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.before_request
def _only_who_writes_practices() -> None:
    code = (request.view_args or {}).get("code", "")
    if not access.pen(code).may("practice"):
        abort(403)


@blueprint.get("")
@requires(Action.write_records)
def index(code: str) -> ResponseReturnValue:
    """Choose a workbook, or take the empty one; with one chosen, what it would do."""
    if request.args.get("formaat") == "xlsx":
        headers = {"Content-Disposition": f'attachment; filename="regiotracker-praktijken-{code}.xlsx"'}
        return Response(practice_template(language()), mimetype=MIME, headers=headers)
    name = request.args.get(FILE)
    return shown(sheet_page(code)) if name is None else _compared(code, name)


@blueprint.post("")
@requires(Action.write_records)
def upload(code: str) -> ResponseReturnValue:
    """Keep a workbook that can be read and show what it would do."""
    data = uploaded()
    if data is None:
        return shown(sheet_page(code, str(NO_FILE)), 422)
    try:
        read_practice_sheet(data)
    except Unreadable as refused:
        return shown(sheet_page(code, labels.words(refused.reason, language())), 422)
    name = keep(f"praktijken-{code}", data)
    if name is None:
        return shown(sheet_page(code, str(NOT_KEPT)), 503)
    return redirect(url_for(".index", code=code, bestand=name), 303)


@blueprint.post("/opnemen")
@requires(Action.write_records)
def take_in(code: str) -> ResponseReturnValue:
    """Take in what was shown, unless something was written since."""
    name, form = request.form.get(FILE, ""), Ask(language(), clock.today()).reason(request.form)
    held = kept(f"praktijken-{code}", name)
    if held is None:
        return shown(sheet_page(code, str(GONE)), 410)
    if not form.validate():
        return _compared(code, name, form.errors_shown[0]["text"])
    try:
        sheet = read_practice_sheet(held.data)
        report, faults = _import(code, sheet, reason=form.raw("reason"), seen=seen_position())
    except Conflict:
        return _compared(code, name, str(CHANGED), 409)
    if faults or sheet.faults:
        return _compared(code, name)
    drop(f"praktijken-{code}", name)
    total = report.total()
    flash(
        _(
            "De praktijken zijn opgenomen: %(added)s nieuw, %(changed)s gewijzigd.",
            added=total.added,
            changed=total.changed,
        ),
        "info",
    )
    return redirect(url_for("cooperations.practices", code=code), 303)


def _compared(code: str, name: str, error: str | None = None, status: int | None = None) -> ResponseReturnValue:
    """The page with what the workbook would do."""
    held = kept(f"praktijken-{code}", name)
    if held is None:
        return shown(sheet_page(code, str(GONE)), 410)
    before, sheet = position(), read_practice_sheet(held.data)
    report, faults = _import(code, sheet, dry_run=True)
    form = Ask(language(), clock.today()).reason(request.form if error else None)
    page = sheet_page(
        code, sheet=sheet, report=report, faults=faults, name=name, position=before, form=form, note=error
    )
    return shown(page, status or (422 if error else 200))


def _import(
    code: str, sheet: PracticeSheet, *, dry_run: bool = False, reason: str | None = None, seen: int | None = None
) -> tuple[ImportReport, list[RowFault]]:
    """What the rows do. A sheet with a fault in a cell is only compared."""
    return import_practices(
        code=code,
        rows=[row.values for row in sheet.rows if "code" in row.values],
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=reason,
        dry_run=dry_run or bool(sheet.faults),
        seen=seen,
    )
