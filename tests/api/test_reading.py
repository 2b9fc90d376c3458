"""What a program may ask: where a cooperation stands, the same as everywhere, as far as the reader may know."""

import json
from datetime import date

import msgspec
import pytest

from tests.bad_files import region
from tracker import clock, labels
from tracker.domain.finding import Status
from tracker.exchange.answers import CooperationStatus, cooperation_status
from tracker.queries.findings import programmes, standings

ON = "2026-10-01"


def results(answer):
    return answer.get_json()["results"]


def one(answer, rule, subject):
    return next(item for item in results(answer) if item["rule"] == rule and item["subject"] == subject)


def test_a_result_says_everything_about_itself(ask):
    answer = ask(f"/cooperations/HOL/status?peildatum={ON}")
    assert answer.status_code == 200
    body = answer.get_json()
    assert list(body) == ["cooperation", "peildatum", "known_at", "programmes", "results"]
    assert (body["cooperation"], body["peildatum"], body["known_at"]) == ("HOL", ON, None)
    assert {"key": "menzis-2022", "version": "1"} in body["programmes"]
    assert one(answer, "R01", "HOL") == {
        "rule": "R01",
        "key": "vision_on_time",
        "subject": "HOL",
        "status": "LATE",
        "programme": "menzis-2022",
        "proof": "declared",
        "reason": {
            "nl": "vastgesteld op 14 oktober 2022, 105 dagen na de uiterste datum",
            "en": "adopted on 14 October 2022, 105 days after the deadline",
        },
        "due_on": "2022-07-01",
        "days_late": 105,
        "records": [
            {"kind": "vision", "address": "HOL/visions/1", "drafted_on": "2022-07-11", "adopted_on": "2022-10-14"}
        ],
        "source": {
            "document": "M",
            "place": "232-234",
            "text": one(answer, "R01", "HOL")["source"]["text"],
        },
    }
    assert "per 1 juli 2022" in one(answer, "R01", "HOL")["source"]["text"]


def test_the_answer_is_of_the_shape_that_is_described(ask):
    body = ask(f"/cooperations/LIN/status?peildatum={ON}").data
    found = msgspec.json.decode(body, type=CooperationStatus)
    assert all(isinstance(item.status, Status) for item in found.results)


def test_every_subject_is_there_once_per_rule_and_na_is_listed(ask):
    found = results(ask(f"/cooperations/LIN/status?peildatum={ON}"))
    named = [(item["programme"], item["rule"], item["subject"]) for item in found]
    assert len(set(named)) == len(named)
    subjects = {item["subject"] for item in found}
    assert {"LIN", "LIN#1", "LIN-01", "I12", "I13"} <= subjects
    assert any(subject.startswith("LIN/") for subject in subjects)
    assert "NA" in {item["status"] for item in found}


def test_rules_come_in_order_and_rounds_by_number(ask):
    found = results(ask(f"/cooperations/WOL/status?peildatum={ON}"))
    assert [item["rule"] for item in found] == sorted(item["rule"] for item in found)
    assert [item["subject"] for item in found if item["rule"] == "R28"] == ["WOL#1", "WOL#2", "WOL#3"]


def test_api_and_function_give_the_same_finding(ask, demo):
    body = ask(f"/cooperations/KRO/status?peildatum={ON}").data
    day = date.fromisoformat(ON)
    with demo.app_context():
        (found,) = standings(["KRO"], day)
        dossier, findings, register = found[:3]
        expected = cooperation_status(dossier, findings, register, programmes(), as_of=day, known_at=None)
        assert json.loads(body) == json.loads(msgspec.json.encode(expected))
        said = {(item.rule, item.subject): labels.text(item.reason) for item in findings}
    for item in json.loads(body)["results"]:
        assert said[item["rule"], item["subject"]] == item["reason"]["nl"]


@pytest.mark.parametrize(
    ("day", "status"), [("2022-10-13", "NOT_MET"), ("2022-10-14", "LATE"), ("2022-07-01", "PENDING")]
)
def test_a_boundary_day_gives_its_own_status(ask, day, status):
    assert one(ask(f"/cooperations/HOL/status?peildatum={day}"), "R01", "HOL")["status"] == status


def test_1900_has_a_correct_answer(ask):
    answer = ask("/cooperations/HOL/status?peildatum=1900-01-01")
    assert one(answer, "R01", "HOL")["status"] == "NA"
    assert one(answer, "R01", "HOL")["reason"]["en"] == "not in Menzis's frame"


def test_without_a_day_it_is_today(ask):
    assert ask("/cooperations/HOL/status").get_json()["peildatum"] == ON


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("peildatum=2026-10-02", "Kies een datum op of vóór vandaag."),
        ("peildatum=2022-02-30", "Schrijf een bestaande datum"),
        ("peildatum=gisteren", "Schrijf een bestaande datum"),
        ("peildatum=2022-01-01&peildatum=2023-01-01", "meer dan eens"),
        ("peildatm=2022-01-01", "onbekende parameter peildatm; bekend: peildatum, known_at"),
        ("known_at=2026-05-01T14:00:00", "tijdzone"),
        ("known_at=2999-01-01", "al voorbij"),
        ("known_at=%00", "tijdzone"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(ask, query, words):
    answer = ask(f"/cooperations/HOL/status?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert words in body["detail"]
    assert body["reason"]["en"]
    assert (body["status"], body["title"]) == (400, "Bad Request")


def test_before_anything_was_known_there_are_no_results(ask):
    answer = ask("/cooperations/HOL/status?known_at=2020-01-01")
    assert answer.status_code == 200
    assert answer.get_json()["results"] == []
    assert answer.get_json()["known_at"] == "2020-01-01"


def test_what_was_known_at_a_moment_is_what_is_known_now_when_nothing_was_written_since(ask):
    now = ask("/cooperations/HOL/status").get_json()
    then = ask(f"/cooperations/HOL/status?known_at={clock.real_today()}").get_json()
    assert then["results"] == now["results"]


def test_a_correction_changes_now_and_not_then(ask):
    moment = clock.now().isoformat()
    later = region("    visions: [{version: 1, adopted_on: 2022-08-01}]\n")
    assert ask("/dossiers", method="POST", data=later).status_code == 200
    assert one(ask("/cooperations/WOL/status?peildatum=2022-10-01"), "R01", "WOL")["status"] == "LATE"
    then = ask(f"/cooperations/WOL/status?peildatum=2022-10-01&known_at={moment}")
    assert one(then, "R01", "WOL")["status"] == "MET"


# --- who may see what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/cooperations", "/cooperations/HOL/status", "/portfolio", "/products", "/programmes"]
)
def test_without_a_token_nothing_is_told(ask, path):
    answer = ask(path, role=None)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/cooperations/WOL/status", "/cooperations/WOL/dossier", "/cooperations/XXX/status"])
def test_another_region_does_not_exist_for_a_board_member(ask, path):
    answer = ask(path, "board_member")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_limited_token_reaches_its_own_cooperations_only(ask):
    assert ask("/cooperations/HOL/status", only=("HOL",)).status_code == 200
    assert ask("/cooperations/WOL/status", only=("HOL",)).status_code == 404
    assert [item["code"] for item in ask("/cooperations", only=("HOL",)).get_json()["cooperations"]] == ["HOL"]


def test_a_list_holds_what_the_reader_may_see(ask):
    codes = [item["code"] for item in ask("/cooperations").get_json()["cooperations"]]
    assert codes == ["ESS", "HOL", "KRO", "LIN", "NOO", "TOL", "WOL", "ZAN"]
    own = ask("/cooperations", "board_member").get_json()["cooperations"]
    assert own == [{"code": "HOL", "name": "RSV Hollerdiep", "fictional": True, "insurers": ["menzis"]}]


@pytest.mark.parametrize("role", ["insurer_region_manager", "insurer_reader"])
@pytest.mark.parametrize(
    "path", ["/cooperations/LIN/status", "/cooperations/LIN/dossier", "/cooperations/ESS/status", "/portfolio"]
)
def test_an_insurer_reads_nothing_that_names_a_practice(ask, role, path):
    told = ask(path, role).text
    for code in ("LIN", "ESS"):
        practices = ask(f"/cooperations/{code}/dossier").get_json()["cooperations"][0]["practices"]
        assert practices
        assert [item["code"] for item in practices if item["code"] in told or item["name"] in told] == []


def test_a_practice_liaison_reads_the_practices_of_the_own_region(ask):
    subjects = {item["subject"] for item in results(ask("/cooperations/HOL/status", "practice_liaison"))}
    assert "HOL-01" in subjects
    assert ask("/cooperations/HOL/dossier", "practice_liaison").get_json()["cooperations"][0]["practices"]


def test_an_insurer_gets_the_same_status_for_what_it_may_see(ask):
    whole = {(i["rule"], i["subject"]): i["status"] for i in results(ask("/cooperations/HOL/status"))}
    for item in results(ask("/cooperations/HOL/status", "insurer_region_manager")):
        assert whole[item["rule"], item["subject"]] == item["status"]


# --- the other calls ----------------------------------------------------------------------------------------------


def test_the_portfolio_gives_every_region_by_the_rules_of_the_roadmap(ask):
    body = ask(f"/portfolio?peildatum={ON}").get_json()
    assert len(body["columns"]) == 13
    assert body["columns"][0]["rule"] == "R01"
    assert [row["cooperation"] for row in body["cooperations"]] == [
        "ESS",
        "HOL",
        "KRO",
        "LIN",
        "NOO",
        "TOL",
        "WOL",
        "ZAN",
    ]
    for row in body["cooperations"]:
        assert [cell["rule"] for cell in row["results"]] == [column["rule"] for column in body["columns"]]
    hol = next(row for row in body["cooperations"] if row["cooperation"] == "HOL")
    assert hol["results"][0]["status"] == "LATE"


def test_the_portfolio_and_the_status_give_the_same_finding(ask):
    body = ask(f"/portfolio?peildatum={ON}").get_json()
    for row in body["cooperations"]:
        found = results(ask(f"/cooperations/{row['cooperation']}/status?peildatum={ON}"))
        whole = {(item["rule"], item["subject"]): item for item in found}
        for cell in row["results"]:
            same = whole[cell["rule"], row["cooperation"]]
            assert cell == {name: same[name] for name in cell}


def test_products_name_their_state_and_a_number_of_regions(ask):
    body = ask(f"/products?peildatum={ON}", "board_member").get_json()
    by_code = {item["code"]: item for item in body["products"]}
    assert by_code["P01"]["versions"] == [
        {"version": "3", "state": "positive", "since": "2022-12-12", "valid_until": None, "regions": 3}
    ]
    assert by_code["P05"]["versions"][0]["state"] == "expired"
    assert by_code["P03"]["versions"][0]["state"] == "not_submitted"
    text = json.dumps(body)
    assert not any(code in text for code in ("WOL", "HOL", "I01", "Wolderveen"))


def test_programmes_come_with_their_words_and_sources(ask):
    body = ask("/programmes").get_json()["programmes"]
    assert [item["key"] for item in body] == [
        "landelijk",
        "menzis-2022",
        "zorg-en-zekerheid-2023",
        "zorg-en-zekerheid-2026",
    ]
    menzis = body[1]
    assert menzis["insurer"] == {"key": "menzis", "name": "Menzis"}
    assert all(item["source"]["text"] for item in menzis["requirements"])
    assert {item["source"]["document"] for item in menzis["requirements"]} <= {d["alias"] for d in menzis["documents"]}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_status_can_only_be_read(ask, method):
    answer = ask("/cooperations/HOL/status", method=method)
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
