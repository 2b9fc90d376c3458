"""R53 where people type freely: whatever text names a practice, who may see no single practice reads no name of one."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select, update

from tests.conftest import DEMO_TODAY, make_app
from tests.people import csrf_token, sign_in
from tracker.domain.records.base import Sort, scalars_of
from tracker.domain.records.places import places
from tracker.extensions import db
from tracker.models.journal import LINE
from tracker.models.records import TABLES

NAME = "Huisartsen De Tureluur"
"""A practice of HOL, which every text of HOL names here."""
ANY = re.compile(r"HOL-\d\d|Tureluur")
MANAGER = "insurer_region_manager"


@pytest.fixture(scope="module")
def talkative(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration, in which HOL names a practice in every text, has a deviation about one and open actions."""
    file = tmp_path_factory.mktemp("talkative") / "demo.sqlite"
    shutil.copy(demo_template, file)
    app = make_app(f"sqlite:///{file}", demo_today=DEMO_TODAY)
    with app.app_context():
        own = db.session.scalar(select(TABLES["cooperation"].c.id).where(TABLES["cooperation"].c.code == "HOL"))
        for place in places().values():
            if place.name not in ("cooperation", "practice") and "cooperation_id" in TABLES[place.name].c:
                _name_it(TABLES[place.name], place.kind, own)
        line = update(LINE).where(LINE.c.cooperation_id == own, LINE.c.place == "initiative")
        db.session.execute(line.values(record=func.replace(LINE.c.record, '"title":"', f'"title":"{NAME} ')))
        known = {"parent_id": own, "cooperation_id": own, "row_version": 1}
        action = {"code": "A1", "text": f"Bel {NAME}", "agreed_on": date(2026, 9, 1), "owner": "HOL-05", "note": NAME}
        db.session.execute(insert(TABLES["cooperation_action"]).values(id=9998, key_hash=b"a" * 32, **known, **action))
        waiver = {
            "rule": "practice_steps",
            "subject": "HOL-07",
            "agreed_on": date(2026, 9, 1),
            "reason": NAME,
            "signer": "W. Doornspijk",
        }
        db.session.execute(insert(TABLES["waiver"]).values(id=9999, key_hash=b"w" * 32, **known, **waiver))
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _name_it(table, kind, own: int) -> None:
    texts = [item.attribute for item in scalars_of(kind) if item.sort is Sort.TEXT and not item.many]
    for name in set(texts) - set(kind.declared.key):
        named = update(table).where(table.c.cooperation_id == own, table.c[name].is_not(None))
        db.session.execute(named.values({name: table.c[name] + f" {NAME}"}))


def number_of(app: Flask, place: str) -> int:
    """The number of a record of HOL."""
    with app.app_context():
        table = TABLES[place]
        own = select(TABLES["cooperation"].c.id).where(TABLES["cooperation"].c.code == "HOL").scalar_subquery()
        return db.session.scalar(select(func.max(table.c.id)).where(table.c.cooperation_id == own, table.c.id != 9999))


def named_on(client: FlaskClient, *paths: str) -> dict[str, set[str]]:
    """What names a practice, by page."""
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        if names := set(ANY.findall(answer.get_data(as_text=True))):
            found[path] = names
    return found


def test_no_list_paper_file_or_history_names_a_practice_to_the_insurer(talkative):
    region = "/samenwerkingsverbanden/HOL"
    history = f"{region}/geschiedenis/{number_of(talkative, 'initiative')}"
    paths = (
        *(f"{region}{tab}" for tab in ("", "/initiatieven", "/financiering", "/evaluaties", "/bewijs", "/gegevens")),
        *(f"/initiatieven/I05{page}" for page in ("", "/voortoets", "/gegevens")),
        *("/toepassingen", "/toepassingen/P03", "/toepassingen?formaat=csv", "/goede-voorbeelden", "/portefeuille"),
        *("/acties", "/acties/HOL/A1", "/acties?formaat=csv", "/evaluaties/HOL/3", "/evaluaties/HOL/3/verslag"),
        *("/evaluaties/HOL/4/vergaderstuk", "/zoeken?q=tureluur", "/zoeken?q=HOL-0", history, f"{history}?formaat=csv"),
        *("/api/v1/cooperations/HOL/dossier", "/api/v1/cooperations/HOL/status", "/wijzigingen?vergelijk=2024-01-01"),
    )
    assert named_on(sign_in(talkative.test_client(), MANAGER), *paths) == {}


def test_no_form_names_a_practice_to_the_insurer(talkative):
    region = "/samenwerkingsverbanden/HOL"
    held = {
        "contract": "contract",
        "ronde": "round",
        "actie": "cooperation_action",
        "afwijking": "waiver",
    }
    asked = [f"{region}/{slug}/{number_of(talkative, place)}" for slug, place in held.items()]
    paths = [f"{path}/{verb}" for path in asked for verb in ("corrigeren", "verwijderen")]
    paths += [f"{region}/{slug}/vastleggen" for slug in (*held, "oordeel")]
    manager = sign_in(talkative.test_client(), MANAGER)
    assert named_on(manager, *paths) == {}
    for verb in ("corrigeren", "verwijderen"):
        assert manager.get(f"{region}/afwijking/9999/{verb}").status_code == 404, "a deviation about a practice"


def test_what_was_hidden_stays_whole_when_the_insurer_saves(talkative):
    manager = sign_in(talkative.test_client(), MANAGER)
    page = manager.get("/acties/HOL/A1").get_data(as_text=True)
    note = re.search(r'name="note">\s*([^<]*)</textarea>', page)[1]
    assert note == "[praktijk]"
    version = re.search(r'name="_version" value="(\d+)"', page)[1]
    typed = {"csrf_token": csrf_token(manager, "/acties/HOL/A1"), "_version": version, "note": note}
    assert manager.post("/acties/HOL/A1", data={**typed, "done_on": "1-10-2026"}).status_code == 303
    with talkative.app_context():
        table = TABLES["cooperation_action"]
        held = db.session.execute(select(table.c.note, table.c.done_on).where(table.c.code == "A1")).one()
    assert held == (NAME, date(2026, 10, 1))


def test_a_shared_example_names_no_practice_to_another_region(talkative):
    with talkative.app_context():
        initiative = TABLES["initiative"]
        db.session.execute(
            update(initiative).where(initiative.c.code == "I01").values(title=initiative.c.title + " met WOL-01")
        )
        db.session.commit()
    board = sign_in(talkative.test_client(), "board_member")
    for path in ("/goede-voorbeelden", "/goede-voorbeelden/I01", "/initiatieven/I05/voorbeeld/vastleggen"):
        text = board.get(path).get_data(as_text=True)
        assert "met [praktijk]" in text, path
        assert "WOL-01" not in text, path
