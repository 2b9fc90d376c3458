"""Reading along: from the secret address to the region, for as long as the link works."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker.access import READ_LINK
from tracker.operations.read_links import open_read_link
from tracker.queries.people import working_read_link
from tracker.web.people_parts import hear

blueprint = Blueprint("read_links", __name__, url_prefix="/meelezen")


@blueprint.get("/<secret>")
def opened(secret: str) -> ResponseReturnValue:
    """To the region at once, so that the secret stays in no address; who signed in keeps the own account."""
    number = open_read_link(secret=secret)
    found = None if number is None else working_read_link(number)
    if found is None:
        session.pop(READ_LINK, None)
        return _safe(make_response(_closed(), 410))
    if not current_user.is_authenticated:
        session[READ_LINK] = found.id
    return _safe(make_response(redirect(url_for("cooperations.overview", code=found.cooperation), 303)))


def _closed() -> str:
    hear()
    return render_template("people/link_closed.html")


def _safe(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
