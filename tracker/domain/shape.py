"""From a raw tree (what YAML, JSON or TOML gave) to records, with every fault at once and where it stands.

The walk goes field by field from the declarations, so that template, help and checks come from one definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from tracker.domain.problems import Path, Problem, Problems, written
from tracker.domain.records.base import Field, Pair, Record, Sort, children_of, fields_of, scalars_of
from tracker.domain.values import Reader, Refused, reader_of

FORMAT = "regiotracker/dossier@1"


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
    alone: bool = True
    """Records stand by themselves. An import lays them over what is stored, and asks `meaning_faults` then."""


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

    def whole(self) -> Record:
        """The record with its children."""
        held: dict[str, Any] = {}
        for child in children_of(self.kind):
            found = [item.whole() for item in self.children.get(child.attribute, ())]
            held[child.attribute] = tuple(found) if child.many else (found[0] if found else None)
        return self.kind(**self.given, **held)


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
    fields = {item.name: (item, None if item.is_child else reader_of(item)) for item in fields_of(kind)}
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
            except Refused as refusal:
                add((path, name), value, refusal.reason)
                continue
            if item.refers_to is not None or item.catalogue is not None:
                _note(item, found, (path, name), walk)
    for name in shape.required:
        if name not in raw:
            add((path, name), None, _MISSING)
    key = tuple([given.get(attribute, default) for attribute, default in shape.keys])
    parsed = Parsed(kind, given, children, path, key, size)
    if walk.alone:
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
        except Refused as refusal:
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


def has_rules(kind: type[Record]) -> bool:
    """Has this kind invariants of its own, beside its shape?"""
    return _shape(kind).has_rules


def meaning_faults(
    parsed: Parsed, values: Mapping[str, Any], children: Mapping[str, Any]
) -> Iterator[tuple[Path, Any, Pair]]:
    """Invariants of a record as it will stand: what is given laid over what is stored, with its children."""
    yield from _span_faults(parsed, values)
    if has_rules(parsed.kind) and is_complete(parsed.kind, values):
        for attribute, reason in parsed.kind(**values, **children).faults():
            yield (parsed.path, _attribute(parsed.kind, attribute).name), values.get(attribute), reason


def is_complete(kind: type[Record], values: Mapping[str, Any]) -> bool:
    """Is there a value for every field of its own that is required?"""
    return all(values.get(item.attribute) is not None for item in scalars_of(kind) if item.required)


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
