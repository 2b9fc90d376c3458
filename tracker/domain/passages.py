"""Every passage that the programme files quote from a document, and what each is quoted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tracker.domain.programme import Document, Passage, Programme, Requirement, Words

_NUMBERS = re.compile(r"\d+")
_PLAIN = (str, int, bool, bytes, type(None))


class Quotation(msgspec.Struct, frozen=True):
    """A passage with the item that quotes it."""

    passage: Passage
    programme: Programme
    title: Words | None
    rule: str | None
    """The code of the rule that rests on it."""


class Place(msgspec.Struct, frozen=True):
    """One place in a document with everything that is quoted there."""

    place: str
    quotations: tuple[Quotation, ...]


def places_in(programmes: Iterable[Programme], alias: str) -> tuple[Place, ...]:
    """The quoted places of a document in its own order."""
    found: dict[str, list[Quotation]] = {}
    for programme in programmes:
        for quotation in quotations(programme):
            if quotation.passage.document == alias:
                found.setdefault(quotation.passage.place, []).append(quotation)
    return tuple(Place(place, tuple(found[place])) for place in sorted(found, key=_in_order))


def _in_order(place: str) -> tuple[list[int], str]:
    return [int(number) for number in _NUMBERS.findall(place)], place


def quotations(programme: Programme) -> Iterator[Quotation]:
    """Every quotation of a programme file."""
    for name in programme.__struct_fields__:
        if name not in ("examples", "switches", "documents"):
            yield from _inside(getattr(programme, name), programme, None, None)


def _inside(value: Any, programme: Programme, title: Words | None, rule: str | None) -> Iterator[Quotation]:
    if isinstance(value, Passage):
        yield Quotation(value, programme, title, rule)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _inside(item, programme, title, rule)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Words):
        own = getattr(value, "title", None)
        title = own if isinstance(own, Words) else title
        rule = value.rule if isinstance(value, Requirement) else rule
        for name in value.__struct_fields__:
            held = getattr(value, name)
            if not isinstance(held, _PLAIN):
                yield from _inside(held, programme, title, rule)


def document_named(programmes: Iterable[Programme], alias: str) -> Document | None:
    """A document by its alias, whichever file names it first."""
    return next((item for held in programmes for item in held.documents if item.alias == alias), None)
