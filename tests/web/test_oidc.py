"""Signing in with the account of one's own organisation, at a real provider."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.conftest import make_app
from tests.people import invent_regions, sign_in
from tests.provider import Organisation, asked, begin, running_organisation, visit
from tracker.extensions import db
from tracker.models.accounts import Account
from tracker.operations.transaction import writing
from tracker.settings import BadSettings, SignInProvider

RULES = """
[[role]]
claim = "groups"
value = "bestuur"
role = "board_member"
cooperation = "HOL"

[[role]]
claim = "groups"
value = "beheer"
role = "administrator"
"""
ADDRESS = "anna@voorbeeld.example"


@pytest.fixture(scope="module")
def organisation() -> Iterator[Organisation]:
    with running_organisation() as running:
        yield running


@pytest.fixture
def with_organisation(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """A maker of the application with an organisation's sign-in."""
    made = []

    def make(issuer: str, rules: str = RULES) -> Flask:
        (tmp_path / "roles.toml").write_text(rules)
        chosen = SignInProvider(
            issuer=issuer, client_id="house", client_secret="s", name="Zorggroep", roles=tmp_path / "roles.toml"
        )
        made.append(make_app(database_url, provider=chosen))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def client(with_organisation: Callable[..., Flask], organisation: Organisation) -> FlaskClient:
    """Somebody at the door of three invented regions; the organisation knows Anna, of the board."""
    app = with_organisation(organisation.issuer)
    invent_regions(app)
    organisation.knows("anna", email=ADDRESS, email_verified=True, name="Anna", groups=["bestuur"])
    return app.test_client()


def is_inside(client: FlaskClient) -> bool:
    return client.get("/mijn-regio").headers.get("Location", "").startswith("/samenwerkingsverbanden")


def test_the_button_is_a_link_and_stands_only_where_an_organisation_is_set(client, app):
    page = client.get("/aanmelden").get_data(as_text=True)
    assert 'href="/aanmelden/organisatie' in page
    assert "Aanmelden met Zorggroep" in page
    assert "organisatie" not in app.test_client().get("/aanmelden").get_data(as_text=True)
    assert app.test_client().get("/aanmelden/organisatie").status_code == 404
    assert app.test_client().get("/aanmelden/organisatie/terug").status_code == 404


def test_the_house_asks_with_pkce_state_and_nonce(client):
    what = asked(begin(client))
    assert (what["response_type"], what["code_challenge_method"]) == ("code", "S256")
    assert what["redirect_uri"] == "http://localhost/aanmelden/organisatie/terug"
    assert all(len(what[name]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert asked(begin(client))["state"] != what["state"]


def test_who_has_a_role_there_comes_in_and_sees_the_own_region(client, organisation):
    answer = visit(client, organisation, "anna")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/samenwerkingsverbanden/HOL").status_code == 200
    assert client.get("/samenwerkingsverbanden/WOL").status_code == 404


def test_one_arrives_where_one_wanted_to_be_and_never_elsewhere(client, organisation):
    wanted = "/aanmelden/organisatie?next=/initiatieven?status%3Dx"
    assert visit(client, organisation, "anna", wanted).headers["Location"] == "/initiatieven?status=x"
    other = "/aanmelden/organisatie?next=//elders.example"
    assert visit(client, organisation, "anna", other).headers["Location"] == "/"


def test_a_role_lost_there_is_lost_here_at_the_next_sign_in(client, organisation):
    organisation.knows("anna", email=ADDRESS, email_verified=True, groups=["bestuur", "beheer"])
    visit(client, organisation, "anna")
    assert client.get("/samenwerkingsverbanden/WOL").status_code == 200
    organisation.knows("anna", email=ADDRESS, email_verified=True, groups=["bestuur"])
    other = client.application.test_client()
    visit(other, organisation, "anna")
    assert other.get("/samenwerkingsverbanden/WOL").status_code == 404
    assert not is_inside(client), "the session under the old roles goes on"


def test_who_lost_every_role_gets_a_page_that_says_so(client, organisation):
    visit(client, organisation, "anna")
    organisation.knows("anna", email=ADDRESS, email_verified=True, groups=[])
    answer = visit(client, organisation, "anna")
    assert answer.status_code == 403
    assert "U heeft op dit moment geen rol" in answer.get_data(as_text=True)
    assert not is_inside(client)


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {}])
def test_an_address_that_is_not_verified_opens_no_account(client, organisation, claims):
    organisation.knows("dief", email=ADDRESS, groups=["bestuur"], **claims)
    answer = visit(client, organisation, "dief")
    assert answer.status_code == 403
    assert "niet bevestigd" in answer.get_data(as_text=True)
    assert not is_inside(client)


def test_who_is_unknown_and_has_no_role_is_told_how_to_get_in(client, organisation):
    organisation.knows("vreemd", email="vreemd@voorbeeld.example", email_verified=True)
    answer = visit(client, organisation, "vreemd")
    assert answer.status_code == 403
    assert "uitnodiging" in answer.get_data(as_text=True)


def test_a_closed_account_is_told_so(client, organisation):
    visit(client, organisation, "anna")
    with client.application.app_context(), writing():
        db.session.execute(update(Account).where(Account.email == ADDRESS).values(active=False))
    answer = visit(client, organisation, "anna")
    assert answer.status_code == 403
    assert "gesloten" in answer.get_data(as_text=True)


def test_coming_back_twice_is_refused_in_words_and_leaves_the_session(client, organisation):
    back = organisation.signs(begin(client), "anna")
    assert client.get(back).status_code == 302
    again = client.get(back)
    assert again.status_code == 400
    assert "Begin opnieuw" in again.get_data(as_text=True)
    assert is_inside(client)


def test_a_code_counts_once_even_with_the_cookie_of_before(client, organisation):
    back = organisation.signs(begin(client), "anna")
    cookie = client.get_cookie("regiotracker").value
    assert client.get(back).status_code == 302
    thief = client.application.test_client()
    thief.set_cookie("regiotracker", cookie)
    assert thief.get(back).status_code == 400
    assert not is_inside(thief)


def test_who_did_not_begin_here_does_not_come_in(client, organisation):
    back = organisation.signs(begin(client), "anna")
    other = client.application.test_client()
    begin(other)
    assert other.get(back).status_code == 400
    assert not is_inside(other)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=x",
        "?error=access_denied",
        "?error=%3Cb%3E&error_description=%00",
        "?state=%00%F0%9F%98%80",
    ],
)
def test_an_answer_that_was_made_up_gets_a_page_in_words(client, query):
    begin(client)
    answer = client.get(f"/aanmelden/organisatie/terug{query}")
    assert answer.status_code == 400
    assert "Begin opnieuw" in answer.get_data(as_text=True)


def test_a_code_that_was_made_up_is_refused_by_the_organisation(client):
    state = asked(begin(client))["state"]
    assert client.get(f"/aanmelden/organisatie/terug?code=verzonnen&state={state}").status_code == 400


def test_another_nonce_than_was_asked_for_is_refused(client, organisation):
    address = begin(client)
    other = address.replace(asked(address)["nonce"], "verzonnenverzonnen")
    assert client.get(organisation.signs(other, "anna")).status_code == 400
    assert not is_inside(client)


def test_an_organisation_that_is_away_gives_a_clear_page(with_organisation):
    with running_organisation() as organisation:
        client = with_organisation(organisation.issuer).test_client()
        organisation.knows("anna", email=ADDRESS, email_verified=True, groups=["bestuur"])
        back = organisation.signs(begin(client), "anna")
    answer = client.get(back)
    assert answer.status_code == 503
    assert "antwoordt nu niet" in answer.get_data(as_text=True)


def test_a_house_that_never_reached_the_organisation_still_lets_others_in(with_organisation):
    client = with_organisation("http://localhost:9").test_client()
    invent_regions(client.application)
    answer = client.get("/aanmelden/organisatie")
    assert answer.status_code == 503
    assert "antwoordt nu niet" in answer.get_data(as_text=True)
    assert is_inside(sign_in(client, "board_member"))


def test_what_the_visit_before_left_does_not_stay_in_the_session(client, organisation):
    sign_in(client, "administrator")
    client.get("/taal/en")
    visit(client, organisation, "anna")
    assert client.get("/samenwerkingsverbanden/WOL").status_code == 404
    with client.session_transaction() as session:
        assert session["language"] == "en"
        assert not any(name.startswith(("_state", "oidc")) for name in session)


def test_a_file_of_roles_with_a_fault_stops_the_start(with_organisation):
    with pytest.raises(BadSettings, match=r"OIDC_ROLES.*needs a cooperation"):
        with_organisation("http://localhost:9", RULES.replace('cooperation = "HOL"', ""))
