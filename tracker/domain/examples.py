"""Learning from each other: sharing, good examples, and whether everyone can use it (R26, R27, R50)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.initiatives import latest, latest_statement, plans_in_order, start_ahead
from tracker.domain.periods import active
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import ExampleOutcome, StatementKind, TestResult
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.example import GoodExample
from tracker.domain.records.initiative import Initiative, InitiativeDirection
from tracker.domain.register import Example, Register
from tracker.domain.rule_kinds import Need, Subject, View, rule

_NOT_RECORDED_YET = Pair("nog niet vastgelegd", "not recorded yet")
_NOT_RECORDED = Pair("niet vastgelegd", "not recorded")
_NOT_WILLING = Pair("niet bereid te delen", "not willing")
_NO_POSITIVE = Pair("nog geen positieve evaluatie", "no positive evaluation yet")
_SHARED = Pair("gedeeld op {date}", "shared on {date}")
_TO_SHARE = Pair("positief geëvalueerd, nog niet gedeeld", "positive, not shared yet")


@rule(Subject.INITIATIVE, reads=("statement", "initiative_evaluation", "sharing"))
def sharing(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R26: willing to share the project after a positive evaluation (M:324-326)."""
    willing = latest_statement(initiative, StatementKind.WILLING_TO_SHARE)
    if willing is None and initiative.started_on is None:
        return Verdict(Status.PENDING, Reason(_NOT_RECORDED_YET), due_on=start_ahead(initiative, view.as_of))
    if willing is None:
        return Verdict(Status.NOT_MET, Reason(_NOT_RECORDED))
    if not willing.holds:
        return Verdict(Status.NOT_MET, Reason(_NOT_WILLING), (willing,))
    positive = latest(
        (item for item in initiative.evaluations if item.verdict is Opinion.POSITIVE), lambda item: item.held_on
    )
    if positive is None:
        return Verdict(Status.PENDING, Reason(_NO_POSITIVE), (willing,))
    offered = sorted(
        (item for item in initiative.sharings if item.withdrawn_on is None), key=lambda item: item.shared_on
    )
    if offered:
        reason = Reason(_SHARED, {"date": offered[0].shared_on})
        return Verdict(Status.MET, reason, (willing, positive, offered[0]))
    return Verdict(Status.ADVISORY, Reason(_TO_SHARE), (willing, positive))


_NO_PLAN = Pair("nog geen plan", "no plan yet")
_NO_EXAMPLE = Pair("geen voorbeeld beschikbaar", "no example available")
_USED = Pair("{example} gebruikt", "{example} used")
_CONSIDERED = Pair("{example} overwogen", "{example} considered")
_AVAILABLE = Pair("beschikbaar: {examples}", "available: {examples}")


@rule(Subject.INITIATIVE, reads=("plan", "initiative_direction", "good_example", "sharing"))
def good_examples_used(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R27: uses good examples of other regions where there are any (M:328); considered with a reason is ours."""
    plans = plans_in_order(initiative)
    if not plans:
        return Verdict(Status.NA, Reason(_NO_PLAN))
    candidates = examples_on(view, initiative, plans[0].adopted_on)
    if not candidates:
        return Verdict(Status.NA, Reason(_NO_EXAMPLE), (plans[0],))
    counted = _counted(initiative, candidates)
    if counted is None:
        return Verdict(Status.NOT_MET, Reason(_AVAILABLE, {"examples": candidates}), (plans[0],))
    text = _USED if counted.outcome is ExampleOutcome.USED else _CONSIDERED
    return Verdict(Status.MET, Reason(text, {"example": counted.source}), (counted,))


class _Offer(NamedTuple):
    """An example was on offer for a direction from a day to a day, both included."""

    first: date
    last: date
    cooperation: str
    code: str


_last_indexed: tuple[Register, dict[str, list[_Offer]]] | None = None


def _offers(register: Register) -> dict[str, list[_Offer]]:
    """What was ever on offer, by direction: made once for all initiatives that are judged by one register."""
    global _last_indexed
    held = _last_indexed
    if held is None or held[0] is not register:
        index: dict[str, list[_Offer]] = {}
        for example in register.examples:
            for period in example.initiative.directions:
                index.setdefault(period.code, []).extend(_of_period(example, period))
        held = _last_indexed = (register, index)
    return held[1]


def _of_period(example: Example, period: InitiativeDirection) -> Iterator[_Offer]:
    for item in example.initiative.sharings:
        gone = date.max if item.withdrawn_on is None else item.withdrawn_on - timedelta(days=1)
        first, last = max(item.shared_on, period.from_on), min(gone, period.to_on or date.max)
        yield _Offer(first, last, example.cooperation, example.initiative.code)


def examples_on(view: View, initiative: Initiative, day: date) -> tuple[str, ...]:
    """Codes of initiatives of other regions that were on offer on a day for a direction this one has too."""
    offers, own = _offers(view.register), view.dossier.code
    found: set[str] = set()
    for direction in {item.code for item in active(initiative.directions, day)}:
        found.update(
            code
            for first, last, cooperation, code in offers.get(direction, ())
            if first <= day <= last and cooperation != own
        )
    return tuple(sorted(found))


def _counted(initiative: Initiative, candidates: tuple[str, ...]) -> GoodExample | None:
    """The record that meets the condition: a used example before a considered one, else by code."""
    enough = [
        item
        for item in initiative.good_examples
        if item.source in candidates
        and (
            item.outcome is ExampleOutcome.USED
            or (item.outcome is ExampleOutcome.CONSIDERED and (item.reason or "").strip())
        )
    ]
    return min(
        enough,
        key=lambda item: (item.outcome is not ExampleOutcome.USED, item.source, item.considered_on),
        default=None,
    )


_NOT_FOR_PATIENTS = Pair("niet gericht op patiënten", "not patient facing")
_NO_TEST = Pair("geen toets", "no test")
_NOT_ACCESSIBLE = Pair("laatste toets: niet toegankelijk", "latest test: not accessible")
_TESTED = Pair("getoetst op {date}: {result}", "tested on {date}: {result}")


@rule(Subject.INITIATIVE, reads=("statement", "accessibility_test"))
def accessibility_test(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R50: tested on accessibility for everyone (G:211-212, 236-237); advice to municipalities, no condition."""
    facing = latest_statement(initiative, StatementKind.PATIENT_FACING)
    if facing is None or not facing.holds:
        return Verdict(Status.NA, Reason(_NOT_FOR_PATIENTS), () if facing is None else (facing,))
    test = max(initiative.accessibility_tests, key=lambda item: (item.tested_on, item.result.value), default=None)
    if test is None:
        return Verdict(Status.ADVISORY, Reason(_NO_TEST), (facing,))
    if test.result is TestResult.NOT_ACCESSIBLE:
        return Verdict(Status.ADVISORY, Reason(_NOT_ACCESSIBLE), (facing, test))
    return Verdict(Status.MET, Reason(_TESTED, {"date": test.tested_on, "result": test.result}), (facing, test))
