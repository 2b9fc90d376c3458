"""The programme files of the product: they load, quote what they cite, and lose nothing between editions."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
import pytest

import tracker.domain
from tracker.domain.finding import Status
from tracker.domain.programme import Passage, Programme
from tracker.programmes import BUILT_IN, catalogue, check_programme, load_programmes
from tracker.programmes.kinds import KINDS, RULE_MODULES

FILES = sorted(BUILT_IN.glob("*.toml"))
PROGRAMMES = load_programmes()


def programme(key: str) -> Programme:
    return next(item for item in PROGRAMMES if item.key == key)


MENZIS = programme("menzis-2022")


def passages(value: Any, path: str = "") -> Iterator[tuple[str, Passage]]:
    if isinstance(value, Passage):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from passages(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from passages(item, f"{path}[{index}]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_programme_file_has_no_fault(path):
    assert [fault.line("en") for fault in check_programme(path)] == []


def test_the_four_programmes_are_there():
    assert {item.key for item in PROGRAMMES} == {
        "menzis-2022",
        "landelijk",
        "zorg-en-zekerheid-2023",
        "zorg-en-zekerheid-2026",
    }


@pytest.mark.parametrize("asked", PROGRAMMES, ids=lambda item: item.key)
def test_every_passage_quotes_an_available_document_at_a_place(asked):
    available = {document.alias for document in asked.documents if document.available}
    found = list(passages(asked))
    assert found
    for path, passage in found:
        assert passage.document in available, path
        assert passage.place[:1].isdigit(), path
        assert passage.text == " ".join(passage.text.split()), path


@pytest.mark.parametrize("asked", PROGRAMMES, ids=lambda item: item.key)
def test_every_rule_has_two_examples_and_two_statuses(asked):
    ran = Counter(asked.requirement(example.rule).key for example in asked.examples)
    assert [item.key for item in asked.requirements if ran[item.key] < 2] == []
    expected = {(asked.requirement(example.rule).key, example.expect) for example in asked.examples}
    per_rule = Counter(key for key, _ in expected)
    # The amounts of 2023-2025 are unknown, whatever was declared.
    one_answer = {"service_amounts"} if asked.key == "zorg-en-zekerheid-2023" else set()
    assert {item.key for item in asked.requirements if per_rule[item.key] < 2} == one_answer


@pytest.mark.parametrize("asked", PROGRAMMES, ids=lambda item: item.key)
def test_what_is_ours_says_so(asked):
    assert [item.key for item in asked.requirements if item.ours and not item.ours_note] == []


def test_no_key_disappears_between_the_editions_of_an_insurer():
    for insurer in {item.insurer_key for item in PROGRAMMES}:
        editions = sorted(
            (item for item in PROGRAMMES if item.insurer_key == insurer), key=lambda item: item.valid_from or date.min
        )
        for old, new in pairwise(editions):
            assert {item.key for item in old.requirements} <= {item.key for item in new.requirements}


def test_every_kind_of_rule_is_asked_by_some_file():
    assert {item.kind for asked in PROGRAMMES for item in asked.requirements} == set(KINDS)


def test_every_module_that_declares_a_rule_is_imported_by_the_loader():
    names = [info.name for info in pkgutil.iter_modules(tracker.domain.__path__, "tracker.domain.")]
    declaring = {kind.judge.__module__ for kind in KINDS.values()}
    assert declaring == {module.__name__ for module in RULE_MODULES}
    known = set(KINDS)
    for name in names:
        importlib.import_module(name)
    assert set(KINDS) == known


def test_every_rule_code_of_the_domain_is_in_one_insurers_files():
    owners: dict[str, set[str | None]] = {}
    for asked in PROGRAMMES:
        for item in asked.requirements:
            owners.setdefault(item.rule, set()).add(asked.insurer_key)
    calculators_and_access = {46, 49, 53, 55}
    numbers = {number for number in range(1, 57) if number not in calculators_and_access}
    assert set(owners) == {f"R{number:02}" for number in numbers}
    assert all(len(insurers) == 1 for insurers in owners.values())


# --- Menzis


def test_menzis_asks_from_2022_without_an_end():
    assert (MENZIS.valid_from, MENZIS.valid_to, MENZIS.insurer_key) == (date(2022, 1, 1), None, "menzis")


def test_menzis_has_four_themes_twelve_directions_and_thirteen_components():
    assert [len(theme.directions) for theme in MENZIS.themes] == [2, 1, 7, 2]
    components = {
        direction.code: [component.code[-1] for component in direction.components]
        for theme in MENZIS.themes
        for direction in theme.directions
        if direction.components
    }
    assert components == {"T1.1": list("abcdef"), "T3.2": list("abcdefg")}


def test_theme_3_carries_the_tags_of_the_remark_and_our_footnote():
    theme = next(item for item in MENZIS.themes if item.code == "T3")
    tags = {direction.code: set(direction.tags) for direction in theme.directions}
    assert tags == {
        "T3.1": {"technical"},
        "T3.2": {"technical"},
        "T3.3": {"technical"},
        "T3.4": {"functional"},
        "T3.7": {"functional"},
        "T3.5": {"functional", "precondition"},
        "T3.6": {"functional", "goal"},
    }
    assert theme.remark_source.text.startswith("Punt 6 is het doel")
    assert "T3.2" in theme.remark.nl
    assert next(item for item in theme.directions if item.code == "T3.2").note


def test_the_matrix_has_thirteen_columns_in_seven_groups():
    columns = sorted((item for item in MENZIS.requirements if item.column), key=lambda item: item.column)
    assert " ".join(item.rule for item in columns) == "R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R25 R29 R52"
    groups = [group.key for group in MENZIS.groups]
    assert len(groups) == 7
    places = [groups.index(item.group) for item in columns]
    assert places == [0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 4, 5, 6]
    assert columns[0].label.nl == "Visie op tijd"
    assert [item.rule for item in columns if item.ambition] == ["R52"]


def test_the_ten_conditions_stand_in_the_order_of_the_source():
    assert [(item.number, item.rules) for item in MENZIS.conditions] == [
        (1, ("R13",)),
        (2, ("R14",)),
        (3, ("R15",)),
        (4, ("R16",)),
        (5, ("R17", "R18")),
        (6, ("R19", "R20", "R21", "R22")),
        (7, ("R23", "R24")),
        (8, ("R25",)),
        (9, ("R26",)),
        (10, ("R27",)),
    ]
    lines = [int(item.source.place.split("-")[0]) for item in MENZIS.conditions]
    assert lines == sorted(lines)


def test_the_ict_set_up_rests_on_a_lead_and_on_support():
    assert [(item.key, item.rules) for item in MENZIS.milestones] == [("ict_setup", ("R03", "R05"))]


def test_roadmap_rules_hold_in_the_frame_and_conditions_for_the_insurers_initiatives():
    scopes = {item.rule: item.scope for item in MENZIS.requirements}
    frame = {*(f"R{number:02}" for number in range(1, 12)), "R25", "R29", "R31", "R52"}
    insurer = {*(f"R{number}" for number in range(12, 24)), "R26", "R27"}
    assert {rule for rule, scope in scopes.items() if scope == "frame"} == frame
    assert {rule for rule, scope in scopes.items() if scope == "insurer"} == insurer
    assert {rule for rule, scope in scopes.items() if scope == "all"} == {"R28", "R30", "R33", "R34"}


def test_five_challenges_are_not_the_six_topics():
    topics = {topic.key for topic in MENZIS.topics}
    assert len(topics) == 6
    assert {item.key for item in MENZIS.challenges} == topics - {"labour_market"}
    assert list(MENZIS.switches["topics"]) == [topic.key for topic in MENZIS.topics]


def test_key_dates_agree_with_the_switches():
    switches = MENZIS.switches
    assert [(item.on, item.soft) for item in MENZIS.key_dates] == [
        (switches["vision_deadline"], False),
        (switches["directions_soft_deadline"], True),
        (switches["assessment_from"], False),
        (switches["horizon"], False),
    ]
    assert switches["ict_deadline"] == switches["vision_deadline"] == date(2022, 7, 1)


def test_the_purposes_of_a_stream_agree_with_its_rule():
    asked = MENZIS.requirement("R33").params["purposes"]
    assert {stream.key: list(stream.purposes) for stream in MENZIS.streams} == asked


def test_missing_annexes_are_listed_as_not_available_and_no_amount_is_named():
    missing = {document.alias for document in MENZIS.documents if not document.available}
    assert {"M-bijlage-5", "M-bijlage-8", "M-bijlage-9", "M-schets"} <= missing
    assert {stream.annex for stream in MENZIS.streams} <= missing
    assert MENZIS.tariffs == ()
    assert MENZIS.amounts == ()


def test_two_directions_on_2_july_2023_are_not_enough():
    example = next(item for item in MENZIS.examples if item.text == "twee richtingen op 2 juli 2023")
    assert (example.on, example.expect) == (date(2023, 7, 2), Status.NOT_MET)


def test_how_to_ask_for_an_assessment_is_told_with_its_addresses():
    told = " ".join(item.source.text for item in MENZIS.facts if item.key.startswith("assessment_"))
    assert "www.zn.nl/digitalezorg" in told
    assert "kcdigitalezorg@zn.nl" in told


# --- Look-ups


def test_a_practice_can_offer_components_and_directions_that_have_none():
    known = catalogue(PROGRAMMES)
    assert known.codes["service"] == known.codes["component"] | (known.codes["direction"] - {"T1.1", "T3.2"})
    assert known.services["T1.1a"].nl == "Afspraken"


def test_insurers_and_rules_are_looked_up_by_key():
    known = catalogue(PROGRAMMES)
    assert known.codes["insurer"] == {"menzis", "zorg_en_zekerheid"}
    assert known.insurers["menzis"] == "Menzis"
    assert {"vision_on_time", "no_double_funding_computed"} <= known.rules.keys()


def test_without_programmes_no_code_is_known():
    assert set().union(*catalogue([]).codes.values()) == set()
