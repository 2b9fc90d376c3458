"""Pages of the good examples: those on offer, and one of them."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.queries.examples import examples_on_offer
from tracker.web.dates import days
from tracker.web.downloads import asked, download, download_links, source_line
from tracker.web.examples_view import Filters, example_page, examples_page, examples_table
from tracker.web.frame import about_page

blueprint = Blueprint("examples", __name__, url_prefix="/goede-voorbeelden")


@blueprint.get("")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Every example on offer, by direction."""
    found, filters = examples_on_offer(days().as_of, known_at=days().known_at), Filters.of_request()
    if asked():
        return download(examples_table(filters.keep(found)), "goede-voorbeelden", filters=filters.in_words())
    about_page(document=_("Goede voorbeelden"), filters=filters.in_words())
    return render_template(
        "examples/index.html",
        page=examples_page(found, filters),
        downloads=download_links(),
        source=source_line(filters.in_words()),
    )


@blueprint.get("/<id>")
@requires(Action.see_portfolio)
def detail(id: str) -> ResponseReturnValue:  # noqa: A002 -- the name other pages link by
    """One example: what others can take over, and who did. One that is not on offer is not there."""
    everything = examples_on_offer(days().as_of, known_at=days().known_at)
    example = next((item for item in everything if item.code == id), None)
    if example is None:
        abort(404)
    about_page(document=example.initiative.title, region=example.region)
    return render_template("examples/detail.html", page=example_page(example, everything), source=source_line())
