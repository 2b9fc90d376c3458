"""R53 where records are shown as they are stored: who may see no single practice reads none of their names there.

curtained(code, held)               records without those names, for lists and papers
hidden(code, entry)                 what a form is filled with
restored(code, entry, held)         what came back from such a form, with what it hid as it was
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import g

from tracker import access
from tracker.domain.entries import Entry
from tracker.domain.journal_curtain import practice_fields
from tracker.domain.policy import Action
from tracker.domain.practice_names import PracticeNames
from tracker.domain.records.base import scalars_of
from tracker.domain.records.places import kind_of
from tracker.domain.records.practice import Practice
from tracker.queries.codes import number_of
from tracker.queries.former_practices import former_practices
from tracker.queries.records import Kept, siblings


def names_kept(code: str | None) -> PracticeNames:
    """The names of practices that this reader may not know; empty for who may. Asked once per request."""
    held: dict[str | None, PracticeNames] = g.setdefault("names_kept", {})
    if code not in held:
        open_to_reader = code is None or access.allows(Action.see_practices, code)
        stored = [] if open_to_reader else siblings("practice", number_of("cooperation", code or ""))
        now = (record for record in (item.record() for item in stored) if isinstance(record, Practice))
        former = () if open_to_reader or code is None else former_practices((code,)).get(code, ())
        held[code] = PracticeNames((*now, *former))
    return held[code]


def readable(code: str, text: str) -> str:
    """A text as this reader may read it."""
    return names_kept(code).hidden_in(text)


def curtained(code: str | None, items: Iterable[Kept]) -> list[Kept]:
    """The records as this reader may read them; changed in place, they are never stored again."""
    held, names = list(items), names_kept(code)
    if not names:
        return held
    for item in held:
        for each in item.all():
            for name, value in each.values.items():
                if type(value) is str:
                    each.values[name] = names.hidden_in(value)
    return held


def is_behind(code: str | None, held: Kept) -> bool:
    """Whether a record is about one practice, which this reader may not know to exist."""
    names = names_kept(code)
    told = (held.values[name] for name in practice_fields(kind_of(held.place)))
    return any(isinstance(value, str) and names.hidden_in(value) != value for value in told)


def hidden(code: str | None, entry: Entry) -> Entry:
    """What a form is filled with, as this reader may read it; changed in place."""
    names = names_kept(code)
    for row in _rows(entry) if names else ():
        row.given.update({key: names.hidden_in(text) for key, text in row.given.items() if type(text) is str})
    return entry


def restored(code: str | None, entry: Entry, held: Kept | None) -> Entry:
    """What was typed; a text that came back as it was shown is what is stored, with the names. Changed in place."""
    names = names_kept(code)
    stored = {} if held is None or not names else {item.number: item for item in held.all()}
    for row in _rows(entry):
        if row.number in stored:
            item = stored[row.number]
            for field in scalars_of(kind_of(item.place)):
                text = item.values[field.attribute]
                if type(text) is str and row.given.get(field.name) == names.hidden_in(text):
                    row.given[field.name] = text
    return entry


def _rows(entry: Entry) -> Iterator[Entry]:
    """An entry and all below it."""
    yield entry
    for held in entry.children.values():
        for child in held:
            yield from _rows(child)
