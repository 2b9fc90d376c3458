"""The insurer's conditions for an initiative: its origin, what was agreed, its plan (R12-R14, R16-R18, R23).

The assessment, steering and examples stand beside; importing this module makes every condition known.
"""

from __future__ import annotations

from datetime import date

from tracker.domain import assessment, examples, steering
from tracker.domain.directions import SELECTED, directions_in
from tracker.domain.finding import Days, Reason, Status, Verdict
from tracker.domain.initiatives import day_of_judgement, latest, latest_statement, plans_in_order, start_ahead
from tracker.domain.periods import active, covers
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.enums import StatementKind
from tracker.domain.records.initiative import Initiative, Statement
from tracker.domain.records.plan import GoalAgreement, Milestone
from tracker.domain.rule_kinds import Need, Subject, View, rule
from tracker.domain.visions import support_on, vision_on

__all__ = [
    "assessment",
    "based_on_vision",
    "cost_and_outcome_potential",
    "due_day",
    "examples",
    "from_direction",
    "goals_agreed_at_start",
    "no_double_funding_agreed",
    "plan_executed",
    "plan_recorded",
    "steering",
]

_DIRECTIONS = Pair("{directions}", "{directions}")
_NOT_PREFERRED = Pair("{directions}; geen voorkeursrichting van de regio", "{directions}; not a preferred direction")
_NO_DIRECTION = Pair("komt niet uit een oplossingsrichting", "from no direction")


@rule(Subject.INITIATIVE, reads=("initiative_direction", "direction", "direction_phase"))
def from_direction(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R12: the initiative comes from a solution direction (M:278-280)."""
    day = day_of_judgement(initiative, view.as_of)
    held = sorted(active(initiative.directions, day), key=lambda item: (item.code, item.from_on))
    if not held:
        return Verdict(Status.NOT_MET, Reason(_NO_DIRECTION))
    codes = tuple(dict.fromkeys(item.code for item in held))
    preferred = {direction.code for direction in directions_in(view.dossier.directions, day, SELECTED)}
    text = _NOT_PREFERRED if preferred.isdisjoint(codes) else _DIRECTIONS
    return Verdict(Status.MET, Reason(text, {"directions": codes}), tuple(held))


_NO_VISION = Pair("geen vastgestelde visie", "no adopted vision")
_NOT_STATED = Pair("niet {statement}", "not {statement}")
_STATEMENT_MISSING = Pair("verklaring ontbreekt: {statement}", "statement missing: {statement}")
_NOT_SUPPORTED = Pair("visie niet gedragen", "vision not supported")
_BASED = Pair("gebaseerd op een gedragen visie", "based on a supported vision")


@rule(Subject.INITIATIVE, reads=("statement", "vision", "vision_support"))
def based_on_vision(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R13: based on the supported vision and fit to be implemented in the region (M:290, Q-24)."""
    vision = vision_on(view.dossier.visions, view.as_of)
    if vision is None:
        return Verdict(Status.NOT_MET, Reason(_NO_VISION))
    stated = _Stated(initiative, StatementKind.BASED_ON_VISION, StatementKind.IMPLEMENTABLE)
    if stated.denied:
        return Verdict(Status.NOT_MET, Reason(_NOT_STATED, {"statement": stated.denied}), stated.records)
    if stated.missing:
        status = Status.PENDING if initiative.started_on is None else Status.NOT_MET
        reason = Reason(_STATEMENT_MISSING, {"statement": stated.missing})
        return Verdict(status, reason, stated.records, due_on=start_ahead(initiative, view.as_of))
    support = support_on(vision, view.as_of)
    carried: tuple[Record, ...] = (vision,) if support is None else (vision, support)
    if support is None or not support.supported:
        return Verdict(Status.PARTIAL, Reason(_NOT_SUPPORTED), carried)
    return Verdict(Status.MET, Reason(_BASED), (*stated.records, *carried))


class _Stated:
    """The latest statements of some kinds: which say no, which are missing. A statement without words is missing."""

    def __init__(self, initiative: Initiative, *kinds: StatementKind) -> None:
        found = {kind: latest_statement(initiative, kind) for kind in kinds}
        held: dict[StatementKind, Statement] = {kind: item for kind, item in found.items() if item is not None}
        self.denied = tuple(kind for kind, item in held.items() if not item.holds)
        self.missing = tuple(kind for kind in kinds if kind not in held or not held[kind].text.strip())
        self.records: tuple[Record, ...] = tuple(held.values())


_NOT_SUBSTANTIATED = Pair("niet onderbouwd: {part}", "not substantiated: {part}")
_NOT_YET_DESCRIBED = Pair("nog niet beschreven: {part}", "not described yet: {part}")
_NOT_DESCRIBED = Pair("niet beschreven: {part}", "not described: {part}")
_BOTH_DESCRIBED = Pair("beide beschreven", "both described")


@rule(Subject.INITIATIVE, reads=("statement",))
def cost_and_outcome_potential(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R14: it can control care costs and improve outcomes (M:292); a statement beforehand, not a proven result."""
    stated = _Stated(initiative, StatementKind.COST_POTENTIAL, StatementKind.OUTCOME_POTENTIAL)
    if stated.denied:
        return Verdict(Status.NOT_MET, Reason(_NOT_SUBSTANTIATED, {"part": stated.denied}), stated.records)
    if stated.missing and initiative.started_on is None:
        reason = Reason(_NOT_YET_DESCRIBED, {"part": stated.missing})
        return Verdict(Status.PENDING, reason, stated.records, due_on=start_ahead(initiative, view.as_of))
    if stated.missing:
        return Verdict(Status.NOT_MET, Reason(_NOT_DESCRIBED, {"part": stated.missing}), stated.records)
    return Verdict(Status.MET, Reason(_BOTH_DESCRIBED), stated.records)


_NOT_STARTED = Pair("nog niet gestart", "not started")
_NO_AGREEMENT = Pair("geen afspraken", "no agreement")
_MISSING_GOALS = {
    (False, True): Pair("geen doelstellingen", "no objectives"),
    (True, False): Pair("geen uitkomsten", "no outcomes"),
    (False, False): Pair("geen doelstellingen en uitkomsten", "no objectives and outcomes"),
}
_SO_LATE = Pair("; {late} te laat", "; {late} late")
_COMPLETE_LATE = Pair("volledig op {date}, {late} na de start", "complete on {date}, {late} after the start")
_AGREED = Pair("afgesproken op {date}", "agreed on {date}")


@rule(Subject.INITIATIVE, reads=("goal_agreement",))
def goals_agreed_at_start(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R16: at the start objectives and outcomes are agreed with the insurer (M:304-306)."""
    start = initiative.started_on
    if start is None:
        ahead = start_ahead(initiative, view.as_of)
        return Verdict(Status.PENDING, Reason(_NOT_STARTED), due_on=ahead)
    signed = sorted(initiative.agreements, key=lambda item: item.signed_on)
    if not signed:
        return Verdict(Status.NOT_MET, Reason(_NO_AGREEMENT), due_on=start)
    complete = _complete_on(signed)
    if complete is None:
        return _half_agreed(signed, start, view.as_of)
    used = tuple(item for item in signed if item.signed_on <= complete)
    if complete > start:
        late = (complete - start).days
        return Verdict(
            Status.LATE, Reason(_COMPLETE_LATE, {"date": complete, "late": Days(late)}), used, start, days_late=late
        )
    return Verdict(Status.MET, Reason(_AGREED, {"date": complete}), used, due_on=start)


def _holds(texts: tuple[str, ...]) -> bool:
    return any(text.strip() for text in texts)


def _complete_on(signed: list[GoalAgreement]) -> date | None:
    """First day on which the agreements so far hold an objective and an outcome: later lists are added to earlier."""
    objectives = [item.signed_on for item in signed if _holds(item.objectives)]
    outcomes = [item.signed_on for item in signed if _holds(item.outcomes)]
    return max(objectives[0], outcomes[0]) if objectives and outcomes else None


def _half_agreed(signed: list[GoalAgreement], start: date, as_of: date) -> Verdict:
    held = (any(_holds(item.objectives) for item in signed), any(_holds(item.outcomes) for item in signed))
    text, late = _MISSING_GOALS[held], (as_of - start).days
    if late <= 0:
        return Verdict(Status.PARTIAL, Reason(text), tuple(signed), due_on=start)
    text = Pair(text.nl + _SO_LATE.nl, text.en + _SO_LATE.en)
    return Verdict(Status.PARTIAL, Reason(text, {"late": Days(late)}), tuple(signed), start, days_late=late)


_NO_PLAN_YET = Pair("nog geen plan", "no plan yet")
_NO_PLAN = Pair("geen plan", "no plan")
_ADOPTED_LATE = Pair("vastgesteld op {date}, {late} na de start", "adopted on {date}, {late} after the start")
_ADOPTED = Pair("vastgesteld op {date}", "adopted on {date}")


@rule(Subject.INITIATIVE, reads=("plan",))
def plan_recorded(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R17: the initiative is laid down in a plan (M:308). The source names no day, so a late plan is LATE."""
    plans, start = plans_in_order(initiative), initiative.started_on
    if not plans and start is None:
        return Verdict(Status.PENDING, Reason(_NO_PLAN_YET), due_on=start_ahead(initiative, view.as_of))
    if not plans:
        return Verdict(Status.NOT_MET, Reason(_NO_PLAN), due_on=start)
    first = plans[0]
    if start is not None and first.adopted_on > start:
        late = (first.adopted_on - start).days
        reason = Reason(_ADOPTED_LATE, {"date": first.adopted_on, "late": Days(late)})
        return Verdict(Status.LATE, reason, (first,), start, days_late=late)
    return Verdict(Status.MET, Reason(_ADOPTED, {"date": first.adopted_on}), (first,), due_on=start)


_NOTHING_TO_JUDGE_BY = Pair("geen plan om aan te toetsen", "no plan to judge by")
_NOTHING_DUE = Pair("nog niets gepland t/m vandaag", "nothing due yet")
_DONE = Pair("{n} van {n} mijlpalen", "{n} of {n} milestones")
_OVERDUE = Pair("{n} over tijd", "{n} overdue")
_MOVED = Pair("; {moved} verschoven", "; {moved} moved")


@rule(Subject.INITIATIVE, reads=("plan", "milestone", "milestone_move"))
def plan_executed(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R18: and the plan is executed (M:308). A moved date holds on the day, and is counted in the reason."""
    plans = plans_in_order(initiative)
    if not plans:
        if initiative.started_on is None:
            return Verdict(Status.PENDING, Reason(_NO_PLAN_YET), due_on=start_ahead(initiative, view.as_of))
        return Verdict(Status.UNKNOWN, Reason(_NOTHING_TO_JUDGE_BY))
    plan = plans[-1]
    steps = sorted(plan.milestones, key=lambda item: (due_day(item), item.code))
    due = [item for item in steps if due_day(item) <= view.as_of]
    if initiative.started_on is None or not due:
        ahead = next((due_day(item) for item in steps if item.done_on is None), None)
        return Verdict(Status.PENDING, Reason(_NOTHING_DUE), (plan,), due_on=ahead)
    overdue = tuple(item for item in due if item.done_on is None)
    moved = sum(1 for item in steps if item.moves)
    if overdue:
        return Verdict(Status.ADVISORY, _counted(_OVERDUE, len(overdue), moved), overdue, due_on=due_day(overdue[0]))
    return Verdict(Status.MET, _counted(_DONE, len(due), moved), tuple(due))


def due_day(milestone: Milestone) -> date:
    """The promise that holds: of the latest move, else the original one (domain.md R18)."""
    move = latest(milestone.moves, lambda item: item.moved_on)
    return milestone.due_on if move is None else move.due_on


def _counted(text: Pair, number: int, moved: int) -> Reason:
    if not moved:
        return Reason(text, {"n": number})
    return Reason(Pair(text.nl + _MOVED.nl, text.en + _MOVED.en), {"n": number, "moved": moved})


_NOBODY = Pair("geen deelnemende praktijken", "no participants")
_SIGNED = Pair("{n} van {total} verklaringen", "{n} of {total} declarations")


@rule(Subject.INITIATIVE, reads=("participant",))
def no_double_funding_agreed(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R23: agreed with every involved practice that the effort is not paid twice (M:316-318)."""
    day = day_of_judgement(initiative, view.as_of)
    taking_part = sorted(
        (item for item in initiative.participants if covers(item.joined_on, item.left_on, day)),
        key=lambda item: (item.practice, item.joined_on),
    )
    if not taking_part:
        return Verdict(Status.NA, Reason(_NOBODY))
    practices = {item.practice for item in taking_part}
    signed = {item.practice for item in taking_part if item.no_double_funding_signed_on is not None}
    reason = Reason(_SIGNED, {"n": len(signed), "total": len(practices)})
    status = Status.MET if signed == practices else Status.PARTIAL if signed else Status.NOT_MET
    return Verdict(status, reason, tuple(taking_part))
