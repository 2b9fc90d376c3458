"""How somebody comes in: tries that are counted, sessions that begin and end, codes that are good once.

A try is written down as failed before it is judged, and counted afterwards: twenty tries at the same moment get no
more guesses than twenty in a row.
"""

import secrets
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, update

from tracker import clock
from tracker.extensions import db
from tracker.models.accounts import Account, AccountSession, LoginAttempt
from tracker.operations.transaction import writing
from tracker.queries.accounts import client_failures, email_hash, failed_attempts, token_hash

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 9
"""Of one kind, for one address, within WINDOW."""
MOST_FAILURES_OF_CLIENT = 40
"""Of all kinds and addresses together: an office behind one connection may err so often, a list of addresses not."""
OLDEST_SESSION = timedelta(days=30)
"""A cookie is never this old; what is left of such a session is swept away at the next sign-in."""
RECOVERY_CODES = 10


class AttemptKind(StrEnum):
    """What was tried at the door."""

    password = "password"  # noqa: S105 -- the word for it
    code = "code"
    """The code of an authenticator app, or a recovery code."""
    reset = "reset"
    """A link to a new password; asking for one is always counted."""


def begin_attempt(*, email: str, kind: AttemptKind, client_hash: str) -> int | None:
    """Count a try and answer its number; None = too often, it must not even be looked at."""
    moment = clock.now()
    attempt = LoginAttempt(
        email_hash=email_hash(email), attempted_at=moment, succeeded=False, kind=kind.value, client_hash=client_hash
    )
    with writing():
        db.session.add(attempt)
        db.session.flush()
        number = attempt.id
    # Read after the commit, so that tries of the same moment see each other.
    since = moment - WINDOW
    too_often = failed_attempts(email, since, kind.value) > MOST_FAILURES
    if not too_often and client_failures(client_hash, since) <= MOST_FAILURES_OF_CLIENT:
        return number
    with writing():
        db.session.execute(delete(LoginAttempt).where(LoginAttempt.id == number))
    return None


def pass_attempt(*, number: int) -> None:
    """Say of a try that it was right after all."""
    with writing():
        db.session.execute(update(LoginAttempt).where(LoginAttempt.id == number).values(succeeded=True))


def fail_attempt(*, number: int) -> None:
    """Leave a try as it stands, at the price of a write: so that what is in vain takes as long as what is not."""
    with writing():
        db.session.execute(update(LoginAttempt).where(LoginAttempt.id == number).values(succeeded=False))


def begin_session(*, account: int) -> str:
    """Note that somebody came in; answers the word for the cookie."""
    word, moment = secrets.token_urlsafe(32), clock.now()
    swept = (AccountSession.account_id == account, AccountSession.started_at < moment - OLDEST_SESSION)
    with writing():
        db.session.execute(delete(AccountSession).where(*swept))
        db.session.add(AccountSession(account_id=account, hash=token_hash(word), started_at=moment))
        holder = db.session.get_one(Account, account, with_for_update=True, populate_existing=True)
        before = None if holder.signed_in_at is None else clock.day_of(holder.signed_in_at)
        if before is not None and before < clock.day_of(moment):
            holder.visited_on = before
        holder.signed_in_at = moment
    return word


def end_session(*, word: str) -> None:
    """Sign out in one browser. Copies of its cookie are worthless from now on."""
    with writing():
        db.session.execute(delete(AccountSession).where(AccountSession.hash == token_hash(word)))


def keep_session(*, account: int, word: str) -> None:
    """End all sessions of an account but this one."""
    others = (AccountSession.account_id == account, AccountSession.hash != token_hash(word))
    with writing():
        db.session.execute(delete(AccountSession).where(*others))


def forget_app_code(*, account: int) -> None:
    """A new app begins to count anew."""
    with writing():
        db.session.execute(update(Account).where(Account.id == account).values(tf_last_counter=None))


def use_app_code(*, account: int, counter: int) -> bool:
    """Whether the code of this half minute, which fits, was not used before; it is from now on."""
    unused = or_(Account.tf_last_counter.is_(None), Account.tf_last_counter < counter)
    with writing() as connection:
        used = update(Account).where(Account.id == account, unused).values(tf_last_counter=counter)
        return connection.execute(used).rowcount == 1


def make_recovery_codes(*, account: int) -> list[str]:
    """New recovery codes, answered this once; those from before end."""
    codes = [_recovery_code() for _number in range(RECOVERY_CODES)]
    hashes = [token_hash(code) for code in codes]
    with writing() as connection:
        connection.execute(update(Account).where(Account.id == account).values(mf_recovery_codes=hashes))
    return codes


def use_recovery_code(*, account: int, code: str) -> bool:
    """Whether this is one of the codes that are left; it is gone from now on."""
    with writing():
        holder = db.session.get_one(Account, account, with_for_update=True, populate_existing=True)
        left, used = holder.mf_recovery_codes or [], token_hash(_tidy(code))
        holder.mf_recovery_codes = [item for item in left if item != used]
        return used in left


def _recovery_code() -> str:
    # 80 random bits without letters that look like figures: a plain hash of it can not be guessed.
    letters = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _place in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _tidy(code: str) -> str:
    """The code as it was shown, whatever spaces and capitals it was typed with."""
    letters = "".join(item for item in code.lower() if item.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
