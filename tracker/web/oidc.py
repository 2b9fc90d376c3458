"""Signing in with the account of one's own organisation (OpenID Connect), where the settings name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import login_user
from werkzeug.urls import iri_to_uri

from tracker.domain.federation import RoleRule, read_rules, roles_given
from tracker.extensions import security
from tracker.operations.federation import FederationRefused, Visitor, admit
from tracker.settings import BadSettings, Settings, SignInProvider
from tracker.web.frame import language
from tracker.web.home import is_own_path
from tracker.web.logs import request_id

if TYPE_CHECKING:
    from tracker.web.provider import Provider

blueprint = Blueprint("oidc", __name__)
WANTED, LONGEST_PATH = "oidc_next", 500


class ProviderAway(Exception):
    """The organisation's sign-in does not answer, or not as it should."""


class SignInBroken(Exception):
    """What came back does not belong to a sign-in that was begun here, was used already, or proves nothing."""


def install(app: Flask, settings: Settings) -> None:
    """Prepare the organisation's sign-in; refuses to start on a file of roles that cannot be read."""
    chosen = settings.provider
    app.jinja_env.globals["sign_in_provider"] = chosen
    if chosen is None:
        return
    try:
        from tracker.web.provider import Provider
    except ImportError as error:
        raise BadSettings(["OIDC_ISSUER: install the extra `sso` of this package first"]) from error
    app.extensions["provider"] = Provider(app, chosen)
    app.extensions["provider_rules"] = _rules(chosen)


def _rules(chosen: SignInProvider) -> tuple[RoleRule, ...]:
    try:
        return read_rules(chosen.roles.read_bytes()) if chosen.roles else ()
    except (ValueError, OSError) as error:
        raise BadSettings([f"OIDC_ROLES: {chosen.roles}: {error}"]) from error


@blueprint.get("/aanmelden/organisatie")
def start() -> ResponseReturnValue:
    """To the organisation's own sign-in page."""
    provider = _provider()
    session[WANTED] = request.args.get("next", "/")[:LONGEST_PATH]
    try:
        return provider.send(_own_address())
    except ProviderAway as error:
        return _away(error)


@blueprint.get("/aanmelden/organisatie/terug")
def back() -> ResponseReturnValue:
    """Back from there: who is it, and may they come in?"""
    provider = _provider()
    try:
        number = _admit(provider)
    except ProviderAway as error:
        return _away(error)
    except SignInBroken as error:
        current_app.logger.warning("sign-in by provider broken off", extra={"fault": str(error)})
        return _sorry(400, _("Het aanmelden is afgebroken of was al gebruikt. Begin opnieuw."))
    except FederationRefused as refused:
        return _sorry(403, refused.en if language() == "en" else refused.nl)
    return _enter(number)


def _provider() -> Provider:
    provider: Provider | None = current_app.extensions.get("provider")
    return provider or abort(404)


def _own_address() -> str:
    """Where the organisation sends the visitor back to; it knows this address beforehand."""
    public: str | None = current_app.extensions["settings"].public_url
    return public + url_for("oidc.back") if public else url_for("oidc.back", _external=True)


def _admit(provider: Provider) -> int:
    claims = provider.claims()
    visitor = Visitor(
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        email=str(claims["email"]) if claims.get("email_verified") is True and "email" in claims else None,
        name=str(claims.get("name") or ""),
    )
    roles = roles_given(current_app.extensions["provider_rules"], claims)
    return admit(visitor=visitor, roles=roles, by=provider.name)


def _enter(number: int) -> ResponseReturnValue:
    """Begin a session of its own: nothing of the visit before stays but the language."""
    wanted, kept = session.get(WANTED, "/"), session.get("language")
    session.clear()
    if kept:
        session["language"] = kept
    account = security.datastore.find_user(id=number)
    if account is None or not login_user(account, authn_via=["oidc"]):
        abort(403)
    return redirect(iri_to_uri(wanted) if is_own_path(wanted) else "/")


def _away(error: ProviderAway) -> ResponseReturnValue:
    current_app.logger.warning("provider of sign-in does not answer", extra={"fault": str(error)})
    return _sorry(503, _("Uw organisatie antwoordt nu niet. Probeer het over een paar minuten opnieuw."))


def _sorry(status: int, advice: str) -> ResponseReturnValue:
    return render_template("security/not_signed_in.html", advice=advice, request_id=request_id()), status
