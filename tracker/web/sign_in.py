"""Signing in and out. The library owns the pages; here stand sessions, what follows a change, and invented people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, abort, g, redirect, session
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    change_email_confirmed,
    current_user,
    login_user,
    password_changed,
    password_reset,
    tf_profile_changed,
    user_authenticated,
)

from tracker.access import requires
from tracker.domain.policy import Action, Role
from tracker.extensions import db
from tracker.models.accounts import Account, Passkey, UnusedRole
from tracker.operations.accounts import end_sessions
from tracker.operations.own_account import note_new_password
from tracker.operations.sign_in import begin_session, end_session, forget_app_code, keep_session
from tracker.queries.accounts import demonstration_account, demonstration_accounts, is_signed_in
from tracker.queries.fiction import only_fiction
from tracker.web import sign_in_forms as forms
from tracker.web.dates import VISITED
from tracker.web.sign_in_parts import AppCodes, Passkeys, Post, RecoveryCodes, app_secrets, store, write_later
from tracker.web.sign_in_settings import LIBRARY

blueprint = Blueprint("sign_in", __name__)

ROLE_WORDS = {
    Role.board_member: lazy_gettext("Bestuurder"),
    Role.project_leader: lazy_gettext("Projectleider"),
    Role.practice_liaison: lazy_gettext("Praktijkadviseur"),
    Role.insurer_region_manager: lazy_gettext("Regiomanager (verzekeraar)"),
    Role.insurer_reader: lazy_gettext("Meelezer (verzekeraar)"),
    Role.evaluation_chair: lazy_gettext("Voorzitter evaluatiegesprek"),
    Role.administrator: lazy_gettext("Beheerder"),
}
WORD = "signed_in"
"""Where the session's cookie keeps the word that names it in the database."""
FORMS: dict[str, Any] = {
    "login_form": forms.SignInForm,
    "verify_form": forms.ProofForm,
    "forgot_password_form": forms.ForgottenForm,
    "reset_password_form": forms.NewPasswordForm,
    "change_password_form": forms.OtherPasswordForm,
    "change_email_form": forms.OtherAddressForm,
    "two_factor_verify_code_form": forms.AppCodeForm,
    "two_factor_select_form": forms.StepForm,
    "mf_recovery_form": forms.RecoveryCodeForm,
    "wan_register_form": forms.PasskeyForm,
}
CODE_PAGE = "security.two_factor_token_validation"
OWN = (
    "verify",
    "wan_verify",
    "wan_verify_response",
    "change_password",
    "change_email",
    "two_factor_setup",
    "two_factor_setup_validate",
    "mf_recovery_codes",
    "wan_register",
    "wan_register_response",
    "wan_delete",
)
"""The library's endpoints for who has signed in; those for everybody stand in access.PUBLIC, all others are refused."""


@blueprint.post("/aanmelden/voorbeeld/<role>")
def as_demonstration(role: str) -> ResponseReturnValue:
    """Sign in as an invented person; exists only while everything in the database is invented."""
    account = demonstration_account(role) if only_fiction() else None
    if account is None:
        abort(404)
    login_user(account, authn_via=["demonstration"])
    return redirect("/")


def install(app: Flask) -> None:
    """Give the sign-in library its models, forms and settings, and the sign-in page its invented people."""
    app.config.from_mapping(LIBRARY, SECURITY_TOTP_SECRETS=app_secrets(app.config["SECRET_KEY"]))
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, Account, UnusedRole, Passkey),
        mail_util_cls=Post,
        totp_cls=AppCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
        webauthn_util_cls=Passkeys,
        **FORMS,
    )
    # Pages only: its JSON would hand out keys that outlive a session.
    security.want_json(lambda _request: False)
    app.view_functions[CODE_PAGE] = _only_when_asked(app.view_functions[CODE_PAGE])
    for name in OWN:
        requires(Action.use_account)(app.view_functions[f"security.{name}"])
    security.context_processor(_without_days)
    _watch(app)
    _hold_sessions(security)
    app.jinja_env.globals["role_words"] = ROLE_WORDS
    app.jinja_env.globals["invented_people"] = lambda: demonstration_accounts() if only_fiction() else []


def _only_when_asked(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page for a code, which the library lets sign out whoever opens it without having been asked for one."""

    @wraps(view)
    def page(**values: Any) -> Any:
        if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
            return redirect("/")
        return view(**values)

    return page


def _without_days() -> dict[str, Any]:
    """A page about an account has no peildatum."""
    g.no_days = True
    return {}


def _hold_sessions(security: Security) -> None:
    """A cookie counts as long as the database knows its word; no other key opens a page."""
    manager = security.login_manager
    known = manager._user_callback

    def load(number: str) -> Account | None:
        account: Account | None = known(number)
        return account if account and is_signed_in(account.id, session.get(WORD, "")) else None

    manager.user_loader(load)
    manager.request_loader(None)


def _watch(app: Flask) -> None:
    """Hear what the library did. It stores its own change first: ours is another."""
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_changed.connect(_changed_password, app)
    password_reset.connect(_reset_password, app)
    change_email_confirmed.connect(_changed_address, app)
    tf_profile_changed.connect(_new_app, app)


def _begin(_app: Flask, user: Account, **_: Any) -> None:
    """Begin a session that no cookie from before this moment knows."""
    store()
    if before := session.pop(WORD, None):
        end_session(word=before)
    session[WORD] = begin_session(account=user.id)
    if user.visited_on is not None:
        session[VISITED] = user.visited_on.isoformat()
    session.setdefault("language", user.language)
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def _end(_app: Flask, **_: Any) -> None:
    if word := session.pop(WORD, None):
        end_session(word=word)


def _changed_password(_app: Flask, user: Account, **_: Any) -> None:
    store()
    note_new_password(account=user.id)
    keep_session(account=user.id, word=session.get(WORD, ""))


def _reset_password(_app: Flask, user: Account, **_: Any) -> None:
    store()
    note_new_password(account=user.id)
    end_sessions(account=user.id, by=f"account {user.id}")


def _changed_address(_app: Flask, user: Account, old_email: str, **_: Any) -> None:
    """Warn the old address; a link that still lies in its mailbox opens nothing any more."""
    store()
    end_sessions(account=user.id, by=f"account {user.id}")
    write_later(user, to=old_email, template="changed_address")


def _new_app(_app: Flask, user: Account, **_: Any) -> None:
    store()
    forget_app_code(account=user.id)
