"""A status as the components draw it (templates/components/status.html)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker import labels
from tracker.domain.finding import Finding, Status
from tracker.domain.records.enums import EvidenceStrength
from tracker.web.frame import language

Chip = dict[str, Any]


def chip_of(
    status: Status,
    *,
    tone: str | None = None,
    fact: str | None = None,
    proof: EvidenceStrength | None = None,
    of: Finding | None = None,
) -> Chip:
    """A status in words, with its tone and icon; `of` is the finding whose status it is."""
    label, tongue = labels.status_label(status), language()
    return {
        "code": status.value,
        "word": labels.words(label.word, tongue),
        "short": labels.words(label.short, tongue),
        "tone": tone or label.tone,
        "icon": label.icon,
        "fact": fact,
        "proof": proof.value if proof else None,
        "of": f"{of.rule} {of.subject} {of.programme.key}" if of else None,
    }


def chip(finding: Finding, as_of: date) -> Chip:
    """The status of a finding: the days when it was met late, amber when it is nearly due."""
    fact = None if finding.days_late is None else labels.days(finding.days_late, language())
    late = finding.status is Status.LATE
    return chip_of(
        finding.status,
        tone=labels.tone_of(finding, as_of),
        fact=fact if late else None,
        proof=finding.proof,
        of=finding,
    )
