"""Sums that are exact to the cent, however many digits a file gives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_CENT = Decimal("0.01")


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """The sum without any rounding: eight shares of 12.4 × 7 + 13.2 are 100."""
    return reduce(EXACT.add, values, Decimal(0))


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to two decimals."""
    return amount.quantize(_CENT, context=EXACT)


def times_insured(rate: Decimal, insured: int) -> Decimal:
    """Rate × insured, to the cent (ZF:69-72, ZS:43-51)."""
    return cents(EXACT.multiply(rate, Decimal(insured)))


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, exponent or a minus before zero: 130.00 is 130, 12.50 is 12.5."""
    return EXACT.add(EXACT.normalize(number), Decimal(0))
