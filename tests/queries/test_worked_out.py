"""What is worked out of things that stay is worked out once, and never for other things."""

from tracker.queries.worked_out import _Kept, worked_out


def test_a_question_is_worked_out_once(session):
    asked, thing = [], object()
    for _ in range(3):
        assert worked_out((thing,), "number", lambda: asked.append(1) or len(asked)) == 1
    assert asked == [1]


def test_another_thing_or_another_question_is_another_answer(session):
    first, second = object(), object()
    assert worked_out((first,), "number", lambda: 1) == 1
    assert worked_out((second,), "number", lambda: 2) == 2
    assert worked_out((first,), "other", lambda: 3) == 3
    assert worked_out((first, second), "number", lambda: 4) == 4


def test_the_answer_asked_longest_ago_leaves_first_and_a_thing_lives_as_long_as_its_answer():
    kept = _Kept(most=2)
    for number in range(50):
        assert kept.of((object(),), "number", lambda number=number: number) == number
    assert len(kept._held) == 2
