"""The portfolio: figures, matrix, filters, attention, themes and changes, with the demonstration's facts."""

import io
import re
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser

import openpyxl
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from tests.people import invent_regions, sign_in
from tracker import labels
from tracker.domain.finding import Status
from tracker.extensions import db
from tracker.models.records import TABLES
from tracker.operations.transaction import writing

COMPARED = "/portefeuille?vergelijk=2025-12-31"


class Matrix(HTMLParser):
    """The links in the cells of the matrix: address and name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: dict[str, str] = {}
        start = text.index('<table class="matrix"')
        self.feed(text[start : text.index("</table>", start)])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given["href"].startswith("/waarom/"):
            self.cells[given["href"]] = given["aria-label"]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def rows(text: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]*">([^<]+)</a>', text[text.index('class="matrix"') :])


def test_on_a_phone_each_theme_has_its_years_side_by_side(read):
    text = plain(read("/portefeuille"))
    assert "Service / logistiek eind 2022 2 eind 2023 6 eind 2024 6 eind 2025 6 nu 6" in text


def test_the_key_figures_are_those_of_the_demonstration(read):
    text = plain(read(COMPARED))
    assert "8 samenwerkingsverbanden · 302 praktijken · 714.400 verzekerden · 16 initiatieven · 11 toepassingen" in text
    assert "65 van 103 4 te laat · 8 deels · 26 niet · 1 n.v.t. 2 minder" in text
    assert "CIO of CMIO in functie 6 van 8 1 minder RSV Hollerdiep" in text
    assert "Volledig contract 5 van 8 1 minder RSV Hollerdiep" in text
    assert "In gebruik zonder KC-oordeel 6 toepassingen 1 meer ZorgplanSamen" in text


def test_a_cell_says_what_is_late_partly_met_or_vacant(read):
    cells = Matrix(read("/portefeuille")).cells
    assert len(cells) == 8 * 13
    assert "105 dagen" in cells["/waarom/R01/HOL"]
    assert "vacant sinds 1 april 2026" in cells["/waarom/R04/HOL"]
    assert "41 van 49 mandaten" in cells["/waarom/R25/KRO"]
    assert cells["/waarom/R25/NOO"].startswith("RSV Noorderwold, Mandaat compleet: N.v.t.")


@pytest.mark.parametrize("day", ["2026-10-01", "2025-12-31", "2022-07-01", "2022-06-30"])
def test_every_cell_equals_the_answer_of_the_api(read, people, day):
    cells = Matrix(read(f"/portefeuille?peildatum={day}")).cells
    checked = 0
    for code in ("WOL", "ZAN", "HOL", "TOL", "ESS", "NOO", "LIN", "KRO"):
        answer = people("insurer_region_manager").get(f"/api/v1/cooperations/{code}/status?peildatum={day}").json
        results = {item["rule"]: item for item in answer["results"] if item["subject"] == code}
        for url, name in cells.items():
            rule, subject = url.split("?")[0].split("/")[2:4]
            if subject == code:
                word = labels.words(labels.status_label(Status(results[rule]["status"])).word)
                assert f": {word}" in name, (url, name)
                if results[rule]["status"] != "MET":
                    assert results[rule]["reason"]["nl"] in name
                checked += 1
    assert checked == len(cells) == 104


def test_every_cell_leads_to_its_reason_on_the_same_days(read):
    for url, name in list(Matrix(read(f"{COMPARED}&peildatum=2026-06-01")).cells.items())[::9]:
        assert "peildatum=2026-06-01" in url
        status = name.split(": ")[1].split(",")[0].split(" (")[0].removesuffix(". Waarom?")
        assert status in plain(read(url))


def test_the_fewest_rules_met_come_first(read):
    assert rows(read("/portefeuille"))[:2] == ["RSV Noorderwold", "RSV Hollerdiep"]
    assert rows(read("/portefeuille?volgorde=naam"))[0] == "RSV Esselgaarde"
    assert rows(read("/portefeuille?volgorde=stilte"))[0] == "RSV Noorderwold"


def test_what_changed_since_the_compare_date_is_marked(read):
    text = read(COMPARED)
    assert "9 van 104 vakken gewijzigd" in text
    assert "gewijzigd sinds 31 december 2025" in Matrix(text).cells["/waarom/R10/HOL?vergelijk=2025-12-31"]
    assert "gewijzigd sinds" not in Matrix(text).cells["/waarom/R01/HOL?vergelijk=2025-12-31"]
    assert "RSV Hollerdiep: Contract geldig ging van Behaald naar Niet behaald" in plain(text)


def test_without_a_compare_date_nothing_is_said_to_have_changed(read):
    text = read("/portefeuille")
    assert "gewijzigd" not in text.split('class="matrix-box"')[1].split("</table>")[0]
    assert "Alles bekijken" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("regel=R04&status=niet-behaald", ["RSV Noorderwold", "RSV Hollerdiep"]),
        ("thema=T2", ["RSV Kromwaard", "RSV Lindemeer", "RSV Zandermark", "RSV Wolderveen"]),
        ("status=nvt", ["RSV Noorderwold"]),
        ("regel=R10&gewijzigd=ja&vergelijk=2025-12-31", ["RSV Hollerdiep"]),
        ("thema=ONZIN&status=ONZIN&regel=%00&volgorde=x", None),
    ],
)
def test_filters_live_in_the_address(read, query, expected):
    found = rows(read(f"/portefeuille?{query}"))
    if expected is None:
        assert len(found) == 8
    elif query == "thema=T2":
        assert set(found) <= set(expected)
        assert found
    else:
        assert found == expected


def test_a_filter_without_results_says_how_many_there_are_without(read):
    text = plain(read("/portefeuille?peildatum=2022-07-01&thema=T4&status=te-laat"))
    assert "Geen resultaten met deze filters. Zonder filters zijn het er 8." in text


def test_attention_is_in_the_order_of_money_days_and_regions(read):
    text = plain(read("/portefeuille"))
    listed = text[text.index("Vraagt aandacht") :]
    assert "ZorgplanSamen 1: KC-oordeel verlopen; dit raakt 2 regio’s" in listed
    assert "Kostenpost ‘zorgplan’ is voor 130% gefinancierd" in listed
    assert "3 initiatieven lopen door zonder financiering en zonder besluit" in listed
    assert listed.index("ZorgplanSamen") < listed.index("Kostenpost") < listed.index("3 initiatieven")
    amounts = [int(amount.replace(".", "")) for amount in re.findall(r"Raakt €\s([\d.]+) per jaar", listed)]
    assert amounts == sorted(amounts, reverse=True)


def test_themes_are_counted_up_to_the_day(read):
    assert (
        "6 van de 8 regio’s werken aan Service / logistiek. Bij Zorginhoudelijke ondersteuning zijn het er 2."
        in plain(read("/portefeuille"))
    )
    assert "1 van de 8 regio’s werkt aan Service / logistiek." in plain(read("/portefeuille?peildatum=2022-07-01"))


def test_a_day_before_the_chart_begins_is_no_error(read):
    assert "Portefeuille Menzis" in read("/portefeuille?peildatum=2000-01-01&vergelijk=1999-12-31")
    assert "Portefeuille Menzis" in read("/portefeuille?peildatum=2023-01-01&vergelijk=2026-01-01")


def test_what_was_known_on_a_day_before_everything_is_nothing(read):
    text = plain(read("/portefeuille?bekend_op=2020-01-01"))
    assert "U ziet wat bekend was op 1 januari 2020." in text


def test_a_board_member_is_told_who_sees_the_portfolio_and_led_home(read):
    text = plain(read("/portefeuille", role="board_member", status=403))
    assert "De portefeuille is niet voor uw rol" in text
    assert "Naar mijn regio" in text
    assert "RSV Wolderveen" not in text


def test_an_insurer_reads_no_code_of_a_practice(read):
    assert not re.search(r"\b(HOL|WOL|KRO|LIN)-\d\d\b", read(COMPARED))


@pytest.mark.parametrize("name", ["roadmap", "regels", "aandacht", "themas", "wijzigingen"])
def test_every_table_can_be_downloaded_with_its_days_and_filters(people, name):
    client = people("insurer_region_manager")
    query = f"{COMPARED}&regel=R04&tabel={name}"
    answer = client.get(f"{query}&formaat=xlsx")
    assert f"regiotracker-portefeuille-{name}-2026-10-01.xlsx" in answer.headers["Content-Disposition"]
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows() for cell in row]
    for words in ("fictief", "1 oktober 2026", "31 december 2025", "Regel CIO/CMIO nu"):
        assert words in cells
    text = client.get(f"{query}&formaat=csv").data.decode("utf-8-sig")
    assert "Kader;Menzis 2022, versie 1" in text


def test_the_downloaded_matrix_holds_what_the_page_shows(people):
    text = people("insurer_region_manager").get("/portefeuille?formaat=csv").data.decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("RSV Hollerdiep;"))
    assert line.startswith(
        "RSV Hollerdiep;54;126300;49;Te laat behaald (105 dagen);Behaald;Behaald;Niet behaald (184 dagen)"
    )
    assert line.endswith(";5;13")


@pytest.mark.parametrize(("query", "status"), [("formaat=pdf", 400), ("formaat=csv&tabel=geheim", 404)])
def test_an_unknown_file_is_refused(people, query, status):
    assert people("insurer_region_manager").get(f"/portefeuille?{query}").status_code == status


def test_the_number_of_queries_does_not_grow_with_the_regions(demo_app, read, statements):
    read("/portefeuille?peildatum=2026-09-01")
    first = len(statements)
    read("/portefeuille?peildatum=2026-09-01")
    warm = len(statements) - first
    assert warm <= 20, "\n".join(statements[first:])


# --- a house without the demonstration ---


@pytest.fixture
def empty_house(app: Flask) -> FlaskClient:
    invent_regions(app)
    return sign_in(app.test_client(), "insurer_region_manager")


def test_regions_without_facts_have_their_rows(empty_house: FlaskClient):
    text = plain(empty_house.get("/portefeuille").get_data(as_text=True))
    assert "RSV HOL" in text
    assert "praktijken onbekend" in text
    assert re.search(r"0 van 1[0-9]", text), "none met, of those that apply"


def test_an_insurer_without_regions_is_told_so(app: Flask):
    invent_regions(app)
    with app.app_context(), writing() as connection:
        connection.execute(TABLES["insurer_link"].update().values(insurer="zorg-en-zekerheid"))
    client = sign_in(app.test_client(), "insurer_region_manager")
    assert "Er zijn nog geen samenwerkingsverbanden in uw gebied." in client.get("/portefeuille").get_data(as_text=True)


def test_the_number_of_queries_is_that_of_any_number_of_regions(app: Flask):
    invent_regions(app)
    client = sign_in(app.test_client(), "insurer_region_manager")
    first = queries_of(app, client)
    with app.app_context(), writing() as connection:
        for number in range(30):
            known = {"row_version": 1, "key_hash": f"X{number}".encode().ljust(32)}
            row = {"id": 1000 + number, "code": f"X{number}", "name": "X" * 60, "fictional": True}
            connection.execute(insert(TABLES["cooperation"]).values(**row, **known))
            link = {"id": 5000 + number, "parent_id": 1000 + number, "cooperation_id": 1000 + number, "lead": True}
            since = {"insurer": "menzis", "from_on": date(2020, 1, 1)}
            connection.execute(insert(TABLES["insurer_link"]).values(**link, **since, **known))
    app.extensions.pop("findings", None)
    assert queries_of(app, client) == first


def queries_of(app: Flask, client: FlaskClient) -> int:
    """How many statements the portfolio costs."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answer = client.get("/portefeuille")
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200
    return len(seen)


def test_all_points_of_attention_are_one_step_away(people):
    client = people("insurer_region_manager")
    short, whole = (client.get(f"/portefeuille{query}").get_data(as_text=True) for query in ("", "?aandacht=alle"))
    told = re.search(r"7 van (\d+) punten", short)
    assert told
    assert "aandacht=alle#aandacht" in short
    assert whole.count('<span class="since">') == int(told[1]) > short.count('<span class="since">') == 7
    assert "RSV Noorderwold: geen visie, geen CIO/CMIO en geen contract, wel € 70.000 S3-geld" in unescape(whole)


def test_the_rows_stand_by_one_rule_with_the_worst_first(read):
    text = read("/portefeuille?volgorde=R04")
    names = re.findall(r'scope="row"[^>]*><a href="/samenwerkingsverbanden/([A-Z]{3})', text)
    assert names[:2] == ["NOO", "HOL"], "never anybody in post, and nobody since April 2026"
    assert sorted(names[2:]) == names[2:], "what is met stands by name"


def test_a_reader_compares_with_the_visit_before_and_with_a_month_ago(demo_app):
    for moment in ("2026-09-14T10:00+02:00", "2026-10-01T09:00+02:00", "2026-10-01T16:00+02:00"):
        with time_machine.travel(datetime.fromisoformat(moment)):
            manager = sign_in(demo_app.test_client(), "insurer_region_manager")
            text = manager.get("/portefeuille").get_data(as_text=True)
    assert '<a href="/portefeuille?vergelijk=2026-09-14">Uw vorige bezoek: 14 september 2026' in " ".join(text.split())
    assert "Een maand geleden: 1 september 2026" in text
