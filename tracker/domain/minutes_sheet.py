"""A cooperation on a day, as both parties of a meeting may see it, and where each of its records stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.domain.addresses import Addresses
from tracker.domain.finding import Finding
from tracker.domain.meeting import as_seen_by
from tracker.domain.privacy import aggregated, minimum_of
from tracker.domain.programme import Programme
from tracker.domain.records.base import Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.practice import Practice
from tracker.domain.register import Register, register_seen
from tracker.domain.rules import judged
from tracker.domain.visibility import seen


class Sheet(NamedTuple):
    """A cooperation on a day, as both parties may see it."""

    on: date
    dossier: Cooperation
    whole: Cooperation
    register: Register
    findings: tuple[Finding, ...]

    @classmethod
    def of(
        cls,
        dossier: Cooperation,
        register: Register,
        asked: tuple[Programme, ...],
        on: date,
        sides: frozenset[Party],
        named: tuple[Practice, ...],
    ) -> Sheet:
        then, shelf = seen(dossier, on) or dossier, register_seen(register, on)
        found = judged(then, shelf, asked, on)
        shown, kept = aggregated(as_seen_by(then, sides), found, minimum_of(asked), (*dossier.practices, *named))
        return cls(on, shown, then, shelf, kept)


class Places:
    """Where a record of a sheet stands, also when the sheet shows only part of it."""

    def __init__(self, sheet: Sheet) -> None:
        self._found = (Addresses(sheet.dossier, sheet.register), Addresses(sheet.whole, sheet.register))

    def of(self, record: Record) -> str | None:
        found = next((known for held in self._found if (known := held.of(record)) is not None), None)
        return None if found is None else found.address
