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
        moves: dict[date, int] = {}
        for dossier in held:
            for day, move in _moves(dossier, codes):
                if day <= until:
                    moves[max(day, first)] = moves.get(max(day, first), 0) + move
        found.append(ThemeProgress(theme, _steps(moves, first), len(held)))
    return tuple(found)


def _steps(moves: dict[date, int], first: date) -> tuple[Step, ...]:
    """The running sum of all moves; a day on which they cancel out is no step."""
    steps = [Step(first, moves.get(first, 0))]
    for day in sorted(day for day in moves if day > first):
        if moves[day]:
            steps.append(Step(day, steps[-1].regions + moves[day]))
    return tuple(steps)


def _moves(dossier: Cooperation, codes: frozenset[str]) -> Iterable[tuple[date, int]]:
    """The days on which a cooperation starts (+1) or stops (-1) working on a theme."""
    own = [direction for direction in dossier.directions if direction.code in codes]
    was = False
    for day in sorted({entry.reached_on for direction in own for entry in direction.phases}):
        busy = any(phase_on(direction, day) in IMPLEMENTING for direction in own)
        if busy is not was:
            yield day, 1 if busy else -1
        was = busy
