"""What is looked for in the history: person, kind of record, what was done, period and a text in the reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.clock import day_end
from tracker.domain.journal_sentences import Deed
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import places
from tracker.forms.days import parse_day
from tracker.queries.history import Asked, places_named
from tracker.queries.journal_window import Window, of_practices
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import AS_OF, COMPARE, KNOWN, NO_DAY, here
from tracker.web.frame import language

REGISTER = "register"
NAMES = ("wie", "soort", "handeling", "van", "tot", "reden", "regio")
_LONGEST = 100


def kinds() -> dict[str, str]:
    """Every kind of record by name, in words."""
    found = {place.kind.declared.name: place.kind for place in places().values()} | {"evidence": Evidence}
    return {name: labels.words(kind.declared.label, language()) for name, kind in found.items()}


class Filters:
    """The filters of the address. What can't be used is kept as typed, with what to do about it."""

    def __init__(self, given: dict[str, str]) -> None:
        self.typed = {name: given.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in NAMES}
        self.errors: dict[str, str] = {}
        self.since, self.until = self._day("van"), self._day("tot")
        if self.since is not None and self.until is not None and self.until < self.since:
            self.errors["tot"] = _("Kies een laatste dag op of na de eerste dag.")
            self.until = None
        self.kind = self.typed["soort"] if self.typed["soort"] in kinds() else None
        self.deed = Deed(self.typed["handeling"]) if self.typed["handeling"] in set(Deed) else None

    @classmethod
    def of_request(cls) -> Filters:
        """As the address of this request says."""
        return cls(request.args.to_dict())

    def _day(self, name: str) -> date | None:
        day = parse_day(self.typed[name]) if self.typed[name] else None
        if self.typed[name] and day is None:
            self.errors[name] = str(NO_DAY)
        return day

    @property
    def page(self) -> int:
        """The page of the address; the first one where it names none."""
        text = request.args.get("pagina", "")
        return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text) else 1

    def asked(self) -> Asked:
        """The question to the journal."""
        return Asked(
            by=self.typed["wie"] or None,
            kind=self.kind,
            deed=self.deed,
            since=None if self.since is None else _start(self.since),
            until=None if self.until is None else day_end(self.until),
            reason=self.typed["reden"] or None,
        )

    def within(self, window: Window) -> Window:
        """What is left of a window when one region or the register is chosen; of one that is not in it, all."""
        chosen = self.typed["regio"]
        if chosen == REGISTER:
            return window.only(None)
        return window.only(chosen) if chosen and (window.codes is None or chosen in window.codes) else window

    def told(self, regions: dict[str, str]) -> list[tuple[str, str, str]]:
        """The filters that count: parameter, label and value in words."""
        tongue = language()
        found = [
            ("regio", _("Samenwerkingsverband"), regions.get(self.typed["regio"])),
            ("wie", _("Wie"), self.typed["wie"]),
            ("soort", _("Soort"), kinds().get(self.kind or "")),
            ("handeling", _("Handeling"), self.deed and labels.word(self.deed, tongue)),
            ("van", _("Vanaf"), self.since and labels.day_words(self.since, tongue)),
            ("tot", _("Tot en met"), self.until and labels.day_words(self.until, tongue)),
            ("reden", _("Reden"), self.typed["reden"]),
        ]
        return [(name, str(label), value) for name, label, value in found if value]

    def in_words(self, regions: dict[str, str] | None = None) -> list[str]:
        """The active filters, for paper and files."""
        return [f"{label} {value}" for _name, label, value in self.told(regions or {})]


def _start(day: date) -> datetime:
    """The first moment of a day in Amsterdam."""
    return day_end(day - timedelta(days=1)) + timedelta(microseconds=1)


def filter_view(filters: Filters, result: str, people: list[str], window: Window, regions: dict[str, str]) -> Any:
    """The view model of templates/history/filters.html."""
    told = filters.told(regions)
    hides_practices = bool(window.guarded) and not window.whole
    named = {name: words for name, words in kinds().items() if not (hides_practices and _only_of_practices(name))}
    deeds = {deed.value: labels.word(deed, language()) for deed in Deed}
    return {
        "bar": {
            "active": [
                {"label": label, "value": value, "clear_url": here(**{name: None, "pagina": None})}
                for name, label, value in told
            ],
            "choices": [],
            "result": result,
            "clear_url": here(**dict.fromkeys((*NAMES, "pagina"))) if told else None,
            "save": None,
        },
        "action": request.path,
        "hidden": hidden_fields(AS_OF, COMPARE, KNOWN),
        "open": bool(told or filters.errors),
        "regions": _options(filters.typed["regio"], _("Alles"), regions) if len(regions) > 1 else None,
        "people": _options(filters.typed["wie"], _("Iedereen"), {name: name for name in people}),
        "kinds": _options(filters.kind, _("Alle soorten"), dict(sorted(named.items(), key=lambda pair: pair[1]))),
        "deeds": _options(filters.deed, _("Alles"), deeds),
        "typed": filters.typed,
        "errors": filters.errors,
    }


def _only_of_practices(kind: str) -> bool:
    """Is every record of the kind about one practice?"""
    held = [places()[name] for name in places_named(kind) if name in places()]
    return bool(held) and all(place.attribute in of_practices() or place.parent == "practice" for place in held)


def _options(chosen: str | None, everything: str, named: dict[str, str]) -> list[dict[str, Any]]:
    """A list to choose from; a choice that the list does not know stays what it was."""
    known = {"": everything, **named}
    if chosen and chosen not in known:
        known[chosen] = chosen
    return [{"value": value, "text": text, "selected": value == (chosen or "")} for value, text in known.items()]
