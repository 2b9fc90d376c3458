"""Places of days on a scale."""

from datetime import date

from tracker.charts.scale import Scale

YEAR = Scale(date(2026, 1, 1), date(2026, 12, 31))


def test_the_first_day_begins_at_nothing_and_the_last_bar_ends_at_hundred() -> None:
    assert YEAR.place(date(2026, 1, 1)) == 0
    assert YEAR.bar(date(2026, 1, 1), date(2026, 12, 31)) == {"x": 0, "width": 100}
    assert YEAR.bar(date(2026, 1, 1), None) == {"x": 0, "width": 100}


def test_one_day_is_as_wide_as_a_day() -> None:
    assert YEAR.bar(date(2026, 7, 1), date(2026, 7, 1))["width"] == 0.27


def test_what_lies_outside_stands_at_the_edge() -> None:
    assert YEAR.place(date(2020, 1, 1)) == 0
    assert YEAR.place(date(2030, 1, 1)) == 100
    assert YEAR.bar(date(2020, 1, 1), date(2021, 1, 1))["width"] == 0


def test_every_first_of_january_on_the_scale_has_a_tick() -> None:
    scale = Scale(date(2024, 5, 1), date(2026, 2, 1))
    assert [tick["text"] for tick in scale.years()] == ["2025", "2026"]
