"""The form of a chosen direction and of the help around it."""

from __future__ import annotations

from tracker.domain.records.base import Record
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.forms.shapes import Shape

SHAPES: dict[type[Record], Shape] = {
    Direction: Shape(first=("code", "phases", "components", "alignment")),
    DirectionPhase: Shape(first=("phase", "reached_on", "reason")),
}
