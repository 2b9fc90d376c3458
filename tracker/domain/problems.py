"""What is wrong with a file or a field: where, what stood there and what is allowed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tracker.domain.records.base import Pair

MOST_SHOWN = 200
_LONGEST = 30
"""Digits: a longer number is cut like a text."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters no database of ours can keep: NUL and half a surrogate pair."""

Path = tuple[Any, ...]
"""A chain (parent path, key or index); written out only when something is wrong."""


def written(path: Path | None) -> str:
    """The path as people read it: `$.cooperations[2].uses[1].version`."""
    parts: list[str] = []
    while path:
        path, step = path
        parts.append(f"[{step}]" if isinstance(step, int) else f".{_cut(step)}")
    return "$" + "".join(reversed(parts))


class Unreadable(Exception):
    """A file or a cell that can't be read at all: what is wrong, where, and what to do."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.reason = Pair(nl, en)


class Problem(msgspec.Struct, frozen=True):
    """One fault: where, what stood there and what is allowed."""

    path: str
    value: Any
    reason: Pair


@dataclass
class Problems:
    """All faults of a file; the first 200 are kept, all are counted."""

    shown: list[Problem] = field(default_factory=list)
    number: int = 0
    by_list: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How many faults are in each list of the format, `("cooperations", "visions")`."""

    def add(self, path: Path, value: Any, reason: Pair) -> None:
        """Note a fault; the value is cut to what fits on a line."""
        self.number += 1
        self.by_list[_list_of(path)] += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(Problem(written(path), _short(value), reason))

    def __bool__(self) -> bool:
        return self.number > 0


def _list_of(path: Path) -> tuple[str, ...]:
    """The names of the lists on the way to a record; what stands after its index is a field of it."""
    names: list[str] = []
    inside = False
    while path:
        path, step = path
        if isinstance(step, int):
            inside = True
        elif inside:
            names.append(str(step))
            inside = False
    return tuple(reversed(names))


def _short(value: Any) -> Any:
    if value is None or (isinstance(value, bool | int) and abs(value) < 10**_LONGEST):
        return value
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return _cut(str(value))


def _cut(text: str) -> str:
    """Text of a stranger, to show on a line."""
    text = UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text[:81])
    return text if len(text) <= 80 else text[:79] + "…"
