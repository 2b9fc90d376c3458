"""The mandates of all practices for one contract at once: which record a row shows, and what a change in it means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.domain.records.enums import MandateKind

GIVEN, WITHDRAWN = "given_on", "withdrawn_on"


def standing(mandates: Iterable[dict[str, Any]], practice: str) -> dict[str, Any] | None:
    """The mandate that a practice gave last, also when it was withdrawn; a members' decision is nobody's own."""
    own = [item for item in mandates if item["kind"] is MandateKind.INDIVIDUAL and item["practice"] == practice]
    return max(own, key=lambda item: item[GIVEN], default=None)


def begins_anew(held: dict[str, Any] | None, given: date | None) -> bool:
    """Is a typed day a new mandate? Before it there was none, or it was withdrawn by then."""
    if held is None or given is None:
        return held is None
    return held[WITHDRAWN] is not None and given >= held[WITHDRAWN]
