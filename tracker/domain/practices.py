"""Rules for one practice: its four steps, the mark of its system, more time for the patient."""

from __future__ import annotations

from datetime import date
from functools import cache

from tracker.domain.directions import phase_on
from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.periods import active, covers
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import MtvpPartName, Phase, Step, SupportLine
from tracker.domain.records.practice import Practice
from tracker.domain.rule_kinds import Need, Subject, View, rule
from tracker.domain.rules import linked

_STEPS = Pair("{n} van {total} stappen", "{n} of {total} steps")
_STEPS_MISSING = Pair("{n} van {total} stappen; ontbreekt: {steps}", "{n} of {total} steps; missing: {steps}")
_NO_STEP = Pair("nog geen stap gezet", "no step taken")
_NO_MARK_YET = Pair("keurmerk bestond nog niet", "mark did not exist yet")
_NO_HIS = Pair("HIS niet vastgelegd", "HIS not recorded")
_MARKED = Pair("{his} met keurmerk", "{his} holds the mark")
_UNMARKED = Pair("{his} zonder keurmerk", "{his} without the mark")
_NOT_APPLICABLE = Pair("niet van toepassing", "not applicable")
_MTVP_COMPLETE = Pair("aangemeld, interventies en intervisie", "registered, interventions, intervision")
_MTVP_MISSING = Pair("ontbreekt: {parts}", "missing: {parts}")

_last_asked: tuple[View, bool] | None = None


def _offers_participation(view: View) -> bool:
    """As `offers_participation`, asked once for all practices that are judged in one view."""
    global _last_asked
    held = _last_asked
    if held is None or held[0] is not view:
        held = _last_asked = (view, offers_participation(view.dossier, view.as_of))
    return held[1]


def offers_participation(dossier: Cooperation, day: date) -> bool:
    """Can a practice take part in anything on the day: a pilot, a working group, a selection committee (M:274)?"""
    return (
        any(item.line is SupportLine.PILOTS for item in active(dossier.support_activities, day))
        or bool(active(dossier.participation_offers, day))
        or any(phase_on(item, day) is Phase.PILOT for item in dossier.directions)
    )


@cache
def _standing(held: frozenset[Step], participation_asked: bool, is_due: bool) -> tuple[Status, Reason]:
    """Status and reason for a set of steps: there are few sets and many practices."""
    asked = [step for step in Step if participation_asked or step is not Step.PARTICIPATION]
    missing = tuple(step for step in asked if step not in held)
    counted = {"n": len(held), "total": len(asked)}
    if not missing:
        return Status.MET, Reason(_STEPS, counted)
    if not is_due:
        return Status.PENDING, Reason(_STEPS, counted)
    if held:
        return Status.PARTIAL, Reason(_STEPS_MISSING, {**counted, "steps": missing})
    return Status.NOT_MET, Reason(_NO_STEP)


@rule(
    Subject.PRACTICE,
    reads=("practice_step", "support_activity", "participation_offer", "direction", "direction_phase"),
    soft_deadline=date,
)
def practice_steps(view: View, need: Need, practice: Practice) -> Verdict:
    """R11: time, skills, organisation and participation (M:264-274).

    Participation is left out where the region offers nothing to take part in.
    """
    day, soft = view.as_of, need.day("soft_deadline")
    held = frozenset([step.step for step in practice.steps if covers(step.from_on, step.to_on, day)])
    participation_asked = Step.PARTICIPATION in held or _offers_participation(view)
    status, reason = _standing(held, participation_asked, day > soft)
    return Verdict(status, reason, (practice,), soft)


@rule(Subject.PRACTICE, reads=("his_use", "his_product.xis_marks"), from_on=date)
def xis_mark(view: View, need: Need, practice: Practice) -> Verdict:
    """R32: the GP system holds the XIS mark (M:142 "indien beschikbaar"); the mark is voluntary, so never a breach."""
    day = view.as_of
    if day < need.day("from_on"):
        return Verdict(Status.NA, Reason(_NO_MARK_YET))
    codes = sorted({item.his for item in active(practice.his, day)})
    if not codes:
        return Verdict(Status.UNKNOWN, Reason(_NO_HIS))
    known = {code: view.register.his_product(code) for code in codes}
    marked = {code for code, item in known.items() if item is not None and active(item.xis_marks, day)}
    named = tuple(code if (item := known[code]) is None else item.name for code in codes if code not in marked)
    records = (practice, *(item for item in known.values() if item is not None))
    if named:
        return Verdict(Status.ADVISORY, Reason(_UNMARKED, {"his": named}), records)
    names = tuple(item.name for item in known.values() if item is not None)
    return Verdict(Status.MET, Reason(_MARKED, {"his": names}), records)


@rule(Subject.PRACTICE, reads=("mtvp_part",))
def mtvp(view: View, need: Need, practice: Practice) -> Verdict:
    """R54: who takes part in *Meer Tijd voor de Patiënt* uses interventions and intervision (ZF:45-51)."""
    if not practice.mtvp or not linked(view.dossier, view.programme.insurer_key, view.as_of):
        return Verdict(Status.NA, Reason(_NOT_APPLICABLE))
    held = {item.part for item in active(practice.mtvp, view.as_of)}
    missing = tuple(part for part in MtvpPartName if part not in held)
    if missing:
        return Verdict(Status.NOT_MET, Reason(_MTVP_MISSING, {"parts": missing}), (practice,))
    return Verdict(Status.MET, Reason(_MTVP_COMPLETE), (practice,))
