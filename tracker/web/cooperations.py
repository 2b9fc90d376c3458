"""Pages of a region: the list, the overview and its tabs."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.cooperations_view import overview_page, overview_tables
from tracker.web.downloads import asked, download, which_table
from tracker.web.region import region
from tracker.web.region_about import about_tables

blueprint = Blueprint("cooperations", __name__, url_prefix="/samenwerkingsverbanden")


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
