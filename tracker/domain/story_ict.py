"""Rows of the roadmap in time: the vision, ICT support and who is in post as CIO or CMIO."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.domain.finding import Days, Finding, Reason, Status
from tracker.domain.periods import covers
from tracker.domain.records.base import Pair
from tracker.domain.records.ict import IctLead
from tracker.domain.story import ONE, Mark, MarkKind, Row, Span, SpanKind, Told, say

_LATE = Pair("{days} te laat", "{days} late")
_ABSENT = Pair("ontbreekt {days}", "missing for {days}")
_VACANT = Pair("vacant {days}", "vacant for {days}")
_ROLE = Pair("{role}", "{role}")
_ROLE_FTE = Pair("{role}, {fte} fte", "{role}, {fte} FTE")
_VERSION = Pair("versie {number}", "version {number}")


def vision_row(told: Told) -> Row | None:
    """When the vision was due and adopted; later versions are points."""
    adopted = sorted(
        (item.adopted_on, item.version)
        for item in told.dossier.visions
        if item.adopted_on is not None and item.withdrawn_on is None
    )
    later = [Mark(MarkKind.DONE, day, say(_VERSION, number=number)) for day, number in adopted[1:]]
    label = Pair("Visie en strategie", "Vision and strategy")
    return _dated(told, "vision", label, told.own.get("vision_on_time"), adopted[0][0] if adopted else None, later)


def support_row(told: Told) -> Row | None:
    """When ICT support was due and in line with the vision."""
    finding, label = told.own.get("ict_support_on_deadline"), Pair("ICT-ondersteuning", "ICT support")
    start = min((item.from_on for item in told.dossier.ict_support), default=None)
    if finding is not None and finding.status is Status.PARTIAL:
        marks, spans = told.agreed(finding), [Span(SpanKind.THERE, start, told.as_of)] if start else []
        return Row("support", say(label), tuple(spans), tuple(marks), finding.reason, is_breach=True, since=start)
    if finding is not None and finding.status is Status.LATE:
        start = finding.reason.values.get("date")
    return _dated(told, "support", label, finding, start)


def _dated(
    told: Told, key: str, label: Pair, finding: Finding | None, start: date | None, more: Sequence[Mark] = ()
) -> Row | None:
    """Something that was due on a day: there since its start, late until then, or missing."""
    if finding is None and start is None:
        return None
    due, marks = finding.due_on if finding is not None else None, told.agreed(finding)
    if start is not None:
        marks += [Mark(MarkKind.DONE, start), *more]
        there = Span(SpanKind.THERE, start, told.as_of)
        if due is None or start <= due:
            return Row(key, say(label), (there,), tuple(marks))
        late = Span(SpanKind.LATE, due + ONE, start)
        note = say(_LATE, days=Days(late.days))
        return Row(key, say(label), (there, late), tuple(marks), note, start, since=start, weight=late.days)
    if due is None or due >= told.as_of:
        return Row(key, say(label), (), tuple(marks))
    gap = Span(SpanKind.MISSING, due + ONE, told.as_of)
    note = say(_ABSENT, days=Days(gap.days))
    return Row(key, say(label), (gap,), tuple(marks), note, None, True, gap.from_on, gap.days)


def vacancies(told: Told) -> tuple[Span, ...]:
    """The runs of days since the deadline without CIO or CMIO."""
    finding, leads = told.own.get("ict_lead_now"), told.dossier.ict_leads
    if finding is None or finding.due_on is None or finding.due_on > told.as_of:
        return ()
    turns = [day for item in leads for day in (item.from_on, item.to_on and item.to_on + ONE) if day]

    def is_vacant(day: date) -> bool:
        return not any(covers(item.from_on, item.to_on, day) for item in leads)

    return told.runs(SpanKind.MISSING, finding.due_on, turns, is_vacant)


def lead_rows(told: Told) -> list[Row]:
    """Who is in post, with the gaps; appointments at the same time stand in rows of their own."""
    finding, lanes = told.own.get("ict_lead_now"), _lanes(told.dossier.ict_leads)
    if finding is None and not lanes:
        return []
    gaps = [_gap(told, gap, finding) for gap in vacancies(told)]
    now, late = told.running(gaps), next((gap for gap in gaps if gap.kind is SpanKind.LATE), None)
    noted = now or late
    first = Row(
        "lead",
        say(Pair("CIO of CMIO", "CIO or CMIO")),
        (*(_in_post(told, item) for item in (lanes[0] if lanes else ())), *gaps),
        tuple(told.agreed(told.own.get("ict_lead_on_deadline") or finding)),
        now.text if now else None,
        None,
        now is not None,
        noted.from_on if noted else None,
        noted.days if noted else 0,
    )
    also = say(Pair("ook in functie", "also in post"))
    others = [tuple(_in_post(told, item) for item in lane) for lane in lanes[1:]]
    return [first, *(Row(f"lead:{number}", also, spans) for number, spans in enumerate(others))]


def _gap(told: Told, gap: Span, finding: Finding | None) -> Span:
    """A vacancy from the deadline until the first appointment is a late start; any other one is a gap."""
    is_start = finding is not None and gap.from_on == finding.due_on and gap.to_on < told.as_of
    text = say(_LATE if is_start else _VACANT, days=Days(gap.days))
    return Span(SpanKind.LATE if is_start else SpanKind.MISSING, gap.from_on, gap.to_on, text)


def _in_post(told: Told, lead: IctLead) -> Span:
    text: Reason = say(_ROLE, role=lead.role)
    if lead.fte is not None:
        text = say(_ROLE_FTE, role=lead.role, fte=lead.fte)
    return Span(SpanKind.ROLE, lead.from_on, min(lead.to_on or told.as_of, told.as_of), text)


def _lanes(leads: Iterable[IctLead]) -> list[list[IctLead]]:
    """Appointments that do not overlap stand in one lane."""
    lanes: list[list[IctLead]] = []
    for lead in sorted(leads, key=lambda item: (item.from_on, item.role, item.person)):
        free = (lane for lane in lanes if lane[-1].to_on is not None and lane[-1].to_on < lead.from_on)
        lane = next(free, None)
        if lane is None:
            lanes.append([lead])
        else:
            lane.append(lead)
    return lanes
