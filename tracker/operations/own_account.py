"""What a person changes of the own account, beside what the sign-in library does."""

import logging

from sqlalchemy import update

from tracker import clock
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.operations.accounts import AccountRefused
from tracker.operations.transaction import writing

log = logging.getLogger(__name__)


def change_person(*, account: int, name: str, language: str, by: str) -> None:
    """Correct the name and the language of an account. Raises AccountRefused on an empty or endless name."""
    name = " ".join(name.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise AccountRefused("name", "geef een naam van 1 tot 200 tekens", "give a name of 1 to 200 characters")
    with writing():
        db.session.execute(update(Account).where(Account.id == account).values(name=name, language=language))
    log.info("account changed", extra={"account": account, "by": by})


def keep_language(*, account: int, language: str) -> None:
    """Remember the language that somebody reads in."""
    with writing():
        db.session.execute(update(Account).where(Account.id == account).values(language=language))


def note_new_password(*, account: int) -> None:
    """Remember when the password was last changed."""
    with writing():
        db.session.execute(update(Account).where(Account.id == account).values(password_changed_at=clock.now()))
