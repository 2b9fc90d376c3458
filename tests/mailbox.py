"""A real mail server for tests: it keeps what it was given, and can refuse or be away."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.settings import Encryption, MailServer

SENDER = "Regiotracker <post@voorbeeld.example>"


class Mailbox:
    """What the server took, in order; `answers` gives an address the answer it gets instead of being taken."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.receivers: list[list[str]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options):  # noqa: N802
        """Take an address, or answer as told."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail."""
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        self.receivers.append(list(envelope.rcpt_tos))
        return "250 kept"

    def text(self, number: int = -1) -> str:
        """The plain text of a mail that was taken."""
        body = self.taken[number].get_body(("plain",))
        assert body is not None
        return str(body.get_content())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_at(port: int) -> MailServer:
    """The setting for a server on this machine."""
    return MailServer(host="127.0.0.1", port=port, encryption=Encryption.none, sender=SENDER)


@contextmanager
def mail_server_on(port: int) -> Iterator[Mailbox]:
    """A mail server on a port, for as long as the block lasts."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
