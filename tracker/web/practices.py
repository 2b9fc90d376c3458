"""Pages of the practices: those the reader may see, and totals per region for who sees no single one."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.queries.subjects import cooperation_of
from tracker.web.downloads import asked, download, which_table
from tracker.web.frame import about_page
from tracker.web.practice_view import practice_page, practice_tables
from tracker.web.practices_filters import Filters
from tracker.web.practices_view import practices_page, practices_tables
from tracker.web.problems import problem
from tracker.web.scope import permitted

blueprint = Blueprint("practices", __name__, url_prefix="/praktijken")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """The practices of the reader's regions, and what they do together."""
    filters = Filters.of_request()
    if asked():
        tables = practices_tables(filters)
        name = which_table(tables)
        return download(tables[name], name, filters=filters.in_words())
    about_page(document=_("Praktijken"), filters=filters.in_words())
    return render_template("practices/index.html", page=practices_page(filters))


@blueprint.get("/<id>")
@requires(Action.see_portfolio)
def detail(id: str) -> ResponseReturnValue:  # noqa: A002 -- the name other pages link by
    """One practice, for who may see practices of its region."""
    whole = permitted(Action.see_practices)
    if not whole:
        return problem(403, _("U ziet geen gegevens van losse praktijken, alleen totalen van 5 of meer praktijken."))
    code = cooperation_of(id)
    if code is None or code == id or code not in whole:
        abort(404)
    if asked():
        tables = practice_tables(code, id)
        name = which_table(tables)
        return download(tables[name], f"{id}-{name}")
    return render_template("practices/detail.html", page=practice_page(code, id))
