"""Applications under the innovation articles of a contract: e-health, meekijkconsult, other, indexation (R39-R42)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.domain.claims import Part, all_hold, of_insurer
from tracker.domain.finding import Reason, Verdict
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import PlanTopic
from tracker.domain.records.funding import InnovationApplication
from tracker.domain.rule_kinds import Need, Subject, View, rule

_FEW_PATIENTS = Pair(
    "{patients} ingeschreven patiënten, tenminste {threshold} nodig",
    "{patients} registered patients, at least {threshold} needed",
)
_OTHER_HIS = Reason(Pair("niet alle deelnemers op de preferente HIS", "not all participants on the preferred HIS"))
_NO_PLAN = Reason(Pair("geen projectplan", "no project plan"))
_LATE_PLAN = Pair(
    "projectplan van {plan}, niet voor de start op {start}", "project plan of {plan}, not before the start on {start}"
)
_TOPICS_MISSING = Pair("projectplan zonder {topics}", "project plan without {topics}")
_NO_SAVINGS = Reason(Pair("geen meetbare besparingen elders", "no measurable savings elsewhere"))
_BUDGET = Reason(Pair("begroting niet volledig", "budget not complete"))
_FITS_ADVICE = Reason(
    Pair("past in het meedenkadvies van segment 1", "fits the meedenkadvies of segment 1"),
)
_OTHER_SCHEME = Reason(
    Pair("valt onder een andere regeling van de overeenkomst", "falls under another scheme of the agreement")
)
_OTHER_FUNDING = Reason(Pair("wordt op andere wijze gefinancierd", "is financed in another way"))
_EARLIER_FUNDING = Reason(Pair("is eerder gefinancierd", "was financed earlier"))
_COMPLETE = Reason(Pair("voldoet aan artikel {article}", "meets article {article}"))


@rule(Subject.APPLICATION, reads=("innovation_application",), article=int, patients=int, topics=list)
def innovation_ehealth(view: View, need: Need, application: InnovationApplication) -> Verdict | None:
    """R39: article 9, e-health (ZS:344-368)."""
    if application.article != need.number("article"):
        return None
    parts = (
        of_insurer(view, application.insurer),
        _patients(need, application),
        Part(application.all_on_preferred_his is True, _OTHER_HIS),
        *_plan(need, application),
        Part(application.budget_complete is True, _BUDGET),
    )
    return all_hold(application, parts, _met(application))


@rule(
    Subject.APPLICATION,
    reads=("innovation_application",),
    article=int,
    topics=list,
    meedenkadvies_from=date,
    exceptions=list,
)
def innovation_meekijk(view: View, need: Need, application: InnovationApplication) -> Verdict | None:
    """R40: article 10, meekijkconsult, as far as it does not fit the meedenkadvies (ZS:372-395; ZF:28-43)."""
    if application.article != need.number("article"):
        return None
    parts = (
        Part(not _fits_advice(need, application), _FITS_ADVICE),
        of_insurer(view, application.insurer),
        *_plan(need, application),
        Part(application.measurable_savings is True, _NO_SAVINGS),
        Part(application.budget_complete is True, _BUDGET),
    )
    return all_hold(application, parts, _met(application))


@rule(Subject.APPLICATION, reads=("innovation_application",), article=int, patients=int, topics=list)
def innovation_other(view: View, need: Need, application: InnovationApplication) -> Verdict | None:
    """R41: article 11, other innovation, under no other scheme and not otherwise or earlier financed (ZS:399-431)."""
    if application.article != need.number("article"):
        return None
    parts = (
        of_insurer(view, application.insurer),
        _patients(need, application),
        *_plan(need, application),
        Part(application.measurable_savings is True, _NO_SAVINGS),
        Part(application.budget_complete is True, _BUDGET),
        Part(application.other_scheme is not True, _OTHER_SCHEME),
        Part(application.other_funding is not True, _OTHER_FUNDING),
        Part(application.earlier_funding is not True, _EARLIER_FUNDING),
    )
    return all_hold(application, parts, _met(application))


def _met(application: InnovationApplication) -> Reason:
    return Reason(_COMPLETE.text, {"article": str(application.article)})


def _patients(need: Need, application: InnovationApplication) -> Part:
    threshold = need.number("patients")
    values = {"patients": application.patients, "threshold": threshold}
    return Part(application.patients >= threshold, Reason(_FEW_PATIENTS, values))


def _plan(need: Need, application: InnovationApplication) -> Iterable[Part]:
    """A project plan dated before the intended start that describes every topic asked."""
    planned, starts = application.plan_on, application.starts_on
    missing = tuple(topic for topic in map(PlanTopic, need.words("topics")) if topic not in application.plan_covers)
    yield Part(planned is not None, _NO_PLAN)
    yield Part(planned is not None and planned < starts, Reason(_LATE_PLAN, {"plan": planned, "start": starts}))
    yield Part(not missing, Reason(_TOPICS_MISSING, {"topics": missing}))


def _fits_advice(need: Need, application: InnovationApplication) -> bool:
    """From 2026 what fits the meedenkadvies belongs there, except for the suppliers that stay (ZF:41-43)."""
    exceptions = {name.strip().casefold() for name in need.words("exceptions")}
    exempt = (application.supplier or "").strip().casefold() in exceptions
    starts_later = application.starts_on >= need.day("meedenkadvies_from")
    return starts_later and application.fits_meedenkadvies is True and not exempt


# --- R42: indexation -----------------------------------------------------------------------------------------------

_NOT_CONTRACTED = Reason(Pair("nog niet gecontracteerd", "not contracted yet"))
_INDEXED = Pair("gecontracteerd sinds {day}; indexering in {year}", "contracted since {day}; indexation in {year}")
_NOT_YET = Pair(
    "gecontracteerd sinds {day}; indexering niet eerder dan {first}",
    "contracted since {day}; indexation not before {first}",
)


def first_indexation_year(contracted_from: date) -> int:
    """The first year Y with contracted_from <= 1 January of Y-1: a whole calendar year has passed (ZS:429-431)."""
    begins_year = (contracted_from.month, contracted_from.day) == (1, 1)
    return contracted_from.year + (1 if begins_year else 2)


@rule(Subject.APPLICATION, reads=("innovation_application",), article=int)
def innovation_indexation(view: View, need: Need, application: InnovationApplication) -> Verdict | None:
    """R42: article 11 is indexed only after one calendar year; judged for the year of as_of (ZS:429-431)."""
    if application.article != need.number("article"):
        return None
    return indexation(view, application, view.as_of.year)


def indexation(view: View, application: InnovationApplication, year: int) -> Verdict:
    """Is the tariff of this application indexed in a year?"""
    day = application.contracted_from
    if day is None:
        parts = (of_insurer(view, application.insurer), Part(False, _NOT_CONTRACTED))
        return all_hold(application, parts, _NOT_CONTRACTED)
    first = first_indexation_year(day)
    later = Reason(_NOT_YET, {"day": day, "first": str(first)})
    parts = (of_insurer(view, application.insurer), Part(first <= year, later))
    return all_hold(application, parts, Reason(_INDEXED, {"day": day, "year": str(year)}))
