"""How long nothing new was recorded of a cooperation."""

from datetime import date
from decimal import Decimal

import pytest

from tests.domain.initiative_facts import initiative, on, plan, step
from tests.domain.roadmap_facts import day, region, vision
from tracker.domain.records.base import Record
from tracker.domain.records.contract import Contract, InsurerLink
from tracker.domain.records.enums import Better, ContractScope, LeadRole
from tracker.domain.records.ict import IctLead
from tracker.domain.records.periods import Measurement, Period
from tracker.domain.records.plan import Indicator, Target
from tracker.domain.records.practice import ComponentUse, InsuredCount, Practice
from tracker.domain.silence import last_fact_on

TODAY = day("2026-10-01")


def practice(**facts: tuple[Record, ...]) -> Practice:
    return Practice(code="WOL-01", name="De Wulp", memberships=(Period(from_on=day("2011-01-01")),), **facts)  # type: ignore[arg-type]


def test_a_region_is_silent_since_its_latest_fact() -> None:
    held = region(visions=(vision("2024-06-12", 2), vision("2022-05-18")))
    assert last_fact_on(held, TODAY) == day("2024-06-12")
    assert last_fact_on(held, day("2024-06-12")) == day("2024-06-12")


def test_what_is_still_to_come_breaks_no_silence() -> None:
    held = region(visions=(vision("2024-06-12"),))
    assert last_fact_on(held, day("2024-06-11")) == day("2020-01-01")


def test_agreed_ends_and_promises_are_not_counted() -> None:
    lead = IctLead(role=LeadRole.CMIO, person="J. Wulp", from_on=day("2022-01-01"), to_on=day("2026-03-31"))
    contract = Contract(
        code="c1",
        insurer="menzis",
        signed_on=day("2021-12-01"),
        starts_on=day("2022-01-01"),
        ends_on=day("2025-12-31"),
        scopes=(ContractScope.FINANCING,),
    )
    planned = initiative(
        None, planned_start_on=day("2023-03-01"), plans=(plan("2022-09-26", step("m1", "2024-01-01")),)
    )
    target = Target(set_on=day("2022-10-01"), due_on=day("2025-01-01"), value=Decimal(40))
    planned = type(planned)(
        **{name: getattr(planned, name) for name in planned.__struct_fields__ if name != "indicators"},
        indicators=(Indicator(code="p1", name="accounts", unit="%", better=Better.HIGHER, targets=(target,)),),
    )
    held = region(ict_leads=(lead,), contracts=(contract,), initiatives=(planned,))
    assert last_fact_on(held, TODAY) == day("2022-10-01")


def test_a_milestone_that_was_done_is_a_fact() -> None:
    held = region(initiatives=(initiative(plans=(plan("2022-09-26", step("m1", "2024-01-01", "2024-02-02")),)),))
    assert last_fact_on(held, TODAY) == day("2024-02-02")


def test_practice_use_and_measurements_are_not_counted_and_counts_are() -> None:
    use = ComponentUse(component="T1.1a", available_from=day("2025-01-01"), used_from=day("2025-02-01"))
    value = Measurement(measured_on=day("2025-03-01"), value=Decimal(1))
    indicator = Indicator(code="p1", name="accounts", unit="%", baseline=value, measurements=(value,))
    held = region(practices=(practice(use=(use,)),), initiatives=(initiative(indicators=(indicator,)),))
    assert last_fact_on(held, TODAY) == day("2023-03-01")
    count = InsuredCount(counted_on=day("2024-01-01"), insured=2400)
    assert last_fact_on(region(practices=(practice(use=(use,), insured=(count,)),)), TODAY) == day("2024-01-01")


def test_what_stands_in_a_record_that_is_not_visible_yet_is_not_counted() -> None:
    held = initiative("2024-01-01", proposed_on=day("2025-01-01"))
    assert last_fact_on(region(initiatives=(held,)), day("2024-06-01")) == day("2020-01-01")


@pytest.mark.parametrize(("from_on", "last"), [(None, None), ("2026-10-02", None), ("2026-10-01", TODAY)])
def test_a_region_without_facts_has_no_last_one(from_on: str | None, last: date | None) -> None:
    start = on(from_on)
    links = () if start is None else (InsurerLink(insurer="menzis", from_on=start),)
    assert last_fact_on(region(insurers=links), TODAY) == last
