"""The application around a command: its settings, and a database that fits this version."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from flask import Flask

from tracker import create_app
from tracker.cli.words import Refused
from tracker.queries.health import database_state
from tracker.settings import Settings, read_settings


def command_settings() -> Settings:
    """The settings for a command. It signs nothing; it says itself what went wrong and logs where LOG_LEVEL asks."""
    settings = read_settings(serving=False)
    return settings if os.environ.get("LOG_LEVEL") else msgspec.structs.replace(settings, log_level="CRITICAL")


@contextmanager
def house(settings: Settings | None = None, *, checked: bool = True) -> Iterator[Flask]:
    """The application, entered. `checked` refuses a database that does not answer or lacks a step."""
    app = create_app(settings or command_settings())
    with app.app_context():
        if checked:
            check_database()
        yield app


def check_database() -> None:
    """Refuse a database that does not answer, or that has other tables than this version needs."""
    state = database_state()
    if not state.reachable:
        raise Refused(
            "de database antwoordt niet; kijk DATABASE_URL na", "the database does not answer; check DATABASE_URL"
        )
    if not state.is_ready:
        raise Refused(
            f"de database heeft stap {state.revision or 'geen'}, deze versie vraagt stap {state.head};"
            " voer eerst uit: tracker db upgrade",
            f"the database is at step {state.revision or 'none'}, this version needs step {state.head};"
            " run first: tracker db upgrade",
        )


def who() -> str:
    """Who gave the command, for the journal."""
    try:
        return f"{getpass.getuser()} (opdrachtregel)"
    except (KeyError, OSError):
        return "opdrachtregel"
