"""The policy as data: what an insurer, or the country, asks from when to when. Files stand in tracker/programmes/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from tracker.domain.records.base import Pair


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nl: str
    en: str

    def __iter__(self) -> Any:
        return iter((self.nl, self.en))


class Words(_Text, frozen=True):
    """A title or sentence of a programme file in both languages."""

    @property
    def pair(self) -> Pair:
        return Pair(self.nl, self.en)


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A literal quotation: the document's alias, its place (lines) and the words."""

    document: str
    place: str
    text: str


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source document, or one the sources name that is not among them."""

    alias: str
    title: str
    publisher: str = ""
    dated: str = ""
    available: bool = True
    note: Words | None = None


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lettered part of a direction, `T1.1a`."""

    code: str
    title: Words
    source: Passage


class Direction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A numbered solution direction, `T1.1`."""

    code: str
    title: Words
    short: Words
    source: Passage
    tags: tuple[Literal["technical", "functional", "goal", "precondition"], ...] = ()
    components: tuple[Component, ...] = ()
    note: Words | None = None


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the themes, with its directions."""

    code: str
    title: Words
    source: Passage
    directions: tuple[Direction, ...]
    short: Words | None = None
    remark: Words | None = None
    remark_source: Passage | None = None


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of columns in the matrix of the portfolio."""

    key: str
    title: Words


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that is asked: a named kind of rule with its parameters, its words and its passage.

    `scope`: frame = NA while no insurer link of the programme's insurer is active; insurer = NA for an initiative of
    another insurer; all = always judged.
    """

    rule: str
    key: str
    kind: str
    title: Words
    plain: Words
    """The rule in plain words."""
    source: Passage
    scope: Literal["frame", "insurer", "all"] = "all"
    params: dict[str, Any] = {}
    short: Words | None = None
    group: str | None = None
    column: int | None = None
    """Place in the matrix of the portfolio; empty = no column."""
    heading: Words | None = None
    """The head of that column, with soft hyphens, where the label is too long for it."""
    ambition: bool = False
    ours: bool = False
    """True when no source asks it; it is shown as our own setting."""
    ours_note: Words | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Is this asked on the day? A rule that was dropped stays in the file with its last day (*vervallen*)."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def label(self) -> Words:
        """The short title where there is one."""
        return self.short or self.title

    @property
    def head(self) -> Words:
        """What stands above its column."""
        return self.heading or self.label


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition for initiatives, in the order of the source; it may rest on several rules, the worst counts."""

    number: int
    key: str
    title: Words
    rules: tuple[str, ...]
    source: Passage


class Milestone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A milestone of the roadmap that rests on several rules, the worst counts."""

    key: str
    title: Words
    rules: tuple[str, ...]
    source: Passage


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the outcome topics of the periodic evaluation."""

    key: str
    title: Words
    source: Passage


class KeyDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A date of the programme that the ribbon marks."""

    on: date
    title: Words
    soft: bool = False
    ours: bool = False
    source: Passage | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step asked of cooperations or practices, a support line, a challenge or another named item of the source."""

    key: str
    title: Words
    source: Passage
    note: Words | None = None


class Stream(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A funding stream as the source names it."""

    key: str
    title: Words
    source: Passage
    purposes: tuple[str, ...] = ()
    annex: str | None = None


class Tariff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tariff row; an empty amount is unknown, never zero. `unit` says per what and how often."""

    key: str
    title: Words
    source: Passage
    code: str | None = None
    amount_eur: Decimal | None = None
    unit: Words | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    option: int | None = None
    note: Words | None = None
    rule: str | None = None
    """The rule that judges a claim of it."""


class Ask(Words, frozen=True):
    """A condition of a route.

    `by` names what answers it in the funding guide: `contract` = one on financing with the insurer is in force;
    `agreement` = another party has to agree; `exception` = the route is kept for this supplier; the others are the
    questions about content. Empty = the applicant shows it.
    """

    by: Literal["contract", "agreement", "exception", "avoids_referral", "no_single_test", "self_management"] | None = (
        None
    )


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way to pay for digital care, for the funding guide."""

    key: str
    title: Words
    segment: str
    text: Words
    source: Passage
    directions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    rule: str | None = None
    conditions: tuple[Ask, ...] = ()
    covered_by: str | None = None


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article of a contract, with what it asks."""

    number: int
    title: Words
    text: Words
    source: Passage
    codes: tuple[str, ...] = ()
    asks: tuple[Words, ...] = ()
    directions: tuple[str, ...] = ()
    rule: str | None = None


class ServiceComponent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A component of a service fee."""

    key: str
    title: Words
    source: Passage
    letter: str | None = None


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published figure: a line of background in a chart, never a norm (domain.md 3.1).

    Points with the same `series` may share a line; figures of different populations never do. A figure without
    `value_pct` and `count` is a sentence only.
    """

    key: str
    series: str
    """What is measured of whom; the points of one line have it in common."""
    title: Words
    population: Words
    year: int
    month: int | None = None
    code: str | None = None
    """The component or direction it belongs to, `T1.1e`."""
    value_pct: Decimal | None = None
    count: int | None = None
    approximate: bool = False
    note: Words | None = None
    source: str
    address: str = ""


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sum, percentage or number that a source names beside its tariffs: a budget, an indexation, norm hours."""

    key: str
    title: Words
    source: Passage
    year: int | None = None
    amount_eur: Decimal | None = None
    value: Decimal | None = None
    unit: Words | None = None
    approximate: bool = False
    note: Words | None = None


class Insurer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The insurer a programme belongs to."""

    key: str
    name: str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts in the exchange format and the status a rule must give for them on a day."""

    text: str
    rule: str
    on: date
    expect: str
    facts: dict[str, Any]
    """One cooperation in the exchange format, without code and name."""
    register: dict[str, Any] = {}
    subject: str | None = None


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One edition of a programme. `insurer` is empty for the national one."""

    key: str
    title: Words
    version: str
    short: Words | None = None
    """What it is called in one breath, `Menzis 2022`: under tables and at the foot of every page."""
    insurer: Insurer | None = None
    national: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    intro: Words | None = None
    documents: tuple[Document, ...] = ()
    switches: dict[str, Any] = {}
    """Dates, thresholds and settings that the parameters of the requirements name as `$switch`."""
    groups: tuple[Group, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    conditions: tuple[Condition, ...] = ()
    themes: tuple[Theme, ...] = ()
    topics: tuple[Topic, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    cooperation_steps: tuple[Step, ...] = ()
    practice_steps: tuple[Step, ...] = ()
    support_lines: tuple[Step, ...] = ()
    challenges: tuple[Step, ...] = ()
    service_components: tuple[ServiceComponent, ...] = ()
    streams: tuple[Stream, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    routes: tuple[Route, ...] = ()
    articles: tuple[Article, ...] = ()
    facts: tuple[Step, ...] = ()
    """Help texts the source gives, quoted: how to ask for an assessment, who decides, definitions."""
    social_agreements: tuple[Step, ...] = ()
    """The kinds of agreement with the social domain; the keys are those of the records."""
    figures: tuple[Figure, ...] = ()
    amounts: tuple[Amount, ...] = ()
    ambiguities: tuple[Step, ...] = ()
    """Where the source can be read in more than one way; the note says how we read it."""
    examples: tuple[Example, ...] = ()

    @property
    def label(self) -> Words:
        """The short title where there is one."""
        return self.short or self.title

    @property
    def insurer_key(self) -> str | None:
        return self.insurer.key if self.insurer else None

    def holds_on(self, day: date) -> bool:
        """Is this edition valid on the day, both ends included?"""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def requirement(self, rule_or_key: str) -> Requirement | None:
        """The requirement with this rule code or key."""
        return next((item for item in self.requirements if rule_or_key in (item.rule, item.key)), None)


def edition_on(programmes: tuple[Programme, ...], insurer: str | None, day: date) -> Programme | None:
    """The edition of an insurer (None = the national one) that counts on a day.

    Of several valid editions the latest `valid_from` wins; on a day before the first edition the first answers, after
    the last the last (domain.md 2.1).
    """
    mine = sorted(
        (item for item in programmes if item.insurer_key == insurer),
        key=lambda item: (item.valid_from or date.min, item.key),
    )
    valid = [item for item in mine if item.holds_on(day)]
    if valid:
        return valid[-1]
    earlier = [item for item in mine if (item.valid_from or date.min) <= day]
    return earlier[-1] if earlier else (mine[0] if mine else None)
