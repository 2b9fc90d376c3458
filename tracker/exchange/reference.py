"""What a dossier file may hold, derived from the declarations: a page to read and a JSON schema to check with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any

from tracker.domain.raw import FORMAT
from tracker.domain.records.base import (
    CODE_PATTERN,
    FIRST_DAY,
    LAST_DAY,
    Field,
    Record,
    Sort,
    children_of,
    fields_of,
    meaning_of,
)
from tracker.domain.records.file import DossierFile

SCHEMA_ID = "urn:regiotracker:dossier:1"
_DAY = r"^(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$"
_EURO = r"^-?[0-9]{1,15}(\.[0-9]{1,2}0*)?$"
_INTRO = f"""# Dossierbestand `{FORMAT}`

YAML (without tags, anchors, aliases, merge keys and duplicate keys) or JSON, in UTF-8. Days are written as
`2022-07-01`, between {FIRST_DAY} and {LAST_DAY}. Codes are 1 to 40 letters, digits, `.`, `_` or `-`. Numbers may be
quoted.
`null` empties an optional field; a field or list that is left out changes nothing. An unknown key is an error.
The key of a record is unique inside its list. Fields marked ● are required.
"""


@cache
def kinds_of_file() -> tuple[type[Record], ...]:
    """Every kind that a dossier file can hold, parents first."""
    found: list[type[Record]] = [DossierFile]
    for kind in found:
        found += dict.fromkeys(field.type for field in children_of(kind) if field.type not in found)
    return tuple(found)


@cache
def choices_of_file() -> tuple[type[Enum], ...]:
    """Every enumeration, in the order in which the kinds need them."""
    fields = (field for kind in kinds_of_file() for field in fields_of(kind))
    return tuple(dict.fromkeys(field.type for field in fields if field.sort is Sort.CHOICE))


def choice_name(choices: type[Enum]) -> str:
    """The name of an enumeration in the format."""
    return (choices.__doc__ or "").strip()


# --- the page --------------------------------------------------------------------------------------------------------


def format_reference(word: Callable[[Enum], str] | None = None) -> str:
    """The reference of the format as Markdown. `word` gives the word of a choice on the screen, where one is wanted."""
    parts = [_INTRO, *map(_kind_text, kinds_of_file()), "## Keuzelijsten\n", *_choice_rows(word)]
    return "\n".join(parts) + "\n"


def _kind_text(kind: type[Record]) -> str:
    declared = kind.declared
    names = {field.attribute: field.name for field in fields_of(kind)}
    key = f" Key: {', '.join(f'`{names[item]}`' for item in declared.key)}." if declared.key else ""
    head = f"## `{declared.name}` · {declared.label.nl}\n\n{meaning_of(kind)}{key}\n"
    rows = map(_field_row, fields_of(kind))
    return "\n".join([head, "| veld | type | | naam | betekenis |", "|---|---|---|---|---|", *rows, ""])


def _field_row(field: Field) -> str:
    cells = (f"`{field.name}`", type_words(field), "●" if field.required else "", field.label.nl, _cell(field.meaning))
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _choice_rows(word: Callable[[Enum], str] | None) -> Iterator[str]:
    yield "| keuzelijst | waarden |\n|---|---|"
    for choices in choices_of_file():
        listed = [f"`{item.value}`" + (f" = {word(item)}" if word else "") for item in choices]
        yield f"| `{choice_name(choices)}` | {'; '.join(listed)} |"


def type_words(field: Field) -> str:
    """The type of a field in words: `list of enum `phase``, `code of practice`, `whole number ≥ 0`."""
    return ("list of " if field.many else "") + _bare_words(field)


def _bare_words(field: Field) -> str:
    if field.sort is Sort.CHILD:
        return f"`{field.type.declared.name}`"
    if field.sort is Sort.CHOICE:
        return f"enum `{choice_name(field.type)}`"
    if field.sort is Sort.CODE:
        target = field.refers_to or field.catalogue
        return f"code of {target.replace('_', ' ')}" if target else "code"
    if field.sort is Sort.TEXT:
        return f"text ≤ {field.longest:,}"
    words = {Sort.INTEGER: "whole number", Sort.DECIMAL: "number", Sort.EURO: "euro, 2 decimals"}
    words |= {Sort.DAY: "date", Sort.FLAG: "bool"}
    return words[field.sort] + _limit_words(field)


def _limit_words(field: Field) -> str:
    if field.least is not None and field.most is not None:
        return f" {field.least}-{field.most}"
    return f" ≥ {field.least}" if field.least is not None else ""


# --- the schema ------------------------------------------------------------------------------------------------------


def format_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a dossier file.

    It knows the shape of every record. The import alone checks what lies between values: unique keys, references, codes
    of the programmes, an end before its start.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "$ref": _pointer(DossierFile),
        "$defs": {kind.declared.name: _kind_schema(kind) for kind in kinds_of_file()},
    }


def _pointer(kind: type[Record]) -> str:
    return f"#/$defs/{kind.declared.name}"


def _kind_schema(kind: type[Record]) -> dict[str, Any]:
    properties = {field.name: _field_schema(field) for field in fields_of(kind)}
    if kind is DossierFile:
        properties["format"]["const"] = FORMAT
    return {
        "title": kind.declared.label.nl,
        "description": meaning_of(kind),
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields_of(kind) if field.required],
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> dict[str, Any]:
    about = {"title": field.label.nl, "description": field.meaning}
    shape = _list_schema(field) if field.many else _value_schema(field)
    return about | (shape if field.required else _or_null(shape))


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape, or null (not known or not happened): inside the shape where it can be, so that a fault stays small."""
    if "type" in shape:
        return {**shape, "type": [shape["type"], "null"]}
    if "enum" in shape:
        return {"enum": [*shape["enum"], None]}
    return {"anyOf": [*shape.get("anyOf", [shape]), {"type": "null"}]}


def _list_schema(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "array", "items": _value_schema(field)}
    if field.sort in (Sort.CHOICE, Sort.CODE):
        found["uniqueItems"] = True
    if field.is_child and field.required:
        found["minItems"] = 1
    return found


def _value_schema(field: Field) -> dict[str, Any]:
    if field.sort is Sort.CHILD:
        return {"$ref": _pointer(field.type)}
    if field.sort is Sort.CHOICE:
        return {"enum": [item.value for item in field.type]}
    if field.sort is Sort.CODE:
        return {"type": "string", "pattern": CODE_PATTERN}
    if field.sort is Sort.TEXT:
        return {"type": "string", "maxLength": field.longest} | ({"pattern": r"\S"} if field.required else {})
    if field.sort is Sort.INTEGER:
        return {"type": "integer"} | _limits(field)
    if field.sort in (Sort.DECIMAL, Sort.EURO):
        written = {"type": "string", "pattern": _EURO if field.sort is Sort.EURO else _NUMBER}
        return {"anyOf": [{"type": "number"} | _limits(field), written]}
    return {Sort.DAY: {"type": "string", "format": "date", "pattern": _DAY}, Sort.FLAG: {"type": "boolean"}}[field.sort]


def _limits(field: Field) -> dict[str, Any]:
    named = {"minimum": field.least, "maximum": field.most}
    return {name: int(limit) for name, limit in named.items() if limit is not None}
