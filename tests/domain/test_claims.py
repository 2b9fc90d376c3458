"""R35-R38, R47 and R48: the four tariffs for organisation, OPEN and accreditation."""

from decimal import Decimal
from typing import Any

import pytest

from tests.domain.money_facts import ZZ, accreditation_claim, answer, every_answer, oi_claim, open_claimed, said
from tests.domain.roadmap_facts import region
from tracker.domain.finding import Finding
from tracker.domain.records.enums import OiPurpose, OiTariff
from tracker.domain.records.funding import AccreditationClaim, OiClaim, OpenClaim

CIRCA = {"threshold": 10_000, "tolerance": Decimal("0.10")}


def oi(kind: str, claim: OiClaim, **params: Any) -> Finding:
    return answer(kind, "2025-01-15", "WOL/OI1", region(oi_claims=(claim,)), None, **params)


# --- R35, R36 --------------------------------------------------------------------------------------------------------


def practice_management(insured: int, manager: bool | None = True) -> Finding:
    claim = oi_claim(OiTariff.PRACTICE_MANAGEMENT, insured, non_care_tasks=manager)
    return oi("oi_practice_management", claim, **CIRCA)


def test_nine_thousand_is_still_about_ten_thousand() -> None:
    assert said(practice_management(9_000)) == ("MET", "9000 verzekerden (circa 10000, indicatief); voldoet")
    assert said(practice_management(8_999)) == ("NOT_MET", "8999 verzekerden, minder dan circa 10000 (indicatief)")


@pytest.mark.parametrize("manager", [False, None])
def test_practice_management_needs_a_manager(manager: bool | None) -> None:
    assert said(practice_management(10_400, manager)) == ("NOT_MET", "geen manager voor niet-zorgtaken")


def neighbourhood(insured: int = 10_000, *, many: bool | None = True, social: bool | None = True) -> Finding:
    claim = oi_claim(OiTariff.NEIGHBOURHOOD_MANAGEMENT, insured, multidisciplinary=many, social_agreements=social)
    return oi("oi_neighbourhood_management", claim, **CIRCA)


def test_neighbourhood_management_needs_size_disciplines_and_agreements() -> None:
    assert neighbourhood(9_000).status == "MET"
    assert neighbourhood(8_999).status == "NOT_MET"
    assert said(neighbourhood(many=None)) == ("NOT_MET", "niet multidisciplinair")
    assert said(neighbourhood(social=False)) == ("NOT_MET", "geen afspraken met het sociale domein")


def test_the_first_part_that_fails_is_told() -> None:
    assert "verzekerden" in said(neighbourhood(100, many=False, social=False))[1]


# --- R37, R38 --------------------------------------------------------------------------------------------------------


def test_chain_care_needs_a_hundred_thousand_without_tolerance() -> None:
    enough = oi("oi_regional_chain_care", oi_claim(OiTariff.REGIONAL_CHAIN_CARE, 100_000), threshold=100_000)
    assert enough.status == "MET"
    short = oi("oi_regional_chain_care", oi_claim(OiTariff.REGIONAL_CHAIN_CARE, 99_999), threshold=100_000)
    assert said(short) == ("NOT_MET", "99999 verzekerden, minder dan de 100000 die nodig zijn")


def innovation(purpose: OiPurpose | None) -> Finding:
    claim = oi_claim(OiTariff.REGIONAL_INNOVATION, 1, purpose=purpose)
    named = ["ict_development", "ict_management", "population_management"]
    return oi("oi_regional_innovation", claim, purposes=named)


@pytest.mark.parametrize("purpose", list(OiPurpose))
def test_another_purpose_than_the_named_ones_asks_attention(purpose: OiPurpose) -> None:
    assert innovation(purpose).status == ("ADVISORY" if purpose is OiPurpose.OTHER else "MET")


def test_no_purpose_asks_attention() -> None:
    assert said(innovation(None)) == ("ADVISORY", "geen doel vastgelegd")


@pytest.mark.parametrize("tariff", list(OiTariff))
def test_a_tariff_is_judged_by_its_own_rule_alone(tariff: OiTariff) -> None:
    dossier = region(oi_claims=(oi_claim(tariff, 200_000),))
    kinds: dict[str, dict[str, Any]] = {
        "oi_practice_management": CIRCA,
        "oi_neighbourhood_management": CIRCA,
        "oi_regional_chain_care": {"threshold": 100_000},
        "oi_regional_innovation": {"purposes": []},
    }
    judged = [kind for kind, params in kinds.items() if every_answer(kind, "2025-01-15", dossier, None, **params)]
    assert judged == [f"oi_{tariff.value}"]


def test_a_claim_exists_from_the_day_it_was_made() -> None:
    dossier = region(oi_claims=(oi_claim(OiTariff.REGIONAL_CHAIN_CARE, 100_000),))
    assert every_answer("oi_regional_chain_care", "2025-01-14", dossier, None, threshold=100_000) == []


# --- R47 -------------------------------------------------------------------------------------------------------------


def open_(*claims: OpenClaim) -> Finding:
    dossier = region(open_claims=claims)
    return answer("open_claim", "2026-01-01", "WOL/OP1", dossier, None, from_year=2020, to_year=2022)


@pytest.mark.parametrize(
    ("on", "status"),
    [("2019-12-31", "NOT_MET"), ("2020-01-01", "MET"), ("2022-12-31", "MET"), ("2023-01-01", "NOT_MET")],
)
def test_open_was_claimed_in_its_own_years(on: str, status: str) -> None:
    assert open_(open_claimed(on)).status == status


def test_after_its_years_open_is_history() -> None:
    assert said(open_(open_claimed("2023-02-01")))[1] == "gedeclareerd op 2023-02-01; OPEN liep van 2020 t/m 2022"


def test_open_needs_a_coalition_and_is_claimed_once() -> None:
    assert said(open_(open_claimed("2021-05-03", in_coalition=False)))[1] == "niet in een regionale coalitie"
    assert said(open_(open_claimed("2021-05-03", claimed_before=True)))[1] == "al eerder gedeclareerd"


def test_an_earlier_claim_of_the_same_practice_on_record_counts_too() -> None:
    earlier = open_claimed("2020-05-03", "OP0")
    assert open_(open_claimed("2021-05-03"), earlier).status == "NOT_MET"
    assert open_(open_claimed("2021-05-03"), open_claimed("2020-05-03", "OP0", practice="P2")).status == "MET"


def test_of_two_claims_of_one_practice_on_one_day_only_one_is_the_first() -> None:
    twice = open_claimed("2021-05-03", "OP0"), open_claimed("2021-05-03")
    assert open_(*twice).status == "NOT_MET"
    assert open_(open_claimed("2021-05-03"), open_claimed("2021-05-03", "OP2")).status == "MET"


# --- R48 -------------------------------------------------------------------------------------------------------------

RATES = {"1": Decimal("0.19"), "2": Decimal("0.24"), "3": Decimal("0.33")}


def accredited(claim: AccreditationClaim) -> Finding:
    dossier = region(accreditation_claims=(claim,))
    return answer("accreditation", "2027-12-31", "WOL/AC1", dossier, ZZ, year=2026, rates=RATES)


@pytest.mark.parametrize(("option", "amount"), [(1, "456.00"), (2, "576.00"), (3, "792.00")])
def test_the_amount_is_the_rate_of_the_option_times_the_insured(option: int, amount: str) -> None:
    assert said(accredited(accreditation_claim(option=option))) == ("MET", f"keuze {option}: € {amount} per kwartaal")


@pytest.mark.parametrize("option", [0, 4])
def test_there_are_three_options(option: int) -> None:
    assert said(accredited(accreditation_claim(option=option))) == ("NOT_MET", f"keuze {option} bestaat niet")


@pytest.mark.parametrize("condition", ["full_programme", "recognised_consultant", "mark_reported"])
def test_every_condition_is_needed_also_in_another_year(condition: str) -> None:
    assert accredited(accreditation_claim(**{condition: False})).status == "NOT_MET"
    assert accredited(accreditation_claim("2027-01-01", **{condition: False})).status == "NOT_MET"


@pytest.mark.parametrize(
    ("on", "status"),
    [("2025-12-31", "UNKNOWN"), ("2026-01-01", "MET"), ("2026-12-31", "MET"), ("2027-01-01", "UNKNOWN")],
)
def test_only_the_tariff_of_2026_is_known(on: str, status: str) -> None:
    assert accredited(accreditation_claim(on)).status == status


def test_an_unknown_tariff_names_its_year() -> None:
    assert said(accredited(accreditation_claim("2027-01-01")))[1] == "tarief 2027 onbekend"


def test_another_insurer_has_no_such_claim() -> None:
    assert accredited(accreditation_claim(insurer="menzis")).status == "NOT_MET"
