"""Records of the noun cooperation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.agreement import CooperationAction, Opinion
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.contract import Contract, InsurerLink, Waiver
from tracker.domain.records.direction import Direction, ParticipationOffer, SupportActivity
from tracker.domain.records.evaluation import Round
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.funding import (
    AccreditationClaim,
    InnovationApplication,
    OiClaim,
    OpenClaim,
    ServiceDeclaration,
)
from tracker.domain.records.ict import IctLead, IctSupport, Integration
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.person import Contact
from tracker.domain.records.practice import Practice
from tracker.domain.records.vision import Vision


class Predecessor(Record, frozen=True, kw_only=True):
    """Where this cooperation came from."""

    declared = Kind(
        "predecessor",
        Pair("Voorloper", "Predecessor"),
        key=("code",),
        since=("since_on",),
    )

    code: Annotated[str, about("Code", "code of the earlier cooperation", req=True, sort=Sort.CODE)]
    since_on: Annotated[date, about("Sinds", "day of the merger or split", req=True)]
    note: Annotated[str | None, about("Toelichting", "what was decided about its records", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Count(Record, frozen=True, kw_only=True):
    """Size on a day, as the cooperation states it."""

    declared = Kind(
        "count",
        Pair("Telling", "Count"),
        key=("counted_on",),
        since=("counted_on",),
    )

    counted_on: Annotated[date, about("Geteld op", "day of the count", req=True)]
    practices: Annotated[int | None, about("Praktijken", "number of practices", least="0")] = None
    insured: Annotated[int | None, about("Ingeschreven verzekerden", "number of registered insured", least="0")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class PreferredHis(Record, frozen=True, kw_only=True):
    """The system chosen as standard in a period."""

    declared = Kind(
        "preferred_his",
        Pair("Preferente HIS", "Preferred GP system"),
        key=("his", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    his: Annotated[str, about("HIS", "code in the register", req=True, sort=Sort.CODE, refers_to="his_product")]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class RegionalDocument(Record, frozen=True, kw_only=True):
    """Broad regional paper; not the vision on digitalisation."""

    declared = Kind(
        "regional_document",
        Pair("Regiodocument", "Regional document"),
        key=("kind", "adopted_on"),
        since=("adopted_on",),
    )

    kind: Annotated[enums.RegionalDocumentKind, about("Soort", "picture, vision or plan", req=True)]
    title: Annotated[str, about("Titel", "title", req=True)]
    adopted_on: Annotated[date, about("Vastgesteld op", "day of adoption", req=True)]
    link: Annotated[str | None, about("Vindplaats", "address")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class SocialAgreementRecord(Record, frozen=True, kw_only=True):
    """One of eight kinds of agreement with municipality and social domain."""

    declared = Kind(
        "social_agreement_record",
        Pair("Afspraak sociaal domein", "Agreement with the social domain"),
        key=("kind", "agreed_on"),
        since=("agreed_on",),
        spans=(("agreed_on", "ended_on"),),
    )

    kind: Annotated[enums.SocialAgreementKind, about("Soort", "which of the eight", req=True)]
    agreed_on: Annotated[date, about("Afgesproken op", "first day", req=True)]
    ended_on: Annotated[date | None, about("Geëindigd op", "last day")] = None
    partner: Annotated[str | None, about("Partner", "with whom")] = None
    text: Annotated[str | None, about("Afspraak", "what", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Cooperation(Record, frozen=True, kw_only=True):
    """One cooperation: its dossier."""

    declared = Kind(
        "cooperation",
        Pair("Regionaal samenwerkingsverband", "Regional cooperation"),
        key=("code",),
        spans=(("founded_on", "dissolved_on"),),
    )

    code: Annotated[str, about("Code", "short, unique, stays for ever (`WOL`)", req=True, sort=Sort.CODE)]
    name: Annotated[str, about("Naam", "full name", req=True)]
    founded_on: Annotated[date | None, about("Opgericht op", "information")] = None
    dissolved_on: Annotated[date | None, about("Opgeheven op", "last day; information")] = None
    predecessors: Annotated[
        tuple[Predecessor, ...],
        about("Voorlopers", "merged or split cooperations; nothing is inherited by itself"),
    ] = ()
    insurers: Annotated[tuple[InsurerLink, ...], about("Verzekeraars", "whose frame applies from when to when")] = ()
    counts: Annotated[
        tuple[Count, ...],
        about("Eigen opgave", "the cooperation's own statement of its size; used only where no practices are given"),
    ] = ()
    preferred_his: Annotated[tuple[PreferredHis, ...], about("Preferente HIS", "the system chosen as standard")] = ()
    contacts: Annotated[tuple[Contact, ...], about("Contactpersonen", "who speaks for whom")] = ()
    regional_documents: Annotated[
        tuple[RegionalDocument, ...],
        about("Regiodocumenten", "the broad regional papers; text references only"),
    ] = ()
    visions: Annotated[tuple[Vision, ...], about("Visie en strategie", "the vision on digitalisation, by version")] = ()
    ict_leads: Annotated[tuple[IctLead, ...], about("CIO en CMIO", "who is in post", "CIO and CMIO")] = ()
    ict_support: Annotated[tuple[IctSupport, ...], about("ICT-ondersteuning", "ICT support for practices")] = ()
    directions: Annotated[
        tuple[Direction, ...],
        about("Voorkeursoplossingsrichtingen", "chosen directions and their phases"),
    ] = ()
    support_activities: Annotated[tuple[SupportActivity, ...], about("Ondersteuning", "the three support lines")] = ()
    participation_offers: Annotated[
        tuple[ParticipationOffer, ...],
        about("Aanbod tot deelname", "pilots, working groups, committees a practice can join"),
    ] = ()
    integrations: Annotated[tuple[Integration, ...], about("Koppelingen", "systems linked with the HIS")] = ()
    contracts: Annotated[tuple[Contract, ...], about("Overeenkomsten", "contracts with insurers, with mandates")] = ()
    practices: Annotated[tuple[Practice, ...], about("Praktijken", "practices and what they use")] = ()
    initiatives: Annotated[tuple[Initiative, ...], about("Initiatieven", "projects")] = ()
    rounds: Annotated[tuple[Round, ...], about("Evaluatierondes", "joint evaluation of the six topics")] = ()
    actions: Annotated[
        tuple[CooperationAction, ...],
        about("Acties", "agreed actions of both parties, in whichever meeting or moment they were agreed"),
    ] = ()
    opinions: Annotated[
        tuple[Opinion, ...],
        about("Oordelen", "what each party thinks of a computed status, never changing it"),
    ] = ()
    waivers: Annotated[
        tuple[Waiver, ...],
        about("Afwijkingen", "agreed deviations, shown next to the computed status and never changing it"),
    ] = ()
    social_agreements: Annotated[
        tuple[SocialAgreementRecord, ...],
        about("Afspraken sociaal domein", "the eight kinds"),
    ] = ()
    oi_claims: Annotated[tuple[OiClaim, ...], about("O&I-declaraties", "claims of the four O&I tariffs")] = ()
    innovation_applications: Annotated[
        tuple[InnovationApplication, ...],
        about("Aanvragen zorgvernieuwing", "applications under articles 9, 10, 11"),
    ] = ()
    service_declarations: Annotated[
        tuple[ServiceDeclaration, ...],
        about("Opgaven service en bereikbaarheid", "yearly declaration per practice"),
    ] = ()
    open_claims: Annotated[tuple[OpenClaim, ...], about("Declaraties OPEN", "historic, 2020-2022", "OPEN claims")] = ()
    accreditation_claims: Annotated[
        tuple[AccreditationClaim, ...],
        about("Declaraties accreditatie", "NHG accreditation"),
    ] = ()
