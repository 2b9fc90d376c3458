"""Through which phases an initiative goes."""

from datetime import date

from tracker.domain.initiative_phases import StepState, current_phase, phase_steps
from tracker.domain.records.enums import InitiativePhaseName as Name
from tracker.domain.records.initiative import Initiative, InitiativePhase

START, END = date(2024, 3, 4), date(2025, 6, 30)


def initiative(*phases: Name, started: date | None = START, ended: date | None = None) -> Initiative:
    """An initiative that reached each phase a day later."""
    reached = tuple(InitiativePhase(reached_on=date(2024, 3, 4 + day), phase=name) for day, name in enumerate(phases))
    return Initiative(
        code="I",
        title="Plan",
        insurer="menzis",
        proposed_on=date(2024, 1, 1),
        started_on=started,
        ended_on=ended,
        phases=reached,
    )


def states(held: Initiative) -> list[StepState]:
    """The states of the five steps."""
    return [step.state for step in phase_steps(held)]


def test_before_the_start_every_step_lies_ahead() -> None:
    held = initiative(started=None)
    assert current_phase(held) is None
    assert set(states(held)) == {StepState.FUTURE}


def test_who_started_without_a_recorded_phase_is_starting() -> None:
    assert current_phase(initiative()) is Name.START
    assert phase_steps(initiative())[0].reached_on == START


def test_a_phase_that_was_passed_over_was_skipped() -> None:
    done, skipped, current, ahead, last = states(initiative(Name.START, Name.EXTEND))
    assert (done, skipped, current) == (StepState.DONE, StepState.SKIPPED, StepState.CURRENT)
    assert (ahead, last) == (StepState.FUTURE, StepState.FUTURE)


def test_an_end_outweighs_every_phase_and_skips_none() -> None:
    held = initiative(Name.START, Name.SCALE_UP, ended=END)
    assert current_phase(held) is Name.ENDED
    assert states(held) == [StepState.DONE, StepState.DONE, StepState.FUTURE, StepState.FUTURE, StepState.CURRENT]
    assert phase_steps(held)[-1].reached_on == END


def test_of_two_phases_on_one_day_the_furthest_counts() -> None:
    first, second = (InitiativePhase(reached_on=START, phase=name) for name in (Name.SCALE_UP, Name.START))
    held = Initiative(
        code="I", title="Plan", insurer="menzis", proposed_on=START, started_on=START, phases=(first, second)
    )
    assert current_phase(held) is Name.SCALE_UP
