"""The drawing of what an item is paid from."""

from datetime import date
from decimal import Decimal

from plotly.graph_objects import Figure

from tracker.charts.financing import Part, Words, financing

WORDS = Words(limit="100%-grens", too_much="{share} te veel", as_of="peildatum")
DAY = date(2026, 10, 1)


def part(stream: str, share: str, start: str, end: str) -> Part:
    """A part of one stream."""
    label = f"{stream} {share}%"
    return Part(stream, label, label, date.fromisoformat(start), date.fromisoformat(end), Decimal(share))


ALONE = part("s3", "70", "2024-03-04", "2024-06-30")
UNDER = part("s3", "70", "2024-07-01", "2025-12-31")
ABOVE = part("regional_performance", "60", "2024-07-01", "2025-12-31")


def test_what_lies_above_hundred_percent_is_a_bar_of_its_own() -> None:
    drawn = financing([ALONE, UNDER, ABOVE], DAY, WORDS)
    Figure(drawn)
    assert [(bar["base"], bar["y"]) for bar in drawn["data"]] == [([0.0], [70.0]), ([70.0], [30.0]), ([100.0], [30.0])]
    assert "pattern" in drawn["data"][2]["marker"]
    assert "30% te veel" in [note["text"] for note in drawn["layout"]["annotations"]]


def test_a_stream_that_goes_on_unchanged_is_one_bar() -> None:
    drawn = financing([ALONE, UNDER], DAY, WORDS)
    (bar,) = drawn["data"]
    assert bar["width"] == [((date(2025, 12, 31) - date(2024, 3, 4)).days + 1) * 86_400_000]


def test_nothing_to_draw_still_draws_the_line_and_the_day() -> None:
    drawn = financing([], DAY, WORDS)
    Figure(drawn)
    assert drawn["data"] == []
    assert len(drawn["layout"]["shapes"]) == 2
