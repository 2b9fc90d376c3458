"""What others change about an account: its roles, its second step, and its end. Each ends the person's sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import or_, select

from tracker import clock
from tracker.domain.people import AccountChange
from tracker.domain.policy import INSIDERS, INSURERS, Role
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.operations.account_events import note_event
from tracker.operations.accounts import AccountRefused, end_sessions
from tracker.operations.transaction import writing
from tracker.queries.accounts import cooperation_codes


class PeopleRefused(AccountRefused):
    """Why nothing was changed: the `field` it is about, and whole sentences for the reader, `nl` and `en`."""


def give_role(
    *,
    account: int,
    role: Role,
    cooperation: str | None,
    insurer: str | None,
    starts_on: date,
    ends_on: date | None,
    by: str,
) -> int:
    """Give a role to an account that is open; answers the number of the grant. Raises PeopleRefused."""
    with writing():
        check_role(role, cooperation, insurer, starts_on, ends_on)
        _open_account(account)
        _check_not_held(account, role, cooperation, insurer, starts_on)
        grant = RoleGrant(
            account_id=account,
            role=role.value,
            cooperation=cooperation,
            insurer=insurer,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        db.session.add(grant)
        db.session.flush()
        number = grant.id
        note_role(grant, AccountChange.role_given, by)
    return number


def shorten_role(*, grant: int, ends_on: date, by: str) -> None:
    """Move the last day of a role forward; not before today and not before its first day. Raises PeopleRefused."""
    with writing():
        held = _grant(grant)
        earliest = max(clock.real_today(), held.starts_on)
        if ends_on < earliest or (held.ends_on is not None and ends_on >= held.ends_on):
            raise PeopleRefused(
                "ends_on",
                "Kies een dag vanaf vandaag die vóór de huidige laatste dag ligt.",
                "Choose a day from today on that lies before the present last day.",
            )
        held.ends_on = ends_on
        _check_administrators(held.role, after=ends_on)
        note_role(held, AccountChange.role_shortened, by)


def end_role(*, grant: int, by: str) -> None:
    """End a role at once; it stays in the history. Raises PeopleRefused."""
    with writing():
        held = _grant(grant)
        held.withdrawn_at = clock.now()
        _check_administrators(held.role)
        note_role(held, AccountChange.role_ended, by)


def close_account(*, account: int, by: str) -> None:
    """Let nobody in with this account any more, by password, link or token. Raises PeopleRefused."""
    with writing():
        hold_administrators()
        held = _open_account(account)
        held.active = False
        for role in {grant.role for grant in held.grants}:
            _check_administrators(role)
        note_event(account, AccountChange.closed, by)
        end_sessions(account=account, by=by)


def reopen_account(*, account: int, by: str) -> None:
    """Let the person in again, with the roles that still hold. Raises PeopleRefused."""
    with writing():
        held = db.session.scalar(select(Account).where(Account.id == account, ~Account.active).with_for_update())
        if held is None:
            raise PeopleRefused("account", "Dit account is niet gesloten.", "This account is not closed.")
        held.active = True
        note_event(account, AccountChange.reopened, by)
        end_sessions(account=account, by=by)


def remove_second_step(*, account: int, asker: int, reason: str, by: str, tell: Callable[[], object]) -> None:
    """Take away app, recovery codes and the passkeys that follow a password, of somebody who lost them.

    `tell` writes to the person within the transaction: nobody loses a second step unheard. Raises PeopleRefused.
    """
    with writing():
        _check_help(account, asker, reason)
        holder = _open_account(account)
        kept = [key for key in holder.webauthn if key.usage == "first"]
        if holder.tf_primary_method is None and len(kept) == len(holder.webauthn):
            raise PeopleRefused("account", "Deze persoon heeft geen tweede stap.", "This person has no second step.")
        holder.tf_primary_method = holder.tf_totp_secret = holder.tf_last_counter = holder.mf_recovery_codes = None
        holder.webauthn = kept
        note_event(account, AccountChange.second_step_removed, by, reason=reason)
        end_sessions(account=account, by=by)
        tell()


def check_role(role: Role, cooperation: str | None, insurer: str | None, starts_on: date, ends_on: date | None) -> None:
    """Whether a role is for what it must be for, in a period that exists. Raises PeopleRefused."""
    if role in INSIDERS and (cooperation is None or insurer is not None):
        raise PeopleRefused("cooperation", "Kies het samenwerkingsverband.", "Choose the cooperation.")
    if role in INSURERS and insurer is None:
        raise PeopleRefused("insurer", "Kies de verzekeraar.", "Choose the insurer.")
    if role is Role.administrator and (cooperation or insurer):
        raise PeopleRefused("role", "Een beheerder geldt voor alles.", "An administrator is for everything.")
    if cooperation is not None and cooperation not in cooperation_codes():
        raise PeopleRefused("cooperation", "Kies het samenwerkingsverband uit de lijst.", "Choose it from the list.")
    if ends_on is not None and ends_on < max(starts_on, clock.real_today()):
        raise PeopleRefused(
            "ends_on",
            "Kies een laatste dag die niet vóór de eerste dag of vóór vandaag ligt.",
            "Choose a last day that is not before the first day or before today.",
        )


def note_role(grant: RoleGrant, what: AccountChange, by: str) -> None:
    """Keep what happened to a role, and end the sessions under the old ones."""
    about = {
        "role": grant.role,
        "cooperation": grant.cooperation,
        "insurer": grant.insurer,
        "from": grant.starts_on.isoformat(),
        "to": grant.ends_on.isoformat() if grant.ends_on else None,
    }
    note_event(grant.account_id, what, by, **about)
    end_sessions(account=grant.account_id, by=by)


def _grant(number: int) -> RoleGrant:
    """A role that can still be ended by hand."""
    hold_administrators()
    held = db.session.scalar(select(RoleGrant).where(RoleGrant.id == number).with_for_update())
    if held is None or held.withdrawn_at is not None or (held.ends_on or date.max) < clock.real_today():
        raise PeopleRefused("grant", "Deze rol is al beëindigd.", "This role has ended already.")
    if held.issuer is not None:
        raise PeopleRefused(
            "grant",
            "Deze rol komt van de organisatie van deze persoon. Laat hem daar beëindigen, of sluit het account.",
            "This role comes from this person's organisation. Have it ended there, or close the account.",
        )
    return held


def hold_administrators() -> None:
    """One change at a time where administrators may go, so that two of them never end each other."""
    roles = select(RoleGrant.id).where(RoleGrant.role == Role.administrator.value).order_by(RoleGrant.id)
    db.session.execute(roles.with_for_update())


def _open_account(number: int) -> Account:
    held = db.session.scalar(select(Account).where(Account.id == number, Account.active).with_for_update())
    if held is None:
        raise PeopleRefused(
            "account", "Dit account is gesloten. Heropen het eerst.", "This account is closed. Reopen it first."
        )
    return held


def _check_help(account: int, asker: int, reason: str) -> None:
    """Help is for somebody else, and for a reason: who stole a session must not take away the second step as well."""
    if account == asker:
        raise PeopleRefused(
            "account",
            "Zet uw eigen tweede stap uit bij Mijn account. Bent u hem kwijt? Vraag het een andere beheerder.",
            "Switch off your own second step on My account. Lost it? Ask another administrator.",
        )
    if not reason:
        raise PeopleRefused("reason", "Vul in waarom dit nodig is.", "Fill in why this is needed.")


def _check_not_held(account: int, role: Role, cooperation: str | None, insurer: str | None, starts_on: date) -> None:
    same = select(RoleGrant.id).where(
        RoleGrant.account_id == account,
        RoleGrant.role == role.value,
        RoleGrant.cooperation.is_not_distinct_from(cooperation),
        RoleGrant.insurer.is_not_distinct_from(insurer),
        RoleGrant.withdrawn_at.is_(None),
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= starts_on),
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise PeopleRefused("role", "Deze persoon heeft deze rol al.", "This person has this role already.")


def _check_administrators(changed: str, *, after: date | None = None) -> None:
    """Somebody must be left who can let others in: now, and after the day on which the changed role ends."""
    if changed != Role.administrator.value or has_administrator(after=after):
        return
    raise PeopleRefused(
        "account",
        "Dit is de laatste beheerder. Maak eerst iemand anders beheerder.",
        "This is the last administrator. Make somebody else an administrator first.",
    )


def has_administrator(*, after: date | None = None) -> bool:
    """Is there an administrator today, and one after a day? Ask it while `hold_administrators` holds."""
    db.session.flush()
    held = db.session.execute(
        select(RoleGrant.starts_on, RoleGrant.ends_on)
        .join(Account)
        .where(RoleGrant.role == Role.administrator.value, RoleGrant.withdrawn_at.is_(None), Account.active)
    ).all()
    today = clock.real_today()
    now = any(starts <= today <= (ends or date.max) for starts, ends in held)
    later = after is None or any((ends or date.max) > after for _starts, ends in held)
    return now and later
