"""Typed settings from the environment. Every missing or bad one is named at once, and the house refuses to start."""

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

T = TypeVar("T")
D = TypeVar("D")


class Mode(StrEnum):
    """What kind of installation this is; decides only how strict the start is."""

    production = "production"
    development = "development"
    demo = "demo"
    test = "test"


class Encryption(StrEnum):
    """How the conversation with the mail server is kept from others."""

    none = "none"
    starttls = "starttls"
    tls = "tls"


SMTP_PORTS = {Encryption.none: 25, Encryption.starttls: 587, Encryption.tls: 465}


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail goes out, and from whom."""

    host: str
    port: int
    encryption: Encryption = Encryption.starttls
    user: str = ""
    password: str = ""
    sender: str


STANDARD_SCOPES = "openid email profile"


class SignInProvider(msgspec.Struct, frozen=True, kw_only=True):
    """The organisation whose own sign-in opens this house, by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str
    name: str = ""
    """What the button on the sign-in page calls it; empty = your organisation."""
    scopes: str = STANDARD_SCOPES
    roles: Path | None = None
    """The TOML file that says which claim gives which role; None = people here give every role."""


class BadSettings(Exception):
    """One or more settings are missing or wrong; `faults` holds a line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Regiotracker cannot start:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = faults


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an installation may choose. Sizes are in bytes, `max_records` counts records in one file."""

    mode: Mode = Mode.production
    instance: Path = Path("var")
    database_url: str
    secret_key: str
    demo_today: date | None = None
    max_upload_bytes: int = 20 * 1024 * 1024
    max_records: int = 100_000
    log_level: str = "INFO"
    trusted_proxies: int = 0
    public_url: str | None = None
    """The address of this installation as people outside know it, for the links in mail; None = that of the request."""
    mail_server: MailServer | None = None
    """None = mail waits in the database."""
    provider: SignInProvider | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine."""
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] | None = None, *, serving: bool = True) -> Settings:
    """Read the settings. A command (`serving=False`) signs nothing, so it needs no SECRET_KEY.

    Raises BadSettings with every fault at once.
    """
    reader = _Reader(os.environ if environ is None else environ)
    mode = reader.value("TRACKER_MODE", Mode, Mode.production)
    instance = reader.value("TRACKER_INSTANCE", Path, Path("var")).absolute()
    settings = Settings(
        mode=mode,
        instance=instance,
        database_url=reader.value("DATABASE_URL", _database_url, f"sqlite:///{instance / 'regiotracker.sqlite'}"),
        secret_key=reader.secret_key(mode, instance, serving=serving),
        demo_today=reader.value("DEMO_TODAY", date.fromisoformat, None),
        max_upload_bytes=reader.value("MAX_UPLOAD_MB", _positive, 20) * 1024 * 1024,
        max_records=reader.value("MAX_RECORDS", _positive, 100_000),
        log_level=reader.value("LOG_LEVEL", _log_level, "INFO"),
        trusted_proxies=reader.value("TRUSTED_PROXIES", _count, 0),
        public_url=reader.value("PUBLIC_URL", _web_address, None),
        mail_server=reader.mail_server(),
        provider=reader.provider(),
    )
    if reader.faults:
        raise BadSettings(reader.faults)
    return settings


class _Reader:
    """Reads values one by one and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def value(self, name: str, read: Callable[[str], T], default: D) -> T | D:
        """The value of `name`, or the default where it is absent, empty or (with a fault noted) unreadable."""
        text = self.environ.get(name, "").strip()
        if not text:
            return default
        try:
            return read(text)
        except ValueError as error:
            self.faults.append(f"{name}: {text!r} does not fit: {error}")
            return default

    def secret_key(self, mode: Mode, instance: Path, *, serving: bool) -> str:
        """The key that signs sessions. Outside production one is made and kept, so that sessions survive a restart."""
        given = self.environ.get("SECRET_KEY", "")
        if given:
            if len(given) < 16:
                self.faults.append("SECRET_KEY: give at least 16 characters")
            return given
        if not serving or mode is Mode.test:
            return secrets.token_urlsafe(32)
        if mode is Mode.production:
            self.faults.append("SECRET_KEY: missing; give a long random text that stays the same between starts")
            return ""
        return _kept_secret(instance / "secret-key")

    def mail_server(self) -> MailServer | None:
        """The mail server. Its links must not depend on what a browser says this house is called."""
        host = self.environ.get("SMTP_HOST", "").strip()
        if not host:
            return None
        for name in ("MAIL_FROM", "PUBLIC_URL"):
            if not self.environ.get(name, "").strip():
                self.faults.append(f"{name}: missing; mail that goes out needs it")
        encryption = self.value("SMTP_TLS", Encryption, Encryption.starttls)
        return MailServer(
            host=host,
            port=self.value("SMTP_PORT", _positive, SMTP_PORTS[encryption]),
            encryption=encryption,
            user=self.environ.get("SMTP_USER", ""),
            password=self.environ.get("SMTP_PASSWORD", ""),
            sender=self.value("MAIL_FROM", _mail_address, ""),
        )

    def provider(self) -> SignInProvider | None:
        """The sign-in of an organisation, where one is named."""
        if not self.environ.get("OIDC_ISSUER", "").strip():
            return None
        for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
            if not self.environ.get(name, "").strip():
                self.faults.append(f"{name}: missing; OIDC_ISSUER needs it")
        return SignInProvider(
            issuer=self.value("OIDC_ISSUER", _issuer, ""),
            client_id=self.environ.get("OIDC_CLIENT_ID", "").strip(),
            client_secret=self.environ.get("OIDC_CLIENT_SECRET", "").strip(),
            name=self.environ.get("OIDC_NAME", "").strip(),
            scopes=self.value("OIDC_SCOPES", _scopes, STANDARD_SCOPES),
            roles=self.value("OIDC_ROLES", _file, None),
        )


def _kept_secret(path: Path) -> str:
    """The secret in `path`, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")


def _database_url(text: str) -> str:
    """An SQLAlchemy address; PostgreSQL is always spoken to with psycopg 3."""
    scheme, separator, rest = text.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and separator:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and separator:
        return text
    raise ValueError("use sqlite:///FILE or postgresql://…")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("give a whole number above 0")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("give 0 or more")
    return number


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("use https://HOST")
    return text.rstrip("/")


def _issuer(text: str) -> str:
    # Exactly as the organisation writes it: a slash at the end is part of the name.
    parts = urlsplit(text)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in ("localhost", "127.0.0.1")):
        raise ValueError("use https://HOST…, as the organisation names itself")
    if not parts.hostname or parts.query or parts.fragment or len(text) > 255:
        raise ValueError("use https://HOST…, as the organisation names itself")
    return text


def _scopes(text: str) -> str:
    if "openid" not in text.split():
        raise ValueError("name at least openid, with spaces between")
    return text


def _file(text: str) -> Path:
    path = Path(text).absolute()
    if not path.is_file():
        raise ValueError("this file does not exist")
    return path


def _mail_address(text: str) -> str:
    # `Regiotracker <post@voorbeeld.nl>` or the bare address.
    address = parseaddr(text)[1]
    if not address.isprintable() or address.count("@") != 1 or not all(address.split("@")):
        raise ValueError("use an address, as post@voorbeeld.nl")
    return text


def _log_level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in levels:
        raise ValueError(f"use one of {', '.join(levels)}")
    return text.upper()
