"""The names of practices in free text: whoever may see no single practice reads `[praktijk]` in their place (R53)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from tracker.domain.records.practice import Practice

HIDDEN = "[praktijk]"
LEAST = 3
"""A shorter name, or one without a letter, is too common a word to be told from others."""
_WORD = re.compile(r"\w+")


class PracticeNames:
    """The names and codes of some practices.

    A text is asked once, whatever their number: by the word of a name that fewest of the names share.
    """

    def __init__(self, practices: Iterable[Practice]) -> None:
        names = {name.strip().lower() for item in practices for name in (item.code, item.name)}
        words = {name: _WORD.findall(name) for name in names if _tells(name)}
        shared = Counter(word for held in words.values() for word in set(held))
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name, held in words.items():
            self._by_word[min(held, key=lambda word: (shared[word], -len(word), word))].append(name)

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PracticeNames) and self._by_word == other._by_word

    __hash__ = None  # type: ignore[assignment]

    def hidden_in(self, text: str) -> str:
        """The text without names of practices; the same object when it holds none."""
        found = self._by_word.keys() & set(_WORD.findall(text.lower()))
        if not found:
            return text
        names = sorted((name for word in found for name in self._by_word[word]), key=lambda name: (-len(name), name))
        left = re.sub(rf"(?<!\w)(?:{'|'.join(map(_spaced, names))})(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
        return text if left == text else left


def _tells(name: str) -> bool:
    return len(name) >= LEAST and any(character.isalpha() for character in name)


def _spaced(name: str) -> str:
    """A name as it is looked for: with any white space between its words."""
    return r"\s+".join(map(re.escape, name.split()))
