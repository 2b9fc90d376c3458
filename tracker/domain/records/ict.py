"""Records of the noun ict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Alignment


class IctLead(Record, frozen=True, kw_only=True):
    """An appointment."""

    declared = Kind(
        "ict_lead",
        Pair("CIO of CMIO", "CIO or CMIO"),
        key=("role", "person", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    role: Annotated[enums.LeadRole, about("Rol", "cio or cmio", req=True)]
    person: Annotated[str, about("Naam", "name", req=True)]
    title_as_used: Annotated[str | None, about("Functietitel", "title as the region writes it")] = None
    fte: Annotated[Decimal | None, about("Fte", "0-2; no norm exists", least="0", most="2")] = None
    interim: Annotated[bool, about("Interim", "default false")] = False
    is_shared: Annotated[bool, about("Gedeeld", "shared with another organisation; default false")] = False
    from_on: Annotated[date, about("Van", "first day in post", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day in post")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class IctSupport(Record, frozen=True, kw_only=True):
    """A support facility for practices."""

    declared = Kind(
        "ict_support",
        Pair("ICT-ondersteuning", "ICT support"),
        key=("name", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    name: Annotated[str, about("Naam", "name of the facility", req=True)]
    description: Annotated[str | None, about("Omschrijving", "what it does", longest=10_000)] = None
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    alignment: Annotated[tuple[Alignment, ...], about("Aansluiting op visie", "dated statements")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class StandardUse(Record, frozen=True, kw_only=True):
    """A national information standard in use."""

    declared = Kind(
        "standard_use",
        Pair("Informatiestandaard", "Information standard"),
        key=("standard", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    standard: Annotated[enums.Standard, about("Standaard", "measurements, contra-indications or allergies", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None


class Integration(Record, frozen=True, kw_only=True):
    """A kind of system linked with the HIS."""

    declared = Kind(
        "integration",
        Pair("Koppeling", "Integration"),
        key=("system", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    system: Annotated[enums.System, about("Systeem", "kind of system", req=True)]
    product: Annotated[
        str | None,
        about("Product", "if it stands in the register", sort=Sort.CODE, refers_to="product"),
    ] = None
    from_on: Annotated[date, about("Van", "first day linked", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    standards: Annotated[tuple[StandardUse, ...], about("Informatiestandaarden", "zibs in use in this system")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
