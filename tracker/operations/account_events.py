"""What happened to an account stays readable."""

import logging

from tracker import clock
from tracker.domain.people import AccountChange
from tracker.extensions import db
from tracker.models.people import AccountEvent

log = logging.getLogger(__name__)


def note_event(account: int, what: AccountChange, by: str, **about: str | None) -> None:
    """Keep what happened to an account, within the transaction that is going on."""
    db.session.add(AccountEvent(account_id=account, at=clock.now(), by=by, what=what.value, about=about))
    log.info("account changed", extra={"account": account, "change": what.value})
