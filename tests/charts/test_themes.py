"""The chart of themes in progress."""

import itertools
from datetime import date

import pytest
from plotly.graph_objects import Figure

from tracker.charts.theme import THEMES, theme_look
from tracker.charts.themes import Line, Target, theme_lines

FIRST, TODAY = date(2022, 1, 1), date(2026, 10, 1)


def chart(*numbers: int, among: int = 8, target: Target | None = None) -> dict:
    lines = [Line(f"Thema {place}", ((FIRST, 0), (date(2023, 3, 1), number))) for place, number in enumerate(numbers)]
    return theme_lines(lines, TODAY, among, target)


def test_it_is_a_chart_that_plotly_knows():
    Figure(chart(6, 4, 3, 2, target=Target(date(2025, 12, 31), "streefdatum")))


def test_a_line_is_a_step_that_ends_on_the_day():
    line = chart(6)["data"][0]
    assert line["line"]["shape"] == "hv"
    assert (line["x"][-1], line["y"][-1]) == ("2026-10-01", 6)


def test_colour_line_and_marker_differ_together():
    found = chart(1, 2, 3, 4)["data"]
    assert len({(item["line"]["color"], item["line"]["dash"], item["marker"]["symbol"]) for item in found}) == 4
    assert theme_look(len(THEMES)) == THEMES[0]


def test_words_at_the_ends_never_stand_on_each_other():
    heights = sorted(item["y"] for item in chart(2, 2, 2, 2)["layout"]["annotations"])
    assert all(upper - lower > 0.5 for lower, upper in itertools.pairwise(heights))


@pytest.mark.parametrize("among", [0, 1, 8, 120, 5000])
def test_the_axis_starts_at_nothing_and_counts_whole_regions(among):
    axis = chart(0, among=among)["layout"]["yaxis"]
    assert axis["range"][0] == 0
    assert isinstance(axis["dtick"], int)


def test_a_chart_without_themes_is_empty():
    assert theme_lines([], TODAY, 0)["data"] == []


def test_no_text_holds_style():
    assert "style" not in str(chart(1, 2))
