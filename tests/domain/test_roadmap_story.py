"""The roadmap of a region in time: what was agreed, realised, late and missing."""

from datetime import date
from typing import Any

from tests.domain.roadmap_facts import contract, day, direction, lead, region, vision
from tracker.domain.finding import Days
from tracker.domain.records.contract import Waiver
from tracker.domain.records.enums import LeadRole, Phase
from tracker.domain.records.evaluation import Round
from tracker.domain.register import Register
from tracker.domain.roadmap_story import Row, Story, roadmap_story, worst_rows
from tracker.domain.rules import findings
from tracker.domain.story import MarkKind, SpanKind
from tracker.domain.visibility import seen
from tracker.programmes import load_programmes

MENZIS = next(item for item in load_programmes() if item.key == "menzis-2022")
TODAY = "2026-10-01"


def told(as_of: str = TODAY, **facts: Any) -> Story:
    """The story of an invented region."""
    dossier = seen(region(**facts), day(as_of)) or region(**facts)
    return roadmap_story(dossier, findings(dossier, Register(), (MENZIS,), day(as_of)), MENZIS, day(as_of))


def row(story: Story, key: str) -> Row:
    return next(item for item in story.rows if item.key == key)


def spans(story: Story, key: str) -> list[tuple[str, date, date]]:
    return [(item.kind.value, item.from_on, item.to_on) for item in row(story, key).spans]


def test_a_late_vision_keeps_its_agreed_day_and_says_how_late() -> None:
    story = told(visions=(vision("2022-10-14"),))
    held = row(story, "vision")
    assert held.first(MarkKind.AGREED) == day("2022-07-01")
    assert held.first(MarkKind.DONE) == day("2022-10-14")
    assert held.note is not None
    assert held.note.values["days"] == Days(105)
    assert ("late", day("2022-07-02"), day("2022-10-14")) in spans(story, "vision")


def test_an_agreed_deviation_stands_beside_the_original_date() -> None:
    waiver = Waiver(
        rule="vision_on_time",
        subject="WOL",
        agreed_on=day("2022-06-20"),
        until=day("2022-10-31"),
        signer="Menzis",
        reason="Fusie.",
    )
    held = row(told(visions=(vision("2022-10-14"),), waivers=(waiver,)), "vision")
    assert held.first(MarkKind.AGREED) == day("2022-07-01")
    assert held.first(MarkKind.AGREED_AGAIN) == day("2022-10-31")
    assert held.note is not None


def test_gaps_without_anyone_in_post_have_a_length_in_days() -> None:
    story = told(
        ict_leads=(lead("2021-09-01", "2022-12-31", LeadRole.CIO), lead("2023-06-01", "2026-03-31")),
    )
    gaps = [item.days for item in row(story, "lead").spans if item.kind is SpanKind.MISSING]
    assert gaps == [151, 184]
    assert story.without_lead == 335
    assert row(story, "lead").is_breach


def test_a_first_appointment_after_the_deadline_is_late_and_no_gap() -> None:
    story = told(ict_leads=(lead("2022-08-15"),))
    assert spans(story, "lead")[-1] == ("late", day("2022-07-01"), day("2022-08-14"))
    assert story.late == 1


def test_two_people_in_post_at_once_stand_in_two_rows() -> None:
    story = told(ict_leads=(lead("2022-01-01"), lead("2023-03-01", "2025-02-28", LeadRole.CIO)))
    assert [item.key for item in story.rows if item.key.startswith("lead")] == ["lead", "lead:0"]


def test_before_the_deadline_nothing_is_missing() -> None:
    story = told("2022-06-30")
    assert (story.late, story.missing, story.without_lead) == (0, 0, None)
    assert row(story, "vision").first(MarkKind.AGREED) == day("2022-07-01")


def test_a_direction_that_stopped_ends_its_bar_and_the_count_of_three() -> None:
    chosen = ("2022-12-05", Phase.SELECTED)
    story = told(
        directions=(
            direction("T1.1", chosen),
            direction("T1.2", chosen),
            direction("T3.4", chosen, ("2024-02-01", Phase.STOPPED)),
        )
    )
    assert spans(story, "direction:T3.4") == [("selected", day("2022-12-05"), day("2024-01-31"))]
    assert spans(story, "directions") == [
        ("there", day("2022-12-05"), day("2024-01-31")),
        ("missing", day("2024-02-01"), day(TODAY)),
    ]


def test_the_bar_of_what_was_late_lasts_as_long_as_its_note_says() -> None:
    chosen = (direction("T1.1", ("2022-03-15", Phase.SELECTED)), direction("T3.4", ("2023-03-20", Phase.SELECTED)))
    held = row(told(directions=(*chosen, direction("T3.7", ("2023-03-20", Phase.SELECTED)))), "directions")
    assert held.note is not None
    assert [held.note.values["days"]] == [Days(item.days) for item in held.spans if item.kind.value == "late"]


def test_days_without_a_contract_are_counted_from_the_day_after_its_end() -> None:
    story = told(contracts=(contract("2022-12-20", "2023-01-01", "2025-12-31"),))
    held = row(story, "contract")
    assert held.note is not None
    assert held.note.values["days"] == Days(274)


def test_an_agreed_end_that_lies_ahead_is_a_point_and_no_bar() -> None:
    held = row(told(contracts=(contract("2022-12-20", "2023-01-01", "2027-12-31"),)), "contract")
    assert held.first(MarkKind.AGREED) == day("2027-12-31")
    assert max(item.to_on for item in held.spans) == day(TODAY)


def test_a_meeting_that_came_too_late_leaves_a_gap_and_the_next_one_is_agreed() -> None:
    held = told(rounds=(Round(number=1, held_on=day("2023-11-20")), Round(number=2, held_on=day("2025-11-17"))))
    assert spans(held, "rounds") == [("missing", day("2025-02-21"), day("2025-11-16"))]
    assert row(held, "rounds").first(MarkKind.AGREED) == day("2026-11-17")


def test_the_worst_rows_come_first_what_is_missing_now_before_what_once_was_late() -> None:
    story = told(visions=(vision("2022-10-14"),), ict_leads=(lead("2022-01-01", "2026-03-31"),))
    keys = [item.key for item in worst_rows(story, 9)]
    assert keys.index("lead") < keys.index("vision")
    assert len(worst_rows(story)) == 5


def test_a_region_of_another_insurer_has_no_agreed_dates() -> None:
    story = told(insurers=(), visions=(vision("2022-10-14"),))
    assert row(story, "vision").first(MarkKind.AGREED) is None
    assert story.missing == 0


def test_a_planned_meeting_stands_as_an_agreed_date_until_it_is_held() -> None:
    planned = Round(number=2, invited_on=day("2026-01-01"), planned_on=day("2026-12-01"))
    held = told(rounds=(Round(number=1, held_on=day("2025-11-17")), planned))
    marks = [mark for mark in row(held, "rounds").marks if mark.kind is MarkKind.AGREED]
    assert [mark.day for mark in marks] == [day("2026-12-01")]
