"""From a raw tree (what YAML, JSON or TOML gave) to records, with every fault at once and where it stands.

The walk goes field by field from the declarations, so that template, help and checks come from one definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from tracker.domain.invariants import check_meaning
from tracker.domain.parsed import Parsed, Reference, Walk, has_key
from tracker.domain.problems import Path, Problem, written
from tracker.domain.records.base import Field, Pair, Record, Sort, fields_of, known_fields
from tracker.domain.values import Reader, Refused, reader_of


class _Shape(msgspec.Struct):
    """What the walk needs to know of a kind, prepared once."""

    fields: dict[str, tuple[Field, Reader | None]]
    required: tuple[str, ...]
    keys: tuple[tuple[str, Any], ...]
    """The fields of the natural key, each with what it is when left out."""
    known: str


@cache
def _shape(kind: type[Record]) -> _Shape:
    fields = {item.name: (item, None if item.is_child else reader_of(item)) for item in fields_of(kind)}
    required = tuple(item.name for item in fields_of(kind) if item.required)
    keys = tuple((name, known_fields(kind)[name].default) for name in kind.declared.key)
    return _Shape(fields, required, keys, ", ".join(fields))


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
            size += sum([child.size for child in held])
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
    _check_required(shape, raw, path, walk)
    key = tuple([given.get(attribute, default) for attribute, default in shape.keys])
    parsed = Parsed(kind, given, children, path, key, size)
    if walk.alone:
        check_meaning(parsed, walk, is_whole=walk.problems.number == before)
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


def _check_required(shape: _Shape, raw: dict[str, Any], path: Path, walk: Walk) -> None:
    for name in shape.required:
        if name not in raw:
            walk.problems.add((path, name), None, _MISSING)


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


def _check_keys(kind: type[Record], found: list[Parsed], walk: Walk) -> None:
    """Two records with one key in one list are an error."""
    if len(found) < 2:
        return
    first: dict[tuple[Any, ...], Parsed] = {}
    for parsed in found:
        held = first.setdefault(parsed.key, parsed)
        if held is not parsed and has_key(parsed):
            named = ", ".join(known_fields(kind)[name].name for name in kind.declared.key)
            where = written(held.path)
            walk.problems.add(
                parsed.path,
                ", ".join(str(part) for part in parsed.key),
                Pair(f"dezelfde {named} als {where}", f"same {named} as {where}"),
            )


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
