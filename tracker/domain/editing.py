"""How records are edited: which kinds have a form of their own, what stands on it, and which days may lie ahead.

A cooperation and an initiative have pages of their own, and so many records that each list of theirs has its own form.
Every other kind is edited inside the form of its parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec

from tracker.domain.records.base import PROMISES, Field, Record, children_of, key_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, Place, places

R = TypeVar("R", bound=Record)
_ASIDE = ("cooperation", "initiative")
"""Kinds with a page of their own: their lists are edited aside, one record at a time."""
_TOGETHER = {"initiative": ("phases", "directions", "evidence")}
"""The lists that stand on the form of such a kind after all."""
FIXED_CODES = frozenset({"cooperation", "practice", "initiative", "product", "his_product"})
"""Kinds whose code is for ever: others name them by it."""
NOT_TYPED = frozenset({("round", "locked_on"), ("round", "version"), ("evidence", "sha256")})
"""Fields that no form shows: the house fills them when a round is closed or a file is stored."""
MAY_LIE_AHEAD = PROMISES | {
    "from_on",
    "starts_on",
    "joined_on",
    "since_on",
    "founded_on",
    "dissolved_on",
    "ended_on",
    "left_on",
    "withdrawn_on",
    "terminated_on",
    "available_from",
    "used_from",
    "contracted_from",
    "planned_on",
    "resolve_by",
}
"""Days that may lie after today: first and last days that were decided already. What happened lies behind us."""


@cache
def has_own_form(name: str) -> bool:
    """Whether records of a place are added and corrected on a form of their own."""
    place = places().get(name)
    if place is None:
        return False
    return place.is_root or (place.parent in _ASIDE and place.attribute not in _TOGETHER.get(place.parent or "", ()))


@cache
def lists_on_form(name: str) -> tuple[tuple[Field, str], ...]:
    """The fields with children that stand on the form of a place, each with the name of the children's place."""
    if name == EVIDENCE:
        return ()
    place = places()[name]
    fields = children_of(place.kind)
    if name in _ASIDE:
        fields = tuple(field for field in fields if field.attribute in _TOGETHER.get(name, ()))
    return tuple((field, place_below(place, field)) for field in fields)


@cache
def place_below(place: Place, field: Field) -> str:
    """The name of the place of a field with children."""
    if field.type is Evidence:
        return EVIDENCE
    name = place.kind.declared.name
    return next(item.name for item in places().values() if item.parent == name and item.attribute == field.attribute)


@cache
def places_on_form(name: str) -> tuple[str, ...]:
    """A place and all places below it on one form."""
    below = [step for _, child in lists_on_form(name) for step in places_on_form(child)]
    return tuple(dict.fromkeys((name, *below)))


Step = tuple[str, tuple[Any, ...]]
"""From a record to a child: the field and the child's key."""


def with_record(root: R, above: Sequence[Step], attribute: str, key: tuple[Any, ...] | None, new: Record | None) -> R:
    """A dossier in which one record of a list is another one: replaced, added (no `key`) or gone (no `new`).

    `above` leads from the root to the record that holds the list.
    """
    if above:
        (name, wanted), rest = above[0], above[1:]
        held = getattr(root, name)
        changed = tuple(
            with_record(item, rest, attribute, key, new) if key_of(item) == wanted else item for item in held
        )
        return msgspec.structs.replace(root, **{name: changed})
    kept = [item for item in getattr(root, attribute) if key is None or key_of(item) != key]
    return msgspec.structs.replace(root, **{attribute: tuple(kept if new is None else [*kept, new])})
