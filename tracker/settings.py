"""Typed settings from the environment. Every missing or bad one is named at once, and the house refuses to start."""

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")
D = TypeVar("D")


class Mode(StrEnum):
    """What kind of installation this is; decides only how strict the start is."""

    production = "production"
    development = "development"
    demo = "demo"
    test = "test"


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


def _log_level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in levels:
        raise ValueError(f"use one of {', '.join(levels)}")
    return text.upper()
