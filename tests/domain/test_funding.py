"""R24, R33 and R34: no item paid twice, streams for what they are meant for, segment 3 within a contract."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.money_facts import contract, initiative, line, of_lines, said
from tests.domain.roadmap_facts import day, region
from tracker.domain.finding import Finding
from tracker.domain.funding import (
    Payment,
    item_key,
    overlaps,
    payments_by_item,
    segments,
)
from tracker.domain.records.contract import Contract
from tracker.domain.records.enums import ContractScope, CoveredBy, Purpose, Stream
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import Initiative

# --- R24 -------------------------------------------------------------------------------------------------------------

KRO = (
    initiative(
        "I14",
        line("f1", "zorgplan", "70", "2024-03-04", "2026-12-31"),
        line("f2", "zorgplan", "60", "2024-07-01", "2025-12-31", stream=Stream.REGIONAL_PERFORMANCE),
    ),
)


def paid_once(as_of: str, *initiatives: Initiative, code: str = "I14") -> Finding:
    return of_lines("no_double_funding_computed", code, as_of, *initiatives)


def test_before_the_overlap_the_highest_total_is_shown() -> None:
    assert said(paid_once("2024-06-30", *KRO)) == ("MET", "hoogste totaal 70%")


def test_on_the_first_day_of_the_overlap_the_item_is_paid_twice() -> None:
    assert said(paid_once("2024-07-01", *KRO)) == ("NOT_MET", "zorgplan: 130% van 2024-07-01 t/m 2024-07-01")


def test_an_overlap_stays_after_it_ended() -> None:
    found = paid_once("2026-10-01", *KRO)
    assert said(found) == ("NOT_MET", "zorgplan: 130% van 2024-07-01 t/m 2025-12-31")
    assert {record.code for record in found.records if isinstance(record, FundingLine)} == {"f1", "f2"}


def test_an_initiative_without_lines_is_fine() -> None:
    assert said(paid_once("2026-10-01", initiative("I14"))) == ("MET", "hoogste totaal 0%")


def test_exactly_a_hundred_is_allowed_and_a_hundredth_more_is_not() -> None:
    seven = [line(f"f{number}", "training", "12.4", "2024-01-01") for number in range(7)]
    assert (
        paid_once("2024-01-01", initiative("I14", *seven, line("f7", "training", "13.2", "2024-01-01"))).status == "MET"
    )
    more = line("f7", "training", "13.2000000000000000000000000000000000001", "2024-01-01")
    assert paid_once("2024-01-01", initiative("I14", *seven, more)).status == "NOT_MET"


def test_consecutive_lines_do_not_overlap_and_one_shared_day_does() -> None:
    first = line("f1", "platform", "100", "2024-01-01", "2024-12-31")
    assert (
        paid_once("2026-01-01", initiative("I14", first, line("f2", "platform", "100", "2025-01-01"))).status == "MET"
    )
    shared = paid_once("2026-01-01", initiative("I14", first, line("f2", "platform", "100", "2024-12-31")))
    assert said(shared) == ("NOT_MET", "platform: 200% van 2024-12-31 t/m 2024-12-31")


def test_an_item_is_the_same_in_capitals_and_with_outer_spaces_and_across_initiatives() -> None:
    one = initiative("I1", line("f1", "Zorgplan", "70", "2024-01-01", "2024-12-31"))
    other = initiative("I2", line("f1", "  zorgPLAN ", "60", "2024-06-01"))
    for code in ("I1", "I2"):
        assert paid_once("2025-06-01", one, other, code=code).status == "NOT_MET"


def test_two_items_are_paid_by_two_streams() -> None:
    training = line("f2", "training", "100", "2024-01-01", stream=Stream.REGIONAL_PERFORMANCE)
    assert (
        paid_once("2024-06-01", initiative("I14", line("f1", "platform", "100", "2024-01-01"), training)).status
        == "MET"
    )


def test_an_initiative_that_pays_on_other_days_keeps_out_of_the_overlap() -> None:
    others = (
        initiative("I1", line("f1", "zorgplan", "100", "2024-01-01", "2024-03-31")),
        initiative("I2", line("f1", "zorgplan", "50", "2024-03-01", "2024-03-31")),
    )
    late = initiative("I3", line("f1", "zorgplan", "40", "2024-04-01"))
    assert said(paid_once("2025-01-01", *others, late, code="I3")) == ("MET", "hoogste totaal 40%")
    assert paid_once("2025-01-01", *others, late, code="I2").status == "NOT_MET"


def test_the_first_of_several_overlaps_is_told() -> None:
    lines = (
        line("f1", "website", "110", "2025-01-01", "2025-01-31"),
        line("f2", "platform", "150", "2024-05-01", "2024-05-31"),
    )
    assert said(paid_once("2026-01-01", initiative("I14", *lines)))[1] == "platform: 150% van 2024-05-01 t/m 2024-05-31"


@pytest.mark.parametrize("by", list(CoveredBy))
def test_an_effort_that_is_paid_already_asks_attention(by: CoveredBy) -> None:
    found = paid_once("2024-01-01", initiative("I14", line("f1", "website", "50", "2024-01-01", covered_by=by)))
    assert said(found) == ("ADVISORY", f"website mogelijk al betaald uit {by.value}")


def test_paid_twice_is_worse_than_paid_already() -> None:
    held = initiative("I14", line("f1", "website", "101", "2024-01-01", covered_by=CoveredBy.OPEN))
    assert paid_once("2024-01-01", held).status == "NOT_MET"


def test_a_line_that_starts_tomorrow_is_not_seen() -> None:
    assert said(paid_once("2024-03-03", *KRO)) == ("MET", "hoogste totaal 0%")


def test_the_last_day_of_the_calendar_is_a_day() -> None:
    held = initiative("I14", line("f1", "website", "101", "2024-01-01"))
    assert said(paid_once("9999-12-31", held))[1].endswith("t/m 9999-12-31")


# --- segments, for pages ---------------------------------------------------------------------------------------------


def test_segments_give_the_total_per_stream() -> None:
    parts = segments(payments_by_item(region(initiatives=KRO))["zorgplan"])
    assert [(part.from_on, part.to_on, part.total) for part in parts] == [
        (day("2024-03-04"), day("2024-06-30"), Decimal(70)),
        (day("2024-07-01"), day("2025-12-31"), Decimal(130)),
        (day("2026-01-01"), day("2026-12-31"), Decimal(70)),
    ]
    assert parts[1].by_stream == {Stream.S3: Decimal(70), Stream.REGIONAL_PERFORMANCE: Decimal(60)}


def test_a_line_without_an_end_gives_a_segment_without_an_end() -> None:
    (part,) = segments([Payment("I1", line("f1", "website", "100", "2024-01-01"))])
    assert part.to_on is None


def test_days_without_money_are_left_out() -> None:
    lines = (line("f1", "x", "100", "2024-01-01", "2024-01-31"), line("f2", "x", "100", "2024-03-01", "2024-03-31"))
    parts = segments([Payment("I1", held) for held in lines])
    assert [(part.from_on, part.to_on) for part in parts] == [
        (day("2024-01-01"), day("2024-01-31")),
        (day("2024-03-01"), day("2024-03-31")),
    ]
    assert overlaps(parts) == ()


def test_an_overlap_with_other_payers_but_one_percentage_is_one_period() -> None:
    lines = (
        line("f1", "x", "70", "2024-01-01", "2024-12-31"),
        line("f2", "x", "60", "2024-01-01", "2024-05-31"),
        line("f3", "x", "60", "2024-06-01", "2024-09-30"),
        line("f4", "x", "80", "2024-10-01", "2024-12-31"),
    )
    found = overlaps(segments([Payment("I1", held) for held in lines]))
    assert [(period.from_on, period.to_on, period.total) for period in found] == [
        (day("2024-01-01"), day("2024-09-30"), Decimal(130)),
        (day("2024-10-01"), day("2024-12-31"), Decimal(150)),
    ]
    assert {payment.line.code for payment in found[0].payments} == {"f1", "f2", "f3"}


def test_items_are_known_without_spaces_and_capitals() -> None:
    assert item_key("  ZorgPlan ") == "zorgplan"


days = st.dates(date(2024, 1, 1), date(2024, 3, 1))
lines_of_an_item = st.lists(
    st.tuples(days, st.none() | st.integers(0, 40), st.decimals(0, 90, places=1), st.sampled_from(list(Stream))),
    max_size=6,
)


@given(lines_of_an_item, st.randoms())
def test_the_sweep_says_of_every_day_what_adding_up_that_day_says(held: list[tuple], order: Random) -> None:
    lines = [
        FundingLine(
            code=f"f{number}",
            stream=stream,
            purpose=Purpose.INITIATIVE,
            item="x",
            share_pct=share,
            from_on=start,
            to_on=None if length is None else date.fromordinal(start.toordinal() + length),
        )
        for number, (start, length, share, stream) in enumerate(held)
    ]
    payments = [Payment("I1", item) for item in lines]
    order.shuffle(payments)
    until = date(2024, 4, 30)
    parts = segments(payments, until)
    for number in range(date(2024, 1, 1).toordinal(), until.toordinal() + 1):
        today = date.fromordinal(number)
        on = [item for item in lines if item.from_on <= today and (item.to_on is None or today <= item.to_on)]
        found = [part for part in parts if part.from_on <= today and part.to_on is not None and today <= part.to_on]
        assert len(found) == (1 if on else 0)
        if on:
            assert found[0].total == sum(item.share_pct for item in on)
            assert sum(found[0].by_stream.values()) == found[0].total
            assert {payment.line.code for payment in found[0].payments} == {item.code for item in on}


# --- R33 -------------------------------------------------------------------------------------------------------------

PURPOSES = {
    "oi": ["vision", "ict_setup", "practice_support"],
    "s3": ["initiative"],
    "regional_performance": ["initiative"],
}


def fits(*lines: FundingLine, insurer: str = "menzis", asking: str = "menzis") -> Finding:
    held = initiative("I1", *lines, insurer=insurer)
    return of_lines("stream_fits_purpose", "I1", "2025-01-01", held, insurer=asking, purposes=PURPOSES)


def test_without_a_line_of_the_three_streams_there_is_nothing_to_judge() -> None:
    assert said(fits()) == ("NA", "geen te toetsen regel")
    assert fits(line("f1", "x", "100", "2024-01-01", stream=Stream.OWN_MEANS)).status == "NA"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_organisation_money_is_for_vision_setup_and_support(purpose: Purpose) -> None:
    found = fits(line("f1", "x", "100", "2024-01-01", stream=Stream.OI, purpose=purpose))
    assert found.status == ("NOT_MET" if purpose is Purpose.INITIATIVE else "MET")


@pytest.mark.parametrize("stream", [Stream.S3, Stream.REGIONAL_PERFORMANCE])
@pytest.mark.parametrize("purpose", list(Purpose))
def test_innovation_money_is_for_initiatives(stream: Stream, purpose: Purpose) -> None:
    found = fits(line("f1", "x", "100", "2024-01-01", stream=stream, purpose=purpose))
    assert found.status == ("MET" if purpose is Purpose.INITIATIVE else "NOT_MET")


def test_the_worst_line_counts() -> None:
    wrong = line("f2", "algoritme", "100", "2024-02-01", stream=Stream.OI)
    found = fits(line("f1", "x", "100", "2024-01-01"), wrong)
    assert said(found) == ("NOT_MET", "oi past niet bij initiative")
    assert found.records == (wrong,)


def test_lines_that_fit_are_counted() -> None:
    assert said(fits(line("f1", "x", "50", "2024-01-01"), line("f2", "x", "50", "2024-01-01"))) == (
        "MET",
        "2 regels passen",
    )


def test_an_initiative_of_another_insurer_is_not_judged() -> None:
    wrong = line("f1", "x", "100", "2024-01-01", purpose=Purpose.VISION)
    assert fits(wrong, insurer="zorg_en_zekerheid").status == "NA"


# --- R34 -------------------------------------------------------------------------------------------------------------


def within(
    *contracts: Contract, lines: tuple[FundingLine, ...], as_of: str = "2025-06-30", insurer: str = "menzis"
) -> Finding:
    return of_lines(
        "s3_needs_contract",
        "I1",
        as_of,
        initiative("I1", *lines, insurer=insurer),
        contracts=contracts,
        stream="s3",
        contract_scope="financing",
    )


YEAR = (line("f1", "licenties", "100", "2024-01-01", "2024-12-31"),)


def test_without_segment_three_no_contract_is_asked() -> None:
    assert said(within(lines=())) == ("NA", "geen S3-regel")
    assert within(lines=(line("f1", "x", "100", "2024-01-01", stream=Stream.OI),)).status == "NA"


def test_a_contract_over_exactly_the_days_of_the_line_is_enough() -> None:
    assert said(within(contract("2024-01-01", "2024-12-31"), lines=YEAR)) == ("MET", "binnen overeenkomst")


def test_one_day_short_at_either_end_is_told_by_its_first_day() -> None:
    late = within(contract("2024-01-02", "2024-12-31"), lines=YEAR)
    assert said(late) == ("NOT_MET", "licenties vanaf 2024-01-01 zonder overeenkomst")
    early = within(contract("2024-01-01", "2024-12-30"), lines=YEAR)
    assert said(early) == ("NOT_MET", "licenties vanaf 2024-12-31 zonder overeenkomst")


def test_consecutive_contracts_count_together_in_any_order() -> None:
    halves = (contract("2024-07-01", "2024-12-31"), contract("2024-01-01", "2024-06-30"))
    assert within(*halves, lines=YEAR).status == "MET"
    gap = (contract("2024-07-02", "2024-12-31"), contract("2024-01-01", "2024-06-30"))
    assert said(within(*gap, lines=YEAR))[1] == "licenties vanaf 2024-07-01 zonder overeenkomst"


def test_a_contract_within_a_longer_one_does_not_shorten_it() -> None:
    assert within(contract("2024-01-01"), contract("2024-02-01", "2024-02-28"), lines=YEAR).status == "MET"


def test_days_to_come_are_not_asked_yet() -> None:
    still = (line("f1", "licenties", "100", "2024-01-01", "2026-12-31"),)
    ended = contract("2024-01-01", "2025-06-30")
    assert within(ended, lines=still, as_of="2025-06-30").status == "MET"
    assert within(ended, lines=still, as_of="2025-07-01").status == "NOT_MET"


def test_a_contract_that_was_terminated_covers_its_last_day_and_no_more() -> None:
    held = contract("2024-01-01", terminated_on=day("2024-06-30"))
    assert said(within(held, lines=YEAR))[1] == "licenties vanaf 2024-07-01 zonder overeenkomst"


def test_only_a_signed_contract_on_financing_with_the_insurer_counts() -> None:
    assert within(contract("2024-01-01", signed_on=day("2025-07-01")), lines=YEAR).status == "NOT_MET"
    assert within(contract("2024-01-01", scopes=(ContractScope.IMPLEMENTATION,)), lines=YEAR).status == "NOT_MET"
    assert within(contract("2024-01-01", insurer="zorg_en_zekerheid"), lines=YEAR).status == "NOT_MET"


def test_signing_later_covers_earlier_days() -> None:
    assert within(contract("2024-01-01", signed_on=day("2025-06-30")), lines=YEAR).status == "MET"


def test_of_several_bare_lines_the_earliest_day_is_told() -> None:
    lines = (line("f1", "b", "100", "2024-03-01"), line("f2", "a", "100", "2024-02-01"))
    assert said(within(lines=lines))[1] == "a vanaf 2024-02-01 zonder overeenkomst"


def test_another_insurers_initiative_needs_no_contract_here() -> None:
    assert within(lines=YEAR, insurer="zorg_en_zekerheid").status == "NA"
