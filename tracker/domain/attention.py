"""What asks for attention in several cooperations: from the rules and from what expires soon, the heaviest first.

The order is: euros per year touched, then days, then number of regions, then name (pages.md 4.1). Money only orders; it
is never proposed as an outcome. The words are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tracker.domain.attention_initiatives import (
    double_funding_points,
    evaluation_points,
    product_points,
    unfunded_points,
)
from tracker.domain.attention_points import Point, Region
from tracker.domain.attention_roadmap import roadmap_points
from tracker.domain.expiring import assessment_points, contract_points, lead_points
from tracker.domain.programme import Programme

RULES = frozenset(
    {
        "assessed_positive",
        "evaluated_periodically",
        "no_double_funding_computed",
        "running_without_funding",
        "s3_needs_contract",
    }
)
"""Rules that are read besides those of the matrix, by key."""

__all__ = ["RULES", "Point", "Region", "attention"]


def attention(regions: Iterable[Region], programme: Programme, as_of: date) -> tuple[Point, ...]:
    """Everything that asks for attention on a day, in order; dossiers and findings as the reader may see them."""
    held = tuple(regions)
    found = [
        *roadmap_points(held, programme, as_of),
        *product_points(held, as_of),
        *evaluation_points(held, as_of),
        *double_funding_points(held, as_of),
        *unfunded_points(held, as_of),
        *contract_points(held, as_of),
        *assessment_points(held, as_of),
        *lead_points(held, as_of),
    ]
    return tuple(sorted(found, key=_rank))


def _rank(point: Point) -> tuple[Decimal, int, int, str]:
    return -point.euros, -point.days, -len(point.regions), point.name
