"""`tracker demo`, `tracker serve` and `tracker db`: a running house, and its tables."""

from __future__ import annotations

import gc
import os
import socket
from datetime import date

import click
import msgspec
from flask import Flask
from gunicorn.app.base import BaseApplication

from tracker import create_app, labels
from tracker.cli.house import check_database, house, who
from tracker.cli.words import Refused, language, say
from tracker.demo import FILE
from tracker.exchange.dossier_file import read_dossier
from tracker.extensions import db as database
from tracker.operations.accounts import DEMO_PASSWORD
from tracker.operations.demonstration import load_demonstration
from tracker.operations.schema import empty_database, remove_database_file, upgrade_database, write_migration
from tracker.programmes import catalogue, load_programmes
from tracker.queries.accounts import demonstration_accounts
from tracker.queries.fiction import any_real
from tracker.settings import Settings, read_settings

PORT = click.IntRange(1, 65535)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads. Every worker makes its own application, so that no connection crosses a fork."""

    def __init__(self, settings: Settings, host: str, port: int, workers: int) -> None:
        self._settings = settings
        self._options = {
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "workers": workers,
            "threads": 8,
            "loglevel": "warning",
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application of one worker."""
        app = create_app(self._settings)
        spare_the_collector()
        return app


def spare_the_collector() -> None:
    """Let the collector of cycles pass over what lives as long as the process, and look at the rest less often.

    What is kept between requests is large and holds no cycles: searching all of it every few requests took longer than
    the requests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@click.command(help=say("Bedien het systeem met gunicorn.", "Serve the house with gunicorn."))
@click.option("--port", type=PORT, default=8000, show_default=True, help=say("De poort.", "The port."))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("Het adres.", "The address."))
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help=say("Processen.", "Processes.")
)
def serve(port: int, host: str, workers: int) -> None:
    """Serve pages and API until told to stop."""
    settings = read_settings()
    with house(settings):
        check_demo_day(settings)
        database.engine.dispose()
    _check_port(host, port)
    click.echo(say(f"Regiotracker staat op http://{host}:{port}", f"Regiotracker is at http://{host}:{port}"), err=True)
    Server(settings, host, port, workers).run()


@click.command(
    help=say(
        "Toon het systeem met acht verzonnen regio’s. Wat u wijzigt blijft staan; --reset begint opnieuw.",
        "Show the house with eight invented regions. What you change stays; --reset starts again.",
    )
)
@click.option("--port", type=PORT, default=8000, show_default=True, help=say("De poort.", "The port."))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("Het adres.", "The address."))
@click.option("--reset", is_flag=True, help=say("Gooi eerst weg wat er is gewijzigd.", "Throw changes away first."))
def demo(port: int, host: str, reset: bool) -> None:
    """Prepare the demonstration, say where it is and who can sign in, and serve it."""
    _check_port(host, port)
    settings = prepare_demo(reset=reset)
    for line in _welcome(settings, host, port):
        click.echo(line)
    Server(settings, host, port, 1).run()


def prepare_demo(*, reset: bool) -> Settings:
    """A database with the demonstration in it; answers the settings to serve it with."""
    file = read_dossier(FILE.read_bytes())
    settings = _demo_settings(date.fromisoformat(file.head["reference_on"]))
    with house(settings, checked=False) as app:
        if reset:
            _reset()
        upgrade_database()
        check_database()
        check_demo_day(settings)
        load_demonstration(
            file=file,
            catalogues=catalogue(load_programmes()).codes,
            today=app.config["DEMO_TODAY"],
            by=who(),
        )
        database.session.remove()
        database.engine.dispose()
    return settings


def _demo_settings(today: date) -> Settings:
    """The demonstration has a database of its own, unless one is named."""
    settings = read_settings({**os.environ, "TRACKER_MODE": "demo"})
    if not os.environ.get("DATABASE_URL"):
        settings = msgspec.structs.replace(settings, database_url=f"sqlite:///{settings.instance / 'demo.sqlite'}")
    level = settings.log_level if os.environ.get("LOG_LEVEL") else "WARNING"
    return msgspec.structs.replace(settings, demo_today=today, log_level=level)


def _reset() -> None:
    """The demonstration's own file may go whatever is in it; of a named database only invented data may."""
    if not os.environ.get("DATABASE_URL"):
        remove_database_file()
        return
    upgrade_database()
    if any_real():
        raise Refused(
            "deze database bevat echte gegevens en wordt niet geleegd", "this database holds real data: not emptied"
        )
    empty_database()


def check_demo_day(settings: Settings) -> None:
    """Refuse a chosen today where a record is not invented."""
    if settings.demo_today is not None and any_real():
        raise Refused(
            "DEMO_TODAY kan alleen waar alle gegevens verzonnen zijn, en deze database bevat echte",
            "DEMO_TODAY needs a database in which all data are invented, and this one holds real data",
        )


def _welcome(settings: Settings, host: str, port: int) -> list[str]:
    with house(settings) as app:
        people = demonstration_accounts()
        day = labels.day_words(app.config["DEMO_TODAY"], language())
        database.session.remove()
        database.engine.dispose()
    width = max(len(person.email) for person in people)
    return [
        say(
            f"Regiotracker, demonstratie met verzonnen gegevens. Vandaag is {day}.",
            f"Regiotracker, demonstration with invented data. Today is {day}.",
        ),
        f"  http://{host}:{port}",
        say(
            f"Aanmelden kan met één klik, of met het wachtwoord {DEMO_PASSWORD}:",
            f"Sign in with one click, or with the password {DEMO_PASSWORD}:",
        ),
        *(f"  {person.email:<{width}}  {labels.word(person.role, language())}" for person in people),
    ]


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or error
            raise Refused(
                f"{host}:{port} kan niet worden gebruikt ({why}); kies een andere --port",
                f"{host}:{port} can't be used ({why}); choose another --port",
            ) from None


@click.group(help=say("De tabellen van de database.", "The tables of the database."))
def db() -> None:
    """Commands about the tables."""


@db.command(help=say("Breng de database bij tot deze versie.", "Bring the database up to this version."))
def upgrade() -> None:
    """Run the steps that are missing."""
    with house(checked=False):
        upgrade_database()
        check_database()
    click.echo(say("De database is bij.", "The database is up to date."))


@db.command(hidden=True)
@click.argument("message")
def revision(message: str) -> None:
    """Write the next step, for those who change the declarations: see `make migration`."""
    with house(checked=False):
        upgrade_database()
        number = write_migration(message)
    click.echo(number or say("Er is niets te doen.", "There is nothing to do."))
