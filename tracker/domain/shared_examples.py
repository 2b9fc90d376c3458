"""Good examples that are on offer on a day, and who used them (M:324-328)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ExampleOutcome
from tracker.domain.records.example import GoodExample, Sharing
from tracker.domain.records.initiative import Initiative
from tracker.domain.register import Example


class Taker(msgspec.Struct, frozen=True, gc=False):
    """An initiative elsewhere that looked at an example."""

    cooperation: str
    region: str
    initiative: Initiative
    record: GoodExample

    @property
    def has_used(self) -> bool:
        return self.record.outcome is ExampleOutcome.USED


class SharedExample(msgspec.Struct, frozen=True, gc=False):
    """An initiative that its region shares with the others."""

    cooperation: str
    region: str
    initiative: Initiative
    """With its directions and sharings only."""
    sharing: Sharing
    takers: tuple[Taker, ...]

    @property
    def code(self) -> str:
        return self.initiative.code

    @property
    def directions(self) -> tuple[str, ...]:
        return tuple(sorted({item.code for item in self.initiative.directions}))

    @property
    def used_by(self) -> tuple[Taker, ...]:
        return tuple(item for item in self.takers if item.has_used)


def shared_examples(examples: Iterable[Example], dossiers: Sequence[Cooperation]) -> tuple[SharedExample, ...]:
    """The examples on offer, the newest first; what was withdrawn is gone. Everything is as seen on the day."""
    names = {dossier.code: dossier.name for dossier in dossiers}
    takers = _takers(dossiers)
    found = [shared for example in examples if (shared := _shared(example, names, takers)) is not None]
    return tuple(sorted(found, key=lambda item: (-item.sharing.shared_on.toordinal(), item.initiative.title)))


def _shared(example: Example, names: Mapping[str, str], takers: Mapping[str, list[Taker]]) -> SharedExample | None:
    offered = [item for item in example.initiative.sharings if item.withdrawn_on is None]
    if not offered:
        return None
    last = max(offered, key=lambda item: item.shared_on)
    name = names.get(example.cooperation, example.cooperation)
    held = tuple(takers.get(example.initiative.code, ()))
    return SharedExample(example.cooperation, name, example.initiative, last, held)


def _takers(dossiers: Iterable[Cooperation]) -> dict[str, list[Taker]]:
    """By the code of the example, in time."""
    found: dict[str, list[Taker]] = {}
    for dossier in dossiers:
        for initiative in dossier.initiatives:
            for record in initiative.good_examples:
                taker = Taker(dossier.code, dossier.name, initiative, record)
                found.setdefault(record.source, []).append(taker)
    for held in found.values():
        held.sort(key=lambda item: (item.record.considered_on, item.region))
    return found
