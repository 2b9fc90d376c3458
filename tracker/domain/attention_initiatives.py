"""Initiatives that ask for attention: product not assessed, evaluation late, paid twice, running without money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from tracker.domain.amounts import exact_sum
from tracker.domain.attention_points import (
    Point,
    Region,
    euros_per_year,
    initiative_of,
    of_kind,
    paid_for,
    since_when,
    told,
)
from tracker.domain.finding import Days, Finding, Reason, Status
from tracker.domain.funding import item_key
from tracker.domain.records.base import Pair
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import ProductUse
from tracker.domain.rule_kinds import Need

# --- products without a valid assessment, one point per product and version ---

_NOT_POSITIVE = Pair("{product} {version}: KC-oordeel {state}", "{product} {version}: KC assessment {state}")
_TOUCHES = Pair("; dit raakt {n} regio’s", "; this touches {n} regions")


def product_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    shared: dict[tuple[str, str], list[tuple[Region, Finding]]] = defaultdict(list)
    for region in regions:
        for item in of_kind(region, "assessed_positive"):
            shared[item.reason.values["product"], item.reason.values["version"]].append((region, item))
    for (product, version), held in shared.items():
        first = held[0][1]
        touched = tuple(sorted({region.dossier.code for region, _item in held}))
        text = (
            Pair(_NOT_POSITIVE.nl + _TOUCHES.nl, _NOT_POSITIVE.en + _TOUCHES.en) if len(touched) > 1 else _NOT_POSITIVE
        )
        since = min((_unassessed_since(item) for _region, item in held), default=None)
        values = {"product": product, "version": version, "state": first.reason.values["state"], "n": len(touched)}
        yield Point(
            status=Status.NOT_MET,
            title=Reason(text, values),
            facts=tuple(told(region, item.subject) for region, item in held),
            finding=first,
            cooperation=held[0][0].dossier.code,
            since=since,
            days=0 if since is None else (as_of - since).days,
            euros=exact_sum(paid_for(region, item.subject, as_of) for region, item in held),
            regions=touched,
            name=f"{product} {version}",
        )


def _unassessed_since(finding: Finding) -> date:
    """The day of the state, or of the use where it is later; without a state the rule's own first day counts."""
    said = finding.reason.values.get("date")
    first = Need(finding.requirement, finding.programme.switches).day("from_on")
    uses = [record.from_on for record in finding.records if isinstance(record, ProductUse)]
    return max([first, *([said] if isinstance(said, date) else []), *uses[:1]])


# --- evaluations that are late, items paid twice, initiatives without money ---

_EVALUATE = Pair("{initiative} is niet op tijd geëvalueerd", "{initiative} was not evaluated in time")
_DOUBLE = Pair("Kostenpost ‘{item}’ is voor {percentage}% gefinancierd", "Item ‘{item}’ is funded for {percentage}%")
_FROM_TO = Pair("{region}, van {start} t/m {end}: {days}", "{region}, from {start} to {end}: {days}")
_UNFUNDED_ONE = Pair(
    "{initiative} loopt door zonder financiering en zonder besluit",
    "{initiative} runs on without funding and without a decision",
)
_UNFUNDED = Pair(
    "{n} initiatieven lopen door zonder financiering en zonder besluit",
    "{n} initiatives run on without funding and without a decision",
)
_WHERE = Pair("{region}: {reason}", "{region}: {reason}")


def evaluation_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    for region in regions:
        for item in of_kind(region, "evaluated_periodically"):
            found = initiative_of(region.dossier, item.subject)
            title = found.title if found else item.subject
            yield Point(
                status=item.status,
                title=Reason(_EVALUATE, {"initiative": title}),
                facts=(Reason(_WHERE, {"region": region.dossier.name, "reason": item.reason}),),
                finding=item,
                cooperation=region.dossier.code,
                since=since_when(item),
                days=(as_of - item.due_on).days if item.due_on else 0,
                euros=paid_for(region, item.subject, as_of),
                regions=(region.dossier.code,),
                name=title,
            )


def double_funding_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    """One point per item of a region: every initiative that pays part of it has the same finding."""
    for region in regions:
        items: dict[str, Finding] = {}
        for item in of_kind(region, "no_double_funding_computed"):
            items.setdefault(item_key(item.reason.values["item"]), item)
        for item in items.values():
            values = item.reason.values
            lines = [record for record in item.records if isinstance(record, FundingLine)]
            end = min(values["end"] or as_of, as_of)
            number, span = (end - values["start"]).days + 1, {"start": values["start"], "end": end}
            yield Point(
                status=item.status,
                title=Reason(_DOUBLE, {"item": values["item"], "percentage": values["percentage"]}),
                facts=(Reason(_FROM_TO, {"region": region.dossier.name, **span, "days": Days(number)}),),
                finding=item,
                cooperation=region.dossier.code,
                since=values["start"],
                days=number,
                euros=euros_per_year(lines, end),
                regions=(region.dossier.code,),
                name=str(values["item"]),
            )


def unfunded_points(regions: Iterable[Region], as_of: date) -> Iterable[Point]:
    """Together: each of them waits for a decision of the same insurer."""
    held = [
        (region, item) for region in regions for item in of_kind(region, "running_without_funding", (Status.ADVISORY,))
    ]
    if not held:
        return
    held.sort(key=lambda pair: (pair[1].reason.values["date"], pair[1].subject))
    first, finding = held[0]
    since = finding.reason.values["date"]
    named = told(first, finding.subject).values["initiative"]
    text = _UNFUNDED_ONE if len(held) == 1 else _UNFUNDED
    yield Point(
        status=Status.ADVISORY,
        title=Reason(text, {"n": len(held), "initiative": named}),
        facts=tuple(told(region, item.subject) for region, item in held),
        finding=finding,
        cooperation=first.dossier.code,
        since=since,
        days=(as_of - since).days,
        euros=exact_sum(
            paid_for(region, item.subject, item.reason.values["date"] - timedelta(1)) for region, item in held
        ),
        regions=tuple(sorted({region.dossier.code for region, _item in held})),
        name=str(named),
    )
