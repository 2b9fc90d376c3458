"""A file through the API: taken in whole or refused whole, with the same report as the command."""

import io

import pytest

from tests.bad_files import ODD, REFUSED, UNREADABLE, region
from tests.conftest import make_app
from tests.written import HEAD, WOLDERVEEN
from tracker.extensions import db
from tracker.operations.reports import report_lines
from tracker.queries.findings import journal_position

NEW = (HEAD + "cooperations: [{code: NEW, name: Nieuw}]").encode()
PRACTICE = "    practices: [{code: WOL-99, name: Nieuw, memberships: [{from: 2026-01-01}]}]\n"


def send(ask, data, path="/dossiers", role="administrator", **more):
    return ask(path, role, method="POST", data=data, **more)


def position(demo):
    with demo.app_context():
        return journal_position()


def test_a_file_is_taken_in_and_reported_per_kind_and_cooperation(ask):
    answer = send(ask, region(PRACTICE))
    assert answer.status_code == 200
    body = answer.get_json()
    assert (body["dry_run"], body["written"]) == (False, True)
    assert body["total"] == {"added": 2, "changed": 0, "unchanged": 1, "refused": 0}
    assert body["kinds"]["practice"] == {"added": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert body["cooperations"]["WOL"]["period"]["added"] == 1
    subjects = [item["subject"] for item in ask("/cooperations/WOL/status").get_json()["results"]]
    assert "WOL-99" in subjects


def test_a_change_is_told_field_by_field(ask):
    body = send(ask, region("").replace(b"RSV Wolderveen", b"RSV Nieuw")).get_json()
    assert body["changes"] == [
        {"address": "WOL", "kind": "cooperation", "fields": {"name": {"old": "RSV Wolderveen", "new": "RSV Nieuw"}}}
    ]


def test_the_same_file_twice_changes_nothing(ask, demo):
    send(ask, NEW)
    before = position(demo)
    body = send(ask, NEW).get_json()
    assert body["total"] == {"added": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert position(demo) == before


@pytest.mark.parametrize("word", ["true", "1"])
def test_a_dry_run_tells_the_same_and_writes_nothing(ask, demo, word):
    before = position(demo)
    body = send(ask, NEW, f"/dossiers?dry_run={word}").get_json()
    assert (body["dry_run"], body["written"], body["total"]["added"]) == (True, False, 1)
    assert position(demo) == before
    assert ask("/cooperations/NEW/status").status_code == 404


def test_a_form_with_one_file_is_taken_in(ask):
    answer = send(ask, {"file": (io.BytesIO(NEW), "dossier.yaml")})
    assert answer.get_json()["written"]


@pytest.mark.parametrize("names", [[], ["file", "file"], ["one", "two"]])
def test_a_form_with_no_file_or_two_is_refused(ask, demo, names):
    before = position(demo)
    files = [(name, (io.BytesIO(NEW), "dossier.yaml")) for name in names]
    answer = ask(
        "/dossiers",
        method="POST",
        data=dict(files) if len(set(names)) == len(names) else {"file": [f for _, f in files]},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 400
    assert answer.get_json()["detail"] == "geef één bestand"
    assert position(demo) == before


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_in_words(ask, demo, name):
    before = position(demo)
    data, word = UNREADABLE[name]
    answer = send(ask, data)
    assert answer.status_code == 400, answer.text
    assert answer.mimetype == "application/problem+json"
    assert word in answer.get_json()["detail"]
    assert position(demo) == before


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_right_is_refused_with_its_path(ask, demo, name):
    before = position(demo)
    data, path = REFUSED[name]
    answer = send(ask, data)
    assert answer.status_code == 422, answer.text
    body = answer.get_json()
    assert path in [item["path"] for item in body["report"]["problems"]]
    assert all(item["reason"]["nl"] and item["reason"]["en"] for item in body["report"]["problems"])
    assert body["report"]["problem_count"] >= 1
    assert position(demo) == before


def test_all_faults_are_told_at_once_and_counted_per_kind(ask):
    many = region("    visions: [{version: x}, {version: 2, adopted_on: nooit}]\n    ict_leads: [{role: ceo}]\n")
    report = send(ask, many).get_json()["report"]
    assert report["problem_count"] == len(report["problems"]) == 5
    assert report["kinds"]["vision"]["refused"] == 2
    assert report["kinds"]["ict_lead"]["refused"] == 3


def test_of_thousands_of_faults_two_hundred_are_shown(ask):
    listed = ", ".join("{version: x}" for _ in range(1_000))
    report = send(ask, region(f"    visions: [{listed}]\n")).get_json()["report"]
    assert report["problem_count"] == 1_000
    assert len(report["problems"]) == 200
    assert report["kinds"]["vision"]["refused"] == 1_000


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_data_and_comes_back_as_it_was(ask, name):
    import msgspec

    text = ODD[name]
    body = msgspec.json.encode(
        {"format": "regiotracker/dossier@1", "fictional": True, "cooperations": [{"code": "ODD", "name": text}]}
    )
    assert send(ask, body).get_json()["written"]
    (dossier,) = ask("/cooperations/ODD/dossier").get_json()["cooperations"]
    assert dossier["name"] == text
    assert ask("/cooperations/ODD/status").status_code == 200
    assert text in [item["name"] for item in ask("/cooperations").get_json()["cooperations"]]


@pytest.mark.parametrize("facts", ["", "    visions: [{version: 1, adopted_on: 2026-12-31}]\n"])
def test_a_cooperation_without_a_fact_or_with_future_ones_alone_has_a_status(ask, facts):
    bare = region(facts).replace(b"WOL", b"LEEG")
    assert send(ask, bare).get_json()["written"]
    found = ask("/cooperations/LEEG/status").get_json()["results"]
    assert next(item["status"] for item in found if item["rule"] == "R01") == "NA"


def test_a_real_file_does_not_come_into_the_demonstration(ask, demo):
    before = position(demo)
    answer = send(ask, NEW.replace(b"fictional: true", b"fictional: false"))
    assert answer.status_code == 422
    assert answer.get_json()["report"]["problems"][0]["path"] == "$.fictional"
    assert position(demo) == before


def test_a_file_with_more_records_than_allowed_is_refused_whole(ask, demo):
    demo.config["MAX_RECORDS"] = 3
    before = position(demo)
    assert send(ask, region(PRACTICE)).status_code == 413
    listed = HEAD + "cooperations: [{code: N1, name: A}, {code: N2, name: B}, {code: N3, name: C}]"
    answer = send(ask, listed.encode())
    assert answer.status_code == 413
    assert "meer dan 3 records" in answer.get_json()["detail"]
    assert position(demo) == before
    demo.config["MAX_RECORDS"] = 4
    assert send(ask, listed.encode()).status_code == 200


def test_a_file_that_is_too_large_is_refused(ask, demo):
    demo.config["MAX_CONTENT_LENGTH"] = 100
    answer = send(ask, region(PRACTICE))
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("role", ["board_member", "insurer_region_manager", "practice_liaison"])
def test_only_an_administrator_takes_files_in(ask, role):
    assert send(ask, NEW, role=role).status_code == 403


def test_a_token_for_one_region_takes_no_files_in(ask):
    assert send(ask, NEW, only=("HOL",)).status_code == 403


@pytest.mark.parametrize("query", ["dry_run=misschien", "dry_run=true&dry_run=false", "peildatum=2022-01-01"])
def test_a_call_that_is_not_understood_writes_nothing(ask, demo, query):
    before = position(demo)
    assert send(ask, NEW, f"/dossiers?{query}").status_code == 400
    assert position(demo) == before


def test_the_reason_stands_in_the_journal(ask, demo):
    from sqlalchemy import select

    from tracker.models.journal import REVISION

    send(ask, NEW, "/dossiers?reason=Najaarsronde")
    with demo.app_context():
        last = db.session.execute(select(REVISION.c.reason, REVISION.c.by).order_by(REVISION.c.id.desc())).first()
    assert tuple(last) == ("Najaarsronde", "B. Heerder")


def test_a_dossier_that_was_read_can_be_taken_in_elsewhere(ask, tmp_path):
    body = ask("/cooperations/ESS/dossier").data
    with make_app(f"sqlite:///{tmp_path / 'other.sqlite'}").app_context():
        db.create_all()
        from tests.written import taken_in

        assert taken_in(body.decode()).total().added > 100
        db.session.remove()
        db.engine.dispose()


def test_the_lines_of_the_command_tell_the_same_numbers(session_of_demo):
    from tests.written import take_in

    report = take_in(HEAD + WOLDERVEEN.replace("version: 1", "version: x"))
    lines = list(report_lines(report))
    assert any(line.startswith("vision ") and line.endswith("1") for line in lines)
    assert "Geweigerd: 1" in lines
    assert lines[-1] == "Er is niets geschreven."
    assert any("$.cooperations[0].visions[0].version" in line for line in lines)


@pytest.fixture
def session_of_demo(demo):
    with demo.app_context():
        yield db.session
