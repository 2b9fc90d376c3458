"""The form of an evaluation round: one row of scores for each of the six topics."""

from __future__ import annotations

from tracker.domain.records import enums
from tracker.domain.records.base import Record
from tracker.domain.records.evaluation import InitiativeEvaluation, Round, Score
from tracker.forms.shapes import Fixed, Shape
from tracker.forms.words import Member

SHAPES: dict[type[Record], Shape] = {
    Round: Shape(
        fixed={"scores": Fixed(by="topic", legends={topic.value: Member(topic) for topic in enums.Topic})},
    ),
    Score: Shape(
        reveals={},
        folded=frozenset({"not_assessed", "not_assessed_reason", "note"}),
    ),
    InitiativeEvaluation: Shape(first=("held_on", "verdict", "reports_on_plan")),
}
