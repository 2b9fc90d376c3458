"""A new insurer is a file and no code: its own themes, dates and minimum, one kind of rule under two keys."""

from datetime import date
from pathlib import Path

import pytest

from tracker.domain.finding import Status
from tracker.domain.programme import Programme
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.domain.records.enums import Phase
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.vision import Vision
from tracker.domain.register import Register
from tracker.domain.rules import findings
from tracker.programmes import BUILT_IN, catalogue, load_programme, load_programmes

INVENTED = Path(__file__).parent / "invented"


@pytest.fixture
def programmes() -> tuple[Programme, ...]:
    return load_programmes(extra=INVENTED)


def cooperation(*insurers: str, **facts: object) -> Cooperation:
    links = tuple(InsurerLink(insurer=insurer, from_on=date(2020, 1, 1)) for insurer in insurers)
    return Cooperation(code="KUST", name="RSV Kuststreek", insurers=links, **facts)


def direction(code: str, reached_on: date) -> Direction:
    return Direction(code=code, phases=(DirectionPhase(reached_on=reached_on, phase=Phase.SELECTED),))


def statuses(dossier: Cooperation, programmes: tuple[Programme, ...], on: date) -> dict[str, Status]:
    return {item.key: item.status for item in findings(dossier, Register(), programmes, on) if item.subject == "KUST"}


def test_a_file_in_a_folder_of_the_installation_stands_beside_the_built_in_ones(programmes):
    built_in = {item.key for item in load_programmes()}
    assert {item.key for item in programmes} == built_in | {"zonnekant-2027"}


def test_the_file_alone_can_be_loaded():
    assert load_programme(INVENTED / "zonnekant-2027.toml").insurer.name == "Zonnekant Zorg"


@pytest.mark.parametrize(
    ("adopted_on", "first", "renewed"),
    [
        (date(2027, 3, 1), Status.MET, Status.MET),
        (date(2027, 3, 2), Status.LATE, Status.MET),
        (date(2028, 3, 1), Status.LATE, Status.MET),
        (date(2028, 3, 2), Status.LATE, Status.LATE),
    ],
)
def test_one_kind_under_two_keys_answers_twice(programmes, adopted_on, first, renewed):
    dossier = cooperation("zonnekant", visions=(Vision(version=1, adopted_on=adopted_on),))
    found = statuses(dossier, programmes, date(2028, 3, 2))
    assert (found["first_vision"], found["renewed_vision"]) == (first, renewed)


@pytest.mark.parametrize(("on", "expected"), [(date(2027, 6, 30), Status.PENDING), (date(2027, 7, 1), Status.NOT_MET)])
def test_one_direction_is_too_few_after_its_own_soft_date(programmes, on, expected):
    dossier = cooperation("zonnekant", directions=(direction("Z1.1", date(2027, 4, 1)),))
    assert statuses(dossier, programmes, on)["two_directions"] is expected


def test_two_directions_are_enough_for_its_own_minimum(programmes):
    dossier = cooperation(
        "zonnekant", directions=(direction("Z1.1", date(2027, 4, 1)), direction("Z2.1", date(2027, 6, 30)))
    )
    assert statuses(dossier, programmes, date(2027, 7, 1))["two_directions"] is Status.MET


def test_a_cooperation_of_another_insurer_falls_outside_its_frame(programmes):
    found = statuses(cooperation("menzis"), programmes, date(2028, 3, 2))
    assert found["first_vision"] is Status.NA
    assert found["vision_on_time"] is Status.NOT_MET


def test_both_frames_judge_a_cooperation_of_two_insurers(programmes):
    found = statuses(cooperation("menzis", "zonnekant"), programmes, date(2028, 3, 2))
    assert (found["vision_on_time"], found["first_vision"]) == (Status.NOT_MET, Status.NOT_MET)


def test_its_conditions_leave_an_initiative_of_another_insurer_alone(programmes):
    dossier = cooperation(
        "zonnekant",
        initiatives=(
            Initiative(code="I1", title="Meten", insurer="zonnekant", proposed_on=date(2027, 1, 4)),
            Initiative(code="I2", title="Bellen", insurer="menzis", proposed_on=date(2027, 1, 4)),
        ),
    )
    found = findings(dossier, Register(), programmes, date(2027, 5, 1), frozenset({"agreed_at_start"}))
    assert {item.subject: item.status for item in found} == {"I1": Status.PENDING, "I2": Status.NA}


def test_a_finding_names_the_programme_and_its_version(programmes):
    found = findings(cooperation("zonnekant"), Register(), programmes, date(2027, 5, 1), frozenset({"ZK1"}))
    assert [(item.programme.key, item.programme.version, item.rule) for item in found] == [
        ("zonnekant-2027", "1", "ZK1")
    ]


def test_its_codes_join_those_of_the_others(programmes):
    known = catalogue(programmes)
    assert known.insurers["zonnekant"] == "Zonnekant Zorg"
    assert {"Z1.1", "Z1.2", "Z2.1", "T1.1"} <= known.codes["direction"]
    assert {"Z1.1a", "T1.1a"} <= known.codes["component"]
    assert {"Z1.1a", "Z1.2", "Z2.1"} <= known.codes["service"]
    assert "Z1.1" not in known.codes["service"]
    assert {"first_vision", "renewed_vision"} <= known.rules.keys()


def test_no_line_of_the_product_knows_it():
    house = BUILT_IN.parent
    assert not [path for path in house.rglob("*.py") if "zonnekant" in path.read_text(encoding="utf-8").lower()]
