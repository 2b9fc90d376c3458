"""Reading a workbook that a stranger made. It is a zip of XML, and can explode when it is read.

Its declared sizes are summed before anything is unpacked. Then it is unpacked within those sizes and looked through for
what a filled-in sheet never holds, and only a plain copy of the parts that matter goes to the reader.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from tracker.domain.problems import Unreadable

MOST_BYTES = 5_000_000
"""Of the file itself."""
MOST_UNPACKED = 40_000_000
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 5_000, 60

_CELL = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]{0,8})([0-9]{1,12})\s*[\"']")
_BEGINS = re.compile(rb"<(?:[\w.-]+:)?(row|c)[\s/>]")
_NEEDED = (
    "[Content_Types].xml",
    "_rels/",
    "xl/_rels/",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/",
)


def read_sheet(data: bytes, preferred: str) -> tuple[str, list[list[Any]]]:
    """The name and the cells of the preferred sheet, or of the first one; formulas are their values.

    Raises Unreadable on a file that is no workbook, or that would explode.
    """
    copy = plain_copy(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(copy))
        name = preferred if preferred in book.sheet_names else book.sheet_names[0]
        return name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, WorksheetNotFound, IndexError, ValueError, OverflowError):
        raise _no_workbook() from None


def plain_copy(data: bytes) -> bytes:
    """The same workbook, unpacked within what it declares and packed again without pressure. Raises Unreadable.

    Parts that hold no cells stay behind, and with them every other kind of document that a zip can be.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as flat:
            listed = packed.infolist()
            if len(listed) > MOST_PARTS or sum(item.file_size for item in listed) > MOST_UNPACKED:
                raise _too_large()
            for item in listed:
                if item.filename.startswith(_NEEDED) and item.filename.endswith((".xml", ".rels")):
                    # Reads no more than the declared size, and checks the sum of what it read.
                    part = packed.read(item)
                    _look_through(part)
                    flat.writestr(item.filename, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _no_workbook() from None
    return target.getvalue()


def _look_through(part: bytes) -> None:
    """Refuse what would make a reader hold more than the part does: entities, cells far away, or too many of them."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise Unreadable(
            "dit bestand bevat onderdelen die in een ingevuld blad niet voorkomen; begin met het lege blad",
            "this file holds parts that a filled-in sheet never has; start from the empty sheet",
        )
    rows = cells = 0
    for match in _BEGINS.finditer(part):
        if match[1] == b"row":
            rows, cells = rows + 1, 0
        else:
            cells += 1
        if rows > MOST_ROWS or cells > MOST_COLUMNS:
            raise _too_large()
    for match in _CELL.finditer(part):
        if int(match[2]) > MOST_ROWS or _column_number(match[1]) > MOST_COLUMNS:
            raise _too_large()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _no_workbook() -> Unreadable:
    return Unreadable(
        "dit is geen Excel-bestand; bewaar het blad als Excel-werkmap (.xlsx)",
        "this is no Excel file; save the sheet as an Excel workbook (.xlsx)",
    )


def _too_large() -> Unreadable:
    return Unreadable(
        f"dit bestand is te groot of bevat te veel; een blad heeft hoogstens {MOST_ROWS} rijen en {MOST_COLUMNS}"
        " kolommen",
        f"this file is too large or holds too much; a sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns",
    )
