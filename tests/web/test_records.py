"""Forms for every kind of record, as somebody at a browser meets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.people import csrf_token, sign_in
from tracker.domain.editing import has_own_form
from tracker.domain.records.places import places
from tracker.extensions import db
from tracker.queries.codes import number_of
from tracker.queries.dossiers import load
from tracker.queries.records import siblings
from tracker.web.record_lists import _GROUPS
from tracker.web.record_places import SLUGS

VISION = "/samenwerkingsverbanden/HOL/visie/vastleggen"
LEAD = "/samenwerkingsverbanden/HOL/ict-rol/vastleggen"


class Fields(HTMLParser):
    """The filled-in fields of the form `formulier`, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._inside = self._template = False
        self._text: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self._inside = given.get("id") == "formulier"
        if tag == "template":
            self._template = True
        if not self._inside or self._template:
            return
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.found[name] = given.get("value") or ""
        if tag == "textarea" and name:
            self._text, self.found[name] = name, ""
        if tag == "select" and name:
            self._select, self.found[name] = name, ""
        if tag == "option" and self._select and "selected" in given:
            self.found[self._select] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "template":
            self._template = False
        if tag == "textarea":
            self._text = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.found[self._text] += data.removeprefix("\n") if not self.found[self._text] else data


def fields(client: FlaskClient, path: str) -> dict[str, str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return Fields(answer.get_data(as_text=True)).found


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def filled_vision(client: FlaskClient) -> dict[str, str]:
    return fields(client, VISION) | {
        "_adopted_on": "yes",
        "adopted_on": "28 september 2026",
        "title": "Visie 2027",
        "support-0-supported": "true",
        "support-0-kind": "member_vote",
        "texts-0-text": "Urgent",
        "texts-1-text": "Problemen",
        "texts-2-text": "Opbrengst",
        "texts-3-text": "Strategie",
    }


def add_vision(client: FlaskClient) -> str:
    """Record a vision; answers the address of its correction."""
    answer = client.post(VISION, data=filled_vision(client))
    assert answer.status_code == 303, words(answer)
    with client.application.app_context():
        newest = max(siblings("vision", number_of("cooperation", "HOL")), key=lambda item: item.number)
    return f"/samenwerkingsverbanden/HOL/visie/{newest.number}/corrigeren"


def visions(client: FlaskClient) -> list[Any]:
    with client.application.app_context():
        found = list(load(("HOL",)).dossiers[0].visions)
        db.session.remove()
    return found


@pytest.fixture
def board(demo: Any) -> FlaskClient:
    return sign_in(demo.test_client(), "board_member")


def test_every_kind_has_a_form_with_an_address_and_a_place_in_the_lists() -> None:
    own = {name for name in places() if has_own_form(name)}
    assert own == set(SLUGS)
    listed = [name for _, names in _GROUPS for name in names if name in own]
    of_pages = {name for name in own if places()[name].parent in ("cooperation", "initiative")}
    assert sorted(listed) == sorted(of_pages)


def test_a_board_records_a_vision_and_sees_what_turned(board: FlaskClient) -> None:
    back = "/samenwerkingsverbanden/HOL/evaluaties"
    data = filled_vision(board) | {"_back": back}
    answer = board.post(VISION, data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    page = words(board.get(back))
    assert "Visie vastgelegd." in page
    assert "Gekozen richtingen sluiten aan op de visie ging van Niet behaald naar Onbekend" in page
    assert "Visie vastgelegd." not in words(board.get(back)), "it is said once"
    newest = visions(board)[-1]
    assert newest.title == "Visie 2027"
    assert "Urgent" in [item.text for item in newest.texts]
    assert newest.support[0].stated_on == newest.adopted_on


def test_before_saving_the_form_says_what_will_turn_and_writes_nothing(board: FlaskClient) -> None:
    before = len(visions(board))
    answer = board.post(VISION, data=filled_vision(board), headers={"X-Wat-Verandert": "1"})
    assert "Gekozen richtingen sluiten aan op de visie" in words(answer)
    assert "<html" not in answer.get_data(as_text=True)
    whole = board.post(VISION, data=filled_vision(board) | {"_check": "1"})
    assert "wordt Onbekend" in words(whole)
    assert Fields(whole.get_data(as_text=True)).found["title"] == "Visie 2027"
    assert len(visions(board)) == before


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(board: FlaskClient) -> None:
    data = filled_vision(board) | {"adopted_on": "28-10-2026", "texts-1-text": "", "support-0-kind": ""}
    answer = board.post(VISION, data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(r"<title>\s*Fout", page)
    assert "Uw invoer is bewaard" in page
    assert Fields(page).found["adopted_on"] == "28-10-2026"


def test_two_editors_choose_per_field_and_neither_loses_work(board: FlaskClient) -> None:
    path = add_vision(board)
    first, second = fields(board, path), fields(board, path)
    assert board.post(path, data=first | {"title": "Van A", "_reason": "beter"}).status_code == 303
    texts = second | {"title": "Van B", "texts-0-text": "Urgenter", "_reason": "ook beter"}
    answer = board.post(path, data=texts)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Van A" in page
    assert "Van B" in page
    assert "urgentie" in page
    assert "Inhoud van de visie" in page
    assert not re.search(r"urgency|\d{4}-\d\d-\d\d", "".join(re.findall(r'class="typed">([^<]*)<', page)))
    assert visions(board)[-1].title == "Van A"
    chosen = Fields(page).found
    assert (chosen["keuze-title"], chosen["keuze-texts"]) == ("mine", "mine")
    chosen |= {"keuze-title": "theirs"}
    answer = board.post(path, data=chosen)
    assert answer.status_code == 303, words(answer)
    kept = visions(board)[-1]
    assert kept.title == "Van A"
    assert "Urgenter" in [item.text for item in kept.texts]


def test_who_left_a_field_alone_keeps_what_the_other_made_of_it(board: FlaskClient) -> None:
    path = add_vision(board)
    first, second = fields(board, path), fields(board, path)
    assert board.post(path, data=first | {"title": "Van A", "_reason": "beter"}).status_code == 303
    answer = board.post(path, data=second | {"texts-0-text": "Urgenter", "_reason": "ook beter"})
    chosen = Fields(answer.get_data(as_text=True)).found
    assert chosen["keuze-title"] == "theirs"
    assert "keuze-texts" in chosen
    assert board.post(path, data=chosen).status_code == 303
    kept = visions(board)[-1]
    assert kept.title == "Van A"
    assert "Urgenter" in [item.text for item in kept.texts]


def test_a_correction_asks_for_a_reason(board: FlaskClient) -> None:
    path = add_vision(board)
    answer = board.post(path, data=fields(board, path) | {"title": "Anders"})
    assert answer.status_code == 422
    assert "Waarom corrigeert u dit?" in words(answer)


def test_the_same_form_sent_twice_saves_once(board: FlaskClient) -> None:
    data = filled_vision(board)
    assert [board.post(VISION, data=data).status_code for _ in range(2)] == [303, 303]
    assert len([item for item in visions(board) if item.title == "Visie 2027"]) == 1


def test_a_record_is_removed_with_a_reason_and_not_while_others_refer_to_it(board: FlaskClient) -> None:
    path = add_vision(board).replace("corrigeren", "verwijderen")
    assert board.post(path, data=fields(board, path) | {"reason": " "}).status_code == 422
    assert board.post(path, data=fields(board, path) | {"reason": "dubbel"}).status_code == 303
    assert board.get(path).status_code == 404
    with board.application.app_context():
        first = siblings("vision", number_of("cooperation", "HOL"))[0].number
    used = f"/samenwerkingsverbanden/HOL/visie/{first}/verwijderen"
    answer = board.post(used, data=fields(board, used) | {"reason": "fout"})
    assert answer.status_code == 409
    assert "Verwijderen kan nu niet" in words(answer)
    link = re.search(r'href="([^"]+/corrigeren[^"]*)">([^<]+)</a></li>', answer.get_data(as_text=True))
    assert link
    assert board.get(link[1].replace("&amp;", "&")).status_code == 200
    assert link[2].partition(":")[0] in ("ICT-ondersteuning", "Voorkeursoplossingsrichting")


def test_what_refers_to_a_product_in_another_region_is_counted_and_not_named(demo: Any) -> None:
    leader = sign_in(demo.test_client(), "project_leader")
    with demo.app_context():  # P05 is used in WOL and KRO
        path = f"/toepassingen/product/{number_of('product', 'P05')}/verwijderen"
    answer = leader.post(path, data=fields(leader, path) | {"reason": "fout"})
    assert answer.status_code == 409
    assert "in een andere regio" in words(answer) or "in andere regio’s" in words(answer)
    assert "/corrigeren" not in answer.get_data(as_text=True)


def test_a_draft_is_the_authors_own_and_goes_when_it_is_saved(board: FlaskClient) -> None:
    data = fields(board, VISION) | {"title": "Half af", "draft": "1"}
    assert board.post(VISION, data=data).status_code == 303
    assert fields(board, VISION)["title"] == "Half af"
    assert fields(board, VISION + "?leeg=1")["title"] == ""
    assert "Uw concepten" in words(board.get("/samenwerkingsverbanden/HOL/gegevens"))
    leader = sign_in(board.application.test_client(), "project_leader")
    assert fields(leader, VISION)["title"] == ""
    assert [item.title for item in visions(board)] == [item.title for item in visions(leader)]
    assert board.post(VISION, data=filled_vision(board)).status_code == 303
    assert fields(board, VISION)["title"] == ""


def test_a_form_whose_session_ended_waits_until_its_writer_is_back(board: FlaskClient) -> None:
    file = (BytesIO(b"%PDF-1.7"), "besluit ledenvergadering.pdf")
    data = fields(board, VISION) | {"title": "Half af", "evidence-0-title": "Besluit", "evidence-0-_file": file}
    stranger = board.application.test_client()
    answer = stranger.post(VISION, data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "Uw aanmelding is verlopen" in page
    kept = re.search(r'name="kept_form" value="([^"]+)"', page)
    proof = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert kept
    assert proof
    known = {"email": "bestuurder@demo.example", "password": "regio-demonstratie", "next": VISION}
    answer = stranger.post("/aanmelden", data=known | {"csrf_token": proof[1], "kept_form": kept[1]})
    assert answer.headers["Location"].endswith(VISION)
    assert fields(stranger, VISION)["title"] == "Half af"
    assert fields(board, VISION)["title"] == "Half af", "the same person"
    lost = "Kies ‘besluit ledenvergadering.pdf’ opnieuw: het bestand kwam niet mee"
    assert lost in words(stranger.get(VISION)), "a browser sends a chosen file once"
    again = fields(stranger, VISION) | {"evidence-0-title": "Besluit"}
    assert lost not in words(stranger.post(VISION, data=again))


def test_a_form_of_an_older_session_is_shown_again_and_not_saved(board: FlaskClient) -> None:
    board.application.config["WTF_CSRF_ENABLED"] = True
    before = len(visions(board))
    chosen = {"evidence-0-title": "Besluit", "evidence-0-_file": (BytesIO(b"%PDF-1.7"), "besluit.pdf")}
    answer = board.post(VISION, data=filled_vision(board) | chosen | {"csrf_token": "van gisteren"})
    assert answer.status_code == 400
    assert "Kies ‘besluit.pdf’ opnieuw" in words(answer)
    assert Fields(answer.get_data(as_text=True)).found["title"] == "Visie 2027"
    assert len(visions(board)) == before


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("practice_liaison", VISION, 403),
        ("practice_liaison", "/samenwerkingsverbanden/HOL/praktijk/vastleggen", 200),
        ("insurer_region_manager", VISION, 403),
        ("insurer_region_manager", "/samenwerkingsverbanden/HOL/contract/vastleggen", 200),
        ("insurer_region_manager", "/samenwerkingsverbanden/HOL/praktijk/vastleggen", 403),
        ("insurer_region_manager", "/initiatieven/I05/verlenging/vastleggen", 200),
        ("insurer_reader", "/samenwerkingsverbanden/HOL/contract/vastleggen", 403),
        ("board_member", "/initiatieven/I05/verlenging/vastleggen", 403),
        ("board_member", "/samenwerkingsverbanden/WOL/visie/vastleggen", 404),
        ("board_member", "/samenwerkingsverbanden/HOL/onzin/vastleggen", 404),
        ("board_member", "/toepassingen/product/vastleggen", 403),
        ("project_leader", "/toepassingen/product/vastleggen", 200),
        ("administrator", "/samenwerkingsverbanden/HOL/verzekeraar/vastleggen", 200),
        ("administrator", "/samenwerkingsverbanden/HOL/corrigeren", 200),
        ("administrator", VISION, 403),
        ("evaluation_chair", "/samenwerkingsverbanden/HOL/ronde/vastleggen", 200),
    ],
)
def test_each_role_opens_the_forms_that_are_its_own(demo: Any, role: str, path: str, status: int) -> None:
    client = sign_in(demo.test_client(), role)
    assert client.get(path).status_code == status
    token = csrf_token(client, "/samenwerkingsverbanden")
    if status != 200:
        assert client.post(path, data={"csrf_token": token}).status_code == status


def test_an_insurer_meets_no_practice_on_a_form(demo: Any) -> None:
    client = sign_in(demo.test_client(), "insurer_region_manager")
    with demo.app_context():
        contract = siblings("contract", number_of("cooperation", "HOL"))[0]
        db.session.remove()
    path = f"/samenwerkingsverbanden/HOL/contract/{contract.number}/corrigeren"
    page = client.get(path).get_data(as_text=True)
    assert "HOL-01" not in page
    assert "mandates" not in page
    data = Fields(page).found | {"title": "Anders", "_reason": "naam"}
    assert client.post(path, data=data).status_code == 303
    with demo.app_context():
        kept = next(item for item in load(("HOL",)).dossiers[0].contracts if item.code == contract.values["code"])
        db.session.remove()
    assert kept.title == "Anders"
    assert len(kept.mandates) > 40, "what the form did not show stays"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"title": "a\x00b"},
        {"title": "x" * 10_000},
        {"version": "9" * 400},
        {"support-0-share_pct": "NaN"},
        {"texts-0-_number": "1"},
        {"texts-0-_number": "../../etc"},
        {"_version": "-1"},
        {"_back": "https://elders.example/"},
        {"_back": "//elders.example"},
        {"_add": "<script>"},
        {"cooperation_id": "1", "id": "1", "parent_id": "2", "locked_on": "2026-01-01"},
    ],
)
def test_spoiled_input_is_told_and_never_breaks(board: FlaskClient, spoiled: dict[str, str]) -> None:
    answer = board.post(VISION, data=filled_vision(board) | spoiled)
    assert answer.status_code in (200, 303, 404, 422)
    assert "elders.example" not in answer.headers.get("Location", "")


def test_what_counts_from_a_later_day_is_said(board: FlaskClient) -> None:
    data = fields(board, LEAD) | {"role": "cio", "person": "N. Ieuw", "from": "1-1-2027"}
    assert board.post(LEAD, data=data).status_code == 303
    assert "Dit telt mee vanaf 1 januari 2027." in words(board.get("/samenwerkingsverbanden/HOL"))


def test_the_lists_offer_every_form_of_the_reader_and_none_in_the_past(board: FlaskClient) -> None:
    page = board.get("/samenwerkingsverbanden/HOL/gegevens").get_data(as_text=True)
    assert "/samenwerkingsverbanden/HOL/visie/vastleggen" in page
    assert "/samenwerkingsverbanden/HOL/verzekeraar/vastleggen" not in page
    past = board.get("/samenwerkingsverbanden/HOL?peildatum=2023-01-01").get_data(as_text=True)
    assert "/gegevens" not in past


def test_an_example_is_taken_over_as_a_plan_with_where_it_came_from(demo: Any) -> None:
    leader = sign_in(demo.test_client(), "project_leader")
    listed = leader.get("/goede-voorbeelden").get_data(as_text=True)
    codes = list(dict.fromkeys(re.findall(r'/goede-voorbeelden/([A-Z0-9]+)"', listed)))
    pages = {code: leader.get(f"/goede-voorbeelden/{code}").get_data(as_text=True) for code in codes}
    offered = {code: page for code, page in pages.items() if "Neem over als plan" in page}
    assert offered
    code, page = next(iter(offered.items()))
    path = re.search(r'href="(/samenwerkingsverbanden/HOL/initiatief/vastleggen\?[^"]+)"', page)
    assert path
    data = fields(leader, path[1].replace("&amp;", "&"))
    assert data["directions-0-code"]
    data |= {"code": "HOL-NIEUW", "insurer": "menzis", "proposed_on": "1 oktober 2026"}
    target = f"/samenwerkingsverbanden/HOL/initiatief/vastleggen?voorbeeld={code}"
    assert [leader.post(target, data=data).status_code for _ in range(2)] == [303, 303]
    with demo.app_context():
        made = next(item for item in load(("HOL",)).dossiers[0].initiatives if item.code == "HOL-NIEUW")
        db.session.remove()
    assert [(item.source, item.outcome.value) for item in made.good_examples] == [(code, "used")]
    assert "RSV Hollerdiep" in leader.get(f"/goede-voorbeelden/{code}").get_data(as_text=True)


def test_the_way_back_from_a_form_of_an_initiative_names_its_title(demo: Any) -> None:
    leader = sign_in(demo.test_client(), "project_leader")
    page = leader.get("/initiatieven/I05/plan/vastleggen").get_data(as_text=True)
    assert re.search(r'<a href="/initiatieven/I05">\s*Beeldspreekuur', page)
