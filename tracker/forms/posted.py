"""What came along with a posted form beside the answers: which rows, and of which stored records."""

from __future__ import annotations

from collections import defaultdict

from werkzeug.datastructures import MultiDict

Given = MultiDict[str, str] | None
_MOST_DIGITS = 18
"""Of the number of a stored record."""
_MOST_PLACES = 5
"""Digits of the place of a row in a form."""


def places(formdata: Given) -> dict[str, set[int]]:
    """Which rows were posted, by the name of their list: one walk over the names."""
    found: dict[str, set[int]] = defaultdict(set)
    for key in formdata or ():
        steps = key.split("-")
        for index, step in enumerate(steps):
            if index and _is_number(step, _MOST_PLACES):
                found["-".join(steps[:index])].add(int(step))
    return found


def number(formdata: Given, name: str) -> int | None:
    """The stored record that a row says to be; the operation checks it."""
    typed = formdata.get(name, "") if formdata is not None else ""
    return int(typed) if _is_number(typed, _MOST_DIGITS) else None


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits
