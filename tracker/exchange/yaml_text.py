"""YAML in a safe subset: no tags, anchors, aliases, merge keys or duplicate keys; decimals stay exact.

Read through the events of PyYAML's C parser, so that a file that explodes is refused before it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from tracker.domain.problems import Unreadable

DEEPEST = 12 * 2
"""Twelve levels of records, each a list and a block."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_DECIMAL = re.compile(r"-?[0-9]{1,20}\.[0-9]{1,20}")
_NULL = {"", "~", "null", "Null", "NULL"}
_FLAG = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read_yaml(text: str) -> Any:
    """The tree of one YAML document. Raises Unreadable with the line."""
    try:
        return _Reader(yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"regel {mark.line + 1}, teken {mark.column + 1}" if mark else "onbekende plaats"
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "unknown place"
        problem = error.problem or ""
        raise Unreadable(f"geen geldige YAML op {where}: {problem}", f"no valid YAML at {place}: {problem}") from None
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise Unreadable(f"geen geldige YAML: {error}", f"no valid YAML: {error}") from None


class _Reader:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events

    def document(self) -> Any:
        """The only document of the stream."""
        self._next(yaml.StreamStartEvent)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        tree = self._node(next(self._events), 0)
        self._next(yaml.DocumentEndEvent)
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise Unreadable(
                "het bestand bevat meer dan één document (---)", "the file holds more than one document (---)"
            )
        return tree

    def _next(self, kind: type) -> Any:
        event = next(self._events)
        if not isinstance(event, kind):
            raise Unreadable("geen geldige YAML", "no valid YAML")
        return event

    def _node(self, event: Any, depth: int) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Unreadable(
                f"regel {line}: ankers en verwijzingen (&, *) kunnen hier niet",
                f"line {line}: anchors and aliases (&, *) are not allowed",
            )
        if event.tag is not None:
            raise Unreadable(f"regel {line}: tags (!) kunnen hier niet", f"line {line}: tags (!) are not allowed")
        if depth > DEEPEST:
            raise Unreadable(f"regel {line}: dieper dan twaalf niveaus", f"line {line}: deeper than twelve levels")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth)
        return self._mapping(depth)

    def _sequence(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._node(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
                raise Unreadable(f"regel {line}: een sleutel is één woord", f"line {line}: a key is one word")
            key = event.value
            if key == "<<":
                raise Unreadable(
                    f"regel {line}: samenvoegen (<<) kan hier niet", f"line {line}: merge keys (<<) are not allowed"
                )
            if key in found:
                raise Unreadable(
                    f"regel {line}: de sleutel {key[:80]} staat er twee keer",
                    f"line {line}: the key {key[:80]} stands there twice",
                )
            found[key] = self._node(next(self._events), depth + 1)
        return found


def _scalar(event: Any) -> Any:
    """Plain scalars become null, flags and numbers; days stay text and are read by the field that wants one."""
    value = event.value
    if not event.implicit[0]:
        return value
    if value in _NULL:
        return None
    if value in _FLAG:
        return _FLAG[value]
    if _WHOLE.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return Decimal(value)
    return value


class _Dumper(_DUMPER):  # type: ignore[misc, valid-type]
    """Writes decimals as plain numbers and choices as their word."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: Any, value: Decimal) -> Any:
    text = format(value, "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _text(dumper: Any, value: str) -> Any:
    # Text that our own reader would take for a number or a flag is quoted; so is text with unusual line breaks.
    plain = not (value in _NULL or value in _FLAG or _WHOLE.fullmatch(value) or _DECIMAL.fullmatch(value))
    odd = any(character in value for character in "\r\n\t\x85\u2028\u2029\ufeff")
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain and not odd else '"')


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    date, lambda dumper, day: dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())
)
_Dumper.add_multi_representer(Enum, lambda dumper, member: _text(dumper, str(member.value)))


class _Block(dict[str, Any]):
    """The top of a file: never between braces, which would make it look like JSON."""


_Dumper.add_representer(
    _Block, lambda dumper, top: dumper.represent_mapping("tag:yaml.org,2002:map", top, flow_style=False)
)


def write_yaml(tree: dict[str, Any]) -> str:
    """The tree as YAML that `read_yaml` reads back."""
    written: str = yaml.dump(
        _Block(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None
    )
    return written
