"""`tracker status`: where cooperations stand on a day, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

import click
import msgspec

from tracker import labels
from tracker.cli.house import house
from tracker.cli.progress import progress
from tracker.cli.words import Refused, language, plain, say
from tracker.domain.finding import Finding
from tracker.exchange.answers import CooperationStatus, cooperation_status, in_order, nothing_known
from tracker.queries import days
from tracker.queries.accounts import cooperation_codes
from tracker.queries.findings import Standing, programmes, standings

PORTION = 50
"""Cooperations that are judged together."""


@click.command(
    help=say(
        "Toon waar samenwerkingsverbanden staan op een dag, allemaal of die van CODE ….",
        "Show where cooperations stand on a day, all of them or those of CODE ….",
    )
)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--peildatum", metavar="D", help=say("De dag, zoals 2026-10-01; anders vandaag.", "The day; else today."))
@click.option(
    "--known-at",
    metavar="T",
    help=say(
        "Zoals bekend aan het eind van die dag, of op dat moment met tijdzone.",
        "As known at the end of that day, or at that moment with its offset.",
    ),
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=say("Zoals de API het geeft; bij één CODE dat ene object, anders een lijst.", "As the API gives it."),
)
def status(codes: tuple[str, ...], peildatum: str | None, known_at: str | None, as_json: bool) -> None:
    """Print the findings of the chosen cooperations."""
    with house():
        as_of, known = days.peildatum(peildatum), days.known_at(known_at)
        wanted = _chosen(codes)
        portions = [wanted[start : start + PORTION] for start in range(0, len(wanted), PORTION)]
        answers = (
            _answers(portion, as_of, known) for portion in progress(portions, len(portions), "toetsen", "judging")
        )
        found = chain.from_iterable(answers)
        if as_json:
            _print_json([item for item, _ in found], alone=len(codes) == 1)
        else:
            for answer, standing in found:
                _print_table(answer, standing)


def _chosen(codes: tuple[str, ...]) -> list[str]:
    existing = cooperation_codes()
    if unknown := sorted(set(codes) - set(existing)):
        listed = plain(", ".join(unknown))
        raise Refused(f"onbekend samenwerkingsverband: {listed}", f"unknown cooperation: {listed}")
    return [code for code in existing if not codes or code in codes]


def _answers(
    codes: list[str], as_of: date, known: days.Known | None
) -> Iterator[tuple[CooperationStatus, Standing | None]]:
    asked = None if known is None else known.asked
    found = {item.dossier.code: item for item in standings(codes, as_of, known_at=known and known.at)}
    for code in codes:
        item = found.get(code)
        if item is None:
            yield nothing_known(code, programmes(), as_of=as_of, known_at=asked), None
            continue
        dossier, findings, register = item[:3]
        yield cooperation_status(dossier, findings, register, programmes(), as_of=as_of, known_at=asked), item


def _print_json(answers: list[CooperationStatus], *, alone: bool) -> None:
    text = msgspec.json.encode(answers[0] if alone else answers)
    click.echo(msgspec.json.format(text, indent=2))


def _print_table(answer: CooperationStatus, standing: Standing | None) -> None:
    day = labels.day_words(answer.peildatum, language())
    name = plain(standing.dossier.name) if standing else answer.cooperation
    known = "" if answer.known_at is None else say(f", zoals bekend {answer.known_at}", f", as known {answer.known_at}")
    badge = say(" [fictief]", " [invented]") if standing and standing.fictional else ""
    click.echo(f"{name} ({answer.cooperation}), {say('stand op', 'on')} {day}{known}{badge}")
    if standing is None:
        click.echo(say("  Toen was hier nog niets bekend.", "  Nothing was known then."))
    else:
        for line in _lines(standing.findings):
            click.echo(line.rstrip())
    click.echo()


def _lines(findings: Iterable[Finding]) -> Iterator[str]:
    heads = say(("regel", "onderwerp", "status", "te laat", "reden"), ("rule", "subject", "status", "late", "reason"))
    rows = [heads, *(_row(item) for item in sorted(findings, key=in_order))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads) - 1)]
    for row in rows:
        cells = [
            f"{cell:>{width}}" if place == 3 else f"{cell:<{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  " + "  ".join((*cells, row[-1]))


def _row(finding: Finding) -> tuple[str, str, str, str, str]:
    tongue = language()
    late = "" if finding.days_late is None else labels.days(finding.days_late, tongue)
    reason = plain(labels.text(finding.reason, tongue))
    return finding.rule, plain(finding.subject), labels.word(finding.status, tongue), late, reason
