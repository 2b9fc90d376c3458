"""Search over the names of what the reader may see."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.search_view import search_page

blueprint = Blueprint("search", __name__)


@blueprint.get("/zoeken")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Regions, practices, initiatives and products by name or code."""
    return render_template("search/index.html", page=search_page(request.args.get("q", "")))
