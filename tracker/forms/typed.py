"""The fields of a form, one for each shape a declared value has: what a person typed, and the raw value it stands for.

A field knows what was stored. What is posted as it was shown is the stored value, to the last bit: line ends, zeros
after the comma and characters that no keyboard writes survive a correction of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from wtforms import Field as BoundField
from wtforms import widgets
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from tracker.domain.editing import MAY_LIE_AHEAD
from tracker.domain.records.base import Field, Sort
from tracker.domain.values import read_value
from tracker.forms.amounts import amount_text, parse_amount
from tracker.forms.days import parse_day
from tracker.labels.numbers import day_short, day_words
from tracker.labels.texts import capital, words

Choices = Sequence[tuple[str, str]]
Text = Any
"""A sentence of the screen, in the reader's language."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters that nobody can see or mend on the screen."""


class About:
    """What a field must know beside its name: its declaration, the reader's language and today."""

    def __init__(self, item: Field, language: str, today: date, choices: Choices | None = None) -> None:
        self.item = item
        self.language = language
        self.today = today
        self.choices = choices
        """What can be chosen for a code; None = it is typed."""
        self.withheld: dict[str, str] = {}
        """Answers that are given elsewhere, with their words."""


class Typed(BoundField):
    """A value typed in a text field. `raw` is what a dossier file would hold; None is nothing."""

    look = "text"
    widget: Any = widgets.TextInput()

    def __init__(self, about: About, **options: Any) -> None:
        super().__init__(default=about.item.default, **options)
        self.about = about
        self.stored: Any = None
        self.was_stored = False
        self.flags.required = about.item.required

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Fill the field with what is stored and what was posted, and remember whether anything was stored."""
        self.was_stored = data is not unset_value
        super().process(formdata, data, extra_filters)

    def process_data(self, value: Any) -> None:
        """Show what is stored."""
        self.stored = value
        self.data = self.shown = self.show(value)

    def process_formdata(self, values: list[Any]) -> None:
        """Take what was posted; a field that did not come along is empty."""
        self.data = _one_line_end(str(values[0])) if values else ""

    @property
    def words(self) -> str:
        """The answer as people read it."""
        return self.data if isinstance(self.data, str) else ""

    @property
    def size(self) -> str | None:
        """How wide the control is drawn."""
        return None if self.about.item.sort is Sort.TEXT and self.about.choices is None else "medium"

    @property
    def is_unchanged(self) -> bool:
        """Does it stand as it was shown?"""
        return bool(_flat(self.data) == _flat(self.shown))

    @property
    def is_empty(self) -> bool:
        return not self.data.strip() if isinstance(self.data, str) else not self.data

    @property
    def raw(self) -> Any:
        """The value for an operation; what was typed wrongly goes as it was typed."""
        if self.is_unchanged:
            return as_raw(self.stored)
        return None if self.is_empty else self.read()

    def show(self, value: Any) -> Any:
        """A stored value as it stands in the control."""
        return "" if value is None else str(value)

    def read(self) -> Any:
        """The raw value of what was typed."""
        return self.data.strip()

    def pre_validate(self, form: BaseForm) -> None:
        """Say what to do when the value has no right shape."""
        if self.is_unchanged and self.was_stored and not (self.is_empty and self.flags.required):
            return
        fault = (self.missing() if self.flags.required else None) if self.is_empty else self.fault(self.read())
        if fault:
            raise ValidationError(fault)

    def missing(self) -> Text:
        """What to do when nothing was filled in."""
        return _("Vul in: %(field)s", field=self.label.text)

    def fault(self, value: Any) -> Text | None:
        """What is wrong with a typed value; the limits are those of the declaration."""
        if _UNSEEN.search(str(self.data)):
            return _("De tekst bevat een teken dat niet te zien is. Typ de tekst opnieuw, of plak die zonder opmaak")
        _value, reason = read_value(self.about.item, value)
        return None if reason is None else capital(words(reason, self.about.language))


class TextField(Typed):
    """A short text or a code."""

    def _value(self) -> str:
        return str(self.data)


class LongTextField(Typed):
    """A text of more than one line."""

    look = "textarea"
    widget = widgets.TextArea()

    def _value(self) -> str:
        return str(self.data)


class DayField(TextField):
    """A day as people write it."""

    look = "date"

    def show(self, value: Any) -> str:
        """`1-7-2022`, in English `1 July 2022`: there 1/7 is read in two ways."""
        if not isinstance(value, date):
            value = parse_day(value) if value else None
        if value is None:
            return ""
        return day_words(value, "en") if self.about.language == "en" else day_short(value)

    def read(self) -> Any:
        """The day in the spelling of the format, or what was typed."""
        day = parse_day(self.data)
        return day.isoformat() if day else self.data.strip()

    def missing(self) -> Text:
        return _("Kies een datum, bijvoorbeeld 1-7-2022 of 1 juli 2022")

    def fault(self, value: Any) -> Text | None:
        """It exists, and what has happened does not lie ahead."""
        day = parse_day(self.data)
        if day is None:
            return _("Kies een datum, bijvoorbeeld 1-7-2022 of 1 juli 2022")
        if day > self.about.today and self.about.item.attribute not in MAY_LIE_AHEAD:
            today = day_words(self.about.today, self.about.language)
            return _("Kies een datum op of vóór vandaag, %(today)s", today=today)
        return None


class NumberField(TextField):
    """A number with decimals, or money."""

    def show(self, value: Any) -> str:
        """With the decimal mark of the language."""
        return amount_text(value, self.about.language) if isinstance(value, int | Decimal) else str(value or "")

    def read(self) -> Any:
        """The digits in the spelling of the format, or what was typed."""
        number = parse_amount(self.data, self.about.language)
        return self.data.strip() if number is None else format(number, "f")

    def fault(self, value: Any) -> Text | None:
        if parse_amount(self.data, self.about.language) is not None:
            return super().fault(value)
        if self.about.item.sort is Sort.EURO:
            return _("Vul een bedrag in, bijvoorbeeld 1250 of 1.250,50")
        return _("Vul een getal in, bijvoorbeeld 12 of 12,5")


class WholeField(NumberField):
    """A number without decimals."""

    def read(self) -> Any:
        number = parse_amount(self.data, self.about.language)
        whole = number is not None and number == number.to_integral_value()
        return int(number) if whole and number is not None else self.data.strip()

    def fault(self, value: Any) -> Text | None:
        if not isinstance(value, int):
            return _("Vul een heel getal in, bijvoorbeeld 12 of 1.250")
        return super().fault(value)


class LinesField(LongTextField):
    """Several texts, one on each line."""

    def show(self, value: Any) -> str:
        return "\n".join(value or ())

    def read(self) -> list[str]:
        return [line.strip() for line in self.data.split("\n") if line.strip()]

    @property
    def raw(self) -> Any:
        return as_raw(self.stored) if self.is_unchanged else self.read()

    def pre_validate(self, form: BaseForm) -> None:
        """Each line is a text; a list may be empty."""
        faults = [] if self.is_unchanged else [fault for line in self.read() if (fault := self.fault(line))]
        if faults:
            raise ValidationError(faults[0])


def as_raw(value: Any) -> Any:
    """A stored value as a dossier file would hold it, in the types of JSON."""
    if isinstance(value, tuple | list):
        return [as_raw(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _one_line_end(text: str) -> str:
    """A browser ends every line with two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _flat(shown: Any) -> Any:
    """What a browser may do to a text that nobody touched: line ends in a field of one line are lost."""
    return _one_line_end(shown).replace("\n", "") if isinstance(shown, str) else shown
