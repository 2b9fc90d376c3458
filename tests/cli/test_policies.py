"""`tracker programme` tells what insurers ask and what is wrong with a file."""

import tomllib
from pathlib import Path

import pytest

from tracker import cli

ROOT = Path(cli.__file__).parents[2]


def test_the_programmes_are_listed_without_a_database(run, house):
    done = run("programme", "list")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        "landelijk",
        "menzis-2022",
        "zorg-en-zekerheid-2023",
        "zorg-en-zekerheid-2026",
    ]
    assert not house.exists()


def test_a_sound_programme_file_is_called_sound(run):
    path = ROOT / "tracker" / "programmes" / "menzis-2022.toml"
    done = run("programme", "check", str(path))
    assert (done.code, "in orde" in done.out) == (0, True)
    assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_fault_of_a_programme_file_is_told(run, file):
    done = run("programme", "check", file(b'key = "X!"\nnational = true\nrare = 1\n', "mine.toml"))
    assert done.code == 1
    assert len(done.err.splitlines()) > 2
    assert all(line.startswith("mine.toml: ") for line in done.err.splitlines())


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", b"key = [", b"\xff\xfe"])
def test_what_is_no_programme_file_is_refused(run, file, data):
    assert run("programme", "check", file(data, "mine.toml")).code == 1
    assert run("programme", "check", "nergens.toml").code == 1
