"""The drawing of adoption beside published figures."""

from datetime import date

from plotly.graph_objects import Figure

from tracker.charts.adoption import Panel, Published, Step, Words, adoption_panels

WORDS = Words("gebruikt", "aangeboden", "peildatum")
DAY = date(2026, 10, 1)
STEPS = (Step(date(2022, 1, 1), 10.0, 20.0), Step(date(2023, 1, 1), None, None), Step(DAY, 40.0, 50.0))
PUBLISHED = (
    Published("practices", "huisartsenpraktijken", date(2019, 7, 1), 68, "huisartsenpraktijken, 2019"),
    Published("practices", "huisartsenpraktijken", date(2020, 4, 1), 85, "huisartsenpraktijken, 4-2020"),
    Published("group", "groepspraktijken", date(2022, 7, 1), 98, "groepspraktijken, 2022"),
)


def test_figures_of_different_populations_never_share_one_line() -> None:
    drawn = adoption_panels([Panel("E-consult", STEPS, PUBLISHED)], DAY, WORDS)
    Figure(drawn)
    marks = [trace for trace in drawn["data"] if "marker" in trace]
    assert [(trace["mode"], len(trace["x"])) for trace in marks] == [("lines+markers", 2), ("markers", 1)]


def test_a_population_has_one_mark_in_all_panels_and_stands_once_in_the_legend() -> None:
    drawn = adoption_panels([Panel("E-consult", STEPS, PUBLISHED), Panel("Beeldbellen", STEPS, PUBLISHED)], DAY, WORDS)
    marks = [trace for trace in drawn["data"] if "marker" in trace]
    assert [trace["marker"]["symbol"] for trace in marks[:2]] == [trace["marker"]["symbol"] for trace in marks[2:]]
    assert [trace["showlegend"] for trace in marks] == [True, True, False, False]


def test_a_share_that_may_not_be_shown_is_a_gap_and_states_are_steps() -> None:
    drawn = adoption_panels([Panel("E-consult", STEPS, ())], DAY, WORDS)
    used = next(trace for trace in drawn["data"] if trace["name"] == "gebruikt")
    assert used["y"] == [10.0, None, 40.0]
    assert not used["connectgaps"]
    assert used["line"]["shape"] == "hv"


def test_percentages_start_at_zero_and_the_last_one_stands_at_the_end_of_its_line() -> None:
    drawn = adoption_panels([Panel("E-consult", STEPS, ()), Panel("Afspraken", (), ())], DAY, WORDS)
    Figure(drawn)
    assert drawn["layout"]["yaxis"]["range"][0] == 0
    assert "40%" in [note["text"] for note in drawn["layout"]["annotations"]]
