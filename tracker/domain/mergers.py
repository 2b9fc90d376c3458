"""A cooperation begins, ends, or goes up into a new one; nothing is inherited by itself (dossier-format.md).

Each function gives what is to be written: a partial dossier that is laid over what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from tracker.domain.initiative_phases import current_phase
from tracker.domain.periods import covers, is_affiliated
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation, Predecessor
from tracker.domain.records.enums import InitiativePhaseName
from tracker.domain.records.periods import Period
from tracker.domain.records.practice import Practice


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """A new cooperation: its code for ever, its name, its first day and the insurers whose frame applies."""

    code: str
    name: str
    founded_on: date
    insurers: tuple[InsurerLink, ...] = ()

    def dossier(self) -> Cooperation:
        """What is written of it."""
        return Cooperation(code=self.code, name=self.name, founded_on=self.founded_on, insurers=self.insurers)


class Merger(msgspec.Struct, frozen=True, kw_only=True):
    """Two or more cooperations end, and a new one begins the day after."""

    beginning: Beginning
    bring_practices: frozenset[str] = frozenset()
    """The codes of those whose practices go along."""
    note: str | None = None
    """What was decided about the records of the old ones."""

    @property
    def last_day(self) -> date:
        """The last day of the old ones."""
        return self.beginning.founded_on - timedelta(1)

    def dossiers(self, old: Iterable[Cooperation]) -> tuple[Cooperation, ...]:
        """What is written: the end of each old one, and the new one with its predecessors and practices."""
        listed = sorted(old, key=lambda item: item.code)
        day, new = self.beginning.founded_on, self.beginning.dossier()
        predecessors = tuple(Predecessor(code=item.code, since_on=day, note=self.note) for item in listed)
        leaving = [item for one in listed if one.code in self.bring_practices for item in members(one, self.last_day)]
        width = max(2, len(str(len(leaving))))
        joined = tuple(
            Practice(
                code=f"{new.code}-{number:0{width}d}",
                name=item.name,
                place=item.place,
                memberships=(Period(from_on=day, note=item.code),),
            )
            for number, item in enumerate(leaving, 1)
        )
        ended = [ending(item, self.last_day, leave=item.code in self.bring_practices) for item in listed]
        return (*ended, msgspec.structs.replace(new, predecessors=predecessors, practices=joined))


def ending(dossier: Cooperation, last_day: date, *, leave: bool = False) -> Cooperation:
    """What is written when a cooperation ends: its last day, and that of every insurer link; with `leave` that of every
    membership too."""
    links = tuple(
        msgspec.structs.replace(item, to_on=last_day) for item in dossier.insurers if _lasts(item.to_on, last_day)
    )
    left = tuple(_left(item, last_day) for item in members(dossier, last_day)) if leave else ()
    return Cooperation(code=dossier.code, name=dossier.name, dissolved_on=last_day, insurers=links, practices=left)


def ending_faults(dossier: Cooperation, last_day: date) -> list[Pair]:
    """Why a cooperation can't end on that day."""
    if dossier.dissolved_on is not None:
        return [Pair(f"{dossier.code} is al opgeheven", f"{dossier.code} has been dissolved already")]
    found = []
    if dossier.founded_on is not None and last_day < dossier.founded_on:
        found.append(
            Pair(
                f"{dossier.code} is pas later opgericht; kies een latere dag",
                f"{dossier.code} was founded later; choose a later day",
            )
        )
    if any(item.from_on > last_day for item in dossier.insurers):
        found.append(
            Pair(
                f"een verzekeraar van {dossier.code} begint pas na die dag; kies een latere dag of verwijder die eerst",
                f"an insurer of {dossier.code} starts after that day; choose a later day or remove it first",
            )
        )
    return found


def members(dossier: Cooperation, day: date) -> tuple[Practice, ...]:
    """The practices that are affiliated on a day, by code."""
    listed = (item for item in dossier.practices if is_affiliated(item.memberships, day))
    return tuple(sorted(listed, key=lambda item: item.code))


def still_open(dossier: Cooperation, last_day: date) -> dict[str, int]:
    """What goes on after a cooperation's last day, as numbers: nobody ends it by itself."""
    after = last_day + timedelta(1)
    contracts = [
        item
        for item in dossier.contracts
        if covers(item.starts_on, min(filter(None, (item.ends_on, item.terminated_on)), default=None), after)
    ]
    running = [item for item in dossier.initiatives if current_phase(item) not in (None, InitiativePhaseName.ENDED)]
    leads = [item for item in dossier.ict_leads if covers(item.from_on, item.to_on, after)]
    return {
        "contracts": len(contracts),
        "initiatives": len(running),
        "leads": len(leads),
        "practices": len(members(dossier, after)),
    }


def _lasts(end: date | None, last_day: date) -> bool:
    return end is None or end > last_day


def _left(practice: Practice, last_day: date) -> Practice:
    """The practice with the end of the membership that holds on the last day."""
    ended = tuple(
        msgspec.structs.replace(item, to_on=last_day)
        for item in practice.memberships
        if covers(item.from_on, item.to_on, last_day)
    )
    return Practice(code=practice.code, name=practice.name, memberships=ended)
