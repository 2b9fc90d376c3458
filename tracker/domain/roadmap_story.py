"""The roadmap of a cooperation in time: what was agreed, realised, late and missing, row by row (pages.md 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

import msgspec

from tracker.domain.contracts import in_force, last_day
from tracker.domain.directions import SELECTED, directions_in, phase_on
from tracker.domain.finding import Days, Finding, Reason, Status
from tracker.domain.meeting import planned_ahead, planned_rounds
from tracker.domain.next_steps import next_round_due
from tracker.domain.periods import months_later
from tracker.domain.programme import Programme
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction
from tracker.domain.records.enums import Phase
from tracker.domain.rules import rounds_that_count
from tracker.domain.story import ONE, Mark, MarkKind, Row, Span, SpanKind, Told, say
from tracker.domain.story_ict import lead_rows, support_row, vacancies, vision_row

_LATE_SOFT = Pair("{days} te laat (zachte datum)", "{days} late (soft date)")
_WITHOUT = Pair("{days} zonder", "{days} without")
_PERIOD = Pair("{start} t/m {end}", "{start} to {end}")
_OPEN = Pair("sinds {start}", "since {start}")
_ROUND = Pair("ronde {number}", "round {number}")
_PLANNED = Pair("ronde {number} gepland", "round {number} planned")
_NOT_ALIGNED = Pair("niet op visie", "not in the vision")
_TO_CONFIRM = Pair("nog te bevestigen", "to be confirmed")
_TOO_FEW = Pair("{n} van {minimum}", "{n} of {minimum}")
_NO_ROUND = Pair("{days} te lang geen gesprek", "{days} too long without a meeting")
_PHASE = Pair("{phase}", "{phase}")
_SPANS = {
    Phase.SELECTED: SpanKind.SELECTED,
    Phase.PILOT: SpanKind.PILOT,
    Phase.IMPLEMENTING: SpanKind.IMPLEMENTING,
    Phase.IN_USE: SpanKind.IN_USE,
}


class Story(msgspec.Struct, frozen=True):
    """The rows in the order of the roadmap, and what they come to; directions are rows that are not counted."""

    rows: tuple[Row, ...]
    late: int
    missing: int
    without_lead: int | None
    """Days without CIO or CMIO since the deadline; empty before it."""


def roadmap_story(dossier: Cooperation, findings: Iterable[Finding], programme: Programme, as_of: date) -> Story:
    """The rows of one cooperation by the findings of one programme. The dossier is as seen on the day."""
    own = {
        item.requirement.kind: item
        for item in findings
        if item.subject == dossier.code and item.programme.key == programme.key and item.status is not Status.NA
    }
    told = Told(dossier, own, programme, as_of)
    parts = [vision_row(told), *lead_rows(told), support_row(told), _chosen(told), _contract(told), _rounds(told)]
    counted = [row for row in parts if row is not None]
    directions = [_direction(told, item) for item in sorted(dossier.directions, key=_first_phase)]
    split = next((place for place, row in enumerate(counted) if row.key in ("contract", "rounds")), len(counted))
    lead = own.get("ict_lead_now")
    is_due = lead is not None and lead.due_on is not None and lead.due_on <= as_of
    return Story(
        (*counted[:split], *directions, *counted[split:]),
        sum(any(span.kind is SpanKind.LATE for span in row.spans) for row in counted),
        sum(row.is_breach for row in counted),
        sum(gap.days for gap in vacancies(told)) if is_due else None,
    )


def worst_rows(story: Story, most: int = 5) -> tuple[Row, ...]:
    """What is missing now before what once was late, the longest first."""
    worth = [row for row in story.rows if row.note is not None]
    return tuple(sorted(worth, key=_badness)[:most])


def _badness(row: Row) -> tuple[bool, bool, int, str]:
    return (row.weight == 0, not row.is_breach, -row.weight, row.key)


def _chosen(told: Told) -> Row | None:
    """From when to when enough directions were chosen."""
    finding, directions = told.own.get("three_directions_selected"), told.dossier.directions
    if finding is None or finding.due_on is None:
        return None
    minimum = int(told.programme.switches.get("min_directions", 3))
    turns = [entry.reached_on for item in directions for entry in item.phases]

    def are_enough(day: date) -> bool:
        return len(directions_in(directions, day, SELECTED)) >= minimum

    there = told.runs(SpanKind.THERE, min(turns, default=told.as_of), turns, are_enough)
    gaps = list(told.runs(SpanKind.MISSING, finding.due_on + ONE, turns, lambda day: not are_enough(day)))
    marks = (*told.agreed(finding), *(Mark(MarkKind.DONE, span.from_on) for span in there[:1]))
    label = say(Pair("Drie richtingen gekozen", "Three directions selected"))
    if finding.status is Status.LATE and finding.days_late is not None and gaps:
        mended = gaps[0].to_on + ONE
        gaps[0] = Span(SpanKind.LATE, gaps[0].from_on, mended)
        note = say(_LATE_SOFT, days=Days(finding.days_late))
        return Row("directions", label, (*there, *gaps), marks, note, mended, since=mended, weight=finding.days_late)
    if finding.status is not Status.NOT_MET:
        return Row("directions", label, (*there, *gaps), marks)
    note = say(_TOO_FEW, minimum=minimum, n=finding.reason.values.get("n", 0))
    now = told.running(gaps)
    since, weight = (now.from_on, now.days) if now else (None, 0)
    return Row("directions", label, (*there, *gaps), marks, note, None, True, since, weight)


def _direction(told: Told, direction: Direction) -> Row:
    """The phases of one direction; a stop ends the bar."""
    days = sorted({entry.reached_on for entry in direction.phases})
    spans = []
    for start, later in pairwise([*days, told.as_of + ONE]):
        phase = phase_on(direction, start)
        if phase in _SPANS and start < later:
            spans.append(Span(_SPANS[phase], start, later - ONE, say(_PHASE, phase=phase)))
    aligned = told.own.get("directions_aligned")
    named = aligned is not None and direction.code in aligned.reason.values.get("directions", ())
    status = aligned.status if named and aligned is not None else None
    note = {Status.NOT_MET: say(_NOT_ALIGNED), Status.UNKNOWN: say(_TO_CONFIRM)}.get(status) if status else None
    names = {item.code: item.short.pair for theme in told.programme.themes for item in theme.directions}
    label = names.get(direction.code, Pair(direction.code, direction.code))
    key = f"direction:{direction.code}"
    return Row(key, say(label), tuple(spans), (), note, None, status is Status.NOT_MET)


def _first_phase(direction: Direction) -> tuple[date, str]:
    return (min((entry.reached_on for entry in direction.phases), default=date.max), direction.code)


def _contract(told: Told) -> Row | None:
    """The contracts with the insurer, and the days without one."""
    finding, insurer = told.own.get("contract_in_force"), told.programme.insurer
    if finding is None or insurer is None or finding.due_on is None:
        return None
    mine = (item for item in told.dossier.contracts if item.insurer == insurer.key)
    held = sorted(mine, key=lambda item: (item.starts_on, item.code))
    turns = [day for item in held for day in (item.starts_on, item.signed_on, _day_after(item)) if day]

    def is_without(day: date) -> bool:
        return not in_force(told.dossier.contracts, insurer.key, day)

    gaps = told.runs(SpanKind.MISSING, finding.due_on + ONE, turns, is_without)
    bars = [_period(told, item) for item in held if item.starts_on <= told.as_of]
    ends = sorted({end for item in held if (end := last_day(item)) is not None and end > told.as_of})
    label = say(Pair("Contract met {insurer}", "Contract with {insurer}"), insurer=insurer.name)
    return _with_gaps(told, "contract", label, (*bars, *gaps), [Mark(MarkKind.AGREED, end) for end in ends], _WITHOUT)


def _with_gaps(told: Told, key: str, label: Reason, spans: tuple[Span, ...], marks: Iterable[Mark], words: Pair) -> Row:
    """A row that is breached while its last gap goes on."""
    now = told.running(span for span in spans if span.kind is SpanKind.MISSING)
    if now is None:
        return Row(key, label, spans, tuple(marks))
    return Row(key, label, spans, tuple(marks), say(words, days=Days(now.days)), None, True, now.from_on, now.days)


def _period(told: Told, contract: Contract) -> Span:
    start, end = contract.starts_on, last_day(contract)
    said = say(_OPEN, start=start) if end is None else say(_PERIOD, start=start, end=end)
    return Span(SpanKind.CONTRACT, start, min(end or told.as_of, told.as_of), said)


def _day_after(contract: Contract) -> date | None:
    end = last_day(contract)
    return None if end is None or end == date.max else end + ONE


def _rounds(told: Told) -> Row | None:
    """The meetings, those that are planned, the next one that the interval asks for, and where it took too long."""
    finding = told.own.get("rounds_periodic")
    rounds = sorted(rounds_that_count(told.dossier), key=lambda item: (item.held_on, item.number))
    planned = [(item.planned_on, item.number) for item in planned_rounds(told.dossier) if item.planned_on is not None]
    if finding is None and not rounds and not planned:
        return None
    marks = [Mark(MarkKind.DONE, item.held_on, say(_ROUND, number=item.number)) for item in rounds]
    marks += [Mark(MarkKind.AGREED, day, say(_PLANNED, number=number)) for day, number in planned]
    spans: tuple[Span, ...] = ()
    if finding is not None:
        due = next_round_due(told.dossier, finding) if rounds else finding.due_on
        is_planned = planned_ahead(told.dossier, told.as_of) is not None
        marks += [Mark(MarkKind.AGREED, due)] if due is not None and due > told.as_of and not is_planned else []
        spans = tuple(_too_long(told, finding, [item.held_on for item in rounds]))
    return _with_gaps(told, "rounds", say(Pair("Evaluatiegesprekken", "Evaluation meetings")), spans, marks, _NO_ROUND)


def _too_long(told: Told, finding: Finding, days: list[date]) -> Iterator[Span]:
    """From the day after the limit to the next meeting, or to the day itself."""
    switches = told.programme.switches
    months = sum(int(switches.get(name, 0)) for name in ("round_interval_months", "round_grace_months"))
    if not days and finding.due_on is not None and finding.due_on < told.as_of:
        yield Span(SpanKind.MISSING, finding.due_on + ONE, told.as_of)
    for former, later in pairwise([*days, told.as_of + ONE]):
        limit = months_later(former, months)
        if later > limit + ONE:
            yield Span(SpanKind.MISSING, limit + ONE, later - ONE)
