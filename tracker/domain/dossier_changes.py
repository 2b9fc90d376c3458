"""What differs between two dossiers as they were seen on two dates: records that came, went, moved on or were scored.

Derived from the declarations; only phases and scores have words of their own, for they go from state to state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from tracker.domain.changes import Change, ChangeKind, about, finding_changes, in_order, silence, subject_names
from tracker.domain.difference import children_in, value_in
from tracker.domain.finding import Finding, Reason
from tracker.domain.records.base import Field, Pair, Record, Sort, children_of, key_of, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import DirectionPhase
from tracker.domain.records.enums import InitiativePhaseName, Phase, Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.records.initiative import Initiative, InitiativePhase
from tracker.domain.records.periods import Measurement
from tracker.domain.records.practice import ComponentUse, Practice
from tracker.domain.rules import rounds_that_count
from tracker.domain.sentences import Sentence, inside, short
from tracker.domain.visibility import visible_from

MOST_APART = 3
"""More changes of one sort than this become one sentence with their number."""

_COUNTED_ELSEWHERE = (ComponentUse, Measurement, Score)
_PHASES = (DirectionPhase, InitiativePhase)
_AGREED_ENDS = ("to_on", "ends_on", "until", "valid_until")
_ENDINGS = ("ended_on", "left_on", "terminated_on", "dissolved_on", "withdrawn_on")
_SUBJECTS = (Cooperation, Initiative, Practice, Round)
_FURTHER = {phase: rank for kind in (Phase, InitiativePhaseName) for rank, phase in enumerate(kind)}


def changes_between(
    before: Cooperation,
    after: Cooperation,
    findings_before: Iterable[Finding],
    findings_after: Iterable[Finding],
    *,
    since: date,
    until: date,
    last: date | None = None,
) -> tuple[Change, ...]:
    """Everything that changed in a cooperation between two dates: rules, records and silence, in order.

    Both dossiers are as seen, and as the reader may see them: what he may not see makes no sentence. `last` is the day
    of the latest fact where he does not see all of them.
    """
    found = finding_changes(findings_before, findings_after, dossier=after, since=since, until=until)
    records = dossier_changes(before, after, since=since, until=until)
    return in_order((*found, *records, *silence(after, since=since, until=until, last=last)))


def dossier_changes(before: Cooperation, after: Cooperation, *, since: date, until: date) -> tuple[Change, ...]:
    """What came, went or moved on between the two states of a dossier, in order.

    Practice use and measurements are left to their charts. What a new record holds is part of its one sentence.
    """
    walk = _Walk(after, since, until)
    noted = [*_of_record(walk, before, after, _Place(after.code, after.code)), *_score_notes(walk, before, after)]
    return in_order(_told(walk, noted))


class _Place(msgspec.Struct, frozen=True):
    """Where a record stands: the subject it is told of, the subject that tells of many, and the list it is in."""

    subject: str
    group: str
    list: Field | None = None


class _Walk(msgspec.Struct, frozen=True):
    dossier: Cooperation
    since: date
    until: date

    def place(self, field: Field, record: Record, held: _Place) -> _Place:
        """Initiatives and rounds are told of by themselves; what practices have in common, by their cooperation."""
        if isinstance(record, Initiative):
            return _Place(record.code, record.code, field)
        if isinstance(record, Round):
            code = f"{self.dossier.code}#{record.number}"
            return _Place(code, code, field)
        if isinstance(record, Practice):
            return _Place(record.code, held.group, field)
        return _Place(held.subject, held.group, field)


_NEW = Pair("nieuwe feiten onder", "new facts under")
_GONE = Pair("verdwenen feiten onder", "facts gone from under")
_ENDED = Pair("geëindigde feiten onder", "ended facts under")


class _Note(msgspec.Struct, frozen=True):
    """One change before it becomes a sentence, alone or with others of its sort."""

    kind: ChangeKind
    day: date
    place: _Place
    record: Record
    words: Reason
    """What happened, without who: ` is nieuw`."""
    sort: Pair
    """What happened to several of one list: `nieuwe feiten onder`."""
    what: Reason | None = None
    """What it is about, where that is not the record itself."""


def _of_record(walk: _Walk, before: Record, after: Record, place: _Place) -> Iterator[_Note]:
    """The changes of one record that was there on both dates, and of all it holds."""
    for field in scalars_of(type(after)):
        old, new = value_in(before, field), value_in(after, field)
        if old != new:
            yield _changed(walk, field, old, new, after, place)
        elif field.attribute in _AGREED_ENDS and new is not None and walk.since <= new < walk.until:
            yield _ended(new, after, place)
    for field in children_of(type(after)):
        if field.type in _PHASES:
            yield from _phase_notes(walk, field, before, after, place)
        elif field.type not in _COUNTED_ELSEWHERE:
            yield from _of_children(walk, field, before, after, place)


def _of_children(walk: _Walk, field: Field, before: Record, after: Record, place: _Place) -> Iterator[_Note]:
    old, new = children_in(before, field), children_in(after, field)
    here = _Place(place.subject, place.group, field)
    for key in old.keys() | new.keys():
        one, other = old.get(key), new.get(key)
        if one is not None and other is not None:
            yield from _of_record(walk, one, other, walk.place(field, other, place))
        elif other is not None:
            yield from _appeared(walk, other, here)
        elif one is not None:
            words = Sentence().say(" is verdwenen", " is gone").done()
            yield _Note(ChangeKind.GONE, walk.until, here, one, words, _GONE)


def _appeared(walk: _Walk, record: Record, place: _Place) -> Iterator[_Note]:
    words = Sentence().say(" is nieuw", " is new").done()
    day = _within(walk, visible_from(record))
    yield _Note(ChangeKind.NEW, day, place, record, words, _NEW)
    for field in scalars_of(type(record)):
        end = getattr(record, field.attribute) if field.attribute in _AGREED_ENDS else None
        if end is not None and walk.since <= end < walk.until:
            yield _ended(end, record, place)


def _within(walk: _Walk, day: date | None) -> date:
    """The day itself when it lies in the comparison, else its last day: then it was learnt, not lived."""
    return day if day is not None and walk.since < day <= walk.until else walk.until


def _ended(end: date, record: Record, place: _Place) -> _Note:
    words = Sentence().say(" eindigde op ", " ended on ").value(end).done()
    return _Note(ChangeKind.GONE, end + timedelta(1), place, record, words, _ENDED)


def _changed(walk: _Walk, field: Field, old: Any, new: Any, record: Record, place: _Place) -> _Note:
    """A value that is known now, was corrected, or is no longer there."""
    over = new is None or (old is None and field.attribute in _ENDINGS)
    lived = new if field.sort is Sort.DAY and not field.is_promise else None
    if old is None and field.sort is Sort.DAY:
        said = Sentence().say(": ").words(field.label, small=True).say(" ").value(new)
    else:
        said = Sentence().say(", ").words(field.label, small=True).say(" ging van ", " went from ")
        said.value(short(old), field).say(" naar ", " to ").value(short(new), field)
    sort = Pair(f"keer {inside(field.label.nl)} onder", f"times {inside(field.label.en)} under")
    kind = ChangeKind.GONE if over else ChangeKind.NEW
    return _Note(kind, _within(walk, lived), place, record, said.done(), sort)


def _phase_notes(walk: _Walk, field: Field, before: Record, after: Record, place: _Place) -> Iterator[_Note]:
    """From the phase of the one date to that of the other; what came between is history."""
    old, new = _phase(before, field), _phase(after, field)
    if old is None or new is None or old.phase is new.phase:
        return
    forward = new.phase is not Phase.STOPPED and (
        old.phase is Phase.STOPPED or _FURTHER[new.phase] > _FURTHER[old.phase]
    )
    said = Sentence().say(" ging van ", " went from ").value(old.phase).say(" naar ", " to ").value(new.phase)
    reason = getattr(new, "reason", None)
    if reason:
        said.say(" (").value(short(reason)).say(")")
    ended = new.phase is InitiativePhaseName.ENDED
    kind = ChangeKind.GONE if ended else ChangeKind.BETTER if forward else ChangeKind.WORSE
    sort = Pair("van fase veranderd bij", "changed phase in")
    yield _Note(kind, _within(walk, new.reached_on), place, after, said.done(), sort)


def _phase(record: Record, field: Field) -> Any:
    entries = getattr(record, field.attribute)
    return max(entries, key=lambda entry: (entry.reached_on, _FURTHER[entry.phase]), default=None)


def _score_notes(walk: _Walk, before: Cooperation, after: Cooperation) -> Iterator[_Note]:
    """The agreed scores of the last round of each date, topic by topic; no score is a gap, never a zero."""
    old, new = _last_round(before), _last_round(after)
    if old is None or new is None:
        return
    one, other = _agreed(old), _agreed(new)
    place = _Place(walk.dossier.code, walk.dossier.code)
    for topic in Topic:
        was, now = one.get(topic), other.get(topic)
        if was != now:
            said = Sentence().say(" ging van ", " went from ")
            _score(_score(said, was).say(" naar ", " to "), now).say(" (").value(old.held_on)
            words = said.say(" – ").value(new.held_on).say(")").done()
            what = Sentence().value(topic).done()
            yield _Note(_direction(was, now), _within(walk, new.held_on), place, new, words, Pair("", ""), what)


def _direction(was: int | None, now: int | None) -> ChangeKind:
    if was is None:
        return ChangeKind.NEW
    if now is None:
        return ChangeKind.GONE
    return ChangeKind.BETTER if now > was else ChangeKind.WORSE


def _score(said: Sentence, score: int | None) -> Sentence:
    return said.say("geen score", "no score") if score is None else said.value(score)


def _last_round(dossier: Cooperation) -> Round | None:
    return max(rounds_that_count(dossier), key=lambda item: (item.held_on, item.number), default=None)


def _agreed(held: Round) -> dict[Topic, int]:
    return {score.topic: score.agreed for score in held.scores if score.agreed is not None}


def _told(walk: _Walk, notes: Iterable[_Note]) -> Iterator[Change]:
    """The notes as sentences; many of one sort in one list become one sentence."""
    names = subject_names(walk.dossier)
    groups: dict[tuple[ChangeKind, str, str, str], list[_Note]] = {}
    for note in notes:
        listed = note.place.list.name if note.place.list is not None else ""
        groups.setdefault((note.kind, note.place.group, listed, note.sort.nl), []).append(note)
    for group in groups.values():
        field = group[0].place.list
        if field is not None and len(group) > MOST_APART:
            yield _many(walk, names, field, group)
        else:
            yield from (_one(walk, names, note) for note in group)


def _one(walk: _Walk, names: Mapping[str, Pair], note: _Note) -> Change:
    """`RSV Wolderveen: Mijlpaal Werkproces beschreven van Portaal voor iedereen is nieuw.`"""
    subject = note.place.subject
    named = walk.dossier.code if isinstance(note.record, _SUBJECTS) else subject
    what = Sentence().reason(note.what) if note.what is not None else _called(note.record)
    said = about(walk.dossier, named, names, what).reason(note.words).say(".")
    return _change(walk, subject, note.kind, note.day, said, (note.record,))


def _called(record: Record) -> Sentence:
    """What a record is called; the cooperation's own name already opens the sentence."""
    if isinstance(record, Cooperation):
        return Sentence().words(type(record).declared.label)
    return Sentence().record(record)


def _many(walk: _Walk, names: Mapping[str, Pair], field: Field, group: list[_Note]) -> Change:
    """`RSV Wolderveen: 62 nieuwe feiten onder ingeschreven verzekerden.`"""
    first = group[0]
    what = Sentence().value(len(group)).say(" ").words(first.sort).say(" ").words(field.label, small=True)
    said = about(walk.dossier, first.place.group, names, what).say(".")
    records = tuple(note.record for note in sorted(group, key=_place_in_group))
    return _change(walk, first.place.group, first.kind, max(note.day for note in group), said, records)


def _place_in_group(note: _Note) -> tuple[date, str, str]:
    return (note.day, note.place.subject, str(key_of(note.record)))


def _change(
    walk: _Walk, subject: str, kind: ChangeKind, day: date, said: Sentence, records: tuple[Record, ...]
) -> Change:
    code = walk.dossier.code
    return Change(cooperation=code, subject=subject, kind=kind, day=day, sentence=said.done(), records=records)
