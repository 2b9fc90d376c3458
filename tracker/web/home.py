"""The way in: to the home of the role, and the language of the screen."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.urls import iri_to_uri

from tracker.access import permitted, requires
from tracker.domain.policy import Action
from tracker.operations.own_account import keep_language
from tracker.web.dates import link
from tracker.web.frame import sees_portfolio

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Action.see_portfolio)
def index() -> ResponseReturnValue:
    """To the portfolio, or to one's own region."""
    return redirect(link("portfolio.index") if sees_portfolio() else link("home.own_region"))


@blueprint.get("/mijn-regio")
@requires(Action.see_portfolio)
def own_region() -> ResponseReturnValue:
    """To the region of the reader; to the list where there are more of them, or none."""
    codes = permitted(Action.see_cooperation)
    return redirect(link("cooperations.overview", code=codes[0]) if len(codes) == 1 else link("cooperations.index"))


@blueprint.get("/taal/<any(nl, en):language>")
def language(language: str) -> ResponseReturnValue:
    """Choose the language of the screen, for good if one is signed in, and go back to where one was."""
    session["language"] = language
    if current_user.is_authenticated and current_user.language != language:
        keep_language(account=current_user.id, language=language)
    back = request.args.get("terug", "/")
    return redirect(iri_to_uri(back) if is_own_path(back) else "/")


def is_own_path(path: str) -> bool:
    """Whether this is a path of our own: "//elsewhere" and "/\\elsewhere" would leave the house."""
    return path.startswith("/") and not path.startswith(("//", "/\\"))
