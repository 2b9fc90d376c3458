"""What differs between two states of one record, field by field, derived from the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from tracker.domain.finding import Reason
from tracker.domain.records.base import Field, Record, children_of, key_of, scalars_of
from tracker.domain.sentences import Sentence


class FieldDifference(msgspec.Struct, frozen=True, gc=False):
    """One field that differs. `within` leads to it: the child records it stands in, outermost first."""

    field: Field
    old: Any
    """A value, or a child record that is gone; empty when there was none."""
    new: Any
    """A value, or a child record that is new; empty when there is none any more."""
    within: tuple[Record, ...] = ()


def difference(old: Record | None, new: Record | None) -> tuple[FieldDifference, ...]:
    """What differs between two states of a record of any kind, in the order of its fields, children included.

    An empty `old` is an added record, an empty `new` a removed one; what merely has its default is then left out.
    Children are matched by their key; a list has no order, so another order is no difference.
    """
    present = new if new is not None else old
    if present is None:
        return ()
    if old is not None and new is not None and type(old) is not type(new):
        raise TypeError(f"{type(old).__name__} and {type(new).__name__} are not states of one record")
    return tuple(_differences(type(present), old, new, ()))


def _differences(
    kind: type[Record], old: Record | None, new: Record | None, within: tuple[Record, ...]
) -> Iterable[FieldDifference]:
    for field in scalars_of(kind):
        before, after = value_in(old, field), value_in(new, field)
        if before != after:
            yield FieldDifference(field, before, after, within)
    for field in children_of(kind):
        yield from _of_children(field, children_in(old, field), children_in(new, field), within)


def value_in(record: Record | None, field: Field) -> Any:
    """The value of a field, a list in a fixed order; of a missing record its default."""
    value = field.default if record is None else getattr(record, field.attribute)
    if field.many and value is not None:
        return tuple(sorted(value, key=str)) or None
    return value


def children_in(record: Record | None, field: Field) -> dict[tuple[Any, ...], Record]:
    """The child records of a field by their key; a single child by none."""
    held = None if record is None else getattr(record, field.attribute)
    if held is None:
        return {}
    return {key_of(child): child for child in held} if field.many else {(): held}


def _of_children(
    field: Field,
    old: dict[tuple[Any, ...], Record],
    new: dict[tuple[Any, ...], Record],
    within: tuple[Record, ...],
) -> Iterable[FieldDifference]:
    for key in sorted(old.keys() | new.keys(), key=str):
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None:
            yield from _differences(field.type, before, after, (*within, after))
        else:
            yield FieldDifference(field, before, after, within)


def in_words(found: FieldDifference) -> Reason:
    """One difference as a sentence: `Mijlpaal Alle praktijken live, gereed op ging van leeg naar 26 augustus 2026`."""
    said = Sentence()
    for step in found.within:
        said.record(step).say(", ")
    if isinstance(found.new, Record):
        return said.record(found.new).say(" toegevoegd", " added").done()
    if isinstance(found.old, Record):
        return said.record(found.old).say(" verwijderd", " removed").done()
    said.words(found.field.label, small=bool(found.within)).say(" ging van ", " went from ")
    return said.value(found.old, found.field).say(" naar ", " to ").value(found.new, found.field).done()
