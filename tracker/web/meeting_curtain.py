"""R53 at the table: who may see no single practice reads their names in no text of the meeting either."""

from __future__ import annotations

from collections.abc import Iterable

from tracker import access
from tracker.domain.policy import Action
from tracker.domain.practice_names import PracticeNames
from tracker.domain.records.practice import Practice
from tracker.queries.records import Kept, siblings


def curtained(code: str, parent: int | None, items: Iterable[Kept]) -> list[Kept]:
    """The records as this reader may read them; changed in place, they are never stored again."""
    held = list(items)
    if access.allows(Action.see_practices, code):
        return held
    practices = (item.record() for item in siblings("practice", parent))
    names = PracticeNames(item for item in practices if isinstance(item, Practice))
    for item in held:
        for each in item.all():
            for name, value in each.values.items():
                if type(value) is str:
                    each.values[name] = names.hidden_in(value)
    return held
