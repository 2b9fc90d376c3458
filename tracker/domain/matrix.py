"""The roadmap of several cooperations side by side: which rules stand in the columns, and how many are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tracker.domain.finding import Finding, Status
from tracker.domain.programme import Programme, Requirement

NOT_MET_FIRST = (Status.NOT_MET, Status.PARTIAL, Status.LATE, Status.UNKNOWN, Status.PENDING, Status.ADVISORY)
"""In this order a short list names what is not met."""


def columns(programme: Programme) -> tuple[Requirement, ...]:
    """The requirements that stand in the matrix, from left to right."""
    held = [item for item in programme.requirements if item.column is not None]
    return tuple(sorted(held, key=lambda item: item.column or 0))


def column_rules(programme: Programme) -> frozenset[str]:
    """The keys of the rules in the columns."""
    return frozenset(item.key for item in columns(programme))


def row_of(findings: Iterable[Finding], code: str, programme: Programme) -> dict[str, Finding]:
    """The findings of a cooperation in the columns, by key."""
    asked = column_rules(programme)
    own = (item for item in findings if item.subject == code and item.key in asked)
    return {item.key: item for item in own if item.programme.insurer_key == programme.insurer_key}


class Tally(msgspec.Struct, frozen=True):
    """How many results have which status."""

    counts: Mapping[Status, int]

    @property
    def met(self) -> int:
        """Met in time; what was met late stays late."""
        return self.counts.get(Status.MET, 0)

    @property
    def of(self) -> int:
        """All that apply: n.v.t. is left out."""
        return sum(self.counts.values()) - self.counts.get(Status.NA, 0)

    def number(self, *statuses: Status) -> int:
        """How many have one of these statuses."""
        return sum(self.counts.get(status, 0) for status in statuses)


def tally(findings: Iterable[Finding]) -> Tally:
    """The counts of some findings."""
    return Tally(dict(Counter(item.status for item in findings)))


def has_changed(before: Finding | None, now: Finding) -> bool:
    """Whether a cell changed: the rule was judged on both days and its status differs."""
    return before is not None and before.status is not now.status


def badness(finding: Finding | None) -> tuple[int, int, int, int]:
    """Where a result stands in a column: the worst status first, then what lasts longest, then the lowest count."""
    rank = {status: place for place, status in enumerate((*NOT_MET_FIRST, Status.MET, Status.NA))}
    if finding is None:
        return len(rank), 0, 0, 0
    values = finding.reason.values
    began, count = values.get("date"), values.get("n")
    since = began.toordinal() if isinstance(began, date) else 0
    return rank[finding.status], -(finding.days_late or 0), since, count if isinstance(count, int) else 0


def not_met(row: Mapping[str, Finding]) -> list[Finding]:
    """What is not met of a row, worst first, then in the order of the columns."""
    rank = {status: place for place, status in enumerate(NOT_MET_FIRST)}
    held = [
        item for item in row.values() if item.status in rank and item.status not in (Status.PENDING, Status.ADVISORY)
    ]
    return sorted(held, key=lambda item: (rank[item.status], item.requirement.column or 0))
