"""Taking over a good example: an initiative of one's own, and the record that says where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.domain.entries import Entry
from tracker.domain.policy import Pen
from tracker.operations.records import Saved, save_record
from tracker.operations.transaction import writing


def take_over(
    *,
    source: str,
    entry: Entry,
    parent: int,
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
) -> Saved:
    """Add an initiative to a cooperation, with the good example it was taken from, both or neither.

    `source` is the code of the initiative elsewhere (M:328). The same form sent twice adds it once. Raises what
    `save_record` raises.
    """
    with writing():
        saved = save_record(
            place="initiative", entry=entry, parent=parent, pen=pen, catalogues=catalogues, today=today, by=by
        )
        used = Entry(given={"source": source, "considered_on": today.isoformat(), "outcome": "used"})
        save_record(
            place="good_example", entry=used, parent=saved.number, pen=pen, catalogues=catalogues, today=today, by=by
        )
    return saved
