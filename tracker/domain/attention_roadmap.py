"""Roadmap rules that are not met, one point of attention per cooperation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.domain.attention_points import Point, Region, of_kind, paid_in_region, since_when
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair
from tracker.domain.shortfalls import shortfalls, yet_paid

BREACHED = frozenset({Status.NOT_MET, Status.PARTIAL})
_SHOWN = 3
_WRONG = Pair("{region}: {wrong}", "{region}: {wrong}")
_RULE = Pair("{rule}: {reason}", "{rule}: {reason}")
_MORE = Pair("en nog {n}", "and {n} more")


def roadmap_points(regions: Iterable[Region], programme: Programme, as_of: date) -> Iterable[Point]:
    """The rules that stand in the matrix, but for ambitions: those are no breach."""
    asked = {item.key: item.column for item in programme.requirements if item.column is not None and not item.ambition}
    for region in regions:
        own = [item for item in region.findings if item.subject == region.dossier.code and item.key in asked]
        broken = [
            item for item in own if item.status in BREACHED and item.programme.insurer_key == programme.insurer_key
        ]
        if broken:
            order = sorted(broken, key=lambda item: (item.status is not Status.NOT_MET, asked[item.key] or 0))
            yield _of_roadmap(region, order, as_of)


def _of_roadmap(region: Region, broken: list[Finding], as_of: date) -> Point:
    since = min((day for item in broken if (day := since_when(item)) is not None and day <= as_of), default=None)
    return Point(
        status=broken[0].status,
        title=_roadmap_title(region, broken, as_of),
        facts=_roadmap_facts(broken),
        finding=broken[0],
        cooperation=region.dossier.code,
        since=since,
        days=0 if since is None else (as_of - since).days,
        euros=paid_in_region(region.dossier, as_of),
        regions=(region.dossier.code,),
        name=region.dossier.name,
    )


def _roadmap_title(region: Region, broken: list[Finding], as_of: date) -> Reason:
    """What is wrong, and whether money goes on without a contract."""
    wrong = Reason(_WRONG, {"region": region.dossier.name, "wrong": shortfalls(broken)})
    if not any(item.requirement.kind == "contract_in_force" for item in broken):
        return wrong
    return yet_paid(wrong, of_kind(region, "s3_needs_contract"), as_of)


def _roadmap_facts(broken: list[Finding]) -> tuple[Reason, ...]:
    """The first reasons; several rules with the same reason are told once."""
    told: dict[Reason | str, Reason] = {}
    for item in broken:
        label = item.requirement.label
        said = Reason(_RULE, {"rule": label, "reason": item.reason})
        told.setdefault(item.reason.text.nl + str(sorted(map(str, item.reason.values.values()))), said)
    shown = list(told.values())[:_SHOWN]
    rest = len(broken) - len(shown)
    return (*shown, Reason(_MORE, {"n": rest})) if rest > 0 else tuple(shown)
