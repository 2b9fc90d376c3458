"""Dossier files go in and out by command: whole or not at all, and never with a traceback."""

import json

import pytest

from tests.bad_files import ODD, REFUSED, UNREADABLE, region
from tests.written import HEAD, WOLDERVEEN
from tracker.cli.words import plain
from tracker.demo import FILE


def test_a_file_is_taken_in_once_and_found_unchanged_the_second_time(empty, file):
    path = file(HEAD + WOLDERVEEN)
    first = empty("import", path)
    assert first.code == 0
    assert "Opgenomen." in first.out
    assert any(line.split() == ["vision_text", "1", "0", "0", "0"] for line in first.out.splitlines())
    second = empty("import", path)
    assert (second.code, "Alles stond er al zo." in second.out) == (0, True)


def test_a_change_is_told_with_its_field(empty, file):
    empty("import", file(HEAD + WOLDERVEEN))
    done = empty("import", file(HEAD + WOLDERVEEN.replace("RSV Wolderveen", "RSV Nieuw")), "--reason", "Fusie")
    assert '~ WOL: name: "RSV Wolderveen" → "RSV Nieuw"' in done.out


def test_a_dry_run_writes_nothing(empty, file):
    done = empty("import", file(HEAD + WOLDERVEEN), "--dry-run")
    assert (done.code, "Proef: er is niets geschreven." in done.out) == (0, True)
    assert empty("status", "WOL").code == 1


def test_a_file_may_come_from_the_input(empty):
    assert empty("import", "-", stdin=(HEAD + WOLDERVEEN).encode()).code == 0


@pytest.mark.parametrize("arguments", [(), ("a.yaml", "b.yaml")])
def test_no_file_or_two_is_wrong_use(empty, arguments):
    done = empty("import", *arguments)
    assert done.code == 2
    assert "geef één bestand" in done.err


@pytest.mark.parametrize("name", ["nergens.yaml", ".", "a\0b"])
def test_a_file_that_is_not_there_is_refused(empty, name):
    done = empty("import", name)
    assert done.code == 1
    assert "kan niet worden gelezen" in done.err


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_ends_in_a_line_and_status_one(empty, file, written, name):
    data, word = UNREADABLE[name]
    done = empty("import", file(data))
    assert done.code == 1
    assert word in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert written() == 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_right_is_refused_with_its_path_and_nothing_is_written(empty, file, written, name):
    data, path = REFUSED[name]
    done = empty("import", file(data))
    assert done.code == 1
    assert any(line.strip().startswith((f"{path} ", f"{path}:")) for line in done.err.splitlines())
    assert "Er is niets geschreven." in done.err
    assert written() == 0


def test_every_fault_is_told_at_once(empty, file):
    done = empty("import", file(region("    visions: [{version: x}, {version: y}]\n    rare: 1\n")))
    assert "Geweigerd: 3" in done.err


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_kept_as_it_is_and_steers_no_terminal(empty, file, name):
    text = ODD[name]
    body = {"format": "regiotracker/dossier@1", "fictional": True, "cooperations": [{"code": "ODD", "name": text}]}
    assert empty("import", file(json.dumps(body), "odd.json")).code == 0
    assert json.loads(empty("export", "--json").out)["cooperations"][0]["name"] == text
    shown = empty("status", "ODD").out.splitlines()[0]
    assert plain(text) in shown
    assert not any(mark in shown for mark in ("\x1b", "\u202e", "\r"))


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_demonstration_comes_back_byte_for_byte(empty, file, options):
    assert empty("import", str(FILE)).code == 0
    first = empty("export", *options).raw
    empty("import", file(first, "again"))
    assert empty("export", *options).raw == first


def test_an_export_holds_the_codes_that_are_named(demonstration, tmp_path):
    target = tmp_path / "out.json"
    done = demonstration("export", "ESS", "KRO", "--json", "--output", str(target))
    assert (done.code, done.out) == (0, "")
    assert [item["code"] for item in json.loads(target.read_text(encoding="utf-8"))["cooperations"]] == ["ESS", "KRO"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unknown_code_is_refused(demonstration):
    done = demonstration("export", "ESS", "XXX")
    assert (done.code, done.out) == (1, "")
    assert "onbekend samenwerkingsverband: XXX" in done.err


def test_a_place_that_cannot_be_written_is_refused(demonstration, tmp_path):
    done = demonstration("export", "--output", str(tmp_path / "nergens" / "out.yaml"))
    assert done.code == 1
    assert "kan niet worden geschreven" in done.err


def test_the_format_is_described_for_who_prepares_a_file(empty):
    page = empty("format").out
    assert "| `adopted_on` |" in page
    assert "`not_accessible` = niet toegankelijk" in page
    schema = json.loads(empty("format", "--schema").out)
    assert schema["$defs"]["vision"]["properties"]["adopted_on"]


def test_the_description_goes_into_a_file(empty, tmp_path):
    target = tmp_path / "formaat.md"
    assert empty("format", "--output", str(target)).code == 0
    assert target.read_text(encoding="utf-8").startswith("# Dossierbestand")
