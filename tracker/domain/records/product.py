"""Records of the noun product."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Period


class ProductVersion(Record, frozen=True, kw_only=True):
    """One version of a product. Versions compare as text: '2' is not '2.0'."""

    declared = Kind(
        "product_version",
        Pair("Versie", "Version"),
        key=("version",),
    )

    version: Annotated[str, about("Versie", "quoted text", req=True)]
    released_on: Annotated[date | None, about("Uitgebracht op", "information only")] = None


class Assessment(Record, frozen=True, kw_only=True):
    """One event. On one day the later of intake_sent, in_assessment, positive, negative, withdrawn counts."""

    declared = Kind(
        "assessment",
        Pair("Beoordeling", "Assessment"),
        key=("version", "reported_on", "status"),
        since=("reported_on",),
        spans=(("reported_on", "valid_until"),),
    )

    version: Annotated[str, about("Versie", "the version that was assessed", req=True)]
    reported_on: Annotated[date, about("Gemeld op", "day of the event", req=True)]
    status: Annotated[enums.AssessmentStatus, about("Status", "what happened", req=True)]
    valid_until: Annotated[
        date | None,
        about("Geldig t/m", "last day the positive result holds; only with positive"),
    ] = None
    conditions: Annotated[str | None, about("Voorwaarden", "conditions named in the result", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """Only a positive result has a last day."""
        if self.valid_until is not None and self.status is not enums.AssessmentStatus.POSITIVE:
            return [
                (
                    "valid_until",
                    Pair("alleen een positief oordeel heeft een einddatum", "only a positive result has a last day"),
                )
            ]
        return []


class Product(Record, frozen=True, kw_only=True):
    """One product; the assessment belongs to it, not to an initiative."""

    declared = Kind(
        "product",
        Pair("Product", "Product"),
        key=("code",),
    )

    code: Annotated[str, about("Code", "unique in the product", req=True, sort=Sort.CODE)]
    name: Annotated[str, about("Naam", "name as sold", req=True)]
    kind: Annotated[
        enums.ProductKind,
        about("Soort", "the assessment duty attaches to application, platform and algorithm", req=True),
    ]
    supplier: Annotated[str | None, about("Leverancier", "who sells it")] = None
    versions: Annotated[
        tuple[ProductVersion, ...],
        about("Versies", "every version that is used or assessed", req=True),
    ] = ()
    assessments: Annotated[
        tuple[Assessment, ...],
        about("Beoordelingen", "event log of Kenniscentrum Digitale Zorg"),
    ] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class HisProduct(Record, frozen=True, kw_only=True):
    """One GP information system."""

    declared = Kind("his_product", Pair("HIS", "GP system"), key=("code",))

    code: Annotated[str, about("Code", "unique in the register", req=True, sort=Sort.CODE)]
    name: Annotated[str, about("Naam", "name as sold", req=True)]
    xis_marks: Annotated[tuple[Period, ...], about("XIS-keurmerk", "periods in which it holds the mark")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
