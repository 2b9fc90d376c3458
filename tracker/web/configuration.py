"""From the house's settings to the names under which Flask and its libraries look for them."""

from datetime import timedelta
from typing import Any

import orjson
from flask import Flask, Response, request
from flask.json.provider import JSONProvider
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.settings import Mode, Settings

BESIDE = 1024 * 1024
"""Bytes that a form may hold beside a file."""
MOST_PARTS = 20_000
"""Fields of one form: a thousand rows."""


class OrjsonProvider(JSONProvider):
    """JSON by orjson: fifty times faster, days and moments as ISO texts."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """The text of a value; a Decimal, like everything orjson does not know, becomes its own text."""
        return orjson.dumps(obj, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value of a text; raises ValueError on one that is no JSON."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """An answer with that value as its body."""
        body = orjson.dumps(self._prepare_response_obj(args, kwargs), default=str, option=orjson.OPT_NON_STR_KEYS)
        return Response(body, mimetype="application/json")


class SessionCookie(SecureCookieSessionInterface):
    """The session's cookie is Secure wherever the page itself came over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request came over TLS (through a proxy that TRUSTED_PROXIES counts, too)."""
        return request.is_secure


def install(app: Flask, settings: Settings) -> None:
    """Set the configuration of the application."""
    app.json = OrjsonProvider(app)
    app.session_interface = SessionCookie()
    app.testing = settings.mode is Mode.test
    app.extensions["settings"] = settings
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # Values of a failed statement may be personal: they stay out of logs and messages.
        # A connection that a restart of the database ended is found out before it is used.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, "pool_pre_ping": not settings.is_sqlite},
        DEMO_TODAY=settings.demo_today,
        # A file of the largest size, with what is typed beside it.
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + BESIDE,
        MAX_FORM_PARTS=MOST_PARTS,
        MAX_RECORDS=settings.max_records,
        SESSION_COOKIE_NAME="regiotracker",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_CHECK_DEFAULT=False,  # access.guard asks for the proof, so that a bearer token needs none
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="nl",
        BABEL_DEFAULT_TIMEZONE="Europe/Amsterdam",
    )
    if settings.mode is Mode.test:
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {"argon2__time_cost": 1, "argon2__memory_cost": 64}
    if count := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]
