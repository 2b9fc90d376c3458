"""Commands: each calls one operation or one query. Exit status 0, 1 (refused) or 2 (wrong use)."""

from __future__ import annotations

import io
import os
import sys

import click

from tracker.cli.evidence import evidence_check
from tracker.cli.files import describe_format, export_file, import_file
from tracker.cli.mail import mail
from tracker.cli.packs import verify_pack
from tracker.cli.people import token, user
from tracker.cli.policies import programme
from tracker.cli.reminders import remind_command
from tracker.cli.serving import db, demo, serve
from tracker.cli.standing import status
from tracker.cli.words import Refused, language, plain, say, usage_words
from tracker.domain.problems import Unreadable
from tracker.operations.schema import DatabaseTrouble
from tracker.settings import BadSettings


@click.group(
    help=say(
        "Regiotracker: waar een regio staat met digitale huisartsenzorg, op elke dag, en waarom.",
        "Regiotracker: where a region stands with digital care in general practice, on any day, and why.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def commands() -> None:
    """Every command."""


for command in (
    demo,
    serve,
    import_file,
    export_file,
    describe_format,
    status,
    programme,
    user,
    token,
    mail,
    remind_command,
    db,
    verify_pack,
    evidence_check,
):
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end with its exit status; whatever is wrong with the input is said in a line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        return int(commands.main(arguments, prog_name="tracker", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        return _complain(usage_words(error), 2)
    except BadSettings as error:
        return _complain(str(error), 2)
    except (Refused, Unreadable) as error:
        return _complain(_words(error), 1)
    except DatabaseTrouble as error:
        return _complain(say(f"de database weigert: {error.orig}", f"the database refuses: {error.orig}"), 1)
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _complain(f"{error.filename or ''} {error.strerror or error}".strip(), 1)
    except (click.Abort, KeyboardInterrupt):
        return _complain(say("afgebroken", "stopped"), 1)


def _words(error: Refused | Unreadable) -> str:
    if isinstance(error, Refused):
        return say(error.nl, error.en)
    return error.reason.en if language() == "en" else error.reason.nl


def _complain(text: str, code: int) -> int:
    for line in text.splitlines():
        click.echo(plain(line), err=True)
    return code
