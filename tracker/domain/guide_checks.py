"""What a route asks and how the region stands: conditions of text, of the articles, of the tariffs and of streams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tracker.domain.finding import Reason, Status
from tracker.domain.guide_facts import Check, Content, Question, check, his_count, holds_or_not, until
from tracker.domain.programme import Ask, Programme
from tracker.domain.records.enums import PlanTopic, Stream
from tracker.domain.rule_kinds import Need
from tracker.domain.rules import linked

HUNDRED = Decimal(100)


# --- validity, link and contract -----------------------------------------------------------------------------------


def validity(valid_from: date | None, valid_to: date | None, starts_on: date) -> Check:
    """Does the route exist on the start date?"""
    if valid_from is not None and starts_on < valid_from:
        return check(Status.NOT_MET, "bestaat pas vanaf {day}", "exists from {day} only", day=valid_from)
    if valid_to is not None and starts_on > valid_to:
        return check(Status.NOT_MET, "gold tot en met {day}", "held until {day}", day=valid_to)
    if valid_from is None:
        return check(Status.MET, "geldt op de startdatum", "holds on the start date")
    return check(
        Status.MET, "geldt op de startdatum (sinds {day})", "holds on the start date (since {day})", day=valid_from
    )


def link_check(question: Question, programme: Programme) -> Check | None:
    """Is the insurer linked to the region on the start date? Nothing to say of the national rules."""
    if programme.insurer is None:
        return None
    holds = linked(question.dossier, programme.insurer.key, question.starts_on)
    return holds_or_not(
        holds,
        ("{insurer} is verbonden aan de regio", "{insurer} is linked to the region"),
        ("{insurer} is op die dag niet verbonden aan de regio", "{insurer} is not linked to the region on that day"),
        insurer=programme.insurer.name,
    )


def contract_check(question: Question, insurer: str | None) -> Check:
    """Is a contract on financing in force on the start date? For a national route any insurer that is asked will do."""
    insurers = (insurer,) if insurer else question.insurers
    held = [item for key in insurers for item in question.contracts_then(key)]
    if not held:
        return check(
            Status.NOT_MET,
            "geen overeenkomst over financiering van kracht op {day}",
            "no contract on financing in force on {day}",
            day=question.starts_on,
        )
    end = until(held)
    if end is None:
        return check(Status.MET, "overeenkomst zonder einddatum", "contract without an end date")
    return check(Status.MET, "overeenkomst geldig t/m {day}", "contract in force until {day}", day=end)


# --- conditions in the words of the file ---------------------------------------------------------------------------


def ask_check(question: Question, ask: Ask, insurer: str | None) -> Check:
    """A condition as the file words it, answered by what `by` names; without it the applicant has to show it."""
    text = Reason(ask.pair)
    if ask.by is None:
        return check(Status.UNKNOWN, "{condition}: leg dit vast", "{condition}: record this", condition=text)
    if ask.by == "contract":
        return contract_check(question, insurer)
    if ask.by in ("agreement", "exception"):
        return check(Status.ADVISORY, "{condition}: eerst regelen", "{condition}: arrange first", condition=text)
    answered = {
        "avoids_referral": Content.AVOIDS_REFERRAL in question.content,
        "no_single_test": Content.SINGLE_TEST not in question.content,
        "self_management": Content.SELF_MANAGEMENT in question.content,
    }
    return Check(Status.MET if answered[ask.by] else Status.NOT_MET, text)


# --- the articles on innovation --------------------------------------------------------------------------------------


def ehealth(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """Article 9: size, preferred HIS, plan and budget (ZS:344-368)."""
    yield _patients(question, need)
    yield _preferred_his(question)
    yield from _plan(question, need)
    yield _approval()


def meekijk(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """Article 10: only what does not fit the meedenkadvies; plan, savings and budget (ZS:372-395)."""
    exempt = any(ask.by == "exception" for ask in asks)
    if not exempt and question.starts_on >= need.day("meedenkadvies_from"):
        fits = Content.AVOIDS_REFERRAL in question.content and Content.SINGLE_TEST not in question.content
        yield holds_or_not(
            not fits,
            ("past niet in het meedenkadvies van segment 1", "does not fit the meedenkadvies of segment 1"),
            (
                "valt onder het meedenkadvies van segment 1; artikel 10 geldt alleen voor wat daar niet in past",
                "falls under the meedenkadvies of segment 1; article 10 is only for what does not fit it",
            ),
        )
    yield from _plan(question, need)
    yield _savings()
    yield _approval()


def other(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """Article 11: size, plan, savings, budget, and not otherwise or earlier financed (ZS:399-431)."""
    yield _patients(question, need)
    yield _not_financed(question)
    yield from _plan(question, need)
    yield _savings()
    yield check(
        Status.UNKNOWN,
        "valt onder geen andere regeling van de overeenkomst: leg dit vast",
        "falls under no other scheme of the agreement: record this",
    )
    yield _approval()


def _patients(question: Question, need: Need) -> Check:
    threshold = need.number("patients")
    if question.insured is None:
        return check(Status.UNKNOWN, "aantal ingeschreven patiënten onbekend", "number of registered patients unknown")
    return holds_or_not(
        question.insured >= threshold,
        ("{insured} patiënten is genoeg (grens {threshold})", "{insured} patients is enough (limit {threshold})"),
        ("{insured} patiënten, tenminste {threshold} nodig", "{insured} patients, at least {threshold} needed"),
        insured=question.insured,
        threshold=threshold,
    )


def _preferred_his(question: Question) -> Check:
    if not question.sees_practices:
        return check(
            Status.UNKNOWN,
            "alle deelnemers op de preferente HIS: u ziet geen gegevens van losse praktijken",
            "all participants on the preferred HIS: you see no data of single practices",
        )
    found = his_count(question)
    if found is None:
        return check(Status.UNKNOWN, "geen preferente HIS vastgelegd", "no preferred HIS recorded")
    if found.all_preferred:
        return check(Status.MET, "alle praktijken op de preferente HIS", "all practices on the preferred HIS")
    told = tuple(f"{count} {name}" for name, count in found.counts.items())
    if found.unknown and not told:
        return check(Status.UNKNOWN, "HIS van de praktijken niet vastgelegd", "HIS of the practices not recorded")
    return check(
        Status.NOT_MET,
        "niet alle praktijken gebruiken de preferente HIS ({counts})",
        "not all practices use the preferred HIS ({counts})",
        counts=told,
    )


def _plan(question: Question, need: Need) -> Iterable[Check]:
    """A project plan dated before the start; what it covers only people can judge."""
    topics = tuple(PlanTopic(word) for word in need.words("topics"))
    plans = sorted(item.adopted_on for item in question.initiative.plans) if question.initiative else []
    early = [day for day in plans if day < question.starts_on]
    if early:
        yield check(Status.MET, "plan van {day}, voor de start", "plan of {day}, before the start", day=early[-1])
    elif plans:
        yield check(
            Status.NOT_MET, "plan van {day}, niet voor de start", "plan of {day}, not before the start", day=plans[0]
        )
    else:
        yield check(
            Status.UNKNOWN, "projectplan voor de start: leg dit vast", "project plan before the start: record this"
        )
    yield check(
        Status.UNKNOWN,
        "het plan beschrijft {topics}: leg dit vast",
        "the plan describes {topics}: record this",
        topics=topics,
    )
    yield check(Status.UNKNOWN, "begroting met alle kosten: leg dit vast", "budget with all costs: record this")


def _savings() -> Check:
    return check(
        Status.UNKNOWN, "meetbare besparingen elders: leg dit vast", "measurable savings elsewhere: record this"
    )


def _approval() -> Check:
    return check(
        Status.ADVISORY,
        "de verzekeraar stelt tarief en code vast na goedkeuring",
        "the insurer sets tariff and code after approval",
    )


def _not_financed(question: Question) -> Check:
    """Article 11 excludes what is or was financed otherwise (ZS:407-409)."""
    lines = [payment.line for payment in question.payments if payment.line.from_on <= question.starts_on]
    if not question.item:
        return check(
            Status.UNKNOWN,
            "niet anders of eerder gefinancierd: kies een kostenpost",
            "not otherwise or earlier financed: choose an item",
        )
    if not lines:
        return check(Status.MET, "niet anders of eerder gefinancierd", "not otherwise or earlier financed")
    streams = tuple(sorted({line.stream for line in lines}, key=list(Stream).index))
    return check(
        Status.NOT_MET,
        "{item} is al gefinancierd via {streams}",
        "{item} is financed already by {streams}",
        item=question.item_name,
        streams=streams,
    )


# --- age ------------------------------------------------------------------------------------------------------------


def aged(route_from: date | None, national: bool, starts_on: date) -> Check | None:
    """National rules are published anew every year or two: an old one is to be looked up (ours)."""
    if not national or route_from is None or starts_on.year - route_from.year < 2:
        return None
    return check(
        Status.ADVISORY,
        "regel zoals bekend van {year}; kijk na of hij nog zo geldt",
        "rule as known of {year}; check whether it still holds",
        year=str(route_from.year),
    )
