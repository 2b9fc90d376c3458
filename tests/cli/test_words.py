"""Commands explain wrong use, speak the reader's language and name what the house lacks."""

import socket

import pytest

from tests.bad_files import region
from tests.written import HEAD, WOLDERVEEN
from tracker.cli.words import language
from tracker.demo import FILE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("vlieg",), "het commando vlieg bestaat niet"),
        (("status", "--hoog"), "de optie --hoog bestaat niet"),
        (("status", "--peildatum"), "de optie --peildatum vraagt een waarde"),
        (("serve", "--port", "99999"), "schrijf een geheel getal van 1 tot en met 65535"),
        (("token", "new", "a@b.nl", "c"), "te veel op de regel: c"),
        (("token",), "Commands:"),
        ((), "Commands:"),
    ],
)
def test_wrong_use_is_explained_with_status_two(run, arguments, words):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_help_is_no_fault(run):
    done = run("--help")
    assert done.code == 0
    for command in ("demo", "serve", "import", "export", "status", "programme", "user", "token", "db"):
        assert f"\n  {command} " in done.out


@pytest.mark.parametrize(
    ("settings", "tongue"),
    [
        ({}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "nl"),
        ({"LANG": "en_GB", "LC_ALL": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL", "LC_ALL": "en_US"}, "en"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
    ],
)
def test_the_locale_chooses_the_language(house, monkeypatch, settings, tongue):
    monkeypatch.delenv("LANG")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert language() == tongue


def test_in_english_everything_is_english(demonstration, file, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    lines = demonstration("status", "HOL").out.splitlines()
    assert lines[0] == "RSV Hollerdiep (HOL), on 1 October 2026 [invented]"
    assert "Met late" in lines[2]
    assert "adopted on 14 October 2022, 105 days after the deadline" in lines[2]
    assert "Choose a day on or before today." in demonstration("status", "--peildatum", "2030-01-01").err
    assert "Refused: 1" in demonstration("import", file(region("    rare: 1\n"))).err
    assert "give one file" in demonstration("import").err
    assert "No such command" in demonstration("vlieg").err


def test_a_database_without_its_tables_is_named_as_such(run):
    for command in (("status",), ("export",), ("import", str(FILE)), ("token", "new", "a@b.nl")):
        done = run(*command)
        assert done.code == 1
        assert "tracker db upgrade" in done.err
    assert run("db", "upgrade").code == 0
    assert run("status").code == 0


def test_serving_needs_tables(run, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    done = run("serve")
    assert done.code == 1
    assert "tracker db upgrade" in done.err


def test_a_database_that_cannot_be_reached_is_named_as_such(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    done = run("status")
    assert done.code == 1
    assert done.err == "de database antwoordt niet; kijk DATABASE_URL na\n"


def test_bad_settings_are_all_named_with_status_two(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    monkeypatch.setenv("MAX_RECORDS", "veel")
    done = run("status")
    assert done.code == 2
    assert "DATABASE_URL" in done.err
    assert "MAX_RECORDS" in done.err


def test_a_chosen_today_is_refused_where_data_are_real(empty, file, monkeypatch):
    assert empty("import", file((HEAD + WOLDERVEEN).replace("fictional: true", "fictional: false"))).code == 0
    monkeypatch.setenv("DEMO_TODAY", "2026-10-01")
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    done = empty("serve")
    assert done.code == 1
    assert "DEMO_TODAY" in done.err


def test_a_port_in_use_is_named(demonstration, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = demonstration("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 1
    assert "kies een andere --port" in done.err
