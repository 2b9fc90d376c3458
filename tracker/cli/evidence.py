"""`tracker evidence-check`: whether every file that a record names is here, and still what it was."""

from __future__ import annotations

import click

from tracker.cli.house import command_settings, house
from tracker.cli.words import say
from tracker.exchange.evidence_store import EvidenceStore
from tracker.queries.evidence import hashes_on_record, names_stored


@click.command(
    "evidence-check",
    help=say(
        "Controleer de bestanden bij bewijs: staat elk bestand er nog, met dezelfde inhoud?",
        "Check the files of evidence: is each of them here, with the same content?",
    ),
)
def evidence_check() -> int:
    """Print what is missing, what has changed and what no record names; 1 when a file is missing or changed."""
    settings = command_settings()
    store = EvidenceStore(settings.instance)
    with house(settings):
        named, stored = hashes_on_record(), names_stored()
    here = set(store.all())
    missing = sorted(stored.keys() - here)
    changed = sorted(sha256 for sha256 in here if not store.is_whole(sha256))
    for sha256 in missing:
        click.echo(say(f"ontbreekt: {sha256} {stored[sha256]}", f"missing: {sha256} {stored[sha256]}"), err=True)
    for sha256 in changed:
        name = stored.get(sha256, "")
        click.echo(say(f"gewijzigd: {sha256} {name}", f"changed: {sha256} {name}"), err=True)
    for sha256 in sorted(named - stored.keys()):
        click.echo(say(f"nooit hier bewaard: {sha256}", f"never stored here: {sha256}"))
    for sha256 in sorted(here - named):
        click.echo(say(f"bij geen enkel feit: {sha256}", f"of no record: {sha256}"))
    number = len(here)
    click.echo(say(f"bestanden gecontroleerd: {number}", f"files checked: {number}"))
    return 1 if missing or changed else 0
