"""Rules for the cooperation: its ICT set-up and support lines here; vision, directions, contracts, practices beside.

Importing this module makes every rule of the roadmap known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.domain import contracts, directions, practices, visions
from tracker.domain.finding import Days, Reason, Status, Verdict
from tracker.domain.periods import active, covers
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import SupportLine
from tracker.domain.records.ict import IctLead, IctSupport
from tracker.domain.rule_kinds import Need, Subject, View, rule

__all__ = [
    "contracts",
    "directions",
    "ict_lead_now",
    "ict_lead_on_deadline",
    "ict_support_on_deadline",
    "practices",
    "support_lines",
    "visions",
]

_NOT_DUE = Pair("uiterste datum {date} nog niet bereikt", "deadline {date} not reached")
_IN_POST_ON = Pair("in functie op {date}", "in post on {date}")
_NOBODY_YET = Pair("nog niemand in functie", "nobody in post yet")
_LEAD_LATE = Pair("{role} sinds {date}, {late} te laat", "{role} since {date}, {late} late")
_NO_LEAD = Pair("geen CIO of CMIO", "no CIO or CMIO")
_NEVER = Pair("nooit", "never")
_NOBODY_THEN = Pair("niemand", "nobody")
_IN_POST = Pair("in functie; {gap} zonder sinds {deadline}", "in post; {gap} without since {deadline}")
_VACANT = Pair(
    "vacant sinds {date}; {gap} zonder sinds {deadline}", "vacant since {date}; {gap} without since {deadline}"
)
_ALIGNED_ON = Pair("actief en aansluitend op {date}", "active and aligned on {date}")
_NO_SUPPORT_YET = Pair("nog geen ondersteuning", "no support yet")
_ALIGNED_LATE = Pair("aansluitend sinds {date}, {late} te laat", "aligned since {date}, {late} late")
_NOT_ALIGNED = Pair("ondersteuning zonder aansluiting op de visie", "support not aligned with the vision")
_NO_SUPPORT = Pair("geen ondersteuning", "no support")
_APART = Pair("los van visie", "apart from vision")
_NO_HELP = Pair("geen steun", "no support")
_LINES = Pair("{n} van {total} lijnen", "{n} of {total} lines")
_NO_LINE = Pair("geen ondersteuning actief", "no support active")


def _not_due(deadline: date) -> Verdict:
    return Verdict(Status.PENDING, Reason(_NOT_DUE, {"date": deadline}), due_on=deadline)


def _by_start(lead: IctLead) -> tuple[date, str, str]:
    return (lead.from_on, lead.role, lead.person)


@rule(Subject.COOPERATION, reads=("ict_lead",), deadline=date)
def ict_lead_on_deadline(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R03: a CIO or a CMIO was in post on 1 July 2022 (M:236-238); one of the two roles is enough."""
    deadline, day = need.day("deadline"), view.as_of
    if day < deadline:
        return _not_due(deadline)
    holders = sorted(active(dossier.ict_leads, deadline), key=_by_start)
    if holders:
        return Verdict(Status.MET, Reason(_IN_POST_ON, {"date": deadline}), (holders[0],), deadline)
    if day == deadline:
        return Verdict(Status.PENDING, Reason(_NOBODY_YET), due_on=deadline)
    later = [lead for lead in dossier.ict_leads if deadline < lead.from_on <= day]
    if not later:
        word = _NOBODY_THEN if dossier.ict_leads else _NEVER
        return Verdict(Status.NOT_MET, Reason(_NO_LEAD, word=word), due_on=deadline)
    first = min(later, key=_by_start)
    late = (first.from_on - deadline).days
    reason = Reason(_LEAD_LATE, {"role": first.role, "date": first.from_on, "late": Days(late)})
    return Verdict(Status.LATE, reason, (first,), deadline, late)


def days_without_lead(leads: Iterable[IctLead], first: date, last: date) -> int:
    """Number of days from first to last, both included, without CIO or CMIO."""
    free, next_free, end = 0, first.toordinal(), last.toordinal() + 1
    for lead in sorted(leads, key=_by_start):
        start = min(lead.from_on.toordinal(), end)
        free += max(start - next_free, 0)
        stop = end if lead.to_on is None else lead.to_on.toordinal() + 1
        next_free = max(next_free, stop)
    return free + max(end - next_free, 0)


@rule(Subject.COOPERATION, reads=("ict_lead",), deadline=date)
def ict_lead_now(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R04: a CIO or a CMIO is in post on the day (M:236-238 "beschikt"; as a lasting state ours)."""
    deadline, day = need.day("deadline"), view.as_of
    gap = Days(days_without_lead(dossier.ict_leads, deadline, day))
    holders = sorted(active(dossier.ict_leads, day), key=_by_start)
    if holders:
        return Verdict(Status.MET, Reason(_IN_POST, {"gap": gap, "deadline": deadline}), (holders[0],), deadline)
    if day <= deadline:
        return Verdict(Status.PENDING, Reason(_NOBODY_YET), due_on=deadline)
    last = max(dossier.ict_leads, key=lambda lead: (lead.to_on or date.min, *_by_start(lead)), default=None)
    vacant_from = _day_after(last) or deadline
    reason = Reason(_VACANT, {"date": vacant_from, "gap": gap, "deadline": deadline})
    return Verdict(Status.NOT_MET, reason, (last,) if last else (), deadline)


def _day_after(lead: IctLead | None) -> date | None:
    """The first day after an appointment; a region that never had anyone has no such day."""
    return date.fromordinal(lead.to_on.toordinal() + 1) if lead is not None and lead.to_on is not None else None


def _aligned_from(facility: IctSupport, deadline: date, as_of: date) -> date | None:
    """First day from the deadline on which the facility is active and its latest statement says aligned.

    Of statements of one day about two versions, the one about the higher version is the later one.
    """
    first, last = max(deadline, facility.from_on), min(as_of, facility.to_on or as_of)
    stated = sorted(facility.alignment, key=lambda item: (item.stated_on, item.vision_version))
    for day in (first, *(item.stated_on for item in stated if item.stated_on > first)):
        latest = next((item for item in reversed(stated) if item.stated_on <= day), None)
        if latest is not None and latest.aligned and first <= day <= last:
            return day
    return None


@rule(Subject.COOPERATION, reads=("ict_support", "ict_support.alignment"), deadline=date)
def ict_support_on_deadline(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R05: ICT support for practices, aligned with the vision, on 1 July 2022 (M:236-240, Q-03).

    The alignment is taken as recorded; whether that vision was adopted yet is not asked.
    """
    deadline, day = need.day("deadline"), view.as_of
    if day < deadline:
        return _not_due(deadline)
    facilities = sorted(dossier.ict_support, key=lambda item: (item.name, item.from_on))
    aligned = [(start, item) for item in facilities if (start := _aligned_from(item, deadline, day)) is not None]
    start, facility = min(aligned, key=lambda pair: pair[0], default=(None, None))
    if start == deadline and facility is not None:
        return Verdict(Status.MET, Reason(_ALIGNED_ON, {"date": deadline}), (facility,), deadline)
    if day == deadline and not active(facilities, deadline):
        return Verdict(Status.PENDING, Reason(_NO_SUPPORT_YET), due_on=deadline)
    if start is not None and facility is not None:
        late = (start - deadline).days
        return Verdict(
            Status.LATE, Reason(_ALIGNED_LATE, {"date": start, "late": Days(late)}), (facility,), deadline, late
        )
    present = tuple(item for item in facilities if item.to_on is None or item.to_on >= deadline)
    if present:
        return Verdict(Status.PARTIAL, Reason(_NOT_ALIGNED, word=_APART), present, deadline)
    return Verdict(Status.NOT_MET, Reason(_NO_SUPPORT, word=_NO_HELP), due_on=deadline)


@rule(Subject.COOPERATION, reads=("support_activity",), soft_deadline=date)
def support_lines(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R09: the cooperation helps with skills, pilots and implementation (M:246-254)."""
    soft, day = need.day("soft_deadline"), view.as_of
    running = sorted(
        (item for item in dossier.support_activities if covers(item.from_on, item.to_on, day)),
        key=lambda item: (item.line, item.title, item.from_on),
    )
    n, total = len({item.line for item in running}), len(SupportLine)
    reason = Reason(_LINES, {"n": n, "total": total})
    if n == total:
        return Verdict(Status.MET, reason, tuple(running), soft)
    if day <= soft:
        return Verdict(Status.PENDING, reason, tuple(running), soft)
    if n:
        return Verdict(Status.PARTIAL, reason, tuple(running), soft)
    return Verdict(Status.NOT_MET, Reason(_NO_LINE, word=_NO_HELP), due_on=soft)
