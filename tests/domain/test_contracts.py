"""R10, R25 and R51: the contract in force, the mandates behind it, the agreements with the social domain."""

from typing import Any

import pytest

from tests.domain.roadmap_facts import SOFT, contract, day, en, judged, mandate, practice, region, said
from tracker.domain.contracts import latest_contract, mandates_of
from tracker.domain.finding import Finding
from tracker.domain.records.contract import Contract, Mandate
from tracker.domain.records.cooperation import SocialAgreementRecord
from tracker.domain.records.enums import ContractScope, EvidenceStrength, OiTariff, SocialAgreementKind
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.funding import OiClaim
from tracker.domain.records.practice import Practice

IMPLEMENTATION, FINANCING = ContractScope.IMPLEMENTATION, ContractScope.FINANCING

# --- R10 -------------------------------------------------------------------------------------------------------------


def in_force(*contracts: Contract, as_of: str = "2024-06-01") -> Finding:
    return judged("contract_in_force", region(contracts=contracts), as_of, soft_deadline=SOFT)


def test_both_scopes_are_in_force_until_the_agreed_end() -> None:
    found = in_force(contract("2023-03-27", "2023-04-01", "2026-12-31"))
    assert said(found) == ("MET", "beide onderdelen van kracht t/m 2026-12-31")
    assert en(found) == "both scopes in force until 2026-12-31"


def test_a_contract_may_have_no_end() -> None:
    assert said(in_force(contract("2023-03-27"))) == ("MET", "beide onderdelen van kracht, zonder einddatum")


def test_first_and_last_day_are_in_force_and_the_days_around_are_not() -> None:
    held = contract("2023-03-27", "2023-04-01", "2025-12-31")
    assert in_force(held, as_of="2023-03-31").status == "NOT_MET"
    assert in_force(held, as_of="2023-04-01").status == "MET"
    assert in_force(held, as_of="2025-12-31").status == "MET"
    assert said(in_force(held, as_of="2026-01-01")) == (
        "NOT_MET",
        "geen overeenkomst van kracht, vorige eindigde 2025-12-31",
    )


def test_a_contract_counts_from_its_signing_also_when_it_started_earlier() -> None:
    held = contract("2023-03-27", "2023-01-01")
    assert in_force(held, as_of="2023-03-26").status == "NOT_MET"
    assert in_force(held, as_of="2023-03-27").status == "MET"


def test_an_early_termination_is_known_from_that_day_and_that_day_is_the_last() -> None:
    held = contract("2023-01-02", ends="2026-12-31", terminated_on=day("2024-05-31"))
    assert said(in_force(held, as_of="2024-05-30"))[1] == "beide onderdelen van kracht t/m 2026-12-31"
    assert said(in_force(held, as_of="2024-05-31"))[1] == "beide onderdelen van kracht t/m 2024-05-31"
    assert said(in_force(held, as_of="2024-06-01"))[1] == "geen overeenkomst van kracht, vorige eindigde 2024-05-31"


def test_an_end_before_the_termination_holds() -> None:
    held = contract("2023-01-02", ends="2024-03-31", terminated_on=day("2024-05-31"))
    assert said(in_force(held))[1] == "geen overeenkomst van kracht, vorige eindigde 2024-03-31"


def test_scopes_of_two_contracts_add_up_until_the_first_ends() -> None:
    found = in_force(
        contract("2023-01-02", ends="2026-12-31", scopes=(IMPLEMENTATION,)),
        contract("2023-02-01", ends="2025-06-30", scopes=(FINANCING,)),
    )
    assert said(found) == ("MET", "beide onderdelen van kracht t/m 2025-06-30")
    assert len(found.records) == 2


def test_the_longest_contract_of_a_scope_says_until_when() -> None:
    found = in_force(contract("2023-01-02", ends="2024-12-31"), contract("2023-02-01", ends="2025-12-31"))
    assert said(found)[1] == "beide onderdelen van kracht t/m 2025-12-31"


@pytest.mark.parametrize(("contracts", "n"), [((), 0), ((contract("2022-10-01", scopes=(FINANCING,)),), 1)])
def test_until_the_soft_deadline_a_contract_waits(contracts: tuple[Contract, ...], n: int) -> None:
    assert said(in_force(*contracts, as_of="2022-12-31")) == ("PENDING", f"{n} van 2 onderdelen van kracht")


@pytest.mark.parametrize("scope", list(ContractScope))
def test_after_it_one_scope_is_half(scope: ContractScope) -> None:
    found = in_force(contract("2022-10-01", scopes=(scope,)), as_of="2023-01-01")
    assert said(found) == ("PARTIAL", f"alleen {scope.value} van kracht")


def test_after_it_no_contract_is_not_met() -> None:
    assert said(in_force(as_of="2023-01-01")) == ("NOT_MET", "geen overeenkomst van kracht")


def test_a_contract_with_another_insurer_does_not_count() -> None:
    assert said(in_force(contract("2022-10-01", insurer="zorg_en_zekerheid", ends="2023-12-31"))) == (
        "NOT_MET",
        "geen overeenkomst van kracht",
    )


# --- R25 -------------------------------------------------------------------------------------------------------------


def mandates(*given: Mandate, practices: tuple[Practice, ...], as_of: str = "2025-01-01", **more: Any) -> Finding:
    dossier = region(contracts=(contract("2023-03-27", mandates=given, **more),), practices=practices)
    return judged("mandate_complete", dossier, as_of, grace_days=90)


TWO = (practice("P1"), practice("P2"))


def test_without_a_contract_there_is_nothing_to_mandate() -> None:
    assert said(judged("mandate_complete", region(practices=TWO), "2025-01-01", grace_days=90)) == (
        "NA",
        "geen overeenkomst",
    )
    other = region(practices=TWO, contracts=(contract("2023-03-27", insurer="zorg_en_zekerheid"),))
    assert judged("mandate_complete", other, "2025-01-01", grace_days=90).status == "NA"


def test_without_practices_nobody_is_involved() -> None:
    assert said(mandates(practices=())) == ("NA", "geen betrokken praktijken")
    left = practice("P1", ("2015-01-01", "2024-12-31"))
    assert mandates(practices=(left,)).status == "NA"


def test_a_practice_that_left_is_asked_up_to_its_last_day() -> None:
    left = practice("P1", ("2015-01-01", "2024-12-31"))
    assert mandates(practices=(left,), as_of="2024-12-31").status == "NOT_MET"


def test_nobody_gave_a_mandate() -> None:
    assert said(mandates(practices=TWO)) == ("NOT_MET", "0 van 2 mandaten")


def test_some_gave_a_mandate() -> None:
    found = mandates(mandate("P1", "2023-01-11"), practices=TWO)
    assert said(found) == ("PARTIAL", "1 van 2 mandaten")
    assert en(found) == "1 of 2 mandates"


@pytest.mark.parametrize(("given", "status"), [("2023-03-27", "MET"), ("2023-03-28", "PARTIAL")])
def test_a_mandate_must_exist_on_the_day_of_signing(given: str, status: str) -> None:
    assert mandates(mandate("P1", "2023-01-11"), mandate("P2", given), practices=TWO).status == status


def test_all_gave_a_mandate() -> None:
    found = mandates(mandate("P1", "2023-01-11"), mandate("P2", "2023-03-27"), practices=TWO)
    assert said(found) == ("MET", "2 van 2 mandaten")


def test_a_withdrawal_counts_from_its_day() -> None:
    """Lindemeer: all mandates up to 31 August 2025, one fewer from 1 September."""
    given = (mandate("P1", "2023-01-11"), mandate("P2", "2023-01-11", "2025-09-01"))
    assert mandates(*given, practices=TWO, as_of="2025-08-31").status == "MET"
    assert said(mandates(*given, practices=TWO, as_of="2025-09-01")) == ("PARTIAL", "1 van 2 mandaten")


def test_a_decision_of_the_members_holds_for_all_who_were_affiliated() -> None:
    found = mandates(mandate(None, "2023-03-27"), practices=TWO)
    assert said(found) == ("MET", "2 van 2 mandaten")
    assert mandates(mandate(None, "2023-03-28"), practices=TWO).status == "NOT_MET"


def test_a_withdrawn_decision_of_the_members_holds_for_nobody() -> None:
    given = mandate(None, "2023-03-27", "2024-06-01")
    assert mandates(given, practices=TWO, as_of="2024-05-31").status == "MET"
    assert mandates(given, practices=TWO, as_of="2024-06-01").status == "NOT_MET"


def test_a_practice_that_joined_later_may_give_its_mandate_later() -> None:
    joined = practice("P2", ("2024-01-01", None))
    given = (mandate("P1", "2023-01-11"), mandate("P2", "2024-08-01"))
    assert said(mandates(*given, practices=(TWO[0], joined), as_of="2024-07-31")) == ("PARTIAL", "1 van 2 mandaten")
    assert said(mandates(*given, practices=(TWO[0], joined), as_of="2024-08-01")) == ("MET", "2 van 2 mandaten")


def test_a_decision_of_the_members_in_force_holds_for_later_practices_too() -> None:
    joined = practice("P2", ("2024-01-01", None))
    assert mandates(mandate(None, "2023-03-27"), practices=(TWO[0], joined), as_of="2024-12-01").status == "MET"


def test_a_new_practice_has_ninety_days_of_grace() -> None:
    """It joins on 2024-01-01; the ninetieth day after that is 2024-03-31 in a leap year."""
    joined = practice("P2", ("2024-01-01", None))
    given = mandate("P1", "2023-01-11")
    last = mandates(given, practices=(TWO[0], joined), as_of="2024-03-31")
    assert said(last) == ("ADVISORY", "1 van 1; 1 nieuwe praktijk nog zonder mandaat")
    assert en(last) == "1 of 1; 1 new practice without mandate"
    assert said(mandates(given, practices=(TWO[0], joined), as_of="2024-04-01")) == ("PARTIAL", "1 van 2 mandaten")


def test_several_new_practices_are_counted() -> None:
    new = (practice("P2", ("2024-01-01", None)), practice("P3", ("2024-01-01", None)))
    found = mandates(mandate("P1", "2023-01-11"), practices=(TWO[0], *new), as_of="2024-02-01")
    assert said(found) == ("ADVISORY", "1 van 1; 2 nieuwe praktijken nog zonder mandaat")


def test_only_new_practices_in_grace_are_no_breach() -> None:
    found = mandates(practices=(practice("P2", ("2024-01-01", None)),), as_of="2024-02-01")
    assert said(found) == ("ADVISORY", "0 van 0; 1 nieuwe praktijk nog zonder mandaat")


def test_a_missing_base_practice_weighs_more_than_one_in_grace() -> None:
    new = practice("P3", ("2024-01-01", None))
    found = mandates(mandate("P1", "2023-01-11"), practices=(*TWO, new), as_of="2024-02-01")
    assert said(found) == ("PARTIAL", "1 van 2 mandaten")


def test_who_left_and_came_back_is_a_base_practice_without_grace() -> None:
    back = practice("P2", ("2015-01-01", "2023-06-30"), ("2024-01-01", None))
    found = mandates(mandate("P1", "2023-01-11"), practices=(TWO[0], back), as_of="2024-02-01")
    assert said(found) == ("PARTIAL", "1 van 2 mandaten")


def test_only_the_involved_practices_count_where_the_contract_names_them() -> None:
    found = mandates(mandate("P1", "2023-01-11"), practices=TWO, involved_practices=("P1",))
    assert said(found) == ("MET", "1 van 1 mandaten")


def test_the_latest_signed_contract_counts_also_when_it_expired() -> None:
    old = contract("2022-01-01", mandates=(mandate(None, "2021-12-01"),))
    expired = contract("2023-03-27", ends="2023-12-31")
    dossier = region(contracts=(expired, old), practices=TWO)
    assert judged("mandate_complete", dossier, "2023-03-26", grace_days=90).status == "MET"
    assert judged("mandate_complete", dossier, "2025-01-01", grace_days=90).status == "NOT_MET"
    assert latest_contract(dossier.contracts, "menzis") is expired


def test_of_two_contracts_signed_on_one_day_the_later_start_counts() -> None:
    first = contract("2023-03-27", "2023-04-01", code="A")
    second = contract("2023-03-27", "2024-04-01", code="B")
    assert latest_contract((first, second), "menzis") is second
    assert latest_contract((second, first), "menzis") is second


def test_the_names_behind_the_count_are_known() -> None:
    held = contract("2023-03-27", mandates=(mandate("P2", "2023-01-11"),))
    practices = (practice("P3", ("2024-12-01", None)), *TWO)
    found = mandates_of(region(contracts=(held,), practices=practices), held, day("2025-01-01"), 90)
    assert (found.given, found.missing, found.in_grace, found.total) == (("P2",), ("P1",), ("P3",), 2)


def test_proof_rests_on_the_contract_and_every_mandate() -> None:
    shown = (Evidence(title="Scan", strength=EvidenceStrength.SHOWN),)
    bare = mandate("P1", "2023-01-11")
    proven = Mandate(kind=bare.kind, practice="P1", given_on=bare.given_on, evidence=shown)
    one = (practice("P1"),)
    assert mandates(bare, practices=one, evidence=shown).proof is EvidenceStrength.DECLARED
    assert mandates(proven, practices=one, evidence=shown).proof is EvidenceStrength.SHOWN


# --- R51 -------------------------------------------------------------------------------------------------------------

KINDS = [kind.value for kind in SocialAgreementKind]
CLAIM = OiClaim(
    code="OI1",
    tariff=OiTariff.NEIGHBOURHOOD_MANAGEMENT,
    unit="Wijk 1",
    claimed_on=day("2024-01-15"),
    from_on=day("2024-01-01"),
    insured=10_000,
)


def agreed(number: int, ended: str | None = None) -> tuple[SocialAgreementRecord, ...]:
    end = day(ended) if ended else None
    kinds = list(SocialAgreementKind)[:number]
    return tuple(SocialAgreementRecord(kind=kind, agreed_on=day("2023-01-01"), ended_on=end) for kind in kinds)


def social(
    *agreements: SocialAgreementRecord, claims: tuple[OiClaim, ...] = (CLAIM,), as_of: str = "2024-06-01"
) -> Finding:
    dossier = region(social_agreements=agreements, oi_claims=claims)
    return judged("social_agreements", dossier, as_of, kinds=KINDS)


def test_all_eight_kinds_are_agreed_with_or_without_a_claim() -> None:
    assert said(social(*agreed(8))) == ("MET", "8 van 8 soorten")
    assert said(social(*agreed(8), claims=())) == ("MET", "8 van 8 soorten")


@pytest.mark.parametrize("number", [0, 3, 7])
def test_without_a_claim_of_neighbourhood_management_the_count_is_shown(number: int) -> None:
    found = social(*agreed(number), claims=())
    assert said(found) == ("NA", f"{number} van 8; geen wijkmanagement")
    assert en(found) == f"{number} of 8; no neighbourhood management"


def test_a_claim_asks_from_the_day_it_was_made() -> None:
    assert social(as_of="2024-01-14").status == "NA"
    assert social(as_of="2024-01-15").status == "NOT_MET"


def test_another_tariff_does_not_ask() -> None:
    other = OiClaim(
        code="OI2",
        tariff=OiTariff.PRACTICE_MANAGEMENT,
        unit="Groep",
        claimed_on=day("2024-01-15"),
        from_on=day("2024-01-01"),
        insured=10_000,
    )
    assert social(claims=(other,)).status == "NA"


@pytest.mark.parametrize("number", [1, 7])
def test_one_to_seven_kinds_are_half(number: int) -> None:
    assert said(social(*agreed(number))) == ("PARTIAL", f"{number} van 8 soorten")


def test_none_is_not_met() -> None:
    assert said(social()) == ("NOT_MET", "geen afspraken")


def test_an_agreement_counts_up_to_its_last_day() -> None:
    assert social(*agreed(8, "2024-05-31"), as_of="2024-05-31").status == "MET"
    assert social(*agreed(8, "2024-05-31"), as_of="2024-06-01").status == "NOT_MET"


def test_two_agreements_of_one_kind_are_one_kind() -> None:
    again = SocialAgreementRecord(kind=SocialAgreementKind.DISTRICT_TEAM, agreed_on=day("2024-01-01"))
    assert said(social(*agreed(1), again)) == ("PARTIAL", "1 van 8 soorten")
