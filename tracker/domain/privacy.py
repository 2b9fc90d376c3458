"""R53: what a reader sees of practices. Page, API, command and export ask here.

Figures of a practice are for learning, not for settling accounts: whoever may not see practices gets a dossier without
them, findings without them, and shares of groups of at least five (ours, domain.md R53 and 3.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from operator import is_not
from typing import Any, TypeVar

import msgspec

from tracker.domain.finding import Finding, Reason
from tracker.domain.practice_names import PracticeNames
from tracker.domain.programme import Programme
from tracker.domain.records.agreement import Opinion
from tracker.domain.records.base import Pair, Record, Sort, children_of, scalars_of
from tracker.domain.records.contract import Waiver
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.funding import InnovationApplication, OiClaim
from tracker.domain.records.practice import Practice
from tracker.domain.rule_kinds import KINDS, Subject

R = TypeVar("R", bound=Record)
SWITCH = "min_cell_practices"
PRACTICE_SUBJECTS = frozenset({Subject.PRACTICE, Subject.SERVICE, Subject.OPEN_CLAIM, Subject.ACCREDITATION})
"""What is about one practice: the practice itself, and claims that name one."""
_CLAIMS = frozenset({Subject.OI_CLAIM, Subject.APPLICATION})
COUNTED = frozenset({"mandate_complete", "no_double_funding_agreed"})
"""Rules whose reason counts practices: performance of a contract, so n of N is shown from the minimum on."""

TOO_FEW = Pair("te weinig praktijken om te tonen", "too few practices to show")
_ALMOST_ALL = Pair("bijna alle", "almost all")
_OF = Pair("{n} van {total}", "{n} of {total}")


class Outcome(StrEnum):
    """Whether a figure may be shown."""

    SHOWN = "SHOWN"
    HIDDEN = "HIDDEN"


class Share(msgspec.Struct, frozen=True, gc=False):
    """How many practices of a group do something, as far as the reader may know."""

    outcome: Outcome
    text: Reason
    """`12 van 40`, `bijna alle`, or that there are too few."""
    n: int | None = None
    """Empty where the number itself is not shown."""
    total: int | None = None


def minimum_of(programmes: Iterable[Programme]) -> int:
    """The smallest group that is shown: a setting of the national programme."""
    return next(int(item.switches[SWITCH]) for item in programmes if SWITCH in item.switches)


def share(n: int, total: int, minimum: int) -> Share:
    """A share is shown of a group of at least the minimum, when the count is 0 or at least the minimum.

    Where all but a few have it the number would tell those few: then it says *bijna alle*, without the number.
    """
    if total < minimum or 0 < n < minimum:
        return Share(Outcome.HIDDEN, Reason(TOO_FEW))
    if 0 < total - n < minimum:
        return Share(Outcome.SHOWN, Reason(_ALMOST_ALL))
    return Share(Outcome.SHOWN, Reason(_OF, {"n": n, "total": total}), n, total)


def counted(n: int, total: int, minimum: int) -> Share:
    """Mandates and declarations: n of N, without names, when N is at least the minimum."""
    if total < minimum:
        return Share(Outcome.HIDDEN, Reason(TOO_FEW))
    return Share(Outcome.SHOWN, Reason(_OF, {"n": n, "total": total}), n, total)


def without_practices(dossier: Cooperation, named: Iterable[Practice] = ()) -> Cooperation:
    """The dossier without every record that names one practice, with all it holds, and without their names in texts.

    `named` = practices that its texts may name besides its own: under a former name, or not there yet.
    """
    return _Curtain(dossier, named).dossier


def aggregated(
    dossier: Cooperation, findings: Iterable[Finding], minimum: int, named: Iterable[Practice] = ()
) -> tuple[Cooperation, tuple[Finding, ...]]:
    """What a reader who may see no single practice gets: the dossier without them, and the findings without them.

    Findings about one practice are left out; the others rest on the records of the dossier that is given back. A reason
    that counts practices is only given of enough of them.
    """
    curtain = _Curtain(dossier, named)
    kept = tuple(_guarded(item, curtain, minimum) for item in findings if not curtain.hides(item))
    return curtain.dossier, kept


def _guarded(finding: Finding, curtain: _Curtain, minimum: int) -> Finding:
    total = finding.reason.values.get("total")
    too_few = finding.requirement.kind in COUNTED and total is not None and total < minimum
    reason = Reason(TOO_FEW) if too_few else curtain.said(finding.reason)
    records = tuple(kept for item in finding.records if (kept := curtain.behind(item)) is not None)
    return msgspec.structs.replace(finding, records=records, reason=reason)


def unnamed(record: R, names: PracticeNames) -> R:
    """A record and all below it without the names of practices in their texts."""
    changed = _texts_without(record, names)
    for field in children_of(type(record)):
        held = getattr(record, field.attribute)
        if held:
            left = tuple(unnamed(child, names) for child in held) if field.many else unnamed(held, names)
            if left != held:
                changed[field.attribute] = left
    return msgspec.structs.replace(record, **changed) if changed else record


def _texts_without(record: Record, names: PracticeNames) -> dict[str, Any]:
    """The texts that name a practice, without its name."""
    found: dict[str, Any] = {}
    for name, many in _texts(type(record)):
        held = getattr(record, name)
        if held:
            left = tuple(map(names.hidden_in, held)) if many else names.hidden_in(held)
            if left != held:
                found[name] = left
    return found


class _Curtain:
    """One walk over a dossier: what is left of it, and what became of every record that was changed or left out."""

    def __init__(self, dossier: Cooperation, named: Iterable[Practice]) -> None:
        self._became: dict[int, Record | None] = {}
        # Held on to, so that no identity is given to another object while this walk is asked.
        self._whole = dossier
        known = (*dossier.practices, *named)
        self._names = PracticeNames(known)
        self._called = frozenset(_called(name) for item in known for name in (item.code, item.name))
        self._claims = self._claims_of_practices()
        self._known = _subjects(dossier) - self._claims
        self.dossier: Cooperation = self._left_of(dossier)

    def behind(self, record: Record) -> Record | None:
        """What is left of a record: itself, itself without names of practices, or nothing."""
        return self._became.get(id(record), record)

    def said(self, reason: Reason) -> Reason:
        """The reason without names of practices: it may quote what was typed."""
        values = {name: self._value(value) for name, value in reason.values.items()}
        return reason if values == reason.values else Reason(reason.text, values)

    def _value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        return self._names.hidden_in(value) if type(value) is str else value

    def hides(self, finding: Finding) -> bool:
        """Is it about one practice, or about a claim that names one?"""
        kind = KINDS[finding.requirement.kind].subject
        return kind in PRACTICE_SUBJECTS or (kind in _CLAIMS and finding.subject in self._claims)

    def _claims_of_practices(self) -> frozenset[str]:
        claims: list[OiClaim | InnovationApplication] = [*self._whole.oi_claims, *self._whole.innovation_applications]
        return frozenset(f"{self._whole.code}/{item.code}" for item in claims if self._is_called(item))

    def _is_called(self, record: OiClaim | InnovationApplication) -> bool:
        """A claim is for a unit, named in free words; a practice may be that unit."""
        return _called(record.unit if isinstance(record, OiClaim) else record.applicant) in self._called

    def _names_practice(self, record: Record) -> bool:
        """Is it a practice, does it refer to one or claim for one, or is a deviation or opinion about one?"""
        if isinstance(record, Waiver | Opinion):
            return record.subject not in self._known
        if isinstance(record, OiClaim | InnovationApplication):
            return self._is_called(record)
        own = _single_references(type(record))
        return isinstance(record, Practice) or any(getattr(record, name) is not None for name in own)

    def _left_of(self, record: Any) -> Any:
        """The same object where there is nothing to leave out."""
        kind: type[Record] = type(record)
        changed = {name: empty for name, empty in _lists_of_practices(kind).items() if getattr(record, name) != empty}
        if self._names:
            changed |= _texts_without(record, self._names)
        for field in children_of(kind):
            held = getattr(record, field.attribute)
            if held and (self._names or _may_hold(field.type)):
                kept = self._list(held) if field.many else self._child(held)
                if kept is not held:
                    changed[field.attribute] = kept
        if not changed:
            return record
        self._became[id(record)] = left = msgspec.structs.replace(record, **changed)
        return left

    def _list(self, held: tuple[Any, ...]) -> tuple[Any, ...]:
        kept = tuple(left for child in held if (left := self._child(child)) is not None)
        return kept if len(kept) != len(held) or any(map(is_not, kept, held)) else held

    def _child(self, record: Record) -> Any:
        if not self._names_practice(record):
            return self._left_of(record)
        self._drop(record)
        return None

    def _drop(self, record: Record) -> None:
        self._became[id(record)] = None
        for field in children_of(type(record)):
            held = getattr(record, field.attribute)
            for child in held if field.many else filter(None, (held,)):
                self._drop(child)


def _called(name: str) -> str:
    return name.strip().casefold()


def _subjects(dossier: Cooperation) -> frozenset[str]:
    """What a deviation may be about without naming a practice. Whatever is not known here might be one."""
    own = dossier.code
    return frozenset(
        {own}
        | {item.code for item in dossier.initiatives}
        | {f"{own}#{item.number}" for item in dossier.rounds}
        | {f"{own}/{item.code}" for item in dossier.oi_claims}
        | {f"{own}/{item.code}" for item in dossier.innovation_applications}
    )


@cache
def _single_references(kind: type[Record]) -> tuple[str, ...]:
    return tuple(field.attribute for field in scalars_of(kind) if field.refers_to == "practice" and not field.many)


@cache
def _texts(kind: type[Record]) -> tuple[tuple[str, bool], ...]:
    """The fields with free text, and whether they hold several."""
    return tuple((field.attribute, field.many) for field in scalars_of(kind) if field.sort is Sort.TEXT)


@cache
def _lists_of_practices(kind: type[Record]) -> dict[str, Any]:
    """Fields that name several practices, with what stands there instead."""
    fields = (field for field in scalars_of(kind) if field.refers_to == "practice" and field.many)
    return {field.attribute: field.default for field in fields}


@cache
def _may_hold(kind: type[Record]) -> bool:
    """Can a record of this kind, or one below it, name a practice? Most can't and are passed over."""
    own = (
        kind in (Practice, Waiver, Opinion, OiClaim, InnovationApplication)
        or bool(_single_references(kind))
        or bool(_lists_of_practices(kind))
    )
    return own or any(_may_hold(field.type) for field in children_of(kind))
