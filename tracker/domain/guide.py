"""The funding guide: which routes fit a question, which fit under conditions, which do not and why (pages.md 4.6).

It gives no promise: people decide about money. Amounts belong to one insurer and one year.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from tracker.domain.finding import Status
from tracker.domain.guide_checks import aged, ask_check, link_check, validity
from tracker.domain.guide_facts import Check, Content, Question
from tracker.domain.guide_money import KIND_CHECKS, double_check, stream_checks
from tracker.domain.programme import Ask, Passage, Programme, Tariff, Words, edition_on
from tracker.domain.records.enums import Stream
from tracker.domain.rule_kinds import Need

NEAR = timedelta(days=366)
"""A rule that changed this close to the start date is told (ours)."""
_COSTS = frozenset({"s3", "oi", "regional_performance", "deprivation_fund"})
"""Segments that pay the cost of an item; the others pay what is done for a patient."""
_OWN_SUBJECT = ("innovation_other",)
"""Kinds of rule whose routes concern every direction."""


class Fit(StrEnum):
    """How a route answers the question."""

    FITS = "fits"
    CONDITIONAL = "conditional"
    NOT = "not"
    ELSEWHERE = "elsewhere"
    """It is about something else."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A route of a programme file, or a stream of an insurer's frame."""

    key: str
    title: Words
    text: Words
    segment: str
    source: Passage
    programme: Programme
    directions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    conditions: tuple[Ask, ...] = ()
    rule: str | None = None
    purposes: tuple[str, ...] = ()
    annex: str | None = None

    @property
    def is_stream(self) -> bool:
        return bool(self.purposes)


class Answer(msgspec.Struct, frozen=True):
    """A route with what it asks and how the region stands."""

    option: Option
    fit: Fit
    checks: tuple[Check, ...]
    tariffs: tuple[Tariff, ...]
    """Amounts of that insurer on the start date; an empty amount is unknown, never zero."""

    @property
    def failing(self) -> tuple[Check, ...]:
        return tuple(item for item in self.checks if item.status is Status.NOT_MET)


class Change(msgspec.Struct, frozen=True):
    """A route that ended and one for the same direction that began the next day."""

    on: date
    ended: Option
    began: Option


class Guidance(msgspec.Struct, frozen=True):
    """The answers: first what fits; what does not fit with the nearest miss first."""

    answers: tuple[Answer, ...]
    changes: tuple[Change, ...]

    def of(self, fit: Fit) -> tuple[Answer, ...]:
        return tuple(item for item in self.answers if item.fit is fit)


def guide(question: Question, programmes: tuple[Programme, ...]) -> Guidance:
    """Every route of the national rules and of the insurers that are asked."""
    options = list(_options(question, programmes))
    answers = sorted((_answer(question, option) for option in options), key=_order)
    return Guidance(tuple(answers), _changes(question, programmes))


def _order(answer: Answer) -> tuple[int, int, int, str]:
    waiting = sum(item.status is Status.UNKNOWN for item in answer.checks)
    return list(Fit).index(answer.fit), len(answer.failing), waiting, answer.option.title.nl


def _options(question: Question, programmes: tuple[Programme, ...]) -> Iterable[Option]:
    """Each route once, in the edition that counts on the start date."""
    for insurer in (*question.insurers, None):
        mine = [item for item in programmes if item.insurer_key == insurer]
        current = edition_on(programmes, insurer, question.starts_on)
        routes: dict[str, Option] = {}
        for programme in sorted(mine, key=lambda item: (item is current, item.valid_from or date.min)):
            routes |= {option.key: option for option in routes_of(programme)}
        yield from routes.values()
        if current is not None and current.insurer is not None:
            yield from _streams(current)


def routes_of(programme: Programme) -> Iterable[Option]:
    """The routes of a programme file."""
    for route in programme.routes:
        yield Option(
            key=route.key,
            title=route.title,
            text=route.text,
            segment=route.segment,
            source=route.source,
            programme=programme,
            directions=route.directions,
            valid_from=route.valid_from,
            valid_to=route.valid_to,
            conditions=route.conditions,
            rule=route.rule,
        )


def _streams(programme: Programme) -> Iterable[Option]:
    for stream in programme.streams:
        if stream.purposes:
            yield Option(
                key=stream.key,
                title=stream.title,
                text=stream.title,
                segment=stream.key,
                source=stream.source,
                programme=programme,
                valid_from=programme.valid_from,
                valid_to=programme.valid_to,
                purposes=stream.purposes,
                annex=stream.annex,
            )


def _answer(question: Question, option: Option) -> Answer:
    if not _concerns(question, option):
        return Answer(option, Fit.ELSEWHERE, (), ())
    valid = validity(option.valid_from, option.valid_to, question.starts_on)
    if valid.status is Status.NOT_MET:
        return Answer(option, Fit.NOT, (valid,), ())
    checks = (valid, *_checks(question, option))
    return Answer(option, _fit(checks), checks, tariffs_of(option, question.starts_on))


def _concerns(question: Question, option: Option) -> bool:
    """Is the route about what is asked: one of its directions, its content, or the region's own organisation?"""
    by = {ask.by for ask in option.conditions}
    if Content.SELF_MANAGEMENT in question.content and "self_management" in by:
        return True
    if Content.AVOIDS_REFERRAL in question.content and "avoids_referral" in by:
        return True
    if question.initiative is None:
        return option.segment == "oi" or option.is_stream
    if option.directions:
        return bool(question.directions & set(option.directions))
    return option.is_stream or _kind(option) in _OWN_SUBJECT


def _kind(option: Option) -> str | None:
    asked = option.programme.requirement(option.rule) if option.rule else None
    return asked.kind if asked else None


def _checks(question: Question, option: Option) -> Iterable[Check]:
    insurer = option.programme.insurer_key
    linked = link_check(question, option.programme)
    if linked is not None:
        yield linked
    for ask in option.conditions:
        yield ask_check(question, ask, insurer)
    asked = option.programme.requirement(option.rule) if option.rule else None
    if asked is not None and asked.kind in KIND_CHECKS:
        need = Need(asked, option.programme.switches)
        yield from KIND_CHECKS[asked.kind](question, need, option.conditions)
    stream = Stream(option.key) if option.is_stream else None
    if stream is not None:
        yield from stream_checks(question, insurer, stream, option.purposes, option.annex)
    if option.segment in _COSTS and (double := double_check(question, insurer, stream)) is not None:
        yield double
    if (old := aged(option.valid_from, option.programme.national, question.starts_on)) is not None:
        yield old


def _fit(checks: Iterable[Check]) -> Fit:
    held = {item.status for item in checks}
    if Status.NOT_MET in held:
        return Fit.NOT
    return Fit.CONDITIONAL if Status.ADVISORY in held else Fit.FITS


def tariffs_of(option: Option, day: date) -> tuple[Tariff, ...]:
    """The tariff rows of a route on a day, from its own programme alone."""
    rows = [item for item in option.programme.tariffs if _belongs(item, option)]
    return tuple(item for item in rows if _holds_on(item, day))


def _belongs(tariff: Tariff, option: Option) -> bool:
    own = tariff.key == option.key or tariff.key.startswith(f"{option.key}_")
    return own or (option.rule is not None and tariff.rule == option.rule)


def _holds_on(tariff: Tariff, day: date) -> bool:
    return (tariff.valid_from is None or tariff.valid_from <= day) and (
        tariff.valid_to is None or day <= tariff.valid_to
    )


def _changes(question: Question, programmes: tuple[Programme, ...]) -> tuple[Change, ...]:
    """Routes for the directions asked about that took each other's place within a year of the start date."""
    asked = [item for item in programmes if item.insurer_key in (None, *question.insurers)]
    options = [option for programme in asked for option in routes_of(programme) if _concerns(question, option)]
    found: dict[tuple[str, date], Change] = {}
    for old in options:
        ended = old.valid_to
        if ended is None or abs(ended - question.starts_on) > NEAR:
            continue
        day = ended + timedelta(1)
        for new in options:
            follows = new.valid_from == day and set(new.directions) & set(old.directions)
            if follows and (old.key == new.key or _replaces(new, old, options)):
                found.setdefault((old.key, day), Change(day, old, new))
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))


def _replaces(new: Option, old: Option, options: Iterable[Option]) -> bool:
    """Without a route of the same name: the one in another segment takes the place of the old one."""
    goes_on = any(item.key == old.key and item.valid_from == new.valid_from for item in options)
    return not goes_on and new.segment != old.segment
