"""The form of a contract: an early end is a later fact, and a mandate names a practice or holds for all."""

from __future__ import annotations

from tracker.domain.records.base import Record
from tracker.domain.records.contract import Contract, Mandate
from tracker.forms.shapes import Shape

SHAPES: dict[type[Record], Shape] = {
    Contract: Shape(folded=frozenset({"involved_practices"}), only_corrected=frozenset({"terminated_on"})),
    Mandate: Shape(
        reveals={"kind": {"individual": ("practice",)}},
        asked=frozenset({"practice"}),
        only_corrected=frozenset({"withdrawn_on"}),
    ),
}
