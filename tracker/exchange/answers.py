"""Where a cooperation stands, as JSON: one shape for API and command, from which the API's description is made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tracker import labels
from tracker.domain.addresses import Addresses
from tracker.domain.finding import Finding, Status
from tracker.domain.programme import Passage, Programme, Requirement
from tracker.domain.records.base import Pair, Record, Sort, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.register import Register
from tracker.domain.rules import programmes_for
from tracker.exchange.reference import kinds_of_file

_DIGITS = re.compile(r"(\d+)")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every answer."""


class InBothLanguages(Answer, frozen=True, kw_only=True):
    """One wording in Dutch and English."""

    nl: str
    en: str


class SourcePassage(Answer, frozen=True, kw_only=True):
    """A literal quotation of a source document."""

    document: Annotated[str, Meta(description="alias of the document, as GET /programmes names it")]
    place: Annotated[str, Meta(description="lines of the document")]
    text: Annotated[str, Meta(description="the words of the source")]


class ProgrammeVersion(Answer, frozen=True, kw_only=True):
    """An edition of a programme."""

    key: str
    version: str


def _record_struct() -> type[msgspec.Struct]:
    """What is told of a record: its kind, where it stands, and those of its days that are filled."""
    kinds = kinds_of_file()
    days = {field.name for kind in kinds for field in scalars_of(kind) if field.sort is Sort.DAY and not field.many}
    places = [("kind", str), ("address", Annotated[str, Meta(description="as in journal and import: WOL/visions/1")])]
    named = [(f"day_{name}", date | msgspec.UnsetType, msgspec.UNSET) for name in sorted(days)]
    return msgspec.defstruct(
        "UsedRecord",
        [*places, *named],
        bases=(Answer,),
        frozen=True,
        kw_only=True,
        rename={f"day_{name}": name for name in days},
        namespace={"__doc__": "A record that decided a result, with its days."},
        module=__name__,
    )


UsedRecord: Any = _record_struct()


class Result(Answer, frozen=True, kw_only=True):
    """One rule, one subject, one day."""

    rule: Annotated[str, Meta(description="code of the rule", examples=["R01"])]
    key: Annotated[str, Meta(description="name of the rule", examples=["vision_on_time"])]
    subject: Annotated[str, Meta(description="WOL, I01, WOL#1, a practice, WOL/OI1")]
    status: Status
    programme: Annotated[str, Meta(description="key of the edition that asks it")]
    proof: Annotated[
        EvidenceStrength | None, Meta(description="weakest proof among the records; only MET, LATE, PARTIAL")
    ]
    reason: InBothLanguages
    due_on: date | None
    days_late: int | None
    records: list[UsedRecord]
    source: SourcePassage


class CooperationStatus(Answer, frozen=True, kw_only=True):
    """Where a cooperation stands on a day, as known at a moment: one result per rule and subject."""

    cooperation: str
    peildatum: date
    known_at: Annotated[str | None, Meta(description="as asked; null = as known now")]
    programmes: list[ProgrammeVersion]
    results: list[Result]


def cooperation_status(
    dossier: Cooperation,
    findings: Iterable[Finding],
    register: Register,
    editions: Iterable[Programme],
    *,
    as_of: date,
    known_at: str | None,
) -> CooperationStatus:
    """The findings of a dossier as an answer, in the order of rule and subject."""
    addresses = Addresses(dossier, register)
    listed = sorted(findings, key=in_order)
    asked = programmes_for(tuple(editions), as_of)
    return CooperationStatus(
        cooperation=dossier.code,
        peildatum=as_of,
        known_at=known_at,
        programmes=programme_versions({item.programme.key: item.programme for item in listed}.values() or asked),
        results=[_result(item, addresses) for item in listed],
    )


def nothing_known(code: str, editions: Iterable[Programme], *, as_of: date, known_at: str | None) -> CooperationStatus:
    """The answer for a cooperation of which nothing was known at the moment that is asked about: no results."""
    versions = programme_versions(programmes_for(tuple(editions), as_of))
    return CooperationStatus(cooperation=code, peildatum=as_of, known_at=known_at, programmes=versions, results=[])


def in_order(finding: Finding) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """By rule, then subject with its numbers as numbers: WOL#2 before WOL#10."""
    parts = _DIGITS.split(finding.subject)
    natural = tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
    return finding.rule, natural, finding.programme.key


def programme_versions(programmes: Iterable[Programme]) -> list[ProgrammeVersion]:
    """Each edition once, by key."""
    found = {item.key: item.version for item in programmes}
    return [ProgrammeVersion(key=key, version=found[key]) for key in sorted(found)]


def both(pair: Pair) -> InBothLanguages:
    """A pair as an answer."""
    return InBothLanguages(nl=pair.nl, en=pair.en)


def passage(source: Passage) -> SourcePassage:
    """A passage as an answer."""
    return SourcePassage(document=source.document, place=source.place, text=source.text)


def _result(finding: Finding, addresses: Addresses) -> Result:
    return Result(
        rule=finding.rule,
        key=finding.key,
        subject=finding.subject,
        status=finding.status,
        programme=finding.programme.key,
        proof=finding.proof,
        reason=both(labels.both(finding.reason)),
        due_on=finding.due_on,
        days_late=finding.days_late,
        records=[_used(record, addresses) for record in finding.records],
        source=passage(finding.requirement.source),
    )


def _used(record: Record, addresses: Addresses) -> Any:
    place = addresses.of(record)
    days = {
        f"day_{field.name}": day
        for field in scalars_of(type(record))
        if field.sort is Sort.DAY and not field.many and (day := getattr(record, field.attribute)) is not None
    }
    return UsedRecord(
        kind=type(record).declared.name, address=place.address if place else type(record).declared.name, **days
    )


# --- the portfolio ---------------------------------------------------------------------------------------------------


class PortfolioColumn(Answer, frozen=True, kw_only=True):
    """A rule of the roadmap that every cooperation is measured by."""

    rule: str
    key: str
    programme: str
    group: str | None
    title: InBothLanguages


class PortfolioCell(Answer, frozen=True, kw_only=True):
    """How one cooperation stands by one rule."""

    rule: str
    key: str
    programme: str
    status: Status
    proof: EvidenceStrength | None
    reason: InBothLanguages
    due_on: date | None
    days_late: int | None


class PortfolioRow(Answer, frozen=True, kw_only=True):
    """One cooperation."""

    cooperation: str
    name: str
    fictional: bool
    results: list[PortfolioCell]


class Portfolio(Answer, frozen=True, kw_only=True):
    """Every cooperation the reader may see, by the rules of the roadmap."""

    peildatum: date
    known_at: str | None
    programmes: list[ProgrammeVersion]
    columns: list[PortfolioColumn]
    cooperations: list[PortfolioRow]


def columns_of(editions: Iterable[Programme], as_of: date) -> list[tuple[Programme, Requirement]]:
    """The rules with a place in the matrix of the portfolio on a day, in their order."""
    asked = [
        (programme, item)
        for programme in programmes_for(tuple(editions), as_of)
        for item in programme.requirements
        if item.column is not None
    ]
    return sorted(asked, key=lambda pair: (pair[0].key, pair[1].column or 0))


def portfolio(
    rows: Iterable[tuple[Cooperation, Iterable[Finding], bool]],
    editions: Iterable[Programme],
    as_of: date,
    known_at: str | None = None,
) -> Portfolio:
    """The portfolio as an answer; a row is a dossier, its findings and whether it is invented."""
    columns = columns_of(editions, as_of)
    order = {(programme.key, item.key): place for place, (programme, item) in enumerate(columns)}
    return Portfolio(
        peildatum=as_of,
        known_at=known_at,
        programmes=programme_versions(programme for programme, _ in columns),
        columns=[_column(programme, item) for programme, item in columns],
        cooperations=[
            PortfolioRow(
                cooperation=dossier.code,
                name=dossier.name,
                fictional=fictional,
                results=[
                    _cell(item)
                    for item in sorted(findings, key=lambda item: order.get((item.programme.key, item.key), -1))
                    if (item.programme.key, item.key) in order and item.subject == dossier.code
                ],
            )
            for dossier, findings, fictional in rows
        ],
    )


def _column(programme: Programme, item: Requirement) -> PortfolioColumn:
    return PortfolioColumn(
        rule=item.rule, key=item.key, programme=programme.key, group=item.group, title=both(item.label.pair)
    )


def _cell(finding: Finding) -> PortfolioCell:
    return PortfolioCell(
        rule=finding.rule,
        key=finding.key,
        programme=finding.programme.key,
        status=finding.status,
        proof=finding.proof,
        reason=both(labels.both(finding.reason)),
        due_on=finding.due_on,
        days_late=finding.days_late,
    )
