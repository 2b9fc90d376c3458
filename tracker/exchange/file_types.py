"""What a file really is: told by what is in it, never by its name alone, and without opening it.

PDF, Office and images are taken. A file that says to be something else than it is, one that a browser could read as a
page, one with macros and one that unpacks to far more than it shows are refused, each with what to do.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath
from struct import unpack
from typing import BinaryIO

import msgspec

from tracker.domain.records.base import Pair

LONGEST_NAME = 150
MOST_ENTRIES, LONGEST_LIST = 5_000, 2_000_000
"""Files in an Office file, and bytes of the list of them: more comes from no office."""
MOST_UNPACKED = 200 * 1024 * 1024
_IS_LOCKED = 0x1
"""The bit of a file in a ZIP that says that it needs a password."""
_EDGE = 1024
_PAGES = re.compile(rb"<(!doctype\s+html|html|script|svg|body|iframe)", re.IGNORECASE)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


class FileType(msgspec.Struct, frozen=True):
    """A kind of file that is taken."""

    media_type: str
    words: str
    endings: tuple[str, ...]


_PDF = FileType("application/pdf", "PDF", ("pdf",))
_IMAGES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL), FileType("image/png", "PNG", ("png",))),
    (re.compile(rb"\xff\xd8\xff"), FileType("image/jpeg", "JPEG", ("jpg", "jpeg"))),
    (re.compile(rb"GIF8[79]a"), FileType("image/gif", "GIF", ("gif",))),
    (re.compile(rb"RIFF....WEBPVP8", re.DOTALL), FileType("image/webp", "WebP", ("webp",))),
)
_XML = (
    ("wordprocessingml.document", FileType(f"{_OFFICE}wordprocessingml.document", "Word", ("docx",))),
    ("spreadsheetml.sheet", FileType(f"{_OFFICE}spreadsheetml.sheet", "Excel", ("xlsx",))),
    ("presentationml.presentation", FileType(f"{_OFFICE}presentationml.presentation", "PowerPoint", ("pptx",))),
)
_ODF = {
    f"{_OPEN}{word}": FileType(f"{_OPEN}{word}", f"OpenDocument ({ending})", (ending,))
    for word, ending in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
TYPES = (_PDF, *(kind for _, kind in _IMAGES), *(kind for _, kind in _XML), *_ODF.values())
ACCEPTED = ",".join(f".{ending}" for kind in TYPES for ending in kind.endings)
"""For the control that chooses a file."""

_OTHER = Pair(
    "Dit bestand is geen PDF, Office-bestand of afbeelding. Bewaar het als een van die soorten en kies het opnieuw",
    "This file is no PDF, Office file or image. Save it as one of those and choose it again",
)
_OLD = Pair(
    "Dit is een oud Office-bestand of het is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord als docx, xlsx,"
    " pptx of PDF en kies het opnieuw",
    "This is an old Office file, or it has a password. Save it without a password as docx, xlsx, pptx or PDF and choose"
    " it again",
)
_PAGE = Pair(
    "Dit bestand bevat ook een webpagina. Bewaar het opnieuw als PDF of afbeelding en kies het dan",
    "This file also holds a web page. Save it again as a PDF or an image and choose it then",
)
_BOMB = Pair(
    "Dit bestand pakt uit tot veel meer dan het lijkt. Bewaar het opnieuw als PDF en kies dat",
    "This file unpacks to far more than it shows. Save it again as a PDF and choose that",
)
_MACROS = Pair(
    "Dit bestand bevat macro's. Bewaar het zonder macro's, of als PDF, en kies het opnieuw",
    "This file holds macros. Save it without macros, or as a PDF, and choose it again",
)
_BROKEN = Pair(
    "Dit bestand is beschadigd of onvolledig. Open het zelf, bewaar het opnieuw en kies het dan",
    "This file is damaged or incomplete. Open it yourself, save it again and choose it then",
)
_EMPTY = Pair("Dit bestand is leeg. Kies een ander bestand", "This file is empty. Choose another file")


class RefusedFile(Exception):
    """Why a file is not taken, and what to do."""

    def __init__(self, reason: Pair) -> None:
        super().__init__(reason.en)
        self.reason = reason


def file_type(source: BinaryIO, name: str) -> FileType:
    """What a file is, by what is in it; raises RefusedFile. The source is left at its beginning."""
    try:
        found = _by_content(source)
    finally:
        source.seek(0)
    ending = _ending(_told_name(name))
    if ending and ending not in found.endings:
        nl = f"De naam eindigt op .{ending}, maar dit is {found.words}. Hernoem het bestand en kies het opnieuw"
        en = f"The name ends in .{ending}, but this is {found.words}. Rename the file and choose it again"
        raise RefusedFile(Pair(nl, en))
    return found


def _by_content(source: BinaryIO) -> FileType:
    length = source.seek(0, 2)
    source.seek(max(0, length - _EDGE))
    tail = source.read()
    source.seek(0)
    head = source.read(_EDGE)
    if not head:
        raise RefusedFile(_EMPTY)
    if _PAGES.search(head) or _PAGES.search(tail):
        raise RefusedFile(_PAGE)
    if re.match(rb"%PDF-[12]\.\d", head):
        return _PDF
    for pattern, kind in _IMAGES:
        if pattern.match(head):
            return kind
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise RefusedFile(_OLD)
    if head.startswith(b"PK\x03\x04"):
        return _office(source)
    raise RefusedFile(_OTHER)


def _office(source: BinaryIO) -> FileType:
    """Which Office file it is. Only its list of files and one short text are read."""
    _check_list(source)
    try:
        with zipfile.ZipFile(source) as packed:
            entries = packed.infolist()
            _check_entries(entries)
            if entries and entries[0].filename == "mimetype":
                found = _ODF.get(_text(packed, "mimetype").decode("ascii", "replace").strip())
            else:
                found = _by_parts(_text(packed, "[Content_Types].xml"))
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise RefusedFile(_OTHER if isinstance(error, KeyError) else _BROKEN) from error
    if found is None:
        raise RefusedFile(_OTHER)
    return found


def _check_list(source: BinaryIO) -> None:
    """The list of files is short: it is read whole, before anything in it can be judged."""
    length = source.seek(0, 2)
    source.seek(max(0, length - 65_600))
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise RefusedFile(_BROKEN)
    if tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise RefusedFile(_BOMB)
    entries, size = unpack("<H", tail[at + 10 : at + 12])[0], unpack("<L", tail[at + 12 : at + 16])[0]
    if entries > MOST_ENTRIES or size > LONGEST_LIST:
        raise RefusedFile(_BOMB)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """What the list says of each file; a file never grows much by being packed, so one that did lies about its size."""
    grown = any(entry.compress_size > entry.file_size * 1.01 + 1_000 for entry in entries)
    if grown or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise RefusedFile(_BOMB)
    if any(entry.flag_bits & _IS_LOCKED for entry in entries):
        raise RefusedFile(_OLD)
    names = [entry.filename for entry in entries]
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        raise RefusedFile(_BROKEN)
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise RefusedFile(_MACROS)


def _text(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        found = part.read(LONGEST_LIST + 1)
    if len(found) > LONGEST_LIST:
        raise RefusedFile(_BOMB)
    return found


def _by_parts(listed: bytes) -> FileType | None:
    if b"macroEnabled" in listed or b"vbaProject" in listed:
        raise RefusedFile(_MACROS)
    for part, kind in _XML:
        if f'"{_OFFICE}{part}.main+xml"'.encode() in listed:
            return kind
    return None


def clean_name(name: str, kind: FileType) -> str:
    """The name as it can safely be told and given back: no folders, nothing unseen, with the ending of what it is."""
    told = _told_name(name)
    stem = told.rpartition(".")[0] if _ending(told) else told
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'bestand'}.{_ending(told) or kind.endings[0]}"


def name_for(title: str, media_type: str) -> str:
    """The name of a file after the piece of evidence that it is: what another called the same file is not told."""
    kind = next((item for item in TYPES if item.media_type == media_type), _PDF)
    told = title.replace("/", "-").replace("\\", "-")
    return clean_name(f"{told}.{kind.endings[0]}", kind)


def _told_name(name: str) -> str:
    """The name without its folders, and without what nobody sees: what is judged is what is kept."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    seen = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    return re.sub(r'[<>:"|?*]', "_", seen).strip(" .")


def _ending(name: str) -> str:
    """What stands after the last full stop, where that looks like the ending of a file."""
    found = re.search(r"\.([A-Za-z0-9]{1,5})\s*$", name)
    return found[1].lower() if found else ""
