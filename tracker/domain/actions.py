"""What people agreed to do, wherever in a dossier it stands: in a meeting, after an evaluation or as a milestone.

An open action goes to the next meeting by itself, because it is open: nothing is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.initiative import Initiative
from tracker.domain.rules import rounds_that_count

KINDS = frozenset(
    {"cooperation_action", "round", "action", "initiative", "initiative_evaluation", "steering_action"}
    | {"plan", "milestone", "milestone_move"}
)
"""The kinds of record that hold them."""
SOON = timedelta(days=30)


class Sort(StrEnum):
    """Where an action stands."""

    AGREED = "agreed"
    """Of the cooperation: open from meeting to meeting, and the only sort that is answered on its own page."""
    ROUND = "round"
    """Of one meeting; its minutes are closed, so it is done by taking it over as an agreed action."""
    STEERING = "steering"
    MILESTONE = "milestone"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One action as a list shows it."""

    sort: Sort
    cooperation: str
    region: str
    text: str
    owner: str | None
    email: str | None = None
    party: Party | None = None
    agreed_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    note: str | None = None
    origin: str | None = None
    code: str = ""
    """Of an agreed action: unique in its cooperation."""
    round: int | None = None
    initiative: str | None = None

    @property
    def subject(self) -> str:
        """Its name among all actions of all regions."""
        place = self.code or (f"{self.round}" if self.round else f"{self.initiative}")
        return f"{self.cooperation}/{self.sort}/{place}" + ("" if self.code else f"/{self.text[:120]}")

    def is_overdue(self, as_of: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < as_of

    def is_soon(self, as_of: date) -> bool:
        return self.done_on is None and self.due_on is not None and as_of <= self.due_on <= as_of + SOON

    def belongs_to(self, name: str, email: str) -> bool:
        """Whether somebody owns it: by the address where one was given, else by the name."""
        if self.email:
            return self.email.strip().casefold() == email.strip().casefold()
        return bool(self.owner) and (self.owner or "").strip().casefold() == name.strip().casefold()


def tasks(dossier: Cooperation) -> tuple[Task, ...]:
    """Every action of a dossier as seen on a day, due first; what has no day comes last."""
    where: dict[str, Any] = {"cooperation": dossier.code, "region": dossier.name}
    found = [*_agreed(dossier, where), *_of_rounds(dossier, where)]
    for initiative in dossier.initiatives:
        found += [*_steering(initiative, where), *_milestones(initiative, where)]
    return in_order(found)


def in_order(found: Iterable[Task]) -> tuple[Task, ...]:
    """By day, then region and text."""
    return tuple(sorted(found, key=lambda item: (item.due_on or date.max, item.region, item.text)))


def _agreed(dossier: Cooperation, where: dict[str, Any]) -> Iterator[Task]:
    for item in dossier.actions:
        yield Task(
            **where,
            sort=Sort.AGREED,
            code=item.code,
            text=item.text,
            owner=item.owner,
            email=item.owner_email,
            party=item.party,
            agreed_on=item.agreed_on,
            due_on=item.due_on,
            done_on=item.done_on,
            note=item.note,
            origin=item.origin,
        )


def _of_rounds(dossier: Cooperation, where: dict[str, Any]) -> Iterator[Task]:
    """Those that were taken over as an agreed action are that action from then on."""
    taken = {item.text.strip().casefold() for item in dossier.actions}
    for held in rounds_that_count(dossier):
        for item in held.actions:
            if item.done_on is not None or item.text.strip().casefold() not in taken:
                yield Task(
                    **where,
                    sort=Sort.ROUND,
                    round=held.number,
                    text=item.text,
                    owner=item.owner,
                    agreed_on=held.held_on,
                    due_on=item.due_on,
                    done_on=item.done_on,
                )


def _steering(initiative: Initiative, where: dict[str, Any]) -> Iterator[Task]:
    for evaluation in initiative.evaluations:
        for item in evaluation.steering:
            yield Task(
                **where,
                sort=Sort.STEERING,
                initiative=initiative.code,
                text=item.text,
                owner=item.owner,
                agreed_on=item.decided_on,
                due_on=item.due_on,
                done_on=item.done_on,
            )


def _milestones(initiative: Initiative, where: dict[str, Any]) -> Iterator[Task]:
    """Of the plan in force, those with an owner; the date of the latest move holds."""
    plan = max(initiative.plans, key=lambda item: (item.adopted_on, item.version), default=None)
    for item in plan.milestones if plan is not None and initiative.ended_on is None else ():
        if item.owner:
            moved = max(item.moves, key=lambda move: move.moved_on, default=None)
            yield Task(
                **where,
                sort=Sort.MILESTONE,
                initiative=initiative.code,
                text=item.title,
                owner=item.owner,
                agreed_on=plan.adopted_on if plan is not None else None,
                due_on=moved.due_on if moved is not None else item.due_on,
                done_on=item.done_on,
            )
