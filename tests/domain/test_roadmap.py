"""R03, R04, R05 and R09: who leads digitalisation, ICT support, and the three support lines."""

import pytest

from tests.domain.roadmap_facts import DEADLINE, SOFT, alignment, day, en, judged, lead, region, said
from tracker.domain.finding import Days, Finding
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import SupportActivity
from tracker.domain.records.enums import LeadRole, SupportLine
from tracker.domain.records.ict import IctLead, IctSupport
from tracker.domain.records.periods import Alignment
from tracker.domain.roadmap import days_without_lead


def on_deadline(*leads: IctLead, as_of: str = "2026-10-01") -> Finding:
    return judged("ict_lead_on_deadline", region(ict_leads=leads), as_of, deadline=DEADLINE)


def now(*leads: IctLead, as_of: str = "2026-10-01") -> Finding:
    return judged("ict_lead_now", region(ict_leads=leads), as_of, deadline=DEADLINE)


# --- R03 -------------------------------------------------------------------------------------------------------------


def test_before_the_deadline_nobody_is_asked_for_a_lead() -> None:
    found = on_deadline(lead("2020-01-01"), as_of="2022-06-30")
    assert said(found) == ("PENDING", "uiterste datum 2022-07-01 nog niet bereikt")
    assert found.due_on == DEADLINE


@pytest.mark.parametrize("role", list(LeadRole))
def test_either_role_in_post_on_the_deadline_is_enough(role: LeadRole) -> None:
    assert said(on_deadline(lead("2022-07-01", role=role))) == ("MET", "in functie op 2022-07-01")


def test_somebody_whose_last_day_was_the_deadline_was_in_post() -> None:
    assert on_deadline(lead("2020-01-01", "2022-07-01")).status == "MET"
    assert on_deadline(lead("2020-01-01", "2022-06-30")).status == "NOT_MET"


def test_leaving_later_changes_nothing() -> None:
    assert on_deadline(lead("2021-09-01", "2022-12-31")).status == "MET"


def test_on_the_deadline_itself_an_empty_post_still_waits() -> None:
    assert said(on_deadline(as_of="2022-07-01")) == ("PENDING", "nog niemand in functie")
    assert said(on_deadline(as_of="2022-07-02")) == ("NOT_MET", "geen CIO of CMIO")


def test_an_appointment_after_the_deadline_is_late_also_when_it_ended() -> None:
    found = on_deadline(lead("2022-08-15", "2022-12-31"), lead("2023-06-01", role=LeadRole.CIO))
    assert said(found) == ("LATE", "cmio sinds 2022-08-15, 45 dagen te laat")
    assert en(found) == "cmio since 2022-08-15, 45 days late"
    assert found.days_late == 45


def test_the_day_after_the_deadline_is_one_day_late() -> None:
    assert on_deadline(lead("2022-07-02"), as_of="2022-07-02").days_late == 1


# --- R04 -------------------------------------------------------------------------------------------------------------


def test_in_post_without_a_gap() -> None:
    found = now(lead("2022-07-01"))
    assert said(found) == ("MET", "in functie; 0 dagen zonder sinds 2022-07-01")


def test_the_last_day_in_post_counts_and_the_next_does_not() -> None:
    cmio = lead("2022-01-01", "2026-03-31")
    assert now(cmio, as_of="2026-03-31").status == "MET"
    found = now(cmio, as_of="2026-04-01")
    assert said(found) == ("NOT_MET", "vacant sinds 2026-04-01; 1 dagen zonder sinds 2022-07-01")


def test_hollerdiep_had_two_gaps() -> None:
    cio = lead("2021-09-01", "2022-12-31", LeadRole.CIO)
    cmio = lead("2023-06-01", "2026-03-31")
    found = now(cmio, cio, as_of="2026-10-01")
    first_gap = (day("2023-06-01") - day("2023-01-01")).days
    second_gap = (day("2026-10-02") - day("2026-04-01")).days
    assert found.reason.values["gap"] == Days(first_gap + second_gap)
    assert found.reason.values["date"] == day("2026-04-01")


def test_before_and_on_the_deadline_an_empty_post_waits() -> None:
    assert said(now(as_of="2022-07-01")) == ("PENDING", "nog niemand in functie")
    assert now(as_of="2022-07-02").status == "NOT_MET"


def test_a_region_that_never_had_a_lead_is_vacant_since_the_deadline() -> None:
    found = now(as_of="2022-07-02")
    assert said(found) == ("NOT_MET", "vacant sinds 2022-07-01; 2 dagen zonder sinds 2022-07-01")


def test_somebody_in_post_before_the_deadline_has_no_gap_yet() -> None:
    assert said(now(lead("2022-01-01"), as_of="2022-03-01")) == ("MET", "in functie; 0 dagen zonder sinds 2022-07-01")


@pytest.mark.parametrize(
    ("leads", "days"),
    [
        ((), 10),
        ((lead("2020-01-01", "2020-12-31"),), 10),
        ((lead("2022-07-10"),), 9),
        ((lead("2022-07-01", "2022-07-01"),), 9),
        ((lead("2022-07-03", "2022-07-05"), lead("2022-07-04", "2022-07-06", LeadRole.CIO)), 6),
        ((lead("2022-07-02", "2022-07-03"), lead("2022-07-06"),), 3),
        ((lead("2022-06-01"),), 0),
        ((lead("2022-08-01"),), 10),
    ],
)  # fmt: skip
def test_days_without_a_lead_count_both_ends(leads: tuple[IctLead, ...], days: int) -> None:
    assert days_without_lead(leads, day("2022-07-01"), day("2022-07-10")) == days


# --- R05 -------------------------------------------------------------------------------------------------------------


def desk(start: str, *statements: Alignment, end: str | None = None, name: str = "Servicedesk") -> IctSupport:
    return IctSupport(name=name, from_on=day(start), to_on=day(end) if end else None, alignment=statements)


def support(*facilities: IctSupport, as_of: str = "2026-10-01") -> Finding:
    return judged("ict_support_on_deadline", region(ict_support=facilities), as_of, deadline=DEADLINE)


def test_before_the_deadline_nobody_is_asked_for_support() -> None:
    found = support(desk("2021-01-01", alignment(1, "2021-01-01")), as_of="2022-06-30")
    assert said(found) == ("PENDING", "uiterste datum 2022-07-01 nog niet bereikt")


@pytest.mark.parametrize("stated", ["2022-05-01", "2022-07-01"])
def test_support_active_and_aligned_on_the_deadline(stated: str) -> None:
    found = support(desk("2022-05-01", alignment(1, stated)))
    assert said(found) == ("MET", "actief en aansluitend op 2022-07-01")


def test_support_that_ended_later_was_there_on_the_deadline() -> None:
    assert support(desk("2022-05-01", alignment(1, "2022-05-01"), end="2022-07-01")).status == "MET"


def test_on_the_deadline_itself_no_support_still_waits() -> None:
    assert said(support(as_of="2022-07-01")) == ("PENDING", "nog geen ondersteuning")
    assert said(support(as_of="2022-07-02")) == ("NOT_MET", "geen ondersteuning")


def test_on_the_deadline_itself_support_without_alignment_is_half() -> None:
    found = support(desk("2022-05-01"), as_of="2022-07-01")
    assert said(found) == ("PARTIAL", "ondersteuning zonder aansluiting op de visie")


def test_alignment_stated_later_is_late_by_days() -> None:
    found = support(desk("2022-05-01", alignment(1, "2022-05-01", False), alignment(1, "2022-09-01")))
    assert said(found) == ("LATE", "aansluitend sinds 2022-09-01, 62 dagen te laat")
    assert found.days_late == 62


def test_support_that_starts_later_is_late_from_its_first_day() -> None:
    found = support(desk("2022-07-02", alignment(1, "2022-06-01")))
    assert said(found) == ("LATE", "aansluitend sinds 2022-07-02, 1 dagen te laat")


def test_the_latest_statement_up_to_the_day_counts() -> None:
    found = support(desk("2022-01-01", alignment(1, "2022-01-01"), alignment(1, "2022-06-30", False)))
    assert found.status == "PARTIAL"


def test_of_two_statements_on_one_day_the_higher_version_counts() -> None:
    both = (alignment(2, "2022-06-01", False), alignment(1, "2022-06-01"))
    assert support(desk("2022-01-01", *both)).status == "PARTIAL"
    assert support(desk("2022-01-01", *reversed(both))).status == "PARTIAL"


def test_alignment_stated_after_the_end_is_too_late() -> None:
    assert support(desk("2022-01-01", alignment(1, "2022-09-02"), end="2022-09-01")).status == "PARTIAL"
    assert support(desk("2022-01-01", alignment(1, "2022-09-01"), end="2022-09-01")).status == "LATE"


def test_the_first_facility_that_fits_decides() -> None:
    found = support(
        desk("2022-10-01", alignment(1, "2022-10-01"), name="Tweede"),
        desk("2022-08-01", alignment(1, "2022-08-01"), name="Eerste"),
    )
    assert [item.name for item in found.records] == ["Eerste"]  # type: ignore[attr-defined]
    assert found.days_late == 31


def test_support_that_ended_before_the_deadline_counts_for_nothing() -> None:
    assert support(desk("2020-01-01", alignment(1, "2020-01-01"), end="2022-06-30")).status == "NOT_MET"
    assert support(desk("2020-01-01", end="2022-07-01")).status == "PARTIAL"


def test_the_alignment_is_taken_as_recorded_without_asking_for_the_vision() -> None:
    assert support(desk("2022-05-01", alignment(7, "2022-05-01"))).status == "MET"


# --- R09 -------------------------------------------------------------------------------------------------------------


def lines(*running: tuple[SupportLine, str, str | None], as_of: str = "2026-10-01") -> Finding:
    activities = tuple(
        SupportActivity(line=line, title="Hulp", from_on=day(start), to_on=day(end) if end else None)
        for line, start, end in running
    )
    return judged("support_lines", region(support_activities=activities), as_of, soft_deadline=SOFT)


ALL_LINES = [(line, "2022-10-01", None) for line in SupportLine]


def test_all_three_lines_are_active() -> None:
    assert said(lines(*ALL_LINES)) == ("MET", "3 van 3 lijnen")
    assert lines(*ALL_LINES, as_of="2022-10-01").status == "MET"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_until_the_soft_deadline_fewer_lines_wait(number: int) -> None:
    found = lines(*ALL_LINES[:number], as_of="2022-12-31")
    assert said(found) == ("PENDING", f"{number} van 3 lijnen")
    assert found.due_on == SOFT


@pytest.mark.parametrize("number", [1, 2])
def test_after_it_one_or_two_lines_are_half(number: int) -> None:
    assert said(lines(*ALL_LINES[:number], as_of="2023-01-01")) == ("PARTIAL", f"{number} van 3 lijnen")


def test_after_it_no_line_is_not_met() -> None:
    assert said(lines(as_of="2023-01-01")) == ("NOT_MET", "geen ondersteuning actief")


def test_an_activity_counts_up_to_its_last_day() -> None:
    ending = [(line, "2022-10-01", "2024-05-31") for line in SupportLine]
    assert lines(*ending, as_of="2024-05-31").status == "MET"
    assert lines(*ending, as_of="2024-06-01").status == "NOT_MET"


def test_two_activities_of_one_line_are_one_line() -> None:
    twice = [(SupportLine.SKILLS, "2022-10-01", None), (SupportLine.SKILLS, "2022-11-01", None)]
    assert said(lines(*twice)) == ("PARTIAL", "1 van 3 lijnen")


# --- scope -----------------------------------------------------------------------------------------------------------


def test_a_region_outside_the_frame_is_not_judged() -> None:
    unlinked: Cooperation = region(insurers=())
    found = judged("ict_lead_now", unlinked, "2026-10-01", scope="frame", deadline=DEADLINE)
    assert said(found) == ("NA", "valt niet onder het kader van Menzis")
