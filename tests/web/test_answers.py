"""What every answer has in common: headers, names of requests, problems in words, static files that never change."""

import gzip
import json
import logging

import pytest
from flask import Blueprint, Flask, abort, request

from tests.people import invent_regions, sign_in
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.web.logs import JsonFormatter

rooms = Blueprint("rooms", __name__)


@rooms.get("/lang")
@requires(Action.see_programmes)
def long():
    return "<p>een lange pagina</p>" * 1000


@rooms.get("/mis/<int:status>")
@rooms.get("/api/v1/mis/<int:status>")
@requires(Action.see_programmes)
def wrong(status: int):
    if status == 500:
        raise RuntimeError("B. Stuurman")
    return abort(status)


@rooms.post("/groot")
@requires(Action.see_programmes)
def big():
    return str(len(request.get_data()))


@pytest.fixture
def client(app: Flask):
    """A board member."""
    invent_regions(app)
    app.register_blueprint(rooms)
    return sign_in(app.test_client(), "board_member")


def test_no_answer_lets_a_foreign_script_or_frame_in(client):
    policy = client.get("/aanmelden").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_is_not_kept_by_the_browser(client):
    assert client.get("/lang").headers["Cache-Control"] == "no-store"
    assert client.application.test_client().get("/aanmelden").headers["Cache-Control"] == "no-store"


def test_a_large_page_is_compressed_for_who_can_read_that(client):
    answer = client.get("/lang", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).count(b"lange pagina") == 1000
    assert "Content-Encoding" not in client.get("/lang").headers


def test_a_page_that_repeats_a_search_word_is_not_compressed(client):
    assert "Content-Encoding" not in client.get("/lang?q=geheim", headers={"Accept-Encoding": "gzip"}).headers


def test_a_request_keeps_the_name_its_caller_gave_unless_it_is_odd(client):
    assert client.get("/healthz", headers={"X-Request-ID": "caller-1234"}).headers["X-Request-ID"] == "caller-1234"
    assert client.get("/healthz", headers={"X-Request-ID": "<b>\x7f</b>"}).headers["X-Request-ID"].isalnum()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413])
def test_a_problem_is_a_dutch_page_or_problem_json(client, status):
    page = client.get(f"/mis/{status}")
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert page.get_data(as_text=True).count("<h1>") == 1
    call = client.get(f"/api/v1/mis/{status}")
    assert (call.status_code, call.mimetype) == (status, "application/problem+json")
    assert call.json["status"] == status


def test_an_unforeseen_fault_is_a_500_without_a_traceback(app, client):
    app.testing = False
    answer = client.get("/mis/500")
    assert answer.status_code == 500
    assert "Stuurman" not in answer.get_data(as_text=True)
    assert answer.headers["X-Request-ID"] in answer.get_data(as_text=True)


def test_a_wrong_method_says_which_are_right(client):
    answer = client.delete("/lang")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_unknown_address_is_a_problem_too(client):
    assert client.get("/api/nergens").mimetype == "application/problem+json"


def test_a_line_of_log_holds_the_rule_and_not_the_address(app, client, caplog):
    with caplog.at_level(logging.INFO, "tracker.requests"):
        client.get("/mis/404?naam=Stuurman")
    record = caplog.records[-1]
    line = json.loads(JsonFormatter().format(record))
    assert line["route"] == "/mis/<int:status>"
    assert "Stuurman" not in str(line)


def test_a_static_file_never_changes_under_its_name(app, client):
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("img/logo.svg")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
