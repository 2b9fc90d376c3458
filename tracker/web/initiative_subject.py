"""An initiative as its pages need it: in its region, with the conditions that hold for it."""

from __future__ import annotations

import msgspec

from tracker.domain.conditions_met import ConditionsMet
from tracker.domain.finding import Finding
from tracker.domain.privacy import aggregated, minimum_of
from tracker.domain.programme import Programme
from tracker.domain.records.initiative import Initiative
from tracker.queries.findings import programmes
from tracker.queries.precheck import PreCheck
from tracker.web.scope import Visible


class Subject(msgspec.Struct, frozen=True):
    """An initiative in its region, with the programme whose conditions are shown and how they stand."""

    seen: Visible
    initiative: Initiative
    asked: Programme
    held: ConditionsMet
    before: ConditionsMet | None = None

    @property
    def findings(self) -> list[Finding]:
        """The findings about the initiative itself."""
        return self.seen.of_subject(self.initiative.code)

    def finding(self, kind: str) -> Finding | None:
        """The finding of one kind of rule, about the initiative or its cooperation."""
        own = (self.initiative.code, self.seen.code)
        mine = [item for item in self.seen.findings if item.subject in own and item.requirement.kind == kind]
        return next((item for item in mine if item.programme.key == self.asked.key), mine[0] if mine else None)

    def guarded(self, check: PreCheck) -> tuple[Finding, ...]:
        """The findings of a pre-check as a reader who sees no practices may have them."""
        return aggregated(check.dossier, check.findings, minimum_of(programmes()), check.named)[1]
