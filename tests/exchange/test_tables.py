"""Tables as files: what stands on top, what stays a number, and what never becomes a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tracker.exchange.tables import LONGEST, Cell, Column, Origin, Table, guarded, to_csv, to_xlsx

ORIGIN = Origin(
    as_of=date(2026, 10, 1),
    compare=date(2026, 7, 1),
    known_on=date(2026, 9, 1),
    filters=("thema T3", "status Niet behaald"),
    programme="Menzis, versie 1",
    made_at=datetime(2026, 10, 1, 12, 5, tzinfo=UTC),
    fictional=True,
)
COLUMNS = (
    Column("Regio"),
    Column("Te laat", "number", unit="dagen"),
    Column("Bedrag", "euro"),
    Column("Sinds", "day"),
    Column("Deel", "percent"),
)
TABLE = Table(
    title="Regio’s: alles [nu]",
    columns=COLUMNS,
    rows=(
        (Cell("RSV Hollerdiep", "/samenwerkingsverbanden/HOL"), 1554, Decimal("64000.5"), date(2022, 10, 14), 91),
        ("=1+1", None, None, None, Decimal("12.4")),
    ),
)


def lines(table: Table = TABLE, origin: Origin = ORIGIN) -> list[str]:
    body = to_csv(table, origin)
    assert body.startswith(b"\xef\xbb\xbf")
    return body.decode("utf-8-sig").split("\r\n")


def sheet(table: Table = TABLE, origin: Origin = ORIGIN) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, origin)))
    return list(book.worksheets[0].iter_rows())


def test_a_file_says_what_it_shows():
    assert lines()[:8] == [
        "Regio’s: alles [nu]",
        "fictief;alle gegevens zijn verzonnen",
        "Peildatum;1 oktober 2026",
        "Vergeleken met;1 juli 2026",
        "Zoals bekend op;1 september 2026",
        "Filters;thema T3, status Niet behaald",
        "Kader;Menzis, versie 1",
        "Gemaakt op;1 oktober 2026, 14.05 uur",
    ]
    assert [row[0].value for row in sheet()[:8]] == [line.split(";")[0] for line in lines()[:8]]


def test_a_file_without_filters_says_so_in_the_language_of_the_reader():
    plain = Origin(as_of=ORIGIN.as_of, programme="Menzis", made_at=ORIGIN.made_at, language="en")
    assert "Filters;no filters" in lines(origin=plain)
    assert not any("fictional" in line for line in lines(origin=plain))


def test_csv_has_semicolons_and_a_decimal_comma():
    assert lines()[9:11] == ["Regio;Te laat (dagen);Bedrag;Sinds;Deel", "RSV Hollerdiep;1554;64000,5;14-10-2022;91"]


def test_unknown_is_a_word_and_not_zero():
    assert lines()[11] == "'=1+1;onbekend;onbekend;onbekend;12,4"


def test_a_workbook_keeps_numbers_and_days():
    row = next(row for row in sheet() if row[0].value == "RSV Hollerdiep")
    assert [cell.value for cell in row] == ["RSV Hollerdiep", 1554, 64000.5, datetime(2022, 10, 14), 91]
    assert row[2].number_format == '"€" #,##0.00'


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "=cmd|'/c calc'!A1"],
)
def test_what_people_typed_never_becomes_a_formula(text: str):
    table = Table(title=text, columns=(Column(text),), rows=((text,),))
    assert guarded(text) == f"'{text}"
    for row in sheet(table):
        assert all(cell.data_type != "f" for cell in row)
    assert not any(line.lstrip('"').startswith(("=", "+", "-", "@")) for line in lines(table))


def test_an_address_is_no_link_in_a_workbook():
    table = Table(title="x", columns=(Column("x"),), rows=(("https://elders.example",),))
    assert all(cell.hyperlink is None for row in sheet(table) for cell in row)


@pytest.mark.parametrize("title", ["", "'", "a" * 200, "[:*?/\\]", "Regio’s"])
def test_every_title_makes_a_sheet(title: str):
    assert sheet(Table(title=title, columns=COLUMNS, rows=()))


def test_a_text_longer_than_a_cell_is_cut():
    rows = sheet(Table(title="x", columns=(Column("x"),), rows=(("y" * 40_000,),)))
    assert len(str(rows[-1][0].value)) == LONGEST


def test_semicolons_quotes_and_lines_stay_in_their_cell():
    table = Table(title="x", columns=(Column("x"), Column("y")), rows=(('a;"b"\nc', "d"),))
    assert to_csv(table, ORIGIN).decode("utf-8-sig").endswith('"a;""b""\nc";d\r\n')
