"""What is typed about people: a role with its days, an invitation, a name with a password, a token, a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field as BoundField
from wtforms import Form, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.forms.days import parse_day

LONGEST_PASSWORD = 200
ADDRESS = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s.\x00-\x1f]+\Z")
Choices = Sequence[tuple[str, str]]
Given = MultiDict[str, str] | None


class DayText(StringField):
    """A day as people type it; `day` is what it stands for."""

    look = "date"
    day: date | None = None

    def pre_validate(self, form: Any) -> None:
        """Say what to do with what is no day."""
        text = (self.data or "").strip()
        self.day = parse_day(text) if text else None
        if text and self.day is None:
            raise ValidationError(_("Schrijf een bestaande datum, bijvoorbeeld 1-7-2026 of 1 juli 2026."))


class Chosen:
    """One of what is offered; an answer that is not, or none where one must be, says what to do."""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what was not offered, before anything else looks at it."""
        offered = {value for value, *_rest in self.iter_choices()}  # type: ignore[attr-defined]
        if self.data not in offered:  # type: ignore[attr-defined]
            raise StopValidation(_("Kies een antwoord bij ‘%(field)s’.", field=self.label.text))  # type: ignore[attr-defined]


class OneOfFew(Chosen, RadioField):
    """Answers that are seen at once."""

    look = "radios"


class OneOfMany(Chosen, SelectField):
    """A list to open."""

    look = "select"


class ManyField(SelectMultipleField):
    """Boxes to tick."""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what was not offered."""
        if not set(self.data or ()) <= {value for value, *_rest in self.iter_choices()}:
            raise StopValidation(_("Kies uit wat er staat."))

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Readable:
    """Letters and signs that can be read, and not too many."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: BoundField) -> None:
        """Refuse what nobody can see."""
        text = field.data or ""
        if len(text) > self.most:
            raise ValidationError(_("Houd het korter dan %(most)s tekens.", most=self.most + 1))
        if not text.strip().isprintable():
            raise ValidationError(_("De tekst bevat een teken dat niet te zien is. Typ de tekst opnieuw."))


class AskingForm(Form):
    """A form whose faults can come from an operation, too."""

    def refuse(self, name: str, told: str) -> None:
        """Put what an operation refused beside its field; what belongs to none stands beside the first."""
        field = self._fields.get(name) or next(iter(self._fields.values()))
        field.errors = [*field.errors, told]

    def errors_shown(self, names: Sequence[str]) -> list[dict[str, str]]:
        """For error_summary in templates/components/form.html, in the order of the fields on the page."""
        fields = [self._fields[name] for name in names]
        return [{"text": str(told), "href": f"#{field.id}"} for field in fields for told in field.errors]


class RoleForm(AskingForm):
    """A role, for whom it is and on which days."""

    role = OneOfFew(lazy_gettext("Rol"), [InputRequired()])
    cooperation = OneOfMany(
        lazy_gettext("Samenwerkingsverband"),
        default="",
        description=lazy_gettext(
            "Voor een rol van een regio. Bij een rol van een verzekeraar: alleen als hij voor één regio geldt."
        ),
    )
    insurer = OneOfMany(
        lazy_gettext("Verzekeraar"),
        default="",
        description=lazy_gettext("Alleen voor een rol van een verzekeraar."),
    )
    starts_on = DayText(
        lazy_gettext("Eerste dag"),
        [DataRequired(lazy_gettext("Vul de eerste dag in."))],
        description=lazy_gettext("Bijvoorbeeld 1-7-2026 of 1 juli 2026."),
    )
    ends_on = DayText(
        lazy_gettext("Laatste dag"), [Optional()], description=lazy_gettext("Laat leeg als er nog geen einde is.")
    )

    def __init__(
        self, given: Given, *, roles: Choices, cooperations: Choices = (), insurers: Choices = (), **data: Any
    ) -> None:
        super().__init__(given, **data)
        self.role.choices = [SelectChoice(*choice) for choice in roles]
        for field, choices in ((self.cooperation, cooperations), (self.insurer, insurers)):
            none = SelectChoice("", _("Niet van toepassing"))
            field.choices = [none, *(SelectChoice(*choice) for choice in choices)]
            if not choices:
                del self[field.name]

    def chosen(self, name: str) -> str | None:
        """The code that was chosen, None where there is none or nothing to choose."""
        return (self._fields[name].data or None) if name in self._fields else None


class OfferForm(RoleForm):
    """A role for somebody who gets a mail."""

    name = StringField(lazy_gettext("Naam"), [DataRequired(lazy_gettext("Vul de naam in.")), Readable(200)])
    email = StringField(
        lazy_gettext("E-mailadres"),
        [
            DataRequired(lazy_gettext("Vul het e-mailadres in.")),
            Length(max=254, message=lazy_gettext("Dit adres is te lang.")),
            Regexp(ADDRESS, message=lazy_gettext("Schrijf een e-mailadres, bijvoorbeeld naam@organisatie.nl.")),
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    language = OneOfFew(lazy_gettext("Taal van de mail"), [InputRequired()], default="nl")

    def __init__(self, given: Given, **options: Any) -> None:
        super().__init__(given, **options)
        self.language.choices = [SelectChoice("nl", "Nederlands"), SelectChoice("en", "English")]


class AcceptForm(AskingForm):
    """What the invited fills in: a name and a password."""

    name = StringField(lazy_gettext("Uw naam"), [DataRequired(lazy_gettext("Vul uw naam in.")), Readable(200)])
    password = PasswordField(
        lazy_gettext("Wachtwoord"),
        [
            InputRequired(lazy_gettext("Kies een wachtwoord.")),
            Length(max=LONGEST_PASSWORD, message=lazy_gettext("Kies een wachtwoord van ten hoogste 200 tekens.")),
        ],
        description=lazy_gettext("Ten minste 12 tekens. Een zin van een paar woorden is goed te onthouden."),
    )
    again = PasswordField(
        lazy_gettext("Wachtwoord nog een keer"), [InputRequired(lazy_gettext("Vul uw wachtwoord nog een keer in."))]
    )

    def validate_again(self, field: BoundField) -> None:
        """Both must be the same."""
        if field.data != self.password.data:
            raise ValidationError(_("Vul twee keer hetzelfde wachtwoord in."))


class TokenForm(AskingForm):
    """Whose token it is, and what it may touch."""

    email = OneOfMany(lazy_gettext("Account"), [DataRequired(lazy_gettext("Kies een account."))])
    cooperations = ManyField(
        lazy_gettext("Alleen voor"), [Optional()], description=lazy_gettext("Niets gekozen: alles wat het account mag.")
    )

    def __init__(self, given: Given, *, accounts: Choices, cooperations: Choices) -> None:
        super().__init__(given)
        self.email.choices = [SelectChoice("", _("Kies een account")), *(SelectChoice(*item) for item in accounts)]
        self.cooperations.choices = [SelectChoice(*item) for item in cooperations]


class LinkForm(AskingForm):
    """For whom a link to read along is."""

    purpose = StringField(
        lazy_gettext("Voor wie is de link?"),
        [DataRequired(lazy_gettext("Schrijf voor wie de link is.")), Readable(200)],
        description=lazy_gettext("Bijvoorbeeld: raad van toezicht, vergadering van 3 december."),
    )


class HelpForm(AskingForm):
    """Why a second step is taken away."""

    reason = StringField(
        lazy_gettext("Waarom is dit nodig?"),
        [DataRequired(lazy_gettext("Vul in waarom dit nodig is.")), Readable(200)],
        description=lazy_gettext("Bijvoorbeeld: telefoon kwijt, gebeld en herkend. De persoon leest dit in de mail."),
    )


class LastDayForm(AskingForm):
    """A last day that comes sooner."""

    ends_on = DayText(lazy_gettext("Laatste dag"), [DataRequired(lazy_gettext("Vul de laatste dag in."))])
