"""Money: from which streams an item is paid on which days, and what the conditions say of it (R24, R33, R34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from tracker.domain.amounts import exact_sum, plain
from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Stream
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import Initiative
from tracker.domain.rule_kinds import Need, Subject, View, rule

HUNDRED = Decimal(100)
_FOREVER = date.max.toordinal() + 2
"""Later than the day after any day."""


@dataclass(frozen=True)
class Payment:
    """A funding line and the initiative it belongs to."""

    initiative: str
    line: FundingLine


@dataclass(frozen=True)
class Segment:
    """A run of days on which an item is paid by the same lines. `to_on` empty = no end is agreed."""

    from_on: date
    to_on: date | None
    payments: tuple[Payment, ...]
    by_stream: Mapping[Stream, Decimal]
    total: Decimal


@dataclass(frozen=True)
class Overlap:
    """A longest run of days on which an item is paid for one and the same share above 100%."""

    item: str
    from_on: date
    to_on: date | None
    total: Decimal
    payments: tuple[Payment, ...]


def item_key(name: str) -> str:
    """By what an item is recognised within a cooperation: its name without outer spaces and capitals."""
    return name.strip().casefold()


def payments_by_item(dossier: Cooperation) -> dict[str, tuple[Payment, ...]]:
    """Every funding line of the cooperation, gathered per item, whichever initiative it belongs to."""
    found: dict[str, list[Payment]] = {}
    for initiative in dossier.initiatives:
        for line in initiative.funding_lines:
            found.setdefault(item_key(line.item), []).append(Payment(initiative.code, line))
    return {key: tuple(sorted(found[key], key=_order)) for key in sorted(found)}


def segments(payments: Iterable[Payment], until: date | None = None) -> tuple[Segment, ...]:
    """The days of one item in runs with the same payers, each with its total per stream; unpaid days are left out.

    `until` is the last day that is looked at; without it the segments run to the agreed ends.
    """
    spans = [
        (start, end, payment) for payment in payments for start, end in [_span(payment.line, until)] if start < end
    ]
    bounds = sorted({day for start, end, _ in spans for day in (start, end)})
    starting: dict[int, list[Payment]] = {}
    ending: dict[int, list[Payment]] = {}
    for start, end, payment in spans:
        starting.setdefault(start, []).append(payment)
        ending.setdefault(end, []).append(payment)
    active: dict[tuple[str, str], Payment] = {}
    found = []
    for start, end in pairwise(bounds):
        for payment in ending.get(start, ()):
            del active[_identity(payment)]
        active.update((_identity(payment), payment) for payment in starting.get(start, ()))
        if active:
            found.append(_segment(start, end, active.values()))
    return tuple(found)


def overlaps(parts: Iterable[Segment]) -> tuple[Overlap, ...]:
    """The periods above 100% of one item, in time; neighbouring days with another percentage are another period."""
    found: list[Overlap] = []
    for part in parts:
        if part.total <= HUNDRED:
            continue
        last = found[-1] if found else None
        if last is not None and last.total == part.total and _follows(last.to_on, part.from_on):
            payers = {_identity(payment): payment for payment in (*last.payments, *part.payments)}
            found[-1] = Overlap(last.item, last.from_on, part.to_on, part.total, tuple(payers.values()))
        else:
            found.append(
                Overlap(part.payments[0].line.item.strip(), part.from_on, part.to_on, part.total, part.payments)
            )
    return tuple(found)


def _span(line: FundingLine, until: date | None) -> tuple[int, int]:
    """First day and the day after the last, as day numbers: the day after the last day of the calendar exists too."""
    days = [day.toordinal() + 1 for day in (line.to_on, until) if day is not None]
    return line.from_on.toordinal(), min(days, default=_FOREVER)


def _segment(start: int, end: int, active: Iterable[Payment]) -> Segment:
    payments = tuple(sorted(active, key=_order))
    shares: dict[Stream, list[Decimal]] = {}
    for payment in payments:
        shares.setdefault(payment.line.stream, []).append(payment.line.share_pct)
    by_stream = {stream: exact_sum(shares[stream]) for stream in Stream if stream in shares}
    to_on = None if end == _FOREVER else date.fromordinal(end - 1)
    return Segment(date.fromordinal(start), to_on, payments, by_stream, exact_sum(by_stream.values()))


def _follows(last: date | None, first: date) -> bool:
    return last is not None and last.toordinal() + 1 == first.toordinal()


def _identity(payment: Payment) -> tuple[str, str]:
    return payment.initiative, payment.line.code


def _order(payment: Payment) -> tuple[date, str, str]:
    return payment.line.from_on, payment.initiative, payment.line.code


def _by_day(lines: Iterable[FundingLine]) -> list[FundingLine]:
    return sorted(lines, key=lambda line: (line.from_on, line.code))


# --- R24 -----------------------------------------------------------------------------------------------------------

_ABOVE = Pair("{item}: {percentage}% van {start} t/m {end}", "{item}: {percentage}% from {start} to {end}")
_COVERED = Pair("{item} mogelijk al betaald uit {source}", "{item} may already be paid by {source}")
_HIGHEST = Pair("hoogste totaal {percentage}%", "highest total {percentage}%")


@rule(Subject.INITIATIVE, reads=("initiative", "funding_line"))
def no_double_funding_computed(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R24: is an item paid for more than 100% on a day on which this initiative pays part of it? (M:316-318)

    An overlap stays, from its first day on, for every initiative that has a line on such a day.
    """
    lines = _by_day(initiative.funding_lines)
    items = payments_by_item(view.dossier)
    runs = [segments(items[key], view.as_of) for key in sorted({item_key(line.item) for line in lines})]
    above = [found for run in runs for found in overlaps(run) if _pays(initiative, found.payments)]
    if above:
        return _too_much(min(above, key=lambda found: (found.from_on, item_key(found.item))))
    covered = [line for line in lines if line.covered_by is not None]
    if covered:
        values = {"item": covered[0].item.strip(), "source": covered[0].covered_by}
        return Verdict(Status.ADVISORY, Reason(_COVERED, values), tuple(covered))
    totals = [part.total for run in runs for part in run if _pays(initiative, part.payments)]
    highest = plain(max(totals, default=Decimal(0)))
    return Verdict(Status.MET, Reason(_HIGHEST, {"percentage": highest}), tuple(lines))


def _pays(initiative: Initiative, payments: Iterable[Payment]) -> bool:
    return any(payment.initiative == initiative.code for payment in payments)


def _too_much(found: Overlap) -> Verdict:
    values = {"item": found.item, "percentage": plain(found.total), "start": found.from_on, "end": found.to_on}
    return Verdict(Status.NOT_MET, Reason(_ABOVE, values), tuple(payment.line for payment in found.payments))


# --- R33, R34 ------------------------------------------------------------------------------------------------------

_NO_LINE = Pair("geen te toetsen regel", "no line to judge")
_MISFIT = Pair("{stream} past niet bij {purpose}", "{stream} does not fit {purpose}")
_FIT = Pair("{number} regels passen", "{number} lines fit")
_NO_S3 = Pair("geen S3-regel", "no S3 line")
_WITHIN = Pair("binnen overeenkomst", "within a contract")
_WITHOUT = Pair("{item} vanaf {day} zonder overeenkomst", "{item} from {day} without a contract")


@rule(Subject.INITIATIVE, reads=("initiative", "funding_line"), purposes=dict)
def stream_fits_purpose(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R33: is every stream used for what the insurer finances from it? (M:351-363)"""
    purposes = need.table("purposes")
    lines = [line for line in _lines_of_insurer(view, initiative) if line.stream.value in purposes]
    if not lines:
        return Verdict(Status.NA, Reason(_NO_LINE))
    wrong = [line for line in lines if line.purpose.value not in purposes[line.stream.value]]
    if wrong:
        values = {"stream": wrong[0].stream, "purpose": wrong[0].purpose}
        return Verdict(Status.NOT_MET, Reason(_MISFIT, values), tuple(wrong))
    return Verdict(Status.MET, Reason(_FIT, {"number": len(lines)}), tuple(lines))


@rule(Subject.INITIATIVE, reads=("initiative", "funding_line", "contract"), stream=str, contract_scope=str)
def s3_needs_contract(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R34: does every paid day lie in a contract on financing with the insurer? (N:42-46)"""
    stream, scope = need.word("stream"), need.word("contract_scope")
    lines = [line for line in _lines_of_insurer(view, initiative) if line.stream.value == stream]
    if not lines:
        return Verdict(Status.NA, Reason(_NO_S3))
    contracts = [
        contract
        for contract in sorted(view.dossier.contracts, key=lambda held: (held.starts_on, held.code))
        if contract.insurer == initiative.insurer and scope in {held.value for held in contract.scopes}
    ]
    bare = [(day, line) for line in lines if (day := _first_uncovered(line, contracts, view.as_of)) is not None]
    if bare:
        day, line = min(bare, key=lambda pair: (pair[0], pair[1].code))
        return Verdict(Status.NOT_MET, Reason(_WITHOUT, {"item": line.item.strip(), "day": day}), (line,))
    records: list[Record] = [*lines]
    records += [held for held in contracts if any(_meet(held, line, view.as_of) for line in lines)]
    return Verdict(Status.MET, Reason(_WITHIN), tuple(records))


def _lines_of_insurer(view: View, initiative: Initiative) -> list[FundingLine]:
    """The lines of an initiative of the programme's insurer; of another insurer's initiative none."""
    if view.programme.insurer_key not in (None, initiative.insurer):
        return []
    return _by_day(initiative.funding_lines)


def _in_force(contract: Contract) -> tuple[int, int]:
    """First day and the day after the last, as day numbers."""
    ends = [end.toordinal() + 1 for end in (contract.ends_on, contract.terminated_on) if end is not None]
    return contract.starts_on.toordinal(), min(ends, default=_FOREVER)


def _meet(contract: Contract, line: FundingLine, as_of: date) -> bool:
    (start, end), (first, after) = _in_force(contract), _span(line, as_of)
    return start < after and first < end


def _first_uncovered(line: FundingLine, contracts: Iterable[Contract], as_of: date) -> date | None:
    """The first day of the line up to as_of that lies in none of the contracts, given in the order of their start."""
    day, after = _span(line, as_of)
    for contract in contracts:
        start, end = _in_force(contract)
        if start > day:
            break
        day = max(day, end)
    return date.fromordinal(day) if day < after else None
