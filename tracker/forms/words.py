"""A word of the labels that waits for its reader's language, like a translated text."""

from __future__ import annotations

from enum import Enum

from flask_babel import get_locale

from tracker.labels.members import word


class Member:
    """The word of an enumeration member, capitalised, in the language of who reads it."""

    def __init__(self, member: Enum) -> None:
        self._member = member

    def __str__(self) -> str:
        found = word(self._member, str(getattr(get_locale(), "language", "nl")))
        return found[:1].upper() + found[1:]
