"""What the funding guide is asked, and the facts of the region it answers from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from tracker.domain.amounts import exact_sum
from tracker.domain.contracts import in_force, last_day
from tracker.domain.finding import Reason, Status
from tracker.domain.funding import Payment, item_key, payments_by_item
from tracker.domain.periods import active, covers, is_affiliated
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import ContractScope, Purpose, Stream
from tracker.domain.records.initiative import Initiative
from tracker.domain.register import Register


class Content(StrEnum):
    """What the initiative is about: the questions that only people can answer."""

    AVOIDS_REFERRAL = "avoids_referral"
    SINGLE_TEST = "single_test"
    SELF_MANAGEMENT = "self_management"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a region wants to pay, from when, and by which insurers."""

    dossier: Cooperation
    """As seen on the reference day."""
    register: Register
    as_of: date
    starts_on: date
    insurers: tuple[str, ...]
    initiative: Initiative | None = None
    item: str | None = None
    content: frozenset[Content] = frozenset()
    insured: int | None = None
    """Registered insured of the region; empty = unknown."""
    sees_practices: bool = True
    """May the reader know which practice has which HIS?"""

    @property
    def directions(self) -> frozenset[str]:
        """The directions the initiative comes from on the reference day."""
        held = active(self.initiative.directions, self.as_of) if self.initiative else ()
        return frozenset(item.code for item in held)

    @property
    def purpose(self) -> Purpose | None:
        """What the money is for: as the lines of the item say, else the initiative; empty without either."""
        lines = [payment.line for payment in self.payments]
        if lines:
            return max(lines, key=lambda line: (line.from_on, line.code)).purpose
        return Purpose.INITIATIVE if self.initiative else None

    @property
    def payments(self) -> tuple[Payment, ...]:
        """Every line that ever paid the item, of all initiatives of the region; nothing when no item is chosen."""
        return payments_by_item(self.dossier).get(item_key(self.item), ()) if self.item else ()

    @property
    def item_name(self) -> str:
        """The item as the region wrote it first."""
        return self.payments[0].line.item.strip() if self.payments else (self.item or "").strip()

    @property
    def paid_then(self) -> tuple[Payment, ...]:
        """The lines that pay the item on the start date."""
        return tuple(item for item in self.payments if covers(item.line.from_on, item.line.to_on, self.starts_on))

    @property
    def total_then(self) -> Decimal:
        """How much of the item is paid on the start date, in percent."""
        return exact_sum(payment.line.share_pct for payment in self.paid_then)

    def insurer_of(self, payment: Payment) -> str | None:
        """The insurer of the initiative whose line it is."""
        return next((item.insurer for item in self.dossier.initiatives if item.code == payment.initiative), None)

    def paid_by(self, insurer: str | None, stream: Stream) -> tuple[Payment, ...]:
        """The lines of this insurer and stream that pay the item on the start date."""
        return tuple(item for item in self.paid_then if item.line.stream is stream and self.insurer_of(item) == insurer)

    def contracts_then(self, insurer: str) -> tuple[Contract, ...]:
        """The contracts on financing with an insurer that are in force on the start date."""
        held = in_force(self.dossier.contracts, insurer, self.starts_on)
        return tuple(item for item in held if ContractScope.FINANCING in item.scopes)


class Check(msgspec.Struct, frozen=True):
    """One condition: MET, NOT_MET, UNKNOWN (yet to be shown) or ADVISORY (somebody else must agree, or mind)."""

    status: Status
    reason: Reason


def check(status: Status, nl: str, en: str, **values: Any) -> Check:
    """A condition with its words in both languages."""
    return Check(status, Reason(Pair(nl, en), values))


def holds_or_not(holds: bool, met: tuple[str, str], fails: tuple[str, str], **values: Any) -> Check:
    """MET or NOT_MET, each in its own words."""
    return check(Status.MET, *met, **values) if holds else check(Status.NOT_MET, *fails, **values)


class HisCount(msgspec.Struct, frozen=True):
    """How many affiliated practices use which system on a day."""

    preferred: tuple[str, ...]
    """Codes of the preferred systems."""
    counts: Mapping[str, int]
    """By the name of the system."""
    all_preferred: bool
    unknown: int
    """Practices whose system was never recorded."""


def his_count(question: Question) -> HisCount | None:
    """Which systems the affiliated practices use; nothing when the reader may not know or none is preferred."""
    day = question.as_of
    preferred = tuple(sorted({item.his for item in active(question.dossier.preferred_his, day)}))
    if not question.sees_practices or not preferred:
        return None
    used = [
        {item.his for item in active(practice.his, day)}
        for practice in question.dossier.practices
        if is_affiliated(practice.memberships, day)
    ]
    counts = Counter(_his_name(question.register, code) for held in used for code in held)
    known = [held for held in used if held]
    fits = bool(used) and len(known) == len(used) and all(held <= set(preferred) for held in used)
    return HisCount(preferred, dict(sorted(counts.items())), fits, len(used) - len(known))


def _his_name(register: Register, code: str) -> str:
    known = register.his_product(code)
    return known.name if known else code


def until(contracts: Iterable[Contract]) -> date | None:
    """The last day on which one of the contracts is in force; empty = open."""
    ends = [last_day(item) for item in contracts]
    return None if any(end is None for end in ends) else max((end for end in ends if end is not None), default=None)
