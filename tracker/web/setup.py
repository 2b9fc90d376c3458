"""Setting up a region: what is there, what comes next, who does it, and the form of each step."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.region import region
from tracker.web.setup_view import setup_page

blueprint = Blueprint("setup", __name__, url_prefix="/samenwerkingsverbanden/<code>/inrichten")


@blueprint.get("")
@requires(Action.write_records)
def index(code: str) -> ResponseReturnValue:
    """The steps, computed from the records of today."""
    g.no_days = True
    return render_template("cooperations/setup.html", page=setup_page(region(code)))
