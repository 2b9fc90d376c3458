"""`tracker status` shows where regions stand: the same as the API, in words."""

import json
import time
from datetime import UTC, datetime

import pytest

from tests.bad_files import region
from tracker import labels
from tracker.domain.finding import Status


def test_the_status_of_a_region_is_a_table_with_words_days_late_and_reasons(demonstration):
    done = demonstration("status", "HOL", "--peildatum", "2026-10-01")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "RSV Hollerdiep (HOL), stand op 1 oktober 2026 [fictief]"
    assert lines[1].split() == ["regel", "onderwerp", "status", "te", "laat", "reden"]
    first = " ".join(lines[2].split())
    assert first == ("R01 HOL Te laat behaald 105 dagen vastgesteld op 14 oktober 2022, 105 dagen na de uiterste datum")
    assert any(line.split()[:2] == ["R11", "HOL-01"] for line in lines[2:] if line.strip())


def test_without_codes_every_region_is_shown_on_today(demonstration):
    heads = [line for line in demonstration("status").out.splitlines() if line.startswith("RSV")]
    assert len(heads) == 8
    assert all("1 oktober 2026" in head for head in heads)


def test_json_is_what_the_api_gives(demonstration, demo):
    done = demonstration("status", "KRO", "--peildatum", "2026-10-01", "--json")
    from tracker.operations.accounts import create_token

    with demo.app_context():
        token = create_token(email="beheerder@demo.example", by="tests")
    answer = demo.test_client().get(
        "/api/v1/cooperations/KRO/status?peildatum=2026-10-01", headers={"Authorization": f"Bearer {token}"}
    )
    assert json.loads(done.out) == answer.get_json()


def test_json_of_several_is_a_list(demonstration):
    found = json.loads(demonstration("status", "ESS", "KRO", "--json").out)
    assert [item["cooperation"] for item in found] == ["ESS", "KRO"]
    assert isinstance(json.loads(demonstration("status", "--json").out), list)


def test_the_table_and_json_give_the_same_statuses(demonstration):
    table = demonstration("status", "ESS").out.splitlines()[2:]
    found = json.loads(demonstration("status", "ESS", "--json").out)["results"]
    rows = [line for line in table if line.strip()]
    assert len(rows) == len(found)
    for row, item in zip(rows, found, strict=True):
        assert row.split()[:2] == [item["rule"], item["subject"]]
        assert labels.word(Status(item["status"])) in row
        assert row.endswith(item["reason"]["nl"])


def test_1900_has_a_correct_answer(demonstration):
    done = demonstration("status", "WOL", "--peildatum", "1900-01-01")
    assert done.code == 0
    assert "valt niet onder het kader van Menzis" in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--peildatum", "2026-10-02"), "Kies een datum op of vóór vandaag."),
        (("--peildatum", "2022-02-30"), "Schrijf een bestaande datum"),
        (("--known-at", "2026-05-01T12:00:00"), "tijdzone"),
        (("XXX",), "onbekend samenwerkingsverband: XXX"),
    ],
)
def test_what_cannot_be_asked_is_refused(demonstration, arguments, words):
    done = demonstration("status", *arguments)
    assert (done.code, done.out) == (1, "")
    assert words in done.err


def test_before_anything_was_known_the_table_says_so(demonstration):
    done = demonstration("status", "WOL", "--known-at", "2020-01-01")
    assert done.code == 0
    assert "Toen was hier nog niets bekend." in done.out
    assert json.loads(demonstration("status", "WOL", "--known-at", "2020-01-01", "--json").out)["results"] == []


def test_a_moment_shows_what_was_known_then(demonstration, file):
    moment = datetime.now(tz=UTC).isoformat()
    time.sleep(0.01)
    later = region("    visions: [{version: 1, adopted_on: 2022-08-01}]\n")
    assert demonstration("import", file(later)).code == 0
    assert "Te laat behaald" in demonstration("status", "WOL").out.splitlines()[2]
    assert "Te laat" not in demonstration("status", "WOL", "--known-at", moment).out.splitlines()[2]
