"""The portfolio: all regions of the insurer side by side, what changed and what asks for attention."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.operations.filters import FilterRefused
from tracker.operations.filters import remove_filter as remove
from tracker.operations.filters import save_filter as save
from tracker.web.downloads import asked, download, which_table
from tracker.web.frame import about_page, sees_portfolio
from tracker.web.portfolio_data import Filters, portfolio
from tracker.web.portfolio_tables import portfolio_tables
from tracker.web.portfolio_view import portfolio_page, refusal_page
from tracker.web.saved_filters import PAGE, back, say, say_refused

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


@blueprint.post("/portefeuille/filters")
@requires(Action.use_account)
def save_filter() -> ResponseReturnValue:
    """Save the filters of the address under a name, and go back to where one was."""
    if not sees_portfolio():
        abort(403)
    name, where = request.form.get("naam", ""), back()
    try:
        save(account=actor().account, page=PAGE, name=name, query=where.partition("?")[2], by=actor().name)
    except FilterRefused as refused:
        say_refused(refused, name)
    else:
        say(_("Filter ‘%(name)s’ opgeslagen.", name=" ".join(name.split())))
    return redirect(where, 303)


@blueprint.post("/portefeuille/filters/<int(max=2147483647):number>/verwijderen")
@requires(Action.use_account)
def remove_filter(number: int) -> ResponseReturnValue:
    """Take away a filter of one's own, and go back to where one was."""
    if not sees_portfolio():
        abort(403)
    where = back()
    name = remove(account=actor().account, page=PAGE, number=number, by=actor().name)
    if name is None:
        abort(404)
    say(_("Filter ‘%(name)s’ verwijderd.", name=name))
    return redirect(where, 303)
