"""Pages of a region: the list, the overview and its tabs."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.cooperations_list import Filters, list_page, list_rows, list_table
from tracker.web.cooperations_view import overview_page, overview_tables
from tracker.web.downloads import asked, download, which_table
from tracker.web.frame import about_page, programme
from tracker.web.region import region
from tracker.web.region_about import about_tables

blueprint = Blueprint("cooperations", __name__, url_prefix="/samenwerkingsverbanden")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Every region of the reader, with search."""
    filters, rows = Filters.of_request(), list_rows(programme())
    if asked():
        return download(list_table(filters.keep(rows)), "samenwerkingsverbanden", filters=filters.in_words())
    about_page(document=_("Samenwerkingsverbanden"), filters=filters.in_words())
    return render_template("cooperations/index.html", page=list_page(rows, filters))


@blueprint.get("/<code>")
@requires(Action.see_cooperation)
def overview(code: str) -> ResponseReturnValue:
    """Where this region stands, what slipped and what is next."""
    seen = region(code)
    if asked():
        tables = {**overview_tables(seen), **about_tables(seen)}
        name = which_table(tables)
        return download(tables[name], f"{code}-{name}")
    return render_template("cooperations/overview.html", page=overview_page(seen))
