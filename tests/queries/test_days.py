"""A day or a moment in an address, a call or a command is understood or refused with what to write."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.conftest import make_app
from tracker.domain.problems import Unreadable
from tracker.queries import days

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(tmp_path):
    """Noon on 1 October 2026, in an application without any chosen day."""
    with make_app(f"sqlite:///{tmp_path / 'x.sqlite'}").app_context(), time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, date(2026, 10, 1)),
        ("", date(2026, 10, 1)),
        (" 2022-07-01 ", date(2022, 7, 1)),
        ("1900-01-01", date(1900, 1, 1)),
        ("0001-01-01", date(1, 1, 1)),
        ("2026-10-01", date(2026, 10, 1)),
    ],
)
def test_a_day_up_to_today_is_a_peildatum(text, day):
    assert days.peildatum(text) == day


@pytest.mark.parametrize("text", ["2026-10-02", "2100-01-01", "9999-12-31"])
def test_a_day_after_today_is_refused_in_these_words(text):
    with pytest.raises(Unreadable) as refusal:
        days.peildatum(text)
    assert refusal.value.reason.nl == "Kies een datum op of vóór vandaag."


@pytest.mark.parametrize(
    "text",
    ["2022-02-30", "1-7-2022", "20220701", "2022-W26-5", "vandaag", "2022-07", "2022-07-01T00:00", "١٢٣٤-01-01", "x\0"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Unreadable) as refusal:
        days.peildatum(text)
    assert "2026-10-01" in refusal.value.reason.nl


def test_a_day_means_its_end_in_amsterdam():
    known = days.known_at("2026-05-01")
    assert known is not None
    assert known.at == datetime(2026, 5, 1, 21, 59, 59, 999999, tzinfo=UTC)
    assert known.asked == "2026-05-01"
    assert days.known_at("2026-01-01").at == datetime(2026, 1, 1, 22, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-05-01T14:00:00+02:00", "2026-05-01T12:00:00Z", "2026-05-01T14:00:00 02:00", "2026-05-01T12:00+00:00"],
)
def test_a_moment_with_its_offset_is_that_moment(text):
    assert days.known_at(text).at == datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_nothing_asked_means_as_known_now():
    assert days.known_at(None) is None
    assert days.known_at("") is None


def test_today_is_known_until_its_end_and_tomorrow_not_at_all():
    assert days.known_at("2026-10-01").at > NOON
    with pytest.raises(Unreadable) as refusal:
        days.known_at("2026-10-02")
    assert refusal.value.reason.nl == "Kies een moment dat al voorbij is."


@pytest.mark.parametrize(
    "text",
    ["2026-05-01T14:00:00", "2026-13-01", "14:00", "gisteren", "2026-05-01 14:00+02:00", "0001-01-01T00:00+23:59"],
)
def test_a_moment_without_offset_or_sense_is_refused(text):
    with pytest.raises(Unreadable) as refusal:
        days.known_at(text)
    assert "tijdzone" in refusal.value.reason.nl
