"""The door: who is let in, who is told that nothing is there, and who is told that they may not."""

import pytest
from flask import Blueprint, Flask, jsonify
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.people import csrf_token, invent_regions, sign_in
from tracker import access
from tracker.access import requires
from tracker.domain.policy import Action
from tracker.models.accounts import Account
from tracker.operations.accounts import create_token, revoke_token
from tracker.operations.transaction import writing

rooms = Blueprint("rooms", __name__)


@rooms.get("/kamers/verband/<code>")
@rooms.get("/api/v1/kamers/cooperations/<code>")
@requires(Action.see_cooperation)
def cooperation(code: str):
    return jsonify(code=code, practices=access.allows(Action.see_practices, code))


@rooms.get("/kamers/verband/<code>/praktijken")
@requires(Action.see_practices)
def practices(code: str):
    return jsonify(code=code)


@rooms.get("/kamers/portefeuille")
@rooms.get("/api/v1/kamers/portfolio")
@requires(Action.see_portfolio)
def portfolio():
    return jsonify(access.permitted())


@rooms.post("/api/v1/kamers/dossiers")
@rooms.post("/kamers/inlezen")
@requires(Action.import_dossier)
def take_in():
    return jsonify(by=access.actor().name)


@rooms.get("/vergeten")
def forgotten():
    return "nobody declared what this does"


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """Three invented regions and a few rooms."""
    invent_regions(own_app)
    own_app.register_blueprint(rooms)
    return own_app


def token_for(app: Flask, email: str, *codes: str) -> dict[str, str]:
    """The header of a token, limited to the codes when there are any."""
    with app.app_context():
        return {"Authorization": f"Bearer {create_token(email=email, cooperations=codes or None, by='tests')}"}


def test_a_page_sends_a_stranger_to_the_sign_in_page_and_remembers_where_to(client):
    answer = client.get("/kamers/verband/HOL?peildatum=2026-10-01")
    assert answer.status_code == 302
    assert answer.location == "/aanmelden?next=/kamers/verband/HOL%3Fpeildatum%3D2026-10-01"


def test_a_call_without_a_token_gets_401_as_a_problem(client):
    answer = client.get("/api/v1/kamers/cooperations/HOL")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_endpoint_that_declares_nothing_is_refused_to_everybody(client):
    assert sign_in(client, "administrator").get("/vergeten").status_code == 403


@pytest.mark.parametrize("code", ["WOL", "NIETS"])
def test_a_foreign_cooperation_looks_just_like_an_absent_one(client, code):
    answer = sign_in(client, "board_member").get(f"/kamers/verband/{code}", headers={"X-Request-ID": "the-same-id"})
    assert answer.status_code == 404
    assert code not in answer.get_data(as_text=True)


def test_a_reader_may_see_the_cooperation_but_not_its_practices(client):
    sign_in(client, "insurer_reader")
    assert client.get("/kamers/verband/HOL").json == {"code": "HOL", "practices": False}
    assert client.get("/kamers/verband/HOL/praktijken").status_code == 403
    assert client.get("/kamers/verband/WOL/praktijken").status_code == 404


def test_the_portfolio_holds_what_one_may_see(client):
    assert sign_in(client, "insurer_region_manager").get("/kamers/portefeuille").json == ["HOL", "KRO"]


def test_a_token_opens_what_its_account_may_see(app, client):
    header = token_for(app, "regiomanager@demo.example")
    assert client.get("/api/v1/kamers/portfolio", headers=header).json == ["HOL", "KRO"]
    assert client.get("/api/v1/kamers/cooperations/WOL", headers=header).status_code == 404


def test_a_limited_token_opens_its_own_cooperations_alone(app, client):
    header = token_for(app, "regiomanager@demo.example", "KRO")
    assert client.get("/api/v1/kamers/portfolio", headers=header).json == ["KRO"]
    assert client.get("/api/v1/kamers/cooperations/HOL", headers=header).status_code == 404


def test_a_token_opens_no_page(app, client):
    assert client.get("/kamers/portefeuille", headers=token_for(app, "beheerder@demo.example")).status_code == 302


def test_a_revoked_token_opens_nothing(app, client):
    header = token_for(app, "beheerder@demo.example")
    with app.app_context():
        revoke_token(token=header["Authorization"].removeprefix("Bearer "), by="tests")
    assert client.get("/api/v1/kamers/portfolio", headers=header).status_code == 401


def test_a_wrong_token_is_not_saved_by_a_session(client):
    sign_in(client, "administrator")
    assert client.get("/api/v1/kamers/portfolio", headers={"Authorization": "Bearer rt_wrong"}).status_code == 401


def test_a_change_by_session_needs_proof_and_by_token_needs_none(app, client):
    sign_in(client, "administrator")
    proof = csrf_token(client, "/mijn-account")
    assert client.post("/kamers/inlezen").status_code == 400
    assert client.post("/api/v1/kamers/dossiers").status_code == 400
    assert client.post("/kamers/inlezen", data={"csrf_token": proof}).status_code == 200
    header = token_for(app, "beheerder@demo.example")
    assert app.test_client().post("/api/v1/kamers/dossiers", headers=header).json == {"by": "B. Heerder"}


def test_a_role_without_the_right_gets_403(client):
    proof = csrf_token(sign_in(client, "board_member"), "/mijn-account")
    assert client.post("/kamers/inlezen", data={"csrf_token": proof}).status_code == 403


def test_a_closed_account_is_outside_at_once(app, client: FlaskClient):
    sign_in(client, "administrator")
    with app.app_context(), writing() as connection:
        connection.execute(update(Account).values(active=False))
    assert client.get("/kamers/portefeuille").status_code == 302
