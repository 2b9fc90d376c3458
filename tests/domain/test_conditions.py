"""R12-R14, R16-R18 and R23: where an initiative comes from, what was agreed and its plan."""

import pytest

from tests.domain.initiative_facts import (
    START,
    agreed,
    asked_of,
    carried_vision,
    initiative,
    joined,
    plan,
    preferred,
    serves,
    stated,
    step,
)
from tests.domain.roadmap_facts import day, en, said, vision
from tracker.domain.conditions import due_day
from tracker.domain.finding import Finding
from tracker.domain.records.enums import EvidenceStrength, Phase, StatementKind
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.initiative import Initiative, Statement

TODAY = "2026-10-01"
CHOSEN = preferred("T1.1", ("2022-08-15", Phase.SELECTED), ("2024-02-01", Phase.STOPPED))

# --- R12 ---


def test_an_initiative_names_the_preferred_directions_it_comes_from() -> None:
    found = asked_of(
        "from_direction", initiative(directions=(serves("T2.1"), serves("T1.1"))), "2023-06-01", directions=(CHOSEN,)
    )
    assert said(found) == ("MET", "T1.1, T2.1")


def test_a_direction_the_region_did_not_choose_counts_but_is_said() -> None:
    found = asked_of("from_direction", initiative(directions=(serves("T4.2"),)), "2023-06-01", directions=(CHOSEN,))
    assert said(found) == ("MET", "T4.2; geen voorkeursrichting van de regio")
    assert en(found) == "T4.2; not a preferred direction"


@pytest.mark.parametrize(("as_of", "preferred"), [("2022-08-14", False), ("2022-08-15", True), ("2024-02-01", False)])
def test_a_direction_is_preferred_from_its_choice_until_it_is_stopped(as_of: str, preferred: bool) -> None:
    found = asked_of("from_direction", initiative(directions=(serves("T1.1"),)), as_of, directions=(CHOSEN,))
    assert ("geen voorkeursrichting" not in said(found)[1]) is preferred


def test_an_initiative_without_a_direction_does_not_meet_the_condition() -> None:
    assert said(asked_of("from_direction", initiative(), TODAY)) == ("NOT_MET", "komt niet uit een oplossingsrichting")


@pytest.mark.parametrize(("as_of", "status"), [("2023-05-31", "MET"), ("2023-06-01", "NOT_MET")])
def test_a_direction_counts_up_to_and_on_its_last_day(as_of: str, status: str) -> None:
    held = initiative(directions=(serves("T1.1", end="2023-05-31"),))
    assert asked_of("from_direction", held, as_of).status == status


def test_an_ended_initiative_is_judged_on_its_last_day() -> None:
    held = initiative(ended="2023-05-31", directions=(serves("T1.1", end="2023-05-31"),))
    assert said(asked_of("from_direction", held, TODAY, directions=(CHOSEN,))) == ("MET", "T1.1")


# --- R13 ---

BASED = stated(StatementKind.BASED_ON_VISION, "2022-08-30")
FIT = stated(StatementKind.IMPLEMENTABLE, "2022-08-30")


def based(*statements: Statement, started: str | None = START, as_of: str = TODAY, visions: object = None) -> Finding:
    held = initiative(started, statements=statements)
    return asked_of("based_on_vision", held, as_of, visions=(carried_vision(),) if visions is None else visions)


def test_without_a_vision_an_initiative_is_based_on_nothing() -> None:
    assert said(based(BASED, FIT, visions=())) == ("NOT_MET", "geen vastgestelde visie")


def test_a_concept_is_no_vision_to_be_based_on() -> None:
    assert based(BASED, FIT, visions=(vision(None, drafted_on="2022-06-10"),)).status == "NOT_MET"


def test_a_withdrawn_vision_is_no_vision_from_that_day() -> None:
    held = (vision("2022-05-18", withdrawn_on="2024-01-01", support=carried_vision().support),)
    assert based(BASED, FIT, visions=held, as_of="2023-12-31").status == "MET"
    assert based(BASED, FIT, visions=held, as_of="2024-01-01").status == "NOT_MET"


def test_a_statement_that_says_no_comes_before_one_that_is_missing() -> None:
    found = based(stated(StatementKind.IMPLEMENTABLE, "2022-08-30", holds=False))
    assert said(found) == ("NOT_MET", "niet implementable")


def test_only_the_latest_statement_counts() -> None:
    later = stated(StatementKind.BASED_ON_VISION, "2024-01-01", holds=False)
    assert based(later, FIT, BASED, as_of="2023-12-31").status == "MET"
    assert said(based(later, FIT, BASED, as_of="2024-01-01")) == ("NOT_MET", "niet based_on_vision")


def test_a_missing_statement_is_pending_before_the_start_and_a_breach_on_it() -> None:
    before = based(BASED, as_of="2023-02-28")
    assert said(before) == ("PENDING", "verklaring ontbreekt: implementable")
    assert en(before) == "statement missing: implementable"
    assert based(BASED, as_of=START).status == "NOT_MET"


def test_both_missing_statements_are_named() -> None:
    assert said(based()) == ("NOT_MET", "verklaring ontbreekt: based_on_vision, implementable")


def test_the_planned_start_is_the_day_a_missing_statement_is_due() -> None:
    held = initiative(None, planned_start_on=day("2023-03-01"))
    assert asked_of("cost_and_outcome_potential", held, "2023-03-01").due_on == day("2023-03-01")
    assert asked_of("cost_and_outcome_potential", held, "2023-03-02").due_on is None


def test_an_initiative_on_a_vision_the_members_do_not_carry_is_half_based() -> None:
    found = based(BASED, FIT, visions=(carried_vision(supported=False),))
    assert said(found) == ("PARTIAL", "visie niet gedragen")
    assert said(based(BASED, FIT, visions=(vision("2022-05-18"),))) == ("PARTIAL", "visie niet gedragen")


def test_an_initiative_on_a_supported_vision_meets_the_condition() -> None:
    found = based(BASED, FIT)
    assert said(found) == ("MET", "gebaseerd op een gedragen visie")
    assert found.proof is EvidenceStrength.DECLARED
    assert [type(record).__name__ for record in found.records] == ["Statement", "Statement", "Vision", "VisionSupport"]


def test_an_older_initiative_may_be_adopted_into_a_later_vision() -> None:
    held = (carried_vision("2024-06-12"),)
    assert based(BASED, FIT, visions=held, as_of="2024-06-11").status == "NOT_MET"
    assert based(BASED, FIT, visions=held, as_of="2024-06-12").status == "MET"


# --- R14 ---

COSTS = stated(StatementKind.COST_POTENTIAL, "2022-08-30")
OUTCOMES = stated(StatementKind.OUTCOME_POTENTIAL, "2022-08-30")


def potential(*statements: Statement, as_of: str = TODAY) -> Finding:
    return asked_of("cost_and_outcome_potential", initiative(statements=statements), as_of)


def test_costs_and_outcomes_are_both_described() -> None:
    assert said(potential(COSTS, OUTCOMES)) == ("MET", "beide beschreven")


def test_a_potential_that_is_denied_is_not_substantiated() -> None:
    denied = stated(StatementKind.COST_POTENTIAL, "2023-08-30", holds=False)
    assert said(potential(COSTS, denied, OUTCOMES)) == ("NOT_MET", "niet onderbouwd: cost_potential")


def test_a_missing_description_waits_for_the_start() -> None:
    assert said(potential(COSTS, as_of="2023-02-28")) == ("PENDING", "nog niet beschreven: outcome_potential")
    found = potential(COSTS, as_of=START)
    assert said(found) == ("NOT_MET", "niet beschreven: outcome_potential")
    assert en(found) == "not described: outcome_potential"


def test_a_statement_without_words_describes_nothing() -> None:
    empty = stated(StatementKind.OUTCOME_POTENTIAL, "2022-08-30", text=" ")
    assert potential(COSTS, empty).status == "NOT_MET"


# --- R16 ---


def goals(held: Initiative, as_of: str = TODAY) -> Finding:
    return asked_of("goals_agreed_at_start", held, as_of)


def test_goals_wait_for_the_start_even_when_they_are_agreed() -> None:
    held = initiative(agreements=(agreed("2022-09-20"),), planned_start_on=day(START))
    found = goals(held, "2023-02-28")
    assert (*said(found), found.due_on) == ("PENDING", "nog niet gestart", day(START))


def test_on_the_start_without_an_agreement_the_condition_is_broken() -> None:
    assert said(goals(initiative(), START)) == ("NOT_MET", "geen afspraken")


@pytest.mark.parametrize(
    ("objectives", "outcomes", "reason"),
    [
        (0, 1, "geen doelstellingen; 31 dagen te laat"),
        (1, 0, "geen uitkomsten; 31 dagen te laat"),
        (0, 0, "geen doelstellingen en uitkomsten; 31 dagen te laat"),
    ],
)
def test_half_an_agreement_says_what_is_missing_and_how_late(objectives: int, outcomes: int, reason: str) -> None:
    found = goals(initiative(agreements=(agreed("2023-02-01", objectives, outcomes),)), "2023-04-01")
    assert said(found) == ("PARTIAL", reason)
    assert found.days_late == 31


def test_half_an_agreement_is_not_late_on_the_day_of_the_start() -> None:
    found = goals(initiative(agreements=(agreed("2023-02-01", 1, 0),)), START)
    assert (*said(found), found.days_late) == ("PARTIAL", "geen uitkomsten", None)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2023-02-28", ("MET", "afgesproken op 2023-02-28")),
        ("2023-03-01", ("MET", "afgesproken op 2023-03-01")),
        ("2023-03-02", ("LATE", "volledig op 2023-03-02, 1 dagen na de start")),
    ],
)
def test_an_agreement_of_the_start_day_is_in_time_and_a_day_later_is_late(at: str, told: tuple[str, str]) -> None:
    assert said(goals(initiative(agreements=(agreed(at),)))) == told


def test_agreements_are_added_up_and_the_last_missing_part_sets_the_day() -> None:
    held = initiative(agreements=(agreed("2023-06-01", 0, 2), agreed("2023-07-01", 1, 0), agreed("2023-02-01", 1, 0)))
    found = goals(held)
    assert said(found) == ("LATE", "volledig op 2023-06-01, 92 dagen na de start")
    assert (found.due_on, found.days_late) == (day(START), 92)
    assert len(found.records) == 2


def test_outcomes_agreed_twice_count_from_the_first_time() -> None:
    held = initiative(agreements=(agreed("2022-09-20", 1, 1), agreed("2024-01-01", 0, 1), agreed("2025-01-01", 1, 0)))
    assert said(goals(held)) == ("MET", "afgesproken op 2022-09-20")


def test_what_one_of_two_agreements_holds_is_not_missing() -> None:
    held = initiative(agreements=(agreed("2023-02-01", 0, 0), agreed("2023-02-02", 1, 0)))
    assert said(goals(held, START))[1] == "geen uitkomsten"
    held = initiative(agreements=(agreed("2023-02-01", 0, 0), agreed("2023-02-02", 0, 1)))
    assert said(goals(held, START))[1] == "geen doelstellingen"


# --- R17 ---


def recorded(*plans: object, started: str | None = START, as_of: str = TODAY) -> Finding:
    return asked_of("plan_recorded", initiative(started, plans=plans), as_of)


def test_a_plan_is_not_missed_before_the_start() -> None:
    assert said(recorded(as_of="2023-02-28")) == ("PENDING", "nog geen plan")
    assert said(recorded(as_of=START)) == ("NOT_MET", "geen plan")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2023-03-01", ("MET", "vastgesteld op 2023-03-01")),
        ("2023-03-02", ("LATE", "vastgesteld op 2023-03-02, 1 dagen na de start")),
    ],
)
def test_a_plan_of_the_start_day_is_in_time_and_a_day_later_is_late(at: str, told: tuple[str, str]) -> None:
    found = recorded(plan(at))
    assert said(found) == told
    assert found.days_late == (1 if told[0] == "LATE" else None)


def test_a_plan_before_any_start_already_meets_the_condition() -> None:
    assert said(recorded(plan("2022-09-26"), started=None)) == ("MET", "vastgesteld op 2022-09-26")


def test_a_later_version_never_makes_the_first_plan_late() -> None:
    assert said(recorded(plan("2024-01-01", version=2), plan("2022-09-26"))) == ("MET", "vastgesteld op 2022-09-26")


# --- R18 ---


def executed(*plans: object, started: str | None = START, as_of: str = TODAY) -> Finding:
    return asked_of("plan_executed", initiative(started, plans=plans), as_of)


def test_without_a_plan_nothing_is_known_of_its_execution() -> None:
    assert said(executed(as_of="2023-02-28")) == ("PENDING", "nog geen plan")
    assert said(executed(as_of=START)) == ("UNKNOWN", "geen plan om aan te toetsen")


def test_nothing_is_due_before_the_start_or_before_the_first_milestone() -> None:
    held = plan("2022-09-26", step("m1", "2022-12-01"), step("m2", "2023-06-01"))
    assert said(executed(held, as_of="2023-02-28")) == ("PENDING", "nog niets gepland t/m vandaag")
    later = executed(plan("2022-09-26", step("m2", "2023-06-01")), as_of="2023-05-31")
    assert (*said(later), later.due_on) == ("PENDING", "nog niets gepland t/m vandaag", day("2023-06-01"))


def test_a_milestone_is_due_on_its_day() -> None:
    held = plan("2022-09-26", step("m2", "2023-06-01"))
    assert said(executed(held, as_of="2023-06-01")) == ("ADVISORY", "1 over tijd")


def test_what_is_done_by_its_day_is_executed() -> None:
    held = plan("2022-09-26", step("m1", "2023-04-01", "2023-05-01"), step("m2", "2023-06-01", "2023-06-01"))
    assert said(executed(held, as_of="2023-04-30")) == ("ADVISORY", "1 over tijd")
    assert said(executed(held, as_of="2023-05-01")) == ("MET", "1 van 1 mijlpalen")
    assert said(executed(held, as_of="2023-06-01")) == ("MET", "2 van 2 mijlpalen")


def test_a_moved_milestone_is_due_on_its_new_day_and_stays_counted() -> None:
    held = plan("2022-09-26", step("m1", "2023-04-01", None, ("2023-03-20", "2023-07-01")), step("m2", "2023-03-10"))
    assert said(executed(held, as_of="2023-03-19")) == ("ADVISORY", "1 over tijd")
    assert said(executed(held, as_of="2023-04-01")) == ("ADVISORY", "1 over tijd; 1 verschoven")
    found = executed(held, as_of="2023-07-01")
    assert found.due_on == day("2023-03-10")
    assert said(found) == ("ADVISORY", "2 over tijd; 1 verschoven")
    assert en(found) == "2 overdue; 1 moved"


def test_the_latest_move_holds_and_done_milestones_say_what_moved() -> None:
    moved = step("m1", "2023-04-01", "2023-08-01", ("2023-06-20", "2023-09-01"), ("2023-03-20", "2023-07-01"))
    assert due_day(moved) == day("2023-09-01")
    assert said(executed(plan("2022-09-26", moved))) == ("MET", "1 van 1 mijlpalen; 1 verschoven")


def test_only_the_latest_plan_counts() -> None:
    first = plan("2022-09-26", step("m1", "2023-04-01"))
    second = plan("2024-01-01", step("m1", "2024-06-01", "2024-05-01"), version=2)
    assert executed(second, first, as_of="2023-12-31").status == "ADVISORY"
    assert said(executed(second, first)) == ("MET", "1 van 1 mijlpalen")


def test_of_two_plans_of_one_day_the_higher_version_counts() -> None:
    first = plan("2022-09-26", step("m1", "2023-04-01"))
    second = plan("2022-09-26", step("m1", "2023-04-01", "2023-04-01"), version=2)
    assert executed(second, first).status == "MET"


# --- R23 ---


def declared(*participants: object, as_of: str = TODAY, ended: str | None = None) -> Finding:
    return asked_of("no_double_funding_agreed", initiative(ended=ended, participants=participants), as_of)


def test_without_participants_there_is_nothing_to_agree() -> None:
    assert said(declared()) == ("NA", "geen deelnemende praktijken")
    assert declared(joined("WOL-01", "2023-04-01"), as_of="2023-03-31").status == "NA"


def test_declarations_count_from_the_day_they_are_signed() -> None:
    both = joined("WOL-01", signed="2023-03-01"), joined("WOL-02", signed="2023-05-01")
    assert said(declared(*both, as_of="2023-04-30")) == ("PARTIAL", "1 van 2 verklaringen")
    assert said(declared(*both, as_of="2023-05-01")) == ("MET", "2 van 2 verklaringen")
    assert said(declared(joined("WOL-01"), joined("WOL-02"))) == ("NOT_MET", "0 van 2 verklaringen")


def test_a_practice_that_left_is_not_asked_from_the_day_after() -> None:
    held = joined("WOL-01", signed="2023-03-01"), joined("WOL-02", left="2024-01-31")
    assert said(declared(*held, as_of="2024-01-31")) == ("PARTIAL", "1 van 2 verklaringen")
    assert said(declared(*held, as_of="2024-02-01")) == ("MET", "1 van 1 verklaringen")


def test_of_an_ended_initiative_the_practices_of_its_last_day_count() -> None:
    held = joined("WOL-01", left="2024-01-31"), joined("WOL-02", left="2023-12-31", signed="2023-03-01")
    assert said(declared(*held, ended="2024-01-31")) == ("NOT_MET", "0 van 1 verklaringen")


def test_a_practice_counts_once() -> None:
    held = joined("WOL-01"), joined("WOL-01", "2023-04-01", signed="2023-04-01")
    assert said(declared(*held)) == ("MET", "1 van 1 verklaringen")


# --- all of them ---


@pytest.mark.parametrize("kind", ["from_direction", "based_on_vision", "plan_recorded", "no_double_funding_agreed"])
def test_the_condition_of_another_insurer_is_not_applicable(kind: str) -> None:
    found = asked_of(kind, initiative(insurer="zorg_en_zekerheid"), TODAY, scope="insurer")
    assert said(found) == ("NA", "andere verzekeraar")


def test_an_adopted_plan_with_a_checked_decision_is_checked() -> None:
    piece = Evidence(title="Besluit", strength=EvidenceStrength.CHECKED, received_on=day("2023-05-01"))
    held = plan("2022-09-26")
    shown = type(held)(version=1, adopted_on=held.adopted_on, evidence=(piece,))
    assert recorded(shown, as_of="2023-04-30").proof is EvidenceStrength.DECLARED
    assert recorded(shown, as_of="2023-05-01").proof is EvidenceStrength.CHECKED
