"""People: who has which role, who is invited, who reads along, and what was noted about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from tracker import clock
from tracker.domain.people import AccountChange
from tracker.domain.policy import Actor, Role, reading_along
from tracker.extensions import db
from tracker.models.accounts import Account, ApiToken, LoginAttempt, Passkey, RoleGrant
from tracker.models.mail import Mail
from tracker.models.people import AccountEvent, Invitation, ReadLink
from tracker.models.records import TABLES
from tracker.queries.accounts import email_hash, token_hash

cooperation, link = TABLES["cooperation"], TABLES["insurer_link"]


class HeldRole(NamedTuple):
    """A role of somebody, held or ended."""

    number: int
    role: Role
    cooperation: str | None
    insurer: str | None
    starts_on: date
    ends_on: date | None
    withdrawn_at: datetime | None
    is_given_elsewhere: bool
    """By the organisation whose sign-in the person uses; it is ended there."""

    def state(self, on: date) -> str:
        """`ahead`, `held` or `ended` on a day."""
        if self.withdrawn_at is not None or (self.ends_on is not None and self.ends_on < on):
            return "ended"
        return "ahead" if self.starts_on > on else "held"


class Person(NamedTuple):
    """An account and its roles."""

    number: int
    name: str
    email: str
    active: bool
    language: str
    created_at: datetime
    signed_in_at: datetime | None
    has_second_factor: bool
    is_demonstration: bool
    roles: tuple[HeldRole, ...]


def people(only: Iterable[int] | None = None, *, cooperation: str | None = None) -> list[Person]:
    """Everybody with an account, those of some numbers, or who ever had a role of a cooperation's own; by name."""
    wanted: list[ColumnElement[bool]] = []
    if only is not None:
        wanted.append(Account.id.in_(list(only)))
    if cooperation is not None:
        here = select(RoleGrant.account_id).where(RoleGrant.cooperation == cooperation, RoleGrant.insurer.is_(None))
        wanted.append(Account.id.in_(here))
    accounts = db.session.scalars(select(Account).where(*wanted)).all()
    held, keys = _roles([account.id for account in accounts]), _with_keys()
    found = [_person(account, held[account.id], account.id in keys) for account in accounts]
    return sorted(found, key=lambda item: (item.name.casefold(), item.number))


def person(number: int) -> Person | None:
    """One account with all roles it ever had."""
    return next(iter(people([number])), None)


def _person(account: Account, roles: list[HeldRole], has_key: bool) -> Person:
    return Person(
        account.id,
        account.name,
        account.email,
        account.active,
        account.language,
        account.created_at,
        account.signed_in_at,
        account.tf_primary_method is not None or has_key,
        account.is_demonstration,
        tuple(roles),
    )


def _roles(accounts: list[int]) -> dict[int, list[HeldRole]]:
    columns = (
        RoleGrant.account_id,
        RoleGrant.id,
        RoleGrant.role,
        RoleGrant.cooperation,
        RoleGrant.insurer,
        RoleGrant.starts_on,
        RoleGrant.ends_on,
        RoleGrant.withdrawn_at,
        RoleGrant.issuer,
    )
    held: dict[int, list[HeldRole]] = defaultdict(list)
    rows = select(*columns).where(RoleGrant.account_id.in_(accounts)).order_by(RoleGrant.starts_on, RoleGrant.id)
    for account, number, role, code, insurer, starts_on, ends_on, withdrawn_at, issuer in db.session.execute(rows):
        held[account].append(
            HeldRole(number, Role(role), code, insurer, starts_on, ends_on, withdrawn_at, issuer is not None)
        )
    return held


def _with_keys() -> frozenset[int]:
    """Who has a passkey that is asked after the password."""
    return frozenset(db.session.scalars(select(Passkey.account_id).where(Passkey.usage == "secondary").distinct()))


def invitations(cooperation: str | None = None) -> list[Invitation]:
    """The invitations, or those for a cooperation's own roles; the last made first."""
    wanted = () if cooperation is None else (Invitation.cooperation == cooperation, Invitation.insurer.is_(None))
    return list(db.session.scalars(select(Invitation).where(*wanted).order_by(Invitation.id.desc())))


def open_invitation(secret: str) -> Invitation | None:
    """The invitation behind a link, while it can be taken up."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.hash == token_hash(secret),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.valid_until >= clock.now(),
        )
    )


def read_links(cooperation: str) -> list[ReadLink]:
    """The links to read along with a cooperation, the last made first."""
    return list(
        db.session.scalars(select(ReadLink).where(ReadLink.cooperation == cooperation).order_by(ReadLink.id.desc()))
    )


def working_read_link(number: int) -> ReadLink | None:
    """A link that was opened, as long as it works."""
    works = (ReadLink.id == number, ReadLink.revoked_at.is_(None), ReadLink.valid_until >= clock.now())
    return db.session.scalar(select(ReadLink).where(*works))


def actor_of_read_link(number: int) -> Actor | None:
    """Who reads along by a link that works: a reader of the insurer that leads there on the day."""
    found = working_read_link(number)
    if found is None:
        return None
    made_on = found.made_at.astimezone(clock.AMSTERDAM).date()
    return reading_along(found.cooperation, _leading_insurer(found.cooperation, clock.today()), made_on)


def _leading_insurer(code: str, on: date) -> str | None:
    holds = and_(link.c.from_on <= on, or_(link.c.to_on.is_(None), link.c.to_on >= on))
    insurers = (
        select(link.c.insurer)
        .join(cooperation, link.c.cooperation_id == cooperation.c.id)
        .where(cooperation.c.code == code, holds)
        .order_by(link.c.lead.desc(), link.c.insurer)
    )
    return db.session.scalar(insurers.limit(1))


def events(account: int) -> list[AccountEvent]:
    """What happened to an account, the last first."""
    return list(
        db.session.scalars(
            select(AccountEvent).where(AccountEvent.account_id == account).order_by(AccountEvent.id.desc())
        )
    )


class KnownToken(NamedTuple):
    """A token, of which nobody knows more than its last four characters."""

    number: int
    account: int
    name: str
    last_four: str
    cooperations: tuple[str, ...] | None
    created_at: datetime
    revoked_at: datetime | None


def tokens() -> list[KnownToken]:
    """Every token, the last made first."""
    rows = db.session.execute(select(ApiToken, Account.name).join(Account).order_by(ApiToken.id.desc()))
    return [
        KnownToken(
            token.id,
            token.account_id,
            name,
            token.last_four,
            None if token.cooperations is None else tuple(token.cooperations),
            token.created_at,
            token.revoked_at,
        )
        for token, name in rows
    ]


class Attempts(NamedTuple):
    """Tries to come in with one address, or from one place, since a moment."""

    who: str
    """The first characters of a hash: enough to tell one from another."""
    account: tuple[int, str] | None
    """The number and name of the account with that address, if there is one."""
    failed: int
    succeeded: int
    last_at: datetime


def attempts(since: datetime) -> list[Attempts]:
    """The tries since a moment by address, those with most failures first."""
    failed = func.sum(case((LoginAttempt.succeeded, 0), else_=1))
    rows = db.session.execute(
        select(LoginAttempt.email_hash, func.count(), failed, func.max(LoginAttempt.attempted_at))
        .where(LoginAttempt.attempted_at >= since)
        .group_by(LoginAttempt.email_hash)
    ).all()
    known = _accounts_by_hash()
    found = [Attempts(who[:8], known.get(who), int(bad), total - int(bad), last) for who, total, bad, last in rows]
    return sorted(found, key=lambda item: (-item.failed, -item.last_at.timestamp()))


def _accounts_by_hash() -> dict[str, tuple[int, str]]:
    rows: Any = db.session.execute(select(Account.email, Account.id, Account.name))
    return {email_hash(email): (number, name) for email, number, name in rows}


def mails(most: int) -> list[Mail]:
    """The last mails, the newest first; of what was sent the text is gone."""
    return list(db.session.scalars(select(Mail).order_by(Mail.id.desc()).limit(most)))


def waiting_mail() -> int:
    """How many mails wait to be sent."""
    return db.session.scalar(select(func.count()).select_from(Mail).where(Mail.next_at.is_not(None))) or 0


def kept_administrators() -> list[tuple[int, str]]:
    """Number and name of who is an administrator only because there is no other: their organisation took it back."""
    last = select(func.max(AccountEvent.id)).group_by(AccountEvent.account_id)
    kept = (AccountEvent.id.in_(last), AccountEvent.what == AccountChange.role_kept.value)
    rows = db.session.execute(select(Account.id, Account.name).join(AccountEvent).where(*kept).order_by(Account.id))
    return [(number, name) for number, name in rows]


def was_kept(account: int) -> bool:
    """Whether that is the last thing that happened to this account."""
    return account in {number for number, _name in kept_administrators()}


def change_of(event: AccountEvent) -> AccountChange:
    """What kind of change an event is."""
    return AccountChange(event.what)
