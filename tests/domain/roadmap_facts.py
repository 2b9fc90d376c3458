"""An invented region, fact by fact, and one rule that is asked of it."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from string import Formatter
from typing import Any

from tracker.domain import evaluation, roadmap
from tracker.domain.finding import Days, Finding
from tracker.domain.programme import Direction as ProgrammeDirection
from tracker.domain.programme import Insurer, Passage, Programme, Requirement, Theme, Words
from tracker.domain.records.base import Pair
from tracker.domain.records.contract import Contract, InsurerLink, Mandate
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.domain.records.enums import (
    ContractScope,
    LeadRole,
    MandateKind,
    Phase,
    Step,
    SupportKind,
    VisionPart,
)
from tracker.domain.records.ict import IctLead
from tracker.domain.records.periods import Alignment, Period
from tracker.domain.records.practice import Practice, PracticeStep
from tracker.domain.records.vision import Vision, VisionSupport, VisionText
from tracker.domain.register import Register
from tracker.domain.rules import findings

RULE_MODULES = (roadmap, evaluation)
"""Importing them makes their rules known."""

day = date.fromisoformat
DEADLINE = day("2022-07-01")
SOFT = day("2022-12-31")
_PASSAGE = Passage("M", "1-2", "tekst")
_WORDS = Words("titel", "title")


def asked(kind: str, *, rule: str = "R00", key: str = "", scope: Any = "all", **params: Any) -> Requirement:
    """A requirement as a programme file would ask it."""
    return Requirement(
        rule=rule,
        key=key or kind,
        kind=kind,
        title=_WORDS,
        plain=_WORDS,
        source=_PASSAGE,
        scope=scope,
        params=params,
    )


def programme(
    *requirements: Requirement, key: str = "menzis-2022", insurer: str | None = "menzis", **more: Any
) -> Programme:
    """An edition of an insurer's programme, or of the national one."""
    named = None if insurer is None else Insurer(insurer, insurer.capitalize())
    return Programme(key=key, title=_WORDS, version="1", insurer=named, requirements=requirements, **more)


def theme(code: str, *directions: str) -> Theme:
    """A theme of the catalogue with its directions."""
    held = tuple(ProgrammeDirection(item, _WORDS, _WORDS, _PASSAGE) for item in directions)
    return Theme(code, _WORDS, _PASSAGE, held)


def region(**facts: Any) -> Cooperation:
    """RSV Wolderveen, linked to Menzis since 2020."""
    facts.setdefault("insurers", (InsurerLink(insurer="menzis", lead=True, from_on=day("2020-01-01")),))
    return Cooperation(code="WOL", name="RSV Wolderveen", **facts)


def judged(
    kind: str,
    dossier: Cooperation,
    as_of: date | str,
    *,
    subject: str = "WOL",
    register: Register | None = None,
    themes: tuple[Theme, ...] = (),
    insurer: str = "menzis",
    **params: Any,
) -> Finding:
    """What one rule says of one subject on a day."""
    on = day(as_of) if isinstance(as_of, str) else as_of
    asking = programme(asked(kind, **params), insurer=insurer, themes=themes)
    found = findings(dossier, register or Register(), (asking,), on)
    return next(item for item in found if item.subject == subject)


def nl(finding: Finding) -> str:
    """The reason in Dutch, with plain values."""
    return _spoken(finding.reason.text.nl, finding.reason.values, "dagen")


def en(finding: Finding) -> str:
    """The reason in English, with plain values."""
    return _spoken(finding.reason.text.en, finding.reason.values, "days")


def _spoken(template: str, values: Mapping[str, Any], days: str) -> str:
    return template.format(**{name: _plain(value, days) for name, value in values.items()})


def _plain(value: Any, days: str) -> str:
    if isinstance(value, Days):
        return f"{value.number} {days}"
    if isinstance(value, tuple):
        return ", ".join(_plain(item, days) for item in value)
    return str(value.value) if isinstance(value, Enum) else str(value)


def said(finding: Finding) -> tuple[str, str]:
    """Status and Dutch reason."""
    return finding.status.value, nl(finding)


def placeholders(pair: Pair) -> tuple[set[str], set[str]]:
    """The names between braces in both languages."""
    nl_names, en_names = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (pair.nl, pair.en))
    return nl_names, en_names


# --- facts -----------------------------------------------------------------------------------------------------------


def texts(on: str, *parts: VisionPart) -> tuple[VisionText, ...]:
    """Parts of a vision, written on a day; all four unless named."""
    return tuple(VisionText(part=part, recorded_on=day(on), text="Omdat het moet.") for part in parts or VisionPart)


def support(on: str, supported: bool = True, **more: Any) -> VisionSupport:
    """A judgement on whether the members carry the vision."""
    return VisionSupport(stated_on=day(on), supported=supported, kind=SupportKind.MEMBER_VOTE, **more)


def vision(adopted: str | None, version: int = 1, **more: Any) -> Vision:
    """A version of the vision; nothing but adopted unless said."""
    for name in ("drafted_on", "withdrawn_on"):
        if isinstance(more.get(name), str):
            more[name] = day(more[name])
    return Vision(version=version, adopted_on=day(adopted) if adopted else None, **more)


def whole_vision(adopted: str, version: int = 1, **more: Any) -> Vision:
    """A version that is carried and complete from its adoption."""
    return vision(adopted, version, texts=texts(adopted), support=(support(adopted),), **more)


def lead(start: str, end: str | None = None, role: LeadRole = LeadRole.CMIO, person: str = "A. Ruitenveld") -> IctLead:
    """An appointment as CIO or CMIO."""
    return IctLead(role=role, person=person, from_on=day(start), to_on=day(end) if end else None)


def alignment(version: int, on: str, aligned: bool = True) -> Alignment:
    """A statement on whether something fits a version of the vision."""
    return Alignment(vision_version=version, stated_on=day(on), aligned=aligned)


def direction(code: str, *phases: tuple[str, Phase], **more: Any) -> Direction:
    """A chosen direction with its history."""
    held = tuple(DirectionPhase(reached_on=day(on), phase=phase) for on, phase in phases)
    return Direction(code=code, phases=held, **more)


def practice(code: str, *periods: tuple[str, str | None], **more: Any) -> Practice:
    """An affiliated practice, since 2015 unless said otherwise."""
    held = periods or (("2015-01-01", None),)
    memberships = tuple(Period(from_on=day(start), to_on=day(end) if end else None) for start, end in held)
    return Practice(code=code, name=f"Huisartsen {code}", memberships=memberships, **more)


def step(name: Step, start: str, end: str | None = None) -> PracticeStep:
    """A step a practice meets in a period."""
    return PracticeStep(step=name, from_on=day(start), to_on=day(end) if end else None)


def contract(signed: str, starts: str | None = None, ends: str | None = None, **more: Any) -> Contract:
    """A contract with Menzis on both scopes."""
    more.setdefault("code", f"C-{signed}")
    more.setdefault("insurer", "menzis")
    more.setdefault("scopes", tuple(ContractScope))
    return Contract(signed_on=day(signed), starts_on=day(starts or signed), ends_on=day(ends) if ends else None, **more)


def mandate(code: str | None, given: str, withdrawn: str | None = None) -> Mandate:
    """A mandate of one practice; without a code that of the members' meeting."""
    kind = MandateKind.COLLECTIVE if code is None else MandateKind.INDIVIDUAL
    return Mandate(kind=kind, practice=code, given_on=day(given), withdrawn_on=day(withdrawn) if withdrawn else None)
