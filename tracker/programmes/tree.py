"""From the raw tree of a TOML file to Structs, field by field, with every fault of shape at once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from tracker.domain.programme import Passage, Words
from tracker.domain.records.base import Pair
from tracker.programmes.faults import Fault

S = TypeVar("S", bound=msgspec.Struct)
LOST: Any = object()
"""Stands for a value that could not be read."""

# What takes the place of a faulty required text, so that the rest of the file can still be checked.
_STAND_INS: dict[Any, Any] = {Words: Words("", ""), Passage: Passage("", "", ""), str: ""}
_NAMES = {
    str: Pair("een tekst tussen aanhalingstekens", "a text in quotes"),
    int: Pair("een geheel getal", "a whole number"),
    Decimal: Pair("een getal", "a number"),
    bool: Pair("true of false", "true or false"),
    date: Pair("een datum als 2022-07-01, zonder aanhalingstekens", "a date as 2022-07-01, without quotes"),
    list: Pair("een lijst tussen [ en ]", "a list between [ and ]"),
    dict: Pair("een blok van sleutels en waarden", "a block of keys and values"),
}


def fits(value: Any, kind: type) -> bool:
    """Is a raw TOML value of this type? A truth value is no number and a moment is no day."""
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind is Decimal:
        return type(value) in (int, Decimal) and Decimal(value).is_finite()
    return type(value) is kind


def called(kind: type) -> Pair:
    """The name of a type for people."""
    return _NAMES.get(kind, Pair(kind.__name__, kind.__name__))


def shown(value: Any) -> str:
    """A raw value as it stands in the file, cut to what fits on a line."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = f"“{value}”" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def inside(path: str, key: str) -> str:
    """The path of a key within a block."""
    return f"{path}.{key}" if path else key


class _Slot(msgspec.Struct, frozen=True):
    """One field of a Struct: its type without None, and whether it must be given."""

    hint: Any
    required: bool


@cache
def _slots(kind: type[msgspec.Struct]) -> dict[str, _Slot]:
    hints = get_type_hints(kind)
    return {info.name: _Slot(_bare(hints[info.name]), info.required) for info in msgspec.structs.fields(kind)}


def _bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


class Tree:
    """One walk over a raw tree; `faults` collects what is wrong, `lost` the sections that are not whole."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.lost: set[str] = set()

    def fault(self, key: str, nl: str, en: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.file, key, Pair(nl, en)))

    def struct(self, kind: type[S], raw: Any, path: str = "") -> S:
        """The Struct of a block; LOST when a required part of it can't be read."""
        slots = _slots(kind)
        known = ", ".join(slots)
        if type(raw) is not dict:
            self._refuse(path, f"hier hoort een blok met {known}", f"a block with {known} belongs here")
            return LOST  # type: ignore[no-any-return]
        for name in (name for name in raw if name not in slots):
            self.fault(inside(path, name), f"onbekende sleutel; hier kan: {known}", f"unknown key; known here: {known}")
        values = {name: self._field(slot, raw, path, name) for name, slot in slots.items()}
        self._check_span(values, path)
        if any(value is LOST for name, value in values.items() if slots[name].required):
            self._lose(path)
            return LOST  # type: ignore[no-any-return]
        return kind(**{name: value for name, value in values.items() if value is not LOST})

    def _field(self, slot: _Slot, raw: dict[str, Any], path: str, name: str) -> Any:
        where = inside(path, name)
        found = LOST
        if name in raw:
            found = self._value(slot.hint, raw[name], where)
        elif slot.required:
            self._refuse(where, "verplicht veld ontbreekt", "required field is missing")
        if found is LOST and slot.required:
            return _STAND_INS.get(slot.hint, LOST)
        return found

    def _value(self, hint: Any, raw: Any, path: str) -> Any:
        origin = get_origin(hint)
        if hint is Any:
            return raw
        if origin is Literal:
            return self._choice(get_args(hint), raw, path)
        if origin is tuple:
            return self._items(get_args(hint)[0], raw, path)
        if origin is dict:
            return raw if self._checked(dict, raw, path) else LOST
        if issubclass(hint, msgspec.Struct):
            return self.struct(hint, raw, path)
        return self._scalar(hint, raw, path)

    def _scalar(self, kind: type, raw: Any, path: str) -> Any:
        if not self._checked(kind, raw, path):
            return LOST
        if kind is str and not raw.strip():
            self._refuse(path, "vul een tekst in", "fill in a text")
            return LOST
        return Decimal(raw) if kind is Decimal else raw

    def _items(self, hint: Any, raw: Any, path: str) -> Any:
        if not self._checked(list, raw, path):
            return LOST
        found = [self._value(hint, item, f"{path}[{index}]") for index, item in enumerate(raw)]
        return tuple(item for item in found if item is not LOST)

    def _choice(self, allowed: tuple[str, ...], raw: Any, path: str) -> Any:
        if raw in allowed:
            return raw
        listed = ", ".join(allowed)
        self._refuse(path, f"{shown(raw)} kan hier niet; kies uit: {listed}", f"{shown(raw)}: choose from: {listed}")
        return LOST

    def _checked(self, kind: type, raw: Any, path: str) -> bool:
        if fits(raw, kind):
            return True
        name = called(kind)
        self._refuse(path, f"{shown(raw)} past niet; schrijf {name.nl}", f"{shown(raw)} does not fit; write {name.en}")
        return False

    def _check_span(self, values: dict[str, Any], path: str) -> None:
        first, last = values.get("valid_from"), values.get("valid_to")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.fault(
                inside(path, "valid_to"),
                f"{last} ligt voor valid_from ({first})",
                f"{last} lies before valid_from ({first})",
            )

    def _refuse(self, path: str, nl: str, en: str) -> None:
        self.fault(path, nl, en)
        self._lose(path)

    def _lose(self, path: str) -> None:
        self.lost.add(path.split(".")[0].split("[")[0])
