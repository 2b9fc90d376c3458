"""What an initiative set out to reach: from its baseline to its target, with what was measured (pages.md 4.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from tracker.domain.records.enums import Better
from tracker.domain.records.periods import Measurement
from tracker.domain.records.plan import Indicator, Target


class GoalState(StrEnum):
    """How a goal stands on a day."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    TOO_EARLY = "too_early"
    """Nothing was measured yet, and the day of the target has not passed."""
    NOT_MEASURED = "not_measured"
    """Nothing was measured although the day of the target has passed."""
    NO_TARGET = "no_target"


class Goal(msgspec.Struct, frozen=True, gc=False):
    """One indicator on a day. Shares run from 0 (baseline) to 1 (target); they may lie outside."""

    indicator: Indicator
    state: GoalState
    start: Measurement | None
    now: Measurement | None
    target: Target | None
    replaced: tuple[Target, ...]
    """Earlier targets, newest first: they stay on record when a target is changed."""
    reached: Decimal | None
    expected: Decimal | None
    """How far it would be on the day at an even pace from the baseline to the target."""


def goal_on(indicator: Indicator, as_of: date) -> Goal:
    """How an indicator stands on a day; the indicator is as seen on that day.

    The target that was set last holds; the even pace is ours and is said so on the screen.
    """
    targets = sorted(indicator.targets, key=lambda item: (item.set_on, item.due_on))
    target = targets[-1] if targets else None
    now = max(indicator.measurements, key=lambda item: item.measured_on, default=None)
    start = indicator.baseline
    reached = _share(start, target, now.value) if now is not None else None
    expected = _expected(start, target, as_of)
    state = _state(indicator, now, target, reached, expected, as_of)
    return Goal(indicator, state, start, now, target, tuple(reversed(targets[:-1])), reached, expected)


def _share(start: Measurement | None, target: Target | None, value: Decimal) -> Decimal | None:
    if start is None or target is None or target.value == start.value:
        return None
    return (value - start.value) / (target.value - start.value)


def _expected(start: Measurement | None, target: Target | None, as_of: date) -> Decimal | None:
    if start is None or target is None or target.due_on <= start.measured_on:
        return None
    passed = (min(as_of, target.due_on) - start.measured_on).days
    return max(Decimal(passed) / (target.due_on - start.measured_on).days, Decimal(0))


def _state(
    indicator: Indicator,
    now: Measurement | None,
    target: Target | None,
    reached: Decimal | None,
    expected: Decimal | None,
    as_of: date,
) -> GoalState:
    if target is None:
        return GoalState.NO_TARGET
    if now is None:
        return GoalState.TOO_EARLY if as_of <= target.due_on else GoalState.NOT_MEASURED
    higher = indicator.better is Better.HIGHER
    if now.value >= target.value if higher else now.value <= target.value:
        return GoalState.REACHED
    if reached is not None and expected is not None and as_of <= target.due_on and reached >= expected:
        return GoalState.ON_COURSE
    return GoalState.BEHIND
