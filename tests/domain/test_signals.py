"""Every signal of domain.md 5.6, by the fact that gives it, and deadlines that come back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.initiative_facts import evaluated, initiative, offered, plan, product, reported, serves, shared, uses
from tests.domain.initiative_facts import step as milestone
from tests.domain.money_facts import line
from tests.domain.roadmap_facts import (
    alignment,
    contract,
    day,
    direction,
    lead,
    mandate,
    practice,
    region,
    vision,
)
from tracker.domain.notices import Notice, Topic
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import AssessmentStatus, Phase
from tracker.domain.records.evaluation import Round
from tracker.domain.register import Register
from tracker.domain.reminders import notices
from tracker.domain.rules import findings
from tracker.domain.visibility import seen
from tracker.programmes import load_programmes

TODAY = "2026-10-01"


def told(topic: Topic, as_of: str = TODAY, register: Register | None = None, **facts: Any) -> list[Notice]:
    """What there is to tell about an invented region on a day."""
    on, held = day(as_of), register or Register()
    then = seen(region(**facts), on)
    assert isinstance(then, Cooperation)
    found = findings(then, held, load_programmes(), on)
    return [item for item in notices(then, found, held, on) if item.topic is topic]


def signals(as_of: str = TODAY, register: Register | None = None, **facts: Any) -> set[str]:
    return {item.subject.removeprefix("WOL/") for item in told(Topic.SIGNAL, as_of, register, **facts)}


def chosen(*said: Any) -> Any:
    return direction("T1.1", ("2024-02-01", Phase.SELECTED), alignment=said)


OLD, NEW = vision("2024-01-10"), vision("2026-09-20", 2)
USED = (uses("P1", "1", "2024-01-01", "2026-09-15"), uses("P1", "2", "2026-09-16"))
LAPSING = product("P1", reported(AssessmentStatus.POSITIVE, "2024-01-01", "2026-12-15"))
KEPT = [(f"T1.{number}", ("2024-01-01", Phase.IMPLEMENTING)) for number in (1, 2)]
STOPPED = direction("T3.4", ("2024-01-01", Phase.PILOT), ("2026-09-20", Phase.STOPPED))
PAID = line("F1", "x", "100", "2024-01-01", "2026-09-15")
MOVED = milestone("M1", "2026-09-30", None, ("2026-09-10", "2027-03-01"))


@pytest.mark.parametrize(
    ("subject", "facts"),
    [
        ("lead/cmio", {"ict_leads": (lead("2024-01-01", "2026-11-30"),)}),
        ("contract/C-2024-01-01", {"contracts": (contract("2024-01-01", ends="2027-03-30"),)}),
        ("vision/1/old", {"visions": (vision("2023-09-15"),)}),
        ("vision/2/align", {"visions": (OLD, NEW), "directions": (chosen(alignment(1, "2024-02-01")),)}),
        ("stopped/T3.4", {"directions": (*(direction(code, phase) for code, phase in KEPT), STOPPED)}),
        (
            "mandate/C-2025-01-01/WOL-01",
            {
                "practices": (practice("WOL-01"),),
                "contracts": (contract("2025-01-01", mandates=(mandate("WOL-01", "2024-12-01", "2026-09-10"),)),),
            },
        ),
        (
            "joined/C-2025-01-01/WOL-02",
            {
                "practices": (practice("WOL-01"), practice("WOL-02", ("2026-09-10", None))),
                "contracts": (contract("2025-01-01", mandates=(mandate("WOL-01", "2024-12-01"),)),),
            },
        ),
        ("unfunded/I01", {"initiatives": (initiative(funding_lines=(PAID,)),)}),
        ("moved/I01/M1", {"initiatives": (initiative(plans=(plan("2024-01-01", MOVED),)),)}),
    ],
)
def test_a_fact_that_is_worth_a_signal_gives_it(subject: str, facts: dict[str, Any]) -> None:
    assert subject in signals(**facts)


def test_an_assessment_that_ends_and_a_version_without_one_are_told() -> None:
    held = initiative(uses=(uses("P1", "1", "2024-01-01"),))
    assert signals(register=Register(products=(LAPSING,)), initiatives=(held,)) == {"assessment/I01/Product P1"}
    ended = initiative(ended="2026-06-30", uses=(uses("P1", "1", "2024-01-01"),))
    assert signals(register=Register(products=(LAPSING,)), initiatives=(ended,)) == set()
    renewed = initiative(uses=USED)
    assert signals(register=Register(products=(LAPSING,)), initiatives=(renewed,)) == {"version/I01/P1/2"}


def test_an_example_of_another_region_is_told_for_a_direction_that_did_not_begin() -> None:
    register = Register(examples=(offered("I09", shared("2026-09-15"), serves("T1.1")),))
    assert signals(register=register, directions=(chosen(),)) == {"example/I09"}
    begun = direction("T1.1", ("2024-02-01", Phase.SELECTED), ("2025-01-01", Phase.PILOT))
    assert signals(register=register, directions=(begun,)) == set()
    withdrawn = Register(examples=(offered("I09", shared("2026-09-15", "2026-09-20"), serves("T1.1")),))
    assert signals(register=withdrawn, directions=(chosen(),)) == set()


def test_a_direction_that_was_confirmed_for_the_new_vision_is_told_no_more() -> None:
    confirmed = chosen(alignment(1, "2024-02-01"), alignment(2, "2026-09-25"))
    assert signals(visions=(OLD, NEW), directions=(confirmed,)) == set()


def test_who_joins_under_a_mandate_of_the_members_meeting_needs_none_of_its_own() -> None:
    held = contract("2025-01-01", mandates=(mandate(None, "2024-12-01"),))
    assert signals(practices=(practice("WOL-02", ("2026-09-10", None)),), contracts=(held,)) == set()


def due(rule: str, as_of: str = TODAY, **facts: Any) -> list[str]:
    found = told(Topic.DEADLINE, as_of, **facts)
    return [str(item.due_on) for item in found if item.subject.split("/")[2] == rule]


def test_after_a_missed_evaluation_the_next_one_is_still_told() -> None:
    rounds = tuple(Round(number=n, held_on=day(at)) for n, at in ((1, "2023-10-01"), (2, "2025-07-15")))
    assert due("rounds_periodic", rounds=rounds) == ["2026-10-15"]
    missed = initiative("2023-03-01", evaluations=(evaluated("2025-07-10"),))
    assert due("evaluated_periodically", initiatives=(missed,)) == ["2026-10-10"]
    ended = initiative("2023-03-01", "2026-08-01", evaluations=(evaluated("2025-07-10"),))
    assert due("evaluated_periodically", initiatives=(ended,)) == []


def test_a_meeting_that_was_planned_and_not_held_is_told_every_week() -> None:
    planned = Round(number=4, invited_on=day("2026-08-01"), planned_on=day("2026-09-14"))
    found = [item for item in told(Topic.DEADLINE, rounds=(planned,)) if item.subject == "WOL/meeting/4"]
    assert [str(item.day) for item in found] == ["2026-09-28"]
    assert "nog niet gehouden" in found[0].text.text.nl
