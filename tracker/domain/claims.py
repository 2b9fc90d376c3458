"""Claims: the four tariffs for organisation and infrastructure, OPEN and accreditation (R35-R38, R47, R48)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from tracker.domain.amounts import times_insured
from tracker.domain.finding import Euro, Reason, Status, Verdict
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.enums import OiTariff
from tracker.domain.records.funding import AccreditationClaim, OiClaim, OpenClaim
from tracker.domain.rule_kinds import Need, Subject, View, rule


class Part(NamedTuple):
    """One part of a condition and what is said when it fails."""

    holds: bool
    fails: Reason


def all_hold(claim: Record, parts: Iterable[Part], met: Reason) -> Verdict:
    """MET when every part holds, else NOT_MET with the first part that fails (domain.md 2.6)."""
    failing = next((part.fails for part in parts if not part.holds), None)
    if failing is not None:
        return Verdict(Status.NOT_MET, failing, (claim,))
    return Verdict(Status.MET, met, (claim,))


def of_insurer(view: View, insurer: str) -> Part:
    """Is the claim made to the insurer whose programme this is?"""
    asked = view.programme.insurer
    name = asked.name if asked else ""
    return Part(asked is None or insurer == asked.key, Reason(_OTHER_INSURER, {"insurer": name}))


_OTHER_INSURER = Pair("geldt alleen bij {insurer}", "holds for {insurer} only")

# --- R35-R38: organisation and infrastructure ----------------------------------------------------------------------

_ABOUT_ENOUGH = Pair(
    "{insured} verzekerden (circa {threshold}, indicatief); voldoet",
    "{insured} insured (about {threshold}, indicative); fits",
)
_ABOUT_SMALL = Pair(
    "{insured} verzekerden, minder dan circa {threshold} (indicatief)",
    "{insured} insured, less than about {threshold} (indicative)",
)
_ENOUGH = Pair(
    "{insured} verzekerden, minstens {threshold} nodig",
    "{insured} insured, at least {threshold} needed",
)
_SMALL = Pair(
    "{insured} verzekerden, minder dan de {threshold} die nodig zijn",
    "{insured} insured, less than the {threshold} that are needed",
)
_NO_MANAGER = Reason(Pair("geen manager voor niet-zorgtaken", "no manager for non-care tasks"))
_ONE_DISCIPLINE = Reason(Pair("niet multidisciplinair", "not multidisciplinary"))
_NO_SOCIAL = Reason(
    Pair("geen afspraken met het sociale domein", "no agreements with the social domain"),
)
_NAMED_PURPOSE = Pair("doel: {purpose}", "purpose: {purpose}")
_OTHER_PURPOSE = Pair(
    "doel {purpose} staat niet in de bron, die alleen voorbeelden noemt",
    "purpose {purpose} is not in the source, which names examples only",
)
_NO_PURPOSE = Pair("geen doel vastgelegd", "no purpose recorded")


@rule(Subject.OI_CLAIM, reads=("oi_claim",), threshold=int, tolerance=Decimal)
def oi_practice_management(view: View, need: Need, claim: OiClaim) -> Verdict | None:
    """R35: about ten thousand insured, and a practice manager for tasks beside care (G:99-105)."""
    if claim.tariff is not OiTariff.PRACTICE_MANAGEMENT:
        return None
    size, met = _about(need, claim)
    return all_hold(claim, (size, Part(claim.non_care_tasks is True, _NO_MANAGER)), met)


@rule(Subject.OI_CLAIM, reads=("oi_claim",), threshold=int, tolerance=Decimal)
def oi_neighbourhood_management(view: View, need: Need, claim: OiClaim) -> Verdict | None:
    """R36: about ten thousand insured, multidisciplinary, with agreements with the social domain (G:107-114)."""
    if claim.tariff is not OiTariff.NEIGHBOURHOOD_MANAGEMENT:
        return None
    size, met = _about(need, claim)
    parts = (
        size,
        Part(claim.multidisciplinary is True, _ONE_DISCIPLINE),
        Part(claim.social_agreements is True, _NO_SOCIAL),
    )
    return all_hold(claim, parts, met)


@rule(Subject.OI_CLAIM, reads=("oi_claim",), threshold=int)
def oi_regional_chain_care(view: View, need: Need, claim: OiClaim) -> Verdict | None:
    """R37: a regional organisation of at least a hundred thousand insured; a hard limit (G:116-123)."""
    if claim.tariff is not OiTariff.REGIONAL_CHAIN_CARE:
        return None
    threshold = need.number("threshold")
    values = {"insured": claim.insured, "threshold": threshold}
    return all_hold(claim, (Part(claim.insured >= threshold, Reason(_SMALL, values)),), Reason(_ENOUGH, values))


@rule(Subject.OI_CLAIM, reads=("oi_claim",), purposes=list)
def oi_regional_innovation(view: View, need: Need, claim: OiClaim) -> Verdict | None:
    """R38: ICT or (sub)population management; the source names examples, so others are no breach (G:125-130)."""
    if claim.tariff is not OiTariff.REGIONAL_INNOVATION:
        return None
    if claim.purpose is None:
        return Verdict(Status.ADVISORY, Reason(_NO_PURPOSE), (claim,))
    named = claim.purpose.value in need.words("purposes")
    reason = Reason(_NAMED_PURPOSE if named else _OTHER_PURPOSE, {"purpose": claim.purpose})
    return Verdict(Status.MET if named else Status.ADVISORY, reason, (claim,))


def _about(need: Need, claim: OiClaim) -> tuple[Part, Reason]:
    """*Circa*: the tolerance below the threshold is ours, and the reason says it is indicative (Q-18)."""
    threshold = need.number("threshold")
    values = {"insured": claim.insured, "threshold": threshold}
    enough = claim.insured >= threshold * (1 - need.decimal("tolerance"))
    return Part(enough, Reason(_ABOUT_SMALL, values)), Reason(_ABOUT_ENOUGH, values)


# --- R47: OPEN -----------------------------------------------------------------------------------------------------

_OPEN_YEARS = Pair(
    "gedeclareerd op {day}; OPEN liep van {start} t/m {end}", "claimed on {day}; OPEN ran from {start} to {end}"
)
_NO_COALITION = Reason(Pair("niet in een regionale coalitie", "not in a regional coalition"))
_TWICE = Reason(Pair("al eerder gedeclareerd", "claimed before"))
_ONCE = Pair("eenmaal gedeclareerd op {day}, in een coalitie", "claimed once on {day}, in a coalition")


@rule(Subject.OPEN_CLAIM, reads=("open_claim",), from_year=int, to_year=int)
def open_claim(view: View, need: Need, claim: OpenClaim) -> Verdict:
    """R47: claimed once, in the years of OPEN, by a practice in a coalition; afterwards historic (N:134-146).

    Of two claims of one practice on one day the lower code is the one (ours).
    """
    start, end = need.number("from_year"), need.number("to_year")
    years = {"day": claim.claimed_on, "start": str(start), "end": str(end)}
    before = claim.claimed_before or any(
        other.practice == claim.practice and (other.claimed_on, other.code) < (claim.claimed_on, claim.code)
        for other in view.dossier.open_claims
    )
    parts = (
        Part(start <= claim.claimed_on.year <= end, Reason(_OPEN_YEARS, years)),
        Part(claim.in_coalition, _NO_COALITION),
        Part(not before, _TWICE),
    )
    return all_hold(claim, parts, Reason(_ONCE, {"day": claim.claimed_on}))


# --- R48: accreditation --------------------------------------------------------------------------------------------

_NO_OPTION = Pair("keuze {option} bestaat niet", "option {option} does not exist")
_NOT_FULL = Reason(Pair("niet de volledige accreditering", "not the full accreditation"))
_NO_CONSULTANT = Reason(
    Pair("geen door de NHG erkende praktijkconsulent", "no practice consultant recognised by the NHG"),
)
_NO_MARK = Reason(Pair("keurmerk niet gemeld", "mark not reported"))
_PER_QUARTER = Pair("keuze {option}: {amount} per kwartaal", "option {option}: {amount} per quarter")
TARIFF_UNKNOWN = Pair("tarief {year} onbekend", "tariff {year} unknown")


@rule(Subject.ACCREDITATION, reads=("accreditation_claim",), year=int, rates=dict)
def accreditation(view: View, need: Need, claim: AccreditationClaim) -> Verdict:
    """R48: the three conditions of article 1; the amount is rate × insured per quarter (ZS:21-51)."""
    rates = need.table("rates")
    rate = rates.get(str(claim.option))
    parts = (
        of_insurer(view, claim.insurer),
        Part(rate is not None, Reason(_NO_OPTION, {"option": str(claim.option)})),
        Part(claim.full_programme, _NOT_FULL),
        Part(claim.recognised_consultant, _NO_CONSULTANT),
        Part(claim.mark_reported, _NO_MARK),
    )
    amount = times_insured(Decimal(str(rate or 0)), claim.insured)
    met = Reason(_PER_QUARTER, {"option": str(claim.option), "amount": Euro(amount)})
    verdict = all_hold(claim, parts, met)
    if verdict.status is Status.MET and claim.claimed_on.year != need.number("year"):
        return Verdict(Status.UNKNOWN, Reason(TARIFF_UNKNOWN, {"year": str(claim.claimed_on.year)}), (claim,))
    return verdict
