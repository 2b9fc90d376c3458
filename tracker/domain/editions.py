"""What differs between two editions of one insurer's programme: added, dropped or changed, item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from tracker.domain.programme import Programme, Words


class EditionChange(StrEnum):
    """What became of an item in the later edition."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Part(StrEnum):
    """The part of a programme file that an item belongs to, in the order in which differences are told."""

    SWITCH = "switch"
    REQUIREMENT = "requirement"
    CONDITION = "condition"
    TARIFF = "tariff"
    ROUTE = "route"
    ARTICLE = "article"
    SERVICE = "service"
    FACT = "fact"


class Difference(msgspec.Struct, frozen=True):
    """One item that differs. What it was and became: words, a number, a day, a list; empty where it was not there."""

    part: Part
    key: str
    title: Words | str
    change: EditionChange
    before: Any = None
    after: Any = None


_Items = Callable[[Programme], dict[str, tuple["Words | str", Any]]]


def _keyed(items: Iterable[Any], tells: Callable[[Any], Any]) -> dict[str, tuple[Words | str, Any]]:
    return {str(getattr(item, "key", None) or item.number): (item.title, tells(item)) for item in items}


_PARTS: dict[Part, _Items] = {
    Part.SWITCH: lambda held: {key: (key, value) for key, value in held.switches.items()},
    Part.REQUIREMENT: lambda held: _keyed(held.requirements, lambda item: item.plain),
    Part.CONDITION: lambda held: _keyed(held.conditions, lambda item: item.title),
    Part.TARIFF: lambda held: _keyed(held.tariffs, lambda item: item.amount_eur),
    Part.ROUTE: lambda held: _keyed(held.routes, lambda item: item.text),
    Part.ARTICLE: lambda held: _keyed(held.articles, lambda item: item.text),
    Part.SERVICE: lambda held: _keyed(held.service_components, lambda item: item.title),
    Part.FACT: lambda held: _keyed(held.facts, lambda item: item.source.text),
}


def differences(before: Programme, after: Programme) -> tuple[Difference, ...]:
    """Every item that differs, by part; inside a part changed, added, dropped, each in the order of the file."""
    found = []
    for part, items in _PARTS.items():
        found += _of_part(part, items(before), items(after))
    return tuple(found)


def _of_part(
    part: Part, old: dict[str, tuple[Words | str, Any]], new: dict[str, tuple[Words | str, Any]]
) -> list[Difference]:
    changed = [
        Difference(part, key, title, EditionChange.CHANGED, old[key][1], value)
        for key, (title, value) in new.items()
        if key in old and not _same(old[key][1], value)
    ]
    added = [
        Difference(part, key, title, EditionChange.ADDED, None, value)
        for key, (title, value) in new.items()
        if key not in old
    ]
    dropped = [
        Difference(part, key, title, EditionChange.DROPPED, value, None)
        for key, (title, value) in old.items()
        if key not in new
    ]
    return [*changed, *added, *dropped]


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and type(one) is type(other)


def editions_of(programmes: Iterable[Programme], insurer: str | None) -> tuple[Programme, ...]:
    """The editions of one insurer (None = the national ones), the oldest first."""
    mine = (item for item in programmes if item.insurer_key == insurer)
    return tuple(sorted(mine, key=lambda item: (item.valid_from or date.min, item.key)))
