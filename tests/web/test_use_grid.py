"""The grid of practices and services, as who keeps the practices meets it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.people import sign_in
from tests.web.test_records import Fields, words
from tracker.extensions import db
from tracker.queries.journal import position

GRID = "/samenwerkingsverbanden/HOL/praktijken/gebruik"


class Sent(Fields):
    """What a browser would send of the grid."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, [(n, "formulier" if (n, v) == ("id", "rooster") else v) for n, v in attrs])


def sent(client: FlaskClient, path: str = GRID) -> dict[str, str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return Sent(answer.get_data(as_text=True)).found


@pytest.fixture
def liaison(demo: Any) -> FlaskClient:
    return sign_in(demo.test_client(), "practice_liaison")


def test_what_was_typed_is_saved_and_told(liaison: FlaskClient) -> None:
    data = sent(liaison)
    assert data["HOL-01|T1.1a|used_from"] == "27-2-2022"
    data |= {"HOL-01|T1.1a|used_from": "1 maart 2022", "HOL-27|T1.1a|used_from": "1-7-2022"}
    answer = liaison.post(GRID, data=data)
    assert answer.status_code == 303
    told = words(liaison.get(answer.headers["Location"]))
    assert "2 dagen vastgelegd." in told
    assert "Huisartsenpraktijk De Sextant, T1.1a Afspraken: 27-2-2022 → 1-3-2022." in told
    assert sent(liaison)["HOL-27|T1.1a|used_from"] == "1-7-2022"


def test_a_grid_that_was_not_touched_writes_nothing(liaison: FlaskClient, demo: Any) -> None:
    with demo.app_context():
        before = position()
        db.session.remove()
    answer = liaison.post(GRID, data=sent(liaison))
    assert "Er was niets gewijzigd." in words(liaison.get(answer.headers["Location"]))
    with demo.app_context():
        assert position() == before
        db.session.remove()


def test_a_fault_is_told_with_practice_and_service_and_keeps_what_was_typed(liaison: FlaskClient) -> None:
    data = sent(liaison) | {"HOL-01|T1.1a|used_from": "31-2-2022", "HOL-27|T1.1a|used_from": "1-7-2022"}
    answer = liaison.post(GRID, data=data)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Huisartsenpraktijk De Sextant, T1.1a" in page
    assert "Schrijf een bestaande datum" in page
    kept = Sent(page).found
    assert kept["HOL-01|T1.1a|used_from"] == "31-2-2022"
    assert kept["HOL-27|T1.1a|used_from"] == "1-7-2022"
    assert sent(liaison)["HOL-27|T1.1a|used_from"] == ""


def test_two_people_in_the_grid_never_write_over_each_other(liaison: FlaskClient, demo: Any) -> None:
    board = sign_in(demo.test_client(), "board_member")
    mine, theirs = sent(liaison), sent(board)
    assert board.post(GRID, data=theirs | {"HOL-01|T1.1a|used_from": "1-4-2022"}).status_code == 303
    answer = liaison.post(
        GRID, data=mine | {"HOL-01|T1.1a|used_from": "1-5-2022", "HOL-01|T1.1c|used_from": "1-3-2023"}
    )
    assert answer.status_code == 422
    assert "intussen 1-4-2022" in words(answer)
    again = Sent(answer.get_data(as_text=True)).found
    assert again["HOL-01|T1.1a|used_from"] == "1-5-2022"
    assert liaison.post(GRID, data=again).status_code == 303
    assert sent(board)["HOL-01|T1.1a|used_from"] == "1-5-2022"
    # A cell that nobody but another touched stays as the other left it.
    assert board.post(GRID, data=theirs | {"HOL-02|T1.1a|used_from": "1-4-2025"}).status_code == 303
    assert sent(board)["HOL-01|T1.1a|used_from"] == "1-5-2022"


def test_one_service_has_both_of_its_days_without_any_script(liaison: FlaskClient) -> None:
    path = f"{GRID}?onderdeel=T1.1b"
    data = sent(liaison, path)
    assert data["HOL-21|T1.1b|available_from"] == "14-7-2021"
    data |= {"HOL-27|T1.1b|available_from": "1-7-2022", "HOL-27|T1.1b|used_from": "1-9-2022"}
    answer = liaison.post(path, data=data)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("onderdeel=T1.1b")
    assert sent(liaison, path)["HOL-27|T1.1b|used_from"] == "1-9-2022"


def test_what_is_not_in_the_grid_is_not_written(liaison: FlaskClient, demo: Any) -> None:
    with demo.app_context():
        before = position()
        db.session.remove()
    odd = {"WOL-01|T1.1a|used_from": "1-7-2022", "HOL-01|XX|used_from": "1-7-2022", "HOL-01|T1.1a|product": "P01"}
    odd |= {"csrf_token": sent(liaison)["csrf_token"]}
    spoiled = odd | {"_shown": '{"HOL-01|T1.1a|used_from": 3}', "_reason": "x\x00" * 5}
    assert liaison.post(GRID, data=spoiled).status_code == 303
    with demo.app_context():
        assert position() == before
        db.session.remove()


@pytest.mark.parametrize("shown", ["", "{", "[]", "\x00", '{"a": "b"}'])
def test_a_form_whose_start_is_lost_overwrites_nothing(liaison: FlaskClient, shown: str) -> None:
    answer = liaison.post(GRID, data=sent(liaison) | {"_shown": shown, "HOL-01|T1.1a|used_from": "1-7-2022"})
    assert answer.status_code == 422
    assert "intussen 27-2-2022" in words(answer)


def test_too_large_a_block_is_told(liaison: FlaskClient) -> None:
    data = {f"HOL-{number}|T1.1a|used_from": "1-7-2022" for number in range(5_000)}
    answer = liaison.post(GRID, data=data | {"csrf_token": sent(liaison)["csrf_token"]})
    assert answer.status_code == 422
    assert "Bewaar niet meer dan 2000 cellen tegelijk" in words(answer)


def test_the_columns_follow_the_address(liaison: FlaskClient) -> None:
    assert "T2.1</span>" not in liaison.get(f"{GRID}?thema=T1").get_data(as_text=True)
    assert "HOL-01|T3.1" in "".join(sent(liaison, f"{GRID}?thema=T3"))
    odd = liaison.get(f"{GRID}?thema=x&dag=y&pagina=99999&onderdeel=%00")
    assert odd.status_code == 200
    assert sent(liaison, f"{GRID}?dag=beschikbaar")["HOL-01|T1.1a|available_from"] == "29-11-2021"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("practice_liaison", 200),
        ("project_leader", 200),
        ("board_member", 200),
        ("insurer_region_manager", 403),
        ("evaluation_chair", 403),
        ("administrator", 403),
        ("insurer_reader", 403),
    ],
)
def test_who_keeps_the_practices_opens_the_grid(demo: Any, role: str, status: int) -> None:
    client = sign_in(demo.test_client(), role)
    assert client.get(GRID).status_code == status
    assert client.get(GRID.replace("HOL", "XYZ")).status_code == 404


def test_every_cell_of_the_region_is_saved_within_two_seconds(liaison: FlaskClient) -> None:
    data = sent(liaison)
    cells = {name: "1-10-2026" for name, _ in data.items() if name.endswith("used_from")}
    assert len(cells) > 300
    start = time.perf_counter()
    answer = liaison.post(GRID, data=data | cells)
    assert answer.status_code == 303, words(answer)[:500]
    assert time.perf_counter() - start < 2


def test_every_filled_cell_says_when_it_was_recorded_last(liaison: FlaskClient) -> None:
    told = re.compile(r"vastgelegd <span class=\"unbroken\">\d{1,2}-\d{1,2}-\d{4}</span>")
    before = len(told.findall(liaison.get(GRID).get_data(as_text=True)))
    assert liaison.post(GRID, data=sent(liaison) | {"HOL-27|T1.1a|used_from": "1-7-2022"}).status_code == 303
    assert len(told.findall(liaison.get(GRID).get_data(as_text=True))) == before + 1
