"""The engine: which rule kinds exist, and every finding of a dossier on a day.

A rule is a pure function of what was seen on the day. A programme file names its kind and its parameters; nothing else
of an insurer or a year stands in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

import msgspec

from tracker.domain.finding import Finding, Reason, Status, Verdict, proof_of
from tracker.domain.programme import Programme, Requirement, edition_on
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.periods import Period
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.visibility import seen, seen_all

R = TypeVar("R", bound=Record)


class Example(msgspec.Struct, frozen=True, gc=False):
    """An initiative of a cooperation that was shared, as others find it."""

    cooperation: str
    initiative: Initiative
    """With its directions and sharings only."""


class Register(msgspec.Struct, frozen=True):
    """What concerns everybody: products and their assessments, GP systems, examples that were shared."""

    products: tuple[Product, ...] = ()
    his_products: tuple[HisProduct, ...] = ()
    examples: tuple[Example, ...] = ()

    def product(self, code: str) -> Product | None:
        return next((product for product in self.products if product.code == code), None)

    def his_product(self, code: str) -> HisProduct | None:
        return next((product for product in self.his_products if product.code == code), None)


def register_seen(register: Register, as_of: date) -> Register:
    """The register as it was on a day."""
    examples = (
        Example(example.cooperation, initiative)
        for example in register.examples
        if (initiative := seen(example.initiative, as_of)) is not None and initiative.sharings
    )
    return Register(seen_all(register.products, as_of), seen_all(register.his_products, as_of), tuple(examples))


class Subject(StrEnum):
    """What a rule judges; every kind of claim is named by its record kind."""

    COOPERATION = "cooperation"
    INITIATIVE = "initiative"
    ROUND = "round"
    PRACTICE = "practice"
    OI_CLAIM = "oi_claim"
    APPLICATION = "innovation_application"
    SERVICE = "service_declaration"
    OPEN_CLAIM = "open_claim"
    ACCREDITATION = "accreditation_claim"


class View(msgspec.Struct, frozen=True):
    """What a rule may look at: the dossier and register as seen on the day, and the programme that asks."""

    dossier: Cooperation
    register: Register
    programme: Programme
    as_of: date


class Need:
    """The parameters of one requirement, read by name and type."""

    def __init__(self, requirement: Requirement, switches: dict[str, Any]) -> None:
        self.requirement = requirement
        self._values = {name: _resolved(value, switches) for name, value in requirement.params.items()}

    def day(self, name: str) -> date:
        return cast(date, self._values[name])

    def number(self, name: str) -> int:
        return int(self._values[name])

    def decimal(self, name: str) -> Decimal:
        return Decimal(str(self._values[name]))

    def flag(self, name: str) -> bool:
        return bool(self._values[name])

    def word(self, name: str) -> str:
        return str(self._values[name])

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in self._values[name])

    def rows(self, name: str) -> tuple[dict[str, Any], ...]:
        """A list of tables, for example tariff rows."""
        return tuple(self._values[name])

    def table(self, name: str) -> dict[str, Any]:
        """A table of named values, for example a rate per option."""
        return dict(self._values[name])


def _resolved(value: Any, switches: dict[str, Any]) -> Any:
    """`$name` stands for the switch of that name."""
    if isinstance(value, str) and value.startswith("$"):
        return switches[value[1:]]
    return value


Judge = Callable[[View, Need, Any], Verdict | None]


@dataclass(frozen=True)
class RuleKind:
    """A named rule function: what it judges, which kinds of record it reads and which parameters it takes."""

    name: str
    subject: Subject
    reads: frozenset[str]
    params: dict[str, type]
    judge: Judge


KINDS: dict[str, RuleKind] = {}


def rule(subject: Subject, reads: Iterable[str], **params: type) -> Callable[[Judge], Judge]:
    """Register a rule function under its own name.

    `reads` names record kinds (`vision`, `vision_text`); their parents are loaded with them. `params` names each
    parameter with its type (date, int, Decimal, bool, str, list); the loader refuses a file that leaves one out, adds
    one or gives another type. The function takes (view, need, subject record) and returns a Verdict, or None when
    the rule has nothing to say of this subject (an article 9 rule of an article 10 application).
    """

    def keep(judge: Judge) -> Judge:
        name = judge.__name__
        if name in KINDS:
            raise ValueError(f"rule kind {name} is declared twice")
        KINDS[name] = RuleKind(name, subject, frozenset(reads), params, judge)
        return judge

    return keep


# --- helpers the rules share ---------------------------------------------------------------------------------------


def covers(start: date, end: date | None, day: date) -> bool:
    """Does a period that includes both its ends cover the day?"""
    return start <= day and (end is None or day <= end)


def active(records: Iterable[R], day: date) -> tuple[R, ...]:
    """The records with `from_on` and `to_on` that cover the day."""
    return tuple(record for record in records if covers(record.from_on, record.to_on, day))  # type: ignore[attr-defined]


def months_later(day: date, months: int) -> date:
    """The same day number some months later; a missing day becomes the last of the month (domain.md 2.0)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def is_affiliated(memberships: Iterable[Period], day: date) -> bool:
    """Is a practice affiliated on the day?"""
    return any(covers(membership.from_on, membership.to_on, day) for membership in memberships)


# --- findings --------------------------------------------------------------------------------------------------------

_NOT_IN_FRAME = Pair("valt niet onder het kader van {insurer}", "not in {insurer}'s frame")
_OTHER_INSURER = Pair("andere verzekeraar", "other insurer")
_CLAIM_LISTS = {
    Subject.OI_CLAIM: "oi_claims",
    Subject.APPLICATION: "innovation_applications",
    Subject.SERVICE: "service_declarations",
    Subject.OPEN_CLAIM: "open_claims",
    Subject.ACCREDITATION: "accreditation_claims",
}


def _subjects(dossier: Cooperation, subject: Subject, as_of: date) -> list[tuple[str, Any]]:
    """The subjects of a kind with their names: `WOL`, `I01`, `WOL#1`, a practice code, `WOL/OI1`."""
    if subject is Subject.COOPERATION:
        return [(dossier.code, dossier)]
    if subject is Subject.INITIATIVE:
        return sorted(((item.code, item) for item in dossier.initiatives), key=lambda pair: pair[0])
    if subject is Subject.PRACTICE:
        held = [(item.code, item) for item in dossier.practices if is_affiliated(item.memberships, as_of)]
        return sorted(held, key=lambda pair: pair[0])
    if subject is Subject.ROUND:
        return [(f"{dossier.code}#{item.number}", item) for item in rounds_that_count(dossier)]
    claims = getattr(dossier, _CLAIM_LISTS[subject])
    return sorted(((f"{dossier.code}/{item.code}", item) for item in claims), key=lambda pair: pair[0])


class _Subjects(dict[Subject, list[tuple[str, Any]]]):
    """The subjects of one dossier on a day, listed when a rule first asks for them."""

    def __init__(self, dossier: Cooperation, as_of: date) -> None:
        super().__init__()
        self._dossier, self._as_of = dossier, as_of

    def __missing__(self, subject: Subject) -> list[tuple[str, Any]]:
        found = self[subject] = _subjects(self._dossier, subject, self._as_of)
        return found


def rounds_that_count(dossier: Cooperation) -> list[Any]:
    """Per round that was held the version that holds: the highest locked one, else the highest (domain.md 2.4)."""
    best: dict[int, Any] = {}
    for item in dossier.rounds:
        if item.held_on is None:
            continue
        held = best.get(item.number)
        rank = (item.locked_on is not None, item.version)
        if held is None or rank > (held.locked_on is not None, held.version):
            best[item.number] = item
    return [best[number] for number in sorted(best)]


def programmes_for(programmes: tuple[Programme, ...], as_of: date) -> tuple[Programme, ...]:
    """The edition of every insurer that counts on a day, and the national one last (domain.md 2.1)."""
    insurers = sorted({item.insurer_key for item in programmes if item.insurer_key})
    chosen = [edition_on(programmes, insurer, as_of) for insurer in (*insurers, None)]
    return tuple(item for item in chosen if item is not None)


def linked(dossier: Cooperation, insurer: str | None, day: date) -> bool:
    """Is there a link with the insurer on the day? The national programme always applies."""
    return insurer is None or any(
        link.insurer == insurer and covers(link.from_on, link.to_on, day) for link in dossier.insurers
    )


def _editions_with(programmes: tuple[Programme, ...], insurer: str | None, key: str) -> tuple[Programme, ...]:
    return tuple(item for item in programmes if item.insurer_key == insurer and item.requirement(key))


def year_of(claim: Record) -> int:
    """The calendar year a claim is about: its own year, else that of its start or the day it was made."""
    year = getattr(claim, "year", None)
    if year is not None:
        return min(max(int(year), date.min.year), date.max.year)
    day: date = getattr(claim, "starts_on", None) or claim.claimed_on  # type: ignore[attr-defined]
    return day.year


_needs: dict[tuple[int, int], tuple[Requirement, Programme, Need]] = {}


def _need(requirement: Requirement, programme: Programme) -> Need:
    """Parameters are resolved once per loaded requirement; what is held here keeps its identity to itself."""
    key = (id(requirement), id(programme))
    held = _needs.get(key)
    if held is None:
        held = _needs[key] = (requirement, programme, Need(requirement, programme.switches))
    return held[2]


def findings(
    dossier: Cooperation,
    register: Register,
    programmes: tuple[Programme, ...],
    as_of: date,
    only: frozenset[str] | None = None,
) -> list[Finding]:
    """Every finding of a dossier on a day: one result per rule and subject, NA included.

    `only` limits to rules by code or key. Facts dated after `as_of` never matter. Programmes: every loaded edition.
    """
    seen_dossier = seen(dossier, as_of)
    return judged(seen_dossier or dossier, register_seen(register, as_of), programmes, as_of, only)


def judged(
    dossier: Cooperation,
    register: Register,
    programmes: tuple[Programme, ...],
    as_of: date,
    only: frozenset[str] | None = None,
) -> list[Finding]:
    """As `findings`, for a dossier and register that are already as seen on the day."""
    found: list[Finding] = []
    subjects = _Subjects(dossier, as_of)
    for programme in programmes_for(programmes, as_of):
        view = View(dossier, register, programme, as_of)
        in_frame = linked(dossier, programme.insurer_key, as_of)
        for requirement in programme.requirements:
            kind = KINDS[requirement.kind]
            if kind.subject not in _CLAIM_LISTS and _wanted(requirement, only) and requirement.holds_on(as_of):
                found.extend(_of_requirement(view, requirement, kind, subjects[kind.subject], in_frame))
        found.extend(_of_claims(view, programmes, subjects, only))
    return found


def _wanted(requirement: Requirement, only: frozenset[str] | None) -> bool:
    return only is None or requirement.rule in only or requirement.key in only


def _of_requirement(
    view: View, requirement: Requirement, kind: RuleKind, subjects: list[tuple[str, Any]], in_frame: bool
) -> Iterable[Finding]:
    need = _need(requirement, view.programme)
    for name, subject in subjects:
        verdict = _scope(view, requirement, subject, in_frame) or kind.judge(view, need, subject)
        if verdict is not None:
            yield _finding(name, verdict, requirement, view)


def _of_claims(
    view: View,
    programmes: tuple[Programme, ...],
    subjects: _Subjects,
    only: frozenset[str] | None,
) -> Iterable[Finding]:
    """Claims, declarations, applications: each by the edition of its own year, else the nearest that has the rule."""
    if not any(getattr(view.dossier, name) for name in _CLAIM_LISTS.values()):
        return
    insurer = view.programme.insurer_key
    editions = [item for item in programmes if item.insurer_key == insurer]
    keys = {item.key: item for edition in editions for item in edition.requirements if _is_claim_rule(item)}
    for key, requirement in keys.items():
        if not _wanted(requirement, only):
            continue
        having = _editions_with(programmes, insurer, key)
        for name, claim in subjects[KINDS[requirement.kind].subject]:
            edition = edition_on(having, insurer, date(year_of(claim), 1, 1)) or view.programme
            asked = edition.requirement(key) or requirement
            own = View(view.dossier, view.register, edition, view.as_of)
            verdict = KINDS[asked.kind].judge(own, _need(asked, edition), claim)
            if verdict is not None:
                yield _finding(name, verdict, asked, own)


def _is_claim_rule(requirement: Requirement) -> bool:
    return KINDS[requirement.kind].subject in _CLAIM_LISTS


def _scope(view: View, requirement: Requirement, subject: Any, in_frame: bool) -> Verdict | None:
    """NA when the requirement is not for this subject (domain.md 2.0, scope)."""
    insurer = view.programme.insurer
    if requirement.scope == "frame" and not in_frame and insurer is not None:
        return Verdict(Status.NA, Reason(_NOT_IN_FRAME, {"insurer": insurer.name}))
    if requirement.scope == "insurer" and insurer is not None and subject.insurer != insurer.key:
        return Verdict(Status.NA, Reason(_OTHER_INSURER))
    return None


def _finding(name: str, verdict: Verdict, requirement: Requirement, view: View) -> Finding:
    return Finding(
        name,
        verdict.status,
        verdict.reason,
        requirement,
        view.programme,
        verdict.records,
        proof_of(verdict, view.as_of),
        verdict.due_on,
        verdict.days_late,
    )


def kinds_read(programmes: Iterable[Programme], only: frozenset[str] | None = None) -> frozenset[str]:
    """The record kinds that the wanted rules read, so that a page loads only what it shows."""
    names: set[str] = {"cooperation", "insurer_link"}
    for programme in programmes:
        for requirement in programme.requirements:
            if only is None or requirement.rule in only or requirement.key in only:
                kind = KINDS[requirement.kind]
                names |= kind.reads
                if kind.subject is Subject.PRACTICE:
                    names |= {"practice", "practice.memberships"}
                elif kind.subject not in (Subject.COOPERATION,):
                    names.add(kind.subject.value)
    return frozenset(names)
