"""Holding a meeting: opening it, and what two people at one table do to each other's work."""

from datetime import date
from threading import Barrier, Thread

import pytest

from tests.meeting_room import NUMBER, TODAY, hand, planned
from tracker.domain.policy import Role
from tracker.domain.records.enums import Party
from tracker.extensions import db
from tracker.operations.meeting_decisions import add_action, answer_action, save_decision
from tracker.operations.meetings import (
    NotRunning,
    NotYet,
    check_running,
    mark_in,
    open_meeting,
    pause_meeting,
    save_score,
)
from tracker.operations.refusals import Forbidden, Locked, Overtaken, Refused
from tracker.queries.codes import number_of
from tracker.queries.dossiers import load
from tracker.queries.findings import journal_position
from tracker.queries.meetings import course_of, round_number_of
from tracker.queries.records import kept, siblings

CHAIR, BOARD, MANAGER = hand(Role.evaluation_chair), hand(Role.board_member), hand(Role.insurer_region_manager)


def score(number, topic, given, seen, who=CHAIR):
    return save_score(number=number, topic=topic, given=given, seen=seen, hand=who)


def stored(number):
    return {item.values["topic"].value: item.values for item in kept("round", number).children["scores"]}


@pytest.fixture
def table(house):
    """The stored number of a meeting that is going on."""
    number = planned()
    open_meeting(number=number, hand=CHAIR)
    return number


def test_opening_dates_the_round_and_past_midnight_it_stays_so(table):
    open_meeting(number=table, hand=hand(Role.board_member, date(2026, 10, 2)))
    assert kept("round", table).values["held_on"] == TODAY
    assert kept("round", table).values["chair"] == "evaluation_chair"
    assert course_of(table).opened_by == "evaluation_chair"


def test_a_meeting_of_a_day_to_come_is_not_opened(house):
    number = planned("2026-11-16")
    with pytest.raises(NotYet):
        open_meeting(number=number, hand=CHAIR)
    assert kept("round", number).values["held_on"] is None


def test_who_only_reads_opens_nothing(house):
    with pytest.raises(Forbidden):
        open_meeting(number=planned(), hand=hand(Role.insurer_reader))


def test_a_closed_round_is_not_opened_again(house):
    locked = round_number_of("HOL", 3)
    with pytest.raises(Locked):
        open_meeting(number=locked, hand=CHAIR)
    assert course_of(locked) is None


def test_while_it_pauses_nothing_of_the_table_is_saved(table):
    check_running(table)
    pause_meeting(number=table, hand=CHAIR, pauses=True)
    with pytest.raises(NotRunning):
        check_running(table)
    pause_meeting(number=table, hand=CHAIR, pauses=False)
    check_running(table)


def test_two_people_score_two_topics_with_the_same_page_open(table):
    seen = journal_position()
    score(table, "jzojp", {"agreed": 3}, seen)
    score(table, "collaboration", {"agreed": 4}, seen, BOARD)
    assert [stored(table)[topic]["agreed"] for topic in ("jzojp", "collaboration")] == [3, 4]


def test_nobody_overwrites_a_score_that_came_in_between(table):
    seen = journal_position()
    score(table, "jzojp", {"agreed": 3}, seen)
    with pytest.raises(Overtaken) as found:
        score(table, "jzojp", {"agreed": 2}, seen, BOARD)
    assert (found.value.held.values["agreed"], found.value.by) == (3, "evaluation_chair")
    score(table, "jzojp", {"agreed": 2}, found.value.revision, BOARD)
    assert stored(table)["jzojp"]["agreed"] == 2


def test_a_save_whose_answer_was_lost_is_no_conflict(table):
    seen = journal_position()
    score(table, "jzojp", {"agreed": 3, "note": "Samen"}, seen)
    before = journal_position()
    score(table, "jzojp", {"agreed": 3, "note": "Samen"}, seen)
    assert journal_position() == before


def test_at_one_moment_every_topic_is_kept(table, app):
    topics = ("time_vulnerable", "jzojp", "labour_market", "collaboration")
    seen, start, faults = journal_position(), Barrier(len(topics)), []
    db.session.remove()

    def save(topic):
        with app.app_context():
            try:
                start.wait()
                score(table, topic, {"agreed": 2}, seen)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [Thread(target=save, args=(topic,)) for topic in topics]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(stored(table)) == sorted(topics)


def test_a_score_outside_the_scale_is_refused(table):
    for wrong in (0, 6, "veel"):
        with pytest.raises(Refused):
            score(table, "jzojp", {"agreed": wrong}, journal_position())


def test_a_side_hands_in_its_own_scores_and_not_after_the_meeting_began(house):
    number = planned()
    with pytest.raises(Forbidden):
        mark_in(number=number, side=Party.COOPERATION, is_in=True, hand=MANAGER)
    mark_in(number=number, side=Party.COOPERATION, is_in=True, hand=hand(Role.project_leader))
    assert kept("round", number).values["self_scored_on"] == TODAY
    open_meeting(number=number, hand=CHAIR)
    with pytest.raises(Locked):
        mark_in(number=number, side=Party.INSURER, is_in=True, hand=MANAGER)


def test_only_the_insurer_decides_and_changes_what_was_decided_that_day(table):
    initiative = number_of("initiative", "I05")
    given = {"decided_on": "2026-10-01", "decided_by": "menzis", "result": "extended", "reason": "Het werkt"}
    with pytest.raises(Forbidden):
        save_decision(initiative=initiative, given=given, seen=journal_position(), hand=CHAIR)
    seen = journal_position()
    first = save_decision(initiative=initiative, given=given, seen=seen, hand=MANAGER)
    with pytest.raises(Overtaken):
        save_decision(initiative=initiative, given=given | {"result": "not_extended"}, seen=seen, hand=MANAGER)
    changed = given | {"result": "extended_reduced"}
    again = save_decision(initiative=initiative, given=changed, seen=journal_position(), hand=MANAGER)
    assert again.number == first.number
    assert kept("extension", first.number).values["result"] == "extended_reduced"


def test_an_action_gets_a_code_once_and_is_answered_later(table):
    region = number_of("cooperation", "HOL")
    given = {"text": "Contract voorleggen", "owner": "Bestuur", "agreed_on": "2026-10-01", "due_on": "2026-11-01"}
    first = add_action(cooperation=region, number=NUMBER, given=given, hand=CHAIR)
    assert add_action(cooperation=region, number=NUMBER, given=given, hand=CHAIR).number == first.number
    add_action(cooperation=region, number=NUMBER, given=given | {"text": "Nog een"}, hand=CHAIR)
    codes = [item.values["code"] for item in siblings("cooperation_action", region)]
    assert [code for code in codes if code.startswith("A4-")] == ["A4-1", "A4-2"]
    done = {"done_on": "2026-10-01", "note": "Is gebeurd"}
    answer_action(cooperation=region, action=first.number, given=done, seen=journal_position(), hand=BOARD)
    (dossier,) = load(("HOL",)).dossiers
    assert "Is gebeurd" in [item.note for item in dossier.actions]
