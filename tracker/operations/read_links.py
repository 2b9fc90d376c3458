"""Links to read along with one cooperation: made, opened and ended."""

from __future__ import annotations

import logging
import secrets

from sqlalchemy import select, update

from tracker import clock
from tracker.domain.people import LINK_LASTS
from tracker.extensions import db
from tracker.models.people import ReadLink
from tracker.operations.people import PeopleRefused
from tracker.operations.transaction import writing
from tracker.queries.accounts import token_hash

LONGEST_PURPOSE = 200
log = logging.getLogger(__name__)


def make_read_link(*, cooperation: str, purpose: str, maker: int, by: str) -> str:
    """Make a link and answer its secret, this once: only its hash is kept. Raises PeopleRefused."""
    purpose = " ".join(purpose.split())
    if not purpose or len(purpose) > LONGEST_PURPOSE or not purpose.isprintable():
        raise PeopleRefused(
            "purpose",
            "Schrijf voor wie de link is, in hoogstens 200 tekens.",
            "Write for whom the link is, in 200 characters at most.",
        )
    now, secret = clock.now(), secrets.token_urlsafe(32)
    with writing():
        link = ReadLink(
            hash=token_hash(secret),
            cooperation=cooperation,
            purpose=purpose,
            made_by=maker,
            made_by_name=by,
            made_at=now,
            valid_until=clock.day_end(clock.real_today() + LINK_LASTS),
        )
        db.session.add(link)
        db.session.flush()
        number = link.id
    log.info("read link made", extra={"link": number, "account": maker})
    return secret


def open_read_link(*, secret: str) -> int | None:
    """Note that a link was opened; answers its number, None when it does not work (any more)."""
    now = clock.now()
    with writing():
        works = (ReadLink.hash == token_hash(secret), ReadLink.revoked_at.is_(None), ReadLink.valid_until >= now)
        number = db.session.scalar(select(ReadLink.id).where(*works))
        if number is not None:
            db.session.execute(update(ReadLink).where(ReadLink.id == number).values(last_used_at=now))
    return number


def revoke_read_link(*, number: int, by: str) -> None:
    """End a link at once, also for who reads along at this moment. Raises PeopleRefused."""
    with writing() as connection:
        working = (ReadLink.id == number, ReadLink.revoked_at.is_(None))
        ended = {"revoked_at": clock.now(), "revoked_by_name": by}
        if not connection.execute(update(ReadLink).where(*working).values(**ended)).rowcount:
            raise PeopleRefused("link", "Deze link is al ingetrokken.", "This link was revoked already.")
    log.info("read link revoked", extra={"link": number, "by": by})
