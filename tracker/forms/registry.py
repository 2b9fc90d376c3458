"""The kinds whose form differs from what their declaration gives."""

from __future__ import annotations

from tracker.domain.records.base import Record
from tracker.forms import contracts, directions, evaluations, evidence, initiatives, visions
from tracker.forms.shapes import PLAIN, Shape

SHAPES: dict[type[Record], Shape] = {
    **visions.SHAPES,
    **directions.SHAPES,
    **contracts.SHAPES,
    **initiatives.SHAPES,
    **evaluations.SHAPES,
    **evidence.SHAPES,
}


def shape_of(kind: type[Record]) -> Shape:
    """What the form of a kind has of its own; most kinds have nothing."""
    return SHAPES.get(kind, PLAIN)
