"""Invented money, fact by fact: lines, contracts, claims, applications and declarations, and one rule asked of them."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tests.domain.roadmap_facts import asked, day, programme, region
from tracker.domain import applications, claims, funding, service
from tracker.domain.finding import Euro, Finding
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, OiTariff, PlanTopic, Purpose, Stream
from tracker.domain.records.funding import (
    AccreditationClaim,
    FundingLine,
    InnovationApplication,
    OiClaim,
    OpenClaim,
    ServiceDeclaration,
)
from tracker.domain.records.initiative import Initiative
from tracker.domain.register import Register
from tracker.domain.rules import findings

RULE_MODULES = (applications, claims, funding, service)
"""Importing them makes their rules known."""

ZZ = "zorg_en_zekerheid"


def line(code: str, item: str, share: str, start: str, end: str | None = None, **more: Any) -> FundingLine:
    """A funding line of segment 3 for the initiative, unless said otherwise."""
    kinds = {"stream": Stream.S3, "purpose": Purpose.INITIATIVE} | more
    to_on = None if end is None else day(end)
    return FundingLine(code=code, item=item, share_pct=Decimal(share), from_on=day(start), to_on=to_on, **kinds)


def initiative(code: str, *lines: FundingLine, insurer: str = "menzis") -> Initiative:
    """An initiative proposed in 2020 with its lines."""
    return Initiative(
        code=code, title="Zorgplan samen", insurer=insurer, proposed_on=day("2020-01-01"), funding_lines=lines
    )


def contract(start: str, end: str | None = None, **more: Any) -> Contract:
    """A contract with Menzis on financing, signed on its first day unless said otherwise."""
    facts = {"code": f"C{start}", "insurer": "menzis", "signed_on": day(start), "scopes": (ContractScope.FINANCING,)}
    return Contract(starts_on=day(start), ends_on=None if end is None else day(end), **(facts | more))


def oi_claim(tariff: OiTariff, insured: int, **more: Any) -> OiClaim:
    """A claim of one of the four tariffs."""
    return OiClaim(
        code="OI1",
        tariff=tariff,
        unit="wijk Oost",
        claimed_on=day("2025-01-15"),
        from_on=day("2025-01-01"),
        insured=insured,
        **more,
    )


def open_claimed(on: str, code: str = "OP1", **more: Any) -> OpenClaim:
    """A claim of OPEN by a practice in a coalition."""
    facts = {"practice": "P1", "in_coalition": True, "claimed_before": False} | more
    return OpenClaim(code=code, claimed_on=day(on), **facts)


def accreditation_claim(on: str = "2026-04-01", **more: Any) -> AccreditationClaim:
    """A claim of accreditation, option 2, that meets the three conditions."""
    facts: dict[str, Any] = {"code": "AC1", "practice": "P1", "insurer": ZZ, "option": 2, "insured": 2400}
    facts |= {"full_programme": True, "recognised_consultant": True, "mark_reported": True}
    return AccreditationClaim(claimed_on=day(on), **(facts | more))


def application(article: int, **more: Any) -> InnovationApplication:
    """An application that meets its article: ten thousand patients, a plan on the day before the start."""
    facts: dict[str, Any] = {
        "code": "FA1",
        "insurer": ZZ,
        "applicant": "LIN-Zuid",
        "submitted_on": day("2025-12-31"),
        "patients": 10_000,
        "all_on_preferred_his": True,
        "plan_on": day("2025-12-31"),
        "plan_covers": tuple(PlanTopic),
        "budget_complete": True,
        "measurable_savings": True,
        "fits_meedenkadvies": False,
        "starts_on": day("2026-01-01"),
    }
    return InnovationApplication(article=article, **(facts | more))


def declaration(year: int, has: tuple[Any, ...], **more: Any) -> ServiceDeclaration:
    """What a practice with 2,400 insured declares; it uses what it has unless said otherwise."""
    facts: dict[str, Any] = {"code": "SB1", "practice": "P1", "insurer": ZZ, "insured": 2400, "uses": has}
    return ServiceDeclaration(year=year, declared_on=date(year, 2, 2), has=has, **(facts | more))


def answer(kind: str, as_of: str, subject: str, dossier: Cooperation, insurer: str | None, **params: Any) -> Finding:
    """What one rule says of one subject on a day."""
    found = every_answer(kind, as_of, dossier, insurer, **params)
    return next(item for item in found if item.subject == subject)


def every_answer(
    kind: str, as_of: str, dossier: Cooperation, insurer: str | None, more: dict[str, Any] | None = None, **params: Any
) -> list[Finding]:
    """What one rule says of every subject; `more` goes to the programme."""
    edition = programme(asked(kind, **params), insurer=insurer, **(more or {}))
    return findings(dossier, Register(), (edition,), day(as_of))


def of_lines(kind: str, code: str, as_of: str, *initiatives: Initiative, **more: Any) -> Finding:
    """What a rule says of an initiative; `contracts` and parameters by name."""
    contracts = more.pop("contracts", ())
    dossier = region(initiatives=initiatives, contracts=contracts)
    return answer(kind, as_of, code, dossier, more.pop("insurer", "menzis"), **more)


def filled(text: str, finding_values: Any) -> str:
    """A template with plain values."""
    return text.format(**{name: _plain(value) for name, value in finding_values.items()})


def _plain(value: Any) -> str:
    if isinstance(value, Euro):
        return f"€ {value.amount}"
    if isinstance(value, tuple):
        return ", ".join(_plain(item) for item in value)
    return str(value.value) if isinstance(value, Enum) else str(value)


def said(finding: Any) -> tuple[str, str]:
    """Status and Dutch reason; the English one is filled too, so that a wrong placeholder fails."""
    text: Pair = finding.reason.text
    filled(text.en, finding.reason.values)
    return finding.status.value, filled(text.nl, finding.reason.values)
