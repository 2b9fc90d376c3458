"""The engine: every finding of a dossier on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.domain.finding import Finding, Reason, Status, Verdict, proof_of
from tracker.domain.periods import covers, is_affiliated
from tracker.domain.programme import Programme, Requirement, edition_on
from tracker.domain.records.base import Pair, Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.register import Register, register_seen
from tracker.domain.rule_kinds import KINDS, Need, RuleKind, Subject, View
from tracker.domain.visibility import seen

_NOT_IN_FRAME = Pair("valt niet onder het kader van {insurer}", "not in {insurer}'s frame")
_OTHER_INSURER = Pair("andere verzekeraar", "other insurer")
_CLAIM_LISTS = {
    Subject.OI_CLAIM: "oi_claims",
    Subject.APPLICATION: "innovation_applications",
    Subject.SERVICE: "service_declarations",
    Subject.OPEN_CLAIM: "open_claims",
    Subject.ACCREDITATION: "accreditation_claims",
}


def _subjects(dossier: Cooperation, subject: Subject, as_of: date) -> list[tuple[str, Any]]:
    """The subjects of a kind with their names: `WOL`, `I01`, `WOL#1`, a practice code, `WOL/OI1`."""
    if subject is Subject.COOPERATION:
        return [(dossier.code, dossier)]
    if subject is Subject.INITIATIVE:
        return sorted(((item.code, item) for item in dossier.initiatives), key=lambda pair: pair[0])
    if subject is Subject.PRACTICE:
        held = [(item.code, item) for item in dossier.practices if is_affiliated(item.memberships, as_of)]
        return sorted(held, key=lambda pair: pair[0])
    if subject is Subject.ROUND:
        return [(f"{dossier.code}#{item.number}", item) for item in rounds_that_count(dossier)]
    claims = getattr(dossier, _CLAIM_LISTS[subject])
    return sorted(((f"{dossier.code}/{item.code}", item) for item in claims), key=lambda pair: pair[0])


class _Subjects(dict[Subject, list[tuple[str, Any]]]):
    """The subjects of one dossier on a day, listed when a rule first asks for them."""

    def __init__(self, dossier: Cooperation, as_of: date) -> None:
        super().__init__()
        self._dossier, self._as_of = dossier, as_of

    def __missing__(self, subject: Subject) -> list[tuple[str, Any]]:
        found = self[subject] = _subjects(self._dossier, subject, self._as_of)
        return found


def rounds_that_count(dossier: Cooperation) -> list[Any]:
    """Per round that was held the version that holds: the highest locked one, else the highest (domain.md 2.4)."""
    best: dict[int, Any] = {}
    for item in dossier.rounds:
        if item.held_on is None:
            continue
        held = best.get(item.number)
        rank = (item.locked_on is not None, item.version)
        if held is None or rank > (held.locked_on is not None, held.version):
            best[item.number] = item
    return [best[number] for number in sorted(best)]


def programmes_for(programmes: tuple[Programme, ...], as_of: date) -> tuple[Programme, ...]:
    """The edition of every insurer that counts on a day, and the national one last (domain.md 2.1)."""
    insurers = sorted({item.insurer_key for item in programmes if item.insurer_key})
    chosen = [edition_on(programmes, insurer, as_of) for insurer in (*insurers, None)]
    return tuple(item for item in chosen if item is not None)


def linked(dossier: Cooperation, insurer: str | None, day: date) -> bool:
    """Is there a link with the insurer on the day? The national programme always applies."""
    return insurer is None or any(
        link.insurer == insurer and covers(link.from_on, link.to_on, day) for link in dossier.insurers
    )


def _editions_with(programmes: tuple[Programme, ...], insurer: str | None, key: str) -> tuple[Programme, ...]:
    return tuple(item for item in programmes if item.insurer_key == insurer and item.requirement(key))


def year_of(claim: Record) -> int:
    """The calendar year a claim is about: its own year, else that of its start or the day it was made."""
    year = getattr(claim, "year", None)
    if year is not None:
        return min(max(int(year), date.min.year), date.max.year)
    day: date = getattr(claim, "starts_on", None) or claim.claimed_on  # type: ignore[attr-defined]
    return day.year


_needs: dict[tuple[int, int], tuple[Requirement, Programme, Need]] = {}


def _need(requirement: Requirement, programme: Programme) -> Need:
    """Parameters are resolved once per loaded requirement; what is held here keeps its identity to itself."""
    key = (id(requirement), id(programme))
    held = _needs.get(key)
    if held is None:
        held = _needs[key] = (requirement, programme, Need(requirement, programme.switches))
    return held[2]


def findings(
    dossier: Cooperation,
    register: Register,
    programmes: tuple[Programme, ...],
    as_of: date,
    only: frozenset[str] | None = None,
) -> list[Finding]:
    """Every finding of a dossier on a day: one result per rule and subject, NA included.

    `only` limits to rules by code or key. Facts dated after `as_of` never matter. Programmes: every loaded edition.
    """
    seen_dossier = seen(dossier, as_of)
    return judged(seen_dossier or dossier, register_seen(register, as_of), programmes, as_of, only)


def judged(
    dossier: Cooperation,
    register: Register,
    programmes: tuple[Programme, ...],
    as_of: date,
    only: frozenset[str] | None = None,
) -> list[Finding]:
    """As `findings`, for a dossier and register that are already as seen on the day."""
    found: list[Finding] = []
    subjects = _Subjects(dossier, as_of)
    for programme in programmes_for(programmes, as_of):
        view = View(dossier, register, programme, as_of)
        in_frame = linked(dossier, programme.insurer_key, as_of)
        for requirement in programme.requirements:
            kind = KINDS[requirement.kind]
            if kind.subject not in _CLAIM_LISTS and _wanted(requirement, only) and requirement.holds_on(as_of):
                found.extend(_of_requirement(view, requirement, kind, subjects[kind.subject], in_frame))
        found.extend(_of_claims(view, programmes, subjects, only))
    return found


def _wanted(requirement: Requirement, only: frozenset[str] | None) -> bool:
    return only is None or requirement.rule in only or requirement.key in only


def _of_requirement(
    view: View, requirement: Requirement, kind: RuleKind, subjects: list[tuple[str, Any]], in_frame: bool
) -> Iterable[Finding]:
    need = _need(requirement, view.programme)
    for name, subject in subjects:
        verdict = _scope(view, requirement, subject, in_frame) or kind.judge(view, need, subject)
        if verdict is not None:
            yield _finding(name, verdict, requirement, view)


def _of_claims(
    view: View,
    programmes: tuple[Programme, ...],
    subjects: _Subjects,
    only: frozenset[str] | None,
) -> Iterable[Finding]:
    """Claims, declarations, applications: each by the edition of its own year, else the nearest that has the rule."""
    if not any(getattr(view.dossier, name) for name in _CLAIM_LISTS.values()):
        return
    insurer = view.programme.insurer_key
    editions = [item for item in programmes if item.insurer_key == insurer]
    keys = {item.key: item for edition in editions for item in edition.requirements if _is_claim_rule(item)}
    for key, requirement in keys.items():
        if not _wanted(requirement, only):
            continue
        having = _editions_with(programmes, insurer, key)
        for name, claim in subjects[KINDS[requirement.kind].subject]:
            edition = edition_on(having, insurer, date(year_of(claim), 1, 1)) or view.programme
            asked = edition.requirement(key) or requirement
            own = View(view.dossier, view.register, edition, view.as_of)
            verdict = KINDS[asked.kind].judge(own, _need(asked, edition), claim)
            if verdict is not None:
                yield _finding(name, verdict, asked, own)


def _is_claim_rule(requirement: Requirement) -> bool:
    return KINDS[requirement.kind].subject in _CLAIM_LISTS


def _scope(view: View, requirement: Requirement, subject: Any, in_frame: bool) -> Verdict | None:
    """NA when the requirement is not for this subject (domain.md 2.0, scope)."""
    insurer = view.programme.insurer
    if requirement.scope == "frame" and not in_frame and insurer is not None:
        return Verdict(Status.NA, Reason(_NOT_IN_FRAME, {"insurer": insurer.name}))
    if requirement.scope == "insurer" and insurer is not None and subject.insurer != insurer.key:
        return Verdict(Status.NA, Reason(_OTHER_INSURER))
    return None


def _finding(name: str, verdict: Verdict, requirement: Requirement, view: View) -> Finding:
    return Finding(
        name,
        verdict.status,
        verdict.reason,
        requirement,
        view.programme,
        verdict.records,
        proof_of(verdict, view.as_of),
        verdict.due_on,
        verdict.days_late,
    )


def kinds_read(programmes: Iterable[Programme], only: frozenset[str] | None = None) -> frozenset[str]:
    """The record kinds that the wanted rules read, so that a page loads only what it shows."""
    names: set[str] = {"cooperation", "insurer_link"}
    for programme in programmes:
        for requirement in programme.requirements:
            if only is None or requirement.rule in only or requirement.key in only:
                kind = KINDS[requirement.kind]
                names |= kind.reads
                if kind.subject is Subject.PRACTICE:
                    names |= {"practice", "practice.memberships"}
                elif kind.subject not in (Subject.COOPERATION,):
                    names.add(kind.subject.value)
    return frozenset(names)
