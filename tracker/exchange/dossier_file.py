"""The dossier file: YAML or JSON in, the same format out (dossier-format.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from tracker.domain.records.base import Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.rules import Register
from tracker.domain.shape import FORMAT, RawFile, Unreadable, raw_of
from tracker.exchange.yaml_text import read_yaml, write_yaml

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_NOT_TEXT = Unreadable(
    "dit is geen tekstbestand in UTF-8; lever een dossierbestand in YAML of JSON aan",
    "this is no text file in UTF-8; give a dossier file in YAML or JSON",
)
_EMPTY = Unreadable("het bestand is leeg", "the file is empty")


def read_dossier(data: bytes) -> RawFile:
    """The raw tree of a file; JSON when it starts with a brace. Raises Unreadable with what is wrong and where."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise _EMPTY
    if start in (b"{", b"["):
        return _from_json(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _NOT_TEXT from None
    if "\x00" in text:
        raise _NOT_TEXT
    tree = read_yaml(text)
    if not isinstance(tree, dict):
        raise Unreadable(f"begin met format: {FORMAT}", f"start with format: {FORMAT}")
    listed = tree.pop("cooperations", None)
    return _file(tree, listed if listed is not None else [])


def _file(head: dict[str, Any], listed: Any) -> RawFile:
    if not isinstance(listed, list):
        raise Unreadable("cooperations: schrijf een lijst", "cooperations: write a list")
    return RawFile(head, listed)


def _from_json(data: bytes) -> RawFile:
    """Only the top is read at once; each cooperation when its turn comes."""
    try:
        top = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        listed = msgspec.json.decode(top.pop("cooperations", b"[]"), type=list[msgspec.Raw] | None)
    except UnicodeDecodeError:
        raise _NOT_TEXT from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(f"geen geldige JSON: {error}", f"no valid JSON: {error}") from None
    head = {name: _tree(raw) for name, raw in top.items()}
    return RawFile(head, (_tree(raw) for raw in listed or ()))


def _tree(raw: msgspec.Raw) -> Any:
    try:
        return json.loads(bytes(raw), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_pairs)
    except RecursionError:
        raise Unreadable("dieper dan twaalf niveaus", "deeper than twelve levels") from None
    except ValueError as error:
        raise Unreadable(f"geen geldige JSON: {error}", f"no valid JSON: {error}") from None


def _refuse(word: str) -> Any:
    raise Unreadable(f"{word} is geen getal", f"{word} is no number")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)[:80]
        raise Unreadable(f"de sleutel {twice} staat er twee keer", f"the key {twice} stands there twice")
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
