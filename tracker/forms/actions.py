"""Answering one action: on which day it was done, and what there is to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker.domain.entries import Entry
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.base import Field, fields_of
from tracker.forms.administration import AskedForm
from tracker.forms.fields import About, bound


def answer_form(
    language: str, today: date, given: MultiDict[str, str] | None = None, *, note: str | None = None
) -> AskedForm:
    """The form; a new one proposes today and holds the note that stands there."""
    asked = {
        "done_on": _asks(
            "done_on",
            language,
            today,
            label=_("Gereed op"),
            description=_("Laat leeg als de actie nog loopt. Bijvoorbeeld 1-7-2022 of 1 juli 2022."),
        ),
        "note": _asks(
            "note", language, today, label=_("Toelichting"), description=_("Wat is gedaan, of waarom lukt het niet?")
        ),
    }
    made: type[AskedForm] = type("AnswerForm", (AskedForm,), asked)
    return made(formdata=given, data={"done_on": today, "note": note})


def entry_of(form: AskedForm, number: int) -> Entry:
    """What a valid form says of the action."""
    day = form["done_on"]
    done_on = None if day.is_empty else day.read()  # type: ignore[attr-defined]
    return Entry(given={"done_on": done_on, "note": form.raw("note")}, number=number)


def _asks(name: str, language: str, today: date, **options: Any) -> Any:
    item: Field = next(one for one in fields_of(CooperationAction) if one.attribute == name)
    return bound(About(replace(item, required=False), language, today), **options)
