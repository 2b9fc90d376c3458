"""The parameters that calls have in common."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.api.blueprint import Parameter, Refused, argument
from tracker.domain.records.base import Pair
from tracker.queries import days

PEILDATUM = Parameter(
    "peildatum",
    "The day that is looked at, on or before today; without it today.",
    {"type": "string", "format": "date"},
)
KNOWN_AT = Parameter(
    "known_at",
    "As known at the end of this day in Europe/Amsterdam, or at this moment with its offset; without it as known now.",
    {"type": "string", "examples": ["2026-05-01", "2026-05-01T14:00:00+02:00"]},
)
DRY_RUN = Parameter("dry_run", "true = tell what would happen and write nothing.", {"type": "boolean"})
REASON = Parameter("reason", "The reason, for the journal.", {"type": "string", "maxLength": 1000})
_FLAGS = {"": False, "false": False, "0": False, "true": True, "1": True}


class Moment(NamedTuple):
    """The day that is looked at, and what was known when."""

    as_of: date
    known: days.Known | None

    @property
    def asked(self) -> str | None:
        """The moment as it was asked for."""
        return None if self.known is None else self.known.asked


def moment() -> Moment:
    """The day and the moment of this call. Raises Unreadable on one that can't be used."""
    return Moment(days.peildatum(argument(PEILDATUM.name)), days.known_at(argument(KNOWN_AT.name)))


def flag(name: str) -> bool:
    """A yes or no of this call."""
    text = (argument(name) or "").lower()
    if text not in _FLAGS:
        raise Refused(400, Pair(f"{name}: schrijf true of false", f"{name}: write true or false"))
    return _FLAGS[text]


def reason() -> str | None:
    """The reason given with a write."""
    text = (argument(REASON.name) or "").strip()
    if len(text) > 1000 or "\x00" in text:
        raise Refused(400, Pair("reason: hoogstens 1000 tekens", "reason: at most 1000 characters"))
    return text or None
