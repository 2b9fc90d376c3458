"""Two people close a round on its page; the pack says the same for ever, and proves it far from the database."""

import io
import re
import zipfile
import zlib

import pytest
from flask.testing import FlaskClient

from tests.meeting_room import change_everything, verified
from tests.people import csrf_token, invent_regions, sign_in
from tracker import clock
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen, Role
from tracker.operations.records import save_record
from tracker.programmes import catalogue, load_programmes
from tracker.queries.codes import number_of
from tracker.queries.findings import journal_position

CLOSE, MINUTES = "/evaluaties/HOL/4/sluiten", "/evaluaties/HOL/4/verslag"
TOPICS = ("time_vulnerable", "jzojp", "ict_communication", "regional_support", "labour_market", "collaboration")
EVERYTHING = Pen(frozenset(Role), frozenset({"menzis"}))
FOUR = {"number": 4, "held_on": "2026-09-30"}
HASH = re.compile(r'name="inhoud" value="([0-9a-f]{64})"')


def save(demo, place, stored=None, children=None, **given):
    known = {"catalogues": catalogue(load_programmes()).codes, "by": "tests", "pen": EVERYTHING, "reason": "test"}
    with demo.app_context():
        parent = None if stored else number_of("cooperation", "HOL")
        entry = Entry(given=given, children=children or {}, number=stored)
        seen = journal_position() if stored else None
        return save_record(place=place, entry=entry, parent=parent, seen=seen, today=clock.today(), **known).number


@pytest.fixture
def held(demo):
    """Round 4 of HOL was held on 30 September."""
    scores = [Entry(given={"topic": topic, "self": 3, "insurer": 2, "agreed": 3}) for topic in TOPICS]
    return save(demo, "round", children={"scores": scores}, **FOUR)


@pytest.fixture
def board(demo) -> FlaskClient:
    return sign_in(demo.test_client(), "board_member")


@pytest.fixture
def manager(demo) -> FlaskClient:
    return sign_in(demo.test_client(), "insurer_region_manager")


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)[-400:]
    return answer.get_data(as_text=True)


def agree(client):
    shown = HASH.search(page(client, CLOSE))
    assert shown, "no button to agree"
    return client.post(CLOSE, data={"csrf_token": csrf_token(client, CLOSE), "inhoud": shown[1]})


def close(board, manager):
    assert agree(board).headers["Location"] == CLOSE
    assert agree(manager).headers["Location"] == MINUTES


def pack(client, path):
    answer = client.get(f"{path}?formaat=zip")
    assert answer.status_code == 200
    return answer.data


def inflated(pdf):
    """What a PDF says, out of its compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)
    return b"".join(zlib.decompressobj().decompress(item) for item in streams if item[:1] == b"x")


def test_both_sides_close_the_round_and_read_the_minutes(held, board, manager):
    assert "nog geen akkoord" in page(board, CLOSE)
    assert agree(board).status_code == 303
    assert "gaf akkoord op" in page(manager, CLOSE)
    assert HASH.search(page(board, CLOSE)) is None, "the same party is not asked twice"
    assert agree(manager).headers["Location"] == MINUTES
    text = page(manager, MINUTES)
    assert "Vastgesteld op 1 oktober 2026 door" in text
    assert "Definitief op 15 oktober 2026." in text
    assert "is vergrendeld sinds 1 oktober 2026" in page(board, CLOSE)


def test_a_change_in_between_is_named_and_asks_for_both_again(held, demo, board, manager):
    agree(board)
    save(demo, "round", stored=held, chair="Bo")
    text = page(manager, CLOSE)
    assert "is vervallen, want de inhoud is gewijzigd: het gesprek zelf (chair)" in text
    assert agree(manager).headers["Location"] == CLOSE


def test_topics_that_are_open_stand_in_the_way(demo, board):
    save(demo, "round", children={"scores": [Entry(given={"topic": "jzojp", "agreed": 3})]}, **FOUR)
    text = page(board, CLOSE)
    assert "Dit staat sluiten nog in de weg" in text
    assert text.count("of schrijf waarom dit niet is beoordeeld") == 5
    assert HASH.search(text) is None
    assert board.get("/evaluaties/HOL/9/sluiten").status_code == 404


def test_the_pack_made_again_after_every_record_changed_or_went_says_the_same(held, demo, board, manager):
    close(board, manager)
    before = page(manager, f"{MINUTES}?formaat=json")
    change_everything(demo, "HOL")
    assert manager.get("/evaluaties/HOL/5/vergaderstuk?formaat=json").get_json()["decisions"] == []
    assert page(manager, f"{MINUTES}?formaat=json") == before
    assert "Heel anders" not in page(manager, MINUTES)
    names = zipfile.ZipFile(io.BytesIO(pack(manager, MINUTES))).namelist()
    assert {"verslag.pdf", "document.json", "tabellen/scores.xlsx", "manifest.json"} <= set(names)


def test_a_pack_that_was_tampered_with_does_not_verify(manager, tmp_path):
    whole, broken = zipfile.ZipFile(io.BytesIO(pack(manager, "/evaluaties/HOL/3/verslag"))), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as target:
        for name in whole.namelist():
            data = whole.read(name)
            target.writestr(name, data.replace(b"Hollerdiep", b"Hollandiep") if name == "document.json" else data)
        target.writestr("extra.txt", "x")
    done = verified(broken.getvalue(), tmp_path)
    assert done.returncode == 1
    assert "document.json is gewijzigd" in done.stderr
    assert "extra.txt staat niet in de lijst" in done.stderr
    assert "controlegetal" in done.stderr
    assert verified(b"geen zip", tmp_path).returncode == 1


def test_the_pdf_is_tagged_and_a_region_with_nothing_has_one(app):
    invent_regions(app)
    reader = sign_in(app.test_client(), "administrator")
    answer = reader.get("/evaluaties/HOL/1/vergaderstuk?formaat=pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in inflated(answer.data)
    assert "Bij deze feiten is geen bewijs vastgelegd." in page(reader, "/evaluaties/HOL/1/vergaderstuk")


def test_every_sentence_of_change_carries_its_record(manager):
    document = manager.get("/evaluaties/HOL/4/vergaderstuk?formaat=json").get_json()
    assert document["changes"]
    assert all(item["records"] and set(item["records"]) <= set(document["facts"]) for item in document["changes"])


def test_a_sentence_on_paper_reads_as_on_the_screen(manager):
    text = page(manager, "/evaluaties/KRO/4/vergaderstuk")
    assert "KC-oordeel van Zorgplan en ACP ging van Behaald naar Niet behaald (ZorgplanSamen 1: verlopen sinds" in text


def test_a_closed_round_takes_remarks_and_is_corrected_by_a_new_version(held, demo, board, manager):
    close(board, manager)
    token = csrf_token(board, CLOSE)
    assert (
        board.post("/evaluaties/HOL/4/opmerking", data={"csrf_token": token, "opmerking": "Niet juist"}).status_code
        == 303
    )
    assert "Niet juist" in page(manager, MINUTES)
    reader = sign_in(demo.test_client(), "insurer_reader")
    assert re.search("Wilt u iets laten corrigeren[?] Vraag het .+ of .+[.]", page(reader, "/evaluaties/HOL/4/gesprek"))
    assert board.post("/evaluaties/HOL/4/nieuwe-versie", data={"csrf_token": token, "reden": ""}).status_code == 422
    done = board.post("/evaluaties/HOL/4/nieuwe-versie", data={"csrf_token": token, "reden": "Score"})
    assert done.status_code == 303
    assert "versie 2" in page(board, CLOSE)
    board.post("/evaluaties/HOL/4/gesprek/openen", data={"csrf_token": token})
    assert "Correctie, versie 2, sinds" in page(board, "/evaluaties/HOL/4/gesprek")
    assert "Vastgesteld op" in page(manager, MINUTES), "the closed version counts until the new one is closed"
