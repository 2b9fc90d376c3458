"""Facts of one initiative that several conditions ask for. The initiative is as seen on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from tracker.domain.records.enums import StatementKind
from tracker.domain.records.initiative import Initiative, Statement
from tracker.domain.records.plan import Plan

T = TypeVar("T")


def is_running(initiative: Initiative, day: date) -> bool:
    """Has it started and not ended before the day? It still runs on its last day (domain.md 2.0)."""
    started, ended = initiative.started_on, initiative.ended_on
    return started is not None and started <= day and (ended is None or day <= ended)


def day_of_judgement(initiative: Initiative, as_of: date) -> date:
    """The day itself, or the last day of an initiative that has ended (R12, R15, R23)."""
    ended = initiative.ended_on
    return ended if ended is not None and ended < as_of else as_of


def start_ahead(initiative: Initiative, as_of: date) -> date | None:
    """The planned start of an initiative that has not started, while it lies ahead."""
    planned = initiative.planned_start_on
    return planned if initiative.started_on is None and planned is not None and planned >= as_of else None


def latest_statement(initiative: Initiative, kind: StatementKind) -> Statement | None:
    """The statement of a kind that counts: the latest one."""
    of_kind = (item for item in initiative.statements if item.kind is kind)
    return latest(of_kind, lambda item: item.stated_on)


def plans_in_order(initiative: Initiative) -> tuple[Plan, ...]:
    """The plan versions, oldest first; of one day the higher version is the later one."""
    return tuple(sorted(initiative.plans, key=lambda plan: (plan.adopted_on, plan.version)))


def latest(items: Iterable[T], day_of: Callable[[T], date]) -> T | None:
    """The item with the latest day."""
    return max(items, key=day_of, default=None)
