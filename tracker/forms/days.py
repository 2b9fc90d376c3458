"""A day as people type it: 1-7-2022, 1/7/2022, 1 juli 2022, 1 July 2022 or 2022-07-01."""

from __future__ import annotations

import re
from datetime import date

from tracker.domain.records.base import FIRST_DAY, LAST_DAY

_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maart", "march", "mrt", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augustus", "august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBER_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})[ -]+([a-z]+)\.?[ -]+([0-9]{4})")


def parse_day(text: str) -> date | None:
    """The day that was typed, or None when it is no existing day between 1990 and 2100."""
    typed = text.strip().lower()
    if match := _ISO.fullmatch(typed):
        year, month, number = (int(part) for part in match.groups())
    elif match := _NUMBERS.fullmatch(typed):
        number, month, year = (int(part) for part in match.groups())
    elif (match := _WORDS.fullmatch(typed)) and match[2] in _NUMBER_OF:
        number, month, year = int(match[1]), _NUMBER_OF[match[2]], int(match[3])
    else:
        return None
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
