"""The history of everything the reader sees, and of single records."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.queries.history import PAGE
from tracker.queries.record_history import record_history
from tracker.web.dates import days
from tracker.web.downloads import asked, download
from tracker.web.frame import about_page
from tracker.web.history_filters import Filters
from tracker.web.history_view import MOST_IN_FILE, file_filters, found_history, history_page, history_table, window
from tracker.web.record_history_view import record_page, record_table, title_of
from tracker.web.scope import one

blueprint = Blueprint("history", __name__)


@blueprint.get("/geschiedenis")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Who wrote what, when and why: in all regions of the reader and in the register."""
    found = found_history(file=asked() is not None)
    if asked():
        return download(history_table(found), "geschiedenis", filters=file_filters(found))
    about_page(document=_("Geschiedenis"), filters=found.in_words())
    return render_template("history/index.html", page=history_page(found))


@blueprint.get("/samenwerkingsverbanden/<code>/geschiedenis/<int:record>")
@requires(Action.see_cooperation)
def record(code: str, record: int) -> ResponseReturnValue:
    """Every state of one record of a region, and of what stands below it."""
    return _record(code, record)


@blueprint.get("/toepassingen/geschiedenis/<int:record>")
@requires(Action.see_products)
def register_record(record: int) -> ResponseReturnValue:
    """Every state of one record of the register."""
    return _record(None, record)


def _record(code: str | None, number: int) -> ResponseReturnValue:
    file, page = asked() is not None, Filters.of_request().page
    first, most = (0, MOST_IN_FILE) if file else ((page - 1) * PAGE, PAGE)
    region = None if code is None else one(code, only=frozenset()).dossier.name
    held = None
    if number < 2**31:
        held = record_history(window(), code, number, first=first, most=most, known_at=days().known_at)
    if held is None:
        abort(404)
    if file:
        return download(record_table(held), f"geschiedenis-{code or 'toepassingen'}-{number}")
    about_page(document=f"{_('Geschiedenis')}: {title_of(held)}", region=region)
    return render_template("history/record.html", page=record_page(held, code, region, page))
