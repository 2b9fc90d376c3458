"""Work over a second shows how far it is."""

from tracker.cli import progress as progress_module
from tracker.cli.progress import progress


def test_short_work_shows_no_progress(capsys):
    assert list(progress(range(3), 3, "werk", "work")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_work_over_a_second_shows_how_far_it_is(capsys, monkeypatch):
    now = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress_module, "monotonic", lambda: float(next(now)))
    assert list(progress("abc", 3, "werk", "work")) == ["a", "b", "c"]
    assert capsys.readouterr().err.splitlines() == ["werk 0/3", "werk 1/3", "werk 2/3"]


def test_on_a_terminal_it_is_a_bar_that_leaves_nothing_behind(capsys, monkeypatch):
    now = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress_module, "monotonic", lambda: float(next(now)))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    list(progress("ab", 2, "werk", "work"))
    shown = capsys.readouterr().err
    assert f"[{'#' * 15}{'.' * 15}] 1/2" in shown
    assert shown.endswith("\r\x1b[K")
