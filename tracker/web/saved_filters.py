"""Saved filters in the filter bar of the portfolio: the links, the form, and what is said after saving.

The form sends the filters in its own address, so that they are read as those of the page; what was said travels in the
session to the page that is shown next.
"""

from __future__ import annotations

from typing import Any

from flask import g, request, session, url_for
from flask_babel import gettext as _

from tracker import access
from tracker.operations.filters import FilterRefused, known_parameters
from tracker.queries.filters import saved_filters
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days
from tracker.web.frame import language

PAGE = "portefeuille"
SAID = "filter_said"
DAYS = (AS_OF, COMPARE, KNOWN)
LONGEST_KEPT = 200
"""Characters of a refused name that come back: the session is a cookie."""


def chosen() -> dict[str, Any]:
    """The known parameters of this address; a day only where it is not as usual."""
    given = known_parameters(PAGE, request.query_string.decode("utf-8", "replace"))
    return {name: value for name, value in given.items() if name not in DAYS} | days().address


def back() -> str:
    """The portfolio as it was seen: only parameters of its own, so never another site."""
    return url_for("portfolio.index", **chosen())


def say(text: str) -> None:
    """Have the next page say that it was done."""
    session[SAID] = {"done": text}


def say_refused(refused: FilterRefused, name: str) -> None:
    """Have the next page say why not, with what was typed."""
    session[SAID] = {"error": refused.en if language() == "en" else refused.nl, "name": name[:LONGEST_KEPT]}


def save_menu() -> dict[str, Any] | None:
    """The view model of save_menu in templates/components/filters.html; nothing for who reads along without account."""
    if not access.actor().has_account:
        return None
    said: dict[str, str] = session.pop(SAID, {})
    if "done" in said:
        g.message = {"tone": "blue", "icon": "check-lg", "text": said["done"], "focus": True}
    now, listed = chosen(), saved_filters(access.actor().account, PAGE)
    return {
        "action": url_for("portfolio.save_filter", **now),
        "name": said.get("name", ""),
        "error": said.get("error"),
        "saved": [_saved(item.number, item.name, known_parameters(PAGE, item.query), now) for item in listed],
        "label": _("Opgeslagen filters"),
        "count": len(listed),
    }


def _saved(number: int, name: str, kept: dict[str, str], now: dict[str, Any]) -> dict[str, Any]:
    # A filter saved with days of its own opens on those, any other on the days the reader looks at.
    values: dict[str, Any] = kept if any(day in kept for day in DAYS) else kept | days().address
    return {
        "text": name,
        "url": url_for("portfolio.index", **values),
        "current": values == now,
        "remove_url": url_for("portfolio.remove_filter", number=number, **now),
    }
