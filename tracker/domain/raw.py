"""Raw trees: a dossier file before anything of it is checked, and a record as its format writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.domain.records.base import Record, fields_of

FORMAT = "regiotracker/dossier@1"


@dataclass
class RawFile:
    """A dossier file before anything of it is checked.

    `cooperations` may be lazy: each is decoded when its turn comes, so that a file of a million records fits in memory.
    """

    head: Any
    """Everything but the cooperations."""
    cooperations: Iterable[Any] = ()
    number: int | None = None
    """How many cooperations there are, where it is known."""


def raw_of(record: Record) -> dict[str, Any]:
    """A record with its children as a raw tree in the order of the format; absent instead of empty."""
    tree: dict[str, Any] = {}
    for item in fields_of(type(record)):
        value = getattr(record, item.attribute)
        if item.is_child:
            if item.many:
                value = [raw_of(child) for child in value]
            elif value is not None:
                value = raw_of(value)
        elif item.many and value is not None:
            value = list(value)
        if value is None or (item.many and value == [] and item.default == () and not item.required):
            continue
        tree[item.name] = value
    return tree
