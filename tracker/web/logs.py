"""Logs as lines of JSON, each with its request and nothing about a person: rules of addresses, no addresses."""

import logging
import re
import secrets
import sys
from time import perf_counter
from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context, request

from tracker import clock

KNOWN = re.compile(r"[A-Za-z0-9._-]{8,64}")
EXTRA = ("method", "route", "status", "milliseconds", "account", "fault", "by")
log = logging.getLogger("tracker.requests")


class JsonFormatter(logging.Formatter):
    """One line of JSON for one message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the request id when there is a request."""
        line: dict[str, Any] = {
            "at": clock.now(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = request_id()
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z).decode()


def install(app: Flask, level: str) -> None:
    """Log as JSON to the error stream and write one line for each request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    house = logging.getLogger("tracker")
    house.handlers, house.propagate = [handler], True
    house.setLevel(level)
    app.before_request(_start)
    app.after_request(_finish)


def request_id() -> str:
    """The request's name: the one the caller gave in X-Request-ID when it is plain, else a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if KNOWN.fullmatch(given) else secrets.token_hex(8)
    return str(g.request_id)


def _start() -> None:
    g.started = perf_counter()


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    route = request.url_rule.rule if request.url_rule else "(none)"
    spent = round((perf_counter() - g.get("started", perf_counter())) * 1000, 1)
    log.info(
        "request",
        extra={"method": request.method, "route": route, "status": response.status_code, "milliseconds": spent},
    )
    return response
