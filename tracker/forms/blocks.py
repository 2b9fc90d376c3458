"""One record on a page: its questions, its lists of rows, and what a person filled in for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms.form import BaseForm

from tracker.domain.entries import Entry
from tracker.domain.records.base import Field, Record, known_fields
from tracker.forms.files import Slot
from tracker.forms.shapes import Shape
from tracker.forms.typed import Typed

SHORT = 60
"""So many characters of an answer stand on the line of a row."""


@dataclass
class Part:
    """What stands on a form, from top to bottom: a question, a list, a heading, a fact or a part to open."""

    sort: str
    """question, rows, heading, fact, hidden, file or fold"""
    text: Any = ""
    question: Any = None
    value: Any = ""
    """Of a fact: what is told and not asked."""
    reveals: dict[str, list[Part]] = field(default_factory=dict)
    rows: Rows | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Is something wrong inside, or was a row just added there?"""
        inner = [*self.parts, *(part for held in self.reveals.values() for part in held)]
        own = bool(self.question is not None and self.question.errors)
        return own or (self.rows is not None and self.rows.calls) or any(part.is_open for part in inner)


class Block:
    """The questions of one record and the rows of its lists, by the names of the format."""

    def __init__(self, kind: type[Record], shape: Shape, prefix: str, form: BaseForm, entry: Entry | None) -> None:
        self.kind = kind
        self.shape = shape
        self.prefix = prefix
        self.form = form
        self.entry_shown = entry
        self.number = entry.number if entry else None
        self.lists: dict[str, Rows] = {}
        self.gates: dict[str, Any] = {}
        self.parts: list[Part] = []
        self.hidden: frozenset[str] = frozenset()
        self.file: Slot | None = None
        """Of a piece of evidence: the place for its file."""
        self.legend = ""
        self.says_itself = False
        """Its first question says what the legend says."""
        self.is_removed = self.is_added = False

    @property
    def fields(self) -> dict[str, Typed]:
        """The questions whose answer is a value of the record."""
        return {name: self.question(name) for name in self.form._fields if name not in self.gates.values()}

    def question(self, name: str) -> Typed:
        """One question, also one that opens others and is no value itself."""
        asked: Any = self.form[name]
        found: Typed = asked
        return found

    @property
    def is_new(self) -> bool:
        return self.number is None

    @property
    def is_blank(self) -> bool:
        """A new row in which nobody wrote anything."""
        asked = (question for name, question in self.fields.items() if name not in self.hidden)
        empty_lists = (block.is_blank for rows in self.lists.values() for block in rows.blocks)
        no_file = self.file is None or self.file.is_untouched
        return self.is_new and no_file and all(question.is_unchanged for question in asked) and all(empty_lists)

    @property
    def row_id(self) -> str:
        """Where a link to the whole row leads."""
        return f"rij-{self.prefix.rstrip('-')}"

    @property
    def calls(self) -> bool:
        """Must a person look here: is something wrong, or was it just added?"""
        wrong = any(question.errors for question in self.form) or bool(self.file and self.file.errors)
        return wrong or self.is_added or any(rows.calls for rows in self.lists.values())

    @property
    def is_folded(self) -> bool:
        """A stored row is one line until somebody opens it."""
        return not self.is_new and not self.says_itself and not self.hidden

    @property
    def summary(self) -> str:
        """What tells this row from the others: the answers that are its key."""
        known = known_fields(self.kind)
        names = [known[attribute].name for attribute in self.kind.declared.key]
        answers = [self.fields[name].words for name in names if name in self.fields]
        return " · ".join(answer if len(answer) <= SHORT else f"{answer[:SHORT]}…" for answer in answers if answer)

    def is_asked(self, name: str) -> bool:
        """Does its question stand open? One under another answer than the chosen one does not."""
        for asking, answers in self.shape.reveals.items():
            for answer, names in answers.items():
                if name in names and asking in self.form and self.form[asking].data != answer:
                    return False
        return name not in self.gates or self.form[self.gates[name]].data == "yes"

    def entry(self, today: date) -> Entry:
        """What was filled in, raw, as the operation wants it."""
        given = {name: question.raw for name, question in self.fields.items()}
        given |= {name: None for name, gate in self.gates.items() if self.form[gate].data == "no"}
        if self.file is not None and self.file.brought is not None:
            given["sha256"] = self.file.brought.sha256
        children = {name: rows.entries(today) for name, rows in self.lists.items()}
        entry = Entry(given=given, children=children, number=self.number, is_removed=self.is_removed)
        if self.shape.complete is not None:
            self.shape.complete(entry, today)
        return entry

    def validate(self) -> bool:
        """Has everything the shape it must have? Says beside each question what to do."""
        if self.is_removed:
            return True
        fine = [self._question_is_fine(name) for name in self.form._fields]
        fine += [rows.validate() for rows in self.lists.values()]
        fine.append(self.file is None or not self.file.errors)
        return all(fine) and self._days_follow()

    def _question_is_fine(self, name: str) -> bool:
        question = self.question(name)
        if question.is_empty and not self.is_asked(name):
            question.errors = []
            return True
        return bool(question.validate(self.form))

    def _days_follow(self) -> bool:
        """An end does not come before its start."""
        known, fields = known_fields(self.kind), self.fields
        for start, end in self.kind.declared.spans:
            first, last = fields.get(known[start].name), fields.get(known[end].name)
            if first is None or last is None or (last.is_unchanged and first.is_unchanged):
                continue
            if first.raw and last.raw and last.raw < first.raw and self.is_asked(known[end].name):
                label = str(first.label.text).lower()
                last.errors = [_("Kies een datum op of na %(day)s (%(field)s)", day=first.data, field=label)]
                return False
        return True

    def problems(self, before: str = "") -> Iterator[tuple[str, str]]:
        """Everything that is wrong, from top to bottom: (sentence, id of the question)."""
        if self.file is not None:
            place = self.file.id
            yield from ((f"{before}{_lower(error)}" if before else error, place) for error in self.file.errors)
        for question in self.form:
            for error in question.errors:
                label = str(question.label.text)
                told = error if label in error else f"{label}: {_lower(error)}"
                yield (f"{before}{_lower(told)}" if before else told), question.id
        for rows in self.lists.values():
            yield from rows.problems(before)


class Rows:
    """The rows of one list on a form."""

    def __init__(self, item: Field, name: str, label: str, kind_word: str, add_word: str) -> None:
        self.item = item
        self.name = name
        """What the names of its fields begin with: `milestones-0-moves`."""
        self.id = f"veld-{name}"
        self.label = label
        self.kind_word = kind_word
        self.add_word = add_word
        self.hint: Any = None
        self.blocks: list[Block] = []
        self.template: Block | None = None
        """An empty row for the script to copy; its place is `__0__`, `__1__` one level deeper. None inside a row of a
        list that can grow: the template of that list holds it."""
        self.mark = ""
        self.begins_plain = self.is_fixed = False
        self.errors: list[str] = []

    @property
    def can_grow(self) -> bool:
        """May another row be added? A single block stands once, and so does each member of a fixed list."""
        if self.is_fixed or (self.begins_plain and any(block.is_new for block in self.blocks)):
            return False
        return self.item.many or not self.blocks

    @property
    def is_plain(self) -> bool:
        """Is its only row drawn as if it were part of the form?"""
        return self.begins_plain and len(self.blocks) == 1

    @property
    def sent(self) -> list[Block]:
        """The rows that count: all but the new ones that are empty or were taken away again."""
        return [block for block in self.blocks if not (block.is_new and (block.is_removed or block.is_blank))]

    @property
    def calls(self) -> bool:
        """Must a person look here: is something wrong, or was a row just added?"""
        return bool(self.errors) or any(block.calls for block in self.blocks)

    def entries(self, today: date) -> list[Entry]:
        """The rows as the operation wants them."""
        return [block.entry(today) for block in self.sent]

    def validate(self) -> bool:
        """All rows, a required list that is empty, and rows that say the same."""
        kept = [block for block in self.sent if not block.is_removed]
        fine = [block.validate() for block in kept]
        if self.item.required and not kept:
            self.errors = [_("Vul ten minste één rij in: %(field)s", field=self.label)]
        return all(fine) and not self.errors and self._keys_differ(kept)

    def _keys_differ(self, kept: list[Block]) -> bool:
        """Two rows with one key would be one record."""
        known, seen = known_fields(self.item.type), set()
        names = [known[attribute].name for attribute in self.item.type.declared.key]
        for block in kept:
            asked = [block.fields[name] for name in names if name in block.fields]
            key = tuple(str(question.raw) for question in asked)
            if asked and key in seen and not all(question.is_unchanged for question in asked):
                labels = ", ".join(str(question.label.text).lower() for question in asked)
                asked[-1].errors = [_("Deze rij staat er al: kies een andere waarde voor %(fields)s", fields=labels)]
                return False
            seen.add(key)
        return True

    def problems(self, before: str) -> Iterator[tuple[str, str]]:
        """What is wrong with the list and with its rows."""
        for error in self.errors:
            yield (f"{before}{_lower(error)}" if before else error), self.id
        for block in self.blocks:
            yield from block.problems(before if self.is_plain else f"{before}{block.legend}: ")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
