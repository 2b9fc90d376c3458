"""The rounds of cooperations on a day, with when the next one is due. Page, API and export ask here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from tracker.domain.finding import Finding
from tracker.domain.outcomes import NextRound, Rhythm, Turn, next_round, turns
from tracker.domain.programme import Programme
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.rules import Need
from tracker.queries.findings import standings

PERIODIC, COMPLETE, EVIDENCE = "rounds_periodic", "round_complete", "scores_have_evidence"
RULES = frozenset({PERIODIC, COMPLETE, EVIDENCE})
KINDS = frozenset({"action"})


class Evaluated(msgspec.Struct, frozen=True, gc=False):
    """The rounds of one cooperation."""

    dossier: Cooperation
    turns: tuple[Turn, ...]
    next: NextRound
    findings: tuple[Finding, ...]

    @property
    def last(self) -> Turn | None:
        """The latest round."""
        return self.turns[-1] if self.turns else None

    @property
    def periodic(self) -> Finding | None:
        """R29: do the rounds follow each other in time?"""
        return next((item for item in self.findings if item.requirement.kind == PERIODIC), None)

    def of_round(self, number: int) -> tuple[Finding, ...]:
        """R28 and R30 of a round."""
        return tuple(item for item in self.findings if item.subject == f"{self.dossier.code}#{number}")


def rhythm_of(programme: Programme) -> Rhythm:
    """How often the programme asks for a round."""
    asked = next(item for item in programme.requirements if item.kind == PERIODIC)
    return Rhythm.of(Need(asked, programme.switches))


def evaluations(
    codes: Iterable[str] | None, programme: Programme, as_of: date, *, known_at: datetime | None = None
) -> list[Evaluated]:
    """The rounds of some cooperations as seen on a day, by code; None = all."""
    rhythm, found = rhythm_of(programme), []
    for standing in standings(codes, as_of, known_at=known_at, only=RULES, kinds=KINDS):
        held = turns(standing.dossier, rhythm)
        own = tuple(item for item in standing.findings if item.programme.key == programme.key)
        found.append(Evaluated(standing.dossier, held, next_round(held, rhythm), own))
    return found
