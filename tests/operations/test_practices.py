"""A sheet of practices is laid over what is stored: all of it or nothing, and the same sheet twice changes nothing."""

from datetime import date

import pytest

from tests.written import HEAD, taken_in
from tracker.extensions import db
from tracker.operations.journal import Conflict
from tracker.operations.practices import import_practices
from tracker.programmes import catalogue, load_programmes
from tracker.queries.dossiers import load
from tracker.queries.journal import position

DAY = date(2026, 1, 1)
REGIONS = """
register:
  his_products: [{code: his-alfa, name: HIS-Alfa}, {code: his-beta, name: HIS-Beta}]
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    practices:
      - code: HOL-01
        name: De Wulp
        memberships: [{from: 2011-01-01}]
        insured: [{counted_on: 2024-01-01, insured: 2000}]
        his: [{his: his-alfa, from: 2015-01-01}]
  - code: KRO
    name: RSV Kroon
    practices: [{code: KRO-01, name: De Mees, memberships: [{from: 2015-01-01}]}]
"""
NEW = {"code": "HOL-02", "name": "De Eik", "place": "Holle", "member_from": DAY, "his": "HIS-beta", "insured": 900}
NEW["counted_on"] = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def regions(session):
    taken_in(HEAD + REGIONS)


def take_in(*rows, **more):
    return import_practices(
        code="HOL",
        rows=rows,
        catalogues=catalogue(load_programmes()).codes,
        today=date(2026, 10, 1),
        by="P. Raktijk",
        reason="Blad van oktober",
        **more,
    )


def practice(code):
    return next(item for item in load(["HOL"]).dossiers[0].practices if item.code == code)


def faults(*rows):
    before = position()
    found = {(item.row, item.column): item.reason.nl for item in take_in(*rows)[1]}
    assert position() == before
    return found


def test_a_new_practice_has_what_its_row_says(session):
    report, wrong = take_in(NEW)
    assert wrong == []
    assert report.total().added == 4
    found = practice("HOL-02")
    assert (found.name, found.place, found.memberships[0].from_on) == ("De Eik", "Holle", DAY)
    assert [(item.his, item.from_on) for item in found.his] == [("his-beta", DAY)]
    assert [(item.counted_on, item.insured) for item in found.insured] == [(date(2026, 2, 1), 900)]


def test_the_same_sheet_twice_changes_nothing(session):
    take_in(NEW)
    before = position()
    report, _ = take_in(NEW)
    assert (report.total().added, report.total().changed) == (0, 0)
    assert position() == before


def test_a_practice_that_is_there_keeps_what_its_row_leaves_empty(session):
    take_in({"code": "HOL-01", "place": "Holle"})
    found = practice("HOL-01")
    assert (found.name, found.place) == ("De Wulp", "Holle")
    assert len(found.memberships) == len(found.insured) == len(found.his) == 1


def test_another_system_ends_the_one_before(session):
    take_in({"code": "HOL-01", "his": "his-beta", "his_from": DAY})
    assert [(item.his, item.from_on, item.to_on) for item in practice("HOL-01").his] == [
        ("his-alfa", date(2015, 1, 1), date(2025, 12, 31)),
        ("his-beta", DAY, None),
    ]


def test_the_same_system_needs_no_day(session):
    before = position()
    assert take_in({"code": "HOL-01", "his": "his-alfa"})[1] == []
    assert position() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(session):
    before = position()
    told, _ = take_in(NEW, dry_run=True)
    db.session.rollback()
    assert position() == before
    done, _ = take_in(NEW)
    assert told.by_kind() == done.by_kind()


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"code": "HOL-03", "member_from": DAY}, "name", "verplicht bij een nieuwe praktijk"),
        ({"code": "HOL-03", "name": "X"}, "member_from", "verplicht bij een nieuwe praktijk"),
        ({"code": "HOL-01", "member_from": DAY}, "member_from", "al aangesloten vanaf 1-1-2011"),
        ({**NEW, "member_from": date(2026, 10, 2)}, "member_from", "op of vóór vandaag"),
        ({**NEW, "his": "his-onzin"}, "his", "bekend: his-alfa, his-beta"),
        ({**NEW, "counted_on": None}, "counted_on", "op welke dag"),
        ({**NEW, "insured": None}, "insured", "hoeveel er zijn geteld"),
        ({"code": "HOL-01", "his": "his-beta"}, "his_from", "vanaf welke dag"),
        ({"code": "HOL-01", "his": "his-beta", "his_from": date(2014, 1, 1)}, "his_from", "begon later"),
        ({**NEW, "code": "KRO-01"}, "code", "hoort al bij KRO"),
    ],
)
def test_what_is_wrong_stands_at_its_cell_and_nothing_is_written(session, row, column, said):
    found = faults({"code": "HOL-01", "place": "Elders"}, row)
    assert said in found[1, column]
    assert practice("HOL-01").place is None


def test_one_code_twice_is_refused(session):
    assert faults(NEW, NEW)[1, "code"] == "deze code staat er al eerder in"


def test_what_somebody_wrote_since_the_dry_run_stops_it(session):
    seen = position()
    taken_in(HEAD + "cooperations: [{code: KRO, name: RSV Kroonland}]\n")
    with pytest.raises(Conflict):
        take_in(NEW, seen=seen)
    take_in(NEW, seen=seen + 1)
    assert practice("HOL-02").name == "De Eik"
