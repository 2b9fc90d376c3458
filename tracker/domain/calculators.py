"""Questions of the funding guide that are answered from their own inputs, without a dossier (R46, R49, R55)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from tracker.domain.claims import TARIFF_UNKNOWN
from tracker.domain.finding import Euro, Reason, Status, Verdict
from tracker.domain.programme import Programme, Tariff
from tracker.domain.records.base import Pair


class Carer(StrEnum):
    """Who gives the care that is billed."""

    GP = "gp"
    POH_S = "poh_s"
    POH_ELDERLY = "poh_elderly"
    SOH = "soh"
    ASSISTANT = "assistant"


def _verdict(status: Status, nl: str, en: str, **values: object) -> Verdict:
    return Verdict(status, Reason(Pair(nl, en), values))


def remote_consult(*, year: int, from_year: int, same_content: bool, same_time: bool) -> Verdict:
    """R46: may a consult at a distance be billed as a consult? The medium is free, also for poh-ggz (N:76-87)."""
    if year < from_year:
        return _verdict(Status.NOT_MET, "mag vanaf {year}", "allowed from {year}", year=str(from_year))
    if not same_content:
        return _verdict(Status.NOT_MET, "inhoudelijk niet vergelijkbaar", "content not comparable")
    if not same_time:
        return _verdict(Status.NOT_MET, "qua tijd niet vergelijkbaar", "time not comparable")
    return _verdict(
        Status.MET,
        "inhoud en tijd vergelijkbaar; het middel doet er niet toe",
        "content and time comparable; the medium does not matter",
    )


def code_scope(programmes: Iterable[Programme], insurer: str, code: str, on: date) -> Verdict:
    """R49: is there a tariff for this code? Tariffs belong to one insurer and one year (ZS:37-51)."""
    own = [programme for programme in programmes if programme.insurer_key == insurer]
    rows = [row for programme in own for row in programme.tariffs if row.code == code]
    valid = sorted(
        (row.amount_eur, row.option or 0) for row in rows if _has_amount(row, on) if row.amount_eur is not None
    )
    if valid:
        amounts = tuple(Euro(amount) for amount, _ in valid)
        return _verdict(Status.MET, "{code}: {amounts}", "{code}: {amounts}", code=code, amounts=amounts)
    known = bool(rows) or any(code in article.codes for programme in own for article in programme.articles)
    if known:
        return Verdict(Status.UNKNOWN, Reason(TARIFF_UNKNOWN, {"year": str(on.year)}))
    return _verdict(
        Status.NOT_MET, "geen code {code} bij deze verzekeraar", "no code {code} with this insurer", code=code
    )


def _has_amount(row: Tariff, on: date) -> bool:
    return (
        row.amount_eur is not None
        and (row.valid_from is None or row.valid_from <= on)
        and (row.valid_to is None or on <= row.valid_to)
    )


def double_care_billing(
    *,
    code: str,
    carer: Carer,
    module_covers: bool,
    billed_this_year: bool,
    billed_ever: bool,
    yearly_codes: Collection[str],
    once_codes: Collection[str],
) -> Verdict:
    """R55: may this care for a chronic patient be billed apart from the POH-S module? (ZF:224-236)"""
    if code not in yearly_codes and code not in once_codes:
        return _verdict(Status.NA, "geen regel voor code {code}", "no rule for code {code}", code=code)
    if carer is not Carer.GP:
        return _verdict(Status.NOT_MET, "alleen als de huisarts het zelf doet", "only when done by the GP")
    if code in yearly_codes and module_covers:
        return _verdict(
            Status.NOT_MET,
            "zit in de module POH-S: dubbele bekostiging",
            "part of the POH-S module: paid twice",
        )
    if code in yearly_codes and billed_this_year:
        return _verdict(Status.NOT_MET, "dit jaar al gedeclareerd", "billed this year already")
    if code in once_codes and billed_ever:
        return _verdict(Status.NOT_MET, "eenmalig per verzekerde; al gedeclareerd", "once per insured; billed already")
    return _verdict(Status.MET, "{code} mag worden gedeclareerd", "{code} may be billed", code=code)


def poh_hours(carer: Carer) -> Verdict:
    """R55: may these hours be declared as hours of a POH? An assistant is already paid for (ZF:174-180)."""
    if carer in (Carer.SOH, Carer.ASSISTANT):
        return _verdict(
            Status.NOT_MET,
            "al betaald uit het inschrijftarief",
            "already paid from the registration fee",
        )
    if carer is Carer.GP:
        return _verdict(Status.NOT_MET, "geen uren van een praktijkondersteuner", "not the hours of a POH")
    return _verdict(Status.MET, "uren van een praktijkondersteuner", "hours of a POH")


def poh_consults(*, hours_worked: int, hours_paid: int) -> Verdict:
    """R55: may a POH-S or POH-Ouderen bill consults? Only for hours beyond those the surcharge pays (ZF:168-172)."""
    if hours_worked > hours_paid:
        return _verdict(
            Status.MET,
            "{hours} uur boven de opslag; aantoonbaar in de administratie",
            "{hours} hours beyond the surcharge; demonstrable in the administration",
            hours=hours_worked - hours_paid,
        )
    return _verdict(
        Status.NOT_MET, "deze uren zijn al betaald uit de opslag", "these hours are already paid from the surcharge"
    )
