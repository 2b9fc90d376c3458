"""What somebody types about themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

LANGUAGES = (SelectChoice("nl", "Nederlands"), SelectChoice("en", "English"))
"""Each language in its own name."""


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Name and language of an account."""

    name = StringField(
        _("Naam"),
        description=_("Zo staat u bij wat u vastlegt."),
        validators=[
            InputRequired(_("Vul uw naam in.")),
            Length(max=200, message=_("Houd uw naam korter dan 200 tekens.")),
        ],
        render_kw={"autocomplete": "name"},
    )
    language = RadioField(_("Taal"), choices=list(LANGUAGES), description=_("De taal van de schermen en van uw mail."))

    def errors_in_words(self) -> list[dict[str, Any]]:
        """Every error, with the address of its field."""
        return [{"text": text, "href": f"#{field.id}"} for field in self for text in field.errors]
