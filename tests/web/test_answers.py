"""From what a page says to the form that answers it: for who may write it, and never in the past."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.people import sign_in
from tests.web.test_records import fields
from tracker import clock

HOL = "/samenwerkingsverbanden/HOL"


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def forms(client: FlaskClient, path: str) -> dict[str, str]:
    """The links to forms on a page: words by address."""
    links = re.findall(r'<a[^>]*href="([^"]*/(?:vastleggen|corrigeren)[^"]*)"[^>]*>(.*?)</a>', page(client, path), re.S)
    found: dict[str, str] = {}
    for url, text in links:
        found.setdefault(unescape(url), " ".join(re.sub(r"<[^>]+>", " ", text).split()))
    return found


def of(reader: Any, role: str, path: str) -> dict[str, str]:
    return forms(reader(role), path)


def test_every_way_to_a_form_opens_that_form(demo: Any) -> None:
    for role in ("board_member", "insurer_region_manager", "practice_liaison", "evaluation_chair", "administrator"):
        client = sign_in(demo.test_client(), role)
        paths = [HOL, "/initiatieven/I05", "/waarom/R04/HOL", "/toepassingen/P04", f"{HOL}/evaluaties"]
        for path in paths + ([f"{HOL}/praktijken"] if role != "insurer_region_manager" else []):
            for url in forms(client, path):
                assert client.get(url).status_code == 200, (role, path, url)


def test_a_next_step_leads_to_the_form_that_answers_it(reader: Any) -> None:
    found = of(reader, "board_member", HOL)
    assert f"{HOL}/ict-rol/vastleggen?role=cmio" in found
    assert any(url.startswith(f"{HOL}/contract/vastleggen?insurer=menzis") for url in found)


def test_a_reason_names_the_record_and_lets_it_be_corrected(reader: Any) -> None:
    found = of(reader, "board_member", "/waarom/R01/HOL")
    assert any(re.fullmatch(rf"{HOL}/visie/\d+/corrigeren", url) for url in found)
    assert any(url.startswith(f"{HOL}/afwijking/vastleggen?rule=vision_on_time&subject=HOL") for url in found)


def test_a_deviation_is_offered_to_either_side_with_rule_and_subject(reader: Any) -> None:
    for role in ("board_member", "insurer_region_manager"):
        waiver = [url for url in of(reader, role, "/waarom/R04/HOL") if "/afwijking/" in url]
        assert len(waiver) == 1
        filled = page(reader(role), waiver[0])
        assert re.search(r'<option[^>]*value="ict_lead_now"[^>]*selected|selected[^>]*value="ict_lead_now"', filled)


@pytest.mark.parametrize(
    "path", [HOL, "/initiatieven/I05", "/waarom/R04/HOL", f"{HOL}/evaluaties", "/toepassingen/P04"]
)
def test_in_the_past_and_for_a_reader_nothing_is_offered(reader: Any, path: str) -> None:
    assert of(reader, "insurer_reader", path) == {}
    assert of(reader, "board_member", f"{path}?peildatum=2025-12-31") == {}
    assert of(reader, "board_member", f"{path}?bekend_op={clock.real_today()}") == {}


def test_an_initiative_offers_what_comes_next(reader: Any) -> None:
    found = of(reader, "board_member", "/initiatieven/I05")
    assert found["/initiatieven/I05/evaluatie/vastleggen"].startswith("Evaluatie vastleggen")
    assert found["/initiatieven/I05/financiering/vastleggen"] == "Financiering vastleggen"
    assert "Fase wijzigen" in found.values()
    assert "/initiatieven/I05/verlenging/vastleggen" not in found
    insurer = of(reader, "insurer_region_manager", "/initiatieven/I05")
    assert insurer["/initiatieven/I05/verlenging/vastleggen"] == "Verlenging vastleggen"
    assert "Fase wijzigen" not in insurer.values()


def test_only_what_was_judged_well_is_offered_to_share(demo: Any) -> None:
    client = sign_in(demo.test_client(), "board_member")
    assert ">Delen als goed voorbeeld<" not in page(client, "/initiatieven/I05")
    path = "/initiatieven/I05/evaluatie/vastleggen"
    known = {"held_on": "1-9-2026", "verdict": "positive", "reports_on_plan": "true", "summary": "Het werkt."}
    assert client.post(path, data=fields(client, path) | known).status_code == 303
    assert ">Delen als goed voorbeeld<" in page(client, "/initiatieven/I05")


def test_a_product_offers_its_verdict_to_the_insurer(reader: Any) -> None:
    assert "Oordeel vastleggen" in of(reader, "insurer_region_manager", "/toepassingen/P04").values()
    assert "Toepassing corrigeren" in of(reader, "project_leader", "/toepassingen/P04").values()
    assert of(reader, "board_member", "/toepassingen/P04") == {}


def test_the_ways_to_forms_cost_the_same_however_many_there_are(reader: Any, statements: list[str]) -> None:
    client = reader("board_member")
    client.get(HOL)
    statements.clear()
    client.get(HOL)
    assert sum("journal_line" in text and "address" in text for text in statements) <= 2
