"""What the journal tells, as sentences: who added, corrected, removed or took in what, and from what to what.

B. Stuurman corrigeerde Visie (versie 2): Vastgesteld op ging van 1 juli 2022 naar 3 juli 2022. Reden: tikfout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from tracker.domain.difference import FieldDifference, difference
from tracker.domain.finding import Reason
from tracker.domain.records.base import Field, Pair, Record, Sort, scalars_of
from tracker.domain.records.evaluation import Score
from tracker.domain.records.places import kind_of
from tracker.domain.sentences import Sentence, naming_of, short

MOST_KINDS = 10
"""More kinds of record than this in one write are told as one number."""


class Deed(StrEnum):
    """What was done to a record, as the journal calls it."""

    added = "added"
    corrected = "corrected"
    removed = "removed"
    imported = "imported"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the journal: a record before and after the write. Without `new` it was removed, without `old` new."""

    number: int
    """Of the record; its history is found by it."""
    action: str
    place: str
    address: str
    old: Record | None
    new: Record | None
    above: int | None = None
    """The number of the record it stands in."""
    within: Record | None = None
    """That record, where its name is needed: not of a root and not of what stands in a cooperation itself."""
    untold: frozenset[str] = frozenset()
    """Fields whose values are kept from who reads."""

    @property
    def kind(self) -> type[Record]:
        return kind_of(self.place)

    @property
    def is_new(self) -> bool:
        return self.old is None and self.new is not None

    @property
    def is_gone(self) -> bool:
        return self.new is None

    @property
    def keeps_score(self) -> bool:
        """A score is kept from who reads; the reason of the write might tell it."""
        return self.kind is Score and bool(self.untold & {"own", "insurer"})


class Told(NamedTuple):
    """A line with what came or went together with it: how many records below it, by place."""

    line: Written
    below: Mapping[str, int]


def gathered(lines: Iterable[Written]) -> list[Told]:
    """What came or went with the record it stands in is told with that record; every other line by itself."""
    listed = list(lines)
    by_number = {line.number: line for line in listed}
    below: dict[int, Counter[str]] = {}
    tops = []
    for line in listed:
        top = _top(line, by_number)
        if top is line:
            tops.append(line)
        else:
            below.setdefault(top.number, Counter())[line.place] += 1
    return [Told(line, below.get(line.number, {})) for line in tops]


def _top(line: Written, by_number: Mapping[int, Written]) -> Written:
    above = by_number.get(line.above) if line.above is not None else None
    alike = above is not None and ((line.is_new and above.is_new) or (line.is_gone and above.is_gone))
    return _top(above, by_number) if alike and above is not None else line


# --- one line ---


def sentence(told: Told, by: str, *, of: str | None = None, reason: str | None = None) -> Reason:
    """One write of one record. `of` = the name of the cooperation, where the page is not about it alone."""
    line = told.line
    said = Sentence().value(by)
    if line.is_new:
        _came(said, line, of)
        _what_it_was(said, line.new, line.untold)
    elif line.is_gone:
        _named(said.say(" verwijderde ", " removed "), line, of)
        _what_it_was(said, line.old, line.untold)
    else:
        _corrected(said, line, of)
    if told.below:
        _listed(said.say("; met ", "; with "), told.below)
    return _with_reason(said.say("."), reason)


def _came(said: Sentence, line: Written, of: str | None) -> None:
    if line.action == Deed.imported:
        _named(said.say(" las ", " took in "), line, of).say(" in uit een bestand", " from a file")
    else:
        _named(said.say(" voegde ", " added "), line, of).say(" toe", "")


def _corrected(said: Sentence, line: Written, of: str | None) -> None:
    if line.action == Deed.imported:
        _named(said.say(" wijzigde met een bestand ", " changed by a file "), line, of)
    else:
        _named(said.say(" corrigeerde ", " corrected "), line, of)
    found = changes(line)
    for number, one in enumerate(found):
        said.say("; " if number else ": ").words(one.field.label).say(" ging van ", " went from ")
        _value(said, one.old, one.field)
        _value(said.say(" naar ", " to "), one.new, one.field)
    if not found and any(one.field.attribute in line.untold for one in difference(line.old, line.new)):
        said.say(": wat er veranderde, ziet u niet of nog niet", ": what changed is not shown to you, or not yet")
    elif not found:
        said.say(": er veranderde niets", ": nothing changed")


def changes(line: Written) -> tuple[FieldDifference, ...]:
    """The fields that this reader may see change. Of a record that came or went those that are filled."""
    return tuple(one for one in difference(line.old, line.new) if one.field.attribute not in line.untold)


def name_of(line: Written, of: str | None = None) -> Reason:
    """What the record of a line is called, with what it stands in: `Score (toegankelijkheid) van ronde 3`."""
    return _named(Sentence(), line, of).done()


def _named(said: Sentence, line: Written, of: str | None) -> Sentence:
    held = line.new or line.old
    if held is None:
        said.words(line.kind.declared.label).say(" (").value(line.address).say(")")
    else:
        said.record(held)
    if line.within is not None:
        said.say(" van ", " of ").record(line.within)
    return said if of is None else said.say(" van ", " of ").value(of)


def _what_it_was(said: Sentence, record: Record | None, untold: frozenset[str]) -> None:
    """`: vastgesteld op 1 juli 2022, gedragen ja`: every filled field that its name does not tell."""
    if record is None:
        return
    named = {field.attribute for field in naming_of(type(record))} | untold
    filled = [field for field in scalars_of(type(record)) if field.attribute not in named and _is_filled(record, field)]
    for number, field in enumerate(filled):
        said.say(", " if number else ": ").words(field.label, small=True).say(" ")
        _value(said, getattr(record, field.attribute), field)


def _is_filled(record: Record, field: Field) -> bool:
    return getattr(record, field.attribute) not in (None, (), field.default)


def _value(said: Sentence, value: Any, field: Field) -> None:
    """A text between quotes and not longer than a name; all else as it is written everywhere."""
    if field.sort is Sort.TEXT and isinstance(value, str):
        said.say("‘").value(short(value)).say("’")
    else:
        said.value(value, field)


def _with_reason(said: Sentence, reason: str | None) -> Reason:
    if reason:
        said.say(" Reden: ", " Reason: ").value(reason.strip().rstrip(".")).say(".")
    return said.done()


# --- many lines ---


def in_numbers(
    by: str, counts: Mapping[tuple[str, str], int], *, of: str | None = None, reason: str | None = None
) -> Reason:
    """A write of many records: `B. Stuurman las records in uit een bestand: 300 × praktijk, 12 × visie.`"""
    said = Sentence()
    for number, deed in enumerate(sorted({action for action, _place in counts})):
        own = {place: count for (action, place), count in counts.items() if action == deed}
        said.say(" " if number else "").value(by)
        before, after = _DEEDS[Deed(deed)]
        said.words(before).words(_RECORDS if of is None else _RECORDS_OF)
        if of is not None:
            said.value(of)
        _listed(said.words(after).say(": "), own)
        said.say(".")
    return _with_reason(said, reason)


def too_many(by: str, most: int, *, reason: str | None = None) -> Reason:
    """A write of so many records that nobody counted them."""
    said = Sentence().value(by).say(" schreef meer dan ", " wrote more than ").value(most)
    return _with_reason(said.say(" records in één keer.", " records at once."), reason)


_RECORDS, _RECORDS_OF = Pair("records", "records"), Pair("records van ", "records of ")
_DEEDS = {
    Deed.added: (Pair(" voegde ", " added "), Pair(" toe", "")),
    Deed.corrected: (Pair(" corrigeerde ", " corrected "), Pair("", "")),
    Deed.removed: (Pair(" verwijderde ", " removed "), Pair("", "")),
    Deed.imported: (Pair(" las ", " took in "), Pair(" in uit een bestand", " from a file")),
}


def _listed(said: Sentence, counts: Mapping[str, int]) -> None:
    """`4 × onderdeel van de visie, 2 × draagvlak`: the most first, a long list ends in one number."""
    ordered: Sequence[tuple[str, int]] = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    for number, (place, count) in enumerate(ordered[:MOST_KINDS]):
        said.say(", " if number else "").value(count).say(" × ").words(kind_of(place).declared.label, small=True)
    if rest := sum(count for _place, count in ordered[MOST_KINDS:]):
        said.say(", ").value(rest).say(" andere", " others")
