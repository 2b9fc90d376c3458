"""Invented dossiers that a file could bring: of every kind, with references that lead somewhere."""

from collections.abc import Mapping, Set
from random import Random
from typing import Any

import msgspec

from tests.domain.invented import Inventor
from tracker.domain.amounts import plain
from tracker.domain.records.base import Record, Sort, children_of, key_of, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import ProductUse
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.register import Register
from tracker.exchange.dossier_file import dossier_json

OWN = ("practice", "initiative")
"""Kinds whose codes are unique in the product and belong to one region."""
There = Mapping[str, Any]
"""Codes that exist, by kind; and under `versions` those of each product."""


def invented(seed: int, regions: int = 2) -> tuple[Register, tuple[Cooperation, ...]]:
    """A register and some regions that refer to it and, by their examples, to each other."""
    inventor = Inventor(seed)
    register = _mended_register(Register(inventor.records(Product, 4), inventor.records(HisProduct, 3)))
    codes = [f"R{number}" for number in range(regions)]
    found = [_renamed(_region(inventor, code), f"{code}-") for code in codes]
    initiatives = {item.code for one in found for item in one.initiatives}
    return register, tuple(mended_region(one, register, initiatives) for one in found)


def _region(inventor: Inventor, code: str) -> Cooperation:
    made = inventor.record(Cooperation)
    assert made is not None
    return msgspec.structs.replace(made, code=code)


def _mended_register(register: Register) -> Register:
    products = [_mended(item, {}) for item in register.products]
    systems = [_mended(item, {}) for item in register.his_products]
    return Register(tuple(filter(None, products)), tuple(filter(None, systems)))


def mended_region(region: Cooperation, register: Register, initiatives: Set[str]) -> Cooperation:
    """The region without what refers to nothing: to no product of the register, no initiative, no own practice."""
    there: dict[str, Any] = {
        "product": {item.code for item in register.products},
        "his_product": {item.code for item in register.his_products},
        "versions": {item.code: [one.version for one in item.versions] for item in register.products},
        "initiative": initiatives,
    }
    practices = tuple(filter(None, (_mended(item, there) for item in region.practices)))
    there["practice"] = {item.code for item in practices}
    found: Cooperation | None = _mended(msgspec.structs.replace(region, practices=practices), there)
    assert found is not None
    return found


def _renamed(record: Any, prefix: str) -> Any:
    """Codes of practices and initiatives with the code of their region before them, wherever they stand."""
    changed: dict[str, Any] = {}
    for item in scalars_of(type(record)):
        value = getattr(record, item.attribute)
        own = item.refers_to or (record.declared.name if item.attribute == "code" else None)
        if value is not None and own in OWN:
            changed[item.attribute] = tuple(prefix + one for one in value) if item.many else prefix + value
    for item in children_of(type(record)):
        held = getattr(record, item.attribute)
        if held:
            changed[item.attribute] = (
                tuple(_renamed(one, prefix) for one in held) if item.many else _renamed(held, prefix)
            )
    return msgspec.structs.replace(record, **changed)


def _mended(record: Any, there: There) -> Any:
    """The record without references to nothing and with the spelling of a file; None when it needs one of them."""
    changed: dict[str, Any] = {}
    for item in scalars_of(type(record)):
        value = getattr(record, item.attribute)
        if value is None:
            continue
        if item.refers_to and item.many:
            changed[item.attribute] = tuple(sorted(code for code in value if code in there[item.refers_to]))
        elif item.refers_to and value not in there[item.refers_to]:
            if item.required:
                return None
            changed[item.attribute] = None
        elif item.sort in (Sort.DECIMAL, Sort.EURO):
            changed[item.attribute] = plain(value)
        elif item.many and item.sort in (Sort.CHOICE, Sort.CODE):
            changed[item.attribute] = tuple(
                sorted(value, key=list(item.type).index if item.sort is Sort.CHOICE else None)
            )
    for start, end in record.declared.spans:
        first, last = getattr(record, start), getattr(record, end)
        if first is not None and last is not None and last < first:
            changed[end] = None
    if isinstance(record, ProductUse):
        changed["version"] = there["versions"][record.product][0]
    for item in children_of(type(record)):
        held = getattr(record, item.attribute)
        if not item.many:
            changed[item.attribute] = None if held is None else _mended(held, there)
            continue
        kept = {key_of(one): one for one in (_mended(one, there) for one in held) if one is not None}
        if item.required and not kept:
            return None
        changed[item.attribute] = tuple(kept.values())
    found = msgspec.structs.replace(record, **changed)
    return None if found.faults() else found


def file_of(register: Register, regions: tuple[Cooperation, ...], *, fictional: bool = True) -> bytes:
    """The file that brings them."""
    return b"".join(dossier_json(register, regions, fictional=fictional))


def part_of(record: Record, random: Random) -> Any:
    """The same record with some of its children left out, at every depth; what must be there stays."""
    changed: dict[str, Any] = {}
    for item in children_of(type(record)):
        held = getattr(record, item.attribute)
        if item.many:
            kept = [part_of(one, random) for one in held if random.random() < 0.6]
            changed[item.attribute] = tuple(kept) or (held[:1] if item.required else ())
    return msgspec.structs.replace(record, **changed)
