"""What holds for every dossier there can be: files, tables, journal and findings tell one story."""

from datetime import date, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select

from tests.domain.invented import Inventor, settled, shuffled, with_later_facts
from tests.importable import file_of, invented, mended_region, part_of
from tests.written import take_in, taken_in
from tracker import clock
from tracker.exchange.dossier_file import dossier_json, dossier_yaml
from tracker.extensions import Base, db
from tracker.models.journal import COUNTER, COUNTERS, LINE, REVISION
from tracker.queries.dossiers import load
from tracker.queries.exports import export
from tracker.queries.findings import standings

SEEDS = st.integers(0, 1_000_000)
DAYS = st.dates(date(2021, 12, 1), date(2026, 12, 31))
few = settings(
    max_examples=12,
    deadline=None,
    # A seed can't be made simpler, only smaller.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def house(session):
    """Empties the house: every example begins with nothing."""

    def begin():
        db.session.rollback()
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.execute(insert(COUNTER), [{"name": name, "next_number": 1} for name in COUNTERS])
        db.session.commit()

    return begin


def as_json():
    """Everything that is stored, as a file."""
    found = export(None)
    return b"".join(dossier_json(found.register, found.dossiers, fictional=found.fictional)).decode()


def in_both():
    """Everything that is stored, as a file and as a file for people."""
    found = export(None)
    dossiers = list(found.dossiers)
    as_file = b"".join(dossier_json(found.register, dossiers, fictional=found.fictional)).decode()
    return as_file, dossier_yaml(found.register, dossiers, fictional=found.fictional)


def written(seed, change=lambda record: record):
    """A file with invented dossiers, each changed in some way."""
    register, regions = invented(seed)
    return file_of(register, tuple(map(change, regions))).decode()


def told(as_of, known_at=None):
    """Every finding on a day, comparable."""
    found = standings(None, as_of, known_at=known_at)
    return [
        (item.subject, item.programme.key, item.rule, item.status, item.reason, item.due_on, item.days_late, item.proof)
        for one in found
        for item in one.findings
    ]


@few
@given(SEEDS)
def test_out_and_in_and_out_again_gives_the_same_bytes(house, seed):
    house()
    taken_in(written(seed))
    first = in_both()
    for file in first:
        house()
        taken_in(file)
        assert in_both() == first


@few
@given(SEEDS)
def test_taking_in_what_went_out_changes_nothing(house, seed):
    house()
    taken_in(written(seed))
    lines = db.session.scalar(select(func.count()).select_from(LINE))
    for again in (*in_both(), written(seed)):
        report = taken_in(again)
        assert (report.total().added, report.total().changed) == (0, 0)
    assert db.session.scalar(select(func.count()).select_from(LINE)) == lines
    assert db.session.scalar(select(func.count()).select_from(REVISION)) == 1


@few
@given(SEEDS, SEEDS)
def test_the_order_of_a_file_never_matters(house, seed, other):
    house()
    turned = written(seed, lambda record: shuffled(record, Random(other)))
    taken_in(written(seed))
    expected = list(map(settled, load().dossiers)), told(date(2026, 10, 1))
    # Taken in after the other it changes nothing, taken in alone it says the same.
    report = taken_in(turned)
    assert (report.total().added, report.total().changed) == (0, 0)
    house()
    taken_in(turned)
    assert (list(map(settled, load().dossiers)), told(date(2026, 10, 1))) == expected


@few
@given(SEEDS, SEEDS)
def test_it_does_not_matter_whether_facts_come_at_once_or_bit_by_bit(house, seed, other):
    house()
    taken_in(written(seed))
    expected = as_json()
    house()
    random = Random(other)
    taken_in(written(seed, lambda record: part_of(msgspec.structs.replace(record, **NAMING), random)))
    taken_in(written(seed))
    assert as_json() == expected
    assert everything() == everything(clock.now() + timedelta(seconds=1))


NAMING = dict.fromkeys(
    # These name practices, or must come whole: nothing is added to a locked round.
    ("contracts", "initiatives", "rounds", "service_declarations", "open_claims", "accreditation_claims"),
    (),
)


def everything(known_at=None):
    """All that can be loaded."""
    loaded = load(known_at=known_at)
    return loaded.dossiers, loaded.register


def named_apart(region):
    """The region with names of practices that no text holds: those hide in shared examples, whenever they came."""
    renamed = tuple(msgspec.structs.replace(item, name=f"Wulpzicht {item.code}") for item in region.practices)
    return msgspec.structs.replace(region, practices=renamed)


@few
@given(SEEDS, SEEDS)
def test_a_later_file_never_changes_what_was_known(house, seed, other):
    house()
    register, regions = invented(seed)
    taken_in(file_of(register, tuple(map(named_apart, regions[:1]))).decode())
    then = db.session.scalar(select(func.max(REVISION.c.at)))
    known, standing = everything(then), told(date(2024, 1, 1), then)
    assert known == everything()
    # Another invention about the same regions: it adds and corrects, and where a locked round forbids it, nothing.
    take_in(written(other, named_apart))
    take_in(written(seed, named_apart))
    assert everything(then) == known
    assert told(date(2024, 1, 1), then) == standing
    assert everything() == everything(clock.now() + timedelta(seconds=1))


@few
@given(SEEDS, SEEDS, DAYS)
def test_facts_dated_later_never_change_a_finding(house, seed, other, as_of):
    house()
    register, (region,) = invented(seed, 1)
    taken_in(file_of(register, (region,)).decode())
    expected = told(as_of)
    inventor = Inventor(other, as_of + timedelta(days=1), date(2027, 12, 31), mark="9")
    initiatives = {item.code for item in region.initiatives}
    later = mended_region(with_later_facts(region, inventor, as_of), register, initiatives)
    house()
    taken_in(file_of(register, (later,)).decode())
    assert told(as_of) == expected


@few
@given(SEEDS)
def test_a_dry_run_foresees_what_happens(house, seed):
    house()
    text = written(seed)
    tried = take_in(text, dry_run=True)
    assert everything()[0] == ()
    assert tried.tallies == taken_in(text).tallies
