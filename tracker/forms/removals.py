"""The one question before a record is removed: why."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from tracker.domain.records.base import Field, Pair, Sort
from tracker.forms.fields import About, LongTextField
from tracker.forms.records import ShownError

_REASON = Field("reason", "reason", Sort.TEXT, True, False, Pair("Reden", "Reason"), "", str, longest=10_000)


class RemovalForm:
    """Why a record is removed."""

    def __init__(self, language: str, today: date, formdata: MultiDict[str, str] | None) -> None:
        about = About(_REASON, language, today)
        asks = UnboundField(LongTextField, about, label=_("Waarom verwijdert u dit?"), id="veld-reason")
        self._form = BaseForm({"reason": asks})
        self._form.process(formdata)
        self.version = None if formdata is None else formdata.get("_version")

    @property
    def reason(self) -> Any:
        return self._form["reason"]

    def validate(self) -> bool:
        """Was a reason given?"""
        return bool(self.reason.validate(self._form))

    @property
    def errors_shown(self) -> list[ShownError]:
        """What is wrong, with a link to the question."""
        return [ShownError(str(error), f"#{self.reason.id}") for error in self.reason.errors]
