"""Records of the noun plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Measurement


class MilestoneMove(Record, frozen=True, kw_only=True):
    """On the peildatum the due date of the latest move holds."""

    declared = Kind(
        "milestone_move",
        Pair("Verschuiving", "Moved date"),
        key=("moved_on",),
        since=("moved_on",),
    )

    moved_on: Annotated[date, about("Besloten op", "day of the decision", req=True)]
    due_on: Annotated[date, about("Nieuwe datum", "new date", req=True)]
    reason: Annotated[str, about("Reden", "why", req=True, longest=10_000)]


class Milestone(Record, frozen=True, kw_only=True):
    """A dated step of one plan version."""

    declared = Kind("milestone", Pair("Mijlpaal", "Milestone"), key=("code",))

    code: Annotated[str, about("Code", "`m1`", req=True, sort=Sort.CODE)]
    title: Annotated[str, about("Titel", "what", req=True)]
    due_on: Annotated[date, about("Gepland op", "the original promise", req=True)]
    moves: Annotated[tuple[MilestoneMove, ...], about("Verschuivingen", "later promises; the original stays")] = ()
    done_on: Annotated[date | None, about("Gereed op", "day it was done")] = None
    owner: Annotated[str | None, about("Eigenaar", "who")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Plan(Record, frozen=True, kw_only=True):
    """A plan version; the latest adopted one is in force."""

    declared = Kind(
        "plan",
        Pair("Plan", "Plan"),
        key=("version",),
        since=("adopted_on",),
    )

    version: Annotated[int, about("Versie", "1, 2, …", req=True, least="0")]
    title: Annotated[str | None, about("Titel", "title")] = None
    adopted_on: Annotated[date, about("Vastgesteld op", "day", req=True)]
    evaluation_interval_months: Annotated[
        int | None,
        about("Evaluatie-interval (maanden)", "if the plan states one", least="0"),
    ] = None
    milestones: Annotated[tuple[Milestone, ...], about("Mijlpalen", "of this version")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Target(Record, frozen=True, kw_only=True):
    """The latest set_on per due_on holds."""

    declared = Kind(
        "target",
        Pair("Streefwaarde", "Target"),
        key=("set_on", "due_on"),
        since=("set_on",),
    )

    set_on: Annotated[date, about("Vastgesteld op", "day the target was set", req=True)]
    due_on: Annotated[date, about("Te halen op", "day to be reached", req=True)]
    value: Annotated[Decimal, about("Waarde", "value", req=True)]
    reason: Annotated[str | None, about("Reden", "required from the second target on", longest=10_000)] = None


class Indicator(Record, frozen=True, kw_only=True):
    """What an initiative measures: baseline, targets and values."""

    declared = Kind(
        "indicator",
        Pair("Indicator", "Indicator"),
        key=("code",),
    )

    code: Annotated[str, about("Code", "`p1`", req=True, sort=Sort.CODE)]
    name: Annotated[str, about("Naam", "what is measured", req=True)]
    unit: Annotated[str, about("Eenheid", "`praktijken`, `%`, `minuten per week`", req=True)]
    better: Annotated[enums.Better, about("Richting", "default higher")] = enums.Better.HIGHER
    baseline: Annotated[Measurement | None, about("Nulmeting", "the first value")] = None
    targets: Annotated[
        tuple[Target, ...],
        about("Streefwaarden", "a new target is a new record, the old one stays"),
    ] = ()
    measurements: Annotated[tuple[Measurement, ...], about("Metingen", "values")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """From the second target on, a target says why it was set."""
        ordered = sorted(self.targets, key=lambda target: (target.set_on, target.due_on))
        if any(not target.reason and target.set_on > ordered[0].set_on for target in ordered[1:]):
            return [
                ("targets", Pair("een bijgestelde streefwaarde heeft een reden nodig", "a later target needs a reason"))
            ]
        return []


class GoalAgreement(Record, frozen=True, kw_only=True):
    """Agreement with the insurer; lists of later agreements are added to earlier ones."""

    declared = Kind(
        "goal_agreement",
        Pair("Doelafspraak", "Agreement on goals"),
        key=("signed_on",),
        since=("signed_on",),
    )

    signed_on: Annotated[date, about("Getekend op", "day", req=True)]
    objectives: Annotated[tuple[str, ...], about("Doelstellingen", "may be empty", req=True, longest=10_000)]
    outcomes: Annotated[tuple[str, ...], about("Uitkomsten", "may be empty", req=True, longest=10_000)]
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
