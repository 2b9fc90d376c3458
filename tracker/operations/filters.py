"""How saved filters change. A saved filter is only an address: opening it asks the policy as any visit does."""

import logging
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, select

from tracker import clock
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.models.filters import SavedFilter
from tracker.operations.transaction import writing
from tracker.queries.filters import saved_filters

PAGES: Mapping[str, tuple[str, ...]] = {
    "portefeuille": ("thema", "status", "regel", "volgorde", "gewijzigd", "vergelijk", "peildatum", "bekend_op"),
}
"""The pages whose filters can be saved, each with the parameters that are kept."""
MOST, LONGEST_NAME, LONGEST_QUERY = 20, 60, 500

log = logging.getLogger(__name__)


class FilterRefused(Exception):
    """Why a filter was not saved, for the reader: `nl` and `en`."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


def known_parameters(page: str, query: str) -> dict[str, str]:
    """The parameters of a query string that the page knows, in its own order; the first of each, nothing empty.

    A peildatum stands in an address only where it was chosen, so none is added here.
    """
    given = parse_qsl(query.removeprefix("?"))
    return {
        name: next(value for key, value in given if key == name)
        for name in PAGES[page]
        if any(key == name for key, _ in given)
    }


def save_filter(*, account: int, page: str, name: str, query: str, by: str) -> int:
    """Save the known parameters of a query under a name; answers its number.

    Raises FilterRefused on a name that is empty, too long or in use, on nothing to save, and on one too many.
    """
    name, kept = " ".join(name.split()), urlencode(known_parameters(page, query))
    _check_shape(name, kept)
    with writing():
        # Two saves of one account come one after the other, so that the count and the names hold.
        db.session.execute(select(Account.id).where(Account.id == account).with_for_update()).one()
        _check_room(account, page, name)
        row = SavedFilter(account_id=account, page=page, name=name, query=kept, created_at=clock.now())
        db.session.add(row)
        db.session.flush()
        number = row.id
    log.info("filter saved", extra={"account": account, "filter": number, "by": by})
    return number


def remove_filter(*, account: int, page: str, number: int, by: str) -> str | None:
    """Take away a filter of this account's own; answers its name, None where the account has no such filter."""
    own = (SavedFilter.id == number, SavedFilter.account_id == account, SavedFilter.page == page)
    with writing():
        name = db.session.scalar(select(SavedFilter.name).where(*own))
        db.session.execute(delete(SavedFilter).where(*own))
    if name is not None:
        log.info("filter removed", extra={"account": account, "filter": number, "by": by})
    return name


def _check_shape(name: str, query: str) -> None:
    if not name:
        raise FilterRefused("Geef het filter een naam.", "Give the filter a name.")
    if len(name) > LONGEST_NAME:
        raise FilterRefused(
            f"Kies een naam van hoogstens {LONGEST_NAME} tekens; deze heeft er {len(name)}.",
            f"Choose a name of at most {LONGEST_NAME} characters; this one has {len(name)}.",
        )
    if not name.isprintable():
        raise FilterRefused("Gebruik in de naam alleen leesbare tekens.", "Use readable characters only in the name.")
    if not query:
        raise FilterRefused(
            "Er is niets om op te slaan. Kies eerst een filter, een volgorde of een datum.",
            "There is nothing to save. Choose a filter, an order or a date first.",
        )
    if len(query) > LONGEST_QUERY:
        raise FilterRefused("Deze filters zijn te lang om op te slaan.", "These filters are too long to save.")


def _check_room(account: int, page: str, name: str) -> None:
    names = {item.name.casefold() for item in saved_filters(account, page)}
    if name.casefold() in names:
        raise FilterRefused(
            f"U heeft al een filter met de naam ‘{name}’. Kies een andere naam.",
            f"You already have a filter named ‘{name}’. Choose another name.",
        )
    kept = db.session.scalars(select(SavedFilter.id).where(SavedFilter.account_id == account)).all()
    if len(kept) >= MOST:
        raise FilterRefused(
            f"U heeft al {MOST} filters opgeslagen, meer kan niet. Verwijder er eerst een.",
            f"You have saved {MOST} filters already, which is the most. Remove one first.",
        )
