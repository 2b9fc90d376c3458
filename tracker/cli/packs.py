"""`tracker verify`: is the pack of a meeting as it was made? Offline: no database, no settings."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.words import plain, say
from tracker.exchange.pack import verify


@click.command(
    "verify",
    help=say(
        "Controleer het pakket van een gesprek (ZIP): is elk deel zoals het is gemaakt? Zonder database.",
        "Check the pack of a meeting (ZIP): is every part as it was made? Without a database.",
    ),
)
@click.argument("pack", metavar="PACK.zip", type=click.Path(path_type=Path))
def verify_pack(pack: Path) -> int:
    """Say what fits and what does not; 1 when anything does not."""
    checks = verify(pack)
    for check in checks:
        mark = say("klopt", "fits") if check.fits else say("KLOPT NIET", "DOES NOT FIT")
        click.echo(f"{mark}: {plain(say(check.words.nl, check.words.en))}", err=not check.fits)
    wrong = sum(not check.fits for check in checks)
    if wrong:
        click.echo(
            say(f"{wrong} van {len(checks)} controles kloppen niet.", f"{wrong} of {len(checks)} checks fail."),
            err=True,
        )
        return 1
    click.echo(say("Dit pakket is zoals het is gemaakt.", "This pack is as it was made."))
    return 0
