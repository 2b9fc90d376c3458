"""Evidence proves from its receipt until it expires or is replaced; the weakest record decides."""

import pytest

from tests.domain.roadmap_facts import DEADLINE, asked, day, programme, region, vision
from tracker.domain.editing import has_own_form
from tracker.domain.finding import proving, strength_of
from tracker.domain.proof import unproved
from tracker.domain.records.base import children_of
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import places
from tracker.domain.register import Register
from tracker.domain.rules import findings

DECLARED, SHOWN, CHECKED = EvidenceStrength


def piece(title: str = "Oud", strength: EvidenceStrength = CHECKED, **more: object) -> Evidence:
    given = {name: day(value) if name.endswith(("_on", "until")) else value for name, value in more.items()}
    return Evidence(title=title, strength=strength, **given)


def strength(as_of: str, *pieces: Evidence) -> EvidenceStrength:
    return strength_of(vision("2022-06-20", evidence=pieces), day(as_of))


@pytest.mark.parametrize(("as_of", "expected"), [("2024-05-31", CHECKED), ("2024-06-01", DECLARED)])
def test_evidence_weakens_from_the_day_after_its_last(as_of: str, expected: EvidenceStrength) -> None:
    assert strength(as_of, piece(valid_until="2024-05-31")) is expected


def test_a_weaker_piece_that_still_counts_takes_over() -> None:
    held = (piece(valid_until="2024-05-31"), piece("Brief", SHOWN))
    assert strength("2024-05-31", *held) is CHECKED
    assert strength("2024-06-01", *held) is SHOWN


@pytest.mark.parametrize(("as_of", "expected"), [("2024-02-29", CHECKED), ("2024-03-01", SHOWN)])
def test_a_replaced_piece_counts_for_nothing_once_its_replacement_is_received(
    as_of: str, expected: EvidenceStrength
) -> None:
    new = piece("Nieuw", SHOWN, received_on="2024-03-01", replaces="Oud")
    assert strength(as_of, piece(), new) is expected
    assert strength(as_of, new, piece()) is expected


def test_a_replacement_that_expired_does_not_bring_the_old_piece_back() -> None:
    new = piece("Nieuw", received_on="2024-03-01", valid_until="2024-12-31", replaces="Oud")
    assert strength("2025-01-01", piece(), new) is DECLARED


def test_a_new_piece_of_the_same_title_replaces_the_old_one_and_not_itself() -> None:
    old, new = (
        piece("Keurmerk", about_on="2023-01-01"),
        piece("Keurmerk", SHOWN, about_on="2024-01-01", replaces="Keurmerk"),
    )
    assert proving(vision("2022-06-20", evidence=(old, new)), day("2024-06-01")) == (new,)


def test_a_piece_replaces_nothing_of_another_record() -> None:
    assert strength("2024-06-01", piece()) is CHECKED
    assert strength("2024-06-01", piece("Nieuw", SHOWN, replaces="Iets anders"), piece()) is CHECKED


@pytest.mark.parametrize(("as_of", "expected"), [("2024-05-31", SHOWN), ("2024-06-01", DECLARED)])
def test_a_finding_is_proved_no_better_than_its_record(as_of: str, expected: EvidenceStrength) -> None:
    dossier = region(visions=(vision("2022-06-20", evidence=(piece(strength=SHOWN, valid_until="2024-05-31"),)),))
    asking = programme(asked("vision_on_time", deadline=DEADLINE))
    (found,) = findings(dossier, Register(), (asking,), day(as_of))
    assert (found.status, found.proof) == ("MET", expected)


def test_nothing_expires_before_the_day_it_is_about() -> None:
    assert [name for name, _ in piece(about_on="2024-01-01", valid_until="2023-12-31").faults()] == ["valid_until"]
    assert piece(about_on="2024-01-01", valid_until="2024-01-01").faults() == []


def test_every_record_with_a_form_of_its_own_carries_evidence_but_the_region_and_a_use() -> None:
    bare = {
        item.name
        for item in places().values()
        if has_own_form(item.name) and all(field.type is not Evidence for field in children_of(item.kind))
    }
    assert bare == {"cooperation", "product_use"}


def test_what_decides_and_is_only_declared_lacks_evidence() -> None:
    old = piece(valid_until="2024-05-31")
    dossier = region(visions=(vision("2022-06-20", evidence=(old,)),))
    asking = (programme(asked("vision_on_time", deadline=DEADLINE)),)
    lacking = {
        day_: [item.record for item in unproved(findings(dossier, Register(), asking, day(day_)), day(day_))]
        for day_ in ("2022-01-01", "2024-05-31", "2024-06-01")
    }
    assert lacking == {"2022-01-01": [], "2024-05-31": [], "2024-06-01": [dossier.visions[0]]}
