"""The demonstration tells the story of domain.md section 6, on its own day and on the days where something turns."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest

import tracker
from tracker.domain.finding import Finding, Status
from tracker.domain.programme import Programme
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.file import DossierFile, RegisterRecords
from tracker.domain.register import Example, Register
from tracker.domain.rules import findings
from tracker.domain.shape import parse_record
from tracker.exchange.dossier_file import read_dossier
from tracker.programmes import load_programmes

TODAY = date(2026, 10, 1)
COLUMNS = ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R25", "R29", "R52")
MET, LATE, PARTIAL, NOT_MET = Status.MET, Status.LATE, Status.PARTIAL, Status.NOT_MET
PENDING, NA, UNKNOWN, ADVISORY = Status.PENDING, Status.NA, Status.UNKNOWN, Status.ADVISORY


@cache
def story() -> tuple[dict[str, Cooperation], Register]:
    file = read_dossier((Path(tracker.__file__).parent / "demo" / "demo.yaml").read_bytes())
    record, problems = parse_record(DossierFile, {**file.head, "cooperations": list(file.cooperations)})
    assert not problems
    assert isinstance(record, DossierFile)
    assert isinstance(record.register, RegisterRecords)
    shared = [
        Example(region.code, initiative)
        for region in record.cooperations
        for initiative in region.initiatives
        if initiative.sharings
    ]
    register = Register(record.register.products, record.register.his_products, tuple(shared))
    return {region.code: region for region in record.cooperations}, register


@cache
def judged(region: str, day: date) -> dict[tuple[str, str], Finding]:
    return judged_by(load_programmes(), region, day)


def judged_by(programmes: tuple[Programme, ...], region: str, day: date) -> dict[tuple[str, str], Finding]:
    dossiers, register = story()
    return {(item.rule, item.subject): item for item in findings(dossiers[region], register, programmes, day)}


def status(region: str, rule: str, day: date = TODAY, subject: str = "") -> Status:
    return judged(region, day)[rule, subject or region].status


@pytest.mark.parametrize(
    ("region", "met", "of"),
    [
        ("WOL", 13, 13),
        ("ZAN", 11, 13),
        ("HOL", 5, 13),
        ("TOL", 6, 13),
        ("ESS", 8, 13),
        ("NOO", 0, 12),
        ("LIN", 11, 13),
        ("KRO", 11, 13),
    ],
)
def test_a_region_meets_as_many_roadmap_rules_as_the_story_says(region: str, met: int, of: int) -> None:
    found = [status(region, rule) for rule in COLUMNS]
    assert (found.count(MET), sum(item is not NA for item in found)) == (met, of)


def test_noorderwold_is_red_throughout_and_has_no_contract_to_give_mandates_for() -> None:
    assert {status("NOO", rule) for rule in COLUMNS if rule != "R25"} == {NOT_MET}
    assert status("NOO", "R25") is NA


def test_hollerdiep_was_105_days_late_and_never_turns_green() -> None:
    finding = judged("HOL", TODAY)["R01", "HOL"]
    assert (finding.status, finding.days_late) == (LATE, 105)


def test_only_wolderveen_covers_all_four_themes_by_the_end_of_2025() -> None:
    assert [region for region in story()[0] if status(region, "R52") is MET] == ["WOL"]


TURNS = [
    ("ZAN", "R01", "", "2022-06-30", PENDING, "2022-07-01", MET),
    ("ZAN", "R03", "", "2022-06-30", PENDING, "2022-07-01", MET),
    ("HOL", "R01", "", "2022-07-01", PENDING, "2022-07-02", NOT_MET),
    ("HOL", "R01", "", "2022-10-13", NOT_MET, "2022-10-14", LATE),
    ("HOL", "R04", "", "2022-12-31", MET, "2023-01-01", NOT_MET),
    ("HOL", "R04", "", "2026-03-31", MET, "2026-04-01", NOT_MET),
    ("HOL", "R10", "", "2025-12-31", MET, "2026-01-01", NOT_MET),
    ("HOL", "R15", "I05", "2022-12-31", NA, "2023-01-01", NOT_MET),
    ("WOL", "R08", "", "2024-06-11", MET, "2024-06-12", UNKNOWN),
    ("WOL", "R08", "", "2024-06-30", UNKNOWN, "2024-07-01", MET),
    ("WOL", "R15", "I02", "2026-02-04", MET, "2026-02-05", NOT_MET),
    ("KRO", "R15", "I14", "2026-02-04", MET, "2026-02-05", NOT_MET),
    ("KRO", "R24", "I14", "2024-06-30", MET, "2024-07-01", NOT_MET),
    ("LIN", "R25", "", "2025-08-31", MET, "2025-09-01", PARTIAL),
    ("LIN", "R15", "I12", "2025-05-31", MET, "2025-06-01", NOT_MET),
    ("ZAN", "R15", "I03", "2024-06-23", NOT_MET, "2024-06-24", MET),
    ("ZAN", "R19", "I04", "2026-08-12", PARTIAL, "2026-08-13", NOT_MET),
    ("NOO", "R29", "", "2025-01-31", MET, "2025-12-01", NOT_MET),
]


@pytest.mark.parametrize(("region", "rule", "subject", "before", "was", "after", "became"), TURNS)
def test_a_status_turns_on_its_day(
    region: str, rule: str, subject: str, before: str, was: Status, after: str, became: Status
) -> None:
    assert status(region, rule, date.fromisoformat(before), subject) is was
    assert status(region, rule, date.fromisoformat(after), subject) is became


def test_lindemeer_has_22_of_23_mandates_and_kromwaard_41_of_49() -> None:
    for region, n, total in (("LIN", 22, 23), ("KRO", 41, 49)):
        values = judged(region, TODAY)["R25", region].reason.values
        assert (values["n"], values["total"]) == (n, total)


def test_the_double_funding_of_kromwaard_stays_after_it_ended() -> None:
    values = judged("KRO", TODAY)["R24", "I14"].reason.values
    assert (str(values["percentage"]), values["start"], values["end"]) == ("130", date(2024, 7, 1), date(2025, 12, 31))


def test_one_assessment_serves_three_regions() -> None:
    assert [
        status(region, "R15", subject=code) for region, code in (("WOL", "I01"), ("TOL", "I08"), ("NOO", "I11"))
    ] == [
        MET,
        MET,
        MET,
    ]


def test_tolvenaar_left_one_topic_open_in_its_second_round() -> None:
    values = judged("TOL", TODAY)["R28", "TOL#2"].reason.values
    assert (status("TOL", "R28", subject="TOL#2"), values["n"]) == (NOT_MET, 5)


def test_esselgaarde_showed_evidence_for_two_of_its_six_scores() -> None:
    values = judged("ESS", TODAY)["R30", "ESS#3"].reason.values
    assert (status("ESS", "R30", subject="ESS#3"), values["n"], values["m"]) == (NOT_MET, 2, 6)


def test_esselgaarde_has_three_directions_when_components_count() -> None:
    loaded = load_programmes()
    menzis = next(item for item in loaded if item.key == "menzis-2022")
    counting = msgspec.structs.replace(menzis, switches={**menzis.switches, "direction_count_level": "component"})
    others = tuple(item for item in loaded if item is not menzis)
    assert status("ESS", "R06") is NOT_MET
    assert judged_by((*others, counting), "ESS", TODAY)["R06", "ESS"].status is MET


def test_lindemeer_is_judged_by_two_insurers() -> None:
    found = judged("LIN", TODAY)
    assert {item.programme.insurer_key for item in found.values()} == {"menzis", "zorg_en_zekerheid", None}
    assert found["R13", "I13"].status is NA


def test_on_1_july_2022_six_regions_had_their_vision_in_time() -> None:
    day = date(2022, 7, 1)
    assert sorted(region for region in story()[0] if status(region, "R01", day) is MET) == [
        "ESS",
        "KRO",
        "LIN",
        "TOL",
        "WOL",
        "ZAN",
    ]
