"""What changed between two days, as sentences, for the reader's own regions."""

import io
import re
from html import unescape

import openpyxl
import pytest


def plain(text: str) -> str:
    text = re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_what_slipped_is_told_with_its_day_and_reason(read):
    text = plain(read("/wijzigingen?vergelijk=2025-12-31"))
    assert "Tussen 31 december 2025 en 1 oktober 2026." in text
    assert "Contract geldig ging van Behaald naar Niet behaald (geen overeenkomst van kracht" in text
    assert "KC-oordeel van Zorgplan en ACP ging van Behaald naar Niet behaald" in text


def test_every_rule_sentence_leads_to_its_reason(read):
    text = read("/wijzigingen?vergelijk=2025-12-31&soort=worse&regio=HOL")
    urls = re.findall(r'href="(/waarom/[^"]+)"', text)
    assert len(urls) == 3
    for url in urls:
        assert "Hollerdiep" in read(unescape(url))


def test_what_is_new_or_gone_is_no_step_forwards_or_backwards(read):
    for kind, mark in {"new": "Nieuw:", "gone": "Verdwenen:"}.items():
        text = read(f"/wijzigingen?soort={kind}")
        assert mark in text
        assert "Vooruit:" not in text
        assert "Achteruit:" not in text


def test_without_a_compare_date_the_last_year_is_told(read):
    assert "Tussen 1 oktober 2025 en 1 oktober 2026." in read("/wijzigingen")


def test_a_compare_date_after_the_day_is_told_in_the_order_of_time(read):
    assert "Tussen 1 juli 2022 en 1 oktober 2026." in read("/wijzigingen?peildatum=2022-07-01&vergelijk=2026-10-01")


def test_many_changes_come_in_pages(read):
    text = plain(read("/wijzigingen?vergelijk=2022-06-01"))
    assert "Pagina 1 van" in text
    first = plain(read("/wijzigingen?vergelijk=2022-06-01&pagina=2"))
    assert "Pagina 2 van" in first
    for page in ("0", "-1", "99999999999999999999", "twee", "٣"):
        assert "Wijzigingen" in read(f"/wijzigingen?vergelijk=2022-06-01&pagina={page}")


def test_filters_that_are_none_are_left_out(read):
    assert "74 wijzigingen" in read("/wijzigingen?vergelijk=2025-12-31&soort=onzin&regio=ZZZ")


def test_a_filter_without_results_says_so(read):
    text = plain(read("/wijzigingen?vergelijk=2025-12-31&soort=silent"))
    assert "Geen resultaten met deze filters. Zonder filters zijn het er 74." in text


def test_two_equal_days_have_no_changes(read):
    assert "Tussen deze dagen veranderde er niets." in read("/wijzigingen?vergelijk=2026-10-01")


def test_a_board_member_reads_of_the_own_region_alone(read):
    text = plain(read("/wijzigingen?vergelijk=2025-12-31", role="board_member"))
    assert "RSV Hollerdiep: Contract geldig" in text
    assert "Kromwaard" not in text


def test_an_insurer_reads_no_practice(read):
    assert not re.search(r"\b(HOL|WOL|KRO|LIN)-\d\d\b", read("/wijzigingen?vergelijk=2022-06-01"))


def test_the_file_holds_all_pages(people):
    client = people("insurer_region_manager")
    answer = client.get("/wijzigingen?vergelijk=2022-06-01&formaat=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet.max_row > 200
    cells = [cell.value for row in sheet.iter_rows(max_row=10) for cell in row]
    assert "1 juni 2022" in cells
    assert "fictief" in cells


def test_the_page_speaks_english_too(people):
    client = people("insurer_reader")
    client.get("/taal/en")
    text = client.get("/wijzigingen?vergelijk=2025-12-31").get_data(as_text=True)
    client.get("/taal/nl")
    assert "went from Met to Not met" in text


# --- on the pages themselves ---


def said(text: str) -> str:
    found = re.search(r'<div class="notice notice-(?:amber|blue)">(.*?)</div>', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else ""


def test_a_page_says_what_changed_in_what_it_shows(read):
    initiative = said(read("/initiatieven/I02?vergelijk=2025-06-30"))
    assert "Sinds 30 juni 2025: 1 regel achteruit en 1 vooruit." in initiative
    assert "KC-oordeel van Samen zorgplan kwetsbare ouderen ging van Behaald naar Niet behaald" in initiative
    assert "Contract" not in initiative
    money = said(read("/samenwerkingsverbanden/HOL/financiering?vergelijk=2025-06-30"))
    assert "1 regel achteruit" in money
    assert "Contract geldig ging van Behaald naar Niet behaald" in money
    assert "CIO/CMIO" not in money


def test_a_score_that_went_down_is_no_rule(read):
    rounds = said(read("/samenwerkingsverbanden/HOL/evaluaties?vergelijk=2025-06-30"))
    assert "ging hier geen regel achteruit of vooruit" in rounds
    assert "goede regionale ondersteuning ging van 2 naar 1" in rounds


def test_a_page_without_changes_says_so(read):
    assert "ging hier geen regel achteruit of vooruit" in said(read("/initiatieven/I05?vergelijk=2026-09-30"))


@pytest.mark.parametrize("path", ["/initiatieven/I02", "/initiatieven/I02?vergelijk=2026-10-01"])
def test_without_two_days_nothing_is_compared(read, path):
    assert "Sinds " not in said(read(path))


def test_a_page_is_compared_forward_as_back(read):
    text = said(read("/initiatieven/I02?peildatum=2025-06-30&vergelijk=2026-10-01"))
    assert "Sinds 30 juni 2025: 1 regel achteruit en 1 vooruit." in text
