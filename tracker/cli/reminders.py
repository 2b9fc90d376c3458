"""`tracker remind`: tell people what is due, for cron. Safe to run twice, and twice at once."""

from __future__ import annotations

import click
from flask import Flask

from tracker import clock
from tracker.cli.house import house
from tracker.cli.words import Refused, say
from tracker.operations.mail import deliver_mail, mail_server, queued_mail
from tracker.operations.reminders import Done, remind
from tracker.settings import Settings

HERE = "http://localhost:8000"
"""Where links lead without PUBLIC_URL; a mail server is never set without it."""


@click.command(
    "remind",
    help=say(
        "Herinner mensen aan acties, deadlines en signalen. Voor cron, elke dag.",
        "Remind people of actions, deadlines and signals. For cron, every day.",
    ),
)
def remind_command() -> None:
    """Queue the letters of today, and hand them over where there is a mail server."""
    with house() as app:
        done = _run(app)
    click.echo(
        say(
            f"Samenwerkingsverbanden: {done.cooperations}. Mails: {done.letters}, waarvan weekoverzichten:"
            f" {done.digests}. Punten: {done.told}.",
            f"Cooperations: {done.cooperations}. Mails: {done.letters}, of which digests: {done.digests}."
            f" Points: {done.told}.",
        )
    )
    if done.failed:
        raise Refused(
            f"mails die niet konden worden geschreven: {done.failed}; zie het log",
            f"mails that could not be written: {done.failed}; see the log",
        )


def _run(app: Flask) -> Done:
    settings: Settings = app.extensions["settings"]
    with app.test_request_context("/", base_url=settings.public_url or HERE):
        done = remind(today=clock.today(), on=clock.real_today(), tell=app.extensions["reminder_letter"])
        if (numbers := queued_mail()) and mail_server() is not None:
            deliver_mail(numbers)
    return done
