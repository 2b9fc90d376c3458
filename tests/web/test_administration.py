"""What an administrator does in the browser: cooperations, programmes, a dossier file, the settings."""

import io
import json
import os
import re
import shutil
import time

import pytest

from tests.bad_files import ODD, REFUSED, UNREADABLE
from tests.conftest import make_app
from tests.people import csrf_token, sign_in
from tests.web.conftest import DEMO_DAY
from tests.written import HEAD
from tracker.exchange.held_files import KEPT_SECONDS
from tracker.queries.dossiers import load
from tracker.queries.journal import position

REGIONS = "/beheer/samenwerkingsverbanden"
IMPORT = "/beheer/importeren"
CHANGE = f"{HEAD}cooperations:\n  - {{code: HOL, name: RSV Hollerdiep aan Zee, counts: [{{counted_on: 2026-01-01}}]}}\n"


@pytest.fixture
def house(demo):
    """The demonstration, to be changed, with a folder of its own for files."""
    return demo


@pytest.fixture
def administrator(house):
    return sign_in(house.test_client(), "administrator")


def post(client, path, form=None, /, **data):
    answer = client.post(path, data={"csrf_token": csrf_token(client, "/begrippen"), **(form or data)})
    return answer, answer.get_data(as_text=True)


def send(client, content, path=IMPORT):
    """Choose a file on a page that takes one."""
    proof = csrf_token(client, "/begrippen")
    given = content if isinstance(content, bytes) else content.encode()
    return client.post(path, data={"csrf_token": proof, "bestand": (io.BytesIO(given), "bestand")})


def shown_position(text):
    return re.search(r'name="stand" value="(\d+)"', text)[1]


def name_of(answer):
    return answer.location.partition("bestand=")[2]


def stored(house, code):
    with house.app_context():
        return next(iter(load([code]).dossiers), None)


def journal(house):
    with house.app_context():
        return position()


# --- looking ---


def test_the_first_page_says_what_there_is_and_what_deserves_attention(read):
    text = read("/beheer", "administrator")
    assert "302 praktijken" in text
    assert "Niemand heeft er een rol:" in text
    assert "RSV Kromwaard" in text


def test_only_an_administrator_finds_the_way_in_the_menu(read):
    assert 'href="/beheer"' in read("/begrippen", "administrator")
    assert 'href="/beheer"' not in read("/begrippen", "board_member")


def test_the_programmes_say_where_each_applies_today(read):
    text = read("/beheer/programmas", "administrator")
    assert "zorg-en-zekerheid-2026.toml" in text
    assert "geen: telt vandaag niet" in text
    assert "alle samenwerkingsverbanden" in text


def test_the_settings_tell_no_secret(read, demo_app):
    text = read("/beheer/instellingen", "administrator")
    assert "SQLite" in text
    assert demo_app.config["SECRET_KEY"] not in text
    assert "sqlite:///" not in text


def test_the_list_is_a_file_too(people):
    answer = people("administrator").get(f"{REGIONS}?formaat=csv")
    assert answer.mimetype == "text/csv"
    assert "RSV Kromwaard" in answer.get_data(as_text=True)


def test_everything_comes_out_as_one_file_that_goes_in_again(administrator, house):
    whole = administrator.get("/beheer/instellingen?formaat=json")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    text = administrator.get(send(administrator, whole.data).location).get_data(as_text=True)
    assert "Alles in dit bestand stond er al zo." in text


# --- cooperations ---


def test_an_administrator_opens_a_cooperation(administrator, house):
    answer, _ = post(
        administrator,
        f"{REGIONS}/openen",
        code="NWE",
        name="RSV Nieuw",
        founded_on="1 juli 2026",
        insurers="menzis",
        lead="menzis",
        reason="Nieuwe regio",
    )
    assert (answer.status_code, answer.location) == (303, REGIONS)
    text = administrator.get(REGIONS).get_data(as_text=True)
    assert "RSV Nieuw is geopend." in text
    found = stored(house, "NWE")
    assert [(item.insurer, item.lead) for item in found.insurers] == [("menzis", True)]


def test_the_same_code_twice_is_said_beside_its_field_and_nothing_typed_is_lost(administrator, house):
    answer, text = post(
        administrator, f"{REGIONS}/openen", code="hol", name="Mijn naam", founded_on="1-7-2026", reason="Nog een"
    )
    assert answer.status_code == 422
    assert "De code HOL bestaat al; kies een andere" in text
    assert 'value="Mijn naam"' in text
    assert stored(house, "hol") is None


def test_a_form_sent_twice_opens_one(administrator, house):
    form = {"code": "NWE", "name": "RSV Nieuw", "founded_on": "1-7-2026", "reason": "Nieuw"}
    post(administrator, f"{REGIONS}/openen", form)
    before = journal(house)
    assert post(administrator, f"{REGIONS}/openen", form)[0].status_code == 422
    assert journal(house) == before


@pytest.mark.parametrize("path", ["openen", "samenvoegen", "HOL/sluiten"])
def test_an_empty_form_says_what_to_fill_in(administrator, house, path):
    before = journal(house)
    answer, text = post(administrator, f"{REGIONS}/{path}")
    assert answer.status_code == 422
    assert "<title>Fout:" in text
    assert "Vul in: Waarom legt u dit vast?" in text
    assert journal(house) == before


@pytest.mark.parametrize("typed", ["a\0b", "x" * 10_001, "\ud800".encode("utf-8", "surrogatepass"), "30-2-2026"])
@pytest.mark.parametrize("path", ["openen", "samenvoegen", "HOL/sluiten"])
def test_odd_input_is_never_a_server_error(administrator, typed, path):
    fields = ("code", "name", "founded_on", "last_day", "codes", "bring", "insurers", "lead", "note", "reason")
    answer, _ = post(administrator, f"{REGIONS}/{path}", dict.fromkeys(fields, typed))
    assert answer.status_code in (400, 422)


def test_a_cooperation_is_closed_and_says_what_stays_open(administrator, house):
    assert "54 aangesloten praktijken" in administrator.get(f"{REGIONS}/HOL/sluiten").get_data(as_text=True)
    answer, _ = post(administrator, f"{REGIONS}/HOL/sluiten", last_day="30-9-2026", reason="Gestopt")
    assert answer.status_code == 303
    assert stored(house, "HOL").dissolved_on.isoformat() == "2026-09-30"
    assert "opgeheven op 30 september 2026" in administrator.get(f"{REGIONS}/HOL/sluiten").get_data(as_text=True)


def test_a_cooperation_that_is_not_there_is_not_found(administrator):
    assert administrator.get(f"{REGIONS}/NIETS/sluiten").status_code == 404


MERGER = {
    "codes": ["HOL", "KRO"],
    "bring": ["HOL", "WOL"],
    "code": "NWE",
    "name": "RSV Nieuw",
    "founded_on": "1-9-2026",
    "insurers": "menzis",
    "reason": "Fusie",
}


def test_a_merger_is_shown_before_it_is_done(administrator, house):
    before = journal(house)
    answer, text = post(administrator, f"{REGIONS}/samenvoegen", {**MERGER, "check": "1"})
    assert answer.status_code == 200
    assert "54 praktijken gaan mee en krijgen een nieuwe code." in text
    assert "RSV Hollerdiep en RSV Kromwaard eindigen de dag ervoor" in text
    assert journal(house) == before
    answer, _ = post(administrator, f"{REGIONS}/samenvoegen", MERGER)
    assert answer.status_code == 303
    assert journal(house) == before + 1
    assert len(stored(house, "NWE").practices) == 54
    assert stored(house, "WOL").dissolved_on is None


def test_a_merger_needs_two(administrator, house):
    answer, text = post(administrator, f"{REGIONS}/samenvoegen", {**MERGER, "codes": ["HOL"]})
    assert answer.status_code == 422
    assert "Kies twee of meer samenwerkingsverbanden" in text


# --- a dossier file ---


def test_a_file_is_compared_field_by_field_and_then_taken_in(administrator, house):
    before = journal(house)
    sent = send(administrator, CHANGE)
    assert sent.status_code == 303
    text = administrator.get(sent.location).get_data(as_text=True)
    assert "<del>RSV Hollerdiep</del>" in text
    assert "<ins>RSV Hollerdiep aan Zee</ins>" in text
    assert journal(house) == before
    form = {"bestand": name_of(sent), "stand": shown_position(text), "reason": "Nieuwe naam"}
    answer, _ = post(administrator, f"{IMPORT}/opnemen", form)
    assert answer.status_code == 303
    assert stored(house, "HOL").name == "RSV Hollerdiep aan Zee"
    assert journal(house) == before + 1
    assert post(administrator, f"{IMPORT}/opnemen", form)[0].status_code == 410


def test_a_file_is_not_taken_in_without_a_reason(administrator, house):
    before, sent = journal(house), send(administrator, CHANGE)
    answer, text = post(administrator, f"{IMPORT}/opnemen", bestand=name_of(sent), stand=str(before))
    assert answer.status_code == 422
    assert "Vul in: Waarom legt u dit vast?" in text
    assert journal(house) == before


def test_what_somebody_wrote_since_is_shown_again_first(administrator, house):
    sent = send(administrator, CHANGE)
    seen = shown_position(administrator.get(sent.location).get_data(as_text=True))
    post(administrator, f"{REGIONS}/KRO/sluiten", last_day="30-9-2026", reason="Gestopt")
    form = {"bestand": name_of(sent), "stand": seen, "reason": "Nieuwe naam"}
    answer, text = post(administrator, f"{IMPORT}/opnemen", form)
    assert answer.status_code == 409
    assert "Intussen heeft iemand iets vastgelegd." in text
    assert stored(house, "HOL").name == "RSV Hollerdiep"
    answer, _ = post(administrator, f"{IMPORT}/opnemen", {**form, "stand": shown_position(text)})
    assert answer.status_code == 303


def test_a_file_is_for_the_account_that_sent_it(administrator, house):
    name = name_of(send(administrator, CHANGE))
    with house.app_context():
        folder = house.extensions["settings"].instance / "imports" / "dossiers"
        own = next(folder.iterdir())
        own.rename(folder / "999999")
    assert administrator.get(f"{IMPORT}?bestand={name}").status_code == 410


def test_a_file_is_kept_for_an_hour_and_readable_by_nobody_else(administrator, house):
    name = name_of(send(administrator, CHANGE))
    path = next((house.extensions["settings"].instance / "imports").rglob(name))
    assert path.stat().st_mode & 0o077 == 0
    past = time.time() - KEPT_SECONDS - 60
    os.utime(path, (past, past))
    assert administrator.get(f"{IMPORT}?bestand={name}").status_code == 410
    send(administrator, CHANGE + "# another\n")
    assert not path.exists()


@pytest.mark.parametrize("name", ["", "../../secret-key", "a" * 64, "%00"])
def test_a_name_that_is_none_finds_no_file(administrator, name):
    assert administrator.get(f"{IMPORT}?bestand={name}").status_code == 410


def test_no_file_is_said(administrator):
    answer, text = post(administrator, IMPORT)
    assert answer.status_code == 422
    assert "Kies eerst een bestand op uw computer." in text


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_can_not_be_read_says_why(administrator, house, kind):
    content, said = UNREADABLE[kind]
    answer = send(administrator, content)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True) or not content


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_with_a_fault_says_where_and_can_not_be_taken_in(administrator, house, kind):
    content, said = REFUSED[kind]
    before, sent = journal(house), send(administrator, content)
    text = administrator.get(sent.location).get_data(as_text=True)
    assert "Dit bestand kan zo niet worden opgenomen." in text
    assert said in text
    assert 'name="stand"' not in text
    form = {"bestand": name_of(sent), "stand": str(before), "reason": "Toch"}
    post(administrator, f"{IMPORT}/opnemen", form)
    assert journal(house) == before


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_name_is_shown_as_text(administrator, kind):
    body = '{"format": "regiotracker/dossier@1", "fictional": true, "cooperations": [{"code": "ODD", "name": %s}]}'
    sent = send(administrator, body % json.dumps(ODD[kind]))
    assert "<script>alert" not in administrator.get(sent.location).get_data(as_text=True)


def test_a_file_with_too_many_records_is_refused(demo_template, tmp_path):
    shutil.copy(demo_template, tmp_path / "demo.sqlite")
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    client = sign_in(
        make_app(url, demo_today=DEMO_DAY, instance=tmp_path, max_records=2).test_client(), "administrator"
    )
    answer = send(client, CHANGE)
    assert answer.status_code == 422
    assert "meer dan 2 records" in answer.get_data(as_text=True)
