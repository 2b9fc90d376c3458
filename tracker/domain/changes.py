"""What differs between two dates: in the findings, and in the dossier. Every sentence rests on a change.

The pattern is `<wie>: <wat> ging van <oud> naar <nieuw> (<reden>).`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from tracker.domain.finding import Days, Finding, Reason, Status, badness
from tracker.domain.records.base import Pair, Record, Sort, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.sentences import Sentence
from tracker.domain.silence import last_fact_on


class ChangeKind(StrEnum):
    """What a change means, in the order in which changes are shown."""

    WORSE = "worse"
    BETTER = "better"
    NEW = "new"
    GONE = "gone"
    SILENT = "silent"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that changed, with the sentence that says so."""

    cooperation: str
    subject: str
    """What it is about, as findings name it: `WOL`, `I01`, `WOL#2`, a practice, `WOL/OI1`."""
    kind: ChangeKind
    day: date
    """The day it came about; where nothing tells it, the last day of the comparison."""
    sentence: Reason
    records: tuple[Record, ...] = ()
    before: Finding | None = None
    after: Finding | None = None


_ORDER = {kind: rank for rank, kind in enumerate(ChangeKind)}


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Worse, better, new, gone, silent; inside each the newest first, then the worst, then by name."""
    return tuple(sorted(changes, key=_rank))


def _rank(change: Change) -> tuple[int, int, int, str, str, str, str]:
    found = change.after or change.before
    return (
        _ORDER[change.kind],
        -change.day.toordinal(),
        badness(change.after.status) if change.after else 0,
        change.cooperation,
        change.subject,
        found.rule if found else "",
        change.sentence.text.nl + str(sorted(change.sentence.values.items())),
    )


def subject_names(dossier: Cooperation) -> dict[str, Pair]:
    """What people call the subjects of a dossier; the cooperation itself is named by the sentence."""
    names = {item.code: Pair(item.title, item.title) for item in dossier.initiatives}
    names |= {item.code: Pair(item.name, item.name) for item in dossier.practices}
    names |= {
        f"{dossier.code}#{item.number}": Pair(f"ronde {item.number}", f"round {item.number}") for item in dossier.rounds
    }
    return names


def about(dossier: Cooperation, subject: str, names: Mapping[str, Pair], what: Sentence) -> Sentence:
    """`<wie>: <wat>`, and `van <onderwerp>` when it is not the cooperation itself."""
    said = Sentence().value(dossier.name).say(": ").reason(what.done())
    if subject == dossier.code:
        return said
    said.say(" van ", " of ")
    name = names.get(subject)
    if name is None:
        return said.value(subject)
    return said.value(name.nl) if name.nl == name.en else said.words(name)


# --- findings ---


def finding_changes(
    before: Iterable[Finding], after: Iterable[Finding], *, dossier: Cooperation, since: date, until: date
) -> tuple[Change, ...]:
    """What changed in the findings of a dossier between two dates: one change per rule and subject.

    A rule that starts to apply is new, one that stops applying is gone. A subject that was not there on one of the two
    dates is left to `dossier_changes`: one sentence, not one per rule. The order of the findings does not matter.
    """
    old, new = _by_rule(before), _by_rule(after)
    known = {finding.subject for finding in old.values()} & {finding.subject for finding in new.values()}
    names, found = subject_names(dossier), []
    for key in old.keys() | new.keys():
        one, other = old.get(key), new.get(key)
        kind = _kind(one, other)
        if kind is not None and key[-1] in known:
            found.append(_finding_change(kind, one, other, dossier, names, since, until))
    return in_order(found)


def _by_rule(findings: Iterable[Finding]) -> dict[tuple[str, str, str], Finding]:
    """By insurer, rule and subject: two editions of one programme are the same rule."""
    return {(item.programme.insurer_key or "", item.key, item.subject): item for item in findings}


def _kind(before: Finding | None, after: Finding | None) -> ChangeKind | None:
    applied = before is not None and before.status is not Status.NA
    applies = after is not None and after.status is not Status.NA
    if applied and applies and before is not None and after is not None:
        if before.status is after.status:
            return None
        return ChangeKind.WORSE if badness(after.status) < badness(before.status) else ChangeKind.BETTER
    if applied == applies:
        return None
    return ChangeKind.NEW if applies else ChangeKind.GONE


def _finding_change(
    kind: ChangeKind,
    before: Finding | None,
    after: Finding | None,
    dossier: Cooperation,
    names: Mapping[str, Pair],
    since: date,
    until: date,
) -> Change:
    present = after or before
    assert present is not None, "one of the two is there"
    said = about(dossier, present.subject, names, Sentence().words(present.requirement.label.pair))
    if kind is ChangeKind.NEW and after is not None:
        said.say(" geldt nu: ", " applies now: ").value(after.status)
    elif kind is ChangeKind.GONE and before is not None:
        said.say(" geldt niet meer, was ", " no longer applies, was ").value(before.status)
    elif before is not None and after is not None:
        said.say(" ging van ", " went from ").value(before.status).say(" naar ", " to ").value(after.status)
    if after is not None:
        said.say(" (").reason(after.reason).say(")")
    return Change(
        cooperation=dossier.code,
        subject=present.subject,
        kind=kind,
        day=_day_of(before, after, since, until),
        sentence=said.say(".").done(),
        records=after.records if after is not None else (),
        before=before,
        after=after,
    )


def _day_of(before: Finding | None, after: Finding | None, since: date, until: date) -> date:
    """The day on which the status turned where the findings tell it: met late, or a due date that passed.

    Else the day of the youngest fact, end or passed due date between the two dates on which the findings rest.
    """
    turned = _turned_on(before, after)
    if turned is not None and since < turned <= until:
        return turned
    days = {until}
    for finding in (before, after):
        if finding is not None:
            days.update(day for record in finding.records for day in _turns(record))
            if finding.due_on is not None and finding.due_on < date.max:
                days.add(finding.due_on + timedelta(1))
    return max((day for day in days if since < day < until), default=until)


def _turned_on(before: Finding | None, after: Finding | None) -> date | None:
    """A later fact of the same record (a withdrawal, a second measurement) does not move these days."""
    if before is None or after is None or after.due_on is None or after.due_on == date.max:
        return None
    if after.status is Status.LATE and after.days_late:
        return after.due_on + timedelta(after.days_late)
    if before.status is Status.PENDING and after.status is Status.NOT_MET:
        return after.due_on + timedelta(1)
    return None


def _turns(record: Record) -> Iterable[date]:
    """The days on which something begins or, after an agreed last day, no longer holds."""
    for field in scalars_of(type(record)):
        day = getattr(record, field.attribute) if field.sort is Sort.DAY else None
        if day is not None and day < date.max:
            yield day + timedelta(1) if field.is_promise else day


# --- silence ---


def silence(dossier: Cooperation, *, since: date, until: date, last: date | None = None) -> tuple[Change, ...]:
    """A cooperation of which nothing new was recorded between the two dates.

    `last` is the day of its latest fact where the dossier does not hold all of them: silence is the same for everybody.
    """
    last = last or last_fact_on(dossier, until)
    if last is None or last > since or since >= until:
        return ()
    days = (until - last).days
    said = Sentence().value(dossier.name).say(": al ", ": no new fact for ").value(Days(days))
    said.say(" geen nieuw feit.", ".")
    sentence = said.done()
    return (
        Change(cooperation=dossier.code, subject=dossier.code, kind=ChangeKind.SILENT, day=last, sentence=sentence),
    )
