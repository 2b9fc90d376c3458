"""The row of a piece of evidence on the form of its record."""

from __future__ import annotations

from tracker.domain.records.base import Record
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.evidence import Evidence
from tracker.forms.shapes import Shape

SHAPES: dict[type[Record], Shape] = {
    Evidence: Shape(
        first=("title", "kind", "strength", "about_on", "received_on", "link"),
        folded=frozenset({"valid_until", "replaces"}),
        withheld={"strength": frozenset({EvidenceStrength.CHECKED.value})},
    ),
}
