"""Filters of the portfolio saved under a name: one's own alone, an address and nothing more."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import TOKEN, csrf_token, sign_in
from tests.web.test_portfolio import plain, queries_of, rows
from tracker.extensions import db
from tracker.models.filters import SavedFilter
from tracker.operations.accounts import create_demo_accounts
from tracker.operations.filters import PAGES
from tracker.web.dates import AS_OF, COMPARE, KNOWN

LATE = "/portefeuille?status=te-laat&volgorde=naam"


@pytest.fixture
def client(demo: Flask) -> FlaskClient:
    """The regiomanager, in a house where something may change."""
    return signed_in(demo, "insurer_region_manager")


def signed_in(app: Flask, role: str) -> FlaskClient:
    with app.app_context():
        create_demo_accounts(by="tests")
    return sign_in(app.test_client(), role)


def form(client: FlaskClient, path: str) -> tuple[str, str]:
    """The address and the proof of the form that saves the filters of a page."""
    text = client.get(path).get_data(as_text=True)
    return unescape(re.search(r'action="(/portefeuille/filters(?:\?[^"]*)?)"', text)[1]), TOKEN.search(text)[1]


def save(client: FlaskClient, name: str, path: str = LATE) -> str:
    """Save as the form of the page does; answers the page that comes after."""
    action, proof = form(client, path)
    answer = client.post(action, data={"naam": name, "csrf_token": proof})
    assert answer.status_code == 303
    return client.get(answer.location).get_data(as_text=True)


def saved(text: str) -> dict[str, str]:
    """The saved filters on a page: name and address."""
    if "saved-filters" not in text:
        return {}
    part = text[text.index("saved-filters") :].split("</ul>")[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)
    return {unescape(name): unescape(url) for url, name in found}


def removals(text: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'action="([^"]*/verwijderen[^"]*)"', text)]


def test_a_filter_is_saved_and_opens_the_same_rows(client):
    text = save(client, "Te laat, op naam")
    assert saved(text) == {"Te laat, op naam": LATE}
    assert rows(client.get(saved(text)["Te laat, op naam"]).get_data(as_text=True)) == rows(text)
    assert "Opgeslagen filters 1" in plain(text)


def test_after_saving_one_is_where_one_was_and_the_message_has_the_focus(client):
    action, proof = form(client, LATE)
    answer = client.post(action, data={"naam": "Laat", "csrf_token": proof})
    assert answer.location == LATE
    text = client.get(answer.location).get_data(as_text=True)
    notice = re.search(r'<div class="notice[^>]*tabindex="-1" data-focus>.*?</div>', text, re.S)
    assert "Filter ‘Laat’ opgeslagen." in plain(notice[0])
    assert "opgeslagen." not in client.get(LATE).get_data(as_text=True), "it is said once"


def test_in_english_the_message_is_english(client):
    client.get("/taal/en")
    assert "Give the filter a name." in plain(save(client, ""))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Geef het filter een naam."),
        ("   ", "Geef het filter een naam."),
        ("x" * 61, "Kies een naam van hoogstens 60 tekens; deze heeft er 61."),
        ("laat", "U heeft al een filter met de naam ‘laat’. Kies een andere naam."),
        ('<b>"\u200b', "Gebruik in de naam alleen leesbare tekens."),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_stays_in_its_field(client, name, message):
    save(client, "Laat")
    text = save(client, name)
    assert text.count(message) == 2, "above the page and beside the field"
    assert "<title>Fout: " in text
    field = re.search(r'<input[^>]*id="filter-naam"[^>]*>', text)[0]
    assert unescape(re.search(r'value="([^"]*)"', field)[1]) == name
    assert 'aria-invalid="true"' in field
    assert list(saved(text)) == ["Laat"]
    assert len(rows(text)) == len(rows(client.get(LATE).get_data(as_text=True)))


def test_a_huge_name_does_not_fill_the_cookie(client):
    assert "deze heeft er 100000" in save(client, "x" * 100_000)


def test_a_page_without_filters_has_nothing_to_save(client):
    assert "Er is niets om op te slaan." in save(client, "Alles", "/portefeuille")
    assert "Er is niets om op te slaan." in save(client, "Vandaag", "/portefeuille?peildatum=2026-10-01")


def test_a_day_is_saved_where_it_was_chosen_and_else_that_of_the_reader(client):
    save(client, "Gekozen", "/portefeuille?thema=T2&peildatum=2026-06-01")
    save(client, "Laat")
    found = saved(client.get("/portefeuille?peildatum=2025-01-01").get_data(as_text=True))
    assert found["Gekozen"] == "/portefeuille?thema=T2&peildatum=2026-06-01"
    assert found["Laat"] == f"{LATE}&peildatum=2025-01-01"


@pytest.mark.parametrize(
    "query",
    [
        "status=deels&next=https://elders.example/",
        "status=deels&_external=1&_scheme=javascript&_anchor=x&_method=POST",
        "status=deels&terug=//elders.example&formaat=xlsx",
    ],
)
def test_nothing_but_parameters_of_the_page_gets_into_an_address(client, demo, query):
    proof = csrf_token(client, "/portefeuille")
    data = {"naam": "Weg", "csrf_token": proof, "query": "https://elders.example/", "next": "//elders.example"}
    answer = client.post(f"/portefeuille/filters?{query}", data=data, headers={"Host": "localhost"})
    assert answer.location == "/portefeuille?status=deels"
    assert saved(client.get("/portefeuille").get_data(as_text=True)) == {"Weg": "/portefeuille?status=deels"}


def test_a_value_that_looks_like_an_address_stays_a_value(client):
    text = save(client, "Waarde", "/portefeuille?thema=https://elders.example/%0d%0aX:1&status=deels")
    assert saved(text)["Waarde"].startswith("/portefeuille?thema=https://elders.example/%0D%0AX:1&")


def test_a_day_that_does_not_exist_is_not_saved(client):
    proof = csrf_token(client, "/portefeuille")
    answer = client.post("/portefeuille/filters?peildatum=ooit", data={"naam": "Ooit", "csrf_token": proof})
    assert answer.status_code == 400
    assert saved(client.get("/portefeuille").get_data(as_text=True)) == {}


def test_another_person_neither_sees_nor_removes_it(client, demo):
    mine = save(client, "Van mij")
    other = signed_in(demo, "insurer_reader")
    assert saved(other.get("/portefeuille").get_data(as_text=True)) == {}
    answer = other.post(removals(mine)[0], data={"csrf_token": csrf_token(other, "/portefeuille")})
    assert answer.status_code == 404
    assert list(saved(client.get(LATE).get_data(as_text=True))) == ["Van mij"]


def test_ones_own_filter_can_be_removed(client):
    text = save(client, "Weg ermee")
    answer = client.post(removals(text)[0], data={"csrf_token": csrf_token(client, "/portefeuille")})
    assert (answer.status_code, answer.location) == (303, LATE)
    after = client.get(answer.location).get_data(as_text=True)
    assert "Filter ‘Weg ermee’ verwijderd." in plain(after)
    assert saved(after) == {}


@pytest.mark.parametrize("number", ["999", "0", "2147483648", "99999999999999999999"])
def test_a_filter_that_does_not_exist_is_not_found(client, number):
    proof = csrf_token(client, "/portefeuille")
    assert client.post(f"/portefeuille/filters/{number}/verwijderen", data={"csrf_token": proof}).status_code == 404


def test_a_change_needs_the_proof_of_the_form(client, demo):
    text = save(client, "Laat")
    assert client.post("/portefeuille/filters?status=deels", data={"naam": "X"}).status_code == 400
    assert client.post(removals(text)[0]).status_code == 400
    assert client.get("/portefeuille/filters").status_code in (404, 405)
    with demo.app_context():
        assert db.session.query(SavedFilter).count() == 1


@pytest.mark.parametrize("role", ["board_member", "project_leader", "practice_liaison", "evaluation_chair"])
def test_a_role_without_the_portfolio_saves_nothing(demo, role):
    person = signed_in(demo, role)
    proof = csrf_token(person, "/begrippen")
    answer = person.post("/portefeuille/filters?status=deels", data={"naam": "X", "csrf_token": proof})
    assert answer.status_code == 403
    assert person.post("/portefeuille/filters/1/verwijderen", data={"csrf_token": proof}).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in_page(demo):
    answer = demo.test_client().post("/portefeuille/filters?status=deels", data={"naam": "X"})
    assert answer.location == "/aanmelden"


def test_the_page_knows_every_parameter_that_is_kept():
    filters = {"thema", "status", "regel", "volgorde", "gewijzigd"}
    assert set(PAGES["portefeuille"]) == filters | {AS_OF, COMPARE, KNOWN}


def test_saved_filters_cost_one_query_however_many(client, demo):
    save(client, "Een")
    client.get("/portefeuille")
    first = queries_of(demo, client)
    for number in range(5):
        save(client, f"Nog {number}")
    assert queries_of(demo, client) == first
