"""Roadmap rules that are not met, one point of attention per cooperation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.domain.attention_points import Point, Region, paid_in_region, since_when
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair

BREACHED = frozenset({Status.NOT_MET, Status.PARTIAL})
_SHOWN = 3
_FAILS = Pair("{region} behaalt {n} roadmapregels niet", "{region} does not meet {n} roadmap rules")
_FAILS_ONE = Pair("{region} behaalt 1 roadmapregel niet", "{region} does not meet 1 roadmap rule")
_PARTLY = Pair("{region} behaalt {m} roadmapregels deels", "{region} partly meets {m} roadmap rules")
_PARTLY_ONE = Pair("{region} behaalt 1 roadmapregel deels", "{region} partly meets 1 roadmap rule")
_AND_PARTLY = Pair(" en {m} deels", " and {m} partly")
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
        title=_roadmap_title(region.dossier.name, broken),
        facts=_roadmap_facts(broken),
        finding=broken[0],
        cooperation=region.dossier.code,
        since=since,
        days=0 if since is None else (as_of - since).days,
        euros=paid_in_region(region.dossier, as_of),
        regions=(region.dossier.code,),
        name=region.dossier.name,
    )


def _roadmap_title(name: str, broken: list[Finding]) -> Reason:
    failed = sum(item.status is Status.NOT_MET for item in broken)
    partly = len(broken) - failed
    if failed:
        text = _FAILS_ONE if failed == 1 else _FAILS
        text = Pair(text.nl + _AND_PARTLY.nl, text.en + _AND_PARTLY.en) if partly else text
    else:
        text = _PARTLY_ONE if partly == 1 else _PARTLY
    return Reason(text, {"region": name, "n": failed, "m": partly})


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
