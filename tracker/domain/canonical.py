"""Canonical JSON: one text per document, so that one hash stands for its content.

Sorted keys, no spaces, UTF-8, no floats, no clock. Typed values of a sentence keep their type (`packed`), so that the
words can be made again in either language (`unpacked`).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from tracker.domain.assessment import AssessmentState
from tracker.domain.finding import Days, Euro, Reason, Status
from tracker.domain.privacy import Outcome
from tracker.domain.programme import Words
from tracker.domain.records import enums
from tracker.domain.records.base import Pair, Record, children_of, scalars_of
from tracker.domain.rule_kinds import Subject

Json = dict[str, Any]


class NotCanonical(ValueError):
    """A text that is no document in canonical form, and why."""


def canonical(document: Json) -> str:
    """The one text of a document. Raises NotCanonical on a value that has more than one."""
    _check(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_hash(text: str) -> str:
    """The SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_canonical(data: bytes) -> Json:
    """The document in a text. Raises NotCanonical when the text is not the canonical one of what it says."""
    try:
        text = data.decode("utf-8")
        found = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical(f"no JSON in UTF-8: {error}") from error
    if not isinstance(found, dict):
        raise NotCanonical("no object")
    if canonical(found) != text:
        raise NotCanonical("not in canonical form")
    return found


def _no_float(text: str) -> Any:
    raise NotCanonical(f"a number with a fraction: {text[:40]}")


def _check(value: Any) -> None:
    if isinstance(value, dict):
        if not all(isinstance(name, str) for name in value):
            raise NotCanonical("a name that is no text")
        for item in value.values():
            _check(item)
    elif isinstance(value, list):
        for item in value:
            _check(item)
    elif not (value is None or isinstance(value, str | int)) or isinstance(value, Enum):
        raise NotCanonical(f"{type(value).__name__} has no canonical form")


def plain(record: Record) -> Json:
    """The own values of a record by the names of the format; what is empty is absent, children are not part of it."""
    named = {field.name: getattr(record, field.attribute) for field in scalars_of(type(record))}
    kept = {name: value for name, value in named.items() if value is not None and value != ()}
    found: Json = msgspec.json.decode(msgspec.json.encode(kept))
    return found


def whole(record: Record) -> Json:
    """A record with all it holds."""
    found = plain(record)
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        if field.many and held:
            found[field.name] = [whole(item) for item in held]
        elif not field.many and held is not None:
            found[field.name] = whole(held)
    return found


def packed(value: Any) -> Any:
    """A typed value of a sentence as JSON."""
    if isinstance(value, Reason):
        return {"text": packed(value.text), "values": {name: packed(item) for name, item in value.values.items()}}
    if isinstance(value, Pair | Words):
        return {"nl": value.nl, "en": value.en}
    if isinstance(value, Enum):
        return {"choice": [type(value).__name__, value.value]}
    if isinstance(value, tuple | list):
        return [packed(item) for item in value]
    if isinstance(value, frozenset):
        return sorted((packed(item) for item in value), key=str)
    return _measured(value)


def _measured(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"number": f"{value:f}"}
    if isinstance(value, Days):
        return {"days": value.number}
    if isinstance(value, Euro):
        return {"eur": f"{Decimal(value.amount):f}"}
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def unpacked(found: Any) -> Any:
    """The typed value that JSON stands for; what `packed` made."""
    if isinstance(found, list):
        return tuple(unpacked(item) for item in found)
    if not isinstance(found, dict):
        return found
    if "text" in found:
        return Reason(unpacked(found["text"]), {name: unpacked(item) for name, item in found["values"].items()})
    if "nl" in found:
        return Pair(found["nl"], found["en"])
    (sort, value), *_rest = found.items()
    if sort == "choice":
        return _choice(*value)
    return _READ[sort](value)


_READ: dict[str, Any] = {
    "day": date.fromisoformat,
    "number": Decimal,
    "days": Days,
    "eur": lambda text: Euro(Decimal(text)),
}


def _choice(kind: str, value: str) -> Any:
    """A member of an enumeration; one that was dropped since stays as its own word."""
    known = _enumerations().get(kind)
    return known(value) if known is not None and value in {item.value for item in known} else value


@cache
def _enumerations() -> dict[str, type[Enum]]:
    listed: list[type[Enum]] = [Status, AssessmentState, Outcome, Subject]
    listed += [item for item in vars(enums).values() if isinstance(item, type) and issubclass(item, Enum)]
    return {item.__name__: item for item in listed}
