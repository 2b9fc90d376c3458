"""For whom somebody sits at the table of a cooperation: itself, an insurer, or nobody (a chair, an administrator)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.policy import INSURERS, Actor, Pen, Role, Subject, pen
from tracker.domain.records.enums import Party

OF_COOPERATION = frozenset({Role.board_member, Role.project_leader, Role.practice_liaison})


def sides_of(actor: Actor, subject: Subject, on: date) -> frozenset[Party]:
    """The parties for whom the actor speaks in a dossier on a day."""
    roles = pen(actor, subject, on).roles
    found = {Party.COOPERATION} if roles & OF_COOPERATION else set()
    return frozenset(found | ({Party.INSURER} if roles & INSURERS.keys() else set()))


_REMARKS = {Party.COOPERATION: OF_COOPERATION | {Role.evaluation_chair}, Party.INSURER: frozenset(INSURERS)}
"""Who remarks about minutes for which party: the chair closes a round for the cooperation."""


def remarks_for(writer: Pen, party: Party | None) -> bool:
    """Whether a remark may be made, or be taken back, in the name of a party, or of neither."""
    return party is None or not writer.roles.isdisjoint(_REMARKS[party])


_NAMED = {"contract": "insurer", "extension": "decided_by"}
"""The field that names the insurer of a record which insurers write."""


def side_of(writer: Pen) -> Party:
    """The party in whose name is written."""
    return Party.INSURER if writer.is_insurers else Party.COOPERATION


def foreign_field(writer: Pen, place: str, values: Mapping[str, Any]) -> str | None:
    """The field by which a record is another side's; None where it is the writer's own, or of no side."""
    if place == "opinion" and values["party"] is not side_of(writer):
        return "party"
    named = "insurer" if place == "opinion" else _NAMED.get(place)
    is_own = named is None or not writer.is_insurers or values.get(named) in writer.insurers
    return None if is_own else named
