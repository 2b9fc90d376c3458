"""R26, R27 and R50: sharing, using good examples, and accessibility for everyone."""

from typing import Any

import pytest

from tests.domain.initiative_facts import (
    START,
    asked_of,
    evaluated,
    initiative,
    looked_at,
    offered,
    on,
    plan,
    serves,
    shared,
    stated,
)
from tests.domain.roadmap_facts import day, en, said
from tracker.domain.finding import Finding
from tracker.domain.records import enums
from tracker.domain.records.enums import ExampleOutcome, StatementKind
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.example import AccessibilityTest
from tracker.domain.register import Example, Register

TODAY = "2026-10-01"
WILLING = stated(StatementKind.WILLING_TO_SHARE, "2022-08-30")

# --- R26 ---


def sharing(as_of: str = TODAY, **facts: Any) -> Finding:
    return asked_of("sharing", initiative(**({"statements": (WILLING,)} | facts)), as_of)


def test_willingness_may_still_be_recorded_before_the_start() -> None:
    assert said(sharing("2023-02-28", statements=())) == ("PENDING", "nog niet vastgelegd")
    assert said(sharing(START, statements=())) == ("NOT_MET", "niet vastgelegd")


def test_who_will_not_share_does_not_meet_the_condition_also_before_the_start() -> None:
    unwilling = stated(StatementKind.WILLING_TO_SHARE, "2022-09-30", holds=False)
    assert said(sharing("2022-10-01", statements=(WILLING, unwilling))) == ("NOT_MET", "niet bereid te delen")
    assert sharing("2022-09-29", statements=(WILLING, unwilling)).status == "PENDING"


def test_sharing_waits_for_a_positive_evaluation_also_when_it_was_shared_already() -> None:
    mixed = evaluated("2024-03-01", Opinion.MIXED)
    found = sharing(evaluations=(mixed,), sharings=(shared("2023-06-01"),))
    assert said(found) == ("PENDING", "nog geen positieve evaluatie")


def test_a_positive_initiative_is_shared_or_asks_for_attention() -> None:
    facts = {"evaluations": (evaluated("2024-03-01"),), "sharings": (shared("2024-05-01"),)}
    assert sharing("2024-02-29", **facts).status == "PENDING"
    assert said(sharing("2024-04-30", **facts)) == ("ADVISORY", "positief geëvalueerd, nog niet gedeeld")
    assert said(sharing("2024-05-01", **facts)) == ("MET", "gedeeld op 2024-05-01")


def test_a_positive_evaluation_counts_also_after_a_mixed_one() -> None:
    held = (evaluated("2025-03-01", Opinion.MIXED), evaluated("2024-03-01"))
    assert sharing(evaluations=held, sharings=(shared("2024-05-01"),)).status == "MET"


def test_what_was_taken_back_is_no_longer_shared() -> None:
    facts = {"evaluations": (evaluated("2024-03-01"),), "sharings": (shared("2024-05-01", "2025-01-01"),)}
    assert sharing("2024-12-31", **facts).status == "MET"
    assert sharing("2025-01-01", **facts).status == "ADVISORY"


def test_the_first_time_it_was_offered_is_told() -> None:
    twice = (shared("2025-05-01"), shared("2024-05-01"), shared("2023-01-01", "2023-06-01"))
    assert said(sharing(evaluations=(evaluated("2024-03-01"),), sharings=twice)) == ("MET", "gedeeld op 2024-05-01")


# --- R27 ---


def examples(*others: Example, as_of: str = TODAY, **facts: Any) -> Finding:
    held = {"directions": (serves("T1.1"),), "plans": (plan("2023-02-01"),)} | facts
    return asked_of("good_examples_used", initiative(**held), as_of, register=Register(examples=others))


def test_without_a_plan_no_example_was_needed_yet() -> None:
    assert said(examples(offered("I20", shared("2022-12-01")), plans=())) == ("NA", "nog geen plan")


@pytest.mark.parametrize(("at", "status"), [("2023-02-01", "NOT_MET"), ("2023-02-02", "NA")])
def test_an_example_had_to_be_there_on_the_day_of_the_first_plan(at: str, status: str) -> None:
    assert examples(offered("I20", shared(at))).status == status


@pytest.mark.parametrize(("withdrawn", "status"), [("2023-02-01", "NA"), ("2023-02-02", "NOT_MET")])
def test_an_example_that_was_taken_back_by_then_was_not_available(withdrawn: str, status: str) -> None:
    assert examples(offered("I20", shared("2022-12-01", withdrawn))).status == status


def test_one_of_several_sharings_on_that_day_is_enough() -> None:
    other = offered("I20", shared("2022-01-01", "2022-02-01"))
    held = type(other.initiative)(
        code="I20",
        title="Elders",
        insurer="menzis",
        proposed_on=day("2021-01-01"),
        directions=(serves("T1.1", "2022-01-01"),),
        sharings=(shared("2022-01-01", "2022-02-01"), shared("2022-12-01")),
    )
    assert examples(other).status == "NA"
    assert examples(Example("ZAN", held)).status == "NOT_MET"


def test_an_example_of_another_direction_or_of_the_own_region_does_not_count() -> None:
    other = offered("I20", shared("2022-12-01"), serves("T2.1", "2022-01-01"))
    own = offered("I21", shared("2022-12-01"), cooperation="WOL")
    assert said(examples(other, own)) == ("NA", "geen voorbeeld beschikbaar")


def test_the_first_plan_decides_not_a_later_one() -> None:
    plans = (plan("2024-01-01", version=2), plan("2023-02-01"))
    assert examples(offered("I20", shared("2023-06-01")), plans=plans).status == "NA"


def test_available_examples_are_named() -> None:
    found = examples(offered("I21", shared("2022-12-01")), offered("I20", shared("2022-12-01")))
    assert said(found) == ("NOT_MET", "beschikbaar: I20, I21")
    assert en(found) == "available: I20, I21"


@pytest.mark.parametrize(
    ("outcome", "reason", "told"),
    [
        (ExampleOutcome.USED, None, ("MET", "I20 gebruikt")),
        (ExampleOutcome.CONSIDERED, "Past niet bij het HIS", ("MET", "I20 overwogen")),
        (ExampleOutcome.CONSIDERED, " ", ("NOT_MET", "beschikbaar: I20")),
        (ExampleOutcome.IGNORED, "Geen tijd", ("NOT_MET", "beschikbaar: I20")),
    ],
)
def test_an_example_is_used_or_considered_with_a_reason(
    outcome: ExampleOutcome, reason: str | None, told: tuple[str, str]
) -> None:
    found = examples(offered("I20", shared("2022-12-01")), good_examples=(looked_at("I20", outcome, reason=reason),))
    assert said(found) == told


def test_looking_at_something_else_than_a_candidate_does_not_count() -> None:
    found = examples(offered("I20", shared("2022-12-01")), good_examples=(looked_at("I99", ExampleOutcome.USED),))
    assert found.status == "NOT_MET"


def test_a_used_example_is_named_before_a_considered_one() -> None:
    looked = (looked_at("I20", ExampleOutcome.CONSIDERED, reason="Te duur"), looked_at("I21", ExampleOutcome.USED))
    found = examples(offered("I20", shared("2022-12-01")), offered("I21", shared("2022-12-01")), good_examples=looked)
    assert said(found) == ("MET", "I21 gebruikt")


def test_a_look_of_later_is_not_known_yet() -> None:
    looked = (looked_at("I20", ExampleOutcome.USED, "2023-05-01"),)
    other = offered("I20", shared("2022-12-01"))
    assert examples(other, good_examples=looked, as_of="2023-04-30").status == "NOT_MET"
    assert examples(other, good_examples=looked, as_of="2023-05-01").status == "MET"


# --- R50 ---

FOR_PATIENTS = stated(StatementKind.PATIENT_FACING, "2022-08-30")


def accessibility(at: str, result: enums.TestResult) -> AccessibilityTest:
    found = on(at)
    assert found is not None
    return AccessibilityTest(tested_on=found, result=result)


def accessible(*tests: AccessibilityTest, as_of: str = TODAY, statements: tuple[Any, ...] = (FOR_PATIENTS,)) -> Finding:
    return asked_of("accessibility_test", initiative(statements=statements, accessibility_tests=tests), as_of)


def test_what_patients_do_not_use_needs_no_test() -> None:
    assert said(accessible(statements=())) == ("NA", "niet gericht op patiënten")
    later = stated(StatementKind.PATIENT_FACING, "2023-08-30", holds=False)
    assert accessible(statements=(later, FOR_PATIENTS)).status == "NA"
    assert accessible(statements=(later, FOR_PATIENTS), as_of="2023-08-29").status == "ADVISORY"


def test_what_patients_use_asks_for_a_test() -> None:
    assert said(accessible()) == ("ADVISORY", "geen toets")


@pytest.mark.parametrize("result", [enums.TestResult.ACCESSIBLE, enums.TestResult.ACCESSIBLE_WITH_POINTS])
def test_a_test_with_or_without_points_is_enough(result: enums.TestResult) -> None:
    found = accessible(accessibility("2023-05-01", result))
    assert said(found) == ("MET", f"getoetst op 2023-05-01: {result}")


def test_the_latest_test_counts() -> None:
    tests = (
        accessibility("2024-05-01", enums.TestResult.NOT_ACCESSIBLE),
        accessibility("2023-05-01", enums.TestResult.ACCESSIBLE),
    )
    assert accessible(*tests, as_of="2024-04-30").status == "MET"
    assert said(accessible(*tests)) == ("ADVISORY", "laatste toets: niet toegankelijk")


def test_the_advice_holds_for_every_insurer() -> None:
    held = initiative(insurer="zorg_en_zekerheid", statements=(FOR_PATIENTS,), planned_start_on=day(START))
    assert asked_of("accessibility_test", held, TODAY).status == "ADVISORY"
