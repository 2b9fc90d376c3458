"""The canonical document of a round: what was known on the day of the meeting, and what was said and decided there.

It names every fact that a finding or a sentence of change rests on, and the passage that asks for it. Both parties
agree to its hash; from then on every page and file of the round reads the document and nothing else. Nothing of single
practices stands in it, for both parties read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from tracker.domain.canonical import Json, packed, plain, whole
from tracker.domain.changes import Change
from tracker.domain.dossier_changes import changes_between
from tracker.domain.finding import Finding, Status
from tracker.domain.meeting import to_decide
from tracker.domain.minutes_sheet import Places, Sheet
from tracker.domain.periods import active
from tracker.domain.programme import Programme, edition_on
from tracker.domain.records.base import Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Round
from tracker.domain.records.practice import Practice
from tracker.domain.register import Register
from tracker.domain.roadmap_story import Story, roadmap_story
from tracker.domain.rules import rounds_that_count
from tracker.domain.silence import last_fact_on
from tracker.domain.story import Row

FORMAT = "regiotracker/round@1"
_OWN_DAYS = ("locked_on",)
"""Of the round itself: closing fills it, so it is no part of what is agreed."""


def programme_of(dossier: Cooperation, asked: tuple[Programme, ...], on: date) -> Programme:
    """The programme that a meeting is about: of the insurer the cooperation is linked to, the leading one first."""
    links = sorted(active(dossier.insurers, on), key=lambda item: (not item.lead, item.insurer))
    insurers = [item.insurer for item in links] + sorted({item.insurer_key for item in asked if item.insurer_key})
    found = (edition_on(asked, insurer, on) for insurer in insurers)
    return next(item for item in found if item is not None and item.groups)


def as_if_locked(dossier: Cooperation, held: Round) -> Cooperation:
    """The dossier in which this version of a round is the one that counts."""
    if held.held_on is None:
        return dossier
    others = (item for item in dossier.rounds if (item.number, item.version) != (held.number, held.version))
    own = msgspec.structs.replace(held, locked_on=held.held_on)
    return msgspec.structs.replace(dossier, rounds=(*others, own))


def round_document(
    dossier: Cooperation,
    register: Register,
    asked: tuple[Programme, ...],
    number: int,
    held: Round | None,
    on: date,
    *,
    fictional: bool,
    sides: frozenset[Party] = frozenset(),
    named: tuple[Practice, ...] = (),
) -> Json:
    """The document of a round on a day. Before the meeting `held` is the planned round, or nothing."""
    dossier = dossier if held is None else as_if_locked(dossier, held)
    now = Sheet.of(dossier, register, asked, on, sides, named)
    former = [item for item in rounds_that_count(now.dossier) if item.number != number and item.held_on < on]
    last = max(former, key=lambda item: item.held_on, default=None)
    before = None if last is None else Sheet.of(dossier, register, asked, last.held_on, sides, named)
    shown = next((item for item in now.dossier.rounds if held and _same(item, held)), None)
    return _Document(now, before, programme_of(now.dossier, asked, on)).made(number, shown, former, fictional)


def _same(one: Round, other: Round) -> bool:
    return (one.number, one.version) == (other.number, other.version)


class _Document:
    """One document under construction; it gathers the facts and rules that its sentences name."""

    def __init__(self, now: Sheet, before: Sheet | None, programme: Programme) -> None:
        self._now, self._before, self._programme = now, before, programme
        self._facts: dict[str, Json] = {}
        self._rules: dict[str, Json] = {}
        self._programmes: dict[str, Json] = {}
        self._places = [Places(sheet) for sheet in (now, before) if sheet is not None]

    def made(self, number: int, held: Round | None, former: list[Round], fictional: bool) -> Json:
        dossier, on = self._now.dossier, self._now.on
        story = roadmap_story(dossier, self._now.findings, self._programme, on)
        self._named(self._programme)
        found: Json = {
            "format": FORMAT,
            "cooperation": {"code": dossier.code, "name": dossier.name, "fictional": fictional},
            "programme": self._programme.key,
            "number": number,
            "day": on.isoformat(),
            "compared_with": None if self._before is None else self._before.on.isoformat(),
            "round": None if held is None else _round(held),
            "former": [_former(item) for item in former],
            "topics": [{"key": item.key, "title": packed(item.title)} for item in self._programme.topics],
            "findings": self._findings(),
            "changes": [self._change(item) for item in self._changes()],
            "decisions": self._decisions(),
            "to_decide": self._to_decide(),
            "actions": self._actions(),
            "opinions": [plain(item) for item in dossier.opinions],
            "initiatives": {item.code: item.title for item in dossier.initiatives},
            "roadmap": _story(story),
        }
        found |= {"facts": self._facts, "rules": self._rules, "programmes": self._programmes}
        return found

    def _findings(self) -> list[Json]:
        earlier = {} if self._before is None else {_name(item): item for item in self._before.findings}
        mine = [item for item in self._now.findings if item.status is not Status.NA or self._is_own(item)]
        return [self._finding(item, earlier.get(_name(item))) for item in sorted(mine, key=_rank)]

    def _is_own(self, finding: Finding) -> bool:
        return finding.programme.key == self._programme.key and finding.subject == self._now.dossier.code

    def _finding(self, item: Finding, before: Finding | None) -> Json:
        due = item.due_on if item.due_on is not None and item.due_on < date.max else None
        return {
            "rule": self._rule(item),
            "subject": item.subject,
            "status": item.status.value,
            "before": None if before is None else before.status.value,
            "proof": item.proof.value if item.proof else None,
            "due_on": due.isoformat() if due else None,
            "days_late": item.days_late,
            "reason": packed(item.reason),
            "records": self._addresses(item.records),
        }

    def _changes(self) -> tuple[Change, ...]:
        if self._before is None:
            return ()
        before, now = self._before, self._now
        return changes_between(
            before.dossier,
            now.dossier,
            before.findings,
            now.findings,
            since=before.on,
            until=now.on,
            last=last_fact_on(now.whole, now.on),
        )

    def _change(self, item: Change) -> Json:
        rule = item.after or item.before
        return {
            "kind": item.kind.value,
            "day": item.day.isoformat(),
            "subject": item.subject,
            "sentence": packed(item.sentence),
            "rule": None if rule is None else self._rule(rule),
            "records": self._addresses(item.records or self._rests_on(item)),
        }

    def _rests_on(self, item: Change) -> tuple[Record, ...]:
        """What a sentence without records is about: what decided it before, or the cooperation itself."""
        former = () if item.before is None else item.before.records
        return former or (self._now.dossier,)

    def _decisions(self) -> list[Json]:
        """What the insurer decided on money since the previous meeting."""
        since = date.min if self._before is None else self._before.on
        return [
            {"initiative": item.code, "title": item.title, "record": address, **plain(decision)}
            for item in self._now.dossier.initiatives
            for decision in item.extensions
            if since < decision.decided_on <= self._now.on
            for address in self._addresses((decision,))
        ]

    def _to_decide(self) -> list[Json]:
        """The initiatives whose money ended or ends soon, with its last day."""
        found = to_decide(self._now.dossier, self._now.on)
        return [{"initiative": item.code, "title": item.title, "ends_on": last.isoformat()} for item, last in found]

    def _actions(self) -> list[Json]:
        """The actions of the cooperation that are open, or were done since the previous meeting."""
        since = date.min if self._before is None else self._before.on
        held = [item for item in self._now.dossier.actions if item.done_on is None or item.done_on > since]
        listed = sorted(held, key=lambda item: (item.due_on or date.max, item.code))
        return [{name: value for name, value in plain(item).items() if name != "owner_email"} for item in listed]

    # --- what is named ---

    def _rule(self, item: Finding) -> str:
        key, asked = f"{item.programme.key}/{item.key}", item.requirement
        if key not in self._rules:
            self._named(item.programme)
            passage = {"document": asked.source.document, "place": asked.source.place, "text": asked.source.text}
            self._rules[key] = {
                "code": asked.rule,
                "kind": asked.kind,
                "programme": item.programme.key,
                "title": packed(asked.title),
                "label": packed(asked.label),
                "plain": packed(asked.plain),
                "source": passage,
                "ours": asked.ours,
                "column": asked.column,
            }
        return key

    def _named(self, programme: Programme) -> None:
        self._programmes[programme.key] = {
            "title": packed(programme.title),
            "version": programme.version,
            "insurer": programme.insurer.name if programme.insurer else None,
            "valid_from": programme.valid_from.isoformat() if programme.valid_from else None,
        }

    def _addresses(self, records: Iterable[Record]) -> list[str]:
        found = []
        for record in records:
            place = next((known for held in self._places if (known := held.of(record)) is not None), None)
            if place is None:
                continue
            found.append(place)
            self._facts.setdefault(place, self._fact(record))
        return sorted(set(found))

    def _fact(self, record: Record) -> Json:
        """A record as seen on the day, with the evidence on it; of people no address."""
        own = {name: value for name, value in plain(record).items() if name != "owner_email"}
        if isinstance(record, Round):
            own = {name: value for name, value in own.items() if name not in _OWN_DAYS}
        pieces = [whole(piece) for piece in getattr(record, "evidence", ())]
        return {"kind": type(record).declared.name, "record": own} | ({"evidence": pieces} if pieces else {})


def _round(held: Round) -> Json:
    """The round without what closing adds, and without the remarks that stand beside it."""
    return {name: value for name, value in whole(held).items() if name not in (*_OWN_DAYS, "remarks")}


def _former(held: Round) -> Json:
    scores = {score.topic.value: score.agreed for score in held.scores if score.agreed is not None}
    return {"number": held.number, "version": held.version, "held_on": str(held.held_on), "scores": scores}


def _story(story: Story) -> Json:
    return {
        "rows": [_row(row) for row in story.rows],
        "late": story.late,
        "missing": story.missing,
        "without_lead": story.without_lead,
    }


def _row(row: Row) -> Json:
    found: Mapping[str, Any] = {
        "key": row.key,
        "label": packed(row.label),
        "spans": [
            {"kind": item.kind.value, "from": str(item.from_on), "to": str(item.to_on), "text": packed(item.text)}
            for item in row.spans
        ],
        "marks": [{"kind": item.kind.value, "day": str(item.day), "text": packed(item.text)} for item in row.marks],
        "note": packed(row.note),
        "note_on": str(row.note_on) if row.note_on else None,
        "is_breach": row.is_breach,
        "since": str(row.since) if row.since else None,
        "weight": row.weight,
    }
    return dict(found)


def _name(finding: Finding) -> tuple[str, str, str]:
    """By insurer, so that two editions of one programme are the same rule."""
    return (finding.programme.insurer_key or "", finding.key, finding.subject)


def _rank(finding: Finding) -> tuple[int, str, str, str]:
    return (finding.requirement.column or 999, finding.programme.key, finding.rule, finding.subject)
