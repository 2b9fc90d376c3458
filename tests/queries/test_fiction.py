"""What is invented and what is real is known, and never mixed up."""

import pytest

from tests.written import HEAD, WOLDERVEEN, take_in, taken_in
from tracker.queries.fiction import any_real, any_record, only_fiction

REAL = "format: regiotracker/dossier@1\nfictional: false\n"
PRODUCT = "register: {products: [{code: P01, name: P, kind: platform, versions: [{version: '1'}]}]}\n"


def test_an_empty_database_holds_nothing_invented_and_nothing_real(session):
    assert (any_record(), any_real(), only_fiction()) == (False, False, False)


@pytest.mark.parametrize("what", [WOLDERVEEN, PRODUCT])
def test_a_database_of_invented_records_is_fiction(session, what):
    taken_in(HEAD + what)
    assert (any_record(), any_real(), only_fiction()) == (True, False, True)


@pytest.mark.parametrize("what", [WOLDERVEEN, PRODUCT])
def test_one_real_record_ends_the_fiction(session, what):
    taken_in(HEAD + "cooperations: [{code: TOL, name: T}]")
    taken_in(REAL + what)
    assert (any_record(), any_real(), only_fiction()) == (True, True, False)


def test_a_real_file_may_not_touch_what_is_invented(session):
    taken_in(HEAD + WOLDERVEEN)
    report = take_in(REAL + WOLDERVEEN)
    assert report.is_refused
    assert only_fiction()
