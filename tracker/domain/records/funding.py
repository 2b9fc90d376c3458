"""Records of the noun funding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence


class FundingLine(Record, frozen=True, kw_only=True):
    """One item paid from one stream in one period."""

    declared = Kind(
        "funding_line",
        Pair("Financieringsregel", "Line of funding"),
        key=("code",),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    code: Annotated[str, about("Code", "`f1`", req=True, sort=Sort.CODE)]
    stream: Annotated[enums.Stream, about("Stroom", "where the money comes from", req=True)]
    purpose: Annotated[enums.Purpose, about("Doel", "what it is for", req=True)]
    item: Annotated[
        str,
        about(
            "Kostenpost",
            "within a cooperation the same item has the same name (capitals and outer spaces aside)",
            req=True,
        ),
    ]
    share_pct: Annotated[
        Decimal,
        about("Aandeel (%)", "share of the item's cost, 0-1000, exact decimals", req=True, least="0", most="1000"),
    ]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    eur_per_year: Annotated[
        Decimal | None, about("Bedrag per jaar", "euro", "Amount per year", sort=Sort.EURO, least="0")
    ] = None
    covered_by: Annotated[
        enums.CoveredBy | None,
        about("Al gedekt door", "the effort is already paid by this payment"),
    ] = None
    covered_note: Annotated[str | None, about("Toelichting dekking", "why", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Extension(Record, frozen=True, kw_only=True):
    """A decision on continuing money."""

    declared = Kind(
        "extension",
        Pair("Besluit over verlenging", "Decision on extension"),
        key=("decided_on",),
        since=("decided_on",),
    )

    decided_on: Annotated[date, about("Besloten op", "day", req=True)]
    decided_by: Annotated[str, about("Besloten door", "the insurer", req=True, sort=Sort.CODE, catalogue="insurer")]
    result: Annotated[enums.ExtensionResult, about("Besluit", "result", req=True)]
    until: Annotated[date | None, about("Verlengd t/m", "last day that is paid")] = None
    reason: Annotated[str | None, about("Motivering", "why", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class OiClaim(Record, frozen=True, kw_only=True):
    """A claim of one O&I tariff. The yes/no facts are facts of claimed_on."""

    declared = Kind(
        "oi_claim",
        Pair("O&I-declaratie", "O&I claim"),
        key=("code",),
        since=("claimed_on",),
        spans=(("from_on", "to_on"),),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    tariff: Annotated[enums.OiTariff, about("Tarief", "one of four", req=True)]
    insurer: Annotated[str | None, about("Verzekeraar", "to whom", sort=Sort.CODE, catalogue="insurer")] = None
    unit: Annotated[str, about("Eenheid", "which group, district or region", req=True)]
    claimed_on: Annotated[date, about("Opgegeven op", "known from this day", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    insured: Annotated[int, about("Verzekerden", "number in the unit", req=True, least="0")]
    non_care_tasks: Annotated[bool | None, about("Manager voor niet-zorgtaken", "for practice_management")] = None
    multidisciplinary: Annotated[bool | None, about("Multidisciplinair", "for neighbourhood_management")] = None
    social_agreements: Annotated[bool | None, about("Afspraken sociaal domein", "for neighbourhood_management")] = None
    purpose: Annotated[enums.OiPurpose | None, about("Doel", "for regional_innovation")] = None
    purpose_note: Annotated[str | None, about("Toelichting doel", "free text")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class InnovationApplication(Record, frozen=True, kw_only=True):
    """An application under the innovation articles of a contract. The yes/no facts are facts of submitted_on."""

    declared = Kind(
        "innovation_application",
        Pair("Aanvraag zorgvernieuwing", "Application for care innovation"),
        key=("code",),
        since=("submitted_on",),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    insurer: Annotated[str, about("Verzekeraar", "to whom", req=True, sort=Sort.CODE, catalogue="insurer")]
    article: Annotated[int, about("Artikel", "9, 10 or 11", req=True, least="9", most="11")]
    title: Annotated[str | None, about("Titel", "what")] = None
    applicant: Annotated[str, about("Aanvrager", "unit or practice", req=True)]
    submitted_on: Annotated[date, about("Ingediend op", "known from this day", req=True)]
    patients: Annotated[
        int,
        about("Ingeschreven patiënten", "in the organised cooperation that applies", req=True, least="0"),
    ]
    all_on_preferred_his: Annotated[bool | None, about("Allen op preferente HIS", "article 9")] = None
    plan_on: Annotated[date | None, about("Projectplan van", "day of the plan")] = None
    plan_covers: Annotated[tuple[enums.PlanTopic, ...], about("Plan beschrijft", "topics")] = ()
    budget_complete: Annotated[bool | None, about("Begroting met alle kosten", "true or false")] = None
    measurable_savings: Annotated[bool | None, about("Meetbare besparingen", "articles 10 and 11")] = None
    fits_meedenkadvies: Annotated[bool | None, about("Past in meedenkadvies", "article 10")] = None
    supplier: Annotated[str | None, about("Leverancier", "article 10, for the exception")] = None
    other_scheme: Annotated[bool | None, about("Valt onder andere regeling", "article 11")] = None
    other_funding: Annotated[bool | None, about("Anders gefinancierd", "article 11")] = None
    earlier_funding: Annotated[bool | None, about("Eerder gefinancierd", "article 11")] = None
    starts_on: Annotated[date, about("Start", "intended first day", req=True)]
    approved_on: Annotated[date | None, about("Goedgekeurd op", "day")] = None
    tariff_set_on: Annotated[date | None, about("Tarief vastgesteld op", "needs approved_on")] = None
    care_code: Annotated[str | None, about("Prestatiecode", "needs tariff_set_on")] = None
    tariff_eur: Annotated[Decimal | None, about("Tarief", "needs tariff_set_on", sort=Sort.EURO, least="0")] = None
    contracted_from: Annotated[date | None, about("Gecontracteerd vanaf", "for indexation")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """Tariff and code follow the decision on the tariff, and that follows the approval (ZS:366-368)."""
        found = []
        if self.tariff_set_on is not None and self.approved_on is None:
            found.append(("tariff_set_on", Pair("eerst goedgekeurd op invullen", "needs approved_on")))
        for name in ("care_code", "tariff_eur"):
            if getattr(self, name) is not None and self.tariff_set_on is None:
                found.append((name, Pair("eerst tarief vastgesteld op invullen", "needs tariff_set_on")))
        return found


class ServiceDeclaration(Record, frozen=True, kw_only=True):
    """What a practice declares for a year."""

    declared = Kind(
        "service_declaration",
        Pair("Opgave service en bereikbaarheid", "Statement of service and accessibility"),
        key=("code",),
        since=("declared_on",),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    practice: Annotated[str, about("Praktijk", "code", req=True, sort=Sort.CODE, refers_to="practice")]
    insurer: Annotated[str, about("Verzekeraar", "to whom", req=True, sort=Sort.CODE, catalogue="insurer")]
    year: Annotated[int, about("Jaar", "calendar year", req=True, least="0")]
    declared_on: Annotated[date, about("Opgegeven op", "known from this day", req=True)]
    insured: Annotated[int, about("Verzekerden", "number used for the amount", req=True, least="0")]
    has: Annotated[tuple[enums.ServiceComponent, ...], about("Heeft", "services the practice has")] = ()
    uses: Annotated[tuple[enums.ServiceComponent, ...], about("Gebruikt", "services the practice really uses")] = ()
    declared_speech_and_surcharge_eur: Annotated[
        Decimal | None,
        about(
            "Opgegeven bedrag spraak en opslag",
            "only these two; the amounts of the other components are unknown",
            sort=Sort.EURO,
            least="0",
        ),
    ] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class OpenClaim(Record, frozen=True, kw_only=True):
    """Historic."""

    declared = Kind(
        "open_claim",
        Pair("Declaratie OPEN", "OPEN claim"),
        key=("code",),
        since=("claimed_on",),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    practice: Annotated[str, about("Praktijk", "code", req=True, sort=Sort.CODE, refers_to="practice")]
    claimed_on: Annotated[date, about("Gedeclareerd op", "day", req=True)]
    in_coalition: Annotated[bool, about("In regionale coalitie", "on that day", req=True)]
    claimed_before: Annotated[bool, about("Eerder gedeclareerd", "on that day", req=True)]
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class AccreditationClaim(Record, frozen=True, kw_only=True):
    """NHG accreditation; the yes/no facts are facts of claimed_on."""

    declared = Kind(
        "accreditation_claim",
        Pair("Declaratie accreditatie", "Accreditation claim"),
        key=("code",),
        since=("claimed_on",),
    )

    code: Annotated[str, about("Code", "unique in the cooperation", req=True, sort=Sort.CODE)]
    practice: Annotated[str, about("Praktijk", "code", req=True, sort=Sort.CODE, refers_to="practice")]
    insurer: Annotated[str, about("Verzekeraar", "to whom", req=True, sort=Sort.CODE, catalogue="insurer")]
    claimed_on: Annotated[date, about("Gedeclareerd op", "the year of this day selects the tariff", req=True)]
    option: Annotated[int, about("Keuze", "1, 2 or 3", req=True, least="0")]
    insured: Annotated[int, about("Verzekerden", "number", req=True, least="0")]
    full_programme: Annotated[bool, about("Volledige accreditering", "condition a", req=True)]
    recognised_consultant: Annotated[bool, about("Erkende praktijkconsulent", "condition b", req=True)]
    mark_reported: Annotated[bool, about("Keurmerk gemeld", "condition c", req=True)]
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
