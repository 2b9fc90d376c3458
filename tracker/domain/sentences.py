"""Sentences of change: templates in both languages side by side, with the typed values that fill them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tracker.domain.finding import Euro, Reason
from tracker.domain.records.base import Field, Pair, Record, Sort, scalars_of

_EMPTY = Pair("leeg", "empty")
_YES, _NO = Pair("ja", "yes"), Pair("nee", "no")
_TITLES = ("title", "name")
_LONGEST_NAME = 80
_PLACE = re.compile(r"\{(\w+)\}")


class Sentence:
    """A sentence under construction. Words of declarations and programme files never act as placeholders."""

    def __init__(self) -> None:
        self.nl = ""
        self.en = ""
        self.values: dict[str, Any] = {}

    def say(self, nl: str, en: str | None = None) -> Sentence:
        """Add literal words, the same in both languages unless given."""
        self.nl += _literal(nl)
        self.en += _literal(nl if en is None else en)
        return self

    def words(self, pair: Pair, small: bool = False) -> Sentence:
        """Add a label; small = as it stands inside a sentence."""
        return self.say(inside(pair.nl), inside(pair.en)) if small else self.say(pair.nl, pair.en)

    def value(self, value: Any, field: Field | None = None) -> Sentence:
        """Add a typed value; an empty one and yes or no become their word, an amount of a field gets its sign."""
        if value is None:
            return self.words(_EMPTY)
        if isinstance(value, bool):
            return self.words(_YES if value else _NO)
        name = self._keep(Euro(value) if field is not None and field.sort is Sort.EURO else value)
        self.nl += f"{{{name}}}"
        self.en += f"{{{name}}}"
        return self

    def reason(self, reason: Reason) -> Sentence:
        """Add a whole reason; its placeholders get names of this sentence."""
        own = {name: self._keep(value) for name, value in reason.values.items()}

        def renamed(found: re.Match[str]) -> str:
            return f"{{{own.get(found[1], found[1])}}}"

        self.nl += _PLACE.sub(renamed, reason.text.nl)
        self.en += _PLACE.sub(renamed, reason.text.en)
        return self

    def record(self, record: Record) -> Sentence:
        """Add what a record is called: `Mijlpaal ‘Werkproces beschreven’`; without a title by its key, without days."""
        self.words(type(record).declared.label)
        naming = naming_of(type(record))
        held = [(field, getattr(record, field.attribute)) for field in naming]
        held = [(field, value) for field, value in held if value is not None]
        if not held:
            return self
        titled = naming[0].attribute in _TITLES
        self.say(" ‘" if titled else " (")
        for number, (field, value) in enumerate(held):
            if number:
                self.say(", ")
            if field.sort is Sort.INTEGER:
                self.words(field.label, small=True).say(" ")
            self.value(short(value))
        return self.say("’" if titled else ")")

    def done(self) -> Reason:
        """The pair of templates with its values."""
        return Reason(Pair(self.nl, self.en), self.values)

    def _keep(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name


def inside(label: str) -> str:
    """A label as it stands inside a sentence; `CIO` and `O&I` keep their capitals."""
    return label if label[1:2].isupper() or label[1:2] in ("&", "/") else label[:1].lower() + label[1:]


@cache
def naming_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields that name a record of a kind."""
    fields = scalars_of(kind)
    named = tuple(field for field in fields if field.attribute in _TITLES and field.required)
    if named:
        return named[:1]
    return tuple(field for field in fields if field.attribute in kind.declared.key and field.sort is not Sort.DAY)


def _literal(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def short(value: Any) -> Any:
    """A long text as a name: its beginning, without the full stop that would end the sentence."""
    if type(value) is not str:
        return value
    text = value.strip().rstrip(".")
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
