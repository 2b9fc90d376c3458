"""The history as people read it: sentences with their ways on, filters, files, and what each role does not see."""

import io
import re
from html import unescape

import openpyxl
import pytest
from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.operations.transaction import writing

PAGES = ("/geschiedenis", "/samenwerkingsverbanden/HOL/geschiedenis")
WITHOUT_PRACTICES = ("insurer_region_manager", "insurer_reader")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def number_of(app, address: str) -> int:
    """The number of a record by where it stands."""
    with app.app_context():
        found = db.session.scalar(select(LINE.c.record_id).where(LINE.c.address == address).limit(1))
        db.session.remove()
    assert found is not None, address
    return found


@pytest.fixture(scope="module")
def written(demo_app):
    """A few writes after the first: a corrected vision, a new wording of a practice, a removed contact."""
    with demo_app.app_context():
        lines = {
            row.address: row
            for row in db.session.execute(
                select(LINE).where(LINE.c.address.in_(("HOL/visions/1", "HOL/practices/HOL-01")))
            )
        }
        contact = db.session.execute(
            select(LINE).where(LINE.c.place == "contact", LINE.c.address.startswith("HOL/")).limit(1)
        ).one()
        vision, practice = lines["HOL/visions/1"], lines["HOL/practices/HOL-01"]
        db.session.remove()
        new_vision = vision.record.replace("2022-10-14", "2022-10-13")
        assert new_vision != vision.record
        _write("B. Stuurman", "Verkeerde dag, zie notulen", [(vision, "corrected", new_vision)])
        called = practice.record.replace('"name":"', '"name":"Nieuwe ')
        _write("P. Adviseur", "Praktijk heet anders", [(practice, "corrected", called)])
        _write("B. Stuurman", None, [(contact, "removed", None)])
    return contact


def _write(by: str, reason: str | None, lines) -> None:
    """Lines of the journal as an operation writes them."""
    from tracker import clock

    with writing() as connection:
        revision = connection.execute(select(func.max(REVISION.c.id))).scalar() + 1
        number = connection.execute(select(func.max(LINE.c.id))).scalar()
        connection.execute(REVISION.insert().values(id=revision, at=clock.now(), by=by, reason=reason))
        for step, (line, action, record) in enumerate(lines, start=1):
            values = dict(line._mapping) | {"id": number + step, "revision_id": revision}
            connection.execute(LINE.insert().values(**values | {"action": action, "record": record}))


@pytest.mark.parametrize("path", PAGES)
def test_a_write_is_a_sentence_with_who_what_and_why(read, written, path):
    text = plain(read(path, role="administrator"))
    of = " van RSV Hollerdiep" if path == "/geschiedenis" else ""
    assert (
        f"B. Stuurman corrigeerde Visie (versie 1){of}: Vastgesteld op ging van 14 oktober 2022 naar 13 oktober 2022. "
        "Reden: Verkeerde dag, zie notulen." in text
    )
    assert "B. Stuurman verwijderde Contactpersoon" in text


def test_the_history_speaks_english_too(people, written):
    client = people("insurer_reader")
    client.get("/taal/en")
    text = plain(client.get("/geschiedenis").get_data(as_text=True))
    client.get("/taal/nl")
    assert "B. Stuurman corrected Vision (version 1) of RSV Hollerdiep: Adopted on went from 14 October 2022" in text


def test_the_first_filling_is_told_in_numbers(read, written):
    text = plain(read("/samenwerkingsverbanden/HOL/geschiedenis", role="board_member"))
    assert re.search(r"tests las records in uit een bestand: .* × ", text)


@pytest.mark.parametrize("role", ["board_member", "insurer_region_manager", "administrator"])
@pytest.mark.parametrize("path", PAGES)
def test_every_way_on_from_the_history_leads_somewhere(read, written, path, role):
    text = read(path, role=role)
    urls = set(re.findall(r'href="((?:/samenwerkingsverbanden|/toepassingen|/initiatieven|/praktijken)[^"]*)"', text))
    urls = {unescape(url) for url in urls if "bekend_op" in url or re.search(r"/geschiedenis/\d+", url)}
    assert any("bekend_op" in url for url in urls)
    assert any(re.search(r"/geschiedenis/\d+", url) for url in urls)
    for url in urls:
        read(url, role=role)


def test_a_removed_record_that_was_first_known_the_same_day_has_no_view_of_then(read, written):
    text = read("/samenwerkingsverbanden/HOL/geschiedenis?handeling=removed", role="board_member")
    assert "verwijderde Contactpersoon" in text
    assert "Geschiedenis van dit record" in text
    assert "bekend_op=" not in re.sub(r"(?s)<header.*?</header>", "", text).partition("<footer")[0]


def test_the_history_of_a_record_shows_every_state_field_by_field(read, demo_app, written):
    number = number_of(demo_app, "HOL/visions/1")
    text = plain(read(f"/samenwerkingsverbanden/HOL/geschiedenis/{number}", role="board_member"))
    assert "Geschiedenis van Visie (versie 1)" in text
    assert "Vastgesteld op 14 oktober 2022 13 oktober 2022" in text
    assert "Vastgesteld op leeg 14 oktober 2022" in text
    assert "Onderdeel van de visie" in text


def test_a_removed_record_keeps_its_history(read, written):
    path = f"/samenwerkingsverbanden/HOL/geschiedenis/{written.record_id}"
    text = plain(read(path, role="board_member"))
    assert "Dit record is verwijderd. B. Stuurman deed dat op" in text
    assert "B. Stuurman verwijderde Contactpersoon" in text


def test_the_register_has_its_own_histories(read, demo_app):
    number = number_of(demo_app, "P04")
    assert "Geschiedenis van Product" in read(f"/toepassingen/geschiedenis/{number}", role="board_member")
    read(f"/samenwerkingsverbanden/HOL/geschiedenis/{number}", status=404)


@pytest.mark.parametrize("number", ["999999", "99999999999999999999999", "0", "-1", "x"])
def test_a_record_that_is_not_there_is_not_found(read, number):
    read(f"/samenwerkingsverbanden/HOL/geschiedenis/{number}", status=404)
    read(f"/toepassingen/geschiedenis/{number}", status=404)


@pytest.mark.parametrize("role", WITHOUT_PRACTICES)
def test_an_insurer_reads_of_no_practice(read, demo_app, written, role):
    number = number_of(demo_app, "HOL/practices/HOL-01")
    read(f"/samenwerkingsverbanden/HOL/geschiedenis/{number}", role=role, status=404)
    for path in (*PAGES, "/geschiedenis?soort=practice", "/geschiedenis?formaat=csv", "/geschiedenis?reden=Praktijk"):
        text = read(path, role=role)
        assert not re.search(r"\b(HOL|WOL|KRO|LIN)-\d\d\b", text), path
        assert "Praktijk heet anders" not in text
        assert "P. Adviseur" not in text
    assert "P. Adviseur corrigeerde Huisartsenpraktijk" in read(PAGES[1], role="practice_liaison")


def test_a_board_member_reads_of_the_own_region_alone(read, demo_app, written):
    text = read("/geschiedenis?formaat=csv", role="board_member")
    assert "Kromwaard" not in text
    assert not re.search(r"\bKRO\b", read("/geschiedenis", role="board_member"))
    read("/samenwerkingsverbanden/KRO/geschiedenis", role="board_member", status=404)
    read(f"/samenwerkingsverbanden/KRO/geschiedenis/{number_of(demo_app, 'KRO')}", role="board_member", status=404)
    assert "corrigeerde Visie" not in read("/geschiedenis?regio=KRO", role="board_member").partition("<main")[0]


def test_the_history_is_searched_by_the_address(read, written):
    def said(query: str) -> str:
        return plain(read(f"/geschiedenis?{query}", role="administrator"))

    assert "2 keer vastgelegd" in said("wie=B.+Stuurman")
    assert "1 keer vastgelegd" in said("wie=B.+Stuurman&soort=vision")
    assert "1 keer vastgelegd" in said("handeling=removed")
    assert "1 keer vastgelegd" in said("reden=NOTULEN&regio=HOL")
    assert "Geen resultaten met deze filters." in said("wie=Niemand")
    assert "Geen resultaten met deze filters." in said("tot=1-1-2020")
    assert "Wie B. Stuurman wissen" in said("wie=B.+Stuurman")


def test_a_day_that_can_not_be_used_is_kept_with_what_to_do(read, written):
    text = plain(read("/geschiedenis?van=31-2-2022", role="administrator"))
    assert "Schrijf een bestaande datum" in text
    assert 'value="31-2-2022"' in read("/geschiedenis?van=31-2-2022", role="administrator")
    order = read("/geschiedenis?van=2-1-2026&tot=1-1-2026", role="administrator")
    assert "Kies een laatste dag op of na de eerste dag." in order


@pytest.mark.parametrize(
    "query", ["wie=%00", "reden=%00%F0%9F%98%80", "soort=onzin", "handeling=x", "regio=ZZZ", "pagina=-1"]
)
def test_a_filter_that_is_none_does_no_harm(read, written, query):
    read(f"/geschiedenis?{query}", role="administrator")


def test_a_page_far_away_is_empty_and_no_fault(read, written):
    assert "Geschiedenis" in read("/geschiedenis?pagina=99999", role="administrator")


def test_the_file_says_what_it_holds(people, written):
    answer = people("administrator").get("/geschiedenis?wie=B.+Stuurman&formaat=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Wie B. Stuurman" in cells
    assert "Peildatum" in cells
    assert "Kader" in cells
    assert any(text.startswith("B. Stuurman corrigeerde Visie") for text in cells)
    text = people("administrator").get("/geschiedenis?wie=B.+Stuurman&formaat=csv").get_data(as_text=True)
    assert ";RSV Hollerdiep;gecorrigeerd;B. Stuurman corrigeerde Visie" in text


def test_the_file_of_a_record_has_a_row_per_field(people, demo_app, written):
    number = number_of(demo_app, "HOL/visions/1")
    path = f"/samenwerkingsverbanden/HOL/geschiedenis/{number}?formaat=csv"
    text = people("board_member").get(path).get_data(as_text=True)
    assert "Visie (versie 1);gecorrigeerd;Vastgesteld op;14 oktober 2022;13 oktober 2022;Verkeerde dag" in text


def test_who_recorded_a_fact_leads_to_the_history_of_the_record(read, demo_app, written):
    text = read("/waarom/R01/HOL", role="board_member")
    number = number_of(demo_app, "HOL/visions/1")
    assert f'href="/samenwerkingsverbanden/HOL/geschiedenis/{number}"' in text
    assert f"/toepassingen/geschiedenis/{number_of(demo_app, 'P04')}" not in text


def test_the_history_as_known_then_ends_then(read, written):
    assert "Nog niets vastgelegd." in read("/geschiedenis?bekend_op=2020-01-01", role="administrator")


def test_more_regions_and_writes_cost_no_more_queries(people, written, statements):
    client = people("administrator")
    counts = []
    for path in ("/geschiedenis", "/geschiedenis?regio=HOL", "/geschiedenis?wie=B.+Stuurman"):
        statements.clear()
        client.get(path)
        counts.append(len(statements))
    assert max(counts) - min(counts) <= 2
    assert max(counts) < 40
