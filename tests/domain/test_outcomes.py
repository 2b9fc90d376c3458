"""The scores of the evaluation over time: gaps, differences, versions and when the next round is due."""

from datetime import date

from tracker.domain.outcomes import (
    Rhythm,
    Spread,
    days_overdue,
    difference,
    locked_since,
    next_round,
    spread,
    turns,
    versions_of,
)
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Action, Round, Score

RHYTHM = Rhythm(date(2022, 12, 31), 12, 3)


def held(number: int, day: date, agreed: int | None = 3, **more: object) -> Round:
    scores = (Score(topic=Topic.JZOJP, own=3, insurer=2, agreed=agreed),)
    return Round(number=number, held_on=day, scores=scores, **more)


def region(*rounds: Round) -> Cooperation:
    return Cooperation(code="RSV", name="RSV Voorbeeld", rounds=rounds)


def test_fifteen_months_to_the_day_is_no_gap():
    found = turns(region(held(2, date(2025, 2, 28)), held(1, date(2023, 11, 30))), RHYTHM)
    assert [turn.round.number for turn in found] == [1, 2]
    assert not found[1].follows_gap


def test_a_day_later_is_a_gap():
    assert turns(region(held(1, date(2023, 11, 30)), held(2, date(2025, 3, 1))), RHYTHM)[1].follows_gap


def test_a_number_left_out_is_a_gap():
    assert turns(region(held(1, date(2023, 11, 30)), held(3, date(2024, 11, 30))), RHYTHM)[1].follows_gap


def test_the_next_round_is_due_fifteen_months_after_the_last():
    due = next_round(turns(region(held(1, date(2023, 11, 30))), RHYTHM), RHYTHM)
    assert (due.planned_on, due.due_on) == (date(2024, 11, 30), date(2025, 2, 28))


def test_the_first_round_is_due_from_the_soft_date():
    assert next_round((), RHYTHM).due_on == date(2024, 3, 31)


def test_a_party_that_did_not_score_does_not_differ():
    assert difference(Score(topic=Topic.JZOJP, own=4)) == 0
    assert difference(Score(topic=Topic.JZOJP, own=1, insurer=3)) == 2


def test_a_topic_without_agreed_score_is_none_and_never_zero():
    turn = turns(region(held(1, date(2023, 11, 30), None)), RHYTHM)[0]
    assert turn.agreed(Topic.JZOJP) is None
    assert turn.agreed(Topic.LABOUR_MARKET) is None
    assert turn.differing == (Topic.JZOJP,)


def test_the_highest_locked_version_holds_and_the_round_is_locked_since_the_first():
    first = held(1, date(2023, 11, 30), 2, locked_on=date(2023, 11, 30))
    second = held(1, date(2023, 11, 30), 4, version=2, locked_on=date(2024, 1, 8), correction_reason="telfout")
    third = held(1, date(2023, 11, 30), 5, version=3, correction_reason="nog een")
    dossier = region(first, third, second)
    assert turns(dossier, RHYTHM)[0].agreed(Topic.JZOJP) == 4
    assert [item.version for item in versions_of(dossier, 1)] == [3, 2, 1]
    assert locked_since(versions_of(dossier, 1)) == date(2023, 11, 30)


def test_an_action_is_overdue_from_the_day_after():
    action = Action(text="bellen", owner="bestuur", due_on=date(2024, 3, 1))
    assert days_overdue(action, date(2024, 3, 1)) == 0
    assert days_overdue(action, date(2024, 3, 2)) == 1
    done = Action(text="bellen", owner="bestuur", due_on=date(2024, 3, 1), done_on=date(2024, 3, 11))
    assert days_overdue(done, date(2026, 1, 1)) == 10


def test_the_spread_counts_regions_by_score():
    one = turns(region(held(1, date(2023, 11, 30), 3)), RHYTHM)
    two = turns(region(held(1, date(2023, 10, 30), 3)), RHYTHM)
    found = spread([one, two])
    assert Spread(Topic.JZOJP, 2023, 3, 2) in found
    assert Spread(Topic.LABOUR_MARKET, 2023, None, 2) in found
