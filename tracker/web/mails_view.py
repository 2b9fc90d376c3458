"""The mail log of the administrator: what went out, what waits and why, in words that say where to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from tracker import labels
from tracker.models.mail import Mail
from tracker.operations.mail import mail_server
from tracker.web.people_view import moment

ABOUT_SERVER: Mapping[str, Any] = {
    "ConnectionRefusedError": lazy_gettext("er luistert geen mailserver op SMTP_HOST en SMTP_PORT"),
    "gaierror": lazy_gettext("de naam in SMTP_HOST is niet te vinden"),
    "TimeoutError": lazy_gettext("de mailserver antwoordt niet op tijd; kijk SMTP_HOST, SMTP_PORT en SMTP_TLS na"),
    "SMTPAuthenticationError": lazy_gettext(
        "de mailserver weigert de gebruiker of het wachtwoord; kijk SMTP_USER en SMTP_PASSWORD na"
    ),
    "UnicodeEncodeError": lazy_gettext("SMTP_USER of SMTP_PASSWORD bevat een teken dat de mailserver niet kent"),
    "SSLCertVerificationError": lazy_gettext("het certificaat van de mailserver is niet te vertrouwen"),
    "SSLError": lazy_gettext("de verbinding is niet te versleutelen; kijk SMTP_TLS en SMTP_PORT na"),
    "SMTPNotSupportedError": lazy_gettext(
        "de mailserver kan niet versleutelen of aanmelden; kijk SMTP_TLS en SMTP_USER na"
    ),
    "SMTPServerDisconnected": lazy_gettext("de mailserver verbrak de verbinding; kijk SMTP_TLS en SMTP_PORT na"),
    "SMTPSenderRefused": lazy_gettext("de mailserver neemt geen mail aan van MAIL_FROM"),
}
"""By what went wrong (operations/smtp.py): troubles of the server, which every mail waits for."""
ABOUT_MAIL: Mapping[str, Any] = {
    "recipient": lazy_gettext("de mailserver neemt dit adres niet aan"),
    "SMTPDataError": lazy_gettext("de mailserver neemt deze mail niet aan"),
}
"""Troubles of one mail."""


def mails_page(found: Sequence[Mail], waiting: int) -> dict[str, Any]:
    """The view model of templates/people/mails.html."""
    columns = (_("Onderwerp"), _("Aan"), _("In de rij sinds"), _("Stand"), _("Pogingen"))
    rows = [
        {"cells": [item.subject, item.to, moment(item.queued_at), _state(item), str(item.attempts)]} for item in found
    ]
    table = {
        "caption": _("De laatste mails"),
        "columns": [{"text": text, "numeric": number == 4} for number, text in enumerate(columns)],
        "rows": rows,
        "wide": True,
    }
    return {
        "table": table if rows else None,
        "waiting": ngettext("%(num)s mail wacht op verzending.", "%(num)s mails wachten op verzending.", waiting),
        "has_server": mail_server() is not None,
        "trouble": _trouble(found),
    }


def _trouble(found: Sequence[Mail]) -> str | None:
    """Why nothing goes out at present, where that is so."""
    held = (item.last_error for item in found if item.next_at is not None and item.last_error)
    last = next((error for error in held if error.partition(" ")[0] in ABOUT_SERVER), None)
    return None if last is None or mail_server() is None else labels.capital(f"{_in_words(last)}.")


def _state(item: Mail) -> str:
    if item.sent_at is not None:
        return str(_("verzonden op %(moment)s", moment=moment(item.sent_at)))
    if item.refused_at is not None:
        return str(_("geweigerd: %(error)s", error=_in_words(item.last_error or "")))
    return str(_("wacht: %(error)s", error=_in_words(item.last_error)) if item.last_error else _("wacht"))


def _in_words(error: str) -> str:
    """What went wrong and where to look; the name of the fault and the server's number go along for who knows them."""
    known = {**ABOUT_SERVER, **ABOUT_MAIL}.get(error.partition(" ")[0], _("de mailserver gaf een fout"))
    return f"{known} ({error})" if error else str(known)
