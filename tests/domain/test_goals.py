"""A goal from its baseline to its target."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.goals import Goal, GoalState, goal_on
from tracker.domain.records.enums import Better
from tracker.domain.records.periods import Measurement
from tracker.domain.records.plan import Indicator, Target


def measured(day: str, value: int) -> Measurement:
    """A value on a day."""
    return Measurement(measured_on=date.fromisoformat(day), value=Decimal(value))


def target(day: str, due: str, value: int, reason: str | None = None) -> Target:
    """A target set on a day."""
    return Target(set_on=date.fromisoformat(day), due_on=date.fromisoformat(due), value=Decimal(value), reason=reason)


FIRST = target("2024-01-01", "2024-12-31", 60)


def goal(value: int | None, day: str = "2024-07-01", better: Better = Better.HIGHER, start: int = 10) -> Goal:
    """A goal from `start` on 1 January to 60 on 31 December, with one value on 1 July."""
    indicator = Indicator(
        code="p1",
        name="Bereik",
        unit="%",
        better=better,
        baseline=measured("2024-01-01", start),
        targets=(FIRST,),
        measurements=() if value is None else (measured("2024-07-01", value),),
    )
    return goal_on(indicator, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("value", "state"),
    [(60, GoalState.REACHED), (59, GoalState.ON_COURSE), (35, GoalState.ON_COURSE), (34, GoalState.BEHIND)],
)
def test_the_even_pace_decides_between_on_course_and_behind(value: int, state: GoalState) -> None:
    assert goal(value).state is state


def test_after_the_day_of_the_target_only_the_target_counts() -> None:
    assert goal(59, "2024-12-31").state is GoalState.BEHIND
    assert goal(59, "2025-01-01").state is GoalState.BEHIND
    assert goal(60, "2025-01-01").state is GoalState.REACHED


def test_without_a_measurement_it_is_too_early_until_the_day_of_the_target() -> None:
    assert goal(None, "2024-12-31").state is GoalState.TOO_EARLY
    assert goal(None, "2025-01-01").state is GoalState.NOT_MEASURED


def test_a_goal_that_must_fall_is_reached_from_above() -> None:
    assert goal(60, better=Better.LOWER, start=100).state is GoalState.REACHED
    assert goal(61, better=Better.LOWER, start=100).reached == Decimal(39) / 40
    assert goal(110, better=Better.LOWER, start=100).reached == Decimal(-10) / 40


def test_a_target_that_was_set_later_holds_and_the_earlier_one_stays() -> None:
    later = target("2024-06-01", "2025-06-30", 80, "Meer tijd nodig.")
    found = goal_on(Indicator(code="p1", name="Bereik", unit="%", targets=(later, FIRST)), date(2024, 7, 1))
    assert found.target == later
    assert found.replaced == (FIRST,)


def test_without_a_target_nothing_is_judged() -> None:
    found = goal_on(Indicator(code="p1", name="Bereik", unit="%"), date(2024, 7, 1))
    assert found.state is GoalState.NO_TARGET
    assert found.reached is None
