"""Letters: what a mail says, in the language of who gets it, and how it leaves the house.

A letter is a pair of templates, `templates/mail/<name>.txt` and `.html`. The first line of the text is the subject.

    send(to=email, template="reset", language="nl", values={"name": name, "link": address("…")}, by="…")

It is queued within the transaction that is going on; what a request queued goes out after its answer.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, render_template, request, url_for
from flask_babel import force_locale

from tracker.operations.mail import deliver_mail, queued_mail, send_mail
from tracker.settings import Settings

LOCALES = {"nl": "nl", "en": "en_GB"}
log = logging.getLogger(__name__)


class Letter(NamedTuple):
    """A letter, written."""

    subject: str
    text: str
    html: str


def letter(template: str, language: str, values: Mapping[str, Any]) -> Letter:
    """Write a letter in `nl` or `en`."""
    with force_locale(LOCALES.get(language, "nl")):
        plain = render_template(f"mail/{template}.txt", **values).strip()
        subject, _, text = plain.partition("\n")
        html = render_template(f"mail/{template}.html", subject=subject, language=language, **values)
    return Letter(" ".join(subject.split()), text.strip() + "\n", html)


def send(*, to: str, template: str, language: str, values: Mapping[str, Any], by: str) -> int:
    """Write a letter and queue it; answers the number of the mail."""
    written = letter(template, language, values)
    return send_mail(to=to, template=template, language=language, by=by, **written._asdict())


def address(endpoint: str, **values: Any) -> str:
    """The address of a page as it stands in a letter."""
    return public(url_for(endpoint, **values))


def public(path: str) -> str:
    """A path of this house as the world outside writes it: PUBLIC_URL; without it, the way this request came in."""
    settings: Settings = current_app.extensions["settings"]
    return (settings.public_url or request.host_url.rstrip("/")) + path


def install(app: Flask) -> None:
    """Hand over what a request queued, once its answer is on its way."""

    @app.after_request
    def deliver_later(response: Response) -> Response:
        if numbers := queued_mail():
            response.call_on_close(lambda: _deliver(app, numbers))
        return response


def _deliver(app: Flask, numbers: list[int]) -> None:
    with app.app_context():
        try:
            deliver_mail(numbers)
        except Exception:
            # The page was answered already; the mail waits for `tracker mail`.
            log.exception("mail could not be handed over")
