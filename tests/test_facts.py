"""The one fact beside a status where there is little room."""

from datetime import date
from typing import Any

import pytest

from tests.domain.roadmap_facts import DEADLINE, SOFT, contract, day, direction, judged, lead, region, vision
from tracker.domain.records.enums import Phase
from tracker.labels import short_fact

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("kind", "params", "facts", "said"),
    [
        ("vision_on_time", {"deadline": DEADLINE}, {"visions": (vision("2022-10-14"),)}, "105 dagen"),
        ("vision_on_time", {"deadline": DEADLINE}, {"visions": (vision("2022-06-14"),)}, None),
        ("vision_on_time", {"deadline": DEADLINE}, {}, "geen visie"),
        (
            "vision_supported_and_complete",
            {"deadline": DEADLINE},
            {"visions": (vision("2022-06-14"),)},
            "niet gedragen",
        ),
        ("ict_lead_now", {"deadline": DEADLINE}, {"ict_leads": (lead("2022-01-01", "2026-03-31"),)}, "184 dagen"),
        (
            "contract_in_force",
            {"soft_deadline": SOFT},
            {"contracts": (contract("2022-12-20", "2023-01-01", "2025-12-31"),)},
            "sinds 1-1-2026",
        ),
        (
            "three_directions_selected",
            {"soft_deadline": SOFT, "minimum": 3, "level": "direction"},
            {"directions": (direction("T1.1", ("2022-08-15", Phase.SELECTED)),)},
            "1 van 3",
        ),
    ],
)
def test_a_fact_comes_from_the_reason(kind: str, params: dict[str, Any], facts: dict[str, Any], said: str | None):
    assert short_fact(judged(kind, region(**facts), TODAY, **params), TODAY) == said


def test_what_is_due_within_sixty_days_says_how_many():
    finding = judged("vision_on_time", region(), "2022-06-01", deadline=DEADLINE)
    assert short_fact(finding, day("2022-06-01")) == "30 dagen"
    assert short_fact(finding, day("2022-06-01"), "en") == "30 days"
