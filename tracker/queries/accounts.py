"""Who asks, and what can be asked about: actors, subjects and the accounts of the demonstration."""

import hashlib
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from tracker.domain.policy import Actor, Grant, Role, Subject
from tracker.extensions import db
from tracker.models.accounts import Account, AccountSession, ApiToken, LoginAttempt, RoleGrant
from tracker.models.records import TABLES

cooperation, link = TABLES["cooperation"], TABLES["insurer_link"]


class DemonstrationAccount(NamedTuple):
    """An invented person who can be chosen on the sign-in page."""

    role: Role
    email: str
    name: str


def token_hash(token: str) -> str:
    """What is stored of a token. A token is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def email_hash(email: str) -> str:
    """What is stored of an address somebody typed at the sign-in page."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def actor_of_account(number: int) -> Actor | None:
    """The actor of an active account, with all grants it ever had."""
    account = db.session.execute(
        select(Account.id, Account.name).where(Account.id == number, Account.active)
    ).one_or_none()
    return Actor(account=account.id, name=account.name, grants=_grants(account.id)) if account else None


def actor_of_token(token: str) -> Actor | None:
    """The actor behind a token that is neither unknown nor revoked, limited to the token's cooperations."""
    found = db.session.execute(
        select(Account.id, Account.name, ApiToken.cooperations)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.hash == token_hash(token), ApiToken.revoked_at.is_(None), Account.active)
    ).one_or_none()
    if found is None:
        return None
    only = None if found.cooperations is None else frozenset(found.cooperations)
    return Actor(account=found.id, name=found.name, grants=_grants(found.id), only=only)


def _grants(account: int) -> tuple[Grant, ...]:
    columns = (RoleGrant.role, RoleGrant.cooperation, RoleGrant.insurer, RoleGrant.starts_on, RoleGrant.ends_on)
    held = (RoleGrant.account_id == account, RoleGrant.withdrawn_at.is_(None))
    rows = db.session.execute(select(*columns).where(*held).order_by(RoleGrant.id))
    return tuple(
        Grant(role=Role(role), cooperation=cooperation, insurer=insurer, starts_on=starts_on, ends_on=ends_on)
        for role, cooperation, insurer, starts_on, ends_on in rows
    )


def subjects(on: date) -> list[Subject]:
    """Every cooperation, by code, with the insurers linked to it on a day."""
    linked: dict[str, set[str]] = {code: set() for code in cooperation_codes()}
    holds = (link.c.from_on <= on, or_(link.c.to_on.is_(None), link.c.to_on >= on))
    pairs = select(cooperation.c.code, link.c.insurer).join(link, link.c.cooperation_id == cooperation.c.id)
    for code, insurer in db.session.execute(pairs.where(*holds)):
        linked[code].add(insurer)
    return [Subject(code, frozenset(insurers)) for code, insurers in linked.items()]


def subject(code: str, on: date) -> Subject | None:
    """One cooperation as `subjects` gives it; None when there is no such code."""
    number = db.session.scalar(select(cooperation.c.id).where(cooperation.c.code == code))
    if number is None:
        return None
    holds = (link.c.from_on <= on, or_(link.c.to_on.is_(None), link.c.to_on >= on))
    insurers = db.session.scalars(select(link.c.insurer).where(link.c.cooperation_id == number, *holds))
    return Subject(code, frozenset(insurers))


def cooperation_codes() -> list[str]:
    """The codes of all cooperations, sorted."""
    return list(db.session.scalars(select(cooperation.c.code).order_by(cooperation.c.code)))


def demonstration_accounts() -> list[DemonstrationAccount]:
    """The invented people who may be chosen with one click, in the order of their roles."""
    rows = db.session.execute(
        select(RoleGrant.role, Account.email, Account.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(Account.is_demonstration, Account.active)
        .order_by(RoleGrant.id)
    )
    return [DemonstrationAccount(Role(role), email, name) for role, email, name in rows]


def demonstration_account(role: str) -> Account | None:
    """The invented person with that role."""
    return db.session.scalar(
        select(Account).join(RoleGrant).where(Account.is_demonstration, Account.active, RoleGrant.role == role)
    )


def failed_attempts(email: str, since: datetime, kind: str = "password") -> int:
    """How often a try of this kind with this address failed since a moment."""
    of_address = (LoginAttempt.email_hash == email_hash(email), LoginAttempt.kind == kind)
    return _failures(since, *of_address)


def client_failures(client_hash: str, since: datetime) -> int:
    """How often anything of the door failed for one client since a moment, whatever the address."""
    return _failures(since, LoginAttempt.client_hash == client_hash)


def _failures(since: datetime, *which: ColumnElement[bool]) -> int:
    failed = (~LoginAttempt.succeeded, LoginAttempt.attempted_at >= since, *which)
    return db.session.scalar(select(func.count()).select_from(LoginAttempt).where(*failed)) or 0


def is_signed_in(account: int, word: str) -> bool:
    """Whether the word of a cookie names a session of this account that has not ended."""
    asked = (AccountSession.account_id == account, AccountSession.hash == token_hash(word))
    return db.session.scalar(select(AccountSession.id).where(*asked)) is not None


def sessions_of(account: int) -> list[datetime]:
    """Since when somebody is signed in, in each browser, the latest first."""
    moments = select(AccountSession.started_at).where(AccountSession.account_id == account)
    return list(db.session.scalars(moments.order_by(AccountSession.started_at.desc())))


def account(number: int) -> Account:
    """One account. Raises NoResultFound when there is none."""
    return db.session.scalars(select(Account).where(Account.id == number)).one()
