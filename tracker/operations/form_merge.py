"""What a form gives, laid over what is stored, and the way back from a fault to the row of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.editing import lists_on_form
from tracker.domain.entries import Entry
from tracker.domain.parsed import Walk
from tracker.domain.problems import Problem, Problems
from tracker.domain.records.base import Record, scalars_of
from tracker.domain.records.places import kind_of
from tracker.domain.shape import parse
from tracker.operations.refusals import Gone
from tracker.queries.records import Kept


@dataclass
class FormRows:
    """Which row of the form each record of a list was, so that a fault is told beside it."""

    numbers: list[int] = field(default_factory=list)
    below: list[dict[str, FormRows]] = field(default_factory=list)


def laid_over(place: str, entry: Entry, held: Kept | None, rows: dict[str, FormRows]) -> dict[str, Any]:
    """The record as it will stand, as a raw tree; `rows` learns which row of the form each child was."""
    raw = {} if held is None else _raw(held)
    raw |= entry.given
    raw = {name: value for name, value in raw.items() if value is not None}
    for listed, name in lists_on_form(place):
        stored = {item.number: item for item in (held.children.get(listed.attribute, ()) if held else ())}
        given = entry.children.get(listed.name)
        if given is None:
            merged = [laid_over(name, Entry(given={}), item, {}) for item in stored.values()]
        else:
            known = rows[listed.name] = FormRows()
            merged = []
            for index, row in enumerate(given):
                if row.is_removed:
                    continue
                if row.number is not None and row.number not in stored:
                    raise Gone(name)
                inner: dict[str, FormRows] = {}
                merged.append(laid_over(name, row, stored.get(row.number or 0), inner))
                known.numbers.append(index)
                known.below.append(inner)
        if merged:
            raw[listed.name] = merged if listed.many else merged[0]
    return raw


def _raw(held: Kept) -> dict[str, Any]:
    """The stored values as a file would hold them."""
    return {item.name: _plain(held.values[item.attribute]) for item in scalars_of(kind_of(held.place))}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return getattr(value, "value", value)


def on_form(problem: Problem, rows: dict[str, FormRows]) -> Problem:
    """The fault with the numbers of the form's rows in its path."""
    steps = problem.path.removeprefix("$").lstrip(".").split(".")
    path, known = "$", rows
    for step in steps:
        name, bracket, index = step.partition("[")
        path += f".{name}" if name else ""
        found = known.get(name)
        if bracket and found is not None:
            position = int(index.rstrip("]"))
            path += f"[{found.numbers[position]}]"
            known = found.below[position]
        elif bracket:
            path += f"[{index}"
        elif found is not None and found.below:
            known = found.below[0]
    return Problem(path, problem.value, problem.reason)


def imagined(place: str, entry: Entry, held: Kept | None, catalogues: Mapping[str, frozenset[str]]) -> Record | None:
    """The record as it would stand, in mind only; None while something in it is wrong."""
    walk = Walk(Problems(), catalogues)
    try:
        parsed = parse(kind_of(place), laid_over(place, entry, held, {}), (), walk)
    except Gone:
        return None
    return None if walk.problems or parsed is None else parsed.whole()
