"""Records of the noun contract."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence


class Mandate(Record, frozen=True, kw_only=True):
    """Authority for the contract."""

    declared = Kind(
        "mandate",
        Pair("Mandaat", "Mandate"),
        key=("kind", "practice", "given_on"),
        since=("given_on",),
        spans=(("given_on", "withdrawn_on"),),
    )

    kind: Annotated[
        enums.MandateKind,
        about("Soort", "individual names a practice; collective holds for every member practice", req=True),
    ]
    practice: Annotated[
        str | None,
        about("Praktijk", "required with individual, absent with collective", sort=Sort.CODE, refers_to="practice"),
    ] = None
    given_on: Annotated[date, about("Gegeven op", "first day it holds", req=True)]
    withdrawn_on: Annotated[date | None, about("Ingetrokken op", "first day it no longer holds")] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """An individual mandate names its practice, a collective one none (dossier-format.md, mandate)."""
        individual = self.kind is enums.MandateKind.INDIVIDUAL
        if individual and self.practice is None:
            return [
                (
                    "practice",
                    Pair("een mandaat per praktijk noemt de praktijk", "an individual mandate names its practice"),
                )
            ]
        if not individual and self.practice is not None:
            return [
                ("practice", Pair("een ledenbesluit noemt geen praktijk", "a collective mandate names no practice"))
            ]
        return []


class Contract(Record, frozen=True, kw_only=True):
    """A contract with an insurer. A later addendum is a new record."""

    declared = Kind(
        "contract",
        Pair("Overeenkomst", "Contract"),
        key=("code",),
        since=("signed_on",),
        spans=(("starts_on", "ends_on"), ("starts_on", "terminated_on")),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    insurer: Annotated[str, about("Verzekeraar", "the other party", req=True, sort=Sort.CODE, catalogue="insurer")]
    title: Annotated[str | None, about("Titel", "title")] = None
    signed_on: Annotated[
        date,
        about("Getekend op", "the contract is known from this day; mandates must exist on it", req=True),
    ]
    starts_on: Annotated[date, about("Ingangsdatum", "first day in force; may lie before or after signing", req=True)]
    ends_on: Annotated[date | None, about("Einddatum", "last day in force as agreed; empty = open")] = None
    terminated_on: Annotated[
        date | None,
        about("Beëindigd per", "last day in force after early termination; known from that day"),
    ] = None
    scopes: Annotated[tuple[enums.ContractScope, ...], about("Reikwijdte", "implementation, financing", req=True)]
    involved_practices: Annotated[
        tuple[str, ...] | None,
        about("Betrokken praktijken", "absent = all affiliated practices", sort=Sort.CODE, refers_to="practice"),
    ] = None
    mandates: Annotated[tuple[Mandate, ...], about("Mandaten", "who authorised the cooperation")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class InsurerLink(Record, frozen=True, kw_only=True):
    """The insurer's frame applies to the cooperation in this period."""

    declared = Kind(
        "insurer_link",
        Pair("Verzekeraar", "Insurer"),
        key=("insurer", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    insurer: Annotated[
        str,
        about(
            "Verzekeraar",
            "`menzis`, `zorg_en_zekerheid`, … as named by the programme files",
            req=True,
            sort=Sort.CODE,
            catalogue="insurer",
        ),
    ]
    lead: Annotated[bool, about("Hoofdverzekeraar", "true for the insurer that leads; default false")] = False
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class WaiverSigner(Record, frozen=True, kw_only=True):
    """Who agreed to a deviation, for which party."""

    declared = Kind(
        "waiver_signer",
        Pair("Ondertekenaar", "Signatory"),
        key=("party", "person"),
        since=("signed_on",),
    )

    party: Annotated[enums.Party, about("Partij", "for whom", req=True)]
    person: Annotated[str, about("Naam", "who", req=True)]
    signed_on: Annotated[date, about("Getekend op", "day", req=True)]


class Waiver(Record, frozen=True, kw_only=True):
    """An agreed deviation or postponement. Shown next to the status; changes no status."""

    declared = Kind(
        "waiver",
        Pair("Afwijking", "Deviation"),
        key=("rule", "subject", "agreed_on"),
        since=("agreed_on",),
        spans=(("agreed_on", "until"),),
    )

    rule: Annotated[str, about("Regel", "key of the rule, `vision_on_time`", req=True)]
    subject: Annotated[str, about("Onderwerp", "code of the cooperation, practice or initiative", req=True)]
    agreed_on: Annotated[date, about("Afgesproken op", "day", req=True)]
    until: Annotated[date | None, about("Tot en met", "last day")] = None
    signer: Annotated[str, about("Getekend door", "who", req=True)]
    reason: Annotated[str, about("Reden", "why", req=True, longest=10_000)]
    signers: Annotated[
        tuple[WaiverSigner, ...],
        about("Ondertekenaars", "everybody who signed, each with the own day, the one in `signer` too"),
    ] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
