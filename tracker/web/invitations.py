"""Taking up an invitation: a name, a password, and one is in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import login_user

from tracker.domain.policy import Role
from tracker.extensions import security
from tracker.forms.people import AcceptForm
from tracker.models.people import Invitation
from tracker.operations.accounts import AccountRefused
from tracker.operations.invitations import accept_invitation
from tracker.queries.accounts import account
from tracker.queries.people import open_invitation
from tracker.web.people_parts import hear, refusal
from tracker.web.people_view import role_words, scope_words, until_words

blueprint = Blueprint("invitations", __name__)


@blueprint.route("/uitnodiging/<secret>", methods=("GET", "POST"))
def accept(secret: str) -> ResponseReturnValue:
    """Ask the invited for a name and a password; the link works once."""
    found = open_invitation(secret)
    if found is None:
        return _shown("closed", None, None, 410)
    form = AcceptForm(request.form or None, name=found.name)
    if request.method == "POST" and _fits(form, found):
        try:
            accepted = accept_invitation(secret=secret, name=form.name.data or "", password=form.password.data or "")
        except AccountRefused as refused:
            form.refuse(refused.field, refusal(refused))
        else:
            return _come_in(accepted.account) if accepted.is_new else _shown("joined", None, None, 200)
    return _shown("accept", form, found, 422 if form.errors else 200)


def _fits(form: AcceptForm, found: Invitation) -> bool:
    """Typed well, and no password that everybody tries first."""
    if not form.validate():
        return False
    told, form.password.data = security._password_util.validate(form.password.data or "", False, email=found.email)
    for text in told or ():
        form.refuse("password", str(text))
    return not told


def _come_in(number: int) -> ResponseReturnValue:
    """Signed in, and advised to add a second step."""
    login_user(account(number), authn_via=["invitation"])
    return redirect("/", 303)


def _shown(template: str, form: AcceptForm | None, found: Invitation | None, status: int) -> Response:
    hear()
    page: dict[str, Any] = {"form": form, "errors": form.errors_shown(("name", "password", "again")) if form else []}
    if found is not None:
        scope = scope_words(found.cooperation, found.insurer)
        words = role_words(Role(found.role))
        page |= {
            "by": found.made_by_name,
            "email": found.email,
            "role": f"{words} ({scope})" if scope else words,
            "until": until_words(found.valid_until),
        }
    response = make_response(render_template(f"people/{template}.html", page=page), status)
    # The secret stands in the address: no other page hears it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
