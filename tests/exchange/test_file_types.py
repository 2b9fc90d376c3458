"""What a file really is, told by what is in it."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tracker.exchange.file_types import TYPES, RefusedFile, clean_name, file_type

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR" + bytes(17)
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


def packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


TYPES_OF_MACROS = (
    f'<Override ContentType="{OFFICE}wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
).encode()


def office(main: str, **more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{OFFICE}{main}.main+xml"/></Types>'.encode()
    return packed({"[Content_Types].xml": types, "docProps/app.xml": b"<x/>", **more})


def odf(word: str) -> bytes:
    return packed({"mimetype": f"{OPEN}{word}".encode(), "content.xml": b"<x/>"})


GOOD = {
    "a.pdf": PDF,
    "a.png": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0" + bytes(20),
    "A.JPEG": b"\xff\xd8\xff\xe1" + bytes(20),
    "a.gif": b"GIF89a" + bytes(20),
    "a.webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20),
    "a.docx": office("wordprocessingml.document"),
    "a.xlsx": office("spreadsheetml.sheet"),
    "a.pptx": office("presentationml.presentation"),
    "a.odt": odf("text"),
    "a.ods": odf("spreadsheet"),
    "a.odp": odf("presentation"),
    "zonder naam": PDF,
}


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(RefusedFile) as refused:
        file_type(io.BytesIO(content), name)
    assert refused.value.reason.en
    return refused.value.reason.nl


@pytest.mark.parametrize("name", GOOD)
def test_documents_and_images_are_taken_for_what_they_are(name: str) -> None:
    source = io.BytesIO(GOOD[name])
    found = file_type(source, name)
    assert source.tell() == 0
    assert found in TYPES
    assert "." not in name or name.rpartition(".")[2].lower() in found.endings


LIES = {
    "a.pdf": (PNG, "eindigt op .pdf, maar dit is PNG"),
    "a.xlsx": (GOOD["a.docx"], "eindigt op .xlsx, maar dit is Word"),
    "a.html": (PDF, "eindigt op .html, maar dit is PDF"),
    "b.pdf": (b"<html>%PDF-1.7", "webpagina"),
    "c.pdf": (b"%PDF-1.4\n<!-- <ScRipt>alert(1)</script> -->", "webpagina"),
    "d.gif": (b"GIF89a/*<svg onload=1>*/", "webpagina"),
    "a.svg": (b'<?xml version="1.0"?><svg><script>1</script></svg>', "webpagina"),
    "e.pdf": (b" %PDF-1.7", "geen PDF"),
    "f.jpg": (b"", "leeg"),
    "a.zip": (packed({"lees.txt": b"x"}), "geen PDF"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "oud Office"),
    "a.docm": (packed({"[Content_Types].xml": b'"x.macroEnabled.main+xml"'}), "macro"),
    "g.docx": (office("wordprocessingml.document", **{"word/vbaProject.bin": b"x"}), "macro"),
    "h.docx": (office("wordprocessingml.document", **{"../../etc/cron.d/x": b"x"}), "beschadigd"),
    "i.docx": (GOOD["a.docx"][:-30], "beschadigd"),
    "j.docx": (b"PK\x03\x04" + bytes(200), "beschadigd"),
    "k.pdf": (PDF + b" " * 2_000 + b"<html><script>alert(1)</script></html>", "webpagina"),
    "l.docx": (packed({"[Content_Types].xml": TYPES_OF_MACROS}), "macro"),
    "factuur.exe.": (PDF, "eindigt op .exe, maar dit is PDF"),
    "factuur.h\u200btml": (PDF, "eindigt op .html, maar dit is PDF"),
    "map/factuur.js . ": (PDF, "eindigt op .js, maar dit is PDF"),
}


@pytest.mark.parametrize("name", LIES)
def test_what_lies_about_itself_is_refused_with_what_to_do(name: str) -> None:
    content, told = LIES[name]
    assert told in refusal(content, name)


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    assert "pakt uit" in refusal(office("spreadsheetml.sheet", **{"xl/a.xml": bytes(201 * 1024 * 1024)}), "a.xlsx")
    many = packed({f"{number}": b"" for number in range(5_001)})
    assert "pakt uit" in refusal(many, "a.docx")


def test_a_file_that_says_to_be_smaller_than_it_is_or_needs_a_password_is_refused() -> None:
    good = office("spreadsheetml.sheet", **{"xl/a.bin": bytes(range(256)) * 20_000})
    lying, locked = bytearray(good), bytearray(good)
    last = good.rfind(b"PK\x01\x02")
    lying[last + 24 : last + 28] = struct.pack("<L", 10)
    locked[last + 8] |= 1
    assert "pakt uit" in refusal(bytes(lying), "a.xlsx")
    assert "wachtwoord" in refusal(bytes(locked), "a.xlsx")


def test_a_list_of_files_that_lies_about_its_own_size_is_not_read() -> None:
    held = bytearray(GOOD["a.docx"])
    at = held.rfind(b"PK\x05\x06")
    held[at + 12 : at + 16] = struct.pack("<L", 500_000_000)
    assert "pakt uit" in refusal(bytes(held), "a.docx")
    wide = GOOD["a.docx"][:at] + b"PK\x06\x07" + bytes(16) + GOOD["a.docx"][at:]
    assert "pakt uit" in refusal(wide, "a.docx")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Jan\\Besluit.pdf", "Besluit.pdf"),
        ("Besluit\u202efdp.exe\x00.pdf", "Besluitfdp.exe.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("..", "bestand.pdf"),
        ("", "bestand.pdf"),
        ("zonder ending", "zonder ending.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("é" * 300 + ".pdf", "é" * 150 + ".pdf"),
    ],
)
def test_a_name_keeps_only_what_is_safe_to_tell(given: str, kept: str) -> None:
    assert clean_name(given, file_type(io.BytesIO(PDF), "")) == kept
