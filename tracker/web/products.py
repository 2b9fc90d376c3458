"""Pages of the products: the register, and one product with all its versions."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.access import requires
from tracker.domain.policy import Action
from tracker.domain.products import VersionStanding
from tracker.domain.programme import Programme
from tracker.queries.products import product_register, terms_of
from tracker.web.answers import register_forms
from tracker.web.dates import days
from tracker.web.downloads import asked, download, download_links, source_line
from tracker.web.frame import about_page, programme
from tracker.web.product_view import product_page
from tracker.web.products_filters import Filters, Scope
from tracker.web.products_view import register_page, register_table
from tracker.web.scope import permitted

blueprint = Blueprint("products", __name__, url_prefix="/toepassingen")


@blueprint.get("")
@requires(Action.see_products)
def index() -> ResponseReturnValue:
    """The register: every version, what it asks for on the day, and who depends on it."""
    asking = programme()
    items = _register(asking)
    terms, scope, filters = terms_of(asking), Scope(permitted(Action.see_cooperation)), Filters.of_request()
    if terms is None:
        abort(404)
    if asked():
        table = register_table(filters.keep(items, scope), scope)
        return download(table, "toepassingen", filters=filters.in_words())
    about_page(document=_("Toepassingen en KC-oordelen"), filters=filters.in_words())
    page = register_page(items, terms, scope, filters) | {"add": register_forms()}
    return render_template(
        "products/index.html", page=page, downloads=download_links(), source=source_line(filters.in_words())
    )


@blueprint.get("/<id>")
@requires(Action.see_products)
def detail(id: str) -> ResponseReturnValue:  # noqa: A002 -- the name other pages link by
    """One product: every version with its events, its uses, and whom a lapse touches when."""
    asking = programme()
    items = [item for item in _register(asking) if item.product.code == id]
    terms = terms_of(asking)
    if not items or terms is None:
        abort(404)
    about_page(document=items[0].product.name)
    page = product_page(items, terms, asking, Scope(permitted(Action.see_cooperation)))
    return render_template("products/detail.html", page=page)


def _register(asking: Programme) -> tuple[VersionStanding, ...]:
    return product_register(asking, days().as_of, known_at=days().known_at, whole=permitted(Action.see_practices))
