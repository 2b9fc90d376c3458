"""The form of any kind of record, derived from its declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from tracker.domain.entries import Entry
from tracker.domain.problems import Problem
from tracker.domain.records.base import Field, Pair, Record, Sort
from tracker.forms.blocks import Block, Part, Rows
from tracker.forms.building import Builder
from tracker.forms.fields import About, LongTextField
from tracker.forms.files import Files
from tracker.labels.texts import capital, words

_STEPS = re.compile(r"\.(\w+)|\[(\d+)\]")
_REASON = Field("_reason", "_reason", Sort.TEXT, True, False, Pair("", ""), "", str, longest=10_000)


class Options(msgspec.Struct):
    """What can be chosen, as (code, words) in the order to show.

    By kind referred to (practice, product, his_product, initiative), by catalogue (insurer, direction, component,
    service) or by one field (`alignment.vision_version`, `product_use.version`). What has no list is typed.
    """

    lists: dict[str, list[tuple[str, str]]] = msgspec.field(default_factory=dict)


class ShownError(msgspec.Struct, frozen=True):
    """One line of the summary of errors."""

    text: str
    href: str


class RecordForm:
    """A form for one record with the rows of its lists."""

    def __init__(self, block: Block, formdata: MultiDict[str, str] | None, today: date, *, is_too_long: bool) -> None:
        self._block = block
        self._formdata = formdata
        self._today = today
        self._language = "nl"
        self._is_too_long = is_too_long
        self.reason: LongTextField | None = None
        """Why somebody corrects; only asked where a record is corrected."""
        self.general: list[str] = []
        """What is wrong and belongs to no question."""

    @property
    def parts(self) -> list[Part]:
        """What stands on the form, from top to bottom."""
        return self._block.parts

    @property
    def wants_row(self) -> str | None:
        """The list that gets one more empty row; the form is shown again and nothing is checked."""
        return self.hidden("add")

    def hidden(self, name: str) -> str | None:
        """What travels along unseen: `version`, `back`."""
        return self._formdata.get(f"_{name}") if self._formdata is not None else None

    def validate(self) -> bool:
        """Has everything its shape? Meaning is for the operation. Who only looks what would change gives no reason."""
        if self._is_too_long:
            self.general.append(_("Bewaar niet meer dan 1.000 rijen tegelijk"))
        fine = self._block.validate()
        if self.reason is not None and not self.hidden("check"):
            fine = self.reason.validate(self._block.form) and fine
        return fine and not self.general

    def entry(self) -> Entry:
        """What was filled in, raw, by the names of the format; rows that are new and empty are left out."""
        return self._block.entry(self._today)

    def reason_text(self) -> str:
        """The reason as it goes into the journal."""
        return str(self.reason.raw or "") if self.reason is not None else ""

    def take(self, problems: Iterable[Problem]) -> None:
        """Lay the faults that the domain found beside their questions; others stand above the form."""
        for problem in problems:
            text = words(problem.reason, self._language)
            target = self._target(problem.path)
            if isinstance(target, Rows) or target is not None:
                target.errors = [*target.errors, capital(text)]
            else:
                self.general.append(capital(text))

    @property
    def has_errors(self) -> bool:
        return bool(self.errors_shown)

    @property
    def errors_shown(self) -> list[ShownError]:
        """Everything that is wrong, each with a link to where it can be mended."""
        found = [ShownError(text, "#formulier") for text in self.general]
        found += [ShownError(text, f"#{place}") for text, place in self._block.problems()]
        if self.reason is not None:
            found += [ShownError(str(error), f"#{self.reason.id}") for error in self.reason.errors]
        return found

    def _target(self, path: str) -> Any:
        """The question or the list that a path of the domain points at; the row, where only a row is named."""
        here: Any = self._block
        for name, index in _STEPS.findall(path):
            if isinstance(here, Block) and name:
                here = here.lists.get(name) or here.fields.get(name) or here
            elif isinstance(here, Rows):
                here = _row(here, int(index or 0))
        if isinstance(here, Block):
            return None if here is self._block else next(iter(here.fields.values()), None)
        return here

    def blocks(self) -> Iterator[Block]:
        """The record and every row on the form."""
        todo = [self._block]
        while todo:
            block = todo.pop()
            yield block
            todo += [inner for rows in block.lists.values() for inner in rows.blocks]


def record_form(
    kind: type[Record],
    *,
    language: str,
    options: Options,
    shows: Callable[[type[Record], Field], bool],
    today: date,
    formdata: MultiDict[str, str] | None = None,
    entry: Entry | None = None,
    fixed: frozenset[str] = frozenset(),
    asks_reason: bool = False,
    files: Files | None = None,
) -> RecordForm:
    """The form of a kind: empty, filled with what is stored, or with what was posted.

    Give the stored entry along with what was posted: what nobody touched then stays exactly as it is stored. Fields
    named in `fixed` are told and not asked. `asks_reason`: a correction says why. With `files` a piece of evidence has
    a place for its file.
    """
    builder = Builder(language=language, lists=options.lists, shows=shows, formdata=formdata, today=today, files=files)
    block = builder.block(kind, "", entry, posted=formdata is not None, fixed=fixed)
    form = RecordForm(block, formdata, today, is_too_long=builder.rows_left < 0)
    form._language = language
    if asks_reason:
        form.reason = _reason_question(About(_REASON, language, today), formdata)
    return form


def _reason_question(about: About, formdata: MultiDict[str, str] | None) -> Any:
    asks = UnboundField(LongTextField, about, label=_("Waarom corrigeert u dit?"), id="veld-_reason")
    form = BaseForm({"_reason": asks})
    form.process(formdata)
    return form["_reason"]


def _row(rows: Rows, index: int) -> Any:
    sent = rows.sent
    return sent[index] if index < len(sent) else rows
