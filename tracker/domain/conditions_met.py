"""How an initiative stands with its insurer's conditions: per condition the worst of its rules, and how many are met.

Page, API and export count here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from tracker.domain.finding import Finding, Status, badness, worst
from tracker.domain.programme import Condition, Programme


class ConditionStanding(msgspec.Struct, frozen=True):
    """One condition and the findings it rests on, the worst first."""

    condition: Condition
    status: Status
    findings: tuple[Finding, ...]


class ConditionsMet(msgspec.Struct, frozen=True):
    """Every condition of a programme for one initiative, in the order of the source."""

    standings: tuple[ConditionStanding, ...]

    @property
    def met(self) -> int:
        """The conditions that are met in time; met late is not counted as met."""
        return self.count(Status.MET)

    @property
    def total(self) -> int:
        """The conditions that apply: those that do not are left out."""
        return len(self.standings) - self.count(Status.NA)

    def count(self, *statuses: Status) -> int:
        """How many conditions have one of these statuses."""
        counted = Counter(item.status for item in self.standings)
        return sum(counted[status] for status in statuses)


def conditions_met(
    findings: Iterable[Finding], programme: Programme, *, initiative: str, cooperation: str
) -> ConditionsMet:
    """The conditions of the initiative's programme. Some rest on rules for the cooperation, such as the mandates.

    `findings` are those of the whole dossier; the rules of another insurer are not asked. A condition of which no rule
    says anything does not apply.
    """
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        ours = finding.programme.key == programme.key or finding.programme.national
        if ours and finding.subject in (initiative, cooperation):
            held.setdefault(finding.rule, []).append(finding)
    return ConditionsMet(tuple(_standing(condition, held) for condition in programme.conditions))


def _standing(condition: Condition, held: dict[str, list[Finding]]) -> ConditionStanding:
    found = [finding for rule in condition.rules for finding in held.get(rule, ())]
    found.sort(key=lambda finding: badness(finding.status))
    return ConditionStanding(condition, worst(finding.status for finding in found), tuple(found))
