"""How many roadmap rules a cooperation meets: page, list, API and export count here (counts, no grades)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from tracker.domain.finding import Finding, Status
from tracker.domain.programme import Programme


class RulesMet(msgspec.Struct, frozen=True):
    """The roadmap rules of one cooperation by their status."""

    counts: Mapping[Status, int]

    @property
    def met(self) -> int:
        """Met in time; met late is counted apart."""
        return self.counts.get(Status.MET, 0)

    @property
    def total(self) -> int:
        """The rules that apply."""
        return sum(number for status, number in self.counts.items() if status is not Status.NA)


def roadmap_findings(findings: Iterable[Finding], cooperation: str, programme: Programme) -> tuple[Finding, ...]:
    """The findings of the columns of a programme's matrix about one cooperation, in their order."""
    own = (
        item
        for item in findings
        if item.subject == cooperation and item.programme.key == programme.key and item.requirement.column is not None
    )
    return tuple(sorted(own, key=lambda item: item.requirement.column or 0))


def rules_met(findings: Iterable[Finding]) -> RulesMet:
    """Counted over the given findings."""
    return RulesMet(Counter(item.status for item in findings))
