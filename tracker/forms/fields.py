"""Which field asks for a declared value."""

from __future__ import annotations

from typing import Any

from wtforms.fields.core import UnboundField

from tracker.domain.records.base import Sort
from tracker.forms.answers import ListField, RadiosField, SomeOf, TickField, YesNoField
from tracker.forms.typed import (
    About,
    Choices,
    DayField,
    LinesField,
    LongTextField,
    NumberField,
    TextField,
    Typed,
    WholeField,
    as_raw,
)

__all__ = ["About", "Choices", "LongTextField", "as_raw", "bound"]
RADIOS = 4
"""So many answers at most are shown at once; more of them stand in a list to open."""
_BY_SORT: dict[Sort, type[Typed]] = {
    Sort.CODE: TextField,
    Sort.TEXT: TextField,
    Sort.INTEGER: WholeField,
    Sort.DECIMAL: NumberField,
    Sort.EURO: NumberField,
    Sort.DAY: DayField,
    Sort.FLAG: YesNoField,
}
_SHORT = 300


def field_class(about: About) -> type[Typed]:
    """The class of the field that asks for a declared value."""
    item = about.item
    if item.many:
        return LinesField if about.choices is None else SomeOf
    if about.choices is not None:
        few = item.sort is Sort.CHOICE and len(about.choices) <= RADIOS
        return RadiosField if few else ListField
    if item.sort is Sort.FLAG and item.default is not None:
        return TickField
    if item.sort is Sort.TEXT and (item.longest or 0) > _SHORT:
        return LongTextField
    return _BY_SORT[item.sort]


def bound(about: About, **options: Any) -> UnboundField[Typed]:
    """The field that asks for a declared value, ready to stand in a form."""
    made: UnboundField[Typed] = UnboundField(field_class(about), about, **options)
    return made
