"""The register of products: how each version stands with the Kenniscentrum, and who depends on it (pages.md 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import msgspec

from tracker.domain.assessment import AssessmentState, Standing, assessment_state
from tracker.domain.finding import Finding, Status
from tracker.domain.periods import covers
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import UseRole
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.product import Product
from tracker.domain.rule_kinds import Need

SOON = timedelta(days=90)
"""How long before its last day an assessment asks for attention (ours, domain.md 5.6)."""
_ASKED = frozenset({Status.MET, Status.NOT_MET})


class ProductGroup(StrEnum):
    """What a version asks for on a day, in the order of the register."""

    ACTION = "action"
    """In use without a valid assessment, by an initiative that needs one."""
    VALID = "valid"
    WAITING = "waiting"
    """Without a valid assessment, and no initiative needs one on the day."""
    NOT_NEEDED = "not_needed"
    """No application, platform or algorithm."""


class Terms(msgspec.Struct, frozen=True):
    """What a programme asks of products: which kinds, from when, and how strictly validity and version count."""

    kinds: tuple[str, ...]
    from_on: date
    validity_enforced: bool = True
    version_enforced: bool = True

    @classmethod
    def of(cls, need: Need) -> Terms:
        """From the parameters of R15."""
        return cls(
            need.words("kinds"), need.day("from_on"), need.flag("validity_enforced"), need.flag("version_enforced")
        )

    def standing(self, product: Product, version: str, day: date) -> Standing:
        """How a version stands on a day."""
        return assessment_state(product, version, day, self.validity_enforced, self.version_enforced)


class Dependent(msgspec.Struct, frozen=True, gc=False):
    """An initiative that uses a version, in which cooperation, and from when to when."""

    cooperation: str
    region: str
    """The name of the cooperation."""
    initiative: Initiative
    use: ProductUse
    from_on: date
    to_on: date | None
    """The earlier of the ends of the use and of the initiative."""
    is_current: bool
    """In use on the day."""
    is_asked: bool
    """Does the insurer's condition hold for this use on the day?"""


class StatePeriod(msgspec.Struct, frozen=True, gc=False):
    """A run of days with one state; the last one runs to the day that is looked at."""

    state: AssessmentState
    from_on: date
    to_on: date


class VersionStanding(msgspec.Struct, frozen=True, gc=False):
    """One version of a product on a day."""

    product: Product
    version: str
    standing: Standing
    group: ProductGroup
    history: tuple[StatePeriod, ...]
    dependents: tuple[Dependent, ...]

    @property
    def name(self) -> str:
        return f"{self.product.name} {self.version}"

    @property
    def needs_assessment(self) -> bool:
        return self.group is not ProductGroup.NOT_NEEDED

    @property
    def asked(self) -> tuple[Dependent, ...]:
        """Who needs a valid assessment of it on the day."""
        return tuple(item for item in self.dependents if item.is_asked)

    def lapses_within(self, day: date, span: timedelta = SOON) -> bool:
        """Does a valid assessment end within the span?"""
        until = self.standing.valid_until
        return self.standing.is_positive and until is not None and day <= until <= day + span


def version_standings(
    products: Iterable[Product],
    dossiers: Sequence[tuple[Cooperation, Iterable[Finding]]],
    terms: Terms,
    as_of: date,
) -> tuple[VersionStanding, ...]:
    """Every version on record, used or assessed, with who depends on it; by group, then the most regions touched.

    `dossiers` are those of all cooperations with their findings of R15: an assessment belongs to the product, so it
    concerns everybody.
    """
    using = _dependents(dossiers, as_of)
    found = []
    for product in products:
        for version in _versions(product, using):
            found.append(_standing(product, version, using.get((product.code, version), ()), terms, as_of))
    return tuple(sorted(found, key=_rank))


def _rank(item: VersionStanding) -> tuple[int, int, str, str]:
    touched = len({held.cooperation for held in item.asked}) if item.group is ProductGroup.ACTION else 0
    return list(ProductGroup).index(item.group), -touched, item.product.name, item.version


def _versions(product: Product, using: Iterable[tuple[str, str]]) -> list[str]:
    known = {item.version for item in product.versions} | {item.version for item in product.assessments}
    return sorted(known | {version for code, version in using if code == product.code})


def _standing(
    product: Product, version: str, dependents: Sequence[Dependent], terms: Terms, as_of: date
) -> VersionStanding:
    standing = terms.standing(product, version, as_of)
    if product.kind.value not in terms.kinds:
        group = ProductGroup.NOT_NEEDED
    elif standing.is_positive:
        group = ProductGroup.VALID
    elif any(item.is_asked for item in dependents):
        group = ProductGroup.ACTION
    else:
        group = ProductGroup.WAITING
    return VersionStanding(
        product, version, standing, group, state_history(product, version, terms, as_of), tuple(dependents)
    )


def _dependents(
    dossiers: Iterable[tuple[Cooperation, Iterable[Finding]]], as_of: date
) -> dict[tuple[str, str], list[Dependent]]:
    found: dict[tuple[str, str], list[Dependent]] = {}
    for dossier, findings in dossiers:
        asked = {item.subject for item in findings if item.status in _ASKED}
        for initiative in dossier.initiatives:
            for use in initiative.uses:
                dependent = _dependent(dossier, initiative, use, initiative.code in asked, as_of)
                found.setdefault((use.product, use.version), []).append(dependent)
    for held in found.values():
        held.sort(key=lambda item: (item.from_on, item.region, item.initiative.code))
    return found


def _dependent(dossier: Cooperation, initiative: Initiative, use: ProductUse, asked: bool, as_of: date) -> Dependent:
    to_on = min((day for day in (use.to_on, initiative.ended_on) if day is not None), default=None)
    started = initiative.started_on is not None
    current = started and covers(use.from_on, to_on, as_of)
    return Dependent(
        dossier.code,
        dossier.name,
        initiative,
        use,
        use.from_on,
        to_on,
        current,
        current and asked and use.role is UseRole.OBJECT,
    )


def state_history(product: Product, version: str, terms: Terms, until: date) -> tuple[StatePeriod, ...]:
    """The states of a version from its first event up to a day; each day as `assessment_state` says."""
    counted = [item for item in product.assessments if item.version == version or not terms.version_enforced]
    turns = {item.reported_on for item in counted}
    turns |= {item.valid_until + timedelta(1) for item in counted if item.valid_until is not None}
    days = sorted(day for day in turns if day <= until)
    found: list[StatePeriod] = []
    for start, following in pairwise([*days, until + timedelta(1)]):
        state = terms.standing(product, version, start).state
        end = following - timedelta(1)
        if found and found[-1].state is state:
            found[-1] = StatePeriod(state, found[-1].from_on, end)
        else:
            found.append(StatePeriod(state, start, end))
    return tuple(found)
