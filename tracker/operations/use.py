"""Saving a grid of days of digital services: all that was changed in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.addresses import below
from tracker.domain.day_grid import MOST_CELLS, DayChange, DayFault
from tracker.domain.parsed import Walk
from tracker.domain.policy import Pen
from tracker.domain.problems import Problems
from tracker.domain.records.base import Pair, scalars_of
from tracker.domain.records.places import places
from tracker.domain.records.practice import ComponentUse
from tracker.domain.shape import parse
from tracker.domain.use_grid import AVAILABLE, USED, current, laid_over
from tracker.models.records import key_hash
from tracker.operations.day_grid import NOT_HERE, DaysRefused, TooManyCells, day_words, overtaken
from tracker.operations.journal import Spot, Writer
from tracker.operations.merge import defaults_of
from tracker.operations.refusals import Forbidden
from tracker.operations.transaction import writing
from tracker.queries.codes import number_of
from tracker.queries.records import Kept
from tracker.queries.use import UseRow, use_rows

PLACE = "component_use"


def save_use(
    *,
    code: str,
    changes: Sequence[DayChange],
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
    reason: str | None = None,
) -> list[DayChange]:
    """Write the changed days of services in practices that are affiliated today; answers what was really written.

    Raises Forbidden, TooManyCells or DaysRefused, and then writes nothing. A cell that another changed since it was
    shown is a fault; one that stands so already is none.
    """
    if not pen.may(PLACE):
        raise Forbidden(PLACE)
    if len(changes) > MOST_CELLS:
        raise TooManyCells
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        rows = {row.code: row for row in use_rows(code, today, connection)}
        root = number_of("cooperation", code, connection) or 0
        grid = _Grid(writer, code, root, catalogues, today)
        for practice, service, cells in _grouped(changes):
            grid.take(rows.get(practice), practice, service, cells)
        if grid.faults:
            raise DaysRefused(grid.faults)
        grid.write()
        writer.flush()
    return grid.written


def _grouped(changes: Iterable[DayChange]) -> Iterator[tuple[str, str, list[DayChange]]]:
    found: dict[tuple[str, str], list[DayChange]] = {}
    for item in changes:
        found.setdefault((item.practice, item.about), []).append(item)
    for (practice, service), cells in found.items():
        yield practice, service, cells


class _Grid:
    """The changes on their way in: each checked beside what is stored, then written together."""

    def __init__(
        self, writer: Writer, code: str, root: int, catalogues: Mapping[str, frozenset[str]], today: date
    ) -> None:
        self._writer, self._code, self._root = writer, code, root
        self._catalogues, self._today = catalogues, today
        self._ready: list[tuple[UseRow, Kept | None, dict[str, Any]]] = []
        self.faults: list[DayFault] = []
        self.written: list[DayChange] = []

    def take(self, row: UseRow | None, practice: str, service: str, cells: list[DayChange]) -> None:
        """Check the changed days of one service in one practice."""
        if row is None:
            self._refuse(cells[0], NOT_HERE)
            return
        stored = current([item.values for item in row.uses], service, self._today)
        asked = [cell for cell in cells if (stored[cell.attribute] if stored else None) != cell.day]
        for cell in asked:
            now = stored[cell.attribute] if stored else None
            if now != cell.shown:
                self._refuse(cell, overtaken(now))
                return
        days = laid_over(stored, asked)
        if not asked or not any((stored, *days.values())):
            return
        if days[AVAILABLE] is None:
            self._refuse(asked[0], _NOT_AWAY)
            return
        held = next((item for item in row.uses if item.values is stored), None)
        values = {**(stored or defaults_of(ComponentUse)), "component": service, **days}
        if self._fits(row, held, values, asked):
            self._ready.append((row, held, values))
            self.written += asked

    def _fits(self, row: UseRow, held: Kept | None, values: dict[str, Any], cells: list[DayChange]) -> bool:
        """Has the record its shape, and does it not run into an earlier one of the same service?"""
        start, used = values[AVAILABLE], values[USED]
        if used is not None and used < start:
            self._refuse(cells[0], _too_early(start))
            return False
        walk = Walk(Problems(), self._catalogues)
        parse(ComponentUse, {name: value for name, value in values.items() if value is not None}, (), walk)
        for problem in walk.problems.shown:
            name = problem.path.removeprefix("$.")
            cell = next((item for item in cells if item.attribute == name), cells[0])
            self._refuse(cell, problem.reason)
        for other in row.uses:
            until = other.values["until"]
            if other is held or other.values["component"] != values["component"]:
                continue
            if other.values[AVAILABLE] <= start and (until is None or start <= until):
                self._refuse(cells[0], _runs_into(other.values[AVAILABLE], until))
                return False
        return not walk.problems

    def write(self) -> None:
        """Note every record that differs."""
        new = sum(held is None for _, held, _ in self._ready)
        first = self._writer.numbers(new) if new else 0
        free = iter(range(first, first + new))
        for row, held, values in self._ready:
            key = (values["component"], values[AVAILABLE])
            address = below(below(self._code, "practices", (row.code,)), "use", key)
            number = next(free) if held is None else held.number
            own_hash = key_hash(places()[PLACE], key)
            spot = Spot(PLACE, number, address, row.number, "practice", self._root, own_hash)
            if held is None:
                self._writer.add(spot, values)
            else:
                names = [item.attribute for item in scalars_of(ComponentUse)]
                changed = [name for name in names if values[name] != held.values[name]]
                self._writer.change(spot, values, changed, held.version)

    def _refuse(self, cell: DayChange, reason: Pair) -> None:
        self.faults.append(DayFault(cell.practice, cell.about, cell.attribute, reason))


_NOT_AWAY = Pair(
    "Vul in vanaf welke dag de dienst er is; weghalen of beëindigen doet u bij de praktijk zelf",
    "Fill in since when the service is there; end or remove it on the form of the practice",
)


def _too_early(start: date) -> Pair:
    return Pair(
        f"De dienst is er pas vanaf {day_words(start)}; kies die dag of later, of corrigeer eerst die eerste dag",
        f"The service is there since {day_words(start)}; choose that day or later, or correct that first day",
    )


def _runs_into(start: date, until: date | None) -> Pair:
    if until is None:
        return Pair(
            f"De dienst is er al vanaf {day_words(start)}; corrigeer dat bij de praktijk zelf",
            f"The service is there since {day_words(start)}; correct that on the form of the practice",
        )
    return Pair(
        f"De dienst was er van {day_words(start)} tot en met {day_words(until)}; kies een latere dag",
        f"The service was there from {day_words(start)} up to {day_words(until)}; choose a later day",
    )
