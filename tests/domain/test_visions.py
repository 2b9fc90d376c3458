"""R01 and R02: the vision in time, carried by the members and complete."""

import pytest

from tests.domain.roadmap_facts import DEADLINE, day, en, judged, nl, region, said, support, texts, vision, whole_vision
from tracker.domain.finding import Days, Finding
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import EvidenceStrength, VisionPart
from tracker.domain.records.evidence import Evidence


def on_time(dossier: Cooperation, as_of: str) -> Finding:
    return judged("vision_on_time", dossier, as_of, deadline=DEADLINE)


def complete(dossier: Cooperation, as_of: str) -> Finding:
    return judged("vision_supported_and_complete", dossier, as_of, deadline=DEADLINE)


# --- R01 -------------------------------------------------------------------------------------------------------------


def test_a_vision_adopted_on_the_deadline_is_in_time() -> None:
    found = on_time(region(visions=(vision("2022-07-01"),)), "2026-10-01")
    assert said(found) == ("MET", "vastgesteld op 2022-07-01")
    assert en(found) == "adopted on 2022-07-01"
    assert (found.due_on, found.days_late) == (DEADLINE, None)


def test_a_vision_adopted_a_day_later_is_one_day_late() -> None:
    found = on_time(region(visions=(vision("2022-07-02"),)), "2026-10-01")
    assert said(found) == ("LATE", "vastgesteld op 2022-07-02, 1 dagen na de uiterste datum")
    assert found.reason.values["late"] == Days(1)
    assert found.days_late == 1


def test_hollerdiep_is_105_days_late() -> None:
    assert on_time(region(visions=(vision("2022-10-14"),)), "2026-10-01").days_late == 105


def test_a_vision_adopted_on_the_day_itself_counts_that_day() -> None:
    dossier = region(visions=(vision("2022-10-14"),))
    assert on_time(dossier, "2022-10-13").status == "NOT_MET"
    assert on_time(dossier, "2022-10-14").status == "LATE"


def test_without_a_vision_the_deadline_day_is_the_last_day_to_wait() -> None:
    assert said(on_time(region(), "2022-07-01")) == ("PENDING", "nog geen visie; uiterlijk 2022-07-01")
    assert said(on_time(region(), "2022-07-02")) == ("NOT_MET", "geen vastgestelde visie")


def test_a_concept_never_counts() -> None:
    concept = region(visions=(vision(None, drafted_on="2022-06-10"),))
    assert on_time(concept, "2026-10-01").status == "NOT_MET"


def test_a_withdrawn_vision_counts_for_nothing_from_that_day() -> None:
    dossier = region(visions=(vision("2022-06-01", withdrawn_on="2023-03-01"),))
    assert on_time(dossier, "2023-02-28").status == "MET"
    assert on_time(dossier, "2023-03-01").status == "NOT_MET"


def test_after_a_withdrawal_the_next_version_is_late() -> None:
    dossier = region(visions=(vision("2022-06-01", withdrawn_on="2023-03-01"), vision("2023-03-01", 2)))
    assert on_time(dossier, "2023-03-01").days_late == 243


def test_a_later_revision_never_makes_a_timely_vision_late() -> None:
    dossier = region(visions=(vision("2024-06-12", 2), vision("2022-05-18", 1)))
    found = on_time(dossier, "2026-10-01")
    assert found.status == "MET"
    assert [item.version for item in found.records] == [1]  # type: ignore[attr-defined]


# --- R02 -------------------------------------------------------------------------------------------------------------


def test_without_a_vision_completeness_waits_until_the_deadline() -> None:
    assert said(complete(region(), "2022-07-01")) == ("PENDING", "nog geen vastgestelde visie")
    assert said(complete(region(), "2022-07-02")) == ("NOT_MET", "geen vastgestelde visie")


def test_a_carried_and_complete_vision_says_since_when() -> None:
    found = complete(region(visions=(whole_vision("2022-05-18"),)), "2026-10-01")
    assert said(found) == ("MET", "gedragen en volledig sinds 2022-05-18")
    assert en(found) == "supported and complete since 2022-05-18"
    assert found.days_late is None


@pytest.mark.parametrize(("since", "late"), [("2022-07-01", None), ("2022-07-02", 1)])
def test_completeness_after_the_deadline_names_the_days(since: str, late: int | None) -> None:
    dossier = region(visions=(vision("2022-05-18", texts=texts("2022-05-18"), support=(support(since),)),))
    found = complete(dossier, "2026-10-01")
    assert (found.status, found.days_late) == ("MET", late)
    assert nl(found).endswith(" na de uiterste datum") is (late is not None)


def test_a_vision_the_members_do_not_carry_is_half() -> None:
    dossier = region(
        visions=(vision("2022-06-20", texts=texts("2022-06-20"), support=(support("2022-06-20", False),)),)
    )
    assert said(complete(dossier, "2026-10-01")) == ("PARTIAL", "ontbreekt: draagvlak")


def test_a_vision_nobody_was_asked_about_is_not_carried() -> None:
    dossier = region(visions=(vision("2022-06-20", texts=texts("2022-06-20")),))
    assert said(complete(dossier, "2026-10-01")) == ("PARTIAL", "ontbreekt: draagvlak")


@pytest.mark.parametrize("missing", list(VisionPart))
def test_each_of_the_four_parts_is_needed(missing: VisionPart) -> None:
    parts = [part for part in VisionPart if part is not missing]
    held = vision("2022-06-20", texts=texts("2022-06-20", *parts), support=(support("2022-06-20"),))
    found = complete(region(visions=(held,)), "2026-10-01")
    assert said(found) == ("PARTIAL", f"ontbreekt: {missing.value}")
    assert en(found) == f"missing: {missing.value}"


def test_support_and_parts_can_both_be_missing() -> None:
    held = vision("2022-06-20", texts=texts("2022-06-20", VisionPart.URGENCY, VisionPart.STRATEGY))
    found = complete(region(visions=(held,)), "2026-10-01")
    assert said(found) == ("PARTIAL", "ontbreekt: draagvlak, problems, benefits")
    assert en(found) == "missing: support, problems, benefits"


def test_an_incomplete_vision_is_half_before_the_deadline_too() -> None:
    assert complete(region(visions=(vision("2022-05-01"),)), "2022-05-02").status == "PARTIAL"


def test_the_latest_judgement_of_the_members_counts() -> None:
    judgements = (support("2022-09-01"), support("2022-05-18", False))
    dossier = region(visions=(vision("2022-05-18", texts=texts("2022-05-18"), support=judgements),))
    assert complete(dossier, "2022-08-31").status == "PARTIAL"
    assert complete(dossier, "2022-09-01").status == "MET"


def test_since_is_the_start_of_the_unbroken_run() -> None:
    judgements = (support("2022-05-18"), support("2023-01-10", False), support("2023-04-02"))
    dossier = region(visions=(vision("2022-05-18", texts=texts("2022-05-18"), support=judgements),))
    assert nl(complete(dossier, "2023-01-09")) == "gedragen en volledig sinds 2022-05-18"
    assert complete(dossier, "2026-10-01").days_late == (day("2023-04-02") - DEADLINE).days


def test_a_new_version_that_is_complete_at_once_keeps_the_run() -> None:
    dossier = region(visions=(whole_vision("2022-05-18"), whole_vision("2024-06-12", 2)))
    assert nl(complete(dossier, "2026-10-01")) == "gedragen en volledig sinds 2022-05-18"


def test_a_new_version_without_support_breaks_the_run() -> None:
    second = vision("2024-06-12", 2, texts=texts("2024-06-12"), support=(support("2024-07-01"),))
    dossier = region(visions=(whole_vision("2022-05-18"), second))
    assert complete(dossier, "2024-06-12").status == "PARTIAL"
    assert nl(complete(dossier, "2026-10-01")).startswith("gedragen en volledig sinds 2024-07-01")


def test_replacing_an_unsupported_vision_keeps_the_lateness_r01_loses() -> None:
    first = vision("2022-06-20", texts=texts("2022-06-20"), support=(support("2022-06-20", False),))
    dossier = region(visions=(first, whole_vision("2023-02-01", 2)))
    assert on_time(dossier, "2026-10-01").status == "MET"
    assert complete(dossier, "2026-10-01").days_late == 215


def test_a_withdrawal_brings_the_former_version_back() -> None:
    second = whole_vision("2023-02-01", 2, withdrawn_on="2023-06-01")
    dossier = region(visions=(vision("2022-06-20"), second))
    assert complete(dossier, "2023-05-31").status == "MET"
    assert complete(dossier, "2023-06-01").status == "PARTIAL"


def test_of_two_versions_adopted_on_one_day_the_higher_holds() -> None:
    both = (whole_vision("2022-06-20", 2), vision("2022-06-20", 1))
    assert complete(region(visions=both), "2026-10-01").status == "MET"
    assert complete(region(visions=both[::-1]), "2026-10-01").status == "MET"


def test_proof_is_the_weakest_of_the_vision_and_its_support() -> None:
    minutes = Evidence(title="Verslag", strength=EvidenceStrength.CHECKED, received_on=day("2022-06-01"))
    decision = Evidence(title="Besluit", strength=EvidenceStrength.SHOWN)
    held = vision(
        "2022-05-18",
        texts=texts("2022-05-18"),
        support=(support("2022-05-18", evidence=(minutes,)),),
        evidence=(decision,),
    )
    dossier = region(visions=(held,))
    assert complete(dossier, "2022-05-31").proof is EvidenceStrength.DECLARED
    assert complete(dossier, "2022-06-01").proof is EvidenceStrength.SHOWN
