"""The filters that somebody saved."""

from typing import NamedTuple

from sqlalchemy import select

from tracker.extensions import db
from tracker.models.filters import SavedFilter


class Saved(NamedTuple):
    """One saved filter: its number, its name and the parameters of the page."""

    number: int
    name: str
    query: str


def saved_filters(account: int, page: str) -> list[Saved]:
    """What this account saved on this page, by name."""
    columns = (SavedFilter.id, SavedFilter.name, SavedFilter.query)
    rows = db.session.execute(
        select(*columns).where(SavedFilter.account_id == account, SavedFilter.page == page).order_by(SavedFilter.id)
    )
    return sorted((Saved(*row) for row in rows), key=lambda item: item.name.casefold())
