"""Signing in and out. The library owns /aanmelden and /afmelden; this adds the throttle and the demonstration."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, abort, redirect
from flask.typing import ResponseReturnValue
from flask_security import LoginForm, SQLAlchemyUserDatastore, login_user, user_authenticated

from tracker import clock
from tracker.domain.policy import Role
from tracker.extensions import db, security
from tracker.models.accounts import Account, UnusedRole
from tracker.operations.accounts import record_attempt
from tracker.queries.accounts import demonstration_account, demonstration_accounts, failed_attempts
from tracker.queries.fiction import only_fiction

blueprint = Blueprint("sign_in", __name__)

ROLE_WORDS = {
    Role.board_member: "Bestuurder",
    Role.project_leader: "Projectleider",
    Role.practice_liaison: "Praktijkadviseur",
    Role.insurer_region_manager: "Regiomanager (verzekeraar)",
    Role.insurer_reader: "Meelezer (verzekeraar)",
    Role.evaluation_chair: "Voorzitter evaluatiegesprek",
    Role.administrator: "Beheerder",
}
MOST_FAILURES = 9
WINDOW = timedelta(minutes=15)

LIBRARY = {
    "SECURITY_LOGIN_URL": "/aanmelden",
    "SECURITY_LOGOUT_URL": "/afmelden",
    "SECURITY_POST_LOGOUT_VIEW": "/aanmelden",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    # argon2id brings its own salt; mixing SECRET_KEY in would end every password with the key.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_CACHE_CONTROL": None,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_TOTP_ISSUER": "Regiotracker",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("Deze combinatie van e-mailadres en wachtwoord klopt niet.", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Vul uw e-mailadres in.", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Vul uw wachtwoord in.", "error"),
}
"""How the sign-in library is set. Its messages about an address or a password tell nobody which of them was wrong."""


class SignInForm(LoginForm):
    """The library's form with a throttle per address: it counts unknown addresses too, so it tells nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email.label.text, self.password.label.text = "E-mailadres", "Wachtwoord"

    def validate(self, **kwargs: Any) -> bool:
        """Whether this address and password may come in now."""
        email = self.email.data or ""
        if failed_attempts(email, clock.now() - WINDOW) >= MOST_FAILURES:
            self.form_errors.append("Te vaak geprobeerd. Probeer het over een kwartier opnieuw.")
            return False
        fits = bool(super().validate(**kwargs))
        if not fits and self.email.data and self.password.data:
            record_attempt(email=email, succeeded=False)
        return fits


@blueprint.post("/aanmelden/voorbeeld/<role>")
def as_demonstration(role: str) -> ResponseReturnValue:
    """Sign in as an invented person; exists only while everything in the database is invented."""
    account = demonstration_account(role) if only_fiction() else None
    if account is None:
        abort(404)
    login_user(account, authn_via=["demonstration"])
    return redirect("/")


def install(app: Flask) -> None:
    """Give the sign-in library its models, form and settings, and the sign-in page its invented people."""
    app.config.from_mapping(LIBRARY)
    security.init_app(
        app, SQLAlchemyUserDatastore(db, Account, UnusedRole), login_form=SignInForm, register_blueprint=True
    )
    user_authenticated.connect(_remember, app)
    app.jinja_env.globals["role_words"] = ROLE_WORDS
    app.jinja_env.globals["invented_people"] = lambda: demonstration_accounts() if only_fiction() else []


def _remember(_app: Flask, user: Account, **_: Any) -> None:
    """Note a success, once the library has stored what it changed itself (a password hashed anew)."""
    db.session.commit()
    record_attempt(email=user.email, succeeded=True)
