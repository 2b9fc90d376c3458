"""R15: a product is assessed by the Kenniscentrum, once for all initiatives that use it (M:296-302).

The assessment is about the product and is judged on a day; validity and version scope are ours (domain.md 2.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.initiatives import day_of_judgement
from tracker.domain.periods import covers
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.enums import AssessmentStatus, UseRole
from tracker.domain.records.initiative import Initiative, ProductUse
from tracker.domain.records.product import Assessment, Product
from tracker.domain.rule_kinds import Need, Subject, View, rule


class AssessmentState(StrEnum):
    """What the Kenniscentrum says of a product on a day; worst first, for a sentence about several."""

    NOT_SUBMITTED = "not_submitted"
    NEGATIVE = "negative"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INTAKE_SENT = "intake_sent"
    IN_ASSESSMENT = "in_assessment"
    POSITIVE = "positive"


class Standing(msgspec.Struct, frozen=True, gc=False):
    """The state of a product's version on a day, since when, and the event it rests on."""

    state: AssessmentState
    since: date | None = None
    """First day of the unbroken state; of a status, the day it was first reported. Empty when never submitted."""
    event: Assessment | None = None
    valid_until: date | None = None
    """Last day of the positive result, where it has one."""

    @property
    def is_positive(self) -> bool:
        return self.state is AssessmentState.POSITIVE


_SAME_DAY = {status: rank for rank, status in enumerate(AssessmentStatus)}
_DECISIONS = frozenset({AssessmentStatus.POSITIVE, AssessmentStatus.NEGATIVE, AssessmentStatus.WITHDRAWN})
_BAD_FIRST = {state: rank for rank, state in enumerate(AssessmentState)}


def assessment_state(
    product: Product, version: str, day: date, validity_enforced: bool = True, version_enforced: bool = True
) -> Standing:
    """How a version of a product stands with the Kenniscentrum on a day (domain.md R15).

    A renewal under way does not undo a valid positive. Of one day the later of intake_sent, in_assessment, positive,
    negative, withdrawn counts. Without `version_enforced` the events of every version count.
    """
    events = sorted(
        (
            item
            for item in product.assessments
            if item.reported_on <= day and (not version_enforced or item.version == version)
        ),
        key=lambda item: (item.reported_on, _SAME_DAY[item.status], item.version),
    )
    if not events:
        return Standing(AssessmentState.NOT_SUBMITTED)
    decision = next((item for item in reversed(events) if item.status in _DECISIONS), None)
    if decision is not None and decision.status is AssessmentStatus.POSITIVE:
        until = decision.valid_until if validity_enforced else None
        if until is None or until >= day:
            since = _positive_since(events, validity_enforced)
            return Standing(AssessmentState.POSITIVE, since, decision, until)
    return _standing_of_latest(events, validity_enforced)


def _standing_of_latest(events: list[Assessment], validity_enforced: bool) -> Standing:
    """The status of the latest event; a positive one that no longer holds is EXPIRED."""
    last = events[-1]
    if last.status is AssessmentStatus.POSITIVE:
        until = last.valid_until if validity_enforced else None
        return Standing(AssessmentState.EXPIRED, until + timedelta(1) if until else None, last, until)
    since = last.reported_on
    for earlier in reversed(events[:-1]):
        if earlier.status is not last.status:
            break
        since = earlier.reported_on
    return Standing(AssessmentState(last.status.value), since, last)


def _positive_since(events: list[Assessment], validity_enforced: bool) -> date | None:
    """First day of the run of positive results that follow each other without a gap."""
    since: date | None = None
    until: date | None = None
    for event in events:
        if event.status in _DECISIONS and event.status is not AssessmentStatus.POSITIVE:
            since = None
        elif event.status is AssessmentStatus.POSITIVE:
            lapsed = until is not None and validity_enforced and until + timedelta(1) < event.reported_on
            since = event.reported_on if since is None or lapsed else since
            until = event.valid_until
    return since


class UseStanding(msgspec.Struct, frozen=True, gc=False):
    """One use of a product that needs an assessment, and how that product stands."""

    use: ProductUse
    product: Product
    standing: Standing

    @property
    def name(self) -> str:
        """The product with its version, `BeeldSpreek 1`."""
        return f"{self.product.name} {self.use.version}"


def uses_to_assess(view: View, need: Need, initiative: Initiative, day: date) -> tuple[UseStanding, ...]:
    """The uses of a day whose product must be assessed (Q-08, Q-09), worst state first.

    A background use, an existing base system, is skipped.
    """
    kinds = need.words("kinds")
    enforced = need.flag("validity_enforced"), need.flag("version_enforced")
    found: dict[tuple[str, str], UseStanding] = {}
    for use in sorted(initiative.uses, key=lambda item: (item.from_on, item.product, item.version)):
        product = view.register.product(use.product)
        if use.role is not UseRole.OBJECT or not covers(use.from_on, use.to_on, day):
            continue
        if product is not None and product.kind.value in kinds:
            standing = assessment_state(product, use.version, day, *enforced)
            found.setdefault((use.product, use.version), UseStanding(use, product, standing))
    return tuple(sorted(found.values(), key=lambda item: (_BAD_FIRST[item.standing.state], item.name)))


_APPLIES_FROM = Pair("geldt vanaf {date}", "applies from {date}")
_AT_START = Pair("nog niet gestart; bij start: {state}", "not started; at the start: {state}")
_NOTHING_AT_START = Pair(
    "nog niet gestart; nog geen applicatie of platform vastgelegd",
    "not started; no application or platform recorded yet",
)
_ENDED_BEFORE = Pair("beëindigd voor {date}", "ended before {date}")
_NO_PRODUCT = Pair("geen applicatie of platform", "no application or platform")
_POSITIVE = Pair("{product} {version} positief sinds {date}", "{product} {version} positive since {date}")
_ALL_POSITIVE = Pair("{products} positief sinds {date}", "{products} positive since {date}")
_STATE = Pair("{product} {version}: {state}", "{product} {version}: {state}")
_STATE_SINCE = Pair("{product} {version}: {state} sinds {date}", "{product} {version}: {state} since {date}")
_OTHERS = Pair("; ook niet positief: {others}", "; not positive either: {others}")


@rule(
    Subject.INITIATIVE,
    reads=("product_use", "product", "product_version", "assessment"),
    from_on=date,
    validity_enforced=bool,
    version_enforced=bool,
    kinds=list,
)
def assessed_positive(view: View, need: Need, initiative: Initiative) -> Verdict:
    """R15: from 2023 an application or platform is assessed positively (M:296-302, Q-07).

    Before the start the reason gives the pre-check: how the products stand on the planned start.
    """
    from_on = need.day("from_on")
    if view.as_of < from_on:
        return Verdict(Status.NA, Reason(_APPLIES_FROM, {"date": from_on}))
    if initiative.started_on is None:
        return _before_start(view, need, initiative)
    if initiative.ended_on is not None and initiative.ended_on < from_on:
        return Verdict(Status.NA, Reason(_ENDED_BEFORE, {"date": from_on}))
    uses = uses_to_assess(view, need, initiative, day_of_judgement(initiative, view.as_of))
    if not uses:
        return Verdict(Status.NA, Reason(_NO_PRODUCT))
    bad = tuple(item for item in uses if not item.standing.is_positive)
    return _not_positive(bad) if bad else _positive(uses)


def _before_start(view: View, need: Need, initiative: Initiative) -> Verdict:
    """The pre-check: what is known today, judged on the planned start (pages.md 2.2)."""
    day = max(view.as_of, initiative.planned_start_on or view.as_of)
    uses = uses_to_assess(view, need, initiative, day)
    if not uses:
        return Verdict(Status.NA, Reason(_NOTHING_AT_START))
    return Verdict(Status.NA, Reason(_AT_START, {"state": uses[0].standing.state}), _uses_and_events(uses))


def _positive(uses: tuple[UseStanding, ...]) -> Verdict:
    """The assessment decides, not the use: the strength of the proof is that of the assessment."""
    since = max(item.standing.since for item in uses if item.standing.since is not None)
    events = tuple(item.standing.event for item in uses if item.standing.event is not None)
    if len(uses) == 1:
        only = uses[0]
        values = {"product": only.product.name, "version": only.use.version, "date": since}
        return Verdict(Status.MET, Reason(_POSITIVE, values), events)
    names = tuple(item.name for item in uses)
    reason = Reason(_ALL_POSITIVE, {"products": names, "date": since})
    return Verdict(Status.MET, reason, events)


def _not_positive(bad: tuple[UseStanding, ...]) -> Verdict:
    first = bad[0]
    values: dict[str, object] = {
        "product": first.product.name,
        "version": first.use.version,
        "state": first.standing.state,
    }
    text = _STATE
    if first.standing.since is not None:
        text, values["date"] = _STATE_SINCE, first.standing.since
    if len(bad) > 1:
        text = Pair(text.nl + _OTHERS.nl, text.en + _OTHERS.en)
        values["others"] = tuple(item.name for item in bad[1:])
    return Verdict(Status.NOT_MET, Reason(text, values), _uses_and_events(bad))


def _uses_and_events(uses: Iterable[UseStanding]) -> tuple[Record, ...]:
    records: list[Record] = []
    for item in uses:
        records.append(item.use)
        if item.standing.event is not None:
            records.append(item.standing.event)
    return tuple(records)
