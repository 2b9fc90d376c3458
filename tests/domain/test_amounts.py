"""Sums that are exact to the cent."""

from decimal import Decimal

from tracker.domain.amounts import cents, exact_sum, plain, times_insured


def test_eight_shares_of_twelve_point_four_and_thirteen_point_two_are_a_hundred() -> None:
    assert exact_sum([Decimal("12.4")] * 7 + [Decimal("13.2")]) == 100


def test_a_sum_keeps_digits_that_ordinary_decimals_lose() -> None:
    tiny = Decimal("1E-40")
    assert exact_sum([Decimal(100), tiny]) > 100


def test_half_a_cent_goes_up() -> None:
    assert cents(Decimal("0.005")) == Decimal("0.01")
    assert cents(Decimal("2.675")) == Decimal("2.68")


def test_speech_for_two_thousand_and_one_insured() -> None:
    assert times_insured(Decimal("1.22"), 2001) == Decimal("2441.22")


def test_a_percentage_is_shown_without_trailing_zeros() -> None:
    assert [str(plain(Decimal(text))) for text in ("130.00", "100", "12.50", "0.0")] == ["130", "100", "12.5", "0"]
