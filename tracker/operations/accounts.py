"""How accounts, roles and tokens change."""

import logging
import re
import secrets
from collections.abc import Iterable
from datetime import date

from flask_security import hash_password
from sqlalchemy import delete, select, update

from tracker import clock
from tracker.domain.people import AccountChange
from tracker.domain.policy import INSIDERS, INSURERS, Role
from tracker.extensions import db
from tracker.models.accounts import Account, AccountSession, ApiToken, RoleGrant
from tracker.operations.account_events import note_event
from tracker.operations.transaction import writing
from tracker.queries.accounts import cooperation_codes, token_hash

EMAIL = re.compile(r"[^@\s\x00]+@[^@\s\x00]+\.[^@\s.\x00]+")
DEMO_PASSWORD = "regio-demonstratie"  # noqa: S105 -- printed by the demo command, worthless elsewhere
DEMO_START = date(2020, 1, 1)
DEMO_PEOPLE: tuple[tuple[Role, str, str, str | None, str | None], ...] = (
    (Role.board_member, "bestuurder", "B. Stuurman", "HOL", None),
    (Role.project_leader, "projectleider", "P. Leiding", "HOL", None),
    (Role.practice_liaison, "praktijkadviseur", "P. Raktijk", "HOL", None),
    (Role.insurer_region_manager, "regiomanager", "R. Manager", None, "menzis"),
    (Role.insurer_reader, "meelezer", "M. Lezer", None, "menzis"),
    (Role.evaluation_chair, "voorzitter", "V. Zitter", "HOL", None),
    (Role.administrator, "beheerder", "B. Heerder", None, None),
)
"""Role, first part of the address, invented name, cooperation, insurer."""

log = logging.getLogger(__name__)


class AccountRefused(Exception):
    """Why an account or token was not changed: `field` in the words of the command, `nl` and `en` for the reader."""

    def __init__(self, field: str, nl: str, en: str) -> None:
        super().__init__(en)
        self.field, self.nl, self.en = field, nl, en


def add_account(
    *,
    email: str,
    name: str,
    role: Role,
    by: str,
    cooperations: Iterable[str] = (),
    insurer: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    password: str | None = None,
) -> int:
    """Add an account with one role; answers its number. Without password it cannot sign in yet.

    Raises AccountRefused on an address in use, a name that is empty, or a role without what it is for.
    """
    email, name, codes = email.strip().lower(), name.strip(), sorted(set(cooperations))
    starts_on = starts_on or clock.real_today()
    check_person(email, name)
    _check_role(role, codes, insurer)
    if ends_on is not None and ends_on < starts_on:
        raise AccountRefused("to", "de einddatum ligt voor de begindatum", "the end lies before the start")
    with writing():
        _check_new(email, codes)
        account = _account(email, name, password)
        account.grants = [
            RoleGrant(role=role.value, cooperation=code, insurer=insurer, starts_on=starts_on, ends_on=ends_on)
            for code in codes or (None,)
        ]
        db.session.add(account)
        db.session.flush()
        number = account.id
    log.info("account added", extra={"account": number, "by": by})
    return number


def open_account(*, email: str, name: str, password: str | None, language: str, by: str) -> int:
    """Add an account that has no role yet; answers its number. Raises AccountRefused."""
    name = " ".join(name.split())
    check_person(email, name)
    with writing():
        _check_new(email, [])
        account = _account(email, name, password)
        account.language = language
        db.session.add(account)
        db.session.flush()
        number = account.id
    log.info("account added", extra={"account": number, "by": by})
    return number


def create_token(*, email: str, by: str, cooperations: Iterable[str] | None = None) -> str:
    """Make a token and answer it, this once: only its hash is kept. `cooperations` None = all that the account may see.

    Raises AccountRefused when there is no such active account.
    """
    token = f"rt_{secrets.token_urlsafe(32)}"
    with writing():
        account = db.session.scalar(select(Account).where(Account.email == email.strip().lower(), Account.active))
        if account is None:
            raise AccountRefused("email", "er is geen actief account met dit adres", "no active account has this email")
        db.session.add(
            ApiToken(
                account=account,
                hash=token_hash(token),
                last_four=token[-4:],
                cooperations=None if cooperations is None else sorted(set(cooperations)),
                created_at=clock.now(),
            )
        )
        note_event(account.id, AccountChange.token_made, by, token=token[-4:])
    log.info("token added", extra={"account": account.id, "by": by})
    return token


def revoke_token(*, token: str, by: str) -> None:
    """End a token, named by itself or by its last four characters. Raises AccountRefused if it is not exactly one."""
    with writing():
        named = ApiToken.last_four == token if len(token) == 4 else ApiToken.hash == token_hash(token)
        found = db.session.scalars(select(ApiToken).where(named, ApiToken.revoked_at.is_(None))).all()
        if len(found) != 1:
            raise AccountRefused("token", "dit wijst niet één geldig token aan", "this does not name one valid token")
        account = _end_token(found[0], by)
    log.info("token revoked", extra={"account": account, "by": by})


def end_token(*, number: int, by: str) -> None:
    """End a token, named by its number. Raises AccountRefused when it was ended already."""
    with writing():
        found = db.session.scalar(select(ApiToken).where(ApiToken.id == number, ApiToken.revoked_at.is_(None)))
        if found is None:
            raise AccountRefused("token", "Dit token is al ingetrokken.", "This token was revoked already.")
        account = _end_token(found, by)
    log.info("token revoked", extra={"account": account, "by": by})


def end_sessions(*, account: int, by: str) -> None:
    """Sign somebody out everywhere: also links to a new password and half a sign-in end. Joins the caller's write."""
    with writing():
        db.session.execute(delete(AccountSession).where(AccountSession.account_id == account))
        renewed = update(Account).where(Account.id == account).values(fs_uniquifier=secrets.token_hex(32))
        db.session.execute(renewed)
    log.info("sessions ended", extra={"account": account, "by": by})


def create_demo_accounts(*, by: str) -> list[str]:
    """One account per role for the invented regions; answers the addresses. Those that exist stay as they are."""
    emails = []
    with writing():
        for role, first, name, cooperation, insurer in DEMO_PEOPLE:
            emails.append(email := f"{first}@demo.example")
            if db.session.scalar(select(Account.id).where(Account.email == email)) is not None:
                continue
            account = _account(email, name, DEMO_PASSWORD)
            account.is_demonstration = True
            account.grants = [
                RoleGrant(role=role.value, cooperation=cooperation, insurer=insurer, starts_on=DEMO_START)
            ]
            db.session.add(account)
    log.info("demonstration accounts ready", extra={"by": by})
    return emails


def _end_token(token: ApiToken, by: str) -> int:
    token.revoked_at = clock.now()
    note_event(token.account_id, AccountChange.token_revoked, by, token=token.last_four)
    return token.account_id


def _account(email: str, name: str, password: str | None) -> Account:
    return Account(
        email=email,
        name=name,
        password=hash_password(password) if password else None,
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=clock.now(),
        password_changed_at=clock.now() if password else None,
    )


def check_person(email: str, name: str) -> None:
    """Whether this can be a person's address and name. Raises AccountRefused."""
    if len(email) > 254 or not EMAIL.fullmatch(email):
        raise AccountRefused("email", "dit is geen e-mailadres", "this is no email address")
    if not name or len(name) > 200 or not name.isprintable():
        raise AccountRefused("name", "geef een naam van 1 tot 200 tekens", "give a name of 1 to 200 characters")


def _check_role(role: Role, codes: list[str], insurer: str | None) -> None:
    if role in INSIDERS and (not codes or insurer):
        raise AccountRefused("cooperation", "deze rol vraagt een samenwerkingsverband", "this role needs a cooperation")
    if role in INSURERS and not insurer:
        raise AccountRefused("insurer", "deze rol hoort bij een verzekeraar", "this role needs an insurer")
    if role is Role.administrator and (codes or insurer):
        raise AccountRefused("role", "een beheerder geldt voor alles", "an administrator is for everything")


def _check_new(email: str, codes: list[str]) -> None:
    if db.session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise AccountRefused("email", "dit adres heeft al een account", "this email has an account already")
    if unknown := sorted(set(codes) - set(cooperation_codes())):
        text = ", ".join(unknown)
        raise AccountRefused("cooperation", f"onbekend samenwerkingsverband: {text}", f"unknown cooperation: {text}")
