"""From a raw tree (what YAML, JSON or TOML gave) to records, with every fault at once and where it stands.

The walk goes field by field from the declarations, so that template, help and checks come from one definition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from tracker.domain.records.base import (
    CODE_PATTERN,
    FIRST_DAY,
    LAST_DAY,
    Field,
    Pair,
    Record,
    Sort,
    children_of,
    fields_of,
    scalars_of,
)

FORMAT = "regiotracker/dossier@1"
MOST_SHOWN = 200
_LARGEST = 2_147_483_647
_LONGEST = 30
_CODE = re.compile(CODE_PATTERN)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Path = tuple[Any, ...]
"""A chain (parent path, key or index); written out only when something is wrong."""


def written(path: Path | None) -> str:
    """The path as people read it: `$.cooperations[2].uses[1].version`."""
    parts: list[str] = []
    while path:
        path, step = path
        parts.append(f"[{step}]" if isinstance(step, int) else f".{_cut(step)}")
    return "$" + "".join(reversed(parts))


@dataclass
class RawFile:
    """A dossier file before anything of it is checked.

    `cooperations` may be lazy: each is decoded when its turn comes, so that a file of a million records fits in memory.
    """

    head: Any
    """Everything but the cooperations."""
    cooperations: Iterable[Any] = ()
    number: int | None = None
    """How many cooperations there are, where it is known."""


class Unreadable(Exception):
    """A file or a cell that can't be read at all: what is wrong, where, and what to do."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.reason = Pair(nl, en)


class Problem(msgspec.Struct, frozen=True):
    """One fault: where, what stood there and what is allowed."""

    path: str
    value: Any
    reason: Pair


@dataclass
class Problems:
    """All faults of a file; the first 200 are kept, all are counted."""

    shown: list[Problem] = field(default_factory=list)
    number: int = 0
    by_list: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How many faults are in each list of the format, `("cooperations", "visions")`."""

    def add(self, path: Path, value: Any, reason: Pair) -> None:
        """Note a fault; the value is cut to what fits on a line."""
        self.number += 1
        self.by_list[_list_of(path)] += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(Problem(written(path), _short(value), reason))

    def __bool__(self) -> bool:
        return self.number > 0


def _list_of(path: Path) -> tuple[str, ...]:
    """The names of the lists on the way to a record; what stands after its index is a field of it."""
    names: list[str] = []
    inside = False
    while path:
        path, step = path
        if isinstance(step, int):
            inside = True
        elif inside:
            names.append(str(step))
            inside = False
    return tuple(reversed(names))


def _short(value: Any) -> Any:
    if value is None or (isinstance(value, bool | int) and abs(value) < 10**_LONGEST):
        return value
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return _cut(str(value))


def _cut(text: str) -> str:
    """Text of a stranger, to show on a line."""
    text = _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text[:81])
    return text if len(text) <= 80 else text[:79] + "…"


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

    def record(self, stored: Mapping[str, Any] | None = None) -> Record:
        """The record without its children; fields that were not given keep their stored value."""
        return self.kind(**{**stored, **self.given}) if stored else self.kind(**self.given)

    def whole(self) -> Record:
        """The record with its children."""
        held: dict[str, Any] = {}
        for child in children_of(self.kind):
            found = [item.whole() for item in self.children.get(child.attribute, ())]
            held[child.attribute] = tuple(found) if child.many else (found[0] if found else None)
        return self.kind(**self.given, **held)


class _Refused(Exception):
    """Raised anew each time: an exception that is kept would keep every place it was ever raised from."""

    def __init__(self, reason: Pair) -> None:
        self.reason = reason


Reader = Callable[[Any], Any]

_NOT_TEXT = Pair("schrijf een tekst, tussen aanhalingstekens", "write a text, in quotes")
_UNWRITABLE = Pair(
    "de tekst bevat een teken dat niet kan worden bewaard (NUL of een half teken)",
    "the text holds a character that can't be stored (NUL or half a character)",
)
_EMPTY = Pair("vul een tekst in", "fill in a text")
_NOT_CODE = Pair(
    "schrijf een code van 1 tot 40 letters, cijfers, punten, streepjes of liggende streepjes",
    "write a code of 1 to 40 letters, digits, dots, hyphens or underscores",
)
_NOT_DAY = Pair("schrijf een bestaande datum als 2022-07-01", "write an existing date as 2022-07-01")
_FAR_DAY = Pair(f"kies een datum tussen {FIRST_DAY} en {LAST_DAY}", f"choose a date between {FIRST_DAY} and {LAST_DAY}")
_NOT_FLAG = Pair("schrijf true of false", "write true or false")
_NOT_WHOLE = Pair("schrijf een geheel getal", "write a whole number")
_NOT_NUMBER = Pair(
    "schrijf een getal met hoogstens 15 cijfers voor en 10 achter de punt",
    "write a number with at most 15 digits before and 10 after the point",
)
_NOT_EURO = Pair("schrijf een bedrag met hoogstens twee decimalen", "write an amount with at most two decimals")


def _text_reader(longest: int, required: bool) -> Reader:
    too_long = Pair(f"hoogstens {longest} tekens", f"at most {longest} characters")

    def read(value: Any) -> str:
        if type(value) is not str:
            raise _Refused(_NOT_TEXT)
        if len(value) > longest:
            raise _Refused(too_long)
        if _UNSTORABLE.search(value):
            raise _Refused(_UNWRITABLE)
        if required and not value.strip():
            raise _Refused(_EMPTY)
        return value

    return read


def _read_code(value: Any) -> str:
    if type(value) is not str or not _CODE.fullmatch(value):
        raise _Refused(_NOT_CODE)
    return value


_days: dict[str, date] = {}
"""The days that were read, by their text: some ten thousand are possible, and a file names each many times."""


def _read_day(value: Any) -> date:
    if type(value) is not str:
        return _in_range(value)
    day = _days.get(value)
    if day is None:
        day = _days[value] = _in_range(_day_of(value))
    return day


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _in_range(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _Refused(_NOT_DAY)
    if not FIRST_DAY <= value <= LAST_DAY:
        raise _Refused(_FAR_DAY)
    return value


def _read_flag(value: Any) -> bool:
    if type(value) is not bool:
        raise _Refused(_NOT_FLAG)
    return value


def _within(least: Decimal | None, most: Decimal | None) -> Callable[[Any], bool]:
    return lambda value: (least is None or value >= least) and (most is None or value <= most)


def _limits(least: Decimal | None, most: Decimal | None) -> Pair:
    if least is not None and most is not None:
        return Pair(f"kies een waarde van {least} tot en met {most}", f"choose a value from {least} to {most}")
    return Pair(f"kies een waarde van {least} of hoger", f"choose a value of {least} or more")


def _whole_reader(least: Decimal | None, most: Decimal | None) -> Reader:
    lowest = least if least is not None else Decimal(-_LARGEST)
    highest = most if most is not None else Decimal(_LARGEST)
    outside = _limits(lowest, highest)
    first, last = int(lowest), int(highest)

    def read(value: Any) -> int:
        if type(value) is not int:
            raise _Refused(_NOT_WHOLE)
        if not first <= value <= last:
            raise _Refused(outside)
        return value

    return read


def plain(number: Decimal) -> Decimal:
    """The number without trailing zeros or exponent, so that one value has one spelling."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short + 0  # type: ignore[operator]


def _number_reader(least: Decimal | None, most: Decimal | None, euro: bool) -> Reader:
    fits, outside = _within(least, most), _limits(least, most)

    def read(value: Any) -> Decimal:
        text = _digits(value)
        if text is None or not _NUMBER.fullmatch(text):
            raise _Refused(_NOT_NUMBER)
        number = plain(Decimal(text))
        if euro and number != round(number, 2):
            raise _Refused(_NOT_EURO)
        if not fits(number):
            raise _Refused(outside)
        return number

    return read


def _digits(value: Any) -> str | None:
    """A number as it is written out; None for what is none, or has an exponent that would fill the memory."""
    if type(value) is str:
        return value
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() and abs(value.adjusted()) < _LONGEST else None
    return str(value) if type(value) is int and abs(value) < 10**_LONGEST else None


def _choice_reader(kind: Any) -> Reader:
    members = {member.value: member for member in kind}
    known = ", ".join(members)
    refused = Pair(f"kies uit: {known}", f"choose from: {known}")

    def read(value: Any) -> Any:
        if type(value) is not str or value not in members:
            raise _Refused(refused)
        return members[value]

    return read


def reader_of(item: Field) -> Reader:
    """The function that reads one value of a field, or refuses it with what is allowed."""
    if item.sort is Sort.TEXT:
        return _text_reader(item.longest or 300, item.required)
    if item.sort is Sort.INTEGER:
        return _whole_reader(item.least, item.most)
    if item.sort in (Sort.DECIMAL, Sort.EURO):
        return _number_reader(item.least, item.most, item.sort is Sort.EURO)
    if item.sort is Sort.CHOICE:
        return _choice_reader(item.type)
    return {Sort.CODE: _read_code, Sort.DAY: _read_day, Sort.FLAG: _read_flag}[item.sort]


def read_value(item: Field, value: Any) -> tuple[Any, Pair | None]:
    """One value of a field as typed in a form or a cell: (value, None) or (None, what is allowed)."""
    try:
        return _reader(item)(value), None
    except _Refused as refusal:
        return None, refusal.reason


_reader = cache(reader_of)


class _Shape(msgspec.Struct):
    """What the walk needs to know of a kind, prepared once."""

    fields: dict[str, tuple[Field, Reader | None]]
    required: tuple[str, ...]
    keys: tuple[tuple[str, Any], ...]
    """The fields of the natural key, each with what it is when left out."""
    has_rules: bool
    known: str


@cache
def _shape(kind: type[Record]) -> _Shape:
    fields = {item.name: (item, None if item.is_child else _reader(item)) for item in fields_of(kind)}
    required = tuple(item.name for item in fields_of(kind) if item.required)
    keys = tuple((name, known_fields(kind)[name].default) for name in kind.declared.key)
    has_rules = kind.faults is not Record.faults
    return _Shape(fields, required, keys, has_rules, ", ".join(fields))


def parse(kind: type[Record], raw: Any, path: Path, walk: Walk) -> Parsed | None:
    """Walk one record and all it holds; faults and references go to `walk`. None when it can't be used at all."""
    shape = _shape(kind)
    add = walk.problems.add
    if type(raw) is not dict:
        add(path, raw, _no_block(kind, shape))
        return None
    before, size = walk.problems.number, 1
    given: dict[str, Any] = {}
    children: dict[str, list[Parsed]] = {}
    for name, value in raw.items():
        known = shape.fields.get(name)
        if known is None:
            add((path, name), value, _unknown(kind, shape))
            continue
        item, reader = known
        if value is None:
            if item.required:
                add((path, name), None, _NO_NULL)
            elif reader is not None:
                given[item.attribute] = item.default
        elif reader is None:
            held = children[item.attribute] = _parse_children(item, value, (path, name), walk)
            for child in held:
                size += child.size
        elif item.many:
            given[item.attribute] = _parse_values(item, reader, value, (path, name), walk)
        else:
            try:
                found = given[item.attribute] = reader(value)
            except _Refused as refusal:
                add((path, name), value, refusal.reason)
                continue
            if item.refers_to is not None or item.catalogue is not None:
                _note(item, found, (path, name), walk)
    for name in shape.required:
        if name not in raw:
            add((path, name), None, _MISSING)
    key = tuple([given.get(attribute, default) for attribute, default in shape.keys])
    parsed = Parsed(kind, given, children, path, key, size)
    _check_meaning(parsed, shape, walk, is_whole=walk.problems.number == before)
    return parsed


_NO_NULL = Pair("verplicht; null kan hier niet", "required; null is not possible here")
_MISSING = Pair("verplicht veld ontbreekt", "required field is missing")


def _no_block(kind: type[Record], shape: _Shape) -> Pair:
    name = kind.declared.name
    return Pair(
        f"hier hoort een {name}: een blok met {shape.known}", f"a {name} belongs here: a block with {shape.known}"
    )


def _unknown(kind: type[Record], shape: _Shape) -> Pair:
    name = kind.declared.name
    return Pair(f"onbekende sleutel; {name} kent {shape.known}", f"unknown key; {name} knows {shape.known}")


def _note(item: Field, code: str, path: Path, walk: Walk) -> None:
    """Check a catalogue code at once; keep a reference to a record for the end of the walk."""
    if item.refers_to is not None:
        walk.references.append(Reference(item.refers_to, code, path))
    if item.catalogue is not None and walk.catalogues is not None:
        allowed = walk.catalogues[item.catalogue]
        if code not in allowed:
            listed = ", ".join(sorted(allowed))
            walk.problems.add(
                path,
                code,
                Pair(
                    f"niet bekend in de programma’s; kies uit: {listed}",
                    f"not known in the programmes; choose from: {listed}",
                ),
            )


def _parse_values(item: Field, reader: Reader, raw: Any, path: Path, walk: Walk) -> tuple[Any, ...]:
    if type(raw) is not list:
        walk.problems.add(path, raw, Pair("schrijf een lijst", "write a list"))
        return ()
    found = []
    for index, value in enumerate(raw):
        try:
            found.append(reader(value))
        except _Refused as refusal:
            walk.problems.add((path, index), value, refusal.reason)
            continue
        _note(item, found[-1], (path, index), walk)
    if item.sort not in (Sort.CHOICE, Sort.CODE):
        return tuple(found)
    if len(set(found)) != len(found):
        walk.problems.add(path, raw, Pair("noem elke waarde één keer", "name each value once"))
    # Order means nothing (dossier-format.md, 1.4): one set of values has one spelling.
    return tuple(sorted(found, key=list(item.type).index if item.sort is Sort.CHOICE else None))


def _parse_children(item: Field, raw: Any, path: Path, walk: Walk) -> list[Parsed]:
    if not item.many:
        only = parse(item.type, raw, path, walk)
        return [only] if only else []
    if type(raw) is not list:
        walk.problems.add(path, raw, Pair("schrijf een lijst", "write a list"))
        return []
    if item.required and not raw:
        walk.problems.add(path, raw, Pair("geef er ten minste één", "give at least one"))
    parsed = [parse(item.type, value, (path, index), walk) for index, value in enumerate(raw)]
    found = [one for one in parsed if one is not None]
    _check_keys(item.type, found, walk)
    return found


@cache
def known_fields(kind: type[Record]) -> dict[str, Field]:
    """The fields of a kind by attribute."""
    return {item.attribute: item for item in fields_of(kind)}


def _attribute(kind: type[Record], attribute: str) -> Field:
    return known_fields(kind)[attribute]


def has_key(parsed: Parsed) -> bool:
    """Was its key given, so that it can be told from the others and matched with what is stored?"""
    fields = known_fields(parsed.kind)
    return all(name in parsed.given for name in parsed.kind.declared.key if fields[name].required)


def _check_keys(kind: type[Record], found: list[Parsed], walk: Walk) -> None:
    """Two records with one key in one list are an error."""
    if len(found) < 2:
        return
    first: dict[tuple[Any, ...], Parsed] = {}
    for parsed in found:
        held = first.setdefault(parsed.key, parsed)
        if held is not parsed and has_key(parsed):
            named = ", ".join(_attribute(kind, name).name for name in kind.declared.key)
            where = written(held.path)
            walk.problems.add(
                parsed.path,
                ", ".join(str(part) for part in parsed.key),
                Pair(f"dezelfde {named} als {where}", f"same {named} as {where}"),
            )


def _check_meaning(parsed: Parsed, shape: _Shape, walk: Walk, *, is_whole: bool) -> None:
    """Invariants of a record: an end before its start and, when nothing else is wrong in it, those of its own kind."""
    if parsed.kind.declared.spans:
        for path, value, reason in _span_faults(parsed, parsed.given):
            walk.problems.add(path, value, reason)
    if is_whole and shape.has_rules:
        for attribute, reason in parsed.whole().faults():
            name = _attribute(parsed.kind, attribute).name
            walk.problems.add((parsed.path, name), parsed.given.get(attribute), reason)


def _span_faults(parsed: Parsed, values: Mapping[str, Any]) -> Iterator[tuple[Path, Any, Pair]]:
    for start, end in parsed.kind.declared.spans:
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and last < first:
            start_name, end_name = _attribute(parsed.kind, start).name, _attribute(parsed.kind, end).name
            reason = Pair(
                f"ligt voor {start_name} ({first}); kies een latere datum",
                f"lies before {start_name} ({first}); choose a later date",
            )
            yield (parsed.path, end_name), last, reason


def merged_faults(parsed: Parsed, values: Mapping[str, Any]) -> Iterator[tuple[Path, Any, Pair]]:
    """Invariants of a stored record with the given fields laid over it."""
    yield from _span_faults(parsed, values)
    for attribute, reason in parsed.kind(**values).faults():
        yield (parsed.path, _attribute(parsed.kind, attribute).name), values.get(attribute), reason


def read_head(kind: type[Record], raw: Any, walk: Walk) -> dict[str, Any]:
    """The file's own values (format, fictional, title, day); its records are walked one by one elsewhere."""
    if type(raw) is not dict:
        parsed = parse(kind, raw, (), walk)
        return parsed.given if parsed else {}
    children = {item.name for item in fields_of(kind) if item.is_child}
    parsed = parse(kind, {name: value for name, value in raw.items() if name not in children}, (), walk)
    return parsed.given if parsed else {}


def parse_record(
    kind: type[Record], raw: Any, path: str = "", catalogues: Mapping[str, frozenset[str]] | None = None
) -> tuple[Record | None, list[Problem]]:
    """One raw tree to one record with its children, and every fault in it. References are not checked."""
    walk = Walk(catalogues=catalogues)
    start: Path = ()
    for step in filter(None, path.removeprefix("$").lstrip(".").split(".")):
        start = (start, step)
    parsed = parse(kind, raw, start, walk)
    if walk.problems or parsed is None:
        return None, walk.problems.shown
    return parsed.whole(), []


def raw_of(record: Record) -> dict[str, Any]:
    """A record with its children as a raw tree in the order of the format; absent instead of empty."""
    tree: dict[str, Any] = {}
    for item in fields_of(type(record)):
        value = getattr(record, item.attribute)
        if item.is_child:
            if item.many:
                value = [raw_of(child) for child in value]
            elif value is not None:
                value = raw_of(value)
        elif item.many and value is not None:
            value = list(value)
        if value is None or (item.many and value == [] and item.default == () and not item.required):
            continue
        tree[item.name] = value
    return tree


def scalar_raw(record: Record) -> dict[str, Any]:
    """The record's own values by the names of the format, without children."""
    return {
        item.name: value for item in scalars_of(type(record)) if (value := getattr(record, item.attribute)) is not None
    }
