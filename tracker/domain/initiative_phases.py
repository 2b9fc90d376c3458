"""Through which phases an initiative goes: start, scale up, extend, sustain, ended (M:278-280)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from tracker.domain.records.enums import InitiativePhaseName
from tracker.domain.records.initiative import Initiative


class StepState(StrEnum):
    """Where a phase stands on the day."""

    DONE = "done"
    CURRENT = "current"
    SKIPPED = "skipped"
    FUTURE = "future"


class PhaseStep(msgspec.Struct, frozen=True, gc=False):
    """One phase with the first day on which it was reached."""

    phase: InitiativePhaseName
    state: StepState
    reached_on: date | None


_ORDER = list(InitiativePhaseName)


def current_phase(initiative: Initiative) -> InitiativePhaseName | None:
    """The phase on the day; empty before the start. Of one day the furthest counts; an end that came outweighs all."""
    if initiative.ended_on is not None:
        return InitiativePhaseName.ENDED
    last = max(initiative.phases, key=lambda item: (item.reached_on, _ORDER.index(item.phase)), default=None)
    if last is not None:
        return last.phase
    return InitiativePhaseName.START if initiative.started_on is not None else None


def phase_steps(initiative: Initiative) -> tuple[PhaseStep, ...]:
    """Every phase in order. A phase before the current one that was never recorded was skipped.

    The initiative is as seen on the day.
    """
    reached: dict[InitiativePhaseName, date] = {}
    for item in sorted(initiative.phases, key=lambda held: held.reached_on):
        reached.setdefault(item.phase, item.reached_on)
    if initiative.started_on is not None:
        reached.setdefault(InitiativePhaseName.START, initiative.started_on)
    if initiative.ended_on is not None:
        reached.setdefault(InitiativePhaseName.ENDED, initiative.ended_on)
    now = current_phase(initiative)
    place = -1 if now is None else _ORDER.index(now)
    return tuple(
        PhaseStep(phase, _state(index, place, phase in reached, now), reached.get(phase))
        for index, phase in enumerate(_ORDER)
    )


def _state(index: int, place: int, is_reached: bool, now: InitiativePhaseName | None) -> StepState:
    if index == place:
        return StepState.CURRENT
    if index > place:
        return StepState.FUTURE
    # What ends early skipped nothing: the phases after its last one simply never came.
    if not is_reached:
        return StepState.FUTURE if now is InitiativePhaseName.ENDED else StepState.SKIPPED
    return StepState.DONE
