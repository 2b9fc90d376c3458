"""Themes in progress over time: in how many cooperations a direction of a theme is being implemented or in use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from tracker.domain.directions import IMPLEMENTING, phase_on
from tracker.domain.programme import Programme, Theme
from tracker.domain.records.cooperation import Cooperation


class Step(msgspec.Struct, frozen=True):
    """From this day on, until the next step, so many cooperations work on the theme."""

    on: date
    regions: int


class ThemeProgress(msgspec.Struct, frozen=True):
    """One theme: its steps, the first one on the first day that is drawn."""

    theme: Theme
    steps: tuple[Step, ...]
    among: int
    """How many cooperations were counted."""

    @property
    def now(self) -> int:
        return self.steps[-1].regions

    def on(self, day: date) -> int:
        """How many on a day; none before the first step."""
        return next((step.regions for step in reversed(self.steps) if step.on <= day), 0)


def themes_in_progress(
    dossiers: Iterable[Cooperation], programme: Programme, first: date, until: date
) -> tuple[ThemeProgress, ...]:
    """Every theme of a programme between two days; the dossiers are as seen on the last one."""
    held = tuple(dossiers)
    found = []
    for theme in programme.themes:
        codes = frozenset(direction.code for direction in theme.directions)
        runs = [_run(dossier, codes) for dossier in held]
        turns = {day for run in runs for day, _busy in run if first < day <= until}
        steps: list[Step] = []
        for day in (first, *sorted(turns)):
            number = sum(_busy_on(run, day) for run in runs)
            if not steps or steps[-1].regions != number:
                steps.append(Step(day, number))
        found.append(ThemeProgress(theme, tuple(steps), len(held)))
    return tuple(found)


def _run(dossier: Cooperation, codes: frozenset[str]) -> list[tuple[date, bool]]:
    """The days on which a cooperation starts or stops working on a theme."""
    own = [direction for direction in dossier.directions if direction.code in codes]
    days = sorted({entry.reached_on for direction in own for entry in direction.phases})
    return [(day, any(phase_on(direction, day) in IMPLEMENTING for direction in own)) for day in days]


def _busy_on(run: list[tuple[date, bool]], day: date) -> bool:
    busy = False
    for turn, now in run:
        if turn > day:
            break
        busy = now
    return busy
