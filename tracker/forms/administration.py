"""What an administrator types: a cooperation begins, ends or merges, and the reason of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tracker.domain.mergers import Beginning, Merger
from tracker.domain.records.base import Field, Pair, Record, Sort, fields_of
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation, Predecessor
from tracker.forms.days import parse_day
from tracker.forms.fields import About, bound

LONGEST_REASON = 1_000
_REASON = Field("reason", "reason", Sort.TEXT, True, False, Pair("Reden", "Reason"), "", str, longest=LONGEST_REASON)
Choices = Sequence[tuple[str, str]]
Given = MultiDict[str, str] | None


class AskedForm(Form):
    """A form whose faults can come from an operation, too."""

    def lay(self, faults: Iterable[tuple[str, str]]) -> None:
        """Put what an operation refused beside the fields; what belongs to none stands beside the first."""
        for name, told in faults:
            field = self._fields.get(name) or next(iter(self._fields.values()))
            field.errors = [*field.errors, told[:1].upper() + told[1:]]

    def raw(self, name: str) -> Any:
        """The value of a field as a dossier file would hold it."""
        return self._fields[name].raw  # type: ignore[attr-defined]

    @property
    def errors_shown(self) -> list[dict[str, str]]:
        """For error_summary in templates/components/form.html."""
        return [{"text": told, "href": f"#{field.id}"} for field in self for told in field.errors]


class Ask:
    """Makes the fields of one form, in the reader's language."""

    def __init__(self, language: str, today: date, insurers: Choices = ()) -> None:
        self._language, self._today, self._insurers = language, today, insurers

    def opening(self, given: Given = None) -> AskedForm:
        """A new cooperation."""
        return self._form(given, **self._beginning(_("Opgericht op")), reason=self._reason())

    def closing(self, given: Given = None) -> AskedForm:
        """The end of a cooperation."""
        last = self._declared(Cooperation, "dissolved_on", label=_("Laatste dag"), required=True)
        return self._form(given, last_day=last, reason=self._reason())

    def merging(self, cooperations: Choices, given: Given = None) -> AskedForm:
        """Some cooperations go up into a new one."""
        listed = Field("codes", "codes", Sort.CODE, True, True, Pair("", ""), "", str)
        codes = self._bound(listed, label=_("Welke samenwerkingsverbanden gaan samen?"), choices=cooperations)
        bring = self._bound(replace(listed, required=False), label=_("Praktijken gaan mee"), choices=cooperations)
        note = self._declared(Predecessor, "note", label=_("Wat is besloten over de oude dossiers?"))
        return self._form(
            given,
            codes=codes,
            bring=bring,
            **self._beginning(_("Eerste dag van het nieuwe samenwerkingsverband")),
            note=note,
            reason=self._reason(),
        )

    def reason(self, given: Given = None) -> AskedForm:
        """Why something is done, and nothing else."""
        return self._form(given, reason=self._reason())

    def _beginning(self, day_label: str) -> dict[str, Any]:
        lead = self._declared(InsurerLink, "insurer", label=_("Hoofdverzekeraar"), choices=self._insurers)
        chosen = replace(_declared(InsurerLink, "insurer"), many=True, required=False)
        return {
            "code": self._declared(
                Cooperation,
                "code",
                required=True,
                hint=_("Kort en blijvend, bijvoorbeeld WOL. De code verandert nooit."),
            ),
            "name": self._declared(Cooperation, "name", required=True),
            "founded_on": self._declared(Cooperation, "founded_on", label=day_label, required=True),
            "insurers": self._bound(
                chosen,
                label=_("Verzekeraars"),
                choices=self._insurers,
                hint=_("Het kader van deze verzekeraars geldt vanaf de eerste dag."),
            ),
            "lead": lead,
        }

    def _reason(self) -> Any:
        return self._bound(_REASON, label=_("Waarom legt u dit vast?"), hint=_("De reden staat in de geschiedenis."))

    def _declared(self, kind: type[Record], name: str, *, required: bool = False, **more: Any) -> Any:
        return self._bound(replace(_declared(kind, name), required=required), **more)

    def _bound(
        self, item: Field, *, label: str | None = None, choices: Choices | None = None, hint: str | None = None
    ) -> Any:
        about = About(item, self._language, self._today, choices)
        own = item.label.en if self._language == "en" else item.label.nl
        return bound(about, label=label or own, description=hint or "")

    def _form(self, given: Given, **fields: Any) -> AskedForm:
        made: AskedForm = type("Asked", (AskedForm,), fields)(formdata=given)
        return made


def _declared(kind: type[Record], attribute: str) -> Field:
    return next(item for item in fields_of(kind) if item.attribute == attribute)


def beginning_of(form: AskedForm) -> Beginning:
    """The new cooperation that a valid form describes."""
    first, lead = parse_day(form.raw("founded_on")) or date.min, form.raw("lead")
    chosen = dict.fromkeys([*(form.raw("insurers") or ()), *filter(None, [lead])])
    links = tuple(InsurerLink(insurer=key, lead=key == lead, from_on=first) for key in chosen)
    return Beginning(code=form.raw("code"), name=form.raw("name"), founded_on=first, insurers=links)


def merger_of(form: AskedForm) -> Merger:
    """The merger that a valid form describes; practices come from those alone that go up into the new one."""
    bring = frozenset(form.raw("bring") or ()) & frozenset(form.raw("codes"))
    return Merger(beginning=beginning_of(form), bring_practices=bring, note=form.raw("note"))
