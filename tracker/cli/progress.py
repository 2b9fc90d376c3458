"""How far work is that takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from tracker.cli.words import say

T = TypeVar("T")
PATIENCE = 1.0
"""Seconds before anything is shown."""
WIDTH = 30


def progress(items: Iterable[T], total: int | None, nl: str, en: str) -> Iterator[T]:
    """The items, with a bar on the error stream once a second has gone; where nobody watches, a line every five."""
    shown = _Shown(total, say(nl, en))
    for number, item in enumerate(items):
        shown.at(number)
        yield item
    shown.done()


class _Shown:
    def __init__(self, total: int | None, words: str) -> None:
        self._total, self._words = total, words
        self._is_terminal = sys.stderr.isatty()
        self._next = monotonic() + PATIENCE
        self._drawn = False

    def at(self, number: int) -> None:
        now = monotonic()
        if now < self._next:
            return
        self._next = now + (0.2 if self._is_terminal else 5.0)
        self._drawn = True
        if self._is_terminal:
            sys.stderr.write(f"\r{self._words} {self._bar(number)}")
        else:
            sys.stderr.write(f"{self._words} {self._count(number)}\n")
        sys.stderr.flush()

    def done(self) -> None:
        if self._drawn and self._is_terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _count(self, number: int) -> str:
        return str(number) if self._total is None else f"{number}/{self._total}"

    def _bar(self, number: int) -> str:
        if not self._total:
            return self._count(number)
        filled = WIDTH * number // self._total
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self._count(number)}"
