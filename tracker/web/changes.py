"""What changed between two dates in the reader's regions, as sentences."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.changes_view import Filters, changes_page, changes_table, found_changes
from tracker.web.downloads import asked, download
from tracker.web.frame import about_page

blueprint = Blueprint("changes", __name__)


@blueprint.get("/wijzigingen")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Gained, lost, slipped, gone silent: all regions of the reader, or one of them."""
    found = found_changes(Filters.of_request())
    if asked():
        return download(changes_table(found), "wijzigingen", filters=found.in_words())
    about_page(document=_("Wijzigingen"), filters=found.in_words())
    return render_template("changes/index.html", page=changes_page(found))
