"""Sentences from templates and typed values: the one place where a reason becomes words."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from tracker.domain.finding import Days, Euro, Reason
from tracker.domain.programme import Words
from tracker.domain.records.base import Pair
from tracker.labels.members import word
from tracker.labels.numbers import day_words, days, euro, listed, moment_text, number
from tracker.programmes import catalogue, load_programmes

PLACE = re.compile(r"\{(\w+)\}")
MISSING = "…"
"""Stands where a template names a value that is not there: the tests refuse such a template, a reader goes on."""


def text(reason: Reason, language: str = "nl") -> str:
    """The reason in words: for page, API, command and file alike."""

    def filled(found: re.Match[str]) -> str:
        value = reason.values.get(found[1], MISSING)
        return MISSING if value is None else value_text(value, language)

    return PLACE.sub(filled, words(reason.text, language))


def words(pair: Pair | Words, language: str = "nl") -> str:
    """The wording of a pair in one language."""
    return pair.en if language == "en" else pair.nl


def capital(text: str) -> str:
    """With a capital, as it stands alone or begins a sentence."""
    return text[:1].upper() + text[1:]


def both(reason: Reason) -> Pair:
    """The reason in both languages."""
    return Pair(text(reason, "nl"), text(reason, "en"))


def value_text(value: Any, language: str = "nl") -> str:
    """One typed value in words; None is a dash."""
    if value is None:
        return "–"
    if isinstance(value, Pair | Words):
        return words(value, language)
    if isinstance(value, bool):
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}[language][value]
    if isinstance(value, Enum):
        return word(value, language)
    if isinstance(value, tuple | list | frozenset):
        parts = sorted(value, key=str) if isinstance(value, frozenset) else value
        return listed([value_text(part, language) for part in parts], language)
    if isinstance(value, Reason):
        return text(value, language)
    return _measured(value, language)


def _measured(value: Any, language: str) -> str:
    """Days, moments, durations, money and numbers; anything else as it is."""
    if isinstance(value, datetime):
        return moment_text(value, language)
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, Days):
        return days(value.number, language)
    if isinstance(value, Euro):
        return euro(value.amount, language)
    if isinstance(value, int | Decimal):
        return number(value, language)
    return _insurers().get(str(value), str(value))


@cache
def _insurers() -> Mapping[str, str]:
    """The key of an insurer is read as its name."""
    return catalogue(load_programmes()).insurers
