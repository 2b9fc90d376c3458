"""Actions as the people of a region meet them: what is open, whose it is, and how one is answered."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import csrf_token, sign_in
from tests.web.test_records import fields, words
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.operations.records import save_record
from tracker.programmes import catalogue, load_programmes
from tracker.queries.actions import PLACE, action_kept
from tracker.queries.codes import number_of

TODAY = date(2026, 10, 1)
ACTION = {
    "code": "A1",
    "text": "Koppeling testen",
    "agreed_on": "2026-09-01",
    "party": "cooperation",
    "owner": "M. Bakker",
    "owner_email": "board_member@voorbeeld.example",
    "due_on": "2026-09-24",
}


def agree(app: Flask, code: str = "HOL", **given: Any) -> None:
    """An action of a region, as the form of records keeps it."""
    with app.app_context():
        save_record(
            place=PLACE,
            entry=Entry(given=ACTION | given),
            pen=Pen(frozenset({Role.board_member})),
            catalogues=catalogue(load_programmes()).codes,
            today=TODAY,
            by="tests",
            parent=number_of("cooperation", code),
            fictional=True,
        )


def own_address(app: Flask, role: str) -> str:
    """The address with which the demonstration's person with a role signs in."""
    from tracker.queries.accounts import demonstration_account

    with app.app_context():
        found = demonstration_account(role)
        assert found is not None
        return found.email


@pytest.fixture
def region(demo: Flask) -> Flask:
    """HOL with one action of its board member, a week too late."""
    agree(demo, owner_email=own_address(demo, "board_member"))
    return demo


@pytest.fixture
def board_member(region: Flask) -> FlaskClient:
    return sign_in(region.test_client(), "board_member")


def answer(client: FlaskClient, path: str = "/acties/HOL/A1", **given: str) -> Any:
    return client.post(path, data=fields(client, path) | given)


def test_an_owner_finds_the_own_action_with_how_late_it_is(board_member):
    page = words(board_member.get("/acties?van=mij"))
    assert "Koppeling testen" in page
    assert "7 dagen te laat" in page
    assert "1 actie" in page


def test_another_region_does_not_see_the_action(region):
    agree(region, "WOL", text="Iets van Wolderveen")
    page = words(sign_in(region.test_client(), "board_member").get("/acties"))
    assert "Iets van Wolderveen" not in page
    assert sign_in(region.test_client(), "board_member").get("/acties/WOL/A1").status_code == 404


def test_open_actions_of_an_old_round_are_still_on_the_list_and_can_be_taken_over(demo):
    client = sign_in(demo.test_client(), "administrator")
    assert "Afspraak met wijkverpleging vastleggen" in words(client.get("/acties?regio=WOL"))


def test_an_action_is_done_with_a_note(board_member, region):
    reply = answer(board_member, note="De test is geslaagd.")
    assert reply.status_code == 303
    page = words(board_member.get(reply.location))
    assert "Actie afgerond." in page
    assert "1 oktober 2026" in page
    assert "De test is geslaagd." in page
    assert "Koppeling testen" not in words(board_member.get("/acties"))
    assert "Koppeling testen" in words(board_member.get("/acties?stand=gereed"))


def test_a_note_alone_leaves_the_action_open(board_member, region):
    answer(board_member, done_on="", note="Wacht op de leverancier.")
    with region.app_context():
        held = action_kept("HOL", "A1")
        assert held is not None
        assert held.values["done_on"] is None
        assert held.values["note"] == "Wacht op de leverancier."


@pytest.mark.parametrize(
    ("day", "told"),
    [("31-2-2026", "Kies een datum"), ("2-10-2026", "op of vóór vandaag"), ("x" * 10_000, "Kies een datum")],
)
def test_a_wrong_day_is_told_and_the_note_stays(board_member, day, told):
    reply = answer(board_member, done_on=day, note="Bijna klaar")
    assert reply.status_code == 422
    assert told in words(reply)
    assert "Bijna klaar" in reply.get_data(as_text=True)


def test_two_who_answer_at_once_do_not_overwrite_each_other(board_member, region):
    other = sign_in(region.test_client(), "evaluation_chair")
    mine = fields(board_member, "/acties/HOL/A1") | {"done_on": "", "note": "Van mij"}
    assert answer(other, done_on="", note="Van de voorzitter").status_code == 303
    reply = board_member.post("/acties/HOL/A1", data=mine)
    assert reply.status_code == 409
    assert "heeft dit intussen gewijzigd" in words(reply)
    assert "Van mij" in reply.get_data(as_text=True)
    again = board_member.post("/acties/HOL/A1", data=mine | {"_version": _version(reply)})
    assert again.status_code == 303


def _version(reply: Any) -> str:
    return str(reply.get_data(as_text=True).split('name="_version" value="')[1].split('"')[0])


def test_who_may_not_write_actions_reads_whom_to_ask(region):
    client = sign_in(region.test_client(), "project_leader")
    assert "Vraag de voorzitter of een bestuurder" in words(client.get("/acties/HOL/A1"))
    token = csrf_token(client, "/mijn-account")
    assert client.post("/acties/HOL/A1", data={"csrf_token": token, "note": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["project_leader", "practice_liaison"])
def test_an_owner_answers_the_own_action_and_corrects_it_no_further(demo, role):
    agree(demo, owner_email=own_address(demo, role))
    client = sign_in(demo.test_client(), role)
    assert "Actie corrigeren" not in words(client.get("/acties/HOL/A1"))
    assert answer(client, note="Gedaan.").status_code == 303
    assert "Gedaan." in words(client.get("/acties/HOL/A1"))


def test_a_link_from_a_mail_comes_back_after_signing_in(region):
    reply = region.test_client().get("/acties/HOL/A1")
    assert reply.status_code == 302
    assert reply.location.endswith("?next=/acties/HOL/A1")


def test_the_insurer_never_sees_an_address_of_the_region(region):
    client = sign_in(region.test_client(), "insurer_region_manager")
    page = client.get("/acties/HOL/A1").get_data(as_text=True)
    assert "Koppeling testen" in page
    assert "@voorbeeld" not in page


def test_the_list_is_a_file_too(board_member):
    reply = board_member.get("/acties?formaat=csv&van=mij")
    assert "Koppeling testen" in reply.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/acties?stand=x&van=y&regio=%00", "/acties/HOL/A9", "/acties/XYZ/A1"])
def test_what_nobody_knows_is_no_fault_of_the_house(board_member, path):
    assert board_member.get(path).status_code in (200, 404)


def test_a_next_step_of_a_region_becomes_an_action(region):
    chair = sign_in(region.test_client(), "board_member")
    page = chair.get("/samenwerkingsverbanden/HOL").get_data(as_text=True)
    found = re.search(r'href="([^"]*/actie/vastleggen[^"]*)">Actie maken', page)
    assert found
    filled = fields(chair, found[1].replace("&amp;", "&"))
    assert filled["text"]
    assert filled["code"] == "A2"
    assert filled["origin"]


def test_who_writes_no_actions_is_offered_none(region):
    page = sign_in(region.test_client(), "project_leader").get("/samenwerkingsverbanden/HOL").get_data(as_text=True)
    assert "Actie maken" not in page


def test_the_first_action_of_a_region_has_a_code_ready(demo):
    client = sign_in(demo.test_client(), "board_member")
    assert fields(client, "/samenwerkingsverbanden/HOL/actie/vastleggen")["code"] == "A1"


def test_a_long_list_comes_in_pages_and_a_filter_begins_at_the_first(read, monkeypatch):
    monkeypatch.setattr("tracker.web.actions_view.PAGE", 5)
    first, second = read("/acties"), read("/acties?pagina=2")
    assert 'aria-label="Pagina’s met acties"' in first
    assert "Pagina 2 van" in second
    rows = [re.findall(r"<tr>.*?</tr>", page.partition("<tbody")[2], re.DOTALL) for page in (first, second)]
    assert len(rows[0]) == len(rows[1]) == 5
    assert not set(rows[0]) & set(rows[1])
    assert "stand=te-laat&amp;pagina" not in second
    assert "Pagina 1 van" in read("/acties?pagina=nul")
