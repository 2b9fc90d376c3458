"""`tracker programme`: what insurers ask, as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker import labels
from tracker.cli.words import language, plain, say
from tracker.programmes import check_programme, load_programmes


@click.group(help=say("Programma’s: wat verzekeraars vragen.", "Programmes: what insurers ask."))
def programme() -> None:
    """Commands about programme files."""


@programme.command(
    help=say(
        "Kijk een programmabestand na: alle fouten tegelijk, ook de voorbeelden die niet uitkomen.",
        "Check a programme file: every fault at once, failing examples included.",
    )
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> int:
    """Print every fault of the files."""
    wrong = 0
    for name in files:
        faults = check_programme(Path(name))
        wrong += len(faults)
        for fault in faults:
            click.echo(plain(fault.line(language())), err=True)
        if not faults:
            click.echo(say(f"{name}: in orde", f"{name}: sound"))
    return 1 if wrong else 0


@programme.command("list", help=say("Noem de programma’s van deze versie.", "List the programmes of this version."))
def list_programmes() -> None:
    """Print key, version, validity and title of every programme."""
    loaded = load_programmes()
    width = max(len(item.key) for item in loaded)
    for item in loaded:
        title = labels.words(item.title, language())
        click.echo(f"{item.key:<{width}}  {item.version}  {_day(item.valid_from)} – {_day(item.valid_to)}  {title}")


def _day(day: date | None) -> str:
    return day.isoformat() if day else " " * 10
