"""What differs between two editions, and what is quoted where."""

from datetime import date

import msgspec

from tracker.domain.editions import EditionChange, Part, differences, editions_of
from tracker.domain.passages import document_named, places_in
from tracker.programmes import load_programmes

BEFORE, AFTER = editions_of(load_programmes(), "zorg_en_zekerheid")


def test_the_editions_of_an_insurer_stand_in_time() -> None:
    assert (BEFORE.valid_from, AFTER.valid_from) == (date(2023, 1, 1), date(2026, 1, 1))
    assert len(editions_of(load_programmes(), "menzis")) == 1


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(AFTER, AFTER) == ()


def test_the_service_rule_and_its_settings_changed_in_2026() -> None:
    found = {(item.part, item.key): item for item in differences(BEFORE, AFTER)}
    assert found[Part.REQUIREMENT, "service_digital"].change is EditionChange.CHANGED
    assert found[Part.SWITCH, "digital_any_of"].before == ["digital_appointments", "repeat_prescriptions"]


def test_what_is_new_one_way_is_dropped_the_other_way() -> None:
    there = {(item.part, item.key) for item in differences(BEFORE, AFTER) if item.change is EditionChange.ADDED}
    back = {(item.part, item.key) for item in differences(AFTER, BEFORE) if item.change is EditionChange.DROPPED}
    assert there
    assert there == back


def test_true_is_no_one() -> None:
    one = msgspec.structs.replace(BEFORE, switches={"strict": True})
    other = msgspec.structs.replace(BEFORE, switches={"strict": 1})
    assert [item.key for item in differences(one, other)] == ["strict"]


def test_every_passage_of_every_rule_stands_in_its_document() -> None:
    for programme in load_programmes():
        for asked in programme.requirements:
            places = places_in(load_programmes(), asked.source.document)
            held = next(item for item in places if item.place == asked.source.place)
            assert any(item.passage == asked.source and item.rule == asked.rule for item in held.quotations)
            assert document_named(load_programmes(), asked.source.document) is not None


def test_the_places_of_a_document_stand_in_its_own_order() -> None:
    starts = [int(item.place.partition("-")[0]) for item in places_in(load_programmes(), "M")]
    assert starts == sorted(starts)
