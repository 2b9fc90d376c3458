"""A half-filled form whose session has ended: what was typed waits while its writer signs in again.

It travels signed in the sign-in page and becomes a draft of whoever signs in; without signing in nothing is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import user_authenticated
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

from tracker import access
from tracker.operations.drafts import LONGEST, DraftRefused, keep_draft
from tracker.web.evidence_uploads import lost_files

FIELD = "kept_form"
KEPT_FOR = 24 * 3600
"""Seconds in which one may sign in again."""

View = TypeVar("View", bound=Callable[..., Any])
log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Give the sign-in pages the hidden field, and make it a draft once somebody is known."""
    app.jinja_env.globals["kept_form"] = kept_form
    user_authenticated.connect(_restore, app)


def keeps_typed(view: View) -> View:
    """Mark a view whose form is kept when it comes without a session."""
    view.__dict__["keeps_typed"] = sign_in_again
    return view


def kept_form() -> str:
    """The hidden field's value on a sign-in page: what was typed before; empty = nothing was."""
    return str(g.get(FIELD) or request.form.get(FIELD, ""))[: 2 * LONGEST]


def sign_in_again() -> ResponseReturnValue:
    """Answer a form that came without a session: the sign-in page, with what was typed inside it."""
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in ("csrf_token", FIELD)]
    fields += [[name, value] for name, value in lost_files()]
    if sum(len(name) + len(value) for name, value in fields) <= LONGEST:
        setattr(g, FIELD, _signer().dumps({"path": request.path, "fields": fields}))
    house = current_app.extensions["security"]
    known = house.forms["login_form"]
    form: Any = known.instantiator("login_form", known.cls, formdata=None)
    form.next.data = request.path
    form.form_errors = [_("Uw aanmelding is verlopen. Meld u opnieuw aan; wat u invulde is dan bewaard.")]
    page = house.render_template("security/login_user.html", login_user_form=form)
    return page, 401


def authorised_again(error: CSRFError) -> ResponseReturnValue:
    """A form of a session that was renewed meanwhile: shown again with what was typed, nothing is saved."""
    if "actor" not in g or request.endpoint is None:
        raise error
    g.form_expired = True
    view: Any = current_app.view_functions[request.endpoint]
    try:
        access.authorise()
        answer: ResponseReturnValue = view(**(request.view_args or {}))
    except HTTPException as refused:  # what an error handler raises would go unanswered
        answer = current_app.handle_user_exception(refused)
    return answer


def expired_message() -> dict[str, Any]:
    """What stands above such a form."""
    text = _("Uw aanmelding is vernieuwd. Controleer wat u invulde en verstuur het opnieuw.")
    return {"tone": "amber", "icon": "exclamation-triangle-fill", "text": text, "alert": True}


def _restore(_app: Flask, user: Any, **_more: Any) -> None:
    text = request.form.get(FIELD)
    if not text:
        return
    try:
        kept = _signer().loads(text, max_age=KEPT_FOR)
        fields = [(str(name), str(value)) for name, value in kept["fields"]]
        keep_draft(account=user.id, path=str(kept["path"])[:500], title=_("Onafgemaakt formulier"), fields=fields)
    except (BadData, DraftRefused, KeyError, TypeError, ValueError):
        log.info("a form from before signing in was not kept")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="kept form")
