"""Where records live: each kind in each list that can hold it is one place, with one table and one journal name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tracker.domain.records.base import Record, children_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.product import HisProduct, Product

ROOTS: tuple[type[Record], ...] = (Product, HisProduct, Cooperation)
EVIDENCE = "evidence"


@dataclass(frozen=True)
class Place:
    """A list (or single field) of one kind inside one kind of parent; `WOL/directions/T1.1/phases` is one."""

    name: str
    kind: type[Record]
    root: type[Record]
    parent: str | None = None
    attribute: str = ""
    many: bool = True

    @property
    def is_root(self) -> bool:
        return self.parent is None


@cache
def places() -> dict[str, Place]:
    """Every place but evidence, parents before children. A kind with several parents has one place each."""
    found: list[tuple[Place, str]] = []
    todo = [Place(root.declared.name, root, root) for root in ROOTS]
    while todo:
        place = todo.pop(0)
        found.append((place, place.kind.declared.name))
        for item in children_of(place.kind):
            if item.type is not Evidence:
                name: str = item.type.declared.name
                todo.append(Place(name, item.type, place.root, place.name, item.attribute, item.many))
    return _named(found)


def _named(found: list[tuple[Place, str]]) -> dict[str, Place]:
    """A kind in one place keeps its own name; in several it is named by parent and field: `direction_alignment`."""
    kinds = [name for _, name in found]
    result: dict[str, Place] = {}
    for place, kind_name in found:
        name = kind_name
        if kinds.count(kind_name) > 1:
            name = f"{place.parent}_{place.attribute.removesuffix('s')}"
        result[name] = Place(name, place.kind, place.root, place.parent, place.attribute, place.many)
    return result


@cache
def kind_of(place: str) -> type[Record]:
    """The kind of the records of a place, evidence included."""
    return Evidence if place == EVIDENCE else places()[place].kind


@cache
def places_of(kind_name: str) -> tuple[Place, ...]:
    """The places that hold a kind; also `practice.memberships` for one place alone."""
    parent, dot, attribute = kind_name.partition(".")
    if dot:
        return tuple(place for place in places().values() if place.parent == parent and place.attribute == attribute)
    return tuple(place for place in places().values() if place.kind.declared.name == kind_name)


@cache
def with_parents(kind_names: frozenset[str]) -> tuple[Place, ...]:
    """The places of some kinds and all that is above them, parents first."""
    wanted: set[str] = set()
    for kind_name in kind_names:
        for place in places_of(kind_name):
            step: Place | None = place
            while step is not None:
                wanted.add(step.name)
                step = places()[step.parent] if step.parent else None
    return tuple(place for place in places().values() if place.name in wanted)
