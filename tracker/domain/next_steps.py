"""What the rules propose to do next, with a reason and who would do it. People decide who and when.

A step comes from a finding; what can no longer be changed (a deadline that has passed) gives none, and neither does a
decision on money: that is taken by people. The words are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.meeting import planned_ahead
from tracker.domain.outcomes import PERIODIC, Rhythm
from tracker.domain.proposals import BOTH, CHAIR, LEAD, NO_LEAD, PROPOSALS, Proposal
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative
from tracker.domain.rule_kinds import Need
from tracker.domain.rules import rounds_that_count

CONTRACT_ENDS_WITHIN = timedelta(days=180)
ROUND_DUE_WITHIN = timedelta(days=90)
"""Ours (domain.md 5.6): from when on a step is proposed for what is in order now."""


class NextStep(msgspec.Struct, frozen=True):
    """One proposal: what, why and by whom, with the finding it rests on."""

    title: Reason
    reason: Reason
    owner: Reason
    finding: Finding


_ORDER = {kind: rank for rank, kind in enumerate(PROPOSALS)}
_AGAIN = Pair("Nieuw contract met {insurer} sluiten", "Sign a new contract with {insurer}")
_EXTEND = Pair(
    "Over verlenging van het contract met {insurer} spreken", "Discuss extending the contract with {insurer}"
)
_ENDS_ON = Pair("Het contract loopt tot en met {date}.", "The contract runs until {date}.")
_RUNNING = Pair("Het initiatief loopt al sinds {start}.", "The initiative has been running since {start}.")
_REFER = Pair("Verwijs naar versie {version}.", "Refer to version {version}.")
_PLAN_ROUND = Pair("Evaluatiegesprek met {insurer} plannen", "Plan the evaluation meeting with {insurer}")
_BEFORE = Pair("Uiterlijk {date}.", "By {date}.")
_PLANNED = Pair("Gepland op {date}.", "Planned on {date}.")


def next_steps(findings: Iterable[Finding], dossier: Cooperation, as_of: date) -> tuple[NextStep, ...]:
    """The steps that the findings of a dossier propose, the most pressing first. The dossier is as seen on the day."""
    held = tuple(findings)
    without_lead = any(item.requirement.kind == "ict_lead_now" and item.status is Status.NOT_MET for item in held)
    insurers = {item.programme.insurer.key: item.programme.insurer.name for item in held if item.programme.insurer}
    asked = _Asked(dossier, as_of, insurers, without_lead)
    found = [step for item in held if (step := asked.step(item)) is not None]
    return tuple(sorted(found, key=_rank))


def _rank(step: NextStep) -> tuple[int, str, str]:
    return (_ORDER[step.finding.requirement.kind], step.finding.subject, step.finding.programme.key)


class _Asked:
    """One dossier of which steps are proposed."""

    def __init__(self, dossier: Cooperation, as_of: date, insurers: dict[str, str], without_lead: bool) -> None:
        self._dossier, self._as_of, self._insurers, self._without_lead = dossier, as_of, insurers, without_lead
        self._initiatives = {item.code: item for item in dossier.initiatives}

    def step(self, finding: Finding) -> NextStep | None:
        initiative = self._initiatives.get(finding.subject)
        if initiative is not None and not _can_still_change(initiative, self._as_of):
            return None
        values = self._values(finding, initiative)
        proposal = _proposal(finding) if self._can_be_mended(finding) else None
        if proposal is not None:
            title, because = self._words(finding, proposal, values)
            return NextStep(title, because, self._owner(proposal.owner, values), finding)
        return self._ahead(finding, values)

    def _can_be_mended(self, finding: Finding) -> bool:
        """A round that was missed long ago stays missed; without a vision nothing can rest on it."""
        kind = finding.requirement.kind
        if kind == "rounds_periodic":
            last = max((item.held_on for item in rounds_that_count(self._dossier)), default=None)
            return last is None or finding.reason.values.get("date") == last
        if kind in ("based_on_vision", "directions_aligned"):
            return any(item.adopted_on is not None and item.withdrawn_on is None for item in self._dossier.visions)
        return True

    def _values(self, finding: Finding, initiative: Initiative | None) -> dict[str, Any]:
        key = finding.programme.insurer_key or (initiative.insurer if initiative is not None else "")
        values: dict[str, Any] = {"insurer": self._insurers.get(key, key), **finding.reason.values}
        if initiative is not None:
            values |= {"initiative": initiative.title, "start": initiative.started_on}
        _, mark, number = finding.subject.partition("#")
        return values | ({"round": number} if mark else {})

    def _words(self, finding: Finding, proposal: Proposal, values: dict[str, Any]) -> tuple[Reason, Reason]:
        kind, title = finding.requirement.kind, proposal.title
        because = finding.reason if proposal.because is None else Reason(proposal.because, values)
        if kind == "contract_in_force" and finding.status is Status.NOT_MET and finding.records:
            title = _AGAIN
        if kind == "plan_recorded" and finding.status is Status.NOT_MET:
            because = Reason(_RUNNING, values)
        if kind == "directions_aligned" and "version" in values:
            because = Reason(_REFER, values)
        if kind == PERIODIC and (planned := planned_ahead(self._dossier, self._as_of)) is not None:
            because = Reason(_PLANNED, {"date": planned})
        return Reason(title, values), because

    def _owner(self, owner: Pair, values: dict[str, Any]) -> Reason:
        if owner is LEAD and self._without_lead:
            owner = NO_LEAD
        return Reason(owner, values)

    def _ahead(self, finding: Finding, values: dict[str, Any]) -> NextStep | None:
        """What is in order and asks for something soon."""
        if finding.status is not Status.MET:
            return None
        kind = finding.requirement.kind
        if kind == "contract_in_force":
            until = finding.reason.values.get("date")
            if until is not None and until - self._as_of <= CONTRACT_ENDS_WITHIN:
                return NextStep(Reason(_EXTEND, values), Reason(_ENDS_ON, values), Reason(BOTH, values), finding)
        if kind == "rounds_periodic":
            due = next_round_due(self._dossier, finding)
            planned = planned_ahead(self._dossier, self._as_of)
            if planned is None and due is not None and due - self._as_of <= ROUND_DUE_WITHIN:
                because = Reason(_BEFORE, {"date": due})
                return NextStep(Reason(_PLAN_ROUND, values), because, Reason(CHAIR), finding)
        return None


def next_round_due(dossier: Cooperation, finding: Finding) -> date | None:
    """The day by which the programme's interval asks for the next round; empty without a round."""
    last = max((item.held_on for item in rounds_that_count(dossier)), default=None)
    if last is None or finding.requirement.kind != PERIODIC:
        return None
    return Rhythm.of(Need(finding.requirement, finding.programme.switches)).planned_after(last)


def _proposal(finding: Finding) -> Proposal | None:
    state = str(finding.reason.values.get("state", ""))
    for proposal in PROPOSALS.get(finding.requirement.kind, ()):
        if finding.status in proposal.statuses and (not proposal.state or state in proposal.state):
            return proposal
    return None


def _can_still_change(initiative: Initiative, as_of: date) -> bool:
    return initiative.ended_on is None or initiative.ended_on >= as_of
