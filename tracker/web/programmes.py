"""Pages of the programmes: what insurers and the country ask, from when to when, and what differs between editions."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import labels
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.queries.findings import programmes
from tracker.web.downloads import asked, download, download_links
from tracker.web.frame import about_page, language
from tracker.web.programme_view import programme_page
from tracker.web.programmes_view import programmes_page, programmes_table

blueprint = Blueprint("programmes", __name__, url_prefix="/programmas")


@blueprint.get("")
@requires(Action.see_programmes)
def index() -> ResponseReturnValue:
    """Every edition of every programme."""
    if asked():
        return download(programmes_table(programmes()), "programmas")
    about_page(document=_("Programma’s"))
    page = programmes_page(programmes())
    return render_template("programmes/index.html", page=page, downloads=download_links())


@blueprint.get("/<key>")
@requires(Action.see_programmes)
def detail(key: str) -> ResponseReturnValue:
    """One edition: what is asked with its sources, settings, readings, and what differs from the edition before."""
    found = next((item for item in programmes() if item.key == key), None)
    if found is None:
        abort(404)
    about_page(document=labels.words(found.title, language()))
    return render_template("programmes/detail.html", page=programme_page(found))
