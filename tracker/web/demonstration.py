"""A chosen today is for invented data alone: where a record is real, the house with DEMO_TODAY refuses to work."""

from flask import Flask, abort, current_app, request

from tracker.queries.fiction import any_real

UNGUARDED = frozenset({"health.healthz", "health.readyz"})


def install(app: Flask) -> None:
    """Ask before every request, where the setting is used."""
    if app.config["DEMO_TODAY"] is not None:
        app.before_request(_only_invented)


def _only_invented() -> None:
    if request.endpoint not in UNGUARDED and any_real():
        current_app.logger.error("DEMO_TODAY is set while a record is not fictional")
        abort(503)
