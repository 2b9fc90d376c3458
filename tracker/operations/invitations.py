"""Invitations: a role offered to an address, taken up by who gets the mail."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, update

from tracker import clock
from tracker.domain.people import LINK_LASTS, AccountChange
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.models.people import Invitation
from tracker.operations.account_events import note_event
from tracker.operations.accounts import check_person, open_account
from tracker.operations.people import PeopleRefused, check_role, give_role
from tracker.operations.transaction import writing
from tracker.queries.accounts import token_hash

log = logging.getLogger(__name__)


class Offer(NamedTuple):
    """A role for somebody, as it is offered."""

    email: str
    name: str
    language: str
    role: Role
    cooperation: str | None
    insurer: str | None
    starts_on: date
    ends_on: date | None


class Invited(NamedTuple):
    """What came of an offer: the secret of an invitation's link, or the account that has the role already."""

    secret: str | None
    account: int | None


class Accepted(NamedTuple):
    """Who took up an invitation. Who had an account already proved no password, and signs in as always."""

    account: int
    is_new: bool


Tell = Callable[[Invited], object]
"""Writes the letter, within the transaction: no invitation without its mail, no mail without its invitation."""


def invite(offer: Offer, *, maker: int, by: str, tell: Tell) -> Invited:
    """Offer a role to an address; who has an account with it gets the role at once. Raises PeopleRefused.

    An earlier offer of the same role to the same address ends: only the last mail works.
    """
    offer = offer._replace(email=offer.email.strip().lower(), name=" ".join(offer.name.split()))
    check_person(offer.email, offer.name)
    with writing():
        check_role(offer.role, offer.cooperation, offer.insurer, offer.starts_on, offer.ends_on)
        known = db.session.scalar(select(Account).where(Account.email == offer.email))
        done = _added(offer, known.id, by) if known is not None else _invited(offer, maker, by)
        tell(done)
    return done


def revoke_invitation(*, number: int, by: str) -> None:
    """End an invitation that nobody took up yet. Raises PeopleRefused."""
    with writing() as connection:
        waiting = (Invitation.id == number, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        done = connection.execute(update(Invitation).where(*waiting).values(revoked_at=clock.now()))
        if not done.rowcount:
            raise PeopleRefused(
                "invitation", "Deze uitnodiging staat niet meer open.", "This invitation is no longer open."
            )
    log.info("invitation revoked", extra={"invitation": number, "by": by})


def accept_invitation(*, secret: str, name: str, password: str) -> Accepted:
    """Take up an invitation, once: makes the account with its role. Raises PeopleRefused.

    Whoever got an account with this address in the meantime keeps name and password; the role is added to it.
    """
    with writing():
        found = db.session.scalar(select(Invitation).where(Invitation.hash == token_hash(secret)).with_for_update())
        if found is None or not is_open(found):
            raise PeopleRefused(
                "invitation",
                "Deze uitnodiging werkt niet meer. Vraag om een nieuwe.",
                "This invitation no longer works. Ask for a new one.",
            )
        known = db.session.scalar(select(Account.id).where(Account.email == found.email))
        number = known or open_account(
            email=found.email, name=name, password=password, language=found.language, by=found.made_by_name
        )
        if known is None:
            note_event(number, AccountChange.joined, found.made_by_name)
        take_up(found, number)
    log.info("invitation accepted", extra={"account": number})
    return Accepted(number, known is None)


def take_up(invitation: Invitation, account: int) -> None:
    """Give an account the role of an invitation, which is used up. Raises PeopleRefused; part of the caller's write."""
    invitation.accepted_at = clock.now()
    # The period was checked when the role was offered; since then its last day may have passed.
    give_role(
        account=account,
        role=Role(invitation.role),
        cooperation=invitation.cooperation,
        insurer=invitation.insurer,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
        by=invitation.made_by_name,
    )


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation can still be taken up."""
    is_free = invitation.accepted_at is None and invitation.revoked_at is None
    return is_free and clock.now() <= invitation.valid_until


def _added(offer: Offer, account: int, by: str) -> Invited:
    give_role(
        account=account,
        role=offer.role,
        cooperation=offer.cooperation,
        insurer=offer.insurer,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        by=by,
    )
    return Invited(None, account)


def _invited(offer: Offer, maker: int, by: str) -> Invited:
    now, secret = clock.now(), secrets.token_urlsafe(32)
    earlier = (
        Invitation.email == offer.email,
        Invitation.role == offer.role.value,
        Invitation.cooperation.is_not_distinct_from(offer.cooperation),
        Invitation.insurer.is_not_distinct_from(offer.insurer),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    db.session.execute(update(Invitation).where(*earlier).values(revoked_at=now))
    invitation = Invitation(
        hash=token_hash(secret),
        **{**offer._asdict(), "role": offer.role.value},
        made_by=maker,
        made_by_name=by,
        made_at=now,
        valid_until=clock.day_end(clock.real_today() + LINK_LASTS),
    )
    db.session.add(invitation)
    db.session.flush()
    log.info("invitation made", extra={"invitation": invitation.id, "account": maker})
    return Invited(secret, None)
