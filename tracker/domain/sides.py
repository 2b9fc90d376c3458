"""For whom somebody sits at the table of a cooperation: itself, an insurer, or nobody (a chair, an administrator)."""

from __future__ import annotations

from datetime import date

from tracker.domain.policy import INSURERS, Actor, Role, Subject, pen
from tracker.domain.records.enums import Party

OF_COOPERATION = frozenset({Role.board_member, Role.project_leader, Role.practice_liaison})


def sides_of(actor: Actor, subject: Subject, on: date) -> frozenset[Party]:
    """The parties for whom the actor speaks in a dossier on a day."""
    roles = pen(actor, subject, on).roles
    found = {Party.COOPERATION} if roles & OF_COOPERATION else set()
    return frozenset(found | ({Party.INSURER} if roles & INSURERS.keys() else set()))
