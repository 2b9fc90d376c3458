"""Which day is looked at, and what was known when: what an address, a call or a command says, and what is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from tracker import clock
from tracker.domain.problems import Unreadable

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPACE_FOR_PLUS = re.compile(r"(T[0-9:.]+) ([0-9]{2}:?[0-9]{2})")
FUTURE = ("Kies een datum op of vóór vandaag.", "Choose a day on or before today.")
NO_DAY = ("Schrijf een bestaande datum als 2026-10-01.", "Write an existing day as 2026-10-01.")
NO_MOMENT = (
    "Schrijf een dag als 2026-05-01, of een moment met tijdzone als 2026-05-01T14:00:00+02:00.",
    "Write a day as 2026-05-01, or a moment with its offset as 2026-05-01T14:00:00+02:00.",
)
FUTURE_MOMENT = ("Kies een moment dat al voorbij is.", "Choose a moment that has passed.")


class Known(NamedTuple):
    """A moment at which something was known, and how it was asked for."""

    at: datetime
    asked: str


def peildatum(text: str | None) -> date:
    """The day that is looked at; nothing = today. Raises Unreadable on what is no day, and on a day after today."""
    if text is None or not text.strip():
        return clock.today()
    day = _day(text.strip())
    if day is None:
        raise Unreadable(*NO_DAY)
    if day > clock.today():
        raise Unreadable(*FUTURE)
    return day


def known_at(text: str | None) -> Known | None:
    """The moment of a day (its end, in Amsterdam) or of a moment with its offset; nothing = now.

    Raises Unreadable on anything else, and on what is later than the end of today: that can still change.
    """
    if text is None or not text.strip():
        return None
    # In an address an unescaped plus arrives as a space.
    asked = _SPACE_FOR_PLUS.sub(r"\1+\2", text.strip())
    if _DAY.fullmatch(asked):
        day = _day(asked)
        if day is None:
            raise Unreadable(*NO_MOMENT)
        moment = clock.day_end(day)
    else:
        moment = _moment(asked)
    if moment > clock.day_end(clock.real_today()):
        raise Unreadable(*FUTURE_MOMENT)
    return Known(moment, asked)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
        if moment is None or moment.utcoffset() is None:
            raise Unreadable(*NO_MOMENT)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(*NO_MOMENT) from None
