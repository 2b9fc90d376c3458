"""Taking in a dossier file in the browser: first what it would do, field by field, then exactly that."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.domain.problems import Unreadable
from tracker.exchange.dossier_file import at_most, read_dossier
from tracker.forms.administration import Ask
from tracker.operations.dossiers import ImportReport, import_dossier
from tracker.operations.journal import Conflict
from tracker.programmes import catalogue
from tracker.queries.findings import programmes
from tracker.queries.journal import position
from tracker.web.administration import say, shown
from tracker.web.frame import language
from tracker.web.held_files import CHANGED, FILE, GONE, NO_FILE, NOT_KEPT, drop, keep, kept, seen_position, uploaded
from tracker.web.import_view import upload_page

blueprint = Blueprint("imports", __name__, url_prefix="/beheer/importeren")
PURPOSE = "dossiers"


@blueprint.get("")
@requires(Action.import_dossier)
def index() -> ResponseReturnValue:
    """Choose a file; with one chosen, what it would do."""
    name = request.args.get(FILE)
    return shown("imports", upload_page()) if name is None else _compared(name)


@blueprint.post("")
@requires(Action.import_dossier)
def upload() -> ResponseReturnValue:
    """Keep a file that can be read and show what it would do."""
    data = uploaded()
    if data is None:
        return shown("imports", upload_page(str(NO_FILE)), 422)
    try:
        _take_in(data, dry_run=True)
    except Unreadable as refused:
        return shown("imports", upload_page(labels.words(refused.reason, language())), 422)
    name = keep(PURPOSE, data)
    if name is None:
        return shown("imports", upload_page(str(NOT_KEPT)), 503)
    return redirect(url_for(".index", bestand=name), 303)


@blueprint.post("/opnemen")
@requires(Action.import_dossier)
def take_in() -> ResponseReturnValue:
    """Take in what was shown, unless something was written since."""
    name, form = request.form.get(FILE, ""), Ask(language(), clock.today()).reason(request.form)
    held = kept(PURPOSE, name)
    if held is None:
        return shown("imports", upload_page(str(GONE)), 410)
    if not form.validate():
        return _compared(name, form.errors_shown[0]["text"])
    try:
        report = _take_in(held.data, dry_run=False, reason=form.raw("reason"), seen=seen_position())
    except Conflict:
        return _compared(name, str(CHANGED), 409)
    if report.is_refused:
        return _compared(name)
    drop(PURPOSE, name)
    total = report.total()
    say(
        _("Het bestand is opgenomen: %(added)s nieuw, %(changed)s gewijzigd.", added=total.added, changed=total.changed)
    )
    return redirect(url_for(".index"), 303)


def _compared(name: str, error: str | None = None, status: int | None = None) -> ResponseReturnValue:
    """The page with what the file would do."""
    held = kept(PURPOSE, name)
    if held is None:
        return shown("imports", upload_page(str(GONE)), 410)
    before = position()
    try:
        report = _take_in(held.data, dry_run=True)
    except Unreadable as refused:
        return shown("imports", upload_page(labels.words(refused.reason, language())), 422)
    form = Ask(language(), clock.today()).reason(request.form if error else None)
    page = upload_page(report=report, name=name, position=before, form=form, note=error)
    return shown("imports", page, status or (422 if error else 200), has_errors=bool(error))


def _take_in(data: bytes, *, dry_run: bool, reason: str | None = None, seen: int | None = None) -> ImportReport:
    return import_dossier(
        file=at_most(read_dossier(data), current_app.config["MAX_RECORDS"]),
        catalogues=catalogue(programmes()).codes,
        today=clock.today(),
        by=actor().name,
        reason=reason,
        dry_run=dry_run,
        seen=seen,
    )
