"""Finding things by name: accents, capitals and the order of the words do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Named(msgspec.Struct, frozen=True):
    """Something with a name and a code."""

    name: str
    code: str
    about: str = ""
    """What it belongs to; it is shown, and not searched."""


def folded(text: str) -> str:
    """Without accents and capitals: `Één` and `een` are one."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def matching(asked: str, among: Iterable[Named]) -> list[Named]:
    """Those with every word of the question in their name or code; a name or code that begins with it comes first."""
    question = folded(asked).strip()
    words = question.split()
    if not words:
        return []
    found = []
    for item in among:
        name, code = folded(item.name), folded(item.code)
        if all(word in name or word in code for word in words):
            begins = (
                name.startswith(question) or code == question or any(part.startswith(question) for part in name.split())
            )
            found.append((not begins, name, code, item))
    found.sort(key=lambda entry: entry[:3])
    return [item for *_rank, item in found]
