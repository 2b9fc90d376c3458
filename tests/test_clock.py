"""The clock: the real moment, the day of the demonstration, and where a day ends."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.conftest import make_app
from tracker import clock


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 7, 1), datetime(2026, 7, 1, 21, 59, 59, 999999, UTC)),
        (date(2026, 1, 1), datetime(2026, 1, 1, 22, 59, 59, 999999, UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 22, 59, 59, 999999, UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, 999999, UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, 999999, UTC)),
    ],
)
def test_a_day_ends_in_amsterdam_in_summer_and_winter_and_between(day, end):
    assert clock.day_end(day) == end


def test_the_last_day_there_is_has_an_end():
    assert clock.day_end(date.max).year == 9999


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_today_begins_at_midnight_in_amsterdam(moment, day):
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


def test_the_demonstration_stands_still_but_the_moment_does_not():
    app = make_app("sqlite://", demo_today=date(2026, 10, 1))
    moment = datetime(2027, 2, 3, 12, tzinfo=UTC)
    with time_machine.travel(moment, tick=False), app.app_context():
        assert clock.today() == date(2026, 10, 1)
        assert clock.now() == moment
