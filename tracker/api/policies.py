"""The programmes: what insurers and the country ask, with the passages."""

from __future__ import annotations

from datetime import date
from typing import Literal

from flask.typing import ResponseReturnValue

from tracker.access import requires
from tracker.api.blueprint import answered, blueprint, describes
from tracker.domain.policy import Action
from tracker.domain.programme import Programme, Requirement
from tracker.exchange.answers import Answer, InBothLanguages, SourcePassage, both, passage
from tracker.queries.findings import programmes


class InsurerName(Answer, frozen=True, kw_only=True):
    """An insurer by its key."""

    key: str
    name: str


class DocumentLine(Answer, frozen=True, kw_only=True):
    """A source document, by the alias that passages name."""

    alias: str
    title: str
    publisher: str
    dated: str
    available: bool


class RequirementLine(Answer, frozen=True, kw_only=True):
    """One thing that is asked."""

    rule: str
    key: str
    title: InBothLanguages
    plain: InBothLanguages
    scope: Literal["frame", "insurer", "all"]
    ours: bool
    """True when no source asks it."""
    source: SourcePassage


class ProgrammeLine(Answer, frozen=True, kw_only=True):
    """One edition of a programme; without insurer it is the national one."""

    key: str
    version: str
    title: InBothLanguages
    insurer: InsurerName | None
    valid_from: date | None
    valid_to: date | None
    documents: list[DocumentLine]
    requirements: list[RequirementLine]


class ProgrammeList(Answer, frozen=True, kw_only=True):
    """Every programme of this installation."""

    programmes: list[ProgrammeLine]


@blueprint.get("/programmes", endpoint="programmes")
@requires(Action.see_programmes)
@describes(ProgrammeList)
def all_programmes() -> ResponseReturnValue:
    """What insurers and the country ask, from when to when, with the words of the source."""
    return answered(ProgrammeList(programmes=[_line(item) for item in programmes()]))


def _line(item: Programme) -> ProgrammeLine:
    insurer = InsurerName(key=item.insurer.key, name=item.insurer.name) if item.insurer else None
    return ProgrammeLine(
        key=item.key,
        version=item.version,
        title=both(item.title.pair),
        insurer=insurer,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        documents=[
            DocumentLine(
                alias=document.alias,
                title=document.title,
                publisher=document.publisher,
                dated=document.dated,
                available=document.available,
            )
            for document in item.documents
        ],
        requirements=[_requirement(asked) for asked in item.requirements],
    )


def _requirement(asked: Requirement) -> RequirementLine:
    return RequirementLine(
        rule=asked.rule,
        key=asked.key,
        title=both(asked.title.pair),
        plain=both(asked.plain.pair),
        scope=asked.scope,
        ours=asked.ours,
        source=passage(asked.source),
    )
