"""Rules for the solution directions of the region: chosen, implemented, aligned, and what they add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.periods import active
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.domain.records.enums import Phase
from tracker.domain.records.periods import Alignment
from tracker.domain.rule_kinds import Need, Subject, View, rule
from tracker.domain.visions import none_adopted, vision_on

SELECTED = frozenset({Phase.SELECTED, Phase.PILOT, Phase.IMPLEMENTING, Phase.IN_USE})
IMPLEMENTING = frozenset({Phase.IMPLEMENTING, Phase.IN_USE})
IN_USE = frozenset({Phase.IN_USE})
_FURTHER = {phase: rank for rank, phase in enumerate(Phase)}
_PHASES = ("direction", "direction_phase", "direction_component")

_CHOSEN = Pair("{n} gekozen", "{n} selected")
_CHOSEN_LATE = Pair("{n} gekozen, op {soft} nog {m}", "{n} selected, on {soft} only {m}")
_CHOSEN_OF = Pair("{n} van {minimum} gekozen", "{n} of {minimum} selected")
_IMPLEMENTING = Pair("{n} in uitvoering", "{n} implementing")
_IMPLEMENTING_OF = Pair("{n} van {minimum} in uitvoering", "{n} of {minimum} implementing")
_NONE_CHOSEN = Pair("geen gekozen richting", "no selected direction")
_NOTHING_CHOSEN = Pair("geen richting", "no direction")
_NOT_ALIGNED = Pair("sluit niet aan: {directions}", "not aligned: {directions}")
_TO_CONFIRM = Pair(
    "nog te bevestigen voor versie {version}: {directions}", "to be confirmed for version {version}: {directions}"
)
_ALL_ALIGNED = Pair("alle sluiten aan bij versie {version}", "all aligned with version {version}")
_GOAL_NOT_USED = Pair("{goal} niet in gebruik", "{goal} not in use")
_GOAL_SOUND = Pair("doel met randvoorwaarden", "goal with its preconditions")
_GOAL_ALONE = Pair("doel gemeld zonder {directions}", "goal reported without {directions}")
_HORIZON_AHEAD = Pair("horizon {date} nog niet bereikt", "horizon {date} not reached")
_FOUR_THEMES = Pair("vier van vier thema’s", "four of four themes")
_ALL_THEMES = Pair("{n} van {n} thema’s", "{n} of {n} themes")
_DUE_TODAY = Pair("vandaag te halen: {themes}", "due today: {themes}")
_NOTHING_IN = Pair("niets in {themes}", "nothing in {themes}")


def _order(entry: DirectionPhase) -> tuple[date, int]:
    return (entry.reached_on, _FURTHER[entry.phase])


def phase_on(direction: Direction, day: date) -> Phase | None:
    """The latest phase up to the day; of one day the furthest. A phase after stopped is a restart (R06)."""
    entry = max((item for item in direction.phases if item.reached_on <= day), key=_order, default=None)
    return None if entry is None else entry.phase


def directions_in(directions: Iterable[Direction], day: date, phases: Collection[Phase]) -> tuple[Direction, ...]:
    """The directions that are in one of the phases on the day, by code."""
    return tuple(sorted((item for item in directions if phase_on(item, day) in phases), key=lambda item: item.code))


def _counted(directions: Iterable[Direction], day: date, level: str) -> int:
    """Their number; at the level of components one without active components counts as 1 (Q-04)."""
    if level != "component":
        return len(tuple(directions))
    return sum(max(1, len({part.component for part in active(item.components, day)})) for item in directions)


def _selected(dossier: Cooperation, day: date, level: str) -> int:
    """S(d) of R06."""
    return _counted(directions_in(dossier.directions, day, SELECTED), day, level)


def _reached_on(dossier: Cooperation, soft: date, as_of: date, level: str, minimum: int) -> date:
    """First day after the soft deadline on which enough directions were selected."""
    days = {entry.reached_on for item in dossier.directions for entry in item.phases}
    days |= {part.from_on for item in dossier.directions for part in item.components}
    return next(day for day in sorted(days) if soft < day <= as_of and _selected(dossier, day, level) >= minimum)


@rule(Subject.COOPERATION, reads=_PHASES, soft_deadline=date, minimum=int, level=str)
def three_directions_selected(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R06: at least three preferred directions are selected (M:242-244); selecting before the deadline counts."""
    soft, minimum, level, day = need.day("soft_deadline"), need.number("minimum"), need.word("level"), view.as_of
    chosen = directions_in(dossier.directions, day, SELECTED)
    n = _counted(chosen, day, level)
    if n >= minimum:
        m = _selected(dossier, min(soft, day), level)
        if m >= minimum:
            return Verdict(Status.MET, Reason(_CHOSEN, {"n": n}), chosen, soft)
        late = (_reached_on(dossier, soft, day, level, minimum) - soft).days
        return Verdict(Status.LATE, Reason(_CHOSEN_LATE, {"n": n, "soft": soft, "m": m}), chosen, soft, late)
    status = Status.PENDING if day <= soft else Status.NOT_MET
    return Verdict(status, Reason(_CHOSEN_OF, {"n": n, "minimum": minimum}), chosen, soft)


@rule(Subject.COOPERATION, reads=_PHASES, soft_deadline=date, minimum=int, level=str)
def three_directions_implementing(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R07: at least three directions are being implemented or in use (M:242-244); a pilot is not (Q-05)."""
    soft, minimum, day = need.day("soft_deadline"), need.number("minimum"), view.as_of
    busy = directions_in(dossier.directions, day, IMPLEMENTING)
    n = _counted(busy, day, need.word("level"))
    if n >= minimum:
        return Verdict(Status.MET, Reason(_IMPLEMENTING, {"n": n}), busy, soft)
    status = Status.PENDING if day <= soft else Status.NOT_MET
    return Verdict(status, Reason(_IMPLEMENTING_OF, {"n": n, "minimum": minimum}), busy, soft)


def is_aligned(alignment: Iterable[Alignment], version: int) -> bool | None:
    """The latest statement about a version of the vision; None when there is none."""
    about = (item for item in alignment if item.vision_version == version)
    latest = max(about, key=lambda item: item.stated_on, default=None)
    return None if latest is None else latest.aligned


@rule(Subject.COOPERATION, reads=("direction_phase", "direction.alignment", "vision"), deadline=date)
def directions_aligned(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R08: the selected directions fit the vision that holds (M:242-244); a new version asks for a new statement."""
    deadline = need.day("deadline")
    chosen = directions_in(dossier.directions, view.as_of, SELECTED)
    if not chosen:
        return Verdict(Status.NA, Reason(_NONE_CHOSEN, word=_NOTHING_CHOSEN))
    vision = vision_on(dossier.visions, view.as_of)
    if vision is None:
        return none_adopted(view, deadline)
    said = {item.code: is_aligned(item.alignment, vision.version) for item in chosen}
    for status, answer, text in ((Status.NOT_MET, False, _NOT_ALIGNED), (Status.UNKNOWN, None, _TO_CONFIRM)):
        codes = tuple(code for code, held in said.items() if held is answer)
        if codes:
            used = tuple(item for item in chosen if item.code in codes)
            fitting = sum(held is True for held in said.values())
            values = {"directions": codes, "version": vision.version, "n": fitting, "total": len(said)}
            return Verdict(status, Reason(text, values), used, deadline)
    return Verdict(Status.MET, Reason(_ALL_ALIGNED, {"version": vision.version}), (vision, *chosen), deadline)


@rule(Subject.COOPERATION, reads=("direction", "direction_phase"), goal=str, preconditions=list)
def theme3_consistency(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R31: the goal of theme 3 is reported together with its preconditions (M:186-188, Q-06); it never blocks."""
    goal = need.word("goal")
    used = directions_in(dossier.directions, view.as_of, IN_USE)
    codes = {item.code for item in used}
    if goal not in codes:
        return Verdict(Status.NA, Reason(_GOAL_NOT_USED, {"goal": goal}))
    asked = need.words("preconditions")
    records = tuple(item for item in used if item.code == goal or item.code in asked)
    missing = tuple(sorted(code for code in asked if code not in codes))
    if not missing:
        return Verdict(Status.MET, Reason(_GOAL_SOUND), records)
    return Verdict(Status.ADVISORY, Reason(_GOAL_ALONE, {"directions": missing}), records)


@rule(Subject.COOPERATION, reads=("direction", "direction_phase"), horizon=date)
def horizon_themes(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R52: on the horizon date every theme had a direction at work (M:16, 59-61).

    An ambition, not a breach of contract; what stops later does not matter.
    """
    horizon, themes = need.day("horizon"), view.programme.themes
    if view.as_of < horizon:
        return Verdict(Status.PENDING, Reason(_HORIZON_AHEAD, {"date": horizon}), due_on=horizon)
    busy = directions_in(dossier.directions, horizon, IMPLEMENTING)
    codes = {item.code for item in busy}
    empty = tuple(theme.code for theme in themes if codes.isdisjoint(item.code for item in theme.directions))
    if not empty:
        reason = Reason(_FOUR_THEMES) if len(themes) == 4 else Reason(_ALL_THEMES, {"n": len(themes)})
        return Verdict(Status.MET, reason, busy, horizon)
    if view.as_of == horizon:
        return Verdict(Status.PENDING, Reason(_DUE_TODAY, {"themes": empty}), busy, horizon)
    return Verdict(Status.NOT_MET, Reason(_NOTHING_IN, {"themes": empty}), busy, horizon)
