"""The invariants of a record beside its shape: an end before its start, and the rules of its own kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.domain.parsed import Parsed, Walk
from tracker.domain.problems import Path
from tracker.domain.records.base import Pair, Record, known_fields, scalars_of


def check_meaning(parsed: Parsed, walk: Walk, *, is_whole: bool) -> None:
    """Invariants of a record: an end before its start and, when nothing else is wrong in it, those of its own kind."""
    if parsed.kind.declared.spans:
        for path, value, reason in _span_faults(parsed, parsed.given):
            walk.problems.add(path, value, reason)
    if is_whole and has_rules(parsed.kind):
        for attribute, reason in parsed.whole().faults():
            name = known_fields(parsed.kind)[attribute].name
            walk.problems.add((parsed.path, name), parsed.given.get(attribute), reason)


def _span_faults(parsed: Parsed, values: Mapping[str, Any]) -> Iterator[tuple[Path, Any, Pair]]:
    for start, end in parsed.kind.declared.spans:
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and last < first:
            start_name, end_name = known_fields(parsed.kind)[start].name, known_fields(parsed.kind)[end].name
            reason = Pair(
                f"ligt voor {start_name} ({first}); kies een latere datum",
                f"lies before {start_name} ({first}); choose a later date",
            )
            yield (parsed.path, end_name), last, reason


def has_rules(kind: type[Record]) -> bool:
    """Has this kind invariants of its own, beside its shape?"""
    return kind.faults is not Record.faults


def meaning_faults(
    parsed: Parsed, values: Mapping[str, Any], children: Mapping[str, Any]
) -> Iterator[tuple[Path, Any, Pair]]:
    """Invariants of a record as it will stand: what is given laid over what is stored, with its children."""
    yield from _span_faults(parsed, values)
    if has_rules(parsed.kind) and is_complete(parsed.kind, values):
        for attribute, reason in parsed.kind(**values, **children).faults():
            yield (parsed.path, known_fields(parsed.kind)[attribute].name), values.get(attribute), reason


def is_complete(kind: type[Record], values: Mapping[str, Any]) -> bool:
    """Is there a value for every field of its own that is required?"""
    return all(values.get(item.attribute) is not None for item in scalars_of(kind) if item.required)
