"""`tracker import`, `tracker export` and `tracker format`: dossier files in and out, and what they hold."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from tracker import clock
from tracker.cli.house import house, who
from tracker.cli.progress import progress
from tracker.cli.words import Refused, WrongUse, language, plain, say
from tracker.domain.raw import RawFile
from tracker.exchange.dossier_file import dossier_json, dossier_yaml, read_dossier
from tracker.exchange.reference import format_reference, format_schema
from tracker.labels import word
from tracker.operations.dossiers import import_dossier
from tracker.operations.reports import report_lines
from tracker.programmes import catalogue, load_programmes
from tracker.queries.exports import Export, MixedFiction, export


@click.command(
    "import",
    help=say(
        "Lees een dossierbestand in (YAML of JSON): alles, of bij één fout niets. FILE is een bestand, of -.",
        "Take in a dossier file (YAML or JSON): all of it, or nothing on one fault. FILE is a file, or -.",
    ),
)
@click.argument("files", metavar="FILE", nargs=-1)
@click.option("--dry-run", is_flag=True, help=say("Vertel wat er zou gebeuren, schrijf niets.", "Tell, write nothing."))
@click.option("--reason", help=say("De reden, voor het journaal.", "The reason, for the journal."))
def import_file(files: tuple[str, ...], dry_run: bool, reason: str | None) -> int:
    """Take in one dossier file and print the report."""
    if len(files) != 1:
        raise WrongUse("geef één bestand", "give one file")
    data = _read(files[0])
    with house():
        raw = read_dossier(data)
        report = import_dossier(
            file=RawFile(raw.head, progress(raw.cooperations, raw.number, "inlezen", "taking in")),
            catalogues=catalogue(load_programmes()).codes,
            today=clock.today(),
            by=who(),
            reason=reason,
            dry_run=dry_run,
        )
    for line in report_lines(report, language()):
        click.echo(plain(line), err=report.is_refused)
    return 1 if report.is_refused else 0


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refused(f"{plain(name)} kan niet worden gelezen: {why}", f"{plain(name)} can't be read: {why}") from None


@click.command(
    "export",
    help=say(
        "Schrijf dossiers uit, allemaal of die van CODE …, in het formaat van import.",
        "Write dossiers, all of them or those of CODE …, in the format of import.",
    ),
)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=say("JSON in plaats van YAML.", "JSON instead of YAML."))
@click.option("--output", metavar="FILE", help=say("Naar een bestand in plaats van het scherm.", "To a file."))
def export_file(codes: tuple[str, ...], as_json: bool, output: str | None) -> None:
    """Write the chosen dossiers with the register."""
    with house():
        try:
            chosen = export(codes or None)
        except MixedFiction:
            raise Refused(
                "verzonnen en echte gegevens gaan niet in één bestand; noem de codes die bij elkaar horen",
                "invented and real data do not go into one file; name the codes that belong together",
            ) from None
        _check_codes(codes, chosen)
        _write(_pieces(chosen, as_json), output)


def _check_codes(codes: tuple[str, ...], chosen: Export) -> None:
    if unknown := sorted(set(codes) - set(chosen.codes)):
        listed = plain(", ".join(unknown))
        raise Refused(f"onbekend samenwerkingsverband: {listed}", f"unknown cooperation: {listed}")


def _pieces(chosen: Export, as_json: bool) -> Iterable[bytes]:
    dossiers = progress(chosen.dossiers, len(chosen.codes), "uitschrijven", "writing")
    if as_json:
        return dossier_json(chosen.register, dossiers, fictional=chosen.fictional)
    return [dossier_yaml(chosen.register, dossiers, fictional=chosen.fictional).encode()]


def _write(pieces: Iterable[bytes], output: str | None) -> None:
    """To the screen, or to a file that is there whole or not at all."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        beside.replace(target)
    except OSError as error:
        why = error.strerror
        raise Refused(f"{output} kan niet worden geschreven: {why}", f"{output} can't be written: {why}") from None
    finally:
        beside.unlink(missing_ok=True)


@click.command(
    "format",
    help=say(
        "Beschrijf het dossierbestand: elk veld, elke keuze en wat het betekent (in het Engels).",
        "Describe the dossier file: every field, every choice and what it means.",
    ),
)
@click.option("--schema", is_flag=True, help=say("Als JSON Schema.", "As a JSON Schema."))
@click.option("--output", metavar="FILE", help=say("Naar een bestand in plaats van het scherm.", "To a file."))
def describe_format(schema: bool, output: str | None) -> None:
    """Write the reference that the declarations give, for who prepares a file."""
    text = json.dumps(format_schema(), ensure_ascii=False, indent=1) + "\n" if schema else format_reference(word)
    _write([text.encode()], output)
