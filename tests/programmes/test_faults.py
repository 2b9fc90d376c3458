"""Whoever writes a programme file hears every fault at once: which file, which key, why."""

from pathlib import Path

import pytest

from tracker.domain.records.base import Pair
from tracker.programmes import (
    BUILT_IN,
    Fault,
    ProgrammeRefused,
    check_programme,
    check_together,
    load_programme,
    load_programmes,
)

INVENTED = Path(__file__).parent / "invented" / "zonnekant-2027.toml"
SOUND = INVENTED.read_text(encoding="utf-8")


def check(tmp_path: Path, text: str, name: str = "proef.toml") -> list[Fault]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return check_programme(path)


def changed(old: str, new: str, times: int = 1) -> str:
    assert old in SOUND
    return SOUND.replace(old, new, times)


def keys(faults: list[Fault]) -> list[str]:
    return [fault.key for fault in faults]


CASES = {
    "an unknown key": ('scope = "frame"', 'scoop = "frame"', "requirements[0].scoop", "onbekende sleutel"),
    "an unknown section": ("[[milestones]]", "[[mijlpalen]]", "mijlpalen", "onbekende sleutel"),
    "a missing field": ('version = "1"\n', "", "version", "ontbreekt"),
    "a missing text in a language": (', en = "First vision"', "", "requirements[0].title.en", "ontbreekt"),
    "an empty text": ('nl = "Eerste visie"', 'nl = " "', "requirements[0].title.nl", "vul een tekst in"),
    "a text where a date belongs": (
        "valid_from = 2027-01-01",
        'valid_from = "2027-01-01"',
        "valid_from",
        "schrijf een datum",
    ),
    "a moment where a date belongs": (
        "valid_from = 2027-01-01",
        "valid_from = 2027-01-01T12:00:00",
        "valid_from",
        "schrijf een datum",
    ),
    "a truth value where a number belongs": ("column = 1", "column = true", "requirements[0].column", "geheel getal"),
    "a number where a block belongs": (
        'title = {nl = "Eerste visie", en = "First vision"}',
        "title = 3",
        "requirements[0].title",
        "blok met nl, en",
    ),
    "a text where a list belongs": (
        'rules = ["ZK1", "renewed_vision"]',
        'rules = "ZK1"',
        "milestones[0].rules",
        "een lijst",
    ),
    "an unknown scope": ('scope = "frame"', 'scope = "kader"', "requirements[0].scope", "frame, insurer, all"),
    "an unknown kind of rule": (
        'kind = "vision_on_time"',
        'kind = "vision_in_time"',
        "requirements[0].kind",
        "vision_on_time",
    ),
    "a parameter nobody knows": (
        'params.deadline = "$first_vision"',
        'params.deadline = "$first_vision"\nparams.dedline = 2027-03-01',
        "requirements[0].params.dedline",
        "vision_on_time kent: deadline",
    ),
    "a parameter left out": (
        'params.deadline = "$first_vision"',
        "params = {}",
        "requirements[0].params.deadline",
        "parameter ontbreekt",
    ),
    "a parameter of another type": (
        'params.deadline = "$first_vision"',
        "params.deadline = 2027",
        "requirements[0].params.deadline",
        "2027 past niet",
    ),
    "a switch of another type": (
        "two = 2",
        'two = "2"',
        "requirements[2].params.minimum",
        "($two) past niet; schrijf een geheel getal",
    ),
    "a word that the rule does not know": (
        'level = "direction"',
        'level = "richting"',
        "requirements[2].params.level",
        "component, direction",
    ),
    "a number below zero": ("two = 2", "two = -2", "requirements[2].params.minimum", "0 of meer"),
    "a switch that does not exist": (
        '"$first_vision"',
        '"$eerste_visie"',
        "requirements[0].params.deadline",
        "$first_vision",
    ),
    "a rule code used twice": ('rule = "ZK2"', 'rule = "ZK1"', "requirements[1].rule", "requirements[0]"),
    "a rule key used twice": (
        'key = "renewed_vision"',
        'key = "first_vision"',
        "requirements[1].key",
        "requirements[0]",
    ),
    "a key that fits no address": ('key = "first_vision"', 'key = "Eerste visie"', "requirements[0].key", "kleine"),
    "a column used twice": ("column = 2", "column = 1", "requirements[1].column", "requirements[0]"),
    "a column without a group": ('group = "work"\n', "", "requirements[2].group", "groep"),
    "an unknown group": ('group = "work"', 'group = "werk"', "requirements[2].group", "paper, work"),
    "a condition that names no rule": ('["ZK4", "R24"]', '["ZK4", "R99"]', "conditions[0].rules[1]", "R99"),
    "a condition without rules": ('["ZK4", "R24"]', "[]", "conditions[0].rules", "ten minste één"),
    "a milestone that names no rule": (
        '["ZK1", "renewed_vision"]',
        '["ZK1", "ZK9"]',
        "milestones[0].rules[1]",
        "ZK1, ZK2, ZK3, ZK4",
    ),
    "a direction code used twice": (
        'code = "Z2.1"',
        'code = "Z1.1"',
        "themes[1].directions[0].code",
        "themes[0].directions[0]",
    ),
    "a component called as a direction": (
        'code = "Z1.1a"',
        'code = "Z2.1"',
        "themes[0].directions[0].components[0].code",
        "themes[1].directions[0]",
    ),
    "a theme code used twice": ('code = "Z2"', 'code = "Z1"', "themes[1].code", "themes[0]"),
    "an end before the start": ("valid_to = 2029-12-31", "valid_to = 2026-12-31", "valid_to", "2027-01-01"),
    "a document nobody listed": ('alias = "ZK"', 'alias = "ZK2"', "requirements[0].source.document", "ZK2"),
    "a passage without place": (
        'source = {document = "ZK", place = "bladzijde 3", text',
        "source = {document = 'ZK', text",
        "requirements[0].source.place",
        "ontbreekt",
    ),
    "an insurer and national at once": (
        'version = "1"',
        'version = "1"\nnational = true',
        "insurer",
        "één van de twee",
    ),
    "a condition's scope on a rule for cooperations": (
        'scope = "frame"',
        'scope = "insurer"',
        "requirements[0].scope",
        "cooperation",
    ),
    "an unknown status in an example": ('expect = "MET"', 'expect = "BEHAALD"', "examples[0].expect", "NOT_MET"),
    "an example of an unknown rule": ('rule = "first_vision"', 'rule = "ZK7"', "examples[1].rule", "ZK7"),
    "an example that fails": (
        'expect = "LATE"',
        'expect = "NOT_MET"',
        "examples[1].expect",
        "verwacht NOT_MET, gekregen LATE",
    ),
    "an example that does not say about whom": (
        'subject = "I2"\n',
        "",
        "examples[5].subject",
        "I1, I2",
    ),
    "an example about somebody else": ('subject = "I2"', 'subject = "I3"', "examples[5].expect", "geen uitkomst"),
    "an unknown key in the facts of an example": (
        "{version = 1, adopted_on = 2027-03-01}",
        "{versie = 1, adopted_on = 2027-03-01}",
        "examples[0].facts.visions[0].versie",
        "onbekende sleutel",
    ),
    "a direction in an example that the file does not have": (
        'facts.directions = [{code = "Z1.1"',
        'facts.directions = [{code = "T1.1"',
        "examples[4].facts.directions[0].code",
        "Z1.1",
    ),
    "an impossible date in an example": (
        "{version = 1, adopted_on = 2027-03-01}",
        '{version = 1, adopted_on = "2027-02-30"}',
        "examples[0].facts.visions[0].adopted_on",
        "bestaande datum",
    ),
}


@pytest.mark.parametrize(("old", "new", "key", "word"), CASES.values(), ids=CASES.keys())
def test_a_fault_names_file_key_and_reason(tmp_path, old, new, key, word):
    faults = check(tmp_path, changed(old, new))
    found = [fault for fault in faults if fault.key == key]
    assert found, keys(faults)
    assert found[0].file == "proef.toml"
    assert word in found[0].reason.nl
    assert found[0].reason.en


@pytest.mark.parametrize(("old", "new", "key", "word"), CASES.values(), ids=CASES.keys())
def test_a_file_with_a_fault_is_not_loaded(tmp_path, old, new, key, word):
    path = tmp_path / "proef.toml"
    path.write_text(changed(old, new), encoding="utf-8")
    with pytest.raises(ProgrammeRefused) as refused:
        load_programme(path)
    assert key in keys(list(refused.value.faults))


def test_the_sound_file_has_no_fault(tmp_path):
    assert check(tmp_path, SOUND) == []


def test_every_fault_is_told_at_once(tmp_path):
    apart = (
        "an unknown key",
        "a missing text in a language",
        "a rule code used twice",
        "an unknown group",
        "a condition that names no rule",
        "a direction code used twice",
        "an end before the start",
        "an insurer and national at once",
        "an unknown status in an example",
        "an unknown kind of rule",
    )
    text = SOUND
    for name in apart:
        old, new, _, _ = CASES[name]
        assert old in text
        text = text.replace(old, new, 1)
    found = keys(check(tmp_path, text))
    assert {CASES[name][2] for name in apart} <= set(found)


def test_a_fault_of_words_hides_no_failing_example(tmp_path):
    text = changed('nl = "Eerste visie"', 'nl = ""').replace('expect = "LATE"', 'expect = "PENDING"')
    assert keys(check(tmp_path, text)) == ["requirements[0].title.nl", "examples[1].expect"]


def test_an_example_is_not_judged_by_a_rule_that_is_itself_faulty(tmp_path):
    text = changed('params.deadline = "$first_vision"', "params.deadline = 3")
    assert keys(check(tmp_path, text)) == ["requirements[0].params.deadline"]


def test_a_rule_that_breaks_on_its_parameters_is_a_fault_and_no_crash(tmp_path):
    asked = """
[[requirements]]
rule = "ZK5"
key = "meetings"
kind = "rounds_periodic"
title = {nl = "Overleg", en = "Meetings"}
plain = {nl = "Ooit.", en = "Once."}
source = {document = "ZK", place = "bladzijde 9", text = "Ooit."}
params = {soft_deadline = 2027-01-01, interval_months = 1000000, grace_months = 0}

[[milestones]]"""
    example = """
[[examples]]
text = "over duizenden jaren"
rule = "ZK5"
on = 2027-01-01
expect = "PENDING"
facts = {}
"""
    faults = check(tmp_path, changed("[[milestones]]", asked) + example)
    assert keys(faults) == ["examples[6]"]
    assert "liep vast" in faults[0].reason.nl


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('key = "a"\nversion = [\n', "regel 3"),
        ('key = "a"\nkey = "b"\n', "regel 2"),
        ("on = 2022-02-30\n", "geen geldige TOML"),
        ("a = " + "[" * 100_000, "kan niet worden gelezen"),
        ("\0", "geen geldige TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path, text, word):
    faults = check(tmp_path, text)
    assert len(faults) == 1
    assert word in faults[0].reason.nl


def test_a_picture_named_toml_is_refused(tmp_path):
    path = tmp_path / "plaatje.toml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert "UTF-8" in check_programme(path)[0].reason.nl


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    assert "kan niet worden gelezen" in check_programme(tmp_path / "weg.toml")[0].reason.nl


def test_an_enormous_file_is_not_read(tmp_path):
    assert "5 MB" in check(tmp_path, "#" * 5_000_001)[0].reason.nl


def test_an_empty_file_says_what_it_needs(tmp_path):
    assert {"key", "title", "version", "insurer"} <= set(keys(check(tmp_path, "")))


def test_a_fault_reads_as_one_line_in_both_languages():
    fault = Fault("a.toml", "key", Pair("fout", "wrong"))
    assert (fault.line(), fault.line("en")) == ("a.toml: key: fout", "a.toml: key: wrong")


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(ProgrammeRefused, match="does not exist"):
        load_programmes(extra=tmp_path / "weg")


def test_the_faults_of_all_files_of_a_folder_come_together(tmp_path):
    (tmp_path / "een.toml").write_text(changed('kind = "vision_on_time"', 'kind = "x"'), encoding="utf-8")
    (tmp_path / "twee.toml").write_text("key = ", encoding="utf-8")
    with pytest.raises(ProgrammeRefused) as refused:
        load_programmes(extra=tmp_path)
    assert {fault.file for fault in refused.value.faults} == {"een.toml", "twee.toml"}


def editions(tmp_path: Path, second: str) -> list[Fault]:
    found = []
    for name, text in (("eerste.toml", SOUND), ("tweede.toml", second)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found.append((name, load_programme(path)))
    return check_together(found)


def test_a_next_edition_with_all_keys_is_accepted(tmp_path):
    later = changed('key = "zonnekant-2027"', 'key = "zonnekant-2030"').replace(
        "2027-01-01\nvalid_to", "2030-01-01\nvalid_to"
    )
    assert editions(tmp_path, later.replace("valid_to = 2029-12-31", "valid_to = 2032-12-31")) == []


def test_two_files_with_one_key_are_refused(tmp_path):
    faults = editions(tmp_path, SOUND.replace("valid_from = 2027-01-01", "valid_from = 2027-01-02"))
    assert [(fault.file, fault.key) for fault in faults] == [("tweede.toml", "key")]


def test_two_editions_that_start_on_one_day_are_refused(tmp_path):
    faults = editions(tmp_path, changed('key = "zonnekant-2027"', 'key = "zonnekant-2027-b"'))
    assert [(fault.file, fault.key) for fault in faults] == [("tweede.toml", "valid_from")]


def test_a_rule_or_direction_that_disappears_is_refused(tmp_path):
    later = changed('key = "zonnekant-2027"', 'key = "zonnekant-2030"').replace(
        "2027-01-01\nvalid_to", "2029-01-01\nvalid_to"
    )
    later = later.replace('"first_vision"', '"new_vision"').replace('"Z1.2"', '"Z1.3"')
    faults = editions(tmp_path, later)
    assert [fault.key for fault in faults] == ["requirements", "themes"]
    assert "first_vision" in faults[0].reason.nl
    assert "Z1.2" in faults[1].reason.nl


def test_a_folder_is_read_once(tmp_path):
    (tmp_path / "a.toml").write_text(SOUND, encoding="utf-8")
    assert load_programmes(BUILT_IN, tmp_path) is load_programmes(BUILT_IN, tmp_path)


@pytest.mark.parametrize("value", ["{a = 1}", "[[1]]", "3", "true", "2022-07-01"])
@pytest.mark.parametrize("name", ['key = "first_vision"', 'rule = "ZK2"', 'alias = "ZK"', 'code = "Z1.1"'])
def test_a_value_of_any_shape_in_any_place_is_a_fault_and_no_crash(tmp_path, name, value):
    field = name.split(" = ")[0]
    faults = check(tmp_path, changed(name, f"{field} = {value}"))
    assert any(fault.key.endswith(f".{field}") for fault in faults)
