"""The door: every endpoint declares what it does, and one hook asks the policy before the view runs.

    @blueprint.get("/samenwerkingsverbanden/<code>")
    @requires(Action.see_cooperation)
    def cooperation(code): ...

A `code` in the address is the cooperation that is asked about. Strangers (who may not even see it) get 404, readers who
may see it but not do this get 403; who has not signed in goes to the sign-in page, or gets 401 under /api/. An endpoint
that declares nothing and does not stand in PUBLIC is refused.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import current_user

from tracker import clock
from tracker.domain import policy
from tracker.domain.policy import Action, Actor, Pen, Subject
from tracker.domain.records.enums import Party
from tracker.domain.sides import sides_of
from tracker.extensions import csrf
from tracker.queries import accounts
from tracker.queries.people import actor_of_read_link
from tracker.queries.subjects import cooperation_of

PUBLIC = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "security.login",
        "security.logout",
        "security.forgot_password",
        "security.reset_password",
        "security.tf_select",
        "security.two_factor_token_validation",
        "security.mf_recovery",
        "security.wan_signin",
        "security.wan_signin_response",
        "security.change_email_confirm",
        "home.language",
        "sign_in.as_demonstration",
        "oidc.start",
        "oidc.back",
        "invitations.accept",
        "read_links.opened",
        "calendar.feed",
        "api.openapi",
        "api.readable",
    }
)
"""Endpoints for everybody: health, the language, the description of the API, and signing in and out: the password and
one that was forgotten, the second step, a passkey, and the link that proves a new address (opened in any browser).
An invitation, a link to read along and a calendar are proved by the secret in their address."""

READ_LINK = "read_link"
"""Where a session keeps the number of the link by which somebody reads along; what signs in comes before it."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


def requires(action: Action, of: str | None = None) -> Callable[[View], View]:
    """Declare what a view does. `of` = the `id` in the address is an initiative or a practice of a cooperation."""

    def declare(view: View) -> View:
        view.__dict__["action"] = action
        view.__dict__["of"] = of
        return view

    return declare


def declared_action(app: Flask, endpoint: str) -> Action | None:
    """What the endpoint declares; None when it declares nothing."""
    action: Action | None = getattr(app.view_functions[endpoint], "action", None)
    return action


def actor() -> Actor:
    """Who asks. Only where somebody is known to ask: behind `@requires`."""
    known: Actor = g.actor
    return known


def allows(action: Action, code: str | None = None) -> bool:
    """Whether the one who asks may do this, to this cooperation."""
    subject = None if code is None else _subject(code) or Subject(code)
    return policy.may(actor(), action, subject, clock.real_today())


def pen(code: str | None) -> Pen:
    """What the one who asks writes with, in the dossier of a cooperation or (None) in the register."""
    subject = None if code is None else _subject(code) or Subject(code)
    return policy.pen(actor(), subject, clock.real_today())


def sides() -> dict[str, frozenset[Party]]:
    """For whom the one who asks speaks, in each cooperation: itself, an insurer, or nobody."""
    on = clock.real_today()
    return {item.cooperation: sides_of(actor(), item, on) for item in _subjects()}


def permitted(action: Action = Action.see_cooperation) -> list[str]:
    """The codes of all cooperations to which the one who asks may do this, sorted; a constant number of queries."""
    return policy.permitted(actor(), action, _subjects(), clock.real_today())


def guard() -> ResponseReturnValue | None:
    """Before every request: who asks, and may they?"""
    endpoint = request.endpoint
    if endpoint is None:
        return None
    if endpoint in PUBLIC:
        _protect()
        return None
    action = declared_action(current_app, endpoint)
    if action is None:
        abort(403)
    found = _identify()
    if found is None:
        return _ask_to_sign_in()
    g.actor = found
    _protect()
    authorise()
    return None


def _identify() -> Actor | None:
    """The actor of the bearer token, which counts under /api/ alone, or of the session."""
    token = _bearer()
    if token is not None:
        return accounts.actor_of_token(token)
    if current_user.is_authenticated:
        session.pop(READ_LINK, None)
        return accounts.actor_of_account(current_user.id)
    link = session.get(READ_LINK)
    return None if link is None else actor_of_read_link(link)


def _bearer() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and request.path.startswith("/api/") else None


def _protect() -> None:
    """Refuse a change that another site made the browser send; a token is never sent by itself and needs no proof."""
    if request.method not in SAFE and _bearer() is None and current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def authorise() -> None:
    """Refuse who may not do what the endpoint declares: 404 for strangers, 403 for readers."""
    action = declared_action(current_app, request.endpoint or "")
    if action is None:
        abort(403)
    # A role holds on real days; which insurer a region is linked to follows the day the house calls today.
    on = clock.real_today()
    code, is_asked = _asked_about()
    subject = None if code is None else _subject(code)
    if is_asked and (subject is None or not policy.may(actor(), Action.see_cooperation, subject, on)):
        abort(404)
    if not policy.may(actor(), action, subject, on):
        abort(403)


def _subject(code: str) -> Subject | None:
    """A cooperation as the policy is asked about it; looked up once in a request that changes nothing."""
    if request.method not in SAFE:
        return accounts.subject(code, clock.today())
    held: dict[str, Subject | None] = g.setdefault("subjects", {})
    if code not in held:
        held[code] = accounts.subject(code, clock.today())
    return held[code]


def _subjects() -> list[Subject]:
    """All cooperations, looked up once in a request that changes nothing."""
    if request.method not in SAFE:
        return accounts.subjects(clock.today())
    if "all_subjects" not in g:
        g.all_subjects = accounts.subjects(clock.today())
    held: list[Subject] = g.all_subjects
    return held


def _asked_about() -> tuple[str | None, bool]:
    """The cooperation that the address is about, and whether it is about one at all."""
    given = request.view_args or {}
    place = getattr(current_app.view_functions[request.endpoint or ""], "of", None)
    if place is not None:
        return cooperation_of(str(given["id"])), True
    return given.get("code"), "code" in given


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        abort(401)
    keep = getattr(current_app.view_functions[request.endpoint or ""], "keeps_typed", None)
    if request.method == "POST" and keep is not None:
        answer: ResponseReturnValue = keep()
        return answer
    if session.pop(READ_LINK, None) is not None:
        # The link ended while somebody read along; its page says so.
        return redirect("/meelezen/verlopen")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect("/aanmelden" + (f"?next={quote(wanted)}" if wanted not in ("", "/") else ""))
