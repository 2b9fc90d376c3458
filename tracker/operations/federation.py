"""Coming in through another organisation: who is found or made, and which roles its claims give and take."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.domain.federation import GivenRole
from tracker.domain.people import AccountChange
from tracker.domain.policy import Role
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.federation import FederatedIdentity
from tracker.models.people import Invitation
from tracker.operations.account_events import note_event
from tracker.operations.accounts import EMAIL, open_account
from tracker.operations.invitations import is_open, take_up
from tracker.operations.people import PeopleRefused, has_administrator, hold_administrators, note_role
from tracker.operations.transaction import writing
from tracker.queries.accounts import cooperation_codes
from tracker.queries.people import was_kept

LONGEST_SUBJECT, LONGEST_NAME, LONGEST_EMAIL = 255, 200, 254

log = logging.getLogger(__name__)


class FederationRefused(Exception):
    """Why somebody whom the other organisation knows does not come in, for the reader: `nl` and `en`."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as the other organisation describes them. `email` counts only where it says that it verified it."""

    issuer: str
    subject: str
    email: str | None = None
    name: str = ""


UNKNOWN = (
    "U heeft hier nog geen toegang. Vraag een beheerder of uw regio om een uitnodiging.",
    "You have no access here yet. Ask an administrator or your region for an invitation.",
)
UNVERIFIED = (
    "Uw organisatie heeft uw e-mailadres niet bevestigd. Laat dat daar in orde maken en meld u daarna opnieuw aan.",
    "Your organisation has not verified your email address. Have that put right there, then sign in again.",
)
CLOSED = (
    "Dit account is gesloten. Vraag een beheerder om het te heropenen.",
    "This account is closed. Ask an administrator to reopen it.",
)
NO_ROLE = (
    "U heeft op dit moment geen rol. Vraag een beheerder of uw regio om een rol.",
    "You hold no role at this moment. Ask an administrator or your region for one.",
)


def admit(*, visitor: Visitor, roles: Iterable[GivenRole], by: str) -> int:
    """Let somebody in; answers the number of the account, whose roles now are what `roles` and people here give.

    A first visit finds the account by verified address, or makes one where `roles` gives any or an invitation is open.
    Roles of earlier visits that are no longer given end; roles given by hand stay. Raises FederationRefused.
    """
    if not visitor.subject or len(visitor.subject) > LONGEST_SUBJECT or not visitor.subject.isprintable():
        raise FederationRefused(*UNKNOWN)
    given = frozenset(roles)
    try:
        number, holds_role = _settle(visitor, given, by)
    except IntegrityError:  # two first visits at once: the other was first, so this one is a second visit
        number, holds_role = _settle(visitor, given, by)
    if not holds_role:
        raise FederationRefused(*NO_ROLE)
    return number


def _settle(visitor: Visitor, given: frozenset[GivenRole], by: str) -> tuple[int, bool]:
    today = clock.real_today()
    with writing():
        hold_administrators()
        account = _account_of(visitor) or _first_visit(visitor, bool(given), by)
        db.session.refresh(account, with_for_update=True)
        if not account.active:
            raise FederationRefused(*CLOSED)
        _refresh(account, visitor.issuer, given, by)
        db.session.flush()
        db.session.refresh(account, ["grants"])
        return account.id, any(_holds(grant, today) for grant in account.grants)


def _account_of(visitor: Visitor) -> Account | None:
    """The account that was tied to this subject on an earlier visit."""
    same = (FederatedIdentity.issuer == visitor.issuer, FederatedIdentity.subject == visitor.subject)
    identity = db.session.scalar(select(FederatedIdentity).where(*same))
    return identity.account if identity else None


def _first_visit(visitor: Visitor, has_role: bool, by: str) -> Account:
    email = (visitor.email or "").strip().lower()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise FederationRefused(*UNVERIFIED)
    offers = [item for item in _invitations(email) if is_open(item)]
    account = db.session.scalar(select(Account).where(Account.email == email, ~Account.is_demonstration))
    if account is None and (has_role or offers):
        account = _new_account(email, visitor.name, by)
    if account is None or _is_tied(account, visitor.issuer):
        raise FederationRefused(*UNKNOWN)
    identity = FederatedIdentity(account=account, issuer=visitor.issuer, subject=visitor.subject, linked_at=clock.now())
    db.session.add(identity)
    db.session.flush()
    log.info("account tied to another sign-in", extra={"account": account.id, "by": by})
    for offer in offers if account.active else ():
        with suppress(PeopleRefused):  # a role that is held already, or whose last day has passed
            take_up(offer, account.id)
    return account


def _invitations(email: str) -> Iterable[Invitation]:
    return db.session.scalars(select(Invitation).where(Invitation.email == email).order_by(Invitation.id)).all()


def _is_tied(account: Account, issuer: str) -> bool:
    """Whether this account already belongs to another subject there: an address that was given to somebody else."""
    tied = (FederatedIdentity.account_id == account.id, FederatedIdentity.issuer == issuer)
    return db.session.scalar(select(FederatedIdentity.id).where(*tied)) is not None


def _new_account(email: str, name: str, by: str) -> Account:
    shown = " ".join(name.split())[:LONGEST_NAME]
    name = shown if shown and shown.isprintable() else email[:LONGEST_NAME]
    number = open_account(email=email, name=name, password=None, language="nl", by=by)
    note_event(number, AccountChange.joined, by)
    return db.session.get_one(Account, number)


def _refresh(account: Account, issuer: str, given: frozenset[GivenRole], by: str) -> None:
    """End what is no longer given and add what is new; what was given by hand has no issuer."""
    known, today = set(cooperation_codes()), clock.real_today()
    wanted = {role for role in given if role.cooperation is None or role.cooperation in known}
    held = {
        GivenRole(Role(grant.role), grant.cooperation, grant.insurer): grant
        for grant in account.grants
        if grant.issuer == issuer and _holds(grant, today)
    }
    for role in sorted(held.keys() - wanted, key=str):
        _end(held[role], by)
    for role in sorted(wanted - held.keys(), key=str):
        grant = RoleGrant(
            account_id=account.id,
            role=role.role.value,
            cooperation=role.cooperation,
            insurer=role.insurer,
            starts_on=today,
            issuer=issuer,
        )
        db.session.add(grant)
        note_role(grant, AccountChange.role_given, by)


def _end(grant: RoleGrant, by: str) -> None:
    """End a role that is given no longer; that of the last administrator stays, or nobody could let others in."""
    grant.withdrawn_at = clock.now()
    if grant.role != Role.administrator.value or has_administrator():
        note_role(grant, AccountChange.role_ended, by)
        return
    grant.withdrawn_at = None
    if not was_kept(grant.account_id):
        note_event(grant.account_id, AccountChange.role_kept, by, role=grant.role)


def _holds(grant: RoleGrant, on: date) -> bool:
    is_in_days = grant.starts_on <= on and (grant.ends_on is None or on <= grant.ends_on)
    return is_in_days and grant.withdrawn_at is None
