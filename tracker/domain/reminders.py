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
from tracker.domain.evaluation import next_round_on
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.meeting import planned_rounds
from tracker.domain.notices import Notice, Topic, stage
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register
from tracker.domain.rule_kinds import KINDS as RULE_KINDS
from tracker.domain.rule_kinds import Need, Subject
from tracker.domain.signals import signals
from tracker.domain.steering import next_evaluation_on

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
_ROUND_PASSED = Pair(
    "Evaluatiegesprek {number} was gepland op {date} en is nog niet gehouden",
    "Evaluation meeting {number} was planned on {date} and has not been held yet",
)


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
        due = item.due_on or date.max
        day = stage(due, as_of, longest=LONGEST_AFTER)
        if day is not None:
            text = item.text if as_of <= due else Reason(_ROUND_PASSED, item.text.values)
            yield msgspec.structs.replace(item, day=day, text=text)


def _dated(dossier: Cooperation, findings: Iterable[Finding]) -> Iterator[Notice]:
    """The rules that are open, and the day by which what is in order must be done again."""
    titles = {item.code: item.title for item in dossier.initiatives}
    for item in findings:
        due = _due_on(dossier, item)
        if due is None or due == date.max or item.requirement.ambition:
            continue
        if RULE_KINDS[item.requirement.kind].subject not in _WHOLE:
            continue
        initiative = item.subject if item.subject in titles else None
        values: dict[str, Any] = {"rule": item.requirement.title, "date": due, "initiative": titles.get(item.subject)}
        yield _notice(
            dossier,
            topic=Topic.DEADLINE,
            subject=f"{dossier.code}/{item.programme.key}/{item.key}/{item.subject}",
            day=due,
            text=Reason(_RULE_OF if initiative else _RULE, values),
            due_on=due,
            initiative=initiative,
            rule=item.rule,
        )


def _due_on(dossier: Cooperation, item: Finding) -> date | None:
    """The day that counts: of what comes back every so often the next one, whatever was missed before."""
    kind = item.requirement.kind
    if kind not in _PERIODIC:
        return item.due_on if item.status in _OPEN else None
    if item.status is Status.NA:
        return None
    need = Need(item.requirement, item.programme.switches)
    if kind == "rounds_periodic":
        return next_round_on(dossier, need)
    going = (one for one in dossier.initiatives if one.code == item.subject and one.ended_on is None)
    return next((next_evaluation_on(one, need) for one in going), None)


def _meetings(dossier: Cooperation) -> Iterator[Notice]:
    for held in planned_rounds(dossier):
        if held.planned_on is not None:
            yield _notice(
                dossier,
                topic=Topic.DEADLINE,
                subject=f"{dossier.code}/meeting/{held.number}",
                day=held.planned_on,
                text=Reason(_ROUND, {"number": held.number, "date": held.planned_on}),
                due_on=held.planned_on,
            )


def _notice(dossier: Cooperation, **values: Any) -> Notice:
    return Notice(cooperation=dossier.code, region=dossier.name, **values)
