"""What the funding guide asks of tariffs for organisation and of an insurer's streams, and what would be paid twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from tracker.domain.finding import Euro, Status
from tracker.domain.guide_checks import contract_check, ehealth, meekijk, other
from tracker.domain.guide_facts import Check, Question, check, holds_or_not
from tracker.domain.programme import Ask
from tracker.domain.records.enums import Purpose, Stream
from tracker.domain.rule_kinds import Need

HUNDRED = Decimal(100)

# --- organisation and infrastructure ---------------------------------------------------------------------------------


def for_organisation(question: Question) -> Check:
    """The O&I tariffs pay for organisation, not for an initiative (G:85-130)."""
    return holds_or_not(
        question.purpose is not Purpose.INITIATIVE,
        ("voor de organisatie van de regio", "for the organisation of the region"),
        ("O&I is voor de organisatie, niet voor een initiatief", "O&I is for the organisation, not for an initiative"),
    )


def about_insured(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """The first two tariffs: about ten thousand insured; the tolerance is ours."""
    yield for_organisation(question)
    yield _insured(question, need.number("threshold"), need.decimal("tolerance"))
    yield check(
        Status.UNKNOWN,
        "de eigen voorwaarden van dit tarief: leg dit vast",
        "the own conditions of this tariff: record this",
    )


def least_insured(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """The third tariff: at least a hundred thousand insured."""
    yield for_organisation(question)
    yield _insured(question, need.number("threshold"), Decimal(0))


def regional(question: Question, need: Need, asks: tuple[Ask, ...]) -> Iterable[Check]:
    """The fourth tariff: no threshold; the source names purposes as examples."""
    yield for_organisation(question)
    yield check(Status.MET, "de bron noemt geen ondergrens", "the source names no threshold")


def _insured(question: Question, threshold: int, tolerance: Decimal) -> Check:
    if question.insured is None:
        return check(Status.UNKNOWN, "aantal verzekerden onbekend", "number of insured unknown")
    circa = "circa " if tolerance else ""
    about = "about " if tolerance else ""
    return holds_or_not(
        question.insured >= threshold * (1 - tolerance),
        (
            "{insured} verzekerden is genoeg (" + circa + "{threshold})",
            "{insured} insured is enough (" + about + "{threshold})",
        ),
        ("{insured} verzekerden, " + circa + "{threshold} nodig", "{insured} insured, " + about + "{threshold} needed"),
        insured=question.insured,
        threshold=threshold,
    )


# --- streams of an insurer's frame, and paying twice -----------------------------------------------------------------


def stream_checks(
    question: Question, insurer: str | None, stream: Stream, purposes: tuple[str, ...], annex: str | None
) -> Iterable[Check]:
    """A stream of an insurer: what it is for, the contract, and what pays already (M:351-363)."""
    purpose = question.purpose
    named = tuple(Purpose(word) for word in purposes)
    if purpose is None:
        yield check(
            Status.UNKNOWN,
            "voor {purposes}: kies een initiatief",
            "for {purposes}: choose an initiative",
            purposes=named,
        )
    else:
        yield holds_or_not(
            purpose in named,
            ("past bij het doel: {purposes}", "fits the purpose: {purposes}"),
            ("{stream} is voor {purposes}, niet voor {purpose}", "{stream} is for {purposes}, not for {purpose}"),
            purposes=named,
            stream=stream,
            purpose=purpose,
        )
    if question.initiative is not None and question.initiative.insurer != insurer:
        yield check(
            Status.NOT_MET,
            "het initiatief hoort bij een andere verzekeraar",
            "the initiative belongs to another insurer",
        )
    if stream is Stream.S3:
        yield contract_check(question, insurer)
    yield from running(question, insurer, stream)
    if annex:
        yield check(
            Status.ADVISORY,
            "de voorwaarden staan in een bijlage die niet beschikbaar is",
            "the conditions stand in an annex that is not available",
        )


def running(question: Question, insurer: str | None, stream: Stream) -> Iterable[Check]:
    """What this stream pays for the item already on the start date."""
    for payment in question.paid_by(insurer, stream):
        line = payment.line
        if line.eur_per_year is None:
            yield check(
                Status.ADVISORY,
                "loopt al: {share}% van {item}",
                "runs already: {share}% of {item}",
                share=line.share_pct,
                item=line.item,
            )
        else:
            yield check(
                Status.ADVISORY,
                "loopt al: {share}% van {item}, {amount} per jaar",
                "runs already: {share}% of {item}, {amount} per year",
                share=line.share_pct,
                item=line.item,
                amount=Euro(line.eur_per_year),
            )


def double_check(question: Question, insurer: str | None, stream: Stream | None) -> Check | None:
    """Would the item be paid twice? Only where another stream pays the whole of it on the start date (M:316-318)."""
    own = {(item.initiative, item.line.code) for item in (question.paid_by(insurer, stream) if stream else ())}
    others = [item for item in question.paid_then if (item.initiative, item.line.code) not in own]
    if question.total_then < HUNDRED or not others:
        return None
    streams = tuple(sorted({item.line.stream for item in others}, key=list(Stream).index))
    return check(
        Status.ADVISORY,
        "{item} wordt al voor {share}% betaald uit {streams}; kies een andere kostenpost",
        "{item} is paid for {share}% already by {streams}; choose another item",
        item=question.item_name,
        share=question.total_then,
        streams=streams,
    )


KIND_CHECKS: dict[str, Callable[[Question, Need, tuple[Ask, ...]], Iterable[Check]]] = {
    "innovation_ehealth": ehealth,
    "innovation_meekijk": meekijk,
    "innovation_other": other,
    "oi_practice_management": about_insured,
    "oi_neighbourhood_management": about_insured,
    "oi_regional_chain_care": least_insured,
    "oi_regional_innovation": regional,
}
"""What the rule of a route asks, by its kind."""
