"""A grid of days with a row for each practice: what is shown, what was typed and what of it was changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker.domain.day_grid import MOST_CELLS, DayChange, DayFault
from tracker.domain.problems import UNSTORABLE
from tracker.forms.days import parse_day
from tracker.forms.records import ShownError
from tracker.labels.texts import words

SHOWN = "_shown"
Place = tuple[str, str, str]
"""Practice, what of it (the service, the contract) and which of the two days."""


class Cell(msgspec.Struct):
    """One day about one practice, as it stands on the form."""

    id: str
    name: str
    head: str
    """What it is about in words, for a message."""
    value: str
    beside: str = ""
    """What is told below the field."""
    errors: list[str] = msgspec.field(default_factory=list)


class DayGridForm:
    """The cells of a grid by place, and the reason that goes with what was changed."""

    def __init__(
        self,
        stored: Mapping[Place, date | None],
        heads: Mapping[Place, str],
        *,
        language: str,
        formdata: MultiDict[str, str] | None = None,
    ) -> None:
        self._stored, self._given, self._language = stored, formdata, language
        self.general: list[str] = []
        before = None if formdata is None else _shown(formdata.get(SHOWN, ""))
        self._before = dict(stored) if before is None else {place: before.get(_name(place)) for place in stored}
        self.reason = "" if formdata is None else UNSTORABLE.sub("", formdata.get("_reason", "")).strip()[:1_000]
        self.cells = {place: self._cell(index, place, heads[place]) for index, place in enumerate(stored)}

    def _cell(self, index: int, place: Place, head: str) -> Cell:
        name = _name(place)
        typed = None if self._given is None else self._given.get(name)
        value = day_typed(self._stored[place]) if typed is None else typed.strip()[:40]
        return Cell(f"cel-{index}", name, head, value)

    def changes(self) -> list[DayChange]:
        """What differs from what was shown; a day that can't be read is told beside its cell, and then nothing is."""
        given = self._given or MultiDict()
        if sum("|" in name for name in given) > MOST_CELLS:
            self.take_too_many()
            return []
        found = []
        for place, cell in self.cells.items():
            if cell.name not in given or cell.value == day_typed(self._before[place]):
                continue
            day = parse_day(cell.value) if cell.value else None
            if cell.value and day is None:
                cell.errors.append(_("Schrijf een bestaande datum, bijvoorbeeld 1-7-2022"))
            elif day != self._before[place]:
                found.append(DayChange(*place, self._before[place], day))
        return [] if self.has_errors else found

    def take(self, faults: Iterable[DayFault]) -> None:
        """Lay what the operation found beside the cells. Who saves again has seen what stands there now."""
        for fault in faults:
            place = (fault.practice, fault.about, fault.attribute)
            cell = self.cells.get(place)
            text = words(fault.reason, self._language)
            if cell is None:
                self.general.append(f"{fault.practice}: {text}")
            else:
                cell.errors.append(text)
                self._before[place] = self._stored[place]

    def take_too_many(self) -> None:
        """More was sent than one save takes."""
        text = _("Bewaar niet meer dan %(most)s cellen tegelijk; kies één thema of deel het blok op", most=MOST_CELLS)
        self.general.append(text)

    @property
    def shown(self) -> str:
        """What the cells showed when the grid was opened; travels along unseen."""
        held = {_name(place): day.isoformat() for place, day in self._before.items() if day is not None}
        return msgspec.json.encode(held).decode()

    @property
    def has_errors(self) -> bool:
        return bool(self.general) or any(cell.errors for cell in self.cells.values())

    @property
    def errors_shown(self) -> Sequence[ShownError]:
        """Every fault in words with what it is about, and a link to the cell."""
        found = [ShownError(text, "#rooster") for text in self.general]
        found += [
            ShownError(f"{cell.head}: {text}", f"#{cell.id}") for cell in self.cells.values() for text in cell.errors
        ]
        return found


def day_typed(day: date | None) -> str:
    """A day as people type it."""
    return "" if day is None else f"{day.day}-{day.month}-{day.year}"


def _name(place: Place) -> str:
    return "|".join(place)


def _shown(text: str) -> dict[str, date]:
    """What travelled along; nothing of it when it is no longer what was sent."""
    try:
        held: Any = msgspec.json.decode(text, type=dict[str, date])
    except (msgspec.DecodeError, UnicodeEncodeError):
        return {}
    return dict(held)
