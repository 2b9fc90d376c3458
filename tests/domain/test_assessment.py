"""R15: a product is assessed positively by the Kenniscentrum, judged on a day and shared by all who use it."""

from typing import Any

import pytest

from tests.domain.initiative_facts import START, asked_of, initiative, product, reported, uses
from tests.domain.roadmap_facts import day, en, said
from tracker.domain.assessment import AssessmentState, assessment_state
from tracker.domain.finding import Finding
from tracker.domain.records.enums import AssessmentStatus, EvidenceStrength, ProductKind, UseRole
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.product import Product
from tracker.domain.register import Register

INTAKE, BUSY = AssessmentStatus.INTAKE_SENT, AssessmentStatus.IN_ASSESSMENT
POSITIVE, NEGATIVE, WITHDRAWN = AssessmentStatus.POSITIVE, AssessmentStatus.NEGATIVE, AssessmentStatus.WITHDRAWN
TODAY = "2026-10-01"

THUISMETER = product(
    "P04",
    reported(POSITIVE, "2024-06-24"),
    reported(NEGATIVE, "2023-07-03"),
    reported(INTAKE, "2023-02-06"),
    reported(BUSY, "2024-02-19"),
    reported(BUSY, "2023-03-13"),
    reported(INTAKE, "2024-01-15"),
    name="ThuisMeter",
)
ZORGPLAN = product("P05", reported(POSITIVE, "2024-02-05", "2026-02-04"), name="ZorgplanSamen")


# --- the state of a product ---


@pytest.mark.parametrize(
    ("as_of", "state", "since"),
    [
        ("2023-02-05", AssessmentState.NOT_SUBMITTED, None),
        ("2023-02-06", AssessmentState.INTAKE_SENT, "2023-02-06"),
        ("2023-03-13", AssessmentState.IN_ASSESSMENT, "2023-03-13"),
        ("2023-07-02", AssessmentState.IN_ASSESSMENT, "2023-03-13"),
        ("2023-07-03", AssessmentState.NEGATIVE, "2023-07-03"),
        ("2024-01-15", AssessmentState.INTAKE_SENT, "2024-01-15"),
        ("2024-02-19", AssessmentState.IN_ASSESSMENT, "2024-02-19"),
        ("2024-06-23", AssessmentState.IN_ASSESSMENT, "2024-02-19"),
        ("2024-06-24", AssessmentState.POSITIVE, "2024-06-24"),
        ("2026-10-01", AssessmentState.POSITIVE, "2024-06-24"),
    ],
)
def test_thuismeter_goes_through_a_negative_and_a_positive_result(
    as_of: str, state: AssessmentState, since: str | None
) -> None:
    found = assessment_state(THUISMETER, "1", day(as_of))
    assert (found.state, found.since) == (state, day(since) if since else None)


@pytest.mark.parametrize(
    ("as_of", "state", "since"),
    [
        ("2026-02-04", AssessmentState.POSITIVE, "2024-02-05"),
        ("2026-02-05", AssessmentState.EXPIRED, "2026-02-05"),
    ],
)
def test_a_positive_result_holds_up_to_and_on_its_last_day(as_of: str, state: AssessmentState, since: str) -> None:
    found = assessment_state(ZORGPLAN, "1", day(as_of))
    assert (found.state, found.since, found.valid_until) == (state, day(since), day("2026-02-04"))


def test_validity_can_be_switched_off() -> None:
    found = assessment_state(ZORGPLAN, "1", day(TODAY), validity_enforced=False)
    assert (found.state, found.valid_until) == (AssessmentState.POSITIVE, None)


def test_a_version_stands_on_its_own_unless_that_is_switched_off() -> None:
    desk = product("P10", reported(POSITIVE, "2023-11-27"))
    assert assessment_state(desk, "2", day(TODAY)).state is AssessmentState.NOT_SUBMITTED
    assert assessment_state(desk, "1.0", day(TODAY)).state is AssessmentState.NOT_SUBMITTED
    assert assessment_state(desk, "2", day(TODAY), version_enforced=False).is_positive


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ((BUSY, INTAKE), AssessmentState.IN_ASSESSMENT),
        ((POSITIVE, BUSY), AssessmentState.POSITIVE),
        ((NEGATIVE, POSITIVE), AssessmentState.NEGATIVE),
        ((WITHDRAWN, NEGATIVE), AssessmentState.WITHDRAWN),
    ],
)
def test_of_one_day_the_later_step_counts(statuses: tuple[AssessmentStatus, ...], state: AssessmentState) -> None:
    held = product("P01", *(reported(status, "2024-01-01") for status in statuses))
    assert assessment_state(held, "1", day("2024-01-01")).state is state


def test_a_renewal_under_way_does_not_undo_a_valid_positive() -> None:
    held = product("P05", reported(POSITIVE, "2024-02-05", "2026-02-04"), reported(INTAKE, "2025-12-01"))
    assert assessment_state(held, "1", day("2026-02-04")).is_positive
    lapsed = assessment_state(held, "1", day("2026-02-05"))
    assert (lapsed.state, lapsed.since) == (AssessmentState.INTAKE_SENT, day("2025-12-01"))


def test_a_negative_result_ends_a_positive_one() -> None:
    held = product("P01", reported(POSITIVE, "2023-01-01"), reported(NEGATIVE, "2024-01-01"), reported(BUSY, TODAY))
    assert assessment_state(held, "1", day("2023-12-31")).is_positive
    assert assessment_state(held, "1", day("2024-01-01")).state is AssessmentState.NEGATIVE
    assert assessment_state(held, "1", day(TODAY)).state is AssessmentState.IN_ASSESSMENT


@pytest.mark.parametrize(("renewed", "since"), [("2026-02-05", "2024-02-05"), ("2026-02-06", "2026-02-06")])
def test_a_renewal_without_a_gap_keeps_the_first_day(renewed: str, since: str) -> None:
    held = product("P05", reported(POSITIVE, "2024-02-05", "2026-02-04"), reported(POSITIVE, renewed))
    assert assessment_state(held, "1", day(TODAY)).since == day(since)


# --- R15 ---


def judged_on(held: Initiative, as_of: str, *products: Product, **switches: Any) -> Finding:
    asked = {
        "from_on": day("2023-01-01"),
        "validity_enforced": True,
        "version_enforced": True,
        "kinds": ["application", "platform", "algorithm"],
    }
    return asked_of("assessed_positive", held, as_of, register=Register(products=products), **(asked | switches))


def using(*products: str, started: str | None = "2022-10-03", ended: str | None = None, **facts: Any) -> Initiative:
    return initiative(started, ended, uses=tuple(uses(code, start="2022-10-03") for code in products), **facts)


def test_before_2023_the_duty_does_not_apply() -> None:
    found = judged_on(using("P03"), "2022-12-31", product("P03"))
    assert said(found) == ("NA", "geldt vanaf 2023-01-01")


def test_an_initiative_that_started_in_2022_is_in_scope_from_the_first_day_of_2023() -> None:
    found = judged_on(using("P03"), "2023-01-01", product("P03", name="BeeldSpreek"))
    assert said(found) == ("NOT_MET", "BeeldSpreek 1: not_submitted")


@pytest.mark.parametrize(("ended", "status"), [("2022-12-31", "NA"), ("2023-01-01", "NOT_MET")])
def test_an_initiative_that_ended_before_2023_is_not_asked(ended: str, status: str) -> None:
    found = judged_on(using("P03", ended=ended), TODAY, product("P03"))
    assert found.status == status
    if status == "NA":
        assert said(found)[1] == "beëindigd voor 2023-01-01"


def test_infrastructure_and_other_products_need_no_assessment() -> None:
    held = using("P06", "P99")
    found = judged_on(
        held, TODAY, product("P06", kind=ProductKind.INFRASTRUCTURE), product("P99", kind=ProductKind.OTHER)
    )
    assert said(found) == ("NA", "geen applicatie of platform")


@pytest.mark.parametrize("kind", [ProductKind.APPLICATION, ProductKind.PLATFORM, ProductKind.ALGORITHM])
def test_applications_platforms_and_algorithms_do(kind: ProductKind) -> None:
    assert judged_on(using("P07"), TODAY, product("P07", kind=kind)).status == "NOT_MET"


def test_an_existing_base_system_is_skipped() -> None:
    background = uses("P03", start="2022-10-03", role=UseRole.BACKGROUND, justification="Bestaand HIS")
    held = initiative("2022-10-03", uses=(background,))
    assert judged_on(held, TODAY, product("P03")).status == "NA"


def test_a_positive_product_says_since_when() -> None:
    found = judged_on(using("P04"), TODAY, THUISMETER)
    assert said(found) == ("MET", "ThuisMeter 1 positief sinds 2024-06-24")
    assert en(found) == "ThuisMeter 1 positive since 2024-06-24"


def test_a_lapse_breaks_the_condition_from_the_day_after() -> None:
    assert judged_on(using("P05"), "2026-02-04", ZORGPLAN).status == "MET"
    found = judged_on(using("P05"), "2026-02-05", ZORGPLAN)
    assert said(found) == ("NOT_MET", "ZorgplanSamen 1: expired sinds 2026-02-05")
    assert judged_on(using("P05"), "2026-02-05", ZORGPLAN, validity_enforced=False).status == "MET"


def test_two_products_are_both_needed() -> None:
    held = using("P04", "P05")
    assert said(judged_on(held, "2024-06-24", THUISMETER, ZORGPLAN)) == (
        "MET",
        "ThuisMeter 1, ZorgplanSamen 1 positief sinds 2024-06-24",
    )
    assert said(judged_on(held, "2024-06-23", THUISMETER, ZORGPLAN)) == (
        "NOT_MET",
        "ThuisMeter 1: in_assessment sinds 2024-02-19",
    )


def test_of_several_that_fail_the_worst_leads_and_the_others_are_named() -> None:
    held = using("P03", "P05")
    found = judged_on(held, "2026-02-05", product("P03", name="BeeldSpreek"), ZORGPLAN)
    assert said(found) == ("NOT_MET", "BeeldSpreek 1: not_submitted; ook niet positief: ZorgplanSamen 1")


def test_what_fails_shows_the_use_and_the_event_it_rests_on() -> None:
    found = judged_on(using("P05"), "2026-02-05", ZORGPLAN)
    assert [type(record).__name__ for record in found.records] == ["ProductUse", "Assessment"]
    assert [type(record).__name__ for record in judged_on(using("P03"), TODAY, product("P03")).records] == [
        "ProductUse"
    ]


def test_a_use_counts_from_its_first_to_its_last_day() -> None:
    held = initiative("2022-10-03", uses=(uses("P03", start="2023-04-01", end="2023-06-30"),))
    days = ("2023-03-31", "2023-04-01", "2023-06-30", "2023-07-01")
    assert [judged_on(held, at, product("P03")).status.value for at in days] == ["NA", "NOT_MET", "NOT_MET", "NA"]


def test_a_new_version_needs_its_own_assessment() -> None:
    desk = product("P10", reported(POSITIVE, "2023-11-27"), name="MeekijkDesk")
    held = initiative("2022-10-03", uses=(uses("P10", "2", start="2022-10-03"),))
    assert said(judged_on(held, TODAY, desk)) == ("NOT_MET", "MeekijkDesk 2: not_submitted")
    assert judged_on(held, TODAY, desk, version_enforced=False).status == "MET"


def test_an_ended_initiative_is_judged_on_its_last_day() -> None:
    assert judged_on(using("P05", ended="2026-02-04"), TODAY, ZORGPLAN).status == "MET"
    assert judged_on(using("P05", ended="2026-02-05"), TODAY, ZORGPLAN).status == "NOT_MET"


def test_what_the_kenniscentrum_reports_later_is_not_known_yet() -> None:
    held = product("P01", reported(POSITIVE, "2024-01-02"))
    assert judged_on(using("P01"), "2024-01-01", held).status == "NOT_MET"


def test_the_proof_is_that_of_the_assessment() -> None:
    letter = Evidence(title="Brief", strength=EvidenceStrength.CHECKED)
    event = reported(POSITIVE, "2023-02-01")
    shown = type(event)(version="1", reported_on=event.reported_on, status=event.status, evidence=(letter,))
    assert judged_on(using("P01"), TODAY, product("P01", shown)).proof is EvidenceStrength.CHECKED


# --- the pre-check ---


def test_before_the_start_the_state_on_the_planned_start_is_told() -> None:
    held = using("P05", started=None, planned_start_on=day("2026-02-05"))
    found = judged_on(held, "2026-01-01", ZORGPLAN)
    assert said(found) == ("NA", "nog niet gestart; bij start: expired")
    held = using("P05", started=None, planned_start_on=day("2026-02-04"))
    assert said(judged_on(held, "2026-01-01", ZORGPLAN)) == ("NA", "nog niet gestart; bij start: positive")


def test_a_planned_start_that_has_passed_is_judged_today() -> None:
    held = using("P05", started=None, planned_start_on=day("2025-01-01"))
    assert said(judged_on(held, "2026-02-05", ZORGPLAN)) == ("NA", "nog niet gestart; bij start: expired")


def test_the_pre_check_tells_the_worst_of_several() -> None:
    held = using("P05", "P03", started=None)
    assert (
        said(judged_on(held, "2026-01-01", ZORGPLAN, product("P03")))[1] == "nog niet gestart; bij start: not_submitted"
    )


def test_a_pre_check_without_a_product_says_so() -> None:
    found = judged_on(initiative(None), "2026-01-01")
    assert said(found) == ("NA", "nog niet gestart; nog geen applicatie of platform vastgelegd")


def test_on_the_day_of_the_start_the_duty_begins() -> None:
    held = initiative(START, uses=(uses("P03", start="2022-10-03"),))
    assert judged_on(held, "2023-02-28", product("P03")).status == "NA"
    assert judged_on(held, START, product("P03")).status == "NOT_MET"
