"""Builds the blocks of a form from the declarations, from what is stored and from what was posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from tracker.domain.entries import Entry
from tracker.domain.records.base import Field, Pair, Record, Sort, children_of, scalars_of
from tracker.domain.records.evidence import Evidence
from tracker.forms import hints
from tracker.forms.answers import RadiosField
from tracker.forms.blocks import Block, Part, Rows
from tracker.forms.fields import About, Choices, bound
from tracker.forms.files import Files
from tracker.forms.parts import parts_of
from tracker.forms.posted import number as number_of
from tracker.forms.posted import places
from tracker.forms.registry import shape_of
from tracker.forms.shapes import Fixed, Gate, Shape
from tracker.labels.members import choices as members
from tracker.labels.texts import capital, value_text, words

Shows = Callable[[type[Record], Field], bool]
MOST_ROWS = 1000
"""So many rows a posted form may have: more come from no person."""


class Builder:
    """Makes blocks for one reader."""

    def __init__(
        self,
        *,
        language: str,
        lists: dict[str, list[tuple[str, str]]],
        shows: Shows,
        formdata: MultiDict[str, str] | None,
        today: date,
        files: Files | None = None,
    ) -> None:
        self.language = language
        self.today = today
        self._lists = lists
        self._shows = shows
        self._formdata = formdata
        self._files = files
        self._places = places(formdata)
        self._adds = formdata.get("_add") if formdata is not None else None
        self.rows_left = MOST_ROWS

    # --- a record ---------------------------------------------------------------------------------------------------

    def block(
        self,
        kind: type[Record],
        prefix: str,
        entry: Entry | None,
        *,
        posted: bool,
        fixed: frozenset[str] = frozenset(),
        hidden: frozenset[str] = frozenset(),
        depth: int = 0,
        shares: bool = False,
    ) -> Block:
        """The questions and rows of one record; `fixed` are told and not asked, `hidden` travel along unseen.

        `shares`: it is a row of a list whose template holds those of its own lists.
        """
        shape = shape_of(kind)
        known = set() if entry is not None and entry.number is not None else shape.only_corrected
        asked = [item for item in scalars_of(kind) if self._shows(kind, item) and item.name not in known | fixed]
        gates = {item.name: gate for item in asked if (gate := shape.gates.get(item.name))}
        form = BaseForm(self._questions(kind, shape, asked, gates, prefix), prefix=prefix)
        data = dict(entry.given) if entry else {}
        data |= {_gate(name): _gate_answer(name, entry) for name in gates}
        form.process(self._formdata if posted else None, data=data)
        block = Block(kind, shape, prefix, form, entry)
        block.hidden = hidden
        block.gates = {name: _gate(name) for name in gates}
        for item in children_of(kind):
            if self._shows(kind, item):
                held = entry.children.get(item.name, []) if entry else []
                is_new = entry is None or entry.number is None
                block.lists[item.name] = self._rows(kind, item, prefix, held, posted, is_new, depth, shares)
        facts = {name: self._fact(kind, name, entry.given.get(name)) for name in fixed} if entry else {}
        block.parts = parts_of(block, facts, is_row=depth > 0)
        if kind is Evidence and self._files is not None:
            block.file = self._files.slot(prefix, entry)
            block.file.about = block.question("about_on").words
            block.parts.insert(0, Part("file", question=block.file))
        return block

    def _questions(
        self, kind: type[Record], shape: Shape, asked: Iterable[Field], gates: dict[str, Gate], prefix: str
    ) -> dict[str, UnboundField[Any]]:
        made: dict[str, UnboundField[Any]] = {}
        for item in asked:
            if gate := gates.get(item.name):
                made[_gate(item.name)] = self._gate_question(item, gate, prefix)
            must = (item.required and item.name not in shape.ours) or item.name in {*gates, *shape.asked}
            # What begins with an answer always has one.
            must = must or (item.default is not None and item.sort is not Sort.FLAG and not item.many)
            declared = replace(item, required=must)
            about = About(declared, self.language, self.today, self._choices(kind, item))
            if aside := shape.withheld.get(item.name):
                about.withheld = {value: word for value, word in about.choices or () if value in aside}
                about.choices = [pair for pair in about.choices or () if pair[0] not in aside]
            made[item.name] = bound(
                about,
                label=str(shape.labels.get(item.name) or words(item.label, self.language)),
                description=str(hints.hint(kind, item) or ""),
                id=f"veld-{prefix}{item.name}",
            )
        return made

    def _gate_question(self, item: Field, gate: Gate, prefix: str) -> UnboundField[Any]:
        asks = Field(_gate(item.name), _gate(item.name), Sort.CHOICE, True, False, Pair("", ""), "", str)
        about = About(asks, self.language, self.today, [("no", str(gate.no)), ("yes", str(gate.yes))])
        return UnboundField(RadiosField, about, label=str(gate.label), id=f"veld-{prefix}{_gate(item.name)}")

    def _choices(self, kind: type[Record], item: Field) -> Choices | None:
        """What can be chosen for a field; None when it is typed."""
        if item.sort is Sort.CHOICE:
            return [(value, capital(word)) for value, word in members(item.type, self.language)]
        names = (f"{kind.declared.name}.{item.attribute}", item.refers_to, item.catalogue)
        return next((self._lists[name] for name in names if name in self._lists), None)

    # --- its lists --------------------------------------------------------------------------------------------------

    def _rows(
        self,
        kind: type[Record],
        item: Field,
        prefix: str,
        held: list[Entry],
        posted: bool,
        is_new: bool,
        depth: int,
        shares: bool,
    ) -> Rows:
        shape, name = shape_of(kind), f"{prefix}{item.name}"
        label = shape.labels.get(item.name) or words(item.label, self.language)
        rows = Rows(
            item, name, str(label), words(item.type.declared.label, self.language), str(hints.add_word(item.type))
        )
        rows.hint = str(hints.hint(kind, item) or "")
        rows.begins_plain, fixed = item.name in shape.plain, shape.fixed.get(item.name)
        rows.is_fixed = fixed is not None
        rows.mark = f"__{depth}__"
        hidden = frozenset({fixed.by}) if fixed else frozenset()
        if posted:
            self._add_posted(rows, held, hidden, depth)
        else:
            for place, entry in enumerate(_by_member(held, fixed)):
                self._add(rows, place, entry, posted=False, hidden=hidden, depth=depth)
        self._add_blank(rows, fixed, begins=is_new and not posted and (item.required or rows.begins_plain), depth=depth)
        if rows.can_grow and not shares:
            rows.template = self._empty(rows, f"__{depth}__", hidden, depth)
            rows.template.legend = rows.kind_word
        self._name_rows(rows, fixed)
        return rows

    def _add_posted(self, rows: Rows, held: list[Entry], hidden: frozenset[str], depth: int) -> None:
        by_number = {entry.number: entry for entry in held}
        for place in sorted(self._places[rows.name]):
            self.rows_left -= 1
            if self.rows_left < 0:
                return
            number = number_of(self._formdata, f"{rows.name}-{place}-_number")
            entry = by_number.get(number) if number is not None else None
            block = self._add(rows, place, entry, posted=True, hidden=hidden, depth=depth)
            block.number = number
            block.is_removed = bool(self._formdata and self._formdata.get(f"{block.prefix}_removed"))

    def _add_blank(self, rows: Rows, fixed: Fixed | None, *, begins: bool, depth: int) -> None:
        """The rows that stand ready: one to begin with, one that was asked for, one for each member."""
        following = max(self._places[rows.name], default=-1) + 1 if self._formdata is not None else len(rows.blocks)
        if fixed is not None:
            there = {block.form[fixed.by].data for block in rows.blocks}
            for member in fixed.legends:
                if member not in there:
                    entry = Entry(given={fixed.by: member})
                    hidden = frozenset({fixed.by})
                    self._add(rows, following, entry, posted=False, hidden=hidden, depth=depth)
                    following += 1
            if self._formdata is None:
                order = list(fixed.legends)
                rows.blocks.sort(key=lambda block: order.index(block.form[fixed.by].data))
        elif self._adds == rows.name and rows.can_grow:
            self._add(rows, following, None, posted=False, depth=depth).is_added = True
        elif begins and not rows.blocks:
            self._add(rows, following, None, posted=False, depth=depth)

    def _add(
        self,
        rows: Rows,
        place: int | str,
        entry: Entry | None,
        *,
        posted: bool,
        depth: int,
        hidden: frozenset[str] = frozenset(),
    ) -> Block:
        prefix = f"{rows.name}-{place}-"
        shares = rows.item.many and not rows.is_fixed and not rows.begins_plain
        block = self.block(rows.item.type, prefix, entry, posted=posted, hidden=hidden, depth=depth + 1, shares=shares)
        rows.blocks.append(block)
        return block

    def _empty(self, rows: Rows, mark: str, hidden: frozenset[str], depth: int) -> Block:
        """The row that the script copies; nothing was posted for it."""
        prefix = f"{rows.name}-{mark}-"
        return self.block(rows.item.type, prefix, None, posted=False, hidden=hidden, depth=depth + 1)

    def _name_rows(self, rows: Rows, fixed: Fixed | None) -> None:
        seen: set[Any] = set()
        for number, block in enumerate(rows.blocks, 1):
            block.legend = f"{rows.kind_word} {number}" if rows.item.many else rows.label
            if fixed is not None:
                member = block.form[fixed.by].data
                block.legend = str(fixed.legends.get(member, member))
                block.says_itself = bool(fixed.asks) and fixed.asks in block.form
                if member in seen:
                    earlier = _("eerdere tekst")
                    block.legend += f" ({earlier})"
                seen.add(member)
                if block.says_itself:
                    block.form[fixed.asks].label.text = block.legend

    def _fact(self, kind: type[Record], name: str, value: Any) -> Part:
        item = next(item for item in scalars_of(kind) if item.name == name)
        known = dict(self._choices(kind, item) or ())
        return Part(
            "fact", words(item.label, self.language), value=known.get(value) or value_text(value, self.language)
        )


def _gate(name: str) -> str:
    return f"_{name}"


def _gate_answer(name: str, entry: Entry | None) -> str | None:
    """What the stored record answers; a new one has no answer yet."""
    if entry is None:
        return None
    if entry.given.get(name) is not None:
        return "yes"
    return None if entry.number is None else "no"


def _by_member(held: list[Entry], fixed: Fixed | None) -> list[Entry]:
    """The rows of a fixed list with the latest of each member first."""
    return held if fixed is None else list(reversed(held))
