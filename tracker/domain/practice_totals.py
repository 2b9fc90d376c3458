"""What practices do together: counts and shares, so that no single practice needs to be named.

Whoever may see no single practice gets these numbers through `privacy.share` (domain.md R53).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tracker.domain.periods import active, covers, is_affiliated
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import MtvpPartName, Step
from tracker.domain.records.practice import ComponentUse, Practice
from tracker.domain.register import Register


class Total(msgspec.Struct, frozen=True):
    """How many of the affiliated practices have or do something."""

    key: str
    n: int
    of: int


class Point(msgspec.Struct, frozen=True):
    """How many of the practices affiliated on a day offered a service, and how many used it."""

    day: date
    offered: int
    used: int
    of: int


def affiliated_on(dossier: Cooperation, day: date) -> list[Practice]:
    """The practices that belong to the cooperation on a day, by code."""
    held = (item for item in dossier.practices if is_affiliated(item.memberships, day))
    return sorted(held, key=lambda item: item.code)


def his_totals(dossier: Cooperation, register: Register, as_of: date) -> tuple[Total, ...]:
    """The GP systems in use, by name, the most used first."""
    practices = affiliated_on(dossier, as_of)
    names = {item.code: item.name for item in register.his_products}
    counted = Counter(
        names.get(code, code) for item in practices for code in {use.his for use in active(item.his, as_of)}
    )
    return tuple(
        Total(name, n, len(practices)) for name, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def step_totals(dossier: Cooperation, as_of: date) -> tuple[Total, ...]:
    """How many practices took each of the four steps (M:264-274)."""
    practices = affiliated_on(dossier, as_of)
    counted = Counter(step for item in practices for step in {held.step for held in active(item.steps, as_of)})
    return tuple(Total(step.value, counted[step], len(practices)) for step in Step)


def mtvp_totals(dossier: Cooperation, as_of: date) -> tuple[Total, ...]:
    """How many practices do each part of *Meer Tijd voor de Patiënt*; nothing where nobody takes part."""
    practices = affiliated_on(dossier, as_of)
    counted = Counter(part for item in practices for part in {held.part for held in active(item.mtvp, as_of)})
    return tuple(Total(part.value, counted[part], len(practices)) for part in MtvpPartName) if counted else ()


def services_of(dossiers: Iterable[Cooperation]) -> tuple[str, ...]:
    """The codes of every service that any practice ever offered."""
    return tuple(sorted({use.component for held in dossiers for item in held.practices for use in item.use}))


def adoption(dossiers: Sequence[Cooperation], service: str, days: Iterable[date]) -> tuple[Point, ...]:
    """One service over time, in one or more cooperations together."""
    held = [
        (item.memberships, [use for use in item.use if use.component == service])
        for dossier in dossiers
        for item in dossier.practices
    ]
    found = []
    for day in days:
        here = [uses for memberships, uses in held if is_affiliated(memberships, day)]
        offered = sum(any(covers(use.available_from, use.until, day) for use in uses) for uses in here)
        used = sum(any(is_used(use, day) for use in uses) for uses in here)
        found.append(Point(day, offered, used, len(here)))
    return tuple(found)


def is_used(use: ComponentUse, day: date) -> bool:
    """Is a service really used on a day? Having it is not enough (ZF:77-84)."""
    return use.used_from is not None and covers(use.used_from, use.until, day)
