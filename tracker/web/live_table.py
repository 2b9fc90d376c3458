"""One meeting as every part of its page asks for it: the round, what is written by whom, and what changed before it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from flask import request

from tracker import access
from tracker.domain.changes import Change
from tracker.domain.dossier_changes import changes_between
from tracker.domain.outcomes import Evaluated, Turn
from tracker.domain.records.evaluation import Round
from tracker.domain.roadmap_tally import RulesMet, roadmap_findings, rules_met
from tracker.queries.records import Kept, siblings
from tracker.queries.worked_out import worked_out
from tracker.web.curtain import curtained
from tracker.web.frame import programme
from tracker.web.meeting_saves import Outcome
from tracker.web.scope import STORY, Visible, one


class Table:
    """One meeting and what came of the last save; `version` is the one that the page is read at."""

    def __init__(
        self, item: Evaluated, held: Kept, whole: Round, version: int, outcome: Outcome | None, runs: bool
    ) -> None:
        self.item, self.held, self.round, self.version, self.outcome = item, held, whole, version, outcome
        self.code, self.on, self.runs = item.dossier.code, whole.held_on or date.max, runs
        self.address: dict[str, Any] = {"code": self.code, "number": whole.number}
        self.pen = access.pen(self.code)

    @cached_property
    def former(self) -> Turn | None:
        """The meeting before this one."""
        return next((turn for turn in reversed(self.item.turns) if turn.round.number < self.round.number), None)

    def trouble(self, name: str) -> dict[str, Any]:
        """What went wrong with the form of this name, beside what was typed in it."""
        if self.outcome is None or request.form.get("formulier") != name:
            return {"seen": self.version}
        newer = self.outcome.version if self.outcome.version is not None else self.version
        return {"seen": newer, "error": self.outcome.text, "typed": request.form.to_dict()}

    # --- since the meeting before ---

    @cached_property
    def _sides(self) -> tuple[Visible, Visible] | None:
        """The region at the meeting before, and at this one."""
        if self.former is None:
            return None
        return one(self.code, kinds=STORY, on=self.former.held_on), one(self.code, kinds=STORY, on=self.on)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed since the meeting before, but for this meeting itself: its scores are still being agreed."""
        if self._sides is None:
            return ()
        before, after = self._sides
        question = ("changes before a meeting", self.round.number, self.on)
        return worked_out((before, after), question, lambda: self._changes(before, after))

    def _changes(self, before: Visible, after: Visible) -> tuple[Change, ...]:
        kept = tuple(item for item in after.dossier.rounds if item.number != self.round.number)
        return changes_between(
            before.dossier,
            msgspec.structs.replace(after.dossier, rounds=kept),
            before.findings,
            after.findings,
            since=self.former.held_on if self.former else self.on,
            until=self.on,
            last=after.last_fact_on,
        )

    @cached_property
    def tallies(self) -> tuple[RulesMet, RulesMet] | None:
        """The roadmap rules that were met at the meeting before, and now."""
        if self._sides is None:
            return None
        before, after = (rules_met(roadmap_findings(side.findings, self.code, programme())) for side in self._sides)
        return before, after

    @cached_property
    def actions(self) -> list[Kept]:
        """The actions of the region, as this reader may read them."""
        return curtained(self.code, siblings("cooperation_action", self.held.parent))
