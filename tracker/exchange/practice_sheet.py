"""Practices as a sheet: an empty one to fill in, and what people filled in, cell by cell."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec
import xlsxwriter

from tracker.domain.problems import UNSTORABLE, Unreadable
from tracker.domain.records.base import FIRST_DAY, LAST_DAY, Pair
from tracker.exchange.workbooks import read_sheet
from tracker.labels.texts import words

SHEET = "Praktijken"


class Column(msgspec.Struct, frozen=True):
    """A column of the sheet: the field it fills, its head in both languages, and what stands in it."""

    name: str
    head: Pair
    kind: str
    hint: Pair
    required: bool = False
    longest: int = 300

    @property
    def heads(self) -> frozenset[str]:
        """The heads by which it is recognised."""
        return frozenset({_plain(self.head.nl), _plain(self.head.en), self.name})


COLUMNS = (
    Column(
        "code", Pair("Code", "Code"), "code", Pair("Uniek en blijvend: HOL-01.", "Unique and lasting: HOL-01."), True
    ),
    Column("name", Pair("Naam", "Name"), "text", Pair("Verplicht bij een nieuwe praktijk.", "Required for a new one.")),
    Column("place", Pair("Plaats", "Place"), "text", Pair("", "")),
    Column(
        "member_from",
        Pair("Aangesloten van", "Affiliated from"),
        "day",
        Pair("Eerste dag, 1-7-2022. Verplicht bij een nieuwe praktijk.", "First day. Required for a new practice."),
    ),
    Column("his", Pair("HIS", "GP system"), "text", Pair("Code of naam uit het register.", "Code or name.")),
    Column("his_from", Pair("HIS vanaf", "GP system since"), "day", Pair("Eerste dag van dit HIS.", "Its first day.")),
    Column("insured", Pair("Ingeschreven verzekerden", "Registered insured"), "number", Pair("", "")),
    Column("counted_on", Pair("Geteld op", "Counted on"), "day", Pair("Dag van de telling.", "Day of the count.")),
)


class Row(msgspec.Struct, frozen=True):
    """A practice as it stands in the sheet: its row, and what was filled in by column."""

    number: int
    values: dict[str, Any]


class CellFault(msgspec.Struct, frozen=True):
    """What is wrong in one cell, and what to do."""

    cell: str
    value: str
    reason: Pair


class PracticeSheet(msgspec.Struct, frozen=True):
    """The rows of a sheet, and every fault in its cells."""

    sheet: str
    rows: tuple[Row, ...]
    columns: dict[str, str]
    """The letter of each column that was found."""
    faults: tuple[CellFault, ...]

    def cell(self, row: int, name: str) -> str:
        """The address of a cell: `C5`; of a column that is not there, the code's."""
        return f"{self.columns.get(name, self.columns['code'])}{row}"


# --- the empty sheet -------------------------------------------------------------------------------------------------


def practice_template(language: str = "nl") -> bytes:
    """An empty sheet with the heads and, on a second sheet, what belongs where."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    looks = {"day": book.add_format({"num_format": "d-m-yyyy"}), "code": book.add_format({"num_format": "@"})}
    sheet = book.add_worksheet(SHEET)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 24, looks.get(column.kind))
        sheet.write_string(0, place, words(column.head, language), bold)
    sheet.freeze_panes(1, 1)
    help_sheet = book.add_worksheet("Uitleg" if language != "en" else "Help")
    help_sheet.set_column(0, 0, 28)
    help_sheet.set_column(1, 1, 70)
    for row, column in enumerate(COLUMNS):
        help_sheet.write_string(row, 0, words(column.head, language), bold)
        help_sheet.write_string(row, 1, words(column.hint, language))
    book.close()
    return target.getvalue()


# --- reading ---------------------------------------------------------------------------------------------------------


def read_practice_sheet(data: bytes) -> PracticeSheet:
    """What a workbook says of practices. Raises Unreadable on a file that is none, or that would explode."""
    return _read(*read_sheet(data, SHEET))


def _read(sheet: str, table: list[list[Any]]) -> PracticeSheet:
    heads = next(
        (place for place, row in enumerate(table) if any(_plain(cell) in COLUMNS[0].heads for cell in row)), None
    )
    if heads is None:
        raise Unreadable(
            "er is geen rij met koppen gevonden; begin met het lege blad en laat de koppen staan",
            "no row with heads was found; start from the empty sheet and keep its heads",
        )
    places = _places(table[heads])
    letters = {name: _letters(place) for name, place in places.items()}
    faults: list[CellFault] = []
    rows: list[Row] = []
    for number, cells in enumerate(table[heads + 1 :], start=heads + 2):
        if all(cell in ("", None) or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            continue
        values = {}
        for column in COLUMNS:
            if column.name in places:
                found, reason = _value(column, cells[places[column.name]])
                if reason is not None:
                    shown = UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(cells[places[column.name]])[:80])
                    faults.append(CellFault(f"{letters[column.name]}{number}", shown, reason))
                elif found is not None:
                    values[column.name] = found
        rows.append(Row(number, values))
    return PracticeSheet(sheet, tuple(rows), letters, tuple(faults))


def _places(heads: Iterable[Any]) -> dict[str, int]:
    """Where each column stands. Raises Unreadable on a head twice and on one that is none of ours."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heads):
        word = _plain(cell)
        if not word:
            continue
        column = next((item for item in COLUMNS if word in item.heads), None)
        told = str(cell)[:40]
        if column is None:
            known = ", ".join(item.head.nl for item in COLUMNS), ", ".join(item.head.en for item in COLUMNS)
            raise Unreadable(
                f"de kolom ‘{told}’ is onbekend; bekend zijn {known[0]}",
                f"the column ‘{told}’ is unknown; known are {known[1]}",
            )
        if column.name in found:
            raise Unreadable(f"de kolom ‘{told}’ staat er twee keer", f"the column ‘{told}’ stands there twice")
        found[column.name] = place
    return found


def _letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _plain(cell: Any) -> str:
    return " ".join(cell.split()).casefold() if isinstance(cell, str) else ""


# --- cells -----------------------------------------------------------------------------------------------------------

_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DUTCH = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MISSING = Pair("vul deze cel in", "fill in this cell")
_NO_CODE = Pair(
    "gebruik 1 tot 40 letters, cijfers, punten en streepjes", "use 1 to 40 letters, digits, dots and dashes"
)
_NO_DAY = Pair("schrijf een bestaande dag, bijvoorbeeld 1-7-2022", "write an existing day, for example 1-7-2022")
_NO_NUMBER = Pair("schrijf een heel getal van 0 of meer", "write a whole number of 0 or more")
_NO_TEXT = Pair("schrijf hier een korte tekst van hoogstens 300 tekens", "write a short text of at most 300 characters")
_LARGEST = 10**9


def _value(column: Column, cell: Any) -> tuple[Any, Pair | None]:
    """The value of a cell, or what is wrong with it; an empty cell is None."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None, _MISSING if column.required else None
    readers = {"code": _code, "day": _day, "number": _number, "text": _text}
    return readers[column.kind](cell)


def _text(cell: Any) -> tuple[Any, Pair | None]:
    text = _words(cell)
    fits = 0 < len(text) <= 300 and text.isprintable()
    return (text, None) if fits else (None, _NO_TEXT)


def _code(cell: Any) -> tuple[Any, Pair | None]:
    text = _words(cell)
    return (text, None) if _CODE.fullmatch(text) else (None, _NO_CODE)


def _words(cell: Any) -> str:
    """A number that stands for a name or a code loses the decimals that a sheet gives it."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST:
        return str(int(cell))
    return " ".join(str(cell).split()) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _number(cell: Any) -> tuple[Any, Pair | None]:
    if isinstance(cell, str):
        text = cell.strip().replace(".", "").replace("\N{NO-BREAK SPACE}", "")
        cell = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    whole = isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < _LARGEST and cell == int(cell)
    return (int(cell), None) if whole else (None, _NO_NUMBER)


def _day(cell: Any) -> tuple[Any, Pair | None]:
    day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else _typed_day(cell)
    return (day, None) if day is not None and FIRST_DAY <= day <= LAST_DAY else (None, _NO_DAY)


def _typed_day(cell: Any) -> date | None:
    text = cell.strip() if isinstance(cell, str) else ""
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DUTCH.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
