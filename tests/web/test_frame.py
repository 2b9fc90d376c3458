"""The frame around every page: navigation, the days and the footer."""

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

import tracker
from tests.people import invent_regions, sign_in
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.dates import days, link
from tracker.web.frame import about_page

PAGE = """{% extends "base.html" %}{% block title %}Proef{% endblock %}{% block content %}<h1>Proef</h1>
<p id="dag">{{ dag }}</p><a id="verder" href="{{ verder }}">Verder</a>{% endblock %}"""


@requires(Action.see_portfolio)
def page(code=None):
    """A page with nothing of its own."""
    about_page(document="Proef", filters=["thema T1"])
    return render_template_string(PAGE, dag=days().as_of, verder=link("proef"))


@pytest.fixture
def manager(own_app: Flask) -> FlaskClient:
    own_app.config["DEMO_TODAY"] = date(2026, 10, 1)
    own_app.add_url_rule("/proef", "proef", page)
    own_app.add_url_rule("/proef/<code>", "proef.code", page)
    invent_regions(own_app)
    return sign_in(own_app.test_client(), "insurer_region_manager")


def body(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_a_page_stands_in_the_frame(manager: FlaskClient):
    text = body(manager, "/proef")
    assert text.count("<h1") == 1
    assert "Regiomanager (verzekeraar)" in text
    assert "kader Menzis 2022, versie 1" in text
    assert "fictief" in text
    assert "Peildatum 1 oktober 2026" in text


def test_a_day_travels_in_every_link(manager: FlaskClient):
    text = body(manager, "/proef?peildatum=1 juli 2022&vergelijk=2022-06-30")
    assert '<p id="dag">2022-07-01</p>' in text
    assert 'href="/proef?peildatum=2022-07-01&amp;vergelijk=2022-06-30">Verder' in text
    assert "U kijkt naar 1 juli 2022." in text


def test_a_day_of_today_needs_no_parameter(manager: FlaskClient):
    assert 'id="verder" href="/proef"' in body(manager, "/proef?peildatum=1-10-2026")


def test_what_was_known_is_said_in_a_banner(manager: FlaskClient):
    assert "U ziet wat bekend was op 3 mei 2026." in body(manager, "/proef?bekend_op=2026-05-03")


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("peildatum=2026-10-02", "Kies een datum op of vóór vandaag."),
        ("peildatum=31-2-2022", "Schrijf een bestaande datum"),
        ("peildatum=9999-99-99", "Schrijf een bestaande datum"),
        ("vergelijk=morgen", "Schrijf een bestaande datum"),
        ("bekend_op=2099-01-01", "Kies een datum op of vóór vandaag."),
    ],
)
def test_a_day_that_cannot_be_used_says_what_to_do_inside_the_frame(manager: FlaskClient, query: str, advice: str):
    text = body(manager, f"/proef?{query}&thema=T1", 400)
    assert text.count(advice) >= 2, "once in the page, once at the field"
    assert "Hoofdnavigatie" in text
    assert 'name="thema" value="T1"' in text
    field, typed = query.split("=")
    assert not re.search(rf'type="hidden" name="{field}"', text)
    assert f'value="{typed}"' in text


def test_a_cooperation_that_is_not_the_readers_is_not_found_inside_the_frame(manager: FlaskClient):
    text = body(manager, "/proef/WOL", 404)
    assert "Hoofdnavigatie" in text
    assert "Niet gevonden" in text
    assert "Hoofdnavigatie" in body(manager, "/proef/WOL?peildatum=ooit", 404)


def test_who_has_not_signed_in_gets_a_page_without_frame(client: FlaskClient):
    assert "Hoofdnavigatie" not in body(client, "/nergens", 404)


def test_the_language_of_the_screen_can_be_chosen(manager: FlaskClient):
    assert manager.get("/taal/en?terug=/proef").headers["Location"] == "/proef"
    assert '<html lang="en">' in body(manager, "/proef")


@pytest.mark.parametrize("back", ["//elders.example", "/\\elders.example", "https://elders.example"])
def test_the_language_never_leads_out_of_the_house(manager: FlaskClient, back: str):
    assert manager.get("/taal/en", query_string={"terug": back}).headers["Location"] == "/"


def test_paper_says_what_it_is(manager: FlaskClient):
    text = body(manager, "/proef?vergelijk=2026-07-01")
    assert "thema T1" in text
    assert "vergeleken met 1 juli 2026" in text


def test_every_page_that_is_linked_to_exists(app: Flask):
    named = re.compile(r'\blink\(\s*"([a-z_]+\.[a-z_]+)"|\("([a-z_]+\.[a-z_]+)", ')
    files = (Path(tracker.__file__).parent / "web").glob("*.py")
    asked = {one or other for file in files for one, other in named.findall(file.read_text(encoding="utf-8"))}
    assert asked - set(app.view_functions) == set()


def test_what_was_not_there_yet_is_one_click_away_today(reader):
    board = reader("board_member")
    text = body(board, "/initiatieven/I06?peildatum=2022-07-01", 404)
    assert "U kijkt naar 1 juli 2022. Misschien was dit er toen nog niet." in text
    assert '<a href="?">Bekijk vandaag</a>' in text
    assert "Bekijk vandaag" not in body(board, "/initiatieven/I99", 404)


def test_a_number_that_no_record_can_have_is_not_found(reader):
    board, endless = reader("board_member"), "9" * 30
    for path in (f"/evaluaties/HOL/{endless}", f"/samenwerkingsverbanden/HOL/visie/{endless}/corrigeren"):
        assert "Niet gevonden" in body(board, path, 404)


def test_a_refusal_says_whom_it_is_for(reader):
    manager = reader("insurer_region_manager")
    text = body(manager, "/samenwerkingsverbanden/HOL/visie/vastleggen", 403)
    assert "Dit is voor: bestuurder en projectleider." in text
    assert "Dit is voor: beheerder." in body(manager, "/beheer", 403)
    assert "Wie ziet wat?" in text
    assert "Dit is voor" not in body(manager, "/praktijken/HOL-01", 403)
