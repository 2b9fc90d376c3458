"""Tables as files: one pair of writers, XLSX and CSV, for every table of every page.

A file says on top what it shows: peildatum, compare date, what was known when, the filters in words, the programme with
its version, that the data is invented, and when it was made. What people typed never becomes a formula or a link.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tracker import labels

Value = str | int | Decimal | date | None
"""What stands in a cell: words, a number, a day; None = unknown. Nothing at all to say is an empty text."""

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WHOLE = {"number": "#,##0", "euro": '"€" #,##0.00', "percent": '0"%"', "day": "d-m-yyyy", "text": "@"}
_PARTS = _WHOLE | {"number": "#,##0.0###", "percent": '0.0###"%"'}
"""How a workbook shows whole numbers and others; the value itself is never rounded."""


class Column(msgspec.Struct, frozen=True):
    """A column: its head, the unit (`dagen`, `€`), and what its cells hold."""

    title: str
    kind: Literal["text", "number", "euro", "percent", "day"] = "text"
    unit: str | None = None
    width: int = 16

    @property
    def head(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title


class Cell(msgspec.Struct, frozen=True):
    """A value that is a link on the page; a file holds the value alone."""

    value: Value
    url: str


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What a table shows, for the lines on top."""

    as_of: date
    programme: str
    made_at: datetime
    compare: date | None = None
    known_on: date | None = None
    filters: tuple[str, ...] = ()
    fictional: bool = False
    language: str = "nl"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a page: title, columns and rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | Cell, ...], ...]


def head_lines(table: Table, origin: Origin) -> list[tuple[str, str]]:
    """The lines above the columns: label and words."""
    nl, tongue = origin.language != "en", origin.language

    def day(value: date) -> str:
        return labels.day_words(value, tongue)

    lines = [(table.title, "")]
    if origin.fictional:
        lines.append(("fictief", "alle gegevens zijn verzonnen") if nl else ("fictional", "all data is invented"))
    lines.append(("Peildatum" if nl else "Reference day", day(origin.as_of)))
    if origin.compare is not None:
        lines.append(("Vergeleken met" if nl else "Compared with", day(origin.compare)))
    if origin.known_on is not None:
        lines.append(("Zoals bekend op" if nl else "As known on", day(origin.known_on)))
    none = "geen filters" if nl else "no filters"
    lines.append(("Filters", ", ".join(origin.filters) or none))
    lines.append(("Kader" if nl else "Programme", origin.programme))
    lines.append(("Gemaakt op" if nl else "Made on", labels.moment_text(origin.made_at, tongue)))
    return lines


def to_csv(table: Table, origin: Origin) -> bytes:
    """The table as CSV for Dutch spreadsheets: semicolons, decimal comma, UTF-8 with its mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for label, words in head_lines(table, origin):
        writer.writerow([guarded(label), guarded(words)] if words else [guarded(label)])
    writer.writerow([])
    writer.writerow([guarded(column.head) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_text(plain(value), origin.language) for value in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table, origin: Origin) -> bytes:
    """The table as a workbook with one sheet; days are days, numbers are numbers, words are never formulas."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": table.title, "created": origin.made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(_sheet_name(table.title))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    first = _write_head(sheet, head_lines(table, origin), bold)
    looks = {look: book.add_format({"num_format": look}) for look in {*_WHOLE.values(), *_PARTS.values()}}
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(first, place, column.head[:LONGEST], wrap)
    for number, row in enumerate(table.rows, start=first + 1):
        for place, value in enumerate(row):
            bare = plain(value)
            kinds = _PARTS if isinstance(bare, Decimal) and bare % 1 else _WHOLE
            _write(sheet, number, place, bare, looks[kinds[table.columns[place].kind]], origin.language)
    sheet.freeze_panes(first + 1, 1)
    if table.rows:
        sheet.autofilter(first, 0, first + len(table.rows), len(table.columns) - 1)
    book.close()
    return target.getvalue()


def plain(value: Value | Cell) -> Value:
    """The value of a cell."""
    return value.value if isinstance(value, Cell) else value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could start one gets an apostrophe in front."""
    starts = text[:1] in _STARTS_A_FORMULA or text.lstrip()[:1] in _STARTS_A_FORMULA
    return f"'{text}" if text and starts else text


def words_of(value: Value, language: str = "nl") -> str:
    """A value as people read it; None is `onbekend`."""
    if value is None:
        return "unknown" if language == "en" else "onbekend"
    if isinstance(value, date):
        return labels.day_short(value, language)
    return value if isinstance(value, str) else labels.number(value, language)


def _csv_text(value: Value, language: str) -> str:
    """Words are guarded; a number has its decimal comma and no groups, so that it stays a number."""
    if isinstance(value, int | Decimal):
        number = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return number if language == "en" else number.replace(".", ",")
    return guarded(words_of(value, language))


def _write_head(sheet: Worksheet, lines: Iterable[tuple[str, str]], bold: Any) -> int:
    """The lines on top; answers the row of the columns' heads."""
    row = 0
    for row, (label, words) in enumerate(lines):
        sheet.write_string(row, 0, label[:LONGEST], bold)
        if words:
            sheet.write_string(row, 1, words[:LONGEST])
    return row + 2


def _write(sheet: Worksheet, row: int, place: int, value: Value, form: Any, language: str) -> None:
    if isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_string(row, place, words_of(value, language)[:LONGEST], form)


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those a workbook refuses."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip(" '")
    return kept[:31].strip(" '") or "Tabel"
