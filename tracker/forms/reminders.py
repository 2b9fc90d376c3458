"""How somebody wants to hear of each topic."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

WAYS = (
    SelectChoice("at_once", _("Meteen")),
    SelectChoice("weekly", _("In het weekoverzicht, op maandag")),
    SelectChoice("never", _("Niet")),
)


class RemindersForm(FlaskForm):  # type: ignore[misc]
    """One question for each topic; the names are those of the topics."""

    own_action = RadioField(
        _("Uw eigen acties"),
        choices=list(WAYS),
        description=_("30 en 7 dagen vooraf, op de dag zelf en daarna elke week."),
    )
    region_action = RadioField(_("Acties van anderen in uw regio’s"), choices=list(WAYS))
    deadline = RadioField(
        _("Deadlines en gesprekken"), choices=list(WAYS), description=_("Van de kaders die voor uw regio’s gelden.")
    )
    signal = RadioField(
        _("Signalen"),
        choices=list(WAYS),
        description=_("Bijvoorbeeld een overeenkomst die afloopt, een CMIO die stopt of een mijlpaal die verschuift."),
    )

    def validate(self, *_more: Any, **_named: Any) -> bool:
        """Every topic has one of the three answers."""
        fine = bool(super().validate())
        for field in self:
            if field.errors:
                field.errors = [gettext("Kies een van de antwoorden.")]
        return fine

    def errors_in_words(self) -> list[dict[str, Any]]:
        """Every error, with the address of its field."""
        return [
            {"text": f"{field.label.text}: {text}", "href": f"#{field.id}"} for field in self for text in field.errors
        ]
