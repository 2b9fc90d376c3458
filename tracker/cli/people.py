"""`tracker user` and `tracker token`: who may come in."""

from __future__ import annotations

import sys
from datetime import date

import click

from tracker.cli.house import house, who
from tracker.cli.words import Refused, say
from tracker.domain.policy import Role
from tracker.operations.accounts import AccountRefused, add_account, create_token, revoke_token

SHORTEST_PASSWORD = 12


class Day(click.ParamType[date]):
    """A day as 2026-10-01."""

    name = "D"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or wrong use."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                say("schrijf een bestaande datum als 2026-10-01", "write an existing day as 2026-10-01"), param, ctx
            )


@click.group(help=say("Mensen met een account.", "People with an account."))
def user() -> None:
    """Commands about accounts."""


@user.command(
    help=say(
        "Voeg een account toe. Een terminal vraagt om een wachtwoord; zonder komt men alleen met een token binnen.",
        "Add an account. A terminal asks for a password; without one only a token lets it in.",
    )
)
@click.argument("email")
@click.option("--name", required=True, help=say("De naam.", "The name."))
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help=say("De rol.", "The role.")
)
@click.option("--cooperation", "cooperations", metavar="CODE", multiple=True, help=say("Voor wie.", "For whom."))
@click.option("--insurer", metavar="KEY", help=say("Voor welke verzekeraar.", "For which insurer."))
@click.option("--from", "starts_on", type=Day(), help=say("Eerste dag; anders vandaag.", "First day; else today."))
@click.option("--to", "ends_on", type=Day(), help=say("Laatste dag.", "Last day."))
@click.option("--password-stdin", is_flag=True, help=say("Lees het wachtwoord van stdin.", "Read it from stdin."))
def add(
    email: str,
    name: str,
    role: str,
    cooperations: tuple[str, ...],
    insurer: str | None,
    starts_on: date | None,
    ends_on: date | None,
    password_stdin: bool,
) -> None:
    """Add an account with one role."""
    with house():
        password = _password(password_stdin)
        try:
            add_account(
                email=email,
                name=name,
                role=Role(role),
                by=who(),
                cooperations=cooperations,
                insurer=insurer,
                starts_on=starts_on,
                ends_on=ends_on,
                password=password,
            )
        except AccountRefused as refusal:
            raise _refused(refusal) from None
    click.echo(say(f"{email} is toegevoegd.", f"{email} was added."))


def _password(from_stdin: bool) -> str | None:
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        words = say("Wachtwoord (leeg = geen)", "Password (empty = none)")
        given = click.prompt(words, default="", show_default=False, hide_input=True, confirmation_prompt=True)
    else:
        return None
    if given and len(given) < SHORTEST_PASSWORD:
        least = SHORTEST_PASSWORD
        raise Refused(f"kies een wachtwoord van ten minste {least} tekens", f"choose a password of {least} or more")
    return given or None


@click.group(help=say("Sleutels voor programma’s.", "Keys for programs."))
def token() -> None:
    """Commands about tokens."""


@token.command(help=say("Maak een token en toon het, deze ene keer.", "Make a token and show it, this once."))
@click.argument("email")
@click.option("--cooperation", "cooperations", metavar="CODE", multiple=True, help=say("Alleen hiervoor.", "Only for."))
def new(email: str, cooperations: tuple[str, ...]) -> None:
    """Print a new token, and nothing else."""
    with house():
        try:
            click.echo(create_token(email=email, by=who(), cooperations=cooperations or None))
        except AccountRefused as refusal:
            raise _refused(refusal) from None


@token.command(
    help=say(
        "Trek een token in. TOKEN is het token zelf, of de laatste vier tekens ervan.",
        "Revoke a token. TOKEN is the token itself, or its last four characters.",
    )
)
@click.argument("given", metavar="TOKEN")
def revoke(given: str) -> None:
    """End a token."""
    with house():
        try:
            revoke_token(token=given, by=who())
        except AccountRefused as refusal:
            raise _refused(refusal) from None
    click.echo(say("Het token is ingetrokken.", "The token was revoked."))


def _refused(refusal: AccountRefused) -> Refused:
    return Refused(f"{refusal.field}: {refusal.nl}", f"{refusal.field}: {refusal.en}")
