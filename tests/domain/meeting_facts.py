"""Meetings that are planned and opinions that are given, fact by fact."""

from typing import Any

from tests.domain.roadmap_facts import day
from tracker.domain.records.agreement import Opinion
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Round, Score


def planned(number: int = 2, invited: str = "2024-09-01", on: str = "2024-11-04", **more: Any) -> Round:
    """A meeting that was agreed; days may be given as text."""
    given = {name: day(value) if name.endswith("_on") else value for name, value in more.items()}
    return Round(number=number, invited_on=day(invited), planned_on=day(on), **given)


def scored(topic: Topic = Topic.JZOJP, own: int | None = 4, insurer: int | None = 2, **more: Any) -> Score:
    """What both parties think of a topic."""
    return Score(topic=topic, own=own, insurer=insurer, **more)


def opinion(on: str, party: Party = Party.COOPERATION, agrees: bool = False, **more: Any) -> Opinion:
    """What a party thinks of the vision's date."""
    if "resolve_by" in more:
        more["resolve_by"] = day(more["resolve_by"])
    given = {"rule": "vision_on_time", "subject": "WOL", "reason": None if agrees else "De datum klopt niet."} | more
    if party is Party.INSURER:
        given = {"insurer": "menzis"} | given
    return Opinion(party=party, stated_on=day(on), agrees=agrees, **given)
