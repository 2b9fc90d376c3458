"""The dossier file: YAML or JSON in, the same format out (dossier-format.md)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from tracker.domain.problems import Unreadable
from tracker.domain.raw import FORMAT, RawFile, raw_of
from tracker.domain.records.base import Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register
from tracker.exchange.yaml_text import read_yaml, write_yaml

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_NOT_TEXT = (
    "dit is geen tekstbestand in UTF-8; lever een dossierbestand in YAML of JSON aan",
    "this is no text file in UTF-8; give a dossier file in YAML or JSON",
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""No text file holds these: it is a picture, an archive or the like."""
_EMPTY = ("het bestand is leeg", "the file is empty")


def read_dossier(data: bytes) -> RawFile:
    """The raw tree of a file; JSON when it starts with a brace. Raises Unreadable with what is wrong and where."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise Unreadable(*_EMPTY)
    if start in (b"{", b"["):
        return _from_json(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(*_NOT_TEXT) from None
    if _CONTROL.search(text):
        raise Unreadable(*_NOT_TEXT)
    tree = read_yaml(text)
    if not isinstance(tree, dict):
        raise Unreadable(f"begin met format: {FORMAT}", f"start with format: {FORMAT}")
    listed = tree.pop("cooperations", None)
    return _file(tree, listed if listed is not None else [])


def _file(head: dict[str, Any], listed: Any) -> RawFile:
    if not isinstance(listed, list):
        raise Unreadable("cooperations: schrijf een lijst", "cooperations: write a list")
    return RawFile(head, listed, len(listed))


def _from_json(data: bytes) -> RawFile:
    """Only the top is read at once; each cooperation when its turn comes."""
    try:
        seen: set[str] = set()
        top = msgspec.json.decode(data, type=dict[_Key, msgspec.Raw], dec_hook=lambda _, key: _once(key, seen))
        listed = msgspec.json.decode(top.pop(_Key("cooperations"), b"[]"), type=list[msgspec.Raw] | None)
    except UnicodeDecodeError:
        raise Unreadable(*_NOT_TEXT) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(f"geen geldige JSON: {error}", f"no valid JSON: {error}") from None
    head = {str(name): _tree(raw) for name, raw in top.items()}
    return RawFile(head, (_tree(raw) for raw in listed or ()), len(listed or ()))


class _Key(str):
    """A key at the top of a JSON file: of a type of its own, so that every one passes by and not only the last."""


def _once(key: str, seen: set[str]) -> _Key:
    if key in seen:
        raise _twice(key)
    seen.add(key)
    return _Key(key)


def _twice(key: str) -> Unreadable:
    name = key[:80]
    return Unreadable(f"de sleutel {name} staat er twee keer", f"the key {name} stands there twice")


def _tree(raw: msgspec.Raw) -> Any:
    try:
        return json.loads(bytes(raw), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_pairs)
    except RecursionError:
        raise Unreadable("dieper dan twaalf niveaus", "deeper than twelve levels") from None
    except UnicodeDecodeError:
        raise Unreadable(*_NOT_TEXT) from None
    except ValueError as error:
        raise Unreadable(f"geen geldige JSON: {error}", f"no valid JSON: {error}") from None


class TooMany(Unreadable):
    """More records than a file may bring through this door."""


def at_most(file: RawFile, records: int) -> RawFile:
    """The same file, read no further than a number of records. Raises TooMany, at once or while it is taken in."""
    if (file.number or 0) > records:
        raise _too_many(records)
    return RawFile(file.head, _counted(file, records), file.number)


def _counted(file: RawFile, most: int) -> Iterator[Any]:
    left = most - _records_in(file.head)
    for raw in file.cooperations:
        left -= _records_in(raw)
        if left < 0:
            raise _too_many(most)
        yield raw


def _too_many(most: int) -> TooMany:
    return TooMany(
        f"meer dan {most} records; lees zo’n bestand in met het commando tracker import",
        f"more than {most} records; take such a file in with the command tracker import",
    )


def _records_in(tree: Any) -> int:
    """Every block of a raw tree is a record, and so is everything else that stands in a list and is no text.

    Counted without recursion, because nothing limits its depth yet.
    """
    number, todo = 0, [tree]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            number += 1
            todo.extend(item.values())
        elif isinstance(item, list):
            number += sum(not isinstance(held, dict | str) for held in item)
            todo.extend(item)
    return number


def _refuse(word: str) -> Any:
    raise Unreadable(f"{word} is geen getal", f"{word} is no number")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen = Counter(name for name, _ in pairs)
        raise _twice(next(name for name, number in seen.items() if number > 1))
    return found


def _head(register: Register, fictional: bool) -> dict[str, Any]:
    listed = {"products": register.products, "his_products": register.his_products}
    found = {name: [raw_of(record) for record in records] for name, records in listed.items() if records}
    head: dict[str, Any] = {"format": FORMAT, "fictional": fictional}
    return head | ({"register": found} if found else {})


def dossier_yaml(register: Register, cooperations: Iterable[Cooperation], *, fictional: bool) -> str:
    """A dossier file as YAML: keys in the order of the format, absent instead of empty."""
    tree = _head(register, fictional)
    listed = [raw_of(cooperation) for cooperation in cooperations]
    return write_yaml(tree | ({"cooperations": listed} if listed else {}))


def dossier_json(register: Register, cooperations: Iterable[Record], *, fictional: bool) -> Iterator[bytes]:
    """A dossier file as JSON, a piece per cooperation so that it can stream."""
    head = _ENCODER.encode(_head(register, fictional))
    yield head[:-1] + b',"cooperations":['
    for index, cooperation in enumerate(cooperations):
        yield (b",\n" if index else b"\n") + _ENCODER.encode(raw_of(cooperation))
    yield b"\n]}\n"
