"""A grid of days of digital services is written in one revision, all of it or nothing."""

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.written import HEAD, taken_in
from tracker.domain.day_grid import MOST_CELLS, DayChange
from tracker.domain.policy import Pen, Role
from tracker.domain.use_grid import AVAILABLE, USED
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.operations.day_grid import DaysRefused, TooManyCells
from tracker.operations.refusals import Forbidden
from tracker.operations.use import save_use
from tracker.programmes import catalogue, load_programmes
from tracker.queries.dossiers import load

TODAY = date(2026, 10, 1)
REGION = """
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    practices:
      - code: HOL-01
        name: De Wulp
        memberships: [{from: 2011-01-01}]
        use:
          - {component: T1.1a, available_from: 2022-01-01, used_from: 2022-03-01}
          - {component: T1.1b, available_from: 2020-01-01, until: 2021-05-01}
      - {code: HOL-02, name: De Eik, memberships: [{from: 2011-01-01}]}
      - {code: HOL-03, name: De Oude, memberships: [{from: 2011-01-01, to: 2024-01-01}]}
"""


@pytest.fixture(autouse=True)
def region(session):
    taken_in(HEAD + REGION)


def save(*changes, role=Role.practice_liaison, **more):
    known = {"pen": Pen(frozenset({role})), "catalogues": catalogue(load_programmes()).codes, "today": TODAY}
    return save_use(code="HOL", changes=changes, by="P. Raktijk", **(known | more))


def uses(practice):
    found = next(item for item in load(["HOL"]).dossiers[0].practices if item.code == practice)
    return {(item.component, item.available_from, item.used_from, item.until) for item in found.use}


def refused(*changes):
    before = db.session.scalar(select(func.max(REVISION.c.id)))
    with pytest.raises(DaysRefused) as fault:
        save(*changes)
    assert db.session.scalar(select(func.max(REVISION.c.id))) == before
    return [item.reason.nl for item in fault.value.faults]


def cell(practice, service, attribute, shown, day):
    return DayChange(practice, service, attribute, shown, day)


def test_one_save_is_one_revision_with_a_line_for_every_record():
    before = db.session.scalar(select(func.max(REVISION.c.id)))
    written = save(
        cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), date(2022, 4, 1)),
        cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1)),
        cell("HOL-02", "T1.1c", AVAILABLE, None, date(2023, 2, 1)),
    )
    assert len(written) == 3
    assert ("T1.1a", date(2022, 1, 1), date(2022, 4, 1), None) in uses("HOL-01")
    assert uses("HOL-02") == {
        ("T1.1a", date(2023, 1, 1), date(2023, 1, 1), None),
        ("T1.1c", date(2023, 2, 1), None, None),
    }
    revisions = list(db.session.scalars(select(REVISION.c.id).where(REVISION.c.id > before)))
    assert len(revisions) == 1
    lines = select(LINE.c.action, LINE.c.address).where(LINE.c.revision_id == revisions[0])
    assert {tuple(row) for row in db.session.execute(lines)} == {
        ("corrected", "HOL/practices/HOL-01/use/T1.1a;2022-01-01"),
        ("added", "HOL/practices/HOL-02/use/T1.1a;2023-01-01"),
        ("added", "HOL/practices/HOL-02/use/T1.1c;2023-02-01"),
    }


def test_the_same_again_writes_nothing():
    change = cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1))
    assert save(change)
    assert save(change) == []


def test_a_service_that_is_no_longer_used_stays_there():
    save(cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), None))
    assert ("T1.1a", date(2022, 1, 1), None, None) in uses("HOL-01")


def test_the_first_day_of_a_service_can_be_corrected():
    save(cell("HOL-01", "T1.1a", AVAILABLE, date(2022, 1, 1), date(2022, 2, 1)))
    assert ("T1.1a", date(2022, 2, 1), date(2022, 3, 1), None) in uses("HOL-01")
    save(cell("HOL-01", "T1.1a", AVAILABLE, date(2022, 2, 1), date(2022, 1, 1)))
    assert ("T1.1a", date(2022, 1, 1), date(2022, 3, 1), None) in uses("HOL-01")


def test_a_day_that_another_changed_is_told_and_not_written_over():
    save(cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), date(2022, 4, 1)))
    told = refused(
        cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1)),
        cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), date(2022, 5, 1)),
    )
    assert told == ["Een ander vulde hier intussen 1-4-2022 in; controleer het en bewaar opnieuw"]
    assert uses("HOL-02") == set()


def test_one_fault_keeps_all_of_it_out():
    told = refused(
        cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1)),
        cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), date(2021, 3, 1)),
        cell("HOL-01", "T1.1b", USED, None, date(2021, 3, 1)),
        cell("HOL-01", "T1.1a", AVAILABLE, date(2022, 1, 1), None),
        cell("HOL-03", "T1.1a", USED, None, date(2021, 3, 1)),
        cell("WOL-01", "T1.1a", USED, None, date(2021, 3, 1)),
    )
    assert len(told) == 4
    assert uses("HOL-02") == set()
    assert told[1] == "De dienst was er van 1-1-2020 tot en met 1-5-2021; kies een latere dag"


def test_a_day_of_use_before_the_service_was_there_is_told():
    (told,) = refused(cell("HOL-01", "T1.1a", USED, date(2022, 3, 1), date(2021, 3, 1)))
    assert told.startswith("De dienst is er pas vanaf 1-1-2022; kies die dag of later")


def test_an_insurer_writes_no_practice():
    with pytest.raises(Forbidden):
        save(cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1)), role=Role.insurer_region_manager)


def test_more_than_one_save_takes_is_refused():
    with pytest.raises(TooManyCells):
        save(*[cell("HOL-02", "T1.1a", USED, None, date(2023, 1, 1))] * (MOST_CELLS + 1))
