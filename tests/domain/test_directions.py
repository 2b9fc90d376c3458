"""R06, R07, R08, R31 and R52: directions chosen, implemented, aligned; the goal of theme 3; the horizon."""

from itertools import pairwise

import pytest

from tests.domain.roadmap_facts import (
    DEADLINE,
    SOFT,
    alignment,
    day,
    direction,
    en,
    judged,
    nl,
    region,
    said,
    theme,
    vision,
)
from tracker.domain.directions import phase_on
from tracker.domain.finding import Finding
from tracker.domain.programme import Theme
from tracker.domain.records.direction import Direction, DirectionComponent
from tracker.domain.records.enums import Phase


def selected(*directions: Direction, as_of: str = "2026-10-01", level: str = "direction") -> Finding:
    dossier = region(directions=directions)
    return judged("three_directions_selected", dossier, as_of, soft_deadline=SOFT, minimum=3, level=level)


def implementing(*directions: Direction, as_of: str = "2026-10-01", level: str = "direction") -> Finding:
    dossier = region(directions=directions)
    return judged("three_directions_implementing", dossier, as_of, soft_deadline=SOFT, minimum=3, level=level)


def chosen(on: str, *codes: str, phase: Phase = Phase.SELECTED) -> list[Direction]:
    return [direction(code, (on, phase)) for code in codes]


# --- the phase of a direction ----------------------------------------------------------------------------------------


def test_the_latest_phase_up_to_the_day_counts() -> None:
    held = direction("T1.1", ("2024-01-01", Phase.IN_USE), ("2023-01-01", Phase.PILOT))
    assert phase_on(held, day("2022-12-31")) is None
    assert phase_on(held, day("2023-12-31")) is Phase.PILOT
    assert phase_on(held, day("2024-01-01")) is Phase.IN_USE


@pytest.mark.parametrize(("nearer", "further"), list(pairwise(Phase)))
def test_of_two_phases_on_one_day_the_furthest_counts(nearer: Phase, further: Phase) -> None:
    both = (("2023-01-01", further), ("2023-01-01", nearer))
    assert phase_on(direction("T1.1", *both), day("2023-01-01")) is further
    assert phase_on(direction("T1.1", *reversed(both)), day("2023-01-01")) is further


def test_a_phase_after_stopped_is_a_restart() -> None:
    held = direction("T1.1", ("2023-01-01", Phase.STOPPED), ("2023-02-01", Phase.SELECTED))
    assert phase_on(held, day("2023-02-01")) is Phase.SELECTED


# --- R06 -------------------------------------------------------------------------------------------------------------


def test_three_selected_on_the_soft_deadline_are_in_time() -> None:
    found = selected(*chosen("2022-12-31", "T1.1", "T2.1", "T3.4"))
    assert said(found) == ("MET", "3 gekozen")
    assert en(found) == "3 selected"
    assert [item.code for item in found.records] == ["T1.1", "T2.1", "T3.4"]  # type: ignore[attr-defined]


def test_selection_before_the_first_of_july_counts() -> None:
    assert selected(*chosen("2021-01-01", "T1.1", "T2.1", "T3.4"), as_of="2022-01-01").status == "MET"


def test_a_third_direction_a_day_later_is_late() -> None:
    found = selected(*chosen("2022-12-05", "T1.1", "T1.2"), *chosen("2023-01-01", "T3.4"))
    assert said(found) == ("LATE", "3 gekozen, op 2022-12-31 nog 2")
    assert en(found) == "3 selected, on 2022-12-31 only 2"
    assert found.days_late == 1


def test_lateness_counts_from_the_first_day_there_were_enough() -> None:
    back = direction("T3.4", ("2023-01-16", Phase.SELECTED), ("2024-02-01", Phase.STOPPED), ("2025-01-01", Phase.PILOT))
    found = selected(*chosen("2022-12-05", "T1.1", "T1.2"), back)
    assert (found.status, found.days_late) == ("LATE", 16)


@pytest.mark.parametrize("phase", [Phase.SELECTED, Phase.PILOT, Phase.IMPLEMENTING, Phase.IN_USE])
def test_every_phase_but_stopped_is_selected(phase: Phase) -> None:
    assert selected(*chosen("2022-12-01", "T1.1", "T2.1", "T3.4", phase=phase)).status == "MET"


def test_until_the_soft_deadline_two_wait_and_then_are_too_few() -> None:
    two = chosen("2022-12-05", "T1.1", "T1.2")
    assert said(selected(*two, as_of="2022-12-31")) == ("PENDING", "2 van 3 gekozen")
    assert said(selected(*two, as_of="2023-01-01")) == ("NOT_MET", "2 van 3 gekozen")


def test_a_stop_drops_tolvenaar_from_three_to_two() -> None:
    stopped = direction("T3.4", ("2022-12-16", Phase.SELECTED), ("2024-02-01", Phase.STOPPED))
    three = (*chosen("2022-12-05", "T1.1", "T1.2"), stopped)
    assert selected(*three, as_of="2024-01-31").status == "MET"
    assert said(selected(*three, as_of="2024-02-01")) == ("NOT_MET", "2 van 3 gekozen")


def test_components_count_when_the_programme_says_so() -> None:
    parts = tuple(DirectionComponent(component=f"T1.1{letter}", from_on=day("2022-10-01")) for letter in "abe")
    esselgaarde = direction("T1.1", ("2022-10-01", Phase.IN_USE), components=parts)
    assert said(selected(esselgaarde)) == ("NOT_MET", "1 van 3 gekozen")
    assert said(selected(esselgaarde, level="component")) == ("MET", "3 gekozen")
    assert said(implementing(esselgaarde, level="component")) == ("MET", "3 in uitvoering")


def test_a_direction_without_active_components_counts_one() -> None:
    ended = DirectionComponent(component="T1.1a", from_on=day("2022-10-01"), to_on=day("2023-10-01"))
    other = DirectionComponent(component="T1.1b", from_on=day("2022-10-01"))
    held = direction("T1.1", ("2022-10-01", Phase.IN_USE), components=(ended, other))
    bare = direction("T2.1", ("2022-10-01", Phase.IN_USE))
    assert nl(selected(held, bare, as_of="2023-10-01", level="component")) == "3 gekozen"
    assert nl(selected(held, bare, as_of="2023-10-02", level="component")) == "2 van 3 gekozen"


def test_a_component_added_later_makes_the_choice_late() -> None:
    first = DirectionComponent(component="T1.1a", from_on=day("2022-10-01"))
    second = DirectionComponent(component="T1.1b", from_on=day("2023-01-10"))
    held = direction("T1.1", ("2022-10-01", Phase.SELECTED), components=(first, second))
    found = selected(held, direction("T2.1", ("2022-10-01", Phase.SELECTED)), level="component")
    assert (found.status, found.days_late) == ("LATE", 10)


# --- R07 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", [Phase.IMPLEMENTING, Phase.IN_USE])
def test_three_directions_at_work(phase: Phase) -> None:
    found = implementing(*chosen("2025-01-01", "T1.1", "T2.1", "T3.4", phase=phase))
    assert said(found) == ("MET", "3 in uitvoering")
    assert found.days_late is None


@pytest.mark.parametrize("phase", [Phase.SELECTED, Phase.PILOT, Phase.STOPPED])
def test_a_pilot_is_not_implementation(phase: Phase) -> None:
    two = chosen("2022-10-01", "T1.1", "T2.1", phase=Phase.IN_USE)
    third = direction("T4.2", ("2022-10-01", phase))
    assert said(implementing(*two, third)) == ("NOT_MET", "2 van 3 in uitvoering")


def test_until_the_soft_deadline_implementation_waits() -> None:
    assert said(implementing(as_of="2022-12-31")) == ("PENDING", "0 van 3 in uitvoering")
    assert said(implementing(as_of="2023-01-01")) == ("NOT_MET", "0 van 3 in uitvoering")


# --- R08 -------------------------------------------------------------------------------------------------------------


def aligned(*directions: Direction, visions: tuple[object, ...] = (), as_of: str = "2026-10-01") -> Finding:
    return judged("directions_aligned", region(directions=directions, visions=visions), as_of, deadline=DEADLINE)


FIRST = vision("2022-06-20")


def fitting(code: str, *statements: object) -> Direction:
    return direction(code, ("2022-12-05", Phase.SELECTED), alignment=statements)


def test_without_a_selected_direction_nothing_needs_to_fit() -> None:
    stopped = direction("T1.1", ("2022-12-05", Phase.STOPPED))
    assert said(aligned(stopped, visions=(FIRST,))) == ("NA", "geen gekozen richting")


def test_without_a_vision_alignment_waits_until_its_deadline() -> None:
    early = direction("T1.1", ("2022-01-01", Phase.SELECTED))
    assert said(aligned(early, as_of="2022-07-01")) == ("PENDING", "nog geen vastgestelde visie")
    assert said(aligned(early, as_of="2022-07-02")) == ("NOT_MET", "geen vastgestelde visie")


def test_a_direction_that_does_not_fit_is_named_before_one_to_confirm() -> None:
    found = aligned(fitting("T3.4", alignment(1, "2023-01-01", False)), fitting("T1.1"), visions=(FIRST,))
    assert said(found) == ("NOT_MET", "sluit niet aan: T3.4")
    assert en(found) == "not aligned: T3.4"


def test_a_direction_without_a_statement_is_still_to_be_confirmed() -> None:
    found = aligned(fitting("T3.4"), fitting("T1.1", alignment(1, "2022-12-05")), fitting("T1.2"), visions=(FIRST,))
    assert said(found) == ("UNKNOWN", "nog te bevestigen voor versie 1: T1.2, T3.4")


def test_all_selected_directions_fit() -> None:
    found = aligned(fitting("T1.1", alignment(1, "2022-12-05")), visions=(FIRST,))
    assert said(found) == ("MET", "alle sluiten aan bij versie 1")


def test_the_latest_statement_about_a_version_counts() -> None:
    held = fitting("T1.1", alignment(1, "2024-01-01", False), alignment(1, "2022-12-05"))
    assert aligned(held, visions=(FIRST,), as_of="2023-12-31").status == "MET"
    assert aligned(held, visions=(FIRST,), as_of="2024-01-01").status == "NOT_MET"


def test_a_new_version_of_the_vision_asks_for_a_new_statement() -> None:
    """Wolderveen confirmed its alignment with version 2 nineteen days after its adoption."""
    visions = (vision("2022-05-18"), vision("2024-06-12", 2))
    held = fitting("T1.1", alignment(1, "2022-12-05"), alignment(2, "2024-07-01"))
    assert aligned(held, visions=visions, as_of="2024-06-11").status == "MET"
    assert said(aligned(held, visions=visions, as_of="2024-06-12"))[0] == "UNKNOWN"
    assert said(aligned(held, visions=visions, as_of="2024-06-30"))[1] == "nog te bevestigen voor versie 2: T1.1"
    assert aligned(held, visions=visions, as_of="2024-07-01").status == "MET"


def test_a_statement_about_a_draft_counts_once_it_is_adopted() -> None:
    held = fitting("T1.1", alignment(2, "2023-01-01"))
    visions = (FIRST, vision("2023-06-01", 2, drafted_on="2022-12-01"))
    assert aligned(held, visions=visions, as_of="2023-05-31").status == "UNKNOWN"
    assert aligned(held, visions=visions, as_of="2023-06-01").status == "MET"


# --- R31 -------------------------------------------------------------------------------------------------------------


def theme3(*directions: Direction, as_of: str = "2026-10-01") -> Finding:
    dossier = region(directions=directions)
    return judged("theme3_consistency", dossier, as_of, goal="T3.6", preconditions=["T3.2", "T3.5"])


def in_use(*codes: str) -> list[Direction]:
    return chosen("2024-01-01", *codes, phase=Phase.IN_USE)


def test_the_goal_is_not_in_use() -> None:
    busy = direction("T3.6", ("2024-01-01", Phase.IMPLEMENTING))
    assert said(theme3(busy, *in_use("T3.2"))) == ("NA", "T3.6 niet in gebruik")
    assert theme3(*in_use("T3.6"), as_of="2023-12-31").status == "NA"


def test_the_goal_stands_with_its_preconditions() -> None:
    assert said(theme3(*in_use("T3.6", "T3.5", "T3.2"))) == ("MET", "doel met randvoorwaarden")


def test_the_goal_stands_alone() -> None:
    found = theme3(*in_use("T3.6"), direction("T3.5", ("2024-01-01", Phase.IMPLEMENTING)))
    assert said(found) == ("ADVISORY", "doel gemeld zonder T3.2, T3.5")
    assert en(theme3(*in_use("T3.6", "T3.2"))) == "goal reported without T3.5"


# --- R52 -------------------------------------------------------------------------------------------------------------

HORIZON = day("2025-12-31")
THEMES = (theme("T1", "T1.1", "T1.2"), theme("T2", "T2.1"), theme("T3", "T3.1", "T3.6"), theme("T4", "T4.1", "T4.2"))


def horizon(*directions: Direction, as_of: str = "2026-10-01", themes: tuple[Theme, ...] = THEMES) -> Finding:
    return judged("horizon_themes", region(directions=directions), as_of, themes=themes, horizon=HORIZON)


def test_before_the_horizon_nothing_is_asked() -> None:
    found = horizon(as_of="2025-12-30")
    assert said(found) == ("PENDING", "horizon 2025-12-31 nog niet bereikt")
    assert found.due_on == HORIZON


def test_every_theme_had_a_direction_at_work() -> None:
    all_four = [*in_use("T1.1", "T2.1", "T3.6"), direction("T4.2", ("2025-12-31", Phase.IMPLEMENTING))]
    assert said(horizon(*all_four)) == ("MET", "vier van vier thema’s")
    assert horizon(*all_four, as_of="2025-12-31").status == "MET"


def test_a_stop_after_the_horizon_does_not_matter() -> None:
    stopped = direction("T4.2", ("2024-01-01", Phase.IN_USE), ("2026-01-01", Phase.STOPPED))
    assert horizon(*in_use("T1.1", "T2.1", "T3.6"), stopped).status == "MET"


def test_a_start_after_the_horizon_is_too_late() -> None:
    late = direction("T4.2", ("2026-01-01", Phase.IN_USE))
    assert said(horizon(*in_use("T1.1", "T2.1", "T3.6"), late)) == ("NOT_MET", "niets in T4")


def test_on_the_horizon_itself_a_theme_can_still_be_reached() -> None:
    pilot = direction("T4.2", ("2025-01-01", Phase.PILOT))
    found = horizon(*in_use("T1.1", "T3.6"), pilot, as_of="2025-12-31")
    assert said(found) == ("PENDING", "vandaag te halen: T2, T4")


def test_another_programme_may_have_another_number_of_themes() -> None:
    assert nl(horizon(*in_use("T1.1", "T2.1"), themes=THEMES[:2])) == "2 van 2 thema’s"
