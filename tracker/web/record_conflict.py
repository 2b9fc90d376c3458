"""Two versions of one record side by side, in words, for who saved second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.editing import lists_on_form
from tracker.domain.entries import Entry
from tracker.domain.records.base import Field, Record, children_of, scalars_of
from tracker.domain.records.places import kind_of
from tracker.domain.values import read_value
from tracker.forms.registry import shape_of
from tracker.queries.records import Kept, entry_then
from tracker.web.curtain import hidden
from tracker.web.frame import language
from tracker.web.record_pages import named
from tracker.web.record_places import Target


def conflict_choices(mine: Entry, theirs: Kept, target: Target, seen: int | None) -> list[dict[str, Any]]:
    """The fields and lists that differ between what was typed and what is stored now; see conflict.html.

    Where the reader left a field as it was, the other's version is chosen beforehand.
    """
    kind, found = kind_of(target.place), []
    stored, before = hidden(target.code, theirs.entry()), hidden(target.code, entry_then(theirs, seen or 0))
    for field in scalars_of(kind):
        if field.name in mine.given:
            found.append(
                (field, [_words(field, given.get(field.name)) for given in (mine.given, stored.given, before.given)])
            )
    for field, _place in lists_on_form(target.place):
        if field.name in mine.children:
            # Of another's rows only what this form shows: a score of the other side stays where it is.
            shown = {name for row in mine.children[field.name] for name in row.given}
            rows = [row for row in mine.children[field.name] if not row.is_removed]
            held = (rows, stored.children[field.name], before.children[field.name])
            found.append((field, [_rows(each, field.type, shown) for each in held]))
    return [
        {
            "name": field.name,
            "label": _label(kind, field),
            "mine": own,
            "theirs": other,
            "chosen": "theirs" if own == then else "mine",
        }
        for field, (own, other, then) in found
        if own != other
    ]


def _label(kind: type[Record], field: Field) -> str:
    """What the form calls it."""
    return str(shape_of(kind).labels.get(field.name) or labels.words(field.label, language()))


def _words(field: Field, value: Any) -> str:
    """A raw or typed value as people read it; the same for both."""
    if value is None or value == () or value == []:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(sorted(_one(field, item) for item in value))
    return _one(field, value)


def _one(field: Field, value: Any) -> str:
    """What came from the form is text of the format, what is stored has its type."""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    typed, fault = read_value(field, value) if type(value) is str else (value, None)
    return named(field, value if fault is not None else typed)


def _rows(rows: Iterable[Entry], kind: type[Record], shown: set[str]) -> str:
    known: Mapping[str, Field] = {field.name: field for field in scalars_of(kind)}
    below = {field.name: field.type for field in children_of(kind)}
    lines = []
    for row in rows:
        told = [_words(known[name], value) for name, value in row.given.items() if name in shown and name in known]
        for name, held in row.children.items():
            kept = [item for item in held if not item.is_removed]
            told.append(_rows(kept, below[name], {given for item in kept for given in item.given}))
        lines.append(" · ".join(part for part in told if part))
    return "\n".join(sorted(lines))
