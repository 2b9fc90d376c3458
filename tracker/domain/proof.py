"""What is only declared: facts that decide a finding, and that no piece of evidence shows on the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from tracker.domain.finding import PROVABLE, Finding, strength_of
from tracker.domain.records.base import Record
from tracker.domain.records.enums import EvidenceStrength


class Unproved(msgspec.Struct, frozen=True, gc=False):
    """One fact without a piece that counts, and the findings that rest on it."""

    record: Record
    findings: tuple[Finding, ...]


def unproved(findings: Iterable[Finding], as_of: date) -> tuple[Unproved, ...]:
    """The facts behind findings that are met, late or in part; what can carry no evidence is left out."""
    resting: dict[int, tuple[Record, list[Finding]]] = {}
    for finding in findings:
        for record in finding.records if finding.status in PROVABLE else ():
            if hasattr(record, "evidence") and strength_of(record, as_of) is EvidenceStrength.DECLARED:
                resting.setdefault(id(record), (record, []))[1].append(finding)
    return tuple(Unproved(record, tuple(held)) for record, held in resting.values())
