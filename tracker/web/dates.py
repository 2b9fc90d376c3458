"""The day a page is about: peildatum, the day it is compared with, and the day as known on.

All three travel in the address, so that a page can be shared and every link, chart, download and print keeps them.

    days()                                        the days of this request
    link("cooperations.overview", code="HOL")     the address of a page on the same days
    here(thema="T3", status=None)                 this page with some parameters changed, None takes one away
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import current_app, g, request, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import BadRequest

from tracker import clock
from tracker.forms.days import parse_day

VISITED = "visited_on"
"""Where a session keeps the day on which its person came in before."""
AS_OF, COMPARE, KNOWN = "peildatum", "vergelijk", "bekend_op"
NOT_AFTER_TODAY = _("Kies een datum op of vóór vandaag.")
NO_DAY = _("Schrijf een bestaande datum, bijvoorbeeld 1-7-2022 of 1 juli 2022.")


class Days(msgspec.Struct, frozen=True):
    """The days of one request."""

    as_of: date
    today: date
    compare: date | None = None
    known_on: date | None = None
    known_at: datetime | None = None
    """The end of `known_on` in Amsterdam; empty = what is known now."""

    @property
    def is_past(self) -> bool:
        """In the past, or as known then, everything is read-only."""
        return self.as_of < self.today or self.known_on is not None

    @property
    def address(self) -> dict[str, str]:
        """The parameters that keep these days in a link; nothing for what is as usual."""
        found = {} if self.as_of == self.today else {AS_OF: self.as_of.isoformat()}
        if self.compare is not None:
            found[COMPARE] = self.compare.isoformat()
        if self.known_on is not None:
            found[KNOWN] = self.known_on.isoformat()
        return found


class WrongDay(BadRequest):
    """A day in the address that can't be used: which field, what was typed and what to do."""

    def __init__(self, field: str, typed: str, message: str) -> None:
        super().__init__(message)
        self.field, self.typed, self.message = field, typed, message


def days() -> Days:
    """The days of this request. Raises WrongDay (400) on one that does not exist or lies after today."""
    held: Days | None = g.get("days")
    if held is None:
        today = clock.today()
        # Where a day is wrong, the page that says so stands on today.
        g.days = Days(today, today)
        known_on = _typed(KNOWN, clock.real_today())
        known_at = None if known_on is None else clock.day_end(known_on)
        held = Days(_typed(AS_OF, today) or today, today, _typed(COMPARE, today), known_on, known_at)
        g.days = held
    return held


def looked_before() -> list[tuple[str, date]]:
    """Days to compare with for who looks regularly, in words: the visit before this one, and a month ago."""
    as_of, listed = days().as_of, []
    visited = parse_day(session.get(VISITED, ""))
    if visited is not None and visited < as_of:
        listed.append((gettext("Uw vorige bezoek"), visited))
    return [*listed, (gettext("Een maand geleden"), as_of - timedelta(days=30))]


def wrong_day() -> WrongDay | None:
    """The day in the address that could not be used, on the page that says so."""
    found: WrongDay | None = g.get("wrong_day")
    return found


def _typed(field: str, latest: date) -> date | None:
    text = request.args.get(field, "").strip()
    if not text:
        return None
    day = parse_day(text)
    if day is None or day > latest:
        g.wrong_day = WrongDay(field, text[:40], str(NO_DAY if day is None else NOT_AFTER_TODAY))
        raise g.wrong_day
    return day


def kept() -> dict[str, list[str]]:
    """The parameters of this address, but for a day that could not be used."""
    wrong = wrong_day()
    given = request.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if wrong is None or name != wrong.field}


def exists(endpoint: str) -> bool:
    """Whether the house has this page."""
    return endpoint in current_app.view_functions


def link(endpoint: str, **values: Any) -> str:
    """The address of a page on the same days; nothing when the house has no such page (a test names those)."""
    return url_for(endpoint, **{**days().address, **values}) if exists(endpoint) else ""


def here(**changes: str | None) -> str:
    """The address of this page with some parameters changed; None takes one away."""
    values = {name: value for name, value in {**kept(), **changes}.items() if value not in (None, "", [""])}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **values})


def days_query() -> str:
    """The part of an address that keeps these days, `?peildatum=…` or nothing: where thousands of links are made."""
    address = days().address
    return f"?{urlencode(address)}" if address else ""
