"""What expires soon: contracts, assessments of products in use, and the CIO or CMIO who leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from tracker.domain.amounts import exact_sum
from tracker.domain.attention_points import Point, Region, of_kind, paid_for, paid_in_region, told
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.periods import active, covers
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.ict import IctLead
from tracker.domain.records.product import Assessment

SOON = timedelta(days=90)
"""How long before its end something asks for attention (pages.md 4.1)."""

_CONTRACT = Pair("Contract van {region} loopt af op {date}", "Contract of {region} ends on {date}")
_CONTRACTS = Pair("{n} contracten lopen af op {date}", "{n} contracts end on {date}")
_REGION = Pair("{region}", "{region}")


def contract_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    """Contracts in force that end soon, those of one day together; one that is followed up is left out."""
    ending: dict[date, list[Region]] = defaultdict(list)
    for region in regions:
        for contract in region.dossier.contracts:
            if _ends_soon(contract, as_of) and not is_followed(contract, region.dossier):
                ending[contract.ends_on or as_of].append(region)
    for day, held in ending.items():
        rules = [item for region in held for item in region.findings if item.requirement.kind == "contract_in_force"]
        if not rules:
            continue
        text = _CONTRACT if len(held) == 1 else _CONTRACTS
        yield Point(
            status=Status.PENDING,
            title=Reason(text, {"n": len(held), "region": held[0].dossier.name, "date": day}),
            facts=tuple(Reason(_REGION, {"region": region.dossier.name}) for region in held) if len(held) > 1 else (),
            finding=rules[0],
            cooperation=held[0].dossier.code,
            until=day,
            days=(as_of - day).days,
            euros=exact_sum(paid_in_region(region.dossier, as_of) for region in held),
            regions=tuple(sorted({region.dossier.code for region in held})),
            name=held[0].dossier.name,
        )


def _ends_soon(contract: Contract, as_of: date) -> bool:
    end = contract.ends_on
    running = covers(contract.starts_on, contract.terminated_on or end, as_of)
    return running and end is not None and contract.terminated_on is None and end - as_of <= SOON


def is_followed(contract: Contract, dossier: Cooperation) -> bool:
    """Is there another contract with the same insurer on the day after?"""
    after = (contract.ends_on or date.max) if contract.ends_on is None else contract.ends_on + timedelta(1)
    return any(
        item is not contract
        and item.insurer == contract.insurer
        and covers(item.starts_on, item.terminated_on or item.ends_on, after)
        for item in dossier.contracts
    )


_LAPSES = Pair("KC-oordeel over {product} verloopt op {date}", "KC assessment of {product} lapses on {date}")


def assessment_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    """Positive assessments of products in use that lapse soon, one point per product and day."""
    lapsing: dict[tuple[str, date], list[tuple[Region, Finding]]] = defaultdict(list)
    for region in regions:
        for item in of_kind(region, "assessed_positive", (Status.MET,)):
            ends = [record.valid_until for record in item.records if isinstance(record, Assessment)]
            soon = [day for day in ends if day is not None and day - as_of <= SOON]
            if soon:
                lapsing[_product_name(item), min(soon)].append((region, item))
    for (product, day), held in lapsing.items():
        yield Point(
            status=Status.PENDING,
            title=Reason(_LAPSES, {"product": product, "date": day}),
            facts=tuple(told(region, item.subject) for region, item in held),
            finding=held[0][1],
            cooperation=held[0][0].dossier.code,
            until=day,
            days=(as_of - day).days,
            euros=exact_sum(paid_for(region, item.subject, as_of) for region, item in held),
            regions=tuple(sorted({region.dossier.code for region, _item in held})),
            name=product,
        )


def _product_name(finding: Finding) -> str:
    values = finding.reason.values
    names = values.get("products")
    return ", ".join(names) if names else f"{values['product']} {values['version']}"


_LEAVES = Pair("{role} van {region} stopt op {date}", "{role} of {region} leaves on {date}")


def lead_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    """The last CIO or CMIO of a region who leaves soon."""
    for region in regions:
        for item in of_kind(region, "ict_lead_now", (Status.MET,)):
            leads = [record for record in item.records if isinstance(record, IctLead)]
            day = max((lead.to_on or date.max for lead in active(region.dossier.ict_leads, as_of)), default=date.max)
            if (
                not leads
                or day == date.max
                or day - as_of > SOON
                or active(region.dossier.ict_leads, day + timedelta(1))
            ):
                continue
            yield Point(
                status=Status.PENDING,
                title=Reason(_LEAVES, {"role": leads[0].role, "region": region.dossier.name, "date": day}),
                facts=(),
                finding=item,
                cooperation=region.dossier.code,
                until=day,
                days=(as_of - day).days,
                euros=paid_in_region(region.dossier, as_of),
                regions=(region.dossier.code,),
                name=region.dossier.name,
            )
