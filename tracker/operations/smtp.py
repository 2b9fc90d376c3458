"""One conversation with the mail server."""

from __future__ import annotations

import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import TracebackType

from tracker import clock
from tracker.models.mail import Mail
from tracker.settings import Encryption, MailServer

TIMEOUT = 5.0
"""Seconds: who waits for a page must not wait for a mail server."""
FOR_GOOD = 500
"""Answers from here on will be the same tomorrow."""


class NotTaken(Exception):
    """The server did not take a mail: `kind` without anything personal, `is_final` when trying again is no use."""

    def __init__(self, kind: str, *, is_final: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.is_final = kind, is_final


class ServerAway(NotTaken):
    """There is nobody to hand a mail to: no connection, no encryption, a wrong password."""


class Conversation:
    """A connection to the mail server: `with Conversation(server) as post: …`. Raises ServerAway or NotTaken."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Conversation:
        try:
            self._smtp = _connected(self._server)
        except (OSError, ValueError, smtplib.SMTPException) as error:  # ValueError: a password outside ASCII
            raise ServerAway(_kind(error)) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._smtp is not None:
            self._smtp.close()

    def send(self, mail: Mail) -> None:
        """Hand over one mail."""
        assert self._smtp is not None
        try:
            self._smtp.send_message(message_of(mail, self._server.sender), to_addrs=[mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise NotTaken(f"recipient {code}", is_final=code >= FOR_GOOD) from None
        except smtplib.SMTPDataError as error:
            raise NotTaken(_kind(error), is_final=error.smtp_code >= FOR_GOOD) from None
        except (ValueError, MessageError, smtplib.SMTPNotSupportedError) as error:
            raise NotTaken(_kind(error), is_final=True) from None
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise ServerAway(_kind(error)) from None
        except smtplib.SMTPException as error:
            raise NotTaken(_kind(error)) from None


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels: plain text and HTML. Raises ValueError or MessageError on an address that is none."""
    message = EmailMessage()
    name, address = parseaddr(sender)
    message["From"] = Address(name or "Regiotracker", addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    # Nobody's holiday answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    message.set_content(mail.text or "")
    message.add_alternative(mail.html or "", subtype="html")
    return message


def _connected(server: MailServer) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    if server.encryption is Encryption.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trust)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.encryption is Encryption.starttls:
            smtp.starttls(context=trust)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _kind(error: Exception) -> str:
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"[:100]
