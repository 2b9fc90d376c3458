"""The own account: who one is here, in which language, and how one comes in. The library's pages do the rest."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user, logout_user

from tracker.access import actor, requires
from tracker.domain.policy import Action
from tracker.forms.account import PersonForm
from tracker.operations.accounts import AccountRefused, end_sessions
from tracker.operations.own_account import change_person
from tracker.queries.accounts import account
from tracker.web.account_view import account_page, passkey_rows

blueprint = Blueprint("account", __name__, url_prefix="/mijn-account")
blueprint.add_app_template_global(lambda: passkey_rows(account(actor().account)), "passkeys")


@blueprint.get("")
@requires(Action.use_account)
def index() -> ResponseReturnValue:
    """The account of who asks."""
    return _page(PersonForm(obj=current_user))


@blueprint.post("")
@requires(Action.use_account)
def change() -> ResponseReturnValue:
    """Correct the name and the language."""
    form = PersonForm(formdata=request.form)  # a file in the place of a text is no answer
    if not form.validate():
        return _page(form)
    number, language = actor().account, form.language.data or "nl"
    try:
        change_person(account=number, name=form.name.data or "", language=language, by=f"account {number}")
    except AccountRefused:
        form.name.errors = [_("Vul een naam in zonder vreemde tekens.")]
        return _page(form)
    session["language"] = language
    flash(_("Uw gegevens zijn bewaard."), "info")
    return redirect(url_for("account.index"), 303)


@blueprint.post("/overal-afmelden")
@requires(Action.use_account)
def leave() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    end_sessions(account=actor().account, by=f"account {actor().account}")
    logout_user()
    flash(_("U bent overal afgemeld."), "info")
    return redirect(url_for("security.login"), 303)


def _page(form: PersonForm) -> ResponseReturnValue:
    g.no_days = True
    return render_template("account/index.html", page=account_page(actor()), form=form)
