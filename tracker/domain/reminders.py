"""What is worth a reminder on a day: actions and deadlines before and after their day, and signals (domain.md 5.6).

Every notice has a day: the step it has reached. Who was told of a step is not told of it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from tracker.domain.actions import KINDS as ACTION_KINDS
from tracker.domain.actions import Sort, tasks
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.meeting import planned_rounds
from tracker.domain.notices import Notice, Topic, stage
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.rules import KINDS as RULE_KINDS
from tracker.domain.rules import Register, Subject
from tracker.domain.signals import signals

LONGEST_AFTER = timedelta(weeks=12)
"""So long a rule that was missed is repeated; an action is until it is done (ours)."""
KINDS = ACTION_KINDS | {"round", "vision", "ict_lead", "contract", "mandate", "direction", "direction_phase"}
KINDS |= {"practice", "practice.memberships", "initiative_direction", "product_use", "good_example", "sharing"}
"""The kinds of record that are read for reminders."""
RULES = frozenset(
    {"vision_on_time", "vision_supported_and_complete", "ict_lead_on_deadline", "ict_support_on_deadline"}
    | {"three_directions_selected", "three_directions_implementing", "directions_aligned", "support_lines"}
    | {"contract_in_force", "mandate_complete", "rounds_periodic", "social_agreements", "assessed_positive"}
    | {"plan_recorded", "evaluated_periodically", "evaluation_shared", "running_without_funding"}
)
"""The rules with a deadline, and those that signals rest on, by key."""
_PERIODIC = frozenset({"rounds_periodic", "evaluated_periodically"})
_OPEN = frozenset({Status.PENDING, Status.NOT_MET, Status.PARTIAL})
_WHOLE = frozenset({Subject.COOPERATION, Subject.INITIATIVE})


def notices(dossier: Cooperation, findings: Iterable[Finding], register: Register, as_of: date) -> tuple[Notice, ...]:
    """All there is to tell about a cooperation on a day, as far as the reader may see it."""
    held = tuple(findings)
    return (*_of_tasks(dossier, as_of), *_deadlines(dossier, held, as_of), *signals(dossier, held, register, as_of))


def calendar(dossier: Cooperation, findings: Iterable[Finding]) -> tuple[Notice, ...]:
    """The days that lie ahead, for a calendar: deadlines that still count, and meetings that are planned."""
    return (*_dated(dossier, findings), *_meetings(dossier))


_ACTION = Pair("{text}", "{text}")
_RULE = Pair("{rule}: uiterlijk {date}", "{rule}: due by {date}")
_RULE_OF = Pair("{rule} ({initiative}): uiterlijk {date}", "{rule} ({initiative}): due by {date}")
_ROUND = Pair("Evaluatiegesprek {number} op {date}", "Evaluation meeting {number} on {date}")


def _of_tasks(dossier: Cooperation, as_of: date) -> Iterator[Notice]:
    for item in tasks(dossier):
        day = stage(item.due_on, as_of) if item.due_on is not None and item.done_on is None else None
        if day is None or day < (item.agreed_on or date.min):
            continue
        topic = Topic.OWN_ACTION if item.sort is Sort.MILESTONE else Topic.REGION_ACTION
        yield _notice(
            dossier,
            topic=topic,
            subject=item.subject,
            day=day,
            text=Reason(_ACTION, {"text": item.text}),
            due_on=item.due_on,
            initiative=item.initiative,
            task=item,
        )


def _deadlines(dossier: Cooperation, findings: Iterable[Finding], as_of: date) -> Iterator[Notice]:
    for item in _dated(dossier, findings):
        day = stage(item.due_on or date.max, as_of, longest=LONGEST_AFTER)
        if day is not None:
            yield msgspec.structs.replace(item, day=day)
    for item in _meetings(dossier):
        day = stage(item.due_on or date.max, as_of) if (item.due_on or date.min) >= as_of else None
        if day is not None:
            yield msgspec.structs.replace(item, day=day)


def _dated(dossier: Cooperation, findings: Iterable[Finding]) -> Iterator[Notice]:
    """The rules that are open, and the day by which what is in order must be done again; each day is its own step."""
    titles = {item.code: item.title for item in dossier.initiatives}
    for item in findings:
        counts = item.status in _OPEN or (item.status is Status.MET and item.requirement.kind in _PERIODIC)
        due = item.due_on
        if not counts or due is None or due == date.max or item.requirement.ambition:
            continue
        if RULE_KINDS[item.requirement.kind].subject not in _WHOLE:
            continue
        initiative = item.subject if item.subject in titles else None
        values: dict[str, Any] = {"rule": item.requirement.title, "date": due, "initiative": titles.get(item.subject)}
        yield _notice(
            dossier,
            topic=Topic.DEADLINE,
            subject=f"{dossier.code}/{item.programme.key}/{item.key}/{item.subject}/{due}",
            day=due,
            text=Reason(_RULE_OF if initiative else _RULE, values),
            due_on=due,
            initiative=initiative,
            rule=item.rule,
        )


def _meetings(dossier: Cooperation) -> Iterator[Notice]:
    for held in planned_rounds(dossier):
        if held.planned_on is not None:
            yield _notice(
                dossier,
                topic=Topic.DEADLINE,
                subject=f"{dossier.code}/meeting/{held.number}/{held.planned_on}",
                day=held.planned_on,
                text=Reason(_ROUND, {"number": held.number, "date": held.planned_on}),
                due_on=held.planned_on,
            )


def _notice(dossier: Cooperation, **values: Any) -> Notice:
    return Notice(cooperation=dossier.code, region=dossier.name, **values)
