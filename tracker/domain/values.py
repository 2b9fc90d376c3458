"""One value of a field: read from what a file, a form or a cell gives, or refused with what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from tracker.domain.amounts import plain
from tracker.domain.problems import UNSTORABLE
from tracker.domain.records.base import CODE_PATTERN, FIRST_DAY, LAST_DAY, Field, Pair, Sort

_LARGEST = 2_147_483_647
_LONGEST = 30
_CODE = re.compile(CODE_PATTERN)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")


class Refused(Exception):
    """Raised anew each time: an exception that is kept would keep every place it was ever raised from."""

    def __init__(self, reason: Pair) -> None:
        self.reason = reason


Reader = Callable[[Any], Any]

_NOT_TEXT = Pair("schrijf een tekst, tussen aanhalingstekens", "write a text, in quotes")
_UNWRITABLE = Pair(
    "de tekst bevat een teken dat niet kan worden bewaard (NUL of een half teken)",
    "the text holds a character that can't be stored (NUL or half a character)",
)
_EMPTY = Pair("vul een tekst in", "fill in a text")
_NOT_CODE = Pair(
    "schrijf een code van 1 tot 40 letters, cijfers, punten, streepjes of liggende streepjes",
    "write a code of 1 to 40 letters, digits, dots, hyphens or underscores",
)
_NOT_DAY = Pair("schrijf een bestaande datum als 2022-07-01", "write an existing date as 2022-07-01")
_FAR_DAY = Pair(f"kies een datum tussen {FIRST_DAY} en {LAST_DAY}", f"choose a date between {FIRST_DAY} and {LAST_DAY}")
_NOT_FLAG = Pair("schrijf true of false", "write true or false")
_NOT_WHOLE = Pair("schrijf een geheel getal", "write a whole number")
_NOT_NUMBER = Pair(
    "schrijf een getal met hoogstens 15 cijfers voor en 10 achter de punt",
    "write a number with at most 15 digits before and 10 after the point",
)
_NOT_EURO = Pair("schrijf een bedrag met hoogstens twee decimalen", "write an amount with at most two decimals")


def _text_reader(longest: int, required: bool) -> Reader:
    too_long = Pair(f"hoogstens {longest} tekens", f"at most {longest} characters")

    def read(value: Any) -> str:
        if type(value) is not str:
            raise Refused(_NOT_TEXT)
        if len(value) > longest:
            raise Refused(too_long)
        if UNSTORABLE.search(value):
            raise Refused(_UNWRITABLE)
        if required and not value.strip():
            raise Refused(_EMPTY)
        return value

    return read


def _read_code(value: Any) -> str:
    if type(value) is not str or not _CODE.fullmatch(value):
        raise Refused(_NOT_CODE)
    return value


_days: dict[str, date] = {}
"""The days that were read, by their text: some ten thousand are possible, and a file names each many times."""


def _read_day(value: Any) -> date:
    if type(value) is not str:
        return _in_range(value)
    day = _days.get(value)
    if day is None:
        day = _days[value] = _in_range(_day_of(value))
    return day


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _in_range(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refused(_NOT_DAY)
    if not FIRST_DAY <= value <= LAST_DAY:
        raise Refused(_FAR_DAY)
    return value


def _read_flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Refused(_NOT_FLAG)
    return value


def _within(least: Decimal | None, most: Decimal | None) -> Callable[[Any], bool]:
    return lambda value: (least is None or value >= least) and (most is None or value <= most)


def _limits(least: Decimal | None, most: Decimal | None) -> Pair:
    if least is not None and most is not None:
        return Pair(f"kies een waarde van {least} tot en met {most}", f"choose a value from {least} to {most}")
    return Pair(f"kies een waarde van {least} of hoger", f"choose a value of {least} or more")


def _whole_reader(least: Decimal | None, most: Decimal | None) -> Reader:
    lowest = least if least is not None else Decimal(-_LARGEST)
    highest = most if most is not None else Decimal(_LARGEST)
    outside = _limits(lowest, highest)
    first, last = int(lowest), int(highest)

    def read(value: Any) -> int:
        if type(value) is not int:
            raise Refused(_NOT_WHOLE)
        if not first <= value <= last:
            raise Refused(outside)
        return value

    return read


def _number_reader(least: Decimal | None, most: Decimal | None, euro: bool) -> Reader:
    fits, outside = _within(least, most), _limits(least, most)

    def read(value: Any) -> Decimal:
        text = _digits(value)
        if text is None or not _NUMBER.fullmatch(text):
            raise Refused(_NOT_NUMBER)
        number = plain(Decimal(text))
        if euro and number != round(number, 2):
            raise Refused(_NOT_EURO)
        if not fits(number):
            raise Refused(outside)
        return number

    return read


def _digits(value: Any) -> str | None:
    """A number as it is written out; None for what is none, or has an exponent that would fill the memory."""
    if type(value) is str:
        return value
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() and abs(value.adjusted()) < _LONGEST else None
    return str(value) if type(value) is int and abs(value) < 10**_LONGEST else None


def _choice_reader(kind: Any) -> Reader:
    members = {member.value: member for member in kind}
    known = ", ".join(members)
    refused = Pair(f"kies uit: {known}", f"choose from: {known}")

    def read(value: Any) -> Any:
        if type(value) is not str or value not in members:
            raise Refused(refused)
        return members[value]

    return read


@cache
def reader_of(item: Field) -> Reader:
    """The function that reads one value of a field, or refuses it with what is allowed."""
    if item.sort is Sort.TEXT:
        return _text_reader(item.longest or 300, item.required)
    if item.sort is Sort.INTEGER:
        return _whole_reader(item.least, item.most)
    if item.sort in (Sort.DECIMAL, Sort.EURO):
        return _number_reader(item.least, item.most, item.sort is Sort.EURO)
    if item.sort is Sort.CHOICE:
        return _choice_reader(item.type)
    return {Sort.CODE: _read_code, Sort.DAY: _read_day, Sort.FLAG: _read_flag}[item.sort]


def read_value(item: Field, value: Any) -> tuple[Any, Pair | None]:
    """One value of a field as typed in a form or a cell: (value, None) or (None, what is allowed)."""
    try:
        return reader_of(item)(value), None
    except Refused as refusal:
        return None, refusal.reason
