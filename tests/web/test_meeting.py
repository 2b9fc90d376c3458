"""A planned meeting, an open score and two opinions, as each side reads them."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.meetings import MEETINGS
from tests.people import sign_in
from tests.written import taken_in

PAGE = "/samenwerkingsverbanden/HOL"


@pytest.fixture
def house(demo: Flask) -> Flask:
    """The demonstration with a planned meeting in Hollerdiep."""
    with demo.app_context():
        taken_in(MEETINGS)
    return demo


def body(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def exported(client: FlaskClient) -> dict:
    return json.loads(client.get("/api/v1/cooperations/HOL/dossier").get_data(as_text=True))["cooperations"][0]


def test_a_planned_meeting_is_listed_and_stands_in_the_roadmap(house):
    client = sign_in(house.test_client(), "board_member")
    tab = body(client, f"{PAGE}/evaluaties")
    assert 'Gepland op <span class="unbroken">16-11-2026</span>' in tab
    assert '<a href="/evaluaties/HOL/9">Ronde 9</a>' in tab
    assert '<a href="/evaluaties/HOL/9">gepland op <span class="unbroken">16-11-2026</span></a>' in body(
        client, "/evaluaties"
    )
    overview = body(client, PAGE)
    assert 'Volgend gesprek op <a href="/evaluaties/HOL/9">16 november 2026</a>' in overview
    assert "ronde 9 gepland" in overview
    page = body(client, "/evaluaties/HOL/9")
    assert "Dit gesprek is gepland op 16 november 2026." in page
    assert "Wij zien veel" not in page, "a note may give a score away"


def test_a_planned_meeting_is_not_known_before_it_was_agreed(house):
    client = sign_in(house.test_client(), "board_member")
    assert "Gepland op" not in body(client, f"{PAGE}/evaluaties?peildatum=2026-08-31")
    then = body(client, f"{PAGE}/evaluaties?peildatum=2026-09-01")
    assert "Gepland op" in then
    assert "/evaluaties/HOL/9" not in then, "a meeting is prepared today, not in the past"


@pytest.mark.parametrize(
    ("role", "scores", "addresses"),
    [
        ("board_member", [{"topic": "jzojp", "self": 5}], {"A1", "A2"}),
        ("project_leader", [{"topic": "jzojp", "self": 5}], {"A1", "A2"}),
        ("insurer_region_manager", [{"topic": "jzojp", "insurer": 1}], {"A2"}),
        ("insurer_reader", [{"topic": "jzojp", "insurer": 1}], {"A2"}),
        ("administrator", None, set()),
    ],
)
def test_each_side_takes_home_its_own_score_of_an_open_round(house, role, scores, addresses):
    found = exported(sign_in(house.test_client(), role))
    (planned,) = [item for item in found["rounds"] if item["number"] == 9]
    assert planned.get("scores") == scores
    assert {item["code"] for item in found["actions"] if "owner_email" in item} == addresses


def test_both_scores_are_seen_once_both_are_in(house):
    with house.app_context():
        taken_in(MEETINGS.replace("self_scored_on:", "insurer_scored_on: 2026-09-25\n        self_scored_on:"))
    found = exported(sign_in(house.test_client(), "insurer_reader"))
    (planned,) = [item for item in found["rounds"] if item["number"] == 9]
    assert (planned["scores"][0]["self"], planned["scores"][0]["insurer"]) == (5, 1)


@pytest.mark.parametrize("role", ["board_member", "insurer_region_manager"])
@pytest.mark.parametrize("tab", ["", "/evaluaties", "/geschiedenis", "/bewijs"])
def test_no_page_of_the_region_tells_the_address_or_the_note_of_the_other(house, role, tab):
    text = body(sign_in(house.test_client(), role), PAGE + tab)
    if role == "insurer_region_manager":
        assert "an@hollerdiep.example" not in text
        assert "Wij zien veel" not in text


def test_two_opinions_stand_beside_the_status_with_whose_turn_it_is(house):
    client = sign_in(house.test_client(), "insurer_region_manager")
    overview = body(client, PAGE)
    assert "1 verschil van inzicht" in overview
    assert "Ligt bij: Menzis" in overview
    assert "1 dag te laat" in overview
    why = body(client, "/waarom/vision_on_time/HOL")
    assert "Samenwerkingsverband: <strong>oneens met de status</strong>: De visie lag er al in juni." in why
    assert "Menzis: <strong>eens met de status</strong>" in why
    assert "verschil van inzicht" in why
    portfolio = body(client, "/portefeuille")
    assert "1 verschil van inzicht" in portfolio
    assert "Ligt bij: Menzis" in portfolio


def test_where_nobody_disagrees_there_is_no_card(demo):
    client = sign_in(demo.test_client(), "insurer_region_manager")
    assert "Ligt bij:" not in body(client, PAGE)
    assert "Ligt bij:" not in body(client, "/portefeuille")


def test_an_agreed_deviation_names_everybody_who_signed(house):
    why = body(sign_in(house.test_client(), "board_member"), "/waarom/contract_in_force/HOL")
    assert "A. de Boer en C. Vos" in why


def test_the_meeting_itself_tells_who_came_and_what_was_said(house):
    with house.app_context():
        taken_in(
            MEETINGS.replace("planned_on: 2026-11-16", "planned_on: 2026-11-16\n        held_on: 2026-09-25")
            .replace(
                "party: cooperation}, {person: Bo Smit}",
                "party: cooperation, attended: true}, {person: Bo Smit, attended: false}",
            )
            .replace("carried_from: 3}", "carried_from: 3, minutes: Wij verlengen, closed: false}")
        )
    text = body(sign_in(house.test_client(), "insurer_region_manager"), "/evaluaties/HOL/9")
    for said in (
        "An de Wit (samenwerkingsverband); afwezig: Bo Smit",
        "Wij verlengen",
        "doorgeschoven uit ronde 3, gaat door naar de volgende ronde",
        "Graag eerder",
        "Wij zien veel",
    ):
        assert said in text


def test_a_piece_that_expired_or_was_replaced_says_so_and_has_no_mark(house):
    pieces = (
        "[{title: Meting 1, strength: shown, valid_until: 2026-09-30}, {title: Meting 2, strength: checked},"
        " {title: Meting 3, replaces: Meting 2}]"
    )
    with house.app_context():
        taken_in(
            MEETINGS.replace("planned_on: 2026-11-16", "planned_on: 2026-11-16\n        held_on: 2026-09-25").replace(
                "note: Wij zien veel", f"agreed: 3, evidence: {pieces}"
            )
        )
    client = sign_in(house.test_client(), "board_member")
    text = body(client, "/evaluaties/HOL/9")
    assert 'verlopen na <span class="unbroken">30-9-2026</span>, telt niet meer' in text
    assert "vervangen door Meting 3, telt niet meer" in text
    assert text.count("proof-checked") == 0
    assert 'geldig tot en met <span class="unbroken">30-9-2026</span>' in body(
        client, "/evaluaties/HOL/9?peildatum=2026-09-30"
    )
