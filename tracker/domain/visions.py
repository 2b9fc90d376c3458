"""Rules for the vision and strategy of the region on digitalisation: in time, carried by the members and complete."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.domain.finding import Days, Reason, Status, Verdict
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import VisionPart
from tracker.domain.records.vision import Vision, VisionSupport
from tracker.domain.rule_kinds import Need, Subject, View, rule

_NONE_YET = Pair("nog geen visie; uiterlijk {date}", "no vision yet; due {date}")
_NONE = Pair("geen vastgestelde visie", "no adopted vision")
_NO_VISION = Pair("geen visie", "no vision")
_CONCEPT_ONLY = Pair("alleen concept", "draft only")
_NOT_CARRIED = Pair("niet gedragen", "not supported")
INCOMPLETE = Pair("onvolledig", "incomplete")
_ADOPTED = Pair("vastgesteld op {date}", "adopted on {date}")
_ADOPTED_LATE = Pair(
    "vastgesteld op {date}, {late} na de uiterste datum", "adopted on {date}, {late} after the deadline"
)
_NOT_ADOPTED_YET = Pair("nog geen vastgestelde visie", "no adopted vision yet")
_PARTS_MISSING = Pair("ontbreekt: {parts}", "missing: {parts}")
_SUPPORT_MISSING = Pair("ontbreekt: draagvlak", "missing: support")
_BOTH_MISSING = Pair("ontbreekt: draagvlak, {parts}", "missing: support, {parts}")
_COMPLETE = Pair("gedragen en volledig sinds {date}", "supported and complete since {date}")
_COMPLETE_LATE = Pair(
    "gedragen en volledig sinds {date}, {late} na de uiterste datum",
    "supported and complete since {date}, {late} after the deadline",
)


def _standing(visions: Iterable[Vision], day: date) -> list[Vision]:
    """The versions that are adopted and not withdrawn on the day; a concept never counts."""
    return [
        vision
        for vision in visions
        if vision.adopted_on is not None
        and vision.adopted_on <= day
        and (vision.withdrawn_on is None or vision.withdrawn_on > day)
    ]


def _rank(vision: Vision) -> tuple[date, int]:
    return (vision.adopted_on or date.min, vision.version)


def vision_on(visions: Iterable[Vision], day: date) -> Vision | None:
    """The version that holds on the day: the latest adopted one; of one day the higher version (domain.md 2.0, v)."""
    return max(_standing(visions, day), key=_rank, default=None)


def none_adopted(view: View, deadline: date) -> Verdict:
    """The answer of every rule on the vision that holds while there is none: pending up to the deadline."""
    if view.as_of <= deadline:
        return Verdict(Status.PENDING, Reason(_NOT_ADOPTED_YET), due_on=deadline)
    return Verdict(Status.NOT_MET, Reason(_NONE, word=_NO_VISION), due_on=deadline)


@rule(Subject.COOPERATION, reads=("vision",), deadline=date)
def vision_on_time(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R01: the region adopted its vision and strategy by 1 July 2022 (M:232-234).

    The first adoption counts, so that a later revision never makes a timely vision late.
    """
    deadline = need.day("deadline")
    first = min(_standing(dossier.visions, view.as_of), key=_rank, default=None)
    if first is None:
        if view.as_of <= deadline:
            return Verdict(Status.PENDING, Reason(_NONE_YET, {"date": deadline}), due_on=deadline)
        word = _CONCEPT_ONLY if any(item.adopted_on is None for item in dossier.visions) else _NO_VISION
        return Verdict(Status.NOT_MET, Reason(_NONE, word=word), due_on=deadline)
    adopted_on = _rank(first)[0]
    if adopted_on <= deadline:
        return Verdict(Status.MET, Reason(_ADOPTED, {"date": adopted_on}), (first,), deadline)
    late = (adopted_on - deadline).days
    return Verdict(
        Status.LATE, Reason(_ADOPTED_LATE, {"date": adopted_on, "late": Days(late)}), (first,), deadline, late
    )


def support_on(vision: Vision, day: date) -> VisionSupport | None:
    """The latest judgement up to the day on whether the members carry this version (*gedragen*)."""
    return max(
        (item for item in vision.support if item.stated_on <= day), key=lambda item: item.stated_on, default=None
    )


def is_supported(vision: Vision, day: date) -> bool:
    """Do the members carry this version on the day (M:232, Q-02)?"""
    latest = support_on(vision, day)
    return latest is not None and latest.supported


def _parts_missing(vision: Vision, day: date) -> tuple[VisionPart, ...]:
    written = {text.part for text in vision.texts if text.recorded_on <= day}
    return tuple(part for part in VisionPart if part not in written)


def _is_complete(visions: tuple[Vision, ...], day: date) -> bool:
    vision = vision_on(visions, day)
    return vision is not None and is_supported(vision, day) and not _parts_missing(vision, day)


def _complete_since(visions: tuple[Vision, ...], as_of: date) -> date:
    """First day of the unbroken run up to as_of on which the vision is carried and complete.

    Only on the days of a fact can the answer change, so only those are looked at, from the last one back.
    """
    since = as_of
    for day in sorted(_days_of(visions, as_of), reverse=True):
        if not _is_complete(visions, day):
            break
        since = day
    return since


def _days_of(visions: tuple[Vision, ...], as_of: date) -> set[date]:
    days = {day for vision in visions for day in (vision.adopted_on, vision.withdrawn_on) if day is not None}
    days |= {text.recorded_on for vision in visions for text in vision.texts}
    days |= {item.stated_on for vision in visions for item in vision.support}
    return {day for day in days if day <= as_of}


@rule(Subject.COOPERATION, reads=("vision", "vision_text", "vision_support"), deadline=date)
def vision_supported_and_complete(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R02: the vision is *gedragen* and answers urgency, problems, benefits and strategy (M:232-234).

    *Since* keeps the lateness that R01 loses when a vision without support is replaced.
    """
    deadline, day = need.day("deadline"), view.as_of
    vision = vision_on(dossier.visions, day)
    if vision is None:
        return none_adopted(view, deadline)
    support = support_on(vision, day)
    used = (vision, support) if support else (vision,)
    parts = _parts_missing(vision, day)
    if not is_supported(vision, day):
        text = _BOTH_MISSING if parts else _SUPPORT_MISSING
        reason = Reason(text, {"parts": parts} if parts else {}, _NOT_CARRIED)
        return Verdict(Status.PARTIAL, reason, used, deadline)
    if parts:
        return Verdict(Status.PARTIAL, Reason(_PARTS_MISSING, {"parts": parts}, INCOMPLETE), used, deadline)
    since = _complete_since(dossier.visions, day)
    if since <= deadline:
        return Verdict(Status.MET, Reason(_COMPLETE, {"date": since}), used, deadline)
    late = (since - deadline).days
    return Verdict(Status.MET, Reason(_COMPLETE_LATE, {"date": since, "late": Days(late)}), used, deadline, late)
