"""What can be seen on a day: facts of then, and nothing that came later but promises."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain import invented
from tests.domain.invented import FIRST, LAST, Inventor, unlike, with_later_facts
from tests.domain.roadmap_facts import (
    contract,
    day,
    direction,
    lead,
    mandate,
    practice,
    region,
    support,
    texts,
    vision,
)
from tracker.domain.records.base import Record, Sort, children_of, scalars_of
from tracker.domain.records.enums import Better, Phase, UseRole, VisionPart
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.periods import Measurement, Period
from tracker.domain.records.plan import Indicator, Milestone, MilestoneMove, Plan
from tracker.domain.records.practice import ComponentUse
from tracker.domain.visibility import seen, seen_all, visible_from

seeds = st.integers(0, 2**32)
days = st.dates(FIRST, LAST)


# --- one by one ------------------------------------------------------------------------------------------------------


def test_a_record_is_seen_from_its_own_day() -> None:
    cmio = lead("2022-07-01")
    assert seen(cmio, day("2022-06-30")) is None
    assert seen(cmio, day("2022-07-01")) is cmio


def test_an_agreed_end_may_lie_ahead() -> None:
    cmio = lead("2022-07-01", "2030-01-01")
    assert seen(cmio, day("2022-07-01")) is cmio


def test_a_termination_is_hidden_until_its_day_while_the_agreed_end_is_not() -> None:
    held = contract("2023-01-02", "2024-01-01", "2030-12-31", terminated_on=day("2024-05-31"))
    before = seen(held, day("2024-05-30"))
    assert before is not None
    assert (before.terminated_on, before.ends_on, before.starts_on) == (None, day("2030-12-31"), day("2024-01-01"))
    assert seen(held, day("2024-05-31")) is held


def test_a_concept_is_seen_from_its_draft_without_the_day_of_its_adoption() -> None:
    held = vision("2022-06-20", drafted_on="2022-03-17")
    assert seen(held, day("2022-03-16")) is None
    concept = seen(held, day("2022-03-17"))
    assert concept is not None
    assert concept.adopted_on is None
    assert seen(held, day("2022-06-20")) is held


def test_a_vision_drafted_after_its_adoption_is_seen_from_the_earliest_of_both() -> None:
    assert visible_from(vision("2022-06-20", drafted_on="2022-07-01")) == day("2022-06-20")


def test_texts_and_support_are_seen_from_their_own_days_and_not_before_their_version() -> None:
    held = vision("2022-06-20", texts=texts("2022-01-01", VisionPart.URGENCY), support=(support("2022-09-01"),))
    assert seen(held, day("2022-06-19")) is None
    at_first = seen(held, day("2022-06-20"))
    assert at_first is not None
    assert (len(at_first.texts), at_first.support) == (1, ())
    assert seen(held, day("2022-09-01")) is held


def test_a_practice_is_seen_from_its_first_membership() -> None:
    held = practice("P1", ("2024-01-01", None), ("2022-01-01", "2022-12-31"))
    assert seen(held, day("2021-12-31")) is None
    first = seen(held, day("2022-01-01"))
    assert first is not None
    assert [item.from_on for item in first.memberships] == [day("2022-01-01")]
    assert seen(held, day("2024-01-01")) is held


def test_a_direction_is_seen_from_its_first_phase_and_never_without_one() -> None:
    held = direction("T1.1", ("2023-01-01", Phase.PILOT), ("2022-12-05", Phase.SELECTED))
    assert seen(held, day("2022-12-04")) is None
    assert seen(held, day("2022-12-05")) is not None
    assert seen(direction("T2.1"), day("2100-12-31")) is None


def test_nothing_of_an_initiative_is_seen_before_it_was_proposed() -> None:
    use = ProductUse(product="P01", version="1", role=UseRole.OBJECT, from_on=day("2020-01-01"))
    held = Initiative(code="I1", title="T", insurer="menzis", proposed_on=day("2023-01-01"), uses=(use,))
    assert seen(held, day("2022-12-31")) is None
    assert seen(held, day("2023-01-01")) is held


def test_the_start_and_end_of_an_initiative_are_hidden_until_they_come_but_not_its_planned_start() -> None:
    held = Initiative(
        code="I1",
        title="T",
        insurer="menzis",
        proposed_on=day("2023-01-01"),
        planned_start_on=day("2023-06-01"),
        started_on=day("2023-07-01"),
        ended_on=day("2024-07-01"),
    )
    early = seen(held, day("2023-01-01"))
    running = seen(held, day("2023-07-01"))
    assert early is not None
    assert running is not None
    assert (early.planned_start_on, early.started_on, early.ended_on) == (day("2023-06-01"), None, None)
    assert (running.started_on, running.ended_on) == (day("2023-07-01"), None)


def test_a_milestone_is_seen_with_its_plan_and_its_move_from_the_decision() -> None:
    move = MilestoneMove(moved_on=day("2024-02-01"), due_on=day("2025-01-01"), reason="Meer tijd")
    milestone = Milestone(code="m1", title="M", due_on=day("2024-06-01"), done_on=day("2024-09-01"), moves=(move,))
    held = Plan(version=1, adopted_on=day("2023-09-18"), milestones=(milestone,))
    at_first = seen(held, day("2023-09-18"))
    assert at_first is not None
    assert at_first.milestones[0].due_on == day("2024-06-01")
    assert (at_first.milestones[0].moves, at_first.milestones[0].done_on) == ((), None)
    moved = seen(held, day("2024-02-01"))
    assert moved is not None
    assert moved.milestones[0].moves == (move,)


def test_a_measurement_is_seen_from_its_report_else_from_its_own_day() -> None:
    told_later = Measurement(measured_on=day("2023-01-01"), reported_on=day("2023-03-01"), value=1)
    told_at_once = Measurement(measured_on=day("2023-01-01"), value=1)
    assert seen(told_later, day("2023-02-28")) is None
    assert seen(told_later, day("2023-03-01")) is told_later
    assert seen(told_at_once, day("2023-01-01")) is told_at_once
    indicator = Indicator(code="i1", name="N", unit="%", better=Better.HIGHER, baseline=told_later)
    hidden = seen(indicator, day("2023-02-28"))
    assert hidden is not None
    assert hidden.baseline is None


def test_evidence_is_seen_from_its_receipt_else_with_its_record() -> None:
    received = Evidence(title="A", received_on=day("2023-01-10"))
    held = vision("2022-06-20", evidence=(received, Evidence(title="B")))
    early = seen(held, day("2023-01-09"))
    assert early is not None
    assert [piece.title for piece in early.evidence] == ["B"]
    assert seen(held, day("2023-01-10")) is held


def test_having_a_service_is_seen_before_using_it() -> None:
    held = ComponentUse(component="T1.1a", available_from=day("2022-03-01"), used_from=day("2022-05-09"))
    had = seen(held, day("2022-05-08"))
    assert had is not None
    assert had.used_from is None


def test_a_withdrawn_mandate_still_holds_the_day_before() -> None:
    held = mandate("P1", "2023-01-11", "2025-09-01")
    before = seen(held, day("2025-08-31"))
    assert before is not None
    assert before.withdrawn_on is None


def test_a_round_is_locked_from_the_day_it_was() -> None:
    held = Round(number=1, held_on=day("2023-11-01"), locked_on=day("2023-11-08"))
    open_round = seen(held, day("2023-11-07"))
    assert open_round is not None
    assert open_round.locked_on is None


def test_a_region_is_always_there_and_empty_before_its_first_fact() -> None:
    empty = seen(region(ict_leads=(lead("2022-07-01"),)), day("1990-01-01"))
    assert empty is not None
    assert (empty.ict_leads, empty.insurers) == ((), ())


def test_what_hides_nothing_is_the_same_record() -> None:
    held = (Period(from_on=day("2020-01-01")), Period(from_on=day("2024-01-01")))
    assert seen_all(held, day("2024-01-01")) == held
    assert seen_all(held, day("2023-12-31")) == held[:1]


# --- for every kind --------------------------------------------------------------------------------------------------


def every_day(record: Record) -> Iterator[tuple[Record, str, date]]:
    """Every day inside a record and its children that is no promise."""
    for item in scalars_of(type(record)):
        value = getattr(record, item.attribute)
        agreed_ahead = item.is_promise or (item.required and value != visible_from(record))
        if item.sort is Sort.DAY and value is not None and not agreed_ahead:
            yield record, item.attribute, value
    for item in children_of(type(record)):
        held = getattr(record, item.attribute)
        for child in held if item.many else filter(None, [held]):
            yield from every_day(child)


@given(seeds, days)
@settings(max_examples=60, deadline=None)
def test_no_day_that_is_still_to_come_can_be_seen(seed: int, as_of: date) -> None:
    found = seen(invented.region(seed), as_of)
    assert found is not None
    assert [(type(record).__name__, name) for record, name, on in every_day(found) if on > as_of] == []


@given(seeds, days)
@settings(max_examples=60, deadline=None)
def test_later_facts_are_not_seen(seed: int, as_of: date) -> None:
    dossier = invented.region(seed)
    later = Inventor(seed + 1, as_of + timedelta(days=1), LAST + timedelta(days=900), mark="later")
    more = with_later_facts(dossier, later, as_of)
    assert unlike(seen(more, as_of), seen(dossier, as_of)) == []


@given(seeds, days)
@settings(max_examples=40, deadline=None)
def test_looking_twice_shows_nothing_less(seed: int, as_of: date) -> None:
    once = seen(invented.region(seed), as_of)
    assert once is not None
    assert unlike(seen(once, as_of), once) == []
    assert seen(once, as_of) is once, "what hides nothing is the same record"


@given(seeds, days, days)
@settings(max_examples=40, deadline=None)
def test_looking_later_first_changes_nothing(seed: int, one_day: date, other_day: date) -> None:
    early, late = sorted((one_day, other_day))
    dossier = invented.region(seed)
    then = seen(dossier, late)
    assert then is not None
    assert unlike(seen(then, early), seen(dossier, early)) == []


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_after_the_last_day_everything_dated_is_seen(seed: int) -> None:
    """Only a practice without membership and a direction without phase are never seen."""
    dossier = invented.region(seed)
    whole = msgspec.structs.replace(
        dossier,
        practices=tuple(item for item in dossier.practices if item.memberships),
        directions=tuple(item for item in dossier.directions if item.phases),
    )
    assert unlike(seen(dossier, date(2100, 12, 31)), whole) == []


def test_invented_regions_hold_facts_of_nearly_every_kind() -> None:
    """The properties above would be empty words if the inventor invented nothing."""
    met: set[str] = set()

    def walk(record: Record) -> None:
        met.add(record.declared.name)
        for item in children_of(type(record)):
            held = getattr(record, item.attribute)
            for child in held if item.many else filter(None, [held]):
                walk(child)

    for seed in range(20):
        walk(invented.region(seed))
    assert len(met) >= 55


@pytest.mark.parametrize("seed", range(3))
def test_later_facts_are_really_added(seed: int) -> None:
    dossier = invented.region(seed)
    later = Inventor(seed, day("2027-06-01"), day("2028-01-01"), mark="later")
    more = with_later_facts(dossier, later, day("2027-05-31"))
    assert len(repr(more)) > len(repr(dossier)) * 1.2
