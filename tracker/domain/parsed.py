"""What a walk through a raw tree gives: records that are not built yet, with faults and references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tracker.domain.problems import Path, Problems
from tracker.domain.records.base import Record, children_of, known_fields


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A code that must exist in the file or in the database."""

    to: str
    code: str
    path: Path


@dataclass
class Walk:
    """What one walk collects: faults, references to check, and the catalogues of the programme files."""

    problems: Problems = field(default_factory=Problems)
    catalogues: Mapping[str, frozenset[str]] | None = None
    """Allowed codes per catalogue (insurer, direction, component, service); None = not checked."""
    references: list[Reference] = field(default_factory=list)
    alone: bool = True
    """Records stand by themselves. An import lays them over what is stored, and asks `meaning_faults` then."""


class Parsed(msgspec.Struct):
    """One record of the raw tree: the fields that were given, and its children."""

    kind: type[Record]
    given: dict[str, Any]
    children: dict[str, list[Parsed]]
    path: Path
    key: tuple[Any, ...]
    """The natural key as given, with defaults for what was left out."""
    size: int
    """Number of records: this one and all below it."""

    def whole(self) -> Record:
        """The record with its children."""
        held: dict[str, Any] = {}
        for child in children_of(self.kind):
            found = [item.whole() for item in self.children.get(child.attribute, ())]
            held[child.attribute] = tuple(found) if child.many else (found[0] if found else None)
        return self.kind(**self.given, **held)


def has_key(parsed: Parsed) -> bool:
    """Was its key given, so that it can be told from the others and matched with what is stored?"""
    fields = known_fields(parsed.kind)
    return all(name in parsed.given for name in parsed.kind.declared.key if fields[name].required)
