"""Where a record stands, in words: `WOL/visions/1/texts/urgency;2022-05-18`, as the journal and the import name it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

import msgspec

from tracker.domain.records.base import Record, children_of, key_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register


class Address(msgspec.Struct, frozen=True, gc=False):
    """The kind of a record and where it stands."""

    kind: str
    address: str


def below(above: str, attribute: str, key: Iterable[Any], many: bool = True) -> str:
    """The address of a record in a list of another one; a field that holds one record needs no key."""
    named = ";".join(_part(part) for part in key) if many else ""
    return f"{above}/{attribute}/{named}" if named else f"{above}/{attribute}"


def _part(value: Any) -> str:
    if value is None:
        return ""
    return str(value.value if isinstance(value, Enum) else value)


class Addresses:
    """Finds the address of a record of a dossier or register, by identity: the very object that was judged."""

    def __init__(self, dossier: Cooperation, register: Register) -> None:
        self._found: dict[int, Address] = {}
        # Held on to, so that no identity is given to another object while this index lives.
        self._roots = (dossier, register)
        self._walk(dossier, dossier.code)
        for product in register.products:
            self._walk(product, product.code)
        for system in register.his_products:
            self._walk(system, system.code)
        for example in register.examples:
            initiative = example.initiative
            self._walk(initiative, below(example.cooperation, "initiatives", (initiative.code,)))

    def _walk(self, record: Record, address: str) -> None:
        kind = type(record)
        self._found[id(record)] = Address(kind.declared.name, address)
        for field in children_of(kind):
            held = getattr(record, field.attribute)
            if not held:
                continue
            for child in held if field.many else (held,):
                self._walk(child, below(address, field.attribute, key_of(child), field.many))

    def of(self, record: Record) -> Address | None:
        """Where the record stands; None for one that is no part of this dossier."""
        return self._found.get(id(record))
