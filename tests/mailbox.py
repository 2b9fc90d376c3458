"""A real mail server for tests: it keeps what it was given, and can refuse or be away."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tracker.settings import Encryption, MailServer

SENDER = "Regiotracker <post@voorbeeld.example>"
USER, PASSWORD = "regiotracker", "open-zee-kaart"
"""Whom a server with a certificate lets in."""


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


def server_at(port: int, encryption: Encryption = Encryption.none, **login: str) -> MailServer:
    """The setting for a server on this machine."""
    return MailServer(host="127.0.0.1", port=port, encryption=encryption, sender=SENDER, **login)


def self_made_certificate(folder: Path) -> Path:
    """A certificate of this machine with its key, in one file; only who is told to trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])
    now, here = datetime.now(UTC), x509.IPAddress(ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "post.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: LoginPassword) -> AuthResult:
    is_known = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


def _encrypted(encryption: Encryption, certificate: Path) -> dict[str, Any]:
    """What makes a server ask for encryption and for who one is."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    asks = {"authenticator": _knows, "auth_required": True, "auth_require_tls": encryption is Encryption.starttls}
    if encryption is Encryption.tls:
        return {"ssl_context": context, **asks}
    return {"tls_context": context, "require_starttls": True, **asks}


@contextmanager
def mail_server_on(
    port: int, encryption: Encryption = Encryption.none, certificate: Path | None = None
) -> Iterator[Mailbox]:
    """A mail server on a port, for as long as the block lasts; with a certificate it also asks who one is."""
    box, more = Mailbox(), _encrypted(encryption, certificate) if certificate else {}
    controller = Controller(box, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
