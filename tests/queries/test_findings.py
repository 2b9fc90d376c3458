"""Where cooperations stand is answered by one query, the same whoever asks, and never from yesterday."""

from datetime import date, timedelta

import pytest
from flask import current_app
from sqlalchemy import event

from tests.written import HEAD, WOLDERVEEN, taken_in
from tracker import clock, labels
from tracker.domain.finding import Status
from tracker.domain.rules import findings
from tracker.extensions import db
from tracker.labels.texts import MISSING
from tracker.queries.dossiers import load
from tracker.queries.findings import MOST_HELD, Answer, _Kept, journal_position, programmes, standings

DAY = date(2022, 10, 1)
LATER = """
cooperations:
  - code: WOL
    name: RSV Wolderveen
    visions: [{version: 1, adopted_on: 2022-08-01}]
"""


def status_of(rule, as_of=DAY, **asked):
    """The status of one rule for WOL."""
    found = [item for one in standings(["WOL"], as_of, **asked) for item in one.findings]
    return next((item.status for item in found if item.rule == rule and item.subject == "WOL"), None)


def statements():
    """Collects the statements that are sent to the database."""
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    return sent


def test_a_cooperation_has_the_findings_that_the_rules_give(session):
    taken_in(HEAD + WOLDERVEEN)
    loaded = load(["WOL"])
    expected = findings(loaded.dossiers[0], loaded.register, programmes(), DAY)
    (found,) = standings(["WOL"], DAY)
    assert [(item.rule, item.subject, item.status, item.reason) for item in found.findings] == [
        (item.rule, item.subject, item.status, item.reason) for item in expected
    ]
    assert found.fictional


def test_unknown_codes_are_left_out_and_none_means_all(session):
    taken_in(HEAD + WOLDERVEEN)
    assert standings(["XXX"], DAY) == []
    assert [item.dossier.code for item in standings(None, DAY)] == ["WOL"]
    assert standings([], DAY) == []


def test_only_limits_rules_by_code_or_key_and_the_records_that_are_loaded(session):
    taken_in(HEAD + WOLDERVEEN)
    (found,) = standings(["WOL"], DAY, only=frozenset({"R01", "ict_lead_now"}))
    assert {item.rule for item in found.findings} == {"R01", "R04"}
    (without,) = standings(["WOL"], DAY, only=frozenset({"R01"}))
    (beside,) = standings(["WOL"], DAY, only=frozenset({"R04"}))
    assert without.dossier.visions != ()
    assert beside.dossier.visions == ()


def test_the_names_of_practices_come_along_so_that_they_can_be_told_in_a_text(session):
    taken_in(HEAD + WOLDERVEEN)
    (found,) = standings(["WOL"], DAY, only=frozenset({"R01"}))
    assert [(item.code, item.use) for item in found.dossier.practices] == [("WOL-01", ())]


def test_the_dossier_is_as_seen_on_the_day(session):
    taken_in(HEAD + WOLDERVEEN)
    assert standings(["WOL"], date(2022, 5, 17))[0].dossier.visions == ()
    assert standings(["WOL"], date(1900, 1, 1))[0].findings != ()
    assert status_of("R01", date(1900, 1, 1)) is Status.NA


def test_asking_again_asks_the_database_for_its_position_only(session):
    taken_in(HEAD + WOLDERVEEN)
    first = standings(["WOL"], DAY)
    sent = statements()
    again = standings(["WOL"], DAY)
    assert len(sent) == 1
    assert again[0].findings is first[0].findings


def test_a_write_is_seen_at_once(session):
    taken_in(HEAD + WOLDERVEEN)
    assert status_of("R01") is Status.MET
    taken_in(HEAD + LATER)
    assert status_of("R01") is Status.LATE


def test_after_a_write_only_what_was_written_about_is_read_again(session):
    other = "  - {code: ZAN, name: RSV Zandermark, visions: [{version: 1, adopted_on: 2022-07-01}]}\n"
    taken_in(HEAD + WOLDERVEEN + other)
    before = {item.dossier.code: item for item in standings(None, DAY)}
    taken_in(HEAD + LATER)
    after = {item.dossier.code: item for item in standings(None, DAY)}
    assert after["ZAN"].findings is before["ZAN"].findings
    assert after["WOL"].findings is not before["WOL"].findings
    assert status_of("R01") is Status.LATE


def test_a_new_cooperation_joins_an_answer_that_was_kept(session):
    taken_in(HEAD + WOLDERVEEN)
    assert [item.dossier.code for item in standings(None, DAY)] == ["WOL"]
    taken_in(HEAD + "cooperations:\n  - {code: AAA, name: RSV Aarde}\n")
    assert [item.dossier.code for item in standings(None, DAY)] == ["AAA", "WOL"]


def test_a_product_that_is_judged_touches_every_region_that_uses_it(demo):
    asked = {"only": frozenset({"R15"}), "kinds": {"initiative"}}
    with demo.app_context():
        kept = {item.dossier.code: item for item in standings(None, date(2026, 10, 1), **asked)}
        taken_in(
            "format: regiotracker/dossier@1\nfictional: true\nregister:\n  products:\n"
            "  - code: P03\n    name: BeeldSpreek\n    kind: application\n    versions: [{version: '1'}]\n"
            "    assessments:\n"
            "    - {version: '1', reported_on: 2026-09-20, status: positive}\n"
        )
        fresh = {item.dossier.code: item for item in standings(None, date(2026, 10, 1), **asked)}
    statuses = [{item.subject: item.status for item in found["HOL"].findings} for found in (kept, fresh)]
    assert statuses[0]["I05"] is Status.NOT_MET
    assert statuses[1]["I05"] is not Status.NOT_MET


def test_what_was_known_stays_as_it_was_known(session):
    taken_in(HEAD + WOLDERVEEN)
    then = clock.now()
    assert status_of("R01", known_at=then) is Status.MET
    taken_in(HEAD + LATER)
    assert status_of("R01", known_at=then) is Status.MET
    assert status_of("R01", known_at=clock.now()) is Status.LATE


def test_nothing_is_known_before_the_first_write(session):
    taken_in(HEAD + WOLDERVEEN)
    assert standings(["WOL"], DAY, known_at=clock.now() - timedelta(days=1)) == []


def test_the_position_is_that_of_the_last_revision_at_the_moment(session):
    assert journal_position() == 0
    taken_in(HEAD + WOLDERVEEN)
    first = journal_position()
    then = clock.now()
    taken_in(HEAD + WOLDERVEEN)
    assert journal_position() == first
    taken_in(HEAD + LATER)
    assert journal_position() > first
    assert journal_position(then) == first


def test_ten_or_forty_cooperations_cost_the_same_number_of_queries(session):
    def asked_for(number):
        lines = [f"  - {{code: C{place}, name: N, visions: [{{version: 1}}]}}" for place in range(number)]
        taken_in(HEAD + "cooperations:\n" + "\n".join(lines))
        current_app.extensions.pop("findings", None)
        sent = statements()
        assert len(standings(None, DAY)) == number
        return len(sent)

    assert asked_for(10) == asked_for(40)


def test_the_cache_keeps_what_was_asked_last_and_nothing_too_large(demo):
    with demo.app_context():
        one = Answer(1, tuple(standings(["ESS"], date(2026, 10, 1))))
    kept = _Kept(2_000)
    for number in range(100):
        kept.put(number, one)
    assert kept.get(0) is None
    assert kept.get(99) is one
    assert kept._held <= 2_000
    small = _Kept(3)
    small.put("large", one)
    assert small.get("large") is None
    kept.put(99, one)
    assert kept._held <= 2_000
    assert MOST_HELD > 100_000


@pytest.mark.parametrize(
    "as_of", [date(1900, 1, 1), date(2022, 7, 1), date(2022, 7, 2), date(2024, 3, 31), date(2026, 10, 1)]
)
def test_every_reason_of_the_demonstration_is_complete_in_both_languages(demo, as_of):
    with demo.app_context():
        for standing in standings(None, as_of):
            for item in standing.findings:
                for language in ("nl", "en"):
                    said = labels.text(item.reason, language)
                    assert said
                    assert MISSING not in said
                    assert not any(mark in said for mark in ("{", "}", "None", "datetime", "Decimal"))


def test_the_order_of_two_reads_never_matters(demo):
    with demo.app_context():
        ahead = standings(["WOL"], date(2026, 10, 1))[0].findings
        standings(["WOL"], date(2022, 1, 1))
        again = standings(["WOL"], date(2026, 10, 1))[0].findings
    assert [(item.rule, item.subject, item.status) for item in ahead] == [
        (item.rule, item.subject, item.status) for item in again
    ]
