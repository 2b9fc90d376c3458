"""A sheet of practices: the empty one, what people fill in, and workbooks made to break a reader."""

import datetime
import io
import time
import tracemalloc
import zipfile

import openpyxl
import pytest

from tracker.domain.problems import Unreadable
from tracker.exchange.practice_sheet import COLUMNS, practice_template, read_practice_sheet
from tracker.exchange.workbooks import MOST_ROWS, plain_copy

DAY = datetime.date(2026, 1, 1)
SHEET = "xl/worksheets/sheet1.xml"


def filled(*rows, language="nl"):
    book = openpyxl.load_workbook(io.BytesIO(practice_template(language)))
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(name, part):
    """The empty sheet with one part in place of what stood there."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(practice_template())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, part)
    return target.getvalue()


def sheet_of(body):
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return changed(SHEET, start + body + b"</sheetData></worksheet>")


def told(data):
    with pytest.raises(Unreadable) as refused:
        read_practice_sheet(data)
    return refused.value.reason.nl


def faults(*rows):
    return {item.cell: item.reason.nl for item in read_practice_sheet(filled(*rows)).faults}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_empty_sheet_reads_back_empty_in_both_languages(language):
    found = read_practice_sheet(practice_template(language))
    assert (found.rows, found.faults) == ((), ())
    assert set(found.columns) == {column.name for column in COLUMNS}


def test_a_row_is_read_with_its_types():
    row = ["HOL-90", "De Wulp", "Holle", DAY, "his-alfa", DAY, 2100, datetime.datetime(2026, 2, 1, 0, 0)]
    found = read_practice_sheet(filled(row)).rows[0]
    assert found.number == 2
    assert found.values == {
        "code": "HOL-90",
        "name": "De Wulp",
        "place": "Holle",
        "member_from": DAY,
        "his": "his-alfa",
        "his_from": DAY,
        "insured": 2100,
        "counted_on": datetime.date(2026, 2, 1),
    }


@pytest.mark.parametrize("typed", ["1-1-2026", "01/01/2026", "2026-01-01", " 1.1.2026 "])
def test_a_day_may_be_typed_as_text(typed):
    assert read_practice_sheet(filled(["A", "B", None, typed])).rows[0].values["member_from"] == DAY


@pytest.mark.parametrize(("typed", "number"), [("2.100", 2100), (2100.0, 2100), ("0", 0)])
def test_a_number_may_be_typed_as_people_do(typed, number):
    assert read_practice_sheet(filled(["A", "B", None, None, None, None, typed])).rows[0].values["insured"] == number


def test_a_code_of_digits_stays_what_it_is():
    assert read_practice_sheet(filled([1234, "B"])).rows[0].values["code"] == "1234"


def test_empty_rows_are_passed_over_and_rows_keep_their_number():
    found = read_practice_sheet(filled(["A", "B"], [None, "  "], ["C", "D"]))
    assert [row.number for row in found.rows] == [2, 4]


def test_every_fault_has_its_cell():
    row = ["W OL", "x" * 301, None, "30-2-2026", None, DAY, -1, True]
    assert faults(row, [None, "Zonder code"]) == {
        "A2": "gebruik 1 tot 40 letters, cijfers, punten en streepjes",
        "B2": "schrijf hier een korte tekst van hoogstens 300 tekens",
        "D2": "schrijf een bestaande dag, bijvoorbeeld 1-7-2022",
        "G2": "schrijf een heel getal van 0 of meer",
        "H2": "schrijf een bestaande dag, bijvoorbeeld 1-7-2022",
        "A3": "vul deze cel in",
    }


@pytest.mark.parametrize("typed", [2.5, "veel", "9" * 40, 1e300])
def test_a_number_that_is_none_is_refused(typed):
    assert "G2" in faults(["A", "B", None, None, None, None, typed])


@pytest.mark.parametrize("day", [datetime.date(1900, 1, 1), datetime.date(2150, 1, 1)])
def test_a_day_far_away_is_refused(day):
    assert "D2" in faults(["A", "B", None, day])


def test_a_formula_is_read_as_its_value_and_never_run():
    cell = b'<c t="str"><f>HYPERLINK("x")</f><v>%s</v></c>'
    body = b"<row>" + b"".join(cell % word for word in (b"Code", b"Naam")) + b"</row>"
    found = read_practice_sheet(sheet_of(body + b"<row>" + cell % b"A" + cell % b"=1+1" + b"</row>"))
    assert found.rows[0].values == {"code": "A", "name": "=1+1"}


def test_columns_may_stand_in_any_order_and_may_be_absent():
    book = openpyxl.Workbook()
    book.active.append(["iets boven de koppen"])
    book.active.append([" naam ", "CODE"])
    book.active.append(["De Wulp", "HOL-90"])
    target = io.BytesIO()
    book.save(target)
    found = read_practice_sheet(target.getvalue())
    assert found.rows[0].values == {"code": "HOL-90", "name": "De Wulp"}
    assert found.cell(3, "name") == "A3"
    assert found.cell(3, "insured") == "B3"


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["Code", "Kleur"], "‘Kleur’ is onbekend"),
        (["Code", "Naam", "code"], "twee keer"),
        (["Praktijk"], "geen rij met koppen"),
        ([], "geen rij met koppen"),
    ],
)
def test_heads_that_are_not_ours_are_said(heads, said):
    book = openpyxl.Workbook()
    book.active.append(heads)
    target = io.BytesIO()
    book.save(target)
    assert said in told(target.getvalue())


CELL = b'<c t="inlineStr"><is><t>Code</t></is></c>'
BOMBS = {
    "one part of 500 MB": lambda: changed(SHEET, b"A" * 500_000_000),
    "a million rows": lambda: sheet_of(b"<row><c><v>1</v></c></row>" * 1_048_576),
    "a cell in the far corner": lambda: sheet_of(
        b"<row>" + CELL + b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a row far down": lambda: sheet_of(b"<row>" + CELL + b'</row><row r="1048576"><c><v>1</v></c></row>'),
    "a far column in small letters": lambda: sheet_of(b"<row>" + CELL + b"<c r='xfd1'><v>1</v></c></row>"),
    "a row without end": lambda: sheet_of(b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"),
    "entities": lambda: changed(SHEET, b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet/>'),
    "a file of the server": lambda: changed(
        SHEET, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet>&x;</worksheet>'
    ),
    "text in UTF-16": lambda: changed(SHEET, "<worksheet/>".encode("utf-16")),
    "no sheet": lambda: changed(SHEET, b""),
    "nothing": lambda: b"",
    "text": lambda: b"Code;Naam\n",
    "half a zip": lambda: practice_template()[:2000],
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "six megabytes": lambda: practice_template() + b"\0" * 6_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_would_explode_is_refused_at_once(name):
    data = BOMBS[name]()
    start = time.perf_counter()
    assert told(data)
    assert time.perf_counter() - start < 2


def test_many_parts_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for number in range(2_000):
            book.writestr(f"xl/worksheets/{number}.xml", b"")
    assert "te groot" in told(target.getvalue())


def test_a_bomb_costs_no_memory():
    data = BOMBS["one part of 500 MB"]()
    tracemalloc.start()
    told(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64_000_000


def test_a_zip_that_lies_about_a_size_is_read_no_further_than_it_says():
    data = bytearray(changed(SHEET, b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        whole = book.getinfo(SHEET).file_size.to_bytes(4, "little")
    while (place := data.find(whole)) >= 0:
        data[place : place + 4] = (100).to_bytes(4, "little")
    assert told(bytes(data))


def test_another_document_inside_the_zip_stays_behind():
    table = b'<table:table-row table:number-rows-repeated="1048576"/>'
    with zipfile.ZipFile(io.BytesIO(plain_copy(changed("content.xml", table)))) as book:
        assert "content.xml" not in book.namelist()


def test_the_most_rows_are_taken_within_two_seconds():
    data = filled(*([f"HOL-{number}", "De Wulp"] for number in range(MOST_ROWS - 1)))
    start = time.perf_counter()
    assert len(read_practice_sheet(data).rows) == MOST_ROWS - 1
    assert time.perf_counter() - start < 2
