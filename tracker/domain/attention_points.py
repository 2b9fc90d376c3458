"""One thing that asks for attention, and what every sort of it needs: money, names, since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import msgspec

from tracker.domain.amounts import exact_sum
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.periods import covers
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import Initiative
from tracker.domain.visibility import visible_from

_IN_REGION = Pair("{initiative} ({region})", "{initiative} ({region})")


class Region(NamedTuple):
    """A cooperation with its findings, both as the reader may see them on the day."""

    dossier: Cooperation
    findings: Sequence[Finding]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to look at, with the finding that explains it."""

    status: Status
    title: Reason
    facts: tuple[Reason, ...]
    finding: Finding
    cooperation: str
    """Whose finding it is."""
    since: date | None = None
    until: date | None = None
    """The last day of what expires."""
    days: int = 0
    """How long it lasts; of what expires the days that are left, below zero."""
    euros: Decimal = Decimal(0)
    """Per year, of the funding it touches."""
    regions: tuple[str, ...] = ()
    """Codes of the cooperations it concerns."""
    name: str = ""


def of_kind(region: Region, kind: str, statuses: Iterable[Status] = (Status.NOT_MET,)) -> list[Finding]:
    wanted = frozenset(statuses)
    return [item for item in region.findings if item.requirement.kind == kind and item.status in wanted]


def euros_per_year(lines: Iterable[FundingLine], day: date) -> Decimal:
    """What the funding lines of a day pay per year, as far as it is known."""
    return exact_sum(
        line.eur_per_year for line in lines if line.eur_per_year is not None and covers(line.from_on, line.to_on, day)
    )


def paid_in_region(dossier: Cooperation, day: date) -> Decimal:
    return euros_per_year((line for item in dossier.initiatives for line in item.funding_lines), day)


def initiative_of(dossier: Cooperation, code: str) -> Initiative | None:
    return next((item for item in dossier.initiatives if item.code == code), None)


def told(region: Region, code: str) -> Reason:
    found = initiative_of(region.dossier, code)
    return Reason(_IN_REGION, {"initiative": found.title if found else code, "region": region.dossier.name})


def paid_for(region: Region, code: str, as_of: date) -> Decimal:
    found = initiative_of(region.dossier, code)
    return Decimal(0) if found is None else euros_per_year(found.funding_lines, as_of)


def since_when(finding: Finding) -> date | None:
    """The day from which it was not met: the one its reason names, else the day after it was due."""
    said, kind = finding.reason.values.get("date"), finding.requirement.kind
    if isinstance(said, date) and kind == "ict_lead_now":
        return said
    if isinstance(said, date) and kind == "contract_in_force":
        return said + timedelta(1)
    if finding.due_on is None or finding.due_on == date.max:
        return None
    after = finding.due_on + timedelta(1)
    if kind != "directions_aligned":
        return after
    # A direction that is not aligned can't have been so before it was chosen.
    chosen = [day for record in finding.records if (day := visible_from(record)) is not None]
    return max(after, min(chosen, default=after))
