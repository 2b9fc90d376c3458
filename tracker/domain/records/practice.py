"""Records of the noun practice."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Period


class InsuredCount(Record, frozen=True, kw_only=True):
    """Registered insured on a day; the latest count up to the peildatum holds."""

    declared = Kind(
        "insured_count",
        Pair("Telling", "Count of insured"),
        key=("counted_on",),
        since=("counted_on",),
    )

    counted_on: Annotated[date, about("Geteld op", "day", req=True)]
    insured: Annotated[int, about("Ingeschreven verzekerden", "number", req=True, least="0")]


class HisUse(Record, frozen=True, kw_only=True):
    """The system in use."""

    declared = Kind(
        "his_use",
        Pair("HIS in gebruik", "GP system in use"),
        key=("his", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    his: Annotated[str, about("HIS", "code in the register", req=True, sort=Sort.CODE, refers_to="his_product")]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None


class PracticeStep(Record, frozen=True, kw_only=True):
    """The practice meets this step in this period."""

    declared = Kind(
        "practice_step",
        Pair("Stap", "Step"),
        key=("step", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    step: Annotated[enums.Step, about("Stap", "time, skills, organisation, participation", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    kind: Annotated[enums.OfferKind | None, about("Vorm van deelname", "only with participation")] = None
    guided: Annotated[tuple[enums.Guided, ...], about("Begeleiding van", "only with organisation")] = ()
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None

    def faults(self) -> list[tuple[str, Pair]]:
        """The form belongs to participation, the guidance to organisation."""
        found = []
        if self.kind is not None and self.step is not enums.Step.PARTICIPATION:
            found.append(("kind", Pair("alleen bij deelname", "only with participation")))
        if self.guided and self.step is not enums.Step.ORGANISATION:
            found.append(("guided", Pair("alleen bij organisatorische implementatie", "only with organisation")))
        return found


class ComponentUse(Record, frozen=True, kw_only=True):
    """Having and using are two facts."""

    declared = Kind(
        "component_use",
        Pair("Digitale dienst", "Digital service"),
        key=("component", "available_from"),
        since=("available_from",),
        spans=(("available_from", "used_from"), ("available_from", "until"), ("used_from", "until")),
    )

    component: Annotated[
        str,
        about(
            "Dienst",
            "`T1.1a`; a direction without components stands for itself (`T2.1`)",
            req=True,
            sort=Sort.CODE,
            catalogue="service",
        ),
    ]
    available_from: Annotated[date, about("Beschikbaar vanaf", "patients can find it", req=True)]
    used_from: Annotated[date | None, about("Gebruikt vanaf", "it is really used; empty = had, not used")] = None
    until: Annotated[date | None, about("Tot en met", "last day it is offered")] = None
    product: Annotated[
        str | None,
        about("Product", "if it stands in the register", sort=Sort.CODE, refers_to="product"),
    ] = None


class MtvpPart(Record, frozen=True, kw_only=True):
    """Part of *Meer Tijd voor de Patiënt*."""

    declared = Kind(
        "mtvp_part",
        Pair("MTVP", "MTVP"),
        key=("part", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    part: Annotated[enums.MtvpPartName, about("Onderdeel", "registered, interventions, intervision", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None


class Practice(Record, frozen=True, kw_only=True):
    """A practice that is or was affiliated."""

    declared = Kind(
        "practice",
        Pair("Huisartsenpraktijk", "GP practice"),
        key=("code",),
        since_children="memberships",
    )

    code: Annotated[str, about("Code", "unique in the product (`WOL-01`)", req=True, sort=Sort.CODE)]
    name: Annotated[str, about("Naam", "name", req=True)]
    place: Annotated[str | None, about("Plaats", "place")] = None
    memberships: Annotated[tuple[Period, ...], about("Aansluiting", "affiliated from … to …", req=True)] = ()
    insured: Annotated[tuple[InsuredCount, ...], about("Ingeschreven verzekerden", "counts")] = ()
    his: Annotated[tuple[HisUse, ...], about("HIS", "system in use")] = ()
    steps: Annotated[tuple[PracticeStep, ...], about("Stappen", "the four steps of a practice")] = ()
    use: Annotated[tuple[ComponentUse, ...], about("Gebruik", "digital services, per component")] = ()
    mtvp: Annotated[tuple[MtvpPart, ...], about("MTVP", "registration, interventions, intervision")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
