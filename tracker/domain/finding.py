"""What a rule says of a subject on a day: status, reason, records used, proof and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from tracker.domain.records.base import Pair, Record
from tracker.domain.records.enums import EvidenceStrength

if TYPE_CHECKING:
    from tracker.domain.programme import Programme, Requirement
    from tracker.domain.records.evidence import Evidence


class Status(StrEnum):
    """How a subject stands by a rule on a day (domain.md 2.0)."""

    MET = "MET"
    LATE = "LATE"
    PARTIAL = "PARTIAL"
    NOT_MET = "NOT_MET"
    PENDING = "PENDING"
    NA = "NA"
    UNKNOWN = "UNKNOWN"
    ADVISORY = "ADVISORY"


# Worst first; used for milestones and for rules judged per line.
WORST_FIRST = (
    Status.NOT_MET,
    Status.PARTIAL,
    Status.LATE,
    Status.PENDING,
    Status.UNKNOWN,
    Status.ADVISORY,
    Status.MET,
    Status.NA,
)
_RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}
PROVABLE = frozenset({Status.MET, Status.LATE, Status.PARTIAL})
_STRENGTHS = tuple(EvidenceStrength)


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of several statuses; NA when there are none."""
    return min(statuses, key=_RANK.__getitem__, default=Status.NA)


def badness(status: Status) -> int:
    """0 for the worst status, higher for better ones: a sort key."""
    return _RANK[status]


@dataclass(frozen=True)
class Days:
    """A duration in days, written with its unit in the reader's language."""

    number: int


@dataclass(frozen=True)
class Euro:
    """An amount in euro, written with its sign."""

    amount: Any


class Reason(msgspec.Struct, frozen=True, gc=False):
    """A pair of templates beside the rule and the typed values that fill them.

    Values: date, int, Decimal, Days, Euro, str (a code or a name), a member of an enumeration (its word), or a tuple of
    these.
    """

    text: Pair
    values: Mapping[str, Any] = {}
    word: Pair | None = None
    """The same in a word or two, for where there is little room; without values."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a rule function returns; the engine makes a Finding of it."""

    status: Status
    reason: Reason
    records: tuple[Record, ...] = ()
    """The records that decided it, as seen on the day."""
    due_on: date | None = None
    days_late: int | None = None
    """Days between the due date and the day it was met; empty when it was not late."""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One result: one rule, one subject, one day."""

    subject: str
    status: Status
    reason: Reason
    requirement: Requirement
    programme: Programme
    records: tuple[Record, ...] = ()
    proof: EvidenceStrength | None = None
    due_on: date | None = None
    days_late: int | None = None

    @property
    def rule(self) -> str:
        """The short code of the rule, `R01`."""
        return self.requirement.rule

    @property
    def key(self) -> str:
        """The name of the rule in the address and the API, `vision_on_time`."""
        return self.requirement.key


def strength_of(record: Record, as_of: date) -> EvidenceStrength:
    """The strongest evidence of a record that counts on `as_of`; none = declared (domain.md 2.0)."""
    return _STRENGTHS[max((_STRENGTHS.index(piece.strength) for piece in proving(record, as_of)), default=0)]


def proving(record: Record, as_of: date) -> tuple[Evidence, ...]:
    """The pieces of a record that count on a day: received, not expired, and not replaced by a piece received since."""
    pieces: tuple[Evidence, ...] = getattr(record, "evidence", ())
    if not pieces:
        return ()
    here = [piece for piece in pieces if piece.received_on is None or piece.received_on <= as_of]
    return tuple(
        piece
        for piece in here
        if (piece.valid_until is None or piece.valid_until >= as_of) and replacement_of(piece, here) is None
    )


def replacement_of(piece: Evidence, among: Iterable[Evidence]) -> Evidence | None:
    """The piece that took the place of this one; a piece never replaces itself."""
    return next((other for other in among if other is not piece and other.replaces == piece.title), None)


def proof_of(verdict: Verdict, as_of: date) -> EvidenceStrength | None:
    """The weakest strength among the records that decided; empty unless MET, LATE or PARTIAL."""
    if verdict.status not in PROVABLE or not verdict.records:
        return EvidenceStrength.DECLARED if verdict.status in PROVABLE else None
    weakest = min(_STRENGTHS.index(strength_of(record, as_of)) for record in verdict.records)
    return _STRENGTHS[weakest]
