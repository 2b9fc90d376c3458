"""Cooperations begin, end and merge: what is written, what is left alone, and what is refused."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.written import HEAD, taken_in
from tracker.domain.mergers import Beginning, Merger
from tracker.domain.records.contract import InsurerLink
from tracker.domain.visibility import seen
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.operations.cooperations import (
    CooperationRefused,
    close_cooperation,
    merge_cooperations,
    open_cooperation,
)
from tracker.programmes import catalogue, load_programmes
from tracker.queries.dossiers import load
from tracker.queries.journal import position

TODAY = date(2026, 10, 1)
DAY = date(2026, 7, 1)
REGIONS = """
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    founded_on: 2011-01-01
    insurers: [{insurer: menzis, lead: true, from: 2020-01-01}, {insurer: menzis, from: 2012-01-01, to: 2015-12-31}]
    practices:
      - code: HOL-01
        name: De Wulp
        place: Holle
        memberships: [{from: 2011-01-01}]
        insured: [{counted_on: 2024-01-01, insured: 2100}]
      - {code: HOL-02, name: De Eik, memberships: [{from: 2011-01-01, to: 2019-12-31}]}
    contracts:
      - {code: C1, insurer: menzis, signed_on: 2022-12-20, starts_on: 2023-01-01, scopes: [implementation]}
  - code: KRO
    name: RSV Kroon
    insurers: [{insurer: menzis, from: 2020-01-01, to: 2030-12-31}]
    practices:
      - {code: KRO-01, name: De Mees, memberships: [{from: 2015-01-01}]}
"""


@pytest.fixture(autouse=True)
def regions(session):
    taken_in(HEAD + REGIONS)


def given(**more):
    return {"catalogues": catalogue(load_programmes()).codes, "today": TODAY, "by": "B. Heerder", **more}


def beginning(code="NWE", founded_on=DAY, *, insurer="menzis"):
    links = (InsurerLink(insurer=insurer, lead=True, from_on=founded_on),)
    return Beginning(code=code, name="RSV Nieuw", founded_on=founded_on, insurers=links)


def dossier(code):
    return load([code]).dossiers[0]


def refusals(excinfo):
    return {(field, reason.nl) for field, reason in excinfo.value.faults}


def last_lines():
    rows = db.session.execute(select(LINE.c.action, LINE.c.address).where(LINE.c.revision_id == position()))
    return sorted(tuple(row) for row in rows)


def merge(codes=("HOL", "KRO"), *, bring=(), dry_run=False, **more):
    merger = Merger(beginning=beginning(**more), bring_practices=frozenset(bring), note="Dossiers blijven apart.")
    return merge_cooperations(codes=codes, merger=merger, dry_run=dry_run, **given(reason="Fusie"))


def test_a_new_cooperation_has_its_name_day_and_insurer(session):
    open_cooperation(beginning=beginning(), **given(reason="Nieuwe regio"))
    found = dossier("NWE")
    assert (found.name, found.founded_on, found.insurers[0].insurer, found.insurers[0].lead) == (
        "RSV Nieuw",
        DAY,
        "menzis",
        True,
    )
    assert load(["NWE"]).fictional == {"NWE"}
    assert [action for action, _ in last_lines()] == ["added", "added"]
    revision = db.session.execute(select(REVISION.c.by, REVISION.c.reason).where(REVISION.c.id == position())).one()
    assert tuple(revision) == ("B. Heerder", "Nieuwe regio")


@pytest.mark.parametrize("code", ["HOL", "hol"])
def test_a_code_in_use_is_refused_whatever_its_capitals(session, code):
    before = position()
    with pytest.raises(CooperationRefused) as refused:
        open_cooperation(beginning=beginning(code), **given())
    assert refusals(refused) == {("code", "de code HOL bestaat al; kies een andere")}
    assert position() == before


def test_a_day_that_is_still_to_come_is_refused(session):
    with pytest.raises(CooperationRefused) as refused:
        open_cooperation(beginning=beginning(founded_on=date(2026, 10, 2)), **given())
    assert refusals(refused) == {("founded_on", "kies een datum op of vóór vandaag")}


def test_an_insurer_that_no_programme_knows_is_refused_and_nothing_is_written(session):
    before = position()
    with pytest.raises(CooperationRefused):
        open_cooperation(beginning=beginning(insurer="nergens"), **given())
    assert position() == before
    assert load(["NWE"]).dossiers == ()


def test_a_closed_cooperation_has_a_last_day_and_so_have_its_insurers(session):
    close_cooperation(code="HOL", last_day=DAY, **given(reason="Gestopt"))
    found = dossier("HOL")
    assert found.dissolved_on == DAY
    assert {(item.from_on, item.to_on) for item in found.insurers} == {
        (date(2020, 1, 1), DAY),
        (date(2012, 1, 1), date(2015, 12, 31)),
    }
    assert found.contracts[0].terminated_on is None
    assert found.practices[0].memberships[0].to_on is None
    assert [action for action, _ in last_lines()] == ["corrected", "corrected"]


def test_a_cooperation_is_still_there_on_its_last_day(session):
    close_cooperation(code="HOL", last_day=DAY, **given(reason="Gestopt"))
    assert seen(dossier("HOL"), DAY).dissolved_on == DAY


def test_a_cooperation_is_closed_once(session):
    close_cooperation(code="HOL", last_day=DAY, **given(reason="Gestopt"))
    with pytest.raises(CooperationRefused) as refused:
        close_cooperation(code="HOL", last_day=DAY, **given(reason="Nog eens"))
    assert refusals(refused) == {("last_day", "HOL is al opgeheven")}


def test_a_cooperation_can_not_end_before_it_began(session):
    with pytest.raises(CooperationRefused) as refused:
        close_cooperation(code="HOL", last_day=date(2010, 12, 31), **given(reason="Gestopt"))
    assert ("last_day", "HOL is pas later opgericht; kies een latere dag") in refusals(refused)


def test_a_cooperation_that_is_not_there_can_not_be_closed(session):
    with pytest.raises(CooperationRefused) as refused:
        close_cooperation(code="NIETS", last_day=DAY, **given(reason="Gestopt"))
    assert refusals(refused) == {("codes", "NIETS bestaat niet")}


def test_a_merger_ends_the_old_ones_the_day_before_and_names_them_as_predecessors(session):
    merge()
    new = dossier("NWE")
    assert [(item.code, item.since_on) for item in new.predecessors] == [("HOL", DAY), ("KRO", DAY)]
    assert new.predecessors[0].note == "Dossiers blijven apart."
    assert dossier("HOL").dissolved_on == dossier("KRO").dissolved_on == date(2026, 6, 30)
    assert dossier("KRO").insurers[0].to_on == date(2026, 6, 30)


def test_nothing_is_inherited_by_itself(session):
    merge()
    new = dossier("NWE")
    assert new.practices == new.contracts == ()
    assert dossier("HOL").practices[0].memberships[0].to_on is None


def test_practices_go_along_only_where_that_was_chosen(session):
    merge(bring=["HOL"])
    new = dossier("NWE")
    assert [(item.code, item.name, item.place) for item in new.practices] == [("NWE-01", "De Wulp", "Holle")]
    assert [(item.from_on, item.note) for item in new.practices[0].memberships] == [(DAY, "HOL-01")]
    assert new.practices[0].insured == ()
    first, second = dossier("HOL").practices
    assert first.memberships[0].to_on == date(2026, 6, 30)
    assert second.memberships[0].to_on == date(2019, 12, 31)
    assert dossier("KRO").practices[0].memberships[0].to_on is None


def test_a_dry_run_tells_the_same_and_writes_nothing(session):
    before = position()
    told = merge(bring=["HOL", "KRO"], dry_run=True)
    db.session.rollback()
    assert position() == before
    assert load(["NWE"]).dossiers == ()
    done = merge(bring=["HOL", "KRO"])
    assert (told.by_kind(), told.changes) == (done.by_kind(), done.changes)
    assert told.dry_run
    assert not done.dry_run


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["HOL"], "kies twee of meer samenwerkingsverbanden"),
        (["HOL", "NIETS"], "NIETS bestaat niet"),
    ],
)
def test_a_merger_needs_two_that_exist(session, codes, said):
    with pytest.raises(CooperationRefused) as refused:
        merge(codes)
    assert ("codes", said) in refusals(refused)


def test_a_cooperation_that_has_ended_can_not_merge(session):
    close_cooperation(code="HOL", last_day=date(2025, 1, 1), **given(reason="Gestopt"))
    with pytest.raises(CooperationRefused) as refused:
        merge()
    assert refusals(refused) == {("codes", "HOL is al opgeheven")}


def test_a_practice_code_that_is_taken_stops_the_whole_merger(session):
    practices = "practices: [{code: NWE-01, name: Bezet, memberships: [{from: 2015-01-01}]}]"
    taken_in(f"{HEAD}cooperations:\n  - code: VER\n    name: RSV Ver\n    {practices}\n")
    before = position()
    with pytest.raises(CooperationRefused) as refused:
        merge(bring=["HOL"])
    assert any("VER" in said for _, said in refusals(refused))
    assert position() == before
    assert dossier("HOL").dissolved_on is None
