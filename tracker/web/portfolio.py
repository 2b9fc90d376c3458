"""The portfolio: all regions of the insurer side by side, what changed and what asks for attention."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.downloads import asked, download, which_table
from tracker.web.frame import about_page, sees_portfolio
from tracker.web.portfolio_data import Filters, portfolio
from tracker.web.portfolio_tables import portfolio_tables
from tracker.web.portfolio_view import portfolio_page, refusal_page

blueprint = Blueprint("portfolio", __name__)


@blueprint.get("/portefeuille")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """Where must I act, and what changed since I last looked?"""
    if not sees_portfolio():
        about_page(document=_("Portefeuille"))
        return render_template("portfolio/refused.html", page=refusal_page()), 403
    filters = Filters.of_request()
    data = portfolio(filters)
    if asked():
        tables = portfolio_tables(data)
        name = which_table(tables)
        return download(tables[name](), f"portefeuille-{name}", filters=filters.in_words(data.programme))
    page = portfolio_page(data)
    about_page(document=page["head"]["title"], filters=filters.in_words(data.programme))
    return render_template("portfolio/index.html", page=page)
