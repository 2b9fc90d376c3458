"""R11, R32 and R54: the four steps of a practice, the mark of its system, more time for the patient."""

import pytest

from tests.domain.roadmap_facts import SOFT, day, direction, en, judged, practice, region, said, step
from tracker.domain.finding import Finding
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import ParticipationOffer, SupportActivity
from tracker.domain.records.enums import MtvpPartName, OfferKind, Phase, Step, SupportLine
from tracker.domain.records.periods import Period
from tracker.domain.records.practice import HisUse, MtvpPart, PracticeStep
from tracker.domain.records.product import HisProduct
from tracker.domain.register import Register

PILOT_ACTIVITY = SupportActivity(line=SupportLine.PILOTS, title="Pilot", from_on=day("2020-01-01"))

# --- R11 -------------------------------------------------------------------------------------------------------------


def steps(*taken: PracticeStep, as_of: str = "2024-06-01", offers: bool = True, **facts: object) -> Finding:
    if offers:
        facts["support_activities"] = (PILOT_ACTIVITY,)
    dossier = region(practices=(practice("P1", steps=taken),), **facts)
    return judged("practice_steps", dossier, as_of, subject="P1", soft_deadline=SOFT)


def all_steps(start: str = "2022-01-01", end: str | None = None) -> list[PracticeStep]:
    return [step(name, start, end) for name in Step]


def test_all_four_steps_are_taken() -> None:
    found = steps(*all_steps())
    assert said(found) == ("MET", "4 van 4 stappen")
    assert en(found) == "4 of 4 steps"


def test_a_step_holds_up_to_its_last_day() -> None:
    assert steps(*all_steps(end="2024-06-01")).status == "MET"
    assert said(steps(*all_steps(end="2024-05-31"))) == ("NOT_MET", "nog geen stap gezet")


def test_one_of_several_periods_of_a_step_is_enough() -> None:
    again = [step(Step.TIME, "2022-01-01", "2022-06-30"), *all_steps()[1:], step(Step.TIME, "2024-01-01")]
    assert steps(*again).status == "MET"
    assert steps(*again, as_of="2023-06-01").status == "PARTIAL"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_until_the_soft_deadline_fewer_steps_wait(number: int) -> None:
    found = steps(*all_steps()[:number], as_of="2022-12-31")
    assert said(found) == ("PENDING", f"{number} van 4 stappen")
    assert found.due_on == SOFT


@pytest.mark.parametrize("missing", list(Step))
def test_after_it_a_missing_step_is_named(missing: Step) -> None:
    found = steps(*(item for item in all_steps() if item.step is not missing), as_of="2023-01-01")
    assert said(found) == ("PARTIAL", f"3 van 4 stappen; ontbreekt: {missing.value}")


def test_after_it_no_step_is_not_met() -> None:
    assert said(steps(as_of="2023-01-01")) == ("NOT_MET", "nog geen stap gezet")
    assert said(steps(as_of="2023-01-01", offers=False)) == ("NOT_MET", "nog geen stap gezet")


def test_participation_is_left_out_where_the_region_offers_nothing() -> None:
    assert said(steps(*all_steps()[:3], offers=False)) == ("MET", "3 van 3 stappen")


def test_participation_that_holds_counts_also_without_an_offer() -> None:
    found = steps(*all_steps()[1:], offers=False)
    assert said(found) == ("PARTIAL", "3 van 4 stappen; ontbreekt: time")


OFFERS = {
    "pilot activity": {"support_activities": (PILOT_ACTIVITY,)},
    "offer": {
        "participation_offers": (
            ParticipationOffer(kind=OfferKind.WORKING_GROUP, title="W", from_on=day("2024-01-01")),
        )
    },
    "direction in pilot": {"directions": (direction("T1.1", ("2024-01-01", Phase.PILOT)),)},
}
NO_OFFERS = {
    "other activity": {
        "support_activities": (SupportActivity(line=SupportLine.SKILLS, title="S", from_on=day("2024-01-01")),)
    },
    "ended offer": {
        "participation_offers": (
            ParticipationOffer(kind=OfferKind.PILOT, title="P", from_on=day("2023-01-01"), to_on=day("2024-05-31")),
        )
    },
    "direction past its pilot": {
        "directions": (direction("T1.1", ("2024-01-01", Phase.PILOT), ("2024-06-01", Phase.IMPLEMENTING)),)
    },
}


@pytest.mark.parametrize("facts", OFFERS.values(), ids=OFFERS)
def test_each_kind_of_offer_asks_for_participation(facts: dict[str, object]) -> None:
    assert said(steps(*all_steps()[:3], offers=False, **facts))[0] == "PARTIAL"


@pytest.mark.parametrize("facts", NO_OFFERS.values(), ids=NO_OFFERS)
def test_what_is_no_offer_does_not_ask(facts: dict[str, object]) -> None:
    assert steps(*all_steps()[:3], offers=False, **facts).status == "MET"


def test_two_regions_are_never_mixed_up() -> None:
    """What a region offers is asked once for all its practices."""
    with_offer = [steps(*all_steps()[:3]).status, steps(*all_steps()[:3], offers=False).status]
    assert with_offer == ["PARTIAL", "MET"]


def test_a_practice_is_judged_on_days_it_is_affiliated() -> None:
    dossier = region(practices=(practice("P1", ("2023-01-01", "2023-12-31")),))
    for on in ("2023-01-01", "2023-12-31"):
        assert judged("practice_steps", dossier, on, subject="P1", soft_deadline=SOFT).status == "NOT_MET"
    for on in ("2022-12-31", "2024-01-01"):
        with pytest.raises(StopIteration):
            judged("practice_steps", dossier, on, subject="P1", soft_deadline=SOFT)


# --- R32 -------------------------------------------------------------------------------------------------------------

MARK_FROM = day("2023-06-22")
ALFA = HisProduct(code="his-alfa", name="HIS Alfa", xis_marks=(Period(from_on=day("2023-12-01")),))
BETA = HisProduct(code="his-beta", name="HIS Beta")
HIS = Register(his_products=(BETA, ALFA))


def mark(*uses: HisUse, as_of: str = "2024-06-01", register: Register = HIS) -> Finding:
    dossier = region(practices=(practice("P1", his=uses),))
    return judged("xis_mark", dossier, as_of, subject="P1", register=register, from_on=MARK_FROM)


def uses(code: str, start: str = "2020-01-01", end: str | None = None) -> HisUse:
    return HisUse(his=code, from_on=day(start), to_on=day(end) if end else None)


def test_before_the_mark_existed_nothing_is_asked() -> None:
    assert said(mark(uses("his-alfa"), as_of="2023-06-21")) == ("NA", "keurmerk bestond nog niet")
    assert mark(uses("his-alfa"), as_of="2023-06-22").status == "ADVISORY"


def test_a_practice_without_a_recorded_his_is_unknown() -> None:
    assert said(mark()) == ("UNKNOWN", "HIS niet vastgelegd")
    assert mark(uses("his-alfa", end="2024-05-31")).status == "UNKNOWN"


def test_the_his_holds_the_mark_from_its_day() -> None:
    assert said(mark(uses("his-alfa"), as_of="2023-12-01")) == ("MET", "HIS Alfa met keurmerk")
    assert said(mark(uses("his-alfa"), as_of="2023-11-30")) == ("ADVISORY", "HIS Alfa zonder keurmerk")


def test_every_his_in_use_needs_the_mark() -> None:
    found = mark(uses("his-alfa"), uses("his-beta"))
    assert said(found) == ("ADVISORY", "HIS Beta zonder keurmerk")
    assert en(found) == "HIS Beta without the mark"


def test_a_mark_that_ended_no_longer_holds() -> None:
    ended = HisProduct(
        code="his-alfa", name="HIS Alfa", xis_marks=(Period(from_on=day("2023-12-01"), to_on=day("2024-05-31")),)
    )
    register = Register(his_products=(ended,))
    assert mark(uses("his-alfa"), as_of="2024-05-31", register=register).status == "MET"
    assert mark(uses("his-alfa"), as_of="2024-06-01", register=register).status == "ADVISORY"


def test_an_unknown_his_is_named_by_its_code() -> None:
    assert said(mark(uses("his-gamma"))) == ("ADVISORY", "his-gamma zonder keurmerk")


# --- R54 -------------------------------------------------------------------------------------------------------------


def mtvp(*parts: MtvpPart, as_of: str = "2026-06-01", linked: str | None = "2020-01-01") -> Finding:
    links = (InsurerLink(insurer="zorg_en_zekerheid", from_on=day(linked)),) if linked else ()
    dossier: Cooperation = region(insurers=links, practices=(practice("P1", mtvp=parts),))
    return judged("mtvp", dossier, as_of, subject="P1", insurer="zorg_en_zekerheid")


def part(name: MtvpPartName, start: str = "2025-01-01", end: str | None = None) -> MtvpPart:
    return MtvpPart(part=name, from_on=day(start), to_on=day(end) if end else None)


ALL_PARTS = [part(name) for name in MtvpPartName]


def test_mtvp_does_not_apply_without_the_insurer_or_without_any_part() -> None:
    assert said(mtvp(*ALL_PARTS, linked=None)) == ("NA", "niet van toepassing")
    assert said(mtvp()) == ("NA", "niet van toepassing")
    assert mtvp(*ALL_PARTS, linked="2026-06-02").status == "NA"
    assert mtvp(*ALL_PARTS, linked="2026-06-01").status == "MET"


def test_mtvp_needs_registration_interventions_and_intervision() -> None:
    assert said(mtvp(*ALL_PARTS)) == ("MET", "aangemeld, interventies en intervisie")
    assert said(mtvp(ALL_PARTS[0])) == ("NOT_MET", "ontbreekt: interventions, intervision")


@pytest.mark.parametrize("missing", list(MtvpPartName))
def test_a_missing_part_of_mtvp_is_named(missing: MtvpPartName) -> None:
    found = mtvp(*(item for item in ALL_PARTS if item.part is not missing))
    assert said(found) == ("NOT_MET", f"ontbreekt: {missing.value}")


def test_who_stopped_with_mtvp_is_still_judged() -> None:
    stopped = [part(name, end="2026-05-31") for name in MtvpPartName]
    assert mtvp(*stopped, as_of="2026-05-31").status == "MET"
    assert mtvp(*stopped, as_of="2026-06-01").status == "NOT_MET"
