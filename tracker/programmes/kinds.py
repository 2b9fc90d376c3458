"""The modules that declare rule kinds. Importing them fills the table `KINDS`."""

from __future__ import annotations

from tracker.domain import (
    applications,
    assessment,
    claims,
    conditions,
    contracts,
    directions,
    evaluation,
    examples,
    funding,
    practices,
    roadmap,
    service,
    steering,
    visions,
)
from tracker.domain.rule_kinds import KINDS, RuleKind

RULE_MODULES = (
    applications,
    assessment,
    claims,
    conditions,
    contracts,
    directions,
    evaluation,
    examples,
    funding,
    practices,
    roadmap,
    service,
    steering,
    visions,
)

__all__ = ["KINDS", "RULE_MODULES", "RuleKind"]
