"""Files of evidence, as somebody at a browser brings and fetches them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.people import csrf_token, sign_in
from tests.web.test_records import Fields, fields, filled_vision, visions, words
from tests.written import HEAD, taken_in
from tracker.domain.policy import Role
from tracker.exchange.evidence_store import EvidenceStore
from tracker.extensions import db
from tracker.models.evidence import EvidenceView, StoredFile
from tracker.models.records import LINK, TABLES
from tracker.operations.accounts import add_account
from tracker.operations.evidence import note_file, note_view
from tracker.queries.codes import number_of
from tracker.queries.records import siblings

VISION = "/samenwerkingsverbanden/HOL/visie/vastleggen"
PRACTICE = "/samenwerkingsverbanden/HOL/praktijk/vastleggen"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
ROW = "evidence-0-"


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def bring(
    client: FlaskClient, content: bytes = PDF, name: str = "Besluit ALV.pdf", path: str = VISION, **more: Any
) -> Any:
    """Send the form of a vision with one file."""
    data: dict[str, Any] = filled_vision(client) | {f"{ROW}kind": "decision", f"{ROW}strength": "shown"} | more
    return client.post(path, data=data | {f"{ROW}_file": (io.BytesIO(content), name)})


def stored(app: Flask) -> list[StoredFile]:
    with app.app_context():
        found = list(db.session.scalars(select(StoredFile)))
        db.session.remove()
    return found


def url_of(client: FlaskClient) -> str:
    """The address of the only file that was stored."""
    (file,) = stored(client.application)
    return f"/bewijs/{file.sha256}/{file.name}"


@pytest.fixture
def board(demo: Flask) -> FlaskClient:
    return sign_in(demo.test_client(), "board_member")


def another(client: FlaskClient, role: str) -> FlaskClient:
    return sign_in(client.application.test_client(), role)


def test_a_file_on_a_form_becomes_evidence_of_the_record(board: FlaskClient) -> None:
    answer = bring(board)
    assert answer.status_code == 303, words(answer)
    (piece,) = visions(board)[-1].evidence
    assert (piece.title, str(piece.received_on)) == ("Besluit ALV", "2026-10-01")
    (file,) = stored(board.application)
    assert (piece.sha256, file.size, file.media_type) == (file.sha256, len(PDF), "application/pdf")
    assert file.name == "Besluit ALV.pdf"


def test_a_file_comes_back_as_an_attachment_in_which_nothing_runs(board: FlaskClient) -> None:
    bring(board, name="Vergadering ‘één’.pdf")
    answer = board.get(url_of(board))
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''Vergadering%20%E2%80%98%C3%A9%C3%A9n%E2%80%99.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_what_another_region_calls_the_same_file_and_who_opened_it_there_stays_there(board: FlaskClient) -> None:
    with board.application.app_context():
        other = EvidenceStore(board.application.extensions["settings"].instance).keep(io.BytesIO(PDF), 1_000)
        known = {"size": other.size, "media_type": "application/pdf", "name": "Geheim van een ander.pdf"}
        note_file(sha256=other.sha256, by="W. Older", **known)
        account = add_account(
            email="w@wol.example", name="W. Older", role=Role.board_member, cooperations=["WOL"], by="tests"
        )
        note_view(account=account, sha256=other.sha256)
        db.session.remove()
    bring(board)
    tab, piece = board.get("/samenwerkingsverbanden/HOL/bewijs"), board.get(page_of_piece(board))
    for answer in (tab, piece):
        assert "Besluit ALV.pdf" in words(answer)
        assert "Geheim" not in words(answer)
        assert "W. Older" not in words(answer)
    fetched = board.get(f"/bewijs/{other.sha256}/Geheim van een ander.pdf")
    assert fetched.headers["Content-Disposition"] == 'attachment; filename="Besluit ALV.pdf"'


def test_a_fault_elsewhere_does_not_lose_the_file(board: FlaskClient) -> None:
    answer = bring(board, title="", adopted_on="ooit")
    assert answer.status_code == 422
    kept = Fields(answer.get_data(as_text=True)).found
    assert kept[f"{ROW}title"] == "Besluit ALV"
    assert "Besluit ALV.pdf" in words(answer)
    again = filled_vision(board) | {name: value for name, value in kept.items() if name.startswith(ROW)}
    assert board.post(VISION, data=again | {f"{ROW}_file": (io.BytesIO(b""), "")}).status_code == 303
    assert visions(board)[-1].evidence[0].sha256 == stored(board.application)[0].sha256


def test_a_draft_keeps_the_file_and_nobody_else_can_use_its_proof(board: FlaskClient) -> None:
    assert bring(board, draft="1").status_code == 303
    held = fields(board, VISION)
    assert held[f"{ROW}_held"]
    leader = another(board, "project_leader")
    data = filled_vision(leader) | {name: value for name, value in held.items() if name.startswith(ROW)}
    assert leader.post(VISION, data=data).status_code == 303
    assert visions(board)[-1].evidence[0].sha256 is None


def test_the_hash_itself_can_not_be_typed(board: FlaskClient) -> None:
    data = filled_vision(board) | {f"{ROW}title": "Stuk", f"{ROW}sha256": "a" * 64, f"{ROW}_held": "a" * 64}
    assert board.post(VISION, data=data).status_code == 303
    assert visions(board)[-1].evidence[0].sha256 is None


def test_who_may_see_the_record_may_fetch_its_file_and_nobody_else(board: FlaskClient) -> None:
    bring(board)
    url = url_of(board)
    for role in ("insurer_region_manager", "insurer_reader", "project_leader", "administrator"):
        assert another(board, role).get(url).status_code == 200, role
    assert board.application.test_client().get(url).status_code == 302
    assert board.get(f"/bewijs/{'a' * 64}/verzonnen.pdf").status_code == 404
    assert board.get("/bewijs/..%2F..%2Fdemo.sqlite/x.pdf").status_code == 404
    with board.application.app_context():
        seen = list(db.session.scalars(select(EvidenceView)))
        assert [item.count for item in seen] == [1] * 4


def test_evidence_of_one_practice_is_not_for_the_insurer(board: FlaskClient) -> None:
    data = fields(board, PRACTICE) | {"name": "Praktijk Proef", "memberships-0-from": "1-1-2026"}
    data |= {f"{ROW}kind": "other", f"{ROW}strength": "declared"}
    answer = board.post(PRACTICE, data=data | {f"{ROW}_file": (io.BytesIO(PDF), "Machtiging.pdf")})
    assert answer.status_code == 303, words(answer)
    url = url_of(board)
    assert another(board, "practice_liaison").get(url).status_code == 200
    assert another(board, "insurer_region_manager").get(url).status_code == 404
    assert another(board, "insurer_reader").get(url).status_code == 404


def test_a_file_of_a_removed_row_stays_for_who_looks_at_what_was_known(board: FlaskClient) -> None:
    bring(board)
    url = url_of(board)
    with board.application.app_context():
        newest = max(siblings("vision", number_of("cooperation", "HOL")), key=lambda item: item.number)
        db.session.remove()
    path = f"/samenwerkingsverbanden/HOL/visie/{newest.number}/corrigeren"
    form = fields(board, path) | {f"{ROW}_removed": "1", "_reason": "dubbel"}
    assert board.post(path, data=form).status_code == 303
    assert visions(board)[-1].evidence == ()
    assert another(board, "insurer_reader").get(url).status_code == 404
    assert len(stored(board.application)) == 1


PRODUCT = """
register:
  products:
    - code: P91
      name: Proefbeeld
      kind: platform
      versions: [{{version: "1", released_on: 2025-01-10}}]
      evidence: [{{title: Folder, received_on: 2026-01-12, sha256: {sha256}}}]
"""


def test_a_file_of_the_register_is_for_everybody_who_signed_in(board: FlaskClient) -> None:
    stored_file = EvidenceStore(board.application.extensions["settings"].instance).keep(io.BytesIO(PDF), 1000)
    with board.application.app_context():
        note_file(sha256=stored_file.sha256, size=len(PDF), media_type="application/pdf", name="Folder.pdf", by="tests")
        taken_in(HEAD + PRODUCT.format(sha256=stored_file.sha256))
        db.session.remove()
    url = url_of(board)
    for role in ("practice_liaison", "insurer_reader", "evaluation_chair"):
        assert another(board, role).get(url).status_code == 200, role
    assert board.application.test_client().get(url).status_code == 302


BOMB = zipped(**{"[Content_Types].xml": b"x", "word/document.xml": bytes(201 * 1024 * 1024)})
REFUSED = {
    "leugen.pdf": (PNG, "De naam eindigt op .pdf, maar dit is PNG"),
    "plaatje.svg": (b"<svg onload='alert(1)'><script>1</script></svg>", "Dit bestand bevat ook een webpagina"),
    "pagina.pdf": (b"%PDF-1.7\n<html><script>alert(1)</script>", "Dit bestand bevat ook een webpagina"),
    "pagina.html": (b"hallo <b>wereld</b> %PDF-1.7", "geen PDF, Office-bestand of afbeelding"),
    "bom.docx": (BOMB, "pakt uit tot veel meer"),
    "oud.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "oud Office-bestand"),
    "programma.exe": (b"MZ" + bytes(600), "geen PDF, Office-bestand of afbeelding"),
    "leeg.pdf": (b"", "Dit bestand is leeg"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_refused_in_its_row_and_what_was_typed_stays(board: FlaskClient, name: str) -> None:
    content, told = REFUSED[name]
    answer = bring(board, content, name, **{f"{ROW}title": "Mijn stuk"})
    assert answer.status_code == 422
    assert told in words(answer)
    assert Fields(answer.get_data(as_text=True)).found[f"{ROW}title"] == "Mijn stuk"
    assert stored(board.application) == []


def test_a_name_with_folders_loses_them(board: FlaskClient) -> None:
    assert bring(board, name="../../etc/pass\u202ewd.pdf").status_code == 303
    assert [file.name for file in stored(board.application)] == ["passwd.pdf"]


def test_a_file_that_is_too_large_is_refused_without_being_read(board: FlaskClient) -> None:
    class Endless(io.RawIOBase):
        """A hundred megabytes of which nobody may read much."""

        read_so_far = 0

        def read(self, size: int = -1) -> bytes:
            self.read_so_far += max(size, 0)
            return bytes(max(size, 0))

    source = Endless()
    sent = {"wsgi.input": source, "CONTENT_LENGTH": str(100 * 1024 * 1024)}
    answer = board.post(VISION, content_type="multipart/form-data; boundary=grens", environ_overrides=sent)
    assert answer.status_code == 413
    assert "groter dan" in words(answer)
    assert source.read_so_far < 1024 * 1024


def page_of_piece(client: FlaskClient) -> str:
    """The address of the newest piece of the region, as the tab links it."""
    with client.application.app_context():
        number = db.session.scalar(select(func.max(TABLES[LINK].c.id)))
        db.session.remove()
    return f"/samenwerkingsverbanden/HOL/bewijs/{number}"


def post(client: FlaskClient, url: str, **data: str) -> Any:
    return client.post(url, data={"csrf_token": csrf_token(client, "/mijn-account"), **data})


def test_the_tab_tells_the_file_who_opened_it_and_what_has_expired(board: FlaskClient) -> None:
    bring(board, PDF, "Besluit ALV.pdf", VISION, **{f"{ROW}valid_until": "30-9-2026"})
    another(board, "insurer_reader").get(url_of(board))
    tab = board.get("/samenwerkingsverbanden/HOL/bewijs")
    told = words(tab)
    assert "Besluit ALV.pdf PDF, 1 kB" in told
    assert "verlopen" in told
    assert "Geopend door" in told
    assert f'href="{page_of_piece(board)}"' in tab.get_data(as_text=True)
    assert "Geopend door" not in words(another(board, "insurer_reader").get("/samenwerkingsverbanden/HOL/bewijs"))


def test_the_insurer_says_seen_and_agreed_and_takes_it_back_with_a_reason(board: FlaskClient) -> None:
    bring(board)
    page = page_of_piece(board)
    assert "Gezien en akkoord" not in words(board.get(page))
    assert post(board, f"{page}/akkoord", kracht="shown").status_code == 403
    manager = another(board, "insurer_region_manager")
    assert "Gezien en akkoord" in words(manager.get(page))
    answer = post(manager, f"{page}/akkoord", kracht="shown")
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    told = words(manager.get(page))
    assert "U heeft dit stuk gecontroleerd." in told
    assert "Gecontroleerd door R. Manager," in told
    assert visions(board)[-1].evidence[0].strength.value == "checked"
    answer = post(manager, f"{page}/akkoord-intrekken", kracht="checked", reason=" ")
    assert answer.status_code == 422
    post(manager, f"{page}/akkoord-intrekken", kracht="checked", reason="Verkeerd stuk")
    assert visions(board)[-1].evidence[0].strength.value == "shown"
    assert "Verkeerd stuk" in words(board.get(page.replace("/bewijs/", "/geschiedenis/")))


def test_a_writer_uses_a_piece_for_another_fact_as_well(board: FlaskClient) -> None:
    bring(board)
    page = page_of_piece(board)
    found = re.findall(r'<option value="(\d+)">\s*([^<]*?)\s*</option>', board.get(page).get_data(as_text=True))
    record = next(number for number, text in found if text.startswith("Visie"))
    assert post(board, f"{page}/ook-gebruiken", record=record).status_code == 303
    assert "Dit stuk hoort nu ook bij: Visie" in words(board.get(page))
    held = [item for item in visions(board) if any(piece.title == "Besluit ALV" for piece in item.evidence)]
    assert len(held) == 2
    post(board, f"{page}/ook-gebruiken", record="999999")
    assert "Kies eerst bij welk feit" in words(board.get(page))
    assert "Ook gebruiken" not in words(another(board, "insurer_reader").get(page))


def test_a_piece_of_another_region_is_not_found(board: FlaskClient) -> None:
    bring(board)
    number = page_of_piece(board).rpartition("/")[2]
    assert board.get(f"/samenwerkingsverbanden/WOL/bewijs/{number}").status_code == 404
    assert board.get("/samenwerkingsverbanden/HOL/bewijs/2147483646").status_code == 404
    other = another(board, "administrator")
    assert other.get(f"/samenwerkingsverbanden/WOL/bewijs/{number}").status_code == 404


def test_the_tab_tells_what_is_missing_for_each_initiative_and_leads_to_the_form(board: FlaskClient) -> None:
    page = board.get("/samenwerkingsverbanden/HOL/bewijs").get_data(as_text=True)
    missing = page[page.index("Nog zonder bewijs</h2>") :]
    assert missing.index("RSV Hollerdiep") < missing.index("Beeldspreekuur")
    assert re.search(r'<a href="/initiatieven/I05/plan/\d+/corrigeren">Plan \(versie 1\) van', missing)
    closed = re.findall(r"<a [^>]*>Evaluatieronde \(ronde 1", missing)
    assert not closed, "a closed round stays as it is"
    reader = another(board, "insurer_reader").get("/samenwerkingsverbanden/HOL/bewijs").get_data(as_text=True)
    assert "/corrigeren" not in reader[reader.index("Nog zonder bewijs</h2>") :]
