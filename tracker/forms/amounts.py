"""A number as people type it, and as it stands in a field: 1.234,5 in Dutch, 1,234.5 in English."""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.domain.amounts import plain

_GAPS = str.maketrans("", "", " \u00a0\u202f")
_PLAIN = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_GROUPED = {
    "nl": re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?"),
    "en": re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"),
}
_THOUSANDS = {"nl": ".", "en": ","}
_LONGEST = 40


def parse_amount(text: str, language: str) -> Decimal | None:
    """The number that was typed, with a comma or a point before its decimals; None when it is no number.

    What can be read as thousands is read as thousands: `1.234` is more than a thousand in Dutch.
    """
    typed = text.strip().removeprefix("€").removesuffix("%").translate(_GAPS)
    if len(typed) > _LONGEST:
        return None
    if _GROUPED[language].fullmatch(typed):
        typed = typed.replace(_THOUSANDS[language], "")
    elif not _PLAIN.fullmatch(typed):
        return None
    return Decimal(typed.replace(",", "."))


def amount_text(number: Decimal | int, language: str) -> str:
    """The number as it stands in a field: all its decimals, and nothing between its thousands."""
    written = format(plain(Decimal(number)), "f")
    return written.replace(".", ",") if language == "nl" else written
