"""What is wrong with a region, in a few words of a title: `geen visie, geen CIO/CMIO en geen contract`.

Each shortfall comes from the finding of a roadmap rule; the words and their order are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from tracker.domain.amounts import exact_sum, plain
from tracker.domain.finding import Finding, Reason, Status
from tracker.domain.periods import covers
from tracker.domain.records.base import Pair
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.ict import IctLead
from tracker.domain.visions import INCOMPLETE

MOST = 3
_NO_VISION = Pair("geen visie", "no vision")
_NOT_CARRIED = Pair("de visie is niet gedragen", "the vision is not supported")
_INCOMPLETE = Pair("de visie is niet volledig", "the vision is not complete")
_NO_LEAD = Pair("geen CIO/CMIO", "no CIO/CMIO")
_VACANT = Pair("de functie van {role} is vacant", "the post of {role} is vacant")
_NO_HELP = Pair("geen ICT-ondersteuning", "no ICT support")
_APART = Pair("de ICT-ondersteuning staat los van de visie", "the ICT support stands apart from the vision")
_CHOSEN = Pair("{n} van {minimum} richtingen gekozen", "{n} of {minimum} directions selected")
_IMPLEMENTING = Pair("{n} van {minimum} richtingen in uitvoering", "{n} of {minimum} directions being implemented")
_MISFIT = Pair("richting {directions} past niet bij de visie", "direction {directions} does not fit the vision")
_MISFITS = Pair("richtingen {directions} passen niet bij de visie", "directions {directions} do not fit the vision")
_LINES = Pair("steun op {n} van {total} lijnen", "support on {n} of {total} lines")
_NO_LINE = Pair("geen steun aan praktijken", "no support for practices")
_NO_CONTRACT = Pair("geen contract", "no contract")
_EXPIRED = Pair("het contract is verlopen", "the contract has expired")
_ONLY = Pair("het contract regelt alleen {scope}", "the contract covers {scope} only")
_MANDATES = Pair("{n} van {total} mandaten", "{n} of {total} mandates")
_NO_MEETING = Pair("nog geen evaluatiegesprek", "no evaluation meeting yet")
_APART_MEETINGS = Pair("te lang tussen twee evaluatiegesprekken", "too long between two evaluation meetings")
_RULE = Pair("{rule}: {reason}", "{rule}: {reason}")
_YET_PAID = Pair("{wrong}, wel € {euros} S3-geld per jaar", "{wrong}, yet € {euros} of S3 money a year")


def _vision(finding: Finding) -> Pair:
    if finding.status is Status.NOT_MET:
        return _NO_VISION
    return _INCOMPLETE if finding.reason.word == INCOMPLETE else _NOT_CARRIED


def _lead(finding: Finding) -> Pair:
    return _VACANT if any(isinstance(record, IctLead) for record in finding.records) else _NO_LEAD


def _aligned(finding: Finding) -> Pair:
    codes = finding.reason.values.get("directions")
    return _NO_VISION if codes is None else _MISFIT if len(codes) == 1 else _MISFITS


def _contract(finding: Finding) -> Pair:
    if finding.status is Status.PARTIAL:
        return _ONLY
    return _EXPIRED if "date" in finding.reason.values else _NO_CONTRACT


_WORDS: dict[str, Callable[[Finding], Pair]] = {
    "vision_on_time": _vision,
    "vision_supported_and_complete": _vision,
    "ict_lead_now": _lead,
    "ict_lead_on_deadline": lambda finding: _NO_LEAD,
    "contract_in_force": _contract,
    "three_directions_selected": lambda finding: _CHOSEN,
    "three_directions_implementing": lambda finding: _IMPLEMENTING,
    "directions_aligned": _aligned,
    "ict_support_on_deadline": lambda finding: _NO_HELP if finding.status is Status.NOT_MET else _APART,
    "support_lines": lambda finding: _LINES if "n" in finding.reason.values else _NO_LINE,
    "mandate_complete": lambda finding: _MANDATES,
    "rounds_periodic": lambda finding: _APART_MEETINGS if "until" in finding.reason.values else _NO_MEETING,
}
"""The kinds of rules, the heaviest first; a kind that is not here is told by its own label and reason."""
_ORDER = {kind: place for place, kind in enumerate(_WORDS)}


def shortfalls(broken: Iterable[Finding]) -> tuple[Reason, ...]:
    """The first few things that are wrong, what is missing before what is there in part; each told once."""
    held = sorted(broken, key=lambda item: (item.status is not Status.NOT_MET, _ORDER.get(item.requirement.kind, 99)))
    told: dict[str, Reason] = {}
    for item in held:
        said = _told(item)
        told.setdefault(said.text.nl, said)
    if _CHOSEN.nl in told:  # fewer chosen than asked: then fewer are in progress as well
        told.pop(_IMPLEMENTING.nl, None)
    return tuple(told.values())[:MOST]


def _told(finding: Finding) -> Reason:
    of_kind = _WORDS.get(finding.requirement.kind)
    if of_kind is None:
        return Reason(_RULE, {"rule": finding.requirement.label, "reason": finding.reason})
    last = next((record.role for record in finding.records if isinstance(record, IctLead)), None)
    return Reason(of_kind(finding), {**finding.reason.values, "role": last})


def yet_paid(wrong: Reason, unfounded: Iterable[Finding], as_of: date) -> Reason:
    """The title with the S3 money that goes on without a contract (R34), where there is any on the day."""
    lines = [record for item in unfounded for record in item.records if isinstance(record, FundingLine)]
    euros = exact_sum(line.eur_per_year or Decimal(0) for line in lines if covers(line.from_on, line.to_on, as_of))
    return Reason(_YET_PAID, {"wrong": wrong, "euros": plain(euros)}) if euros else wrong
