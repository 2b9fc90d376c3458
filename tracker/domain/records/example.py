"""Records of the noun example."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence


class Sharing(Record, frozen=True, kw_only=True):
    """Shared with other cooperations."""

    declared = Kind(
        "sharing",
        Pair("Gedeeld", "Shared"),
        key=("shared_on",),
        since=("shared_on",),
        spans=(("shared_on", "withdrawn_on"),),
    )

    shared_on: Annotated[date, about("Gedeeld op", "from this day others can find it", req=True)]
    withdrawn_on: Annotated[date | None, about("Teruggetrokken op", "first day it is no longer offered")] = None
    summary: Annotated[str | None, about("Samenvatting", "what others can take over", longest=10_000)] = None
    audience: Annotated[str | None, about("Voor wie", "for which regions or practices it fits", longest=10_000)] = None
    result: Annotated[str | None, about("Resultaat", "what it brought", longest=10_000)] = None
    cost: Annotated[str | None, about("Kosten", "what it took, in money and hours", "Costs", longest=10_000)] = None
    conditions: Annotated[str | None, about("Voorwaarden", "what must be there first", longest=10_000)] = None
    contact: Annotated[str | None, about("Contact", "whom to ask, and how")] = None
    link: Annotated[str | None, about("Vindplaats", "address")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class GoodExample(Record, frozen=True, kw_only=True):
    """An example from another cooperation."""

    declared = Kind(
        "good_example",
        Pair("Gebruik van een voorbeeld", "Use of an example"),
        key=("source", "considered_on"),
        since=("considered_on",),
    )

    source: Annotated[
        str,
        about("Voorbeeld", "code of the initiative elsewhere", req=True, sort=Sort.CODE, refers_to="initiative"),
    ]
    considered_on: Annotated[date, about("Bekeken op", "day", req=True)]
    outcome: Annotated[enums.ExampleOutcome, about("Uitkomst", "used, considered, ignored", req=True)]
    reason: Annotated[str | None, about("Reden", "required with considered", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """Who considered an example and did not use it says why (R27)."""
        if self.outcome is enums.ExampleOutcome.CONSIDERED and not self.reason:
            return [("reason", Pair("bij overwogen hoort een reden", "considered needs a reason"))]
        return []


class AccessibilityTest(Record, frozen=True, kw_only=True):
    """The latest test up to the peildatum counts."""

    declared = Kind(
        "accessibility_test",
        Pair("Toegankelijkheidstoets", "Accessibility test"),
        key=("tested_on",),
        since=("tested_on",),
    )

    tested_on: Annotated[date, about("Getoetst op", "day", req=True)]
    product: Annotated[str | None, about("Product", "what was tested", sort=Sort.CODE, refers_to="product")] = None
    tester: Annotated[str | None, about("Door", "who")] = None
    result: Annotated[enums.TestResult, about("Uitkomst", "result", req=True)]
    note: Annotated[str | None, about("Toelichting", "points", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
