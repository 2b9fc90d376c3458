"""The form of an initiative and of its smaller records."""

from __future__ import annotations

from tracker.domain.records.base import Record
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.plan import Indicator
from tracker.forms.shapes import Shape

SHAPES: dict[type[Record], Shape] = {
    Initiative: Shape(
        first=("code", "title", "summary", "insurer", "proposed_on", "planned_start_on", "started_on", "directions"),
        only_corrected=frozenset({"ended_on"}),
    ),
    ProductUse: Shape(
        first=("product", "version", "from_on", "to_on"),
        reveals={"role": {"background": ("justification",)}},
        asked=frozenset({"justification"}),
    ),
    Indicator: Shape(first=("code", "name", "unit", "better", "baseline", "targets", "measurements")),
}
