"""Dossiers are read in a constant number of statements, now or as known at a moment that never changes afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, event, func, insert, select

from tests.domain.invented import settled
from tests.importable import file_of, invented
from tests.written import HEAD, WOLDERVEEN, take_in, taken_in
from tracker import clock
from tracker.domain.records.places import places
from tracker.domain.rules import findings, kinds_read
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.programmes import load_programmes
from tracker.queries.dossiers import load

EMPTY_FILE = HEAD + "cooperations: []\n"


def many(number):
    """A file with so many regions, each with facts at several depths and a piece of evidence."""
    regions = [
        f"""
  - code: R{at:02}
    name: Regio {at}
    visions: [{{version: 1, adopted_on: 2022-05-18, support: [{{stated_on: 2022-05-18, supported: true,
      kind: member_vote, evidence: [{{title: Verslag, about_on: 2022-05-18}}]}}]}}]
    practices: [{{code: R{at:02}-1, name: x, memberships: [{{from: 2011-01-01}}],
      steps: [{{step: time, from: 2022-01-01}}]}}]
    initiatives: [{{code: I{at:02}, title: x, insurer: menzis, proposed_on: 2022-07-07,
      directions: [{{code: T1.1, from: 2022-07-07}}], sharings: [{{shared_on: 2023-01-01}}]}}]"""
        for at in range(number)
    ]
    return HEAD + "cooperations:" + "".join(regions) + "\n"


@pytest.fixture
def sent(session):
    """The statements that are sent to the database."""
    found = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: found.append(given[2]))
    return found


def moment_of(revision):
    """When a revision was written."""
    return db.session.scalar(select(REVISION.c.at).where(REVISION.c.id == revision))


def later():
    """A moment at which everything written until now is known."""
    return clock.now() + timedelta(seconds=1)


# --- how many statements ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("from_journal", [False, True], ids=["tables", "journal"])
@pytest.mark.parametrize("kinds", [None, ("vision", "practice_step")], ids=["everything", "two kinds"])
@pytest.mark.parametrize("chosen", [False, True], ids=["all regions", "by code"])
def test_one_region_or_fifty_cost_the_same_number_of_statements(sent, from_journal, kinds, chosen):
    counts = []
    for number in (1, 10, 50):
        taken_in(many(number))
        codes = [f"R{at:02}" for at in range(number)] if chosen else None
        sent.clear()
        loaded = load(codes, kinds, later() if from_journal else None)
        counts.append(len(sent))
        assert len(loaded.dossiers) == number
    assert len(set(counts)) == 1
    assert counts[0] < 12 if from_journal else counts[0] < 90


def test_a_page_reads_only_what_it_shows(sent):
    taken_in(many(3))
    sent.clear()
    load(kinds=("vision",))
    read = " ".join(sent)
    assert "FROM vision" in read
    assert "FROM practice" not in read
    assert len(sent) < 8


# --- what is read ----------------------------------------------------------------------------------------------------


def test_the_chosen_regions_come_with_the_whole_register_and_unknown_codes_are_left_out(session):
    register, regions = invented(5, 3)
    taken_in(file_of(register, regions).decode())
    loaded = load(["R2", "R0", "R0", "XXX"])
    assert [item.code for item in loaded.dossiers] == ["R0", "R2"]
    assert list(map(settled, loaded.dossiers)) == [settled(regions[0]), settled(regions[2])]
    assert {item.code for item in loaded.register.products} == {item.code for item in register.products}
    assert loaded.fictional == {"R0", "R2"}


def test_no_codes_are_no_regions_and_an_empty_house_has_none(session):
    assert load().dossiers == ()
    assert load(known_at=later()).dossiers == ()
    taken_in(many(2))
    assert load([]).dossiers == ()
    assert load([], known_at=later()).dossiers == ()


def test_a_kind_comes_with_its_parents_and_evidence_and_without_its_neighbours(session):
    taken_in(many(1))
    (region,) = load(kinds=("vision_support",)).dossiers
    assert region.visions[0].support[0].evidence[0].title == "Verslag"
    assert (region.practices, region.initiatives, region.visions[0].texts) == ((), (), ())


def test_one_place_of_a_shared_kind_may_be_asked_for(session):
    taken_in(many(1))
    (region,) = load(kinds=("practice.memberships",)).dossiers
    assert region.practices[0].memberships
    assert region.practices[0].steps == ()


def test_what_the_rules_read_is_enough_to_give_the_same_findings(session):
    register, regions = invented(8, 2)
    taken_in(file_of(register, regions).decode())
    programmes = load_programmes()
    whole, lean = load(), load(kinds=kinds_read(programmes))
    for everything, something in zip(whole.dossiers, lean.dossiers, strict=True):
        for day in (date(2022, 7, 1), date(2023, 6, 30), date(2026, 10, 1)):
            expected = findings(everything, whole.register, programmes, day)
            found = findings(something, lean.register, programmes, day)
            assert [(item.rule, item.subject, item.status, item.reason) for item in found] == [
                (item.rule, item.subject, item.status, item.reason) for item in expected
            ]


def test_lists_stand_in_the_order_of_day_and_key(session):
    taken_in(
        HEAD
        + WOLDERVEEN
        + "    counts: [{counted_on: 2024-01-01}, {counted_on: 2022-01-01}, {counted_on: 2023-01-01}]\n"
        + "    rounds: [{number: 10, held_on: 2022-01-01}, {number: 9, held_on: 2022-01-01}]\n"
    )
    (region,) = load().dossiers
    assert [item.counted_on.year for item in region.counts] == [2022, 2023, 2024]
    assert [item.number for item in region.rounds] == [9, 10]


def test_the_examples_of_every_region_are_known_to_who_reads_one(session):
    taken_in(many(3))
    found = load(["R01"], kinds=("good_example",)).register.examples
    assert [(item.cooperation, item.initiative.code) for item in found] == [
        ("R00", "I00"),
        ("R01", "I01"),
        ("R02", "I02"),
    ]
    assert found[0].initiative.sharings[0].shared_on == date(2023, 1, 1)
    assert load(["R01"], kinds=("vision",)).register.examples == ()


# --- what was known --------------------------------------------------------------------------------------------------


def everything(known_at=None, codes=None):
    """All that can be loaded, comparable."""
    loaded = load(codes, known_at=known_at)
    return loaded.dossiers, loaded.register.products, loaded.register.his_products, loaded.register.examples


@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_now_is_what_stands_in_the_tables(session, seed):
    register, regions = invented(seed, 2)
    taken_in(file_of(register, regions).decode())
    assert everything() == everything(later())
    assert everything(codes=["R1"]) == everything(later(), ["R1"])
    assert load().fictional == load(known_at=later()).fictional


def test_before_the_first_line_nothing_was_known(session):
    taken_in(many(2))
    before = moment_of(1) - timedelta(microseconds=1)
    assert everything(before) == ((), (), (), ())
    assert load(["R00"], known_at=before).dossiers == ()
    assert load(known_at=datetime(1900, 1, 1, tzinfo=UTC)).dossiers == ()


def test_the_moment_of_a_revision_knows_that_revision(session):
    taken_in(many(1))
    assert len(load(known_at=moment_of(1)).dossiers) == 1


def test_a_later_correction_never_changes_what_was_known(session):
    taken_in(HEAD + WOLDERVEEN)
    then = moment_of(1)
    known = everything(then)
    corrections = (
        ("De wachttijd loopt op.", "De wachttijd daalt."),
        ("Huisartsen De Wulp", "Huisartsen De Kievit"),
        ("from: 2011-01-01", "from: 2011-01-01, to: 2020-01-01"),
        ("adopted_on: 2022-05-18", "adopted_on: null"),
    )
    for old, new in corrections:
        report = take_in(HEAD + WOLDERVEEN.replace(old, new))
        assert report.total().changed > 0
        assert everything(then) == known
        assert everything() == everything(later())
    assert everything() != known


def test_a_later_addition_never_changes_what_was_known(session):
    taken_in(many(1))
    then = moment_of(1)
    known = everything(then)
    taken_in(many(3))
    taken_in(HEAD + "cooperations: [{code: R00, name: Anders, visions: [{version: 2}]}]\n")
    assert everything(then) == known
    assert everything(then, ["R00"]) == known
    assert load(["R01"], known_at=then).dossiers == ()


def remove(place, code_or_version):
    """Take a record away as an operation would: the rows of it, and a line for each."""
    table = TABLES[place]
    column = table.c.code if "code" in table.c else table.c.version
    row = db.session.execute(select(table).where(column == code_or_version)).one()
    numbers = [(place, row.id, row.parent_id)]
    for below in (item for item in places().values() if item.parent == place):
        children = db.session.execute(select(TABLES[below.name]).where(TABLES[below.name].c.parent_id == row.id))
        numbers += [(below.name, child.id, child.parent_id) for child in children]
    last, line = (db.session.scalar(select(func.max(table.c.id))) for table in (REVISION, LINE))
    db.session.execute(insert(REVISION).values(id=last + 1, at=clock.now(), by="tests", reason="vergissing"))
    for offset, (name, number, parent) in enumerate(reversed(numbers), 1):
        db.session.execute(delete(TABLES[name]).where(TABLES[name].c.id == number))
        values = {"id": line + offset, "revision_id": last + 1, "action": "removed", "place": name, "address": "x"}
        values |= {"record_id": number, "parent_id": parent, "cooperation_id": row.cooperation_id}
        db.session.execute(insert(LINE).values(**values))
    db.session.commit()


def test_a_later_removal_never_changes_what_was_known(session):
    taken_in(HEAD + WOLDERVEEN)
    then = moment_of(1)
    known = everything(then)
    remove("vision", 1)
    remove("practice", "WOL-01")
    assert everything(then) == known
    assert everything() == everything(later())
    assert load().dossiers[0].visions == load().dossiers[0].practices == ()


def test_known_at_limits_the_examples_too(session):
    taken_in(many(2))
    then = moment_of(1)
    taken_in(many(3))
    assert [item.cooperation for item in load(known_at=then).register.examples] == ["R00", "R01"]


def test_a_moment_needs_its_offset(session):
    with pytest.raises(Exception, match="offset"):
        load(known_at=datetime(2026, 1, 1))


def test_reading_writes_nothing(session):
    taken_in(many(1))
    lines = db.session.scalar(select(func.count()).select_from(LINE))
    load()
    load(known_at=later())
    taken_in(EMPTY_FILE)
    assert db.session.scalar(select(func.count()).select_from(LINE)) == lines
