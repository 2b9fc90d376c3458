"""Evaluating, sharing the outcome, steering, and what follows for the money (R19-R22, R56)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.initiatives import is_running, latest, plans_in_order
from tracker.domain.periods import months_later
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import ExtensionResult
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.evaluation import InitiativeEvaluation
from tracker.domain.records.funding import Extension
from tracker.domain.records.initiative import Initiative
from tracker.domain.rule_kinds import Need, Subject, View, rule

_NOT_STARTED = Pair("nog niet gestart", "not started")
_MISSED = Pair("evaluatie gemist, was gepland {date}", "evaluation missed, was due {date}")
_FIRST_DUE = Pair("eerste evaluatie uiterlijk {date}", "first evaluation due {date}")
_ENDED_BEFORE_DUE = Pair("beëindigd voor een evaluatie nodig was", "ended before one was due")
_NOT_ON_PLAN = Pair("evaluatie van {dates} ging niet over het plan", "evaluation of {dates} did not report on the plan")
_ONE_HELD = Pair("{n} evaluatie, laatste {date}", "{n} evaluation, last {date}")
_HELD = Pair("{n} evaluaties, laatste {date}", "{n} evaluations, last {date}")


@rule(Subject.INITIATIVE, reads=("initiative_evaluation", "plan"), interval_months=int, grace_months=int)
def evaluated_periodically(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R19: the results are evaluated periodically (M:310); the interval is the plan's own, else ours (Q-12)."""
    start = initiative.started_on
    if start is None:
        return Verdict(Status.PENDING, Reason(_NOT_STARTED))
    held, months = _in_order(initiative), _limit_months(initiative, need)
    running = is_running(initiative, view.as_of)
    last = max((item.held_on for item in held), default=start)
    next_due = next_evaluation_on(initiative, need)
    for earlier, later in pairwise(_checkpoints(initiative, start, held, view.as_of)):
        if later > months_later(earlier, months):
            missed = months_later(earlier, months)
            return Verdict(Status.NOT_MET, Reason(_MISSED, {"date": missed}), held, due_on=missed)
    if not held and running:
        return Verdict(Status.PENDING, Reason(_FIRST_DUE, {"date": next_due}), due_on=next_due)
    if not held:
        return Verdict(Status.NA, Reason(_ENDED_BEFORE_DUE))
    off_plan = tuple(item for item in held if not item.reports_on_plan)
    if off_plan:
        return Verdict(Status.PARTIAL, Reason(_NOT_ON_PLAN, {"dates": _days(off_plan)}), off_plan)
    text = _ONE_HELD if len(held) == 1 else _HELD
    due_on = next_due if running else None
    return Verdict(Status.MET, Reason(text, {"n": len(held), "date": last}), held, due_on=due_on)


def next_evaluation_on(initiative: Initiative, need: Need) -> date | None:
    """The last day for the next evaluation, whatever was missed before; None before the start."""
    if initiative.started_on is None:
        return None
    days = [initiative.started_on, *(item.held_on for item in initiative.evaluations)]
    return months_later(max(days), _limit_months(initiative, need))


def _in_order(initiative: Initiative) -> tuple[InitiativeEvaluation, ...]:
    return tuple(sorted(initiative.evaluations, key=lambda item: item.held_on))


def _days(evaluations: Sequence[InitiativeEvaluation]) -> tuple[date, ...]:
    return tuple(item.held_on for item in evaluations)


def _limit_months(initiative: Initiative, need: Need) -> int:
    """The interval of the latest plan, else the programme's, and the grace after it."""
    plans = plans_in_order(initiative)
    own = plans[-1].evaluation_interval_months if plans else None
    return (need.number("interval_months") if own is None else own) + need.number("grace_months")


def _checkpoints(
    initiative: Initiative, start: date, held: Sequence[InitiativeEvaluation], as_of: date
) -> tuple[date, ...]:
    """The start, every evaluation from then on, and the day itself; of an ended initiative its end if that is later."""
    days = [start, *(item.held_on for item in held if item.held_on > start)]
    until = as_of if is_running(initiative, as_of) else initiative.ended_on
    if until is not None and until > days[-1]:
        days.append(until)
    return tuple(days)


_NO_EVALUATION = Pair("nog geen evaluatie", "no evaluation yet")
_NOT_SHARED = Pair("niet gedeeld: {dates}", "not shared: {dates}")
_ONE_SHARED = Pair("evaluatie gedeeld", "evaluation shared")
_ALL_SHARED = Pair("alle {n} evaluaties gedeeld", "all {n} evaluations shared")


@rule(Subject.INITIATIVE, reads=("initiative_evaluation",))
def evaluation_shared(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R20: the outcomes of every evaluation are shared with the insurer (M:310-312), without grace."""
    held = _in_order(initiative)
    if not held:
        return Verdict(Status.PENDING, Reason(_NO_EVALUATION))
    kept = tuple(item for item in held if item.shared_on is None)
    if kept:
        return Verdict(Status.NOT_MET, Reason(_NOT_SHARED, {"dates": _days(kept)}), kept)
    return Verdict(Status.MET, Reason(_ONE_SHARED if len(held) == 1 else _ALL_SHARED, {"n": len(held)}), held)


_NOT_STEERED = Pair("niet bijgestuurd na {dates}", "no steering after {dates}")
_STEERED = Pair("bijgestuurd waar nodig", "steered where needed")


@rule(Subject.INITIATIVE, reads=("initiative_evaluation", "steering_action"))
def steered(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R21: steering on the outcomes of an evaluation that was mixed or negative (M:310-312)."""
    held = _in_order(initiative)
    if not held:
        return Verdict(Status.PENDING, Reason(_NO_EVALUATION))
    asking = tuple(item for item in held if item.verdict in (Opinion.MIXED, Opinion.NEGATIVE))
    left = tuple(item for item in asking if not item.steering)
    if left:
        return Verdict(Status.NOT_MET, Reason(_NOT_STEERED, {"dates": _days(left)}), left)
    return Verdict(Status.MET, Reason(_STEERED), asking or held)


_NO_DECISION = Pair("geen besluit", "no decision")
_NOT_BY_INSURER = Pair("besluit van {date} niet door de verzekeraar", "decision of {date} not by the insurer")
_NO_SHARED_EVALUATION = Pair("geen gedeelde evaluatie voor {date}", "no shared evaluation before {date}")
_DECIDED = Pair("besluit van {date} na evaluatie van {evaluated}", "decision of {date} after evaluation of {evaluated}")


@rule(Subject.INITIATIVE, reads=("extension", "initiative_evaluation"))
def extension_after_evaluation(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R22: the insurer decides on continuing the money after a shared evaluation (M:312-314, Q-21)."""
    decisions = sorted(initiative.extensions, key=lambda item: item.decided_on)
    if not decisions:
        return Verdict(Status.NA, Reason(_NO_DECISION))
    for decision in decisions:
        if decision.decided_by != initiative.insurer:
            return Verdict(Status.NOT_MET, Reason(_NOT_BY_INSURER, {"date": decision.decided_on}), (decision,))
    for decision in decisions:
        if _evaluation_before(initiative, decision) is None:
            return Verdict(Status.NOT_MET, Reason(_NO_SHARED_EVALUATION, {"date": decision.decided_on}), (decision,))
    return _decided(initiative, decisions[-1])


def _evaluation_before(initiative: Initiative, decision: Extension) -> InitiativeEvaluation | None:
    """The latest evaluation held and shared on or before the day of the decision."""
    day = decision.decided_on
    known = (
        item
        for item in initiative.evaluations
        if item.held_on <= day and item.shared_on is not None and item.shared_on <= day
    )
    return latest(known, lambda item: item.held_on)


def _decided(initiative: Initiative, decision: Extension) -> Verdict:
    evaluation = _evaluation_before(initiative, decision)
    assert evaluation is not None, "every decision was checked"
    values = {"date": decision.decided_on, "evaluated": evaluation.held_on}
    return Verdict(Status.MET, Reason(_DECIDED, values), (decision, evaluation))


_NOT_APPLICABLE = Pair("niet van toepassing", "not applicable")
_UNFUNDED = Pair("loopt zonder financiering sinds {date}", "running without funding since {date}")
_FUNDED = Pair("gefinancierd t/m {date}", "funded until {date}")
_FUNDED_OPEN = Pair("gefinancierd zonder einddatum", "funded without an end date")
_EXTENDED = (ExtensionResult.EXTENDED, ExtensionResult.EXTENDED_REDUCED)


@rule(Subject.INITIATIVE, reads=("funding_line", "extension"))
def running_without_funding(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R56 (ours): does it run on while all lines and extensions have ended?"""
    lines = tuple(sorted(initiative.funding_lines, key=lambda item: item.code))
    if not is_running(initiative, view.as_of) or not lines:
        return Verdict(Status.NA, Reason(_NOT_APPLICABLE))
    extended = tuple(
        item for item in sorted(initiative.extensions, key=lambda item: item.decided_on) if item.result in _EXTENDED
    )
    records = (*lines, *extended)
    ends = [line.to_on for line in lines] + [item.until for item in extended]
    known = [day for day in ends if day is not None]
    if len(known) < len(ends):
        return Verdict(Status.MET, Reason(_FUNDED_OPEN), records)
    last = max(known)
    if last < view.as_of:
        since = last + timedelta(1)
        return Verdict(Status.ADVISORY, Reason(_UNFUNDED, {"date": since}), records)
    return Verdict(Status.MET, Reason(_FUNDED, {"date": last}), records)
