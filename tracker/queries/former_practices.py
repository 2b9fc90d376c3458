"""Under which names and codes practices stood before, of removed ones too: texts still name them (domain.md R53)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import select

from tracker.domain.records.practice import Practice
from tracker.extensions import db
from tracker.models.journal import LINE
from tracker.models.records import TABLES


def former_practices(codes: Iterable[str] | None) -> dict[str, tuple[Practice, ...]]:
    """The practices of some cooperations (None = all) in every state but the newest, by cooperation; one query."""
    later, region = LINE.alias("later"), TABLES["cooperation"]
    query = select(region.c.code, LINE.c.record).join(LINE, LINE.c.parent_id == region.c.id)
    query = query.where(LINE.c.place == "practice", LINE.c.record.is_not(None))
    query = query.where(
        select(later.c.id).where(later.c.record_id == LINE.c.record_id, later.c.id > LINE.c.id).exists()
    )
    if codes is not None:
        query = query.where(region.c.code.in_(sorted(set(codes))))
    found: dict[str, dict[tuple[str, str], Practice]] = defaultdict(dict)
    for code, record in db.session.execute(query):
        held = msgspec.json.decode(record, type=Practice)
        found[code][held.code, held.name] = held
    return {code: tuple(held.values()) for code, held in found.items()}
