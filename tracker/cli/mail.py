"""`tracker mail`: send what waits, for cron. Safe to run twice at once."""

from __future__ import annotations

import click

from tracker.cli.house import house
from tracker.cli.words import Refused, say
from tracker.operations.mail import deliver_mail, mail_server
from tracker.queries.people import waiting_mail


@click.command(help=say("Verstuur de mail die wacht. Voor cron.", "Send the mail that waits. For cron."))
def mail() -> None:
    """Send what is due, and say what still waits."""
    with house():
        if mail_server() is None and (waiting := waiting_mail()):
            raise Refused(
                f"er is geen mailserver ingesteld (SMTP_HOST); mails die wachten: {waiting}",
                f"no mail server is set (SMTP_HOST); mails that wait: {waiting}",
            )
        sent, _left = deliver_mail()
        waiting = waiting_mail()
    click.echo(say(f"Verzonden: {sent}. Wacht: {waiting}.", f"Sent: {sent}. Waiting: {waiting}."))
