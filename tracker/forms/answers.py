"""Fields with answers to choose from: one of a few, one of many, several, yes or no."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import widgets
from wtforms.fields.choices import (  # type: ignore[attr-defined]
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from tracker.domain.records.base import Sort
from tracker.forms.typed import About, Text, Typed, as_raw

_DIGITS = 8
"""Of a number that can be chosen: a version of a vision."""


class OneOf(Typed, SelectField):
    """One answer of a few: radio buttons, or a list to open."""

    widget: Any = widgets.Select()
    choices: list[SelectChoice]

    def __init__(self, about: About, **options: Any) -> None:
        super().__init__(about, **options)
        self.coerce, self.validate_choice = str, False
        self.choices = self.with_nothing([_choice(*pair) for pair in about.choices or ()])

    def with_nothing(self, choices: list[SelectChoice]) -> list[SelectChoice]:
        """The answers and, where nothing is assumed, the one that stands for none."""
        if self.default is not None:
            return choices
        return [_choice("", _("Kies een antwoord") if self.flags.required else _("Niet ingevuld")), *choices]

    def process_data(self, value: Any) -> None:
        """Show what is stored; what can no longer be chosen stays an answer here."""
        super().process_data(value)
        if self.data and self.data not in {choice.value for choice in self.choices}:
            self.choices = [*self.choices, _choice(self.data, self.about.withheld.get(self.data, self.data))]

    def process_formdata(self, values: list[Any]) -> None:
        """A question that always has an answer keeps it, when none came along."""
        super().process_formdata(values)
        if not values and self.default is not None:
            self.data = self.shown

    def show(self, value: Any) -> str:
        return "" if value is None else str(as_raw(value))

    @property
    def words(self) -> str:
        return next((str(choice.label) for choice in self.choices if self.data and choice.value == self.data), "")

    def read(self) -> Any:
        """The answer as the format writes it: versions of a vision are numbers."""
        is_number = self.about.item.sort is Sort.INTEGER and str(self.data).isascii() and str(self.data).isdigit()
        return int(self.data) if is_number and len(self.data) < _DIGITS else self.data

    def missing(self) -> Text:
        return _("Kies een antwoord: %(field)s", field=self.label.text)

    def fault(self, value: Any) -> Text | None:
        known = self.data in {choice.value for choice in self.choices}
        return None if known else _("Kies een van de antwoorden")


class RadiosField(OneOf, RadioField):
    """One answer of a few, all of them in sight."""

    look = "radios"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()

    def with_nothing(self, choices: list[SelectChoice]) -> list[SelectChoice]:
        """No answer is one of the answers, where none is required."""
        is_asked = self.flags.required or self.default is not None
        return choices if is_asked else [*choices, _choice("", _("Niet ingevuld"))]


class ListField(OneOf):
    """One answer of many, in a list to open."""

    look = "select"


class YesNoField(RadiosField):
    """A claim that holds or does not: nothing is assumed."""

    def __init__(self, about: About, **options: Any) -> None:
        about.choices = [("true", _("Ja")), ("false", _("Nee"))]
        super().__init__(about, **options)

    def show(self, value: Any) -> str:
        return "" if value is None else str(value).lower()

    def read(self) -> Any:
        return {"true": True, "false": False}.get(self.data, self.data)


class TickField(Typed):
    """A claim that does not hold unless it is ticked."""

    look = "checkbox"
    widget = widgets.CheckboxInput()

    def _value(self) -> str:
        return "true"

    def show(self, value: Any) -> bool:
        return value in (True, "true")

    def process_formdata(self, values: list[Any]) -> None:
        self.data = bool(values) and values[0] != "false"

    @property
    def raw(self) -> Any:
        return bool(self.data)

    def pre_validate(self, form: BaseForm) -> None:
        """Ticked or not: both are right."""


class SomeOf(Typed, SelectMultipleField):
    """Several answers of a few."""

    look = "checkboxes"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()
    choices: list[SelectChoice]
    data: Any

    def __init__(self, about: About, **options: Any) -> None:
        super().__init__(about, **options)
        self.label.field_id = ""
        self.coerce, self.validate_choice = str, False
        self.choices = [_choice(*pair) for pair in about.choices or ()]

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        known = {choice.value for choice in self.choices}
        self.choices = [*self.choices, *(_choice(code, code) for code in self.data if code not in known)]

    def process_formdata(self, values: list[Any]) -> None:
        self.data = list(dict.fromkeys(str(value) for value in values))

    def show(self, value: Any) -> list[str]:
        return [str(as_raw(one)) for one in value or ()]

    @property
    def is_unchanged(self) -> bool:
        return set(self.data) == set(self.shown)

    @property
    def raw(self) -> Any:
        """Nothing chosen is an empty list where the format knows one, and else no answer."""
        if self.is_unchanged and self.stored is not None:
            return as_raw(self.stored)
        empty: list[str] | None = [] if self.about.item.required or self.default == () else None
        return list(self.data) or empty

    def pre_validate(self, form: BaseForm) -> None:
        if self.is_unchanged and self.was_stored:
            return
        if self.flags.required and not self.data:
            raise ValidationError(_("Kies ten minste één antwoord: %(field)s", field=self.label.text))
        if set(self.data) - {choice.value for choice in self.choices}:
            raise ValidationError(_("Kies een van de antwoorden"))


def _choice(value: str, label: str) -> SelectChoice:
    return SelectChoice(value=value, label=label)
