"""The matrix of the portfolio, the size of a region, themes in progress and names: small functions that pages share."""

import msgspec
import pytest

from tests.domain.roadmap_facts import DEADLINE, asked, day, direction, lead, programme, region, theme
from tracker.domain.finding import Status
from tracker.domain.matrix import columns, has_changed, not_met, row_of, tally
from tracker.domain.names import Named, folded, matching
from tracker.domain.records.cooperation import Count
from tracker.domain.records.enums import Phase
from tracker.domain.records.periods import Period
from tracker.domain.records.practice import InsuredCount, Practice
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.domain.size import Size, size_of, total_size
from tracker.domain.theme_progress import themes_in_progress

TODAY = day("2026-10-01")


def practice(code: str, start: str, end: str | None = None, *insured: tuple[str, int]) -> Practice:
    period = Period(from_on=day(start), to_on=day(end) if end else None)
    counts = tuple(InsuredCount(counted_on=day(on), insured=number) for on, number in insured)
    return Practice(code=code, name=code, memberships=(period,), insured=counts)


# --- matrix ---


def test_columns_stand_in_their_own_order_and_others_are_no_column():
    rules = [msgspec.structs.replace(asked(key, key=key), column=place) for key, place in (("b", 2), ("a", 1))]
    assert [item.key for item in columns(programme(*rules, asked("c")))] == ["a", "b"]


def test_a_row_holds_the_findings_of_the_region_itself():
    rule = msgspec.structs.replace(asked("ict_lead_now", deadline=DEADLINE), column=1)
    asking = programme(rule)
    row = row_of(findings(region(), Register(), (asking,), TODAY), "WOL", asking)
    assert [(key, item.status) for key, item in row.items()] == [("ict_lead_now", Status.NOT_MET)]
    assert tally(row.values()).of == 1
    assert not_met(row) == list(row.values())


def test_what_does_not_apply_is_left_out_of_the_sum():
    rule = msgspec.structs.replace(asked("ict_lead_now", deadline=DEADLINE, scope="frame"), column=1)
    asking = programme(rule)
    counts = tally(findings(region(insurers=()), Register(), (asking,), TODAY))
    assert (counts.met, counts.of, counts.number(Status.NA)) == (0, 0, 1)


def test_a_cell_changed_when_its_status_differs_and_was_known():
    asking = programme(asked("ict_lead_now", deadline=DEADLINE))
    held = region(ict_leads=(lead("2022-01-01", "2026-03-31"),))
    before, now = (findings(held, Register(), (asking,), day(on))[0] for on in ("2026-03-31", "2026-04-01"))
    assert has_changed(before, now)
    assert not has_changed(now, now)
    assert not has_changed(None, now)


# --- size ---


def test_the_size_counts_affiliated_practices_with_their_latest_count():
    held = region(
        practices=(
            practice("P1", "2020-01-01", None, ("2021-01-01", 2000), ("2025-01-01", 2100)),
            practice("P2", "2020-01-01", "2024-12-31", ("2021-01-01", 9000)),
            practice("P3", "2020-01-01"),
        )
    )
    assert size_of(held, TODAY) == Size(2, 2100)


def test_without_practices_the_own_statement_counts_and_without_that_nothing_is_known():
    counts = tuple(Count(counted_on=day(on), practices=number) for on, number in (("2022-01-01", 5), ("2025-01-01", 6)))
    assert size_of(region(counts=counts), TODAY) == Size(6, None)
    assert size_of(region(), TODAY) == Size(None, None)
    assert size_of(region(practices=(practice("P3", "2020-01-01"),)), TODAY) == Size(1, None)


def test_the_total_leaves_out_what_is_unknown():
    assert total_size([Size(2, 100), Size(None, None), Size(3, None)]) == Size(5, 100)
    assert total_size([]) == Size(None, None)


# --- themes in progress ---


def test_a_theme_counts_regions_and_not_directions():
    busy = region(
        directions=(
            direction("T1.1", ("2022-08-15", Phase.IMPLEMENTING), ("2024-01-01", Phase.STOPPED)),
            direction("T1.2", ("2023-03-01", Phase.IN_USE)),
        )
    )
    pilot = region(directions=(direction("T1.1", ("2022-09-01", Phase.PILOT)),))
    asking = programme(themes=(theme("T1", "T1.1", "T1.2"), theme("T2", "T2.1")))
    first, second = themes_in_progress((busy, pilot), asking, day("2022-01-01"), TODAY)
    assert [(step.on, step.regions) for step in first.steps] == [(day("2022-01-01"), 0), (day("2022-08-15"), 1)]
    assert (first.now, first.on(day("2022-08-14")), first.among) == (1, 0, 2)
    assert [(step.on, step.regions) for step in second.steps] == [(day("2022-01-01"), 0)]


def test_a_theme_that_stops_steps_down_again():
    held = region(directions=(direction("T1.1", ("2022-08-15", Phase.IN_USE), ("2024-01-01", Phase.STOPPED)),))
    (found,) = themes_in_progress((held,), programme(themes=(theme("T1", "T1.1"),)), day("2022-01-01"), TODAY)
    assert [step.regions for step in found.steps] == [0, 1, 0]


# --- names ---


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("een", ["A", "B"]),
        ("ÉÉN", ["A", "B"]),
        ("huis een", ["B"]),
        ("b", ["B"]),
        ("", []),
        ("zzz", []),
    ],
)
def test_accents_capitals_and_order_do_not_matter(typed, found):
    among = (Named("Één", "A"), Named("Het eenhuis", "B"))
    assert [item.code for item in matching(typed, among)] == found


def test_letters_are_folded():
    assert folded("Ångström ﬁ") == "angstrom fi"
