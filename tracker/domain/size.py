"""How large a cooperation is on a day: practices and insured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.domain.periods import is_affiliated
from tracker.domain.records.cooperation import Cooperation


class Size(NamedTuple):
    """Affiliated practices and their registered insured; None = unknown."""

    practices: int | None
    insured: int | None


def size_of(dossier: Cooperation, as_of: date) -> Size:
    """The affiliated practices with their latest counts; where no practices are given, the cooperation's own statement.

    The dossier is as seen on the day. Insured are unknown where no affiliated practice was ever counted.
    """
    if not dossier.practices:
        own = max(dossier.counts, key=lambda item: item.counted_on, default=None)
        return Size(own.practices, own.insured) if own is not None else Size(None, None)
    affiliated = [item for item in dossier.practices if is_affiliated(item.memberships, as_of)]
    latest = [max(item.insured, key=lambda count: count.counted_on) for item in affiliated if item.insured]
    return Size(len(affiliated), sum(count.insured for count in latest) if latest or not affiliated else None)


def total_size(sizes: Iterable[Size]) -> Size:
    """The sum of what is known."""
    held = list(sizes)
    practices = [size.practices for size in held if size.practices is not None]
    insured = [size.insured for size in held if size.insured is not None]
    return Size(sum(practices) if practices else None, sum(insured) if insured else None)
