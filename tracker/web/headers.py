"""What every answer carries: the content security policy and its companions, no caching, gzip for large pages."""

import gzip
import secrets

from flask import Flask, Response, g, request

GZIP_FROM = 4096
"""Bytes: below this, compressing costs more than it saves."""


def install(app: Flask) -> None:
    """Put the headers on every answer and the nonce in every template."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_compress)
    app.after_request(_protect)


def csp_nonce() -> str:
    """The word that lets the one empty style element of a chart page through; new for each request."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _protect(response: Response) -> Response:
    style = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data: blob:; font-src 'self'; "
            "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    # Nothing about a region stays behind in a shared computer's cache.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _compress(response: Response) -> Response:
    """Compress a large page that was asked for with GET.

    An answer that repeats free text of the request beside a secret could leak the secret by its length, so a page with
    a search word, or an answer to a form, stays as it is.
    """
    response.vary.add("Accept-Encoding")
    response.vary.add("Cookie")
    fits = (
        response.mimetype == "text/html"
        and response.status_code == 200
        and request.method == "GET"
        and "q" not in request.args
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and request.accept_encodings["gzip"] > 0
    )
    if fits and len(body := response.get_data()) >= GZIP_FROM:
        response.set_data(gzip.compress(body, compresslevel=4))
        response.headers["Content-Encoding"] = "gzip"
    return response
