"""Saving the mandates for a contract from a grid: all that was changed in one revision, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.day_grid import MOST_CELLS, DayChange, DayFault
from tracker.domain.entries import Entry
from tracker.domain.mandate_grid import GIVEN, WITHDRAWN, begins_anew, standing
from tracker.domain.policy import Pen
from tracker.domain.problems import Problem
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import MandateKind
from tracker.operations.day_grid import NOT_HERE, DaysRefused, TooManyCells, overtaken
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Gone, Refused
from tracker.operations.transaction import writing
from tracker.queries.journal import position
from tracker.queries.records import Kept, kept

PLACE = "mandate"


def save_mandates(
    *,
    contract: int,
    practices: Iterable[str],
    changes: Sequence[DayChange],
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
    reason: str | None = None,
) -> list[DayChange]:
    """Write the changed days of mandates of these practices; answers what was really written.

    Raises Forbidden, Gone, TooManyCells or DaysRefused, and then writes nothing. A cell that another changed since it
    was shown is a fault; one that stands so already is none.
    """
    if not pen.may(PLACE) or pen.is_insurers:
        raise Forbidden(PLACE)
    if len(changes) > MOST_CELLS:
        raise TooManyCells
    with writing() as connection:
        held = kept("contract", contract, connection)
        if held is None:
            raise Gone("contract")
        sheet = _Sheet(held, frozenset(practices))
        for practice in dict.fromkeys(item.practice for item in changes):
            sheet.take(practice, [item for item in changes if item.practice == practice])
        if sheet.faults:
            raise DaysRefused(sheet.faults)
        if sheet.written:
            known: dict[str, Any] = {"pen": pen, "catalogues": catalogues, "today": today, "by": by, "reason": reason}
            try:
                save_record(place="contract", entry=sheet.entry(), seen=position(), **known)
            except Refused as refused:
                raise DaysRefused([sheet.fault(problem) for problem in refused.problems]) from None
    return sheet.written


class _Sheet:
    """The mandates of a contract with what was typed laid over them."""

    def __init__(self, contract: Kept, practices: frozenset[str]) -> None:
        self._contract, self._practices = contract, practices
        stored = contract.children["mandates"]
        self._by_values = {id(item.values): item for item in stored}
        self._rows = {item.number: Entry(given={}, number=item.number) for item in stored}
        self._new: list[Entry] = []
        self.faults: list[DayFault] = []
        self.written: list[DayChange] = []

    def take(self, practice: str, cells: list[DayChange]) -> None:
        """Check the changed days of one practice, and lay them over its mandate or begin a new one."""
        held = standing((item.values for item in self._contract.children["mandates"]), practice)
        asked = [cell for cell in cells if (held[cell.attribute] if held else None) != cell.day]
        for cell in asked:
            now = held[cell.attribute] if held else None
            if practice not in self._practices or now != cell.shown:
                self._refuse(cell, NOT_HERE if practice not in self._practices else overtaken(now))
                return
        if not asked:
            return
        typed = {cell.attribute: cell.day for cell in asked}
        given = typed.get(GIVEN, held[GIVEN] if held else None)
        if given is None:
            self._refuse(asked[0], _NOT_GIVEN if held is None else _NOT_AWAY)
            return
        self.written += asked
        if held is None or (GIVEN in typed and begins_anew(held, given)):
            named = {"kind": MandateKind.INDIVIDUAL.value, "practice": practice}
            self._new.append(Entry(given={**named, GIVEN: given, WITHDRAWN: typed.get(WITHDRAWN)}))
        else:
            self._rows[self._by_values[id(held)].number].given.update(typed)

    def entry(self) -> Entry:
        """The contract as it will stand: only its mandates were on the form."""
        return Entry(given={}, children={"mandates": self._entries()}, number=self._contract.number)

    def _entries(self) -> list[Entry]:
        return [*self._rows.values(), *self._new]

    def fault(self, problem: Problem) -> DayFault:
        """What was found wrong with the contract as it would stand, beside the cell that it comes from."""
        place, _, name = problem.path.removeprefix("$.").partition(".")
        number = place.partition("[")[2].rstrip("]")
        practice = self._practice(self._entries()[int(number)]) if number.isdigit() else None
        fitting = [cell for cell in self.written if cell.practice == practice] or self.written
        cell = next((cell for cell in fitting if cell.attribute == name), fitting[0])
        return DayFault(cell.practice, cell.about, cell.attribute, problem.reason)

    def _practice(self, row: Entry) -> str | None:
        held = next((item for item in self._contract.children["mandates"] if item.number == row.number), None)
        return row.given.get("practice") if held is None else held.values["practice"]

    def _refuse(self, cell: DayChange, reason: Pair) -> None:
        self.faults.append(DayFault(cell.practice, cell.about, cell.attribute, reason))


_NOT_GIVEN = Pair("Vul ook in wanneer het mandaat is gegeven", "Fill in when the mandate was given as well")
_NOT_AWAY = Pair(
    "Vul in wanneer het mandaat is ingetrokken; een mandaat dat er nooit was, haalt u weg bij de overeenkomst zelf",
    "Fill in when the mandate was withdrawn; one that never was is taken away on the form of the contract",
)
