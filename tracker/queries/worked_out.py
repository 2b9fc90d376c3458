"""What was worked out of things that are kept between requests: a page of many regions asks the same again and again.

    worked_out((standing,), ("totals", as_of), lambda: totals_of(standing, as_of))

The answer must follow from those things and the question alone; whatever else it rests on (language, days, programme)
is named in the question.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from flask import current_app

T = TypeVar("T")
MOST = 8_000
"""Answers kept; the one asked longest ago leaves first."""


def worked_out(things: tuple[object, ...], question: Hashable, work_out: Callable[[], T]) -> T:
    """The answer to a question about things that stay the same objects while they are the same; worked out once."""
    kept: _Kept = current_app.extensions.setdefault("worked_out", _Kept())
    return cast(T, kept.of(things, question, work_out))


class _Kept:
    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._held: OrderedDict[tuple[Any, ...], tuple[tuple[object, ...], Any]] = OrderedDict()

    def of(self, things: tuple[object, ...], question: Hashable, work_out: Callable[[], Any]) -> Any:
        key = (*map(id, things), question)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][1]
        answer = work_out()
        with self._lock:
            # The things are held on to, so that their identity belongs to nobody else.
            self._held[key] = (things, answer)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return answer
