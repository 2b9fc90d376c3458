"""Mail: put in the queue within the transaction that is its reason, handed over afterwards, each by one sender.

A mail whose reason was undone never existed, and a mail server that is away holds nobody up: the mail waits.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

from flask import current_app
from sqlalchemy import select, update

from tracker import clock
from tracker.extensions import db
from tracker.models.mail import Mail
from tracker.operations.smtp import Conversation, NotTaken, ServerAway
from tracker.operations.transaction import writing
from tracker.settings import MailServer, Settings

LEASE = timedelta(minutes=2)
"""How long a sender has for one mail before another may take it: much longer than all its timeouts together."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
KEPT = "queued_mail"

log = logging.getLogger(__name__)


def send_mail(*, to: str, template: str, language: str, subject: str, text: str, html: str, by: str) -> int:
    """Queue a written letter; answers its number. It goes out after the transaction, see `deliver_mail`."""
    now = clock.now()
    with writing():
        mail = Mail(
            to=to.strip(),
            template=template,
            language=language,
            # A line break in a name would begin a new header.
            subject=" ".join(subject.split())[:300],
            text=text,
            html=html,
            message_id=_message_id(),
            queued_at=now,
            next_at=now,
        )
        db.session.add(mail)
        db.session.flush()
        number = mail.id
        db.session().info.setdefault(KEPT, []).append(number)
    log.info("mail queued", extra={"mail": number, "template": template, "by": by})
    return number


def queued_mail() -> list[int]:
    """The numbers of what this session queued and nobody asked for yet; some may have been undone."""
    numbers: list[int] = db.session().info.pop(KEPT, [])
    return numbers


def deliver_mail(only: Iterable[int] | None = None) -> tuple[int, int]:
    """Hand over what is due, or those of the numbers that are; answers how many were sent and how many still wait.

    Safe with several senders at work: a mail is claimed before it is handed over. Without a mail server all wait.
    """
    server, sent = mail_server(), 0
    waiting = _due(only)
    if server is None or not waiting:
        return 0, len(waiting)
    try:
        with Conversation(server) as post:
            for number in waiting:
                sent += _hand_over(post, number)
    except ServerAway as trouble:
        # No mail is to blame: all stay due, and the next sender asks the server once.
        _note(waiting, trouble.kind)
    return sent, len(waiting) - sent


def mail_server() -> MailServer | None:
    """The mail server of this installation."""
    settings: Settings = current_app.extensions["settings"]
    return settings.mail_server


def _due(only: Iterable[int] | None) -> Sequence[int]:
    wanted = [Mail.next_at <= clock.now()] + ([] if only is None else [Mail.id.in_(list(only))])
    found = db.session.scalars(select(Mail.id).where(*wanted).order_by(Mail.id)).all()
    db.session.rollback()
    return found


def _claim(number: int) -> bool:
    """Take a mail for a while; of several senders one succeeds."""
    now = clock.now()
    with writing() as connection:
        taken = connection.execute(
            update(Mail)
            .where(Mail.id == number, Mail.next_at <= now)
            .values(next_at=now + LEASE, attempts=Mail.attempts + 1)
        )
    return taken.rowcount == 1


def _hand_over(post: Conversation, number: int) -> int:
    if not _claim(number):
        return 0
    mail = db.session.get_one(Mail, number, populate_existing=True)
    db.session.expunge(mail)
    db.session.rollback()
    try:
        post.send(mail)
    except ServerAway:
        _put_off(number, None)
        raise
    except NotTaken as trouble:
        if trouble.is_final:
            _finish(number, refused_at=clock.now(), last_error=trouble.kind)
            log.warning("mail refused", extra={"mail": number})
        else:
            _put_off(number, trouble.kind)
        return 0
    _finish(number, sent_at=clock.now(), last_error=None)
    log.info("mail sent", extra={"mail": number})
    return 1


def _finish(number: int, **values: datetime | str | None) -> None:
    """Nothing is left to do: the text, which may hold a secret, goes."""
    with writing() as connection:
        connection.execute(update(Mail).where(Mail.id == number).values(text=None, html=None, next_at=None, **values))


def _put_off(number: int, kind: str | None) -> None:
    """Try again later, each time after twice as long."""
    with writing() as connection:
        attempts = connection.scalar(select(Mail.attempts).where(Mail.id == number)) or 1
        wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)
        connection.execute(update(Mail).where(Mail.id == number).values(next_at=clock.now() + wait, last_error=kind))
    log.warning("mail put off", extra={"mail": number})


def _note(numbers: Sequence[int], kind: str) -> None:
    with writing() as connection:
        waiting = (Mail.id.in_(numbers), Mail.next_at.is_not(None))
        connection.execute(update(Mail).where(*waiting).values(last_error=kind))
    log.warning("mail server away", extra={"waiting": len(numbers)})


def _message_id() -> str:
    server = mail_server()
    domain = parseaddr(server.sender)[1].rpartition("@")[2] if server else "regiotracker.invalid"
    return f"<{secrets.token_hex(16)}@{domain[:60]}>"
