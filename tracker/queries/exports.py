"""What an export holds: the register, and dossiers a portion at a time, all from one state of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select

from tracker.domain.records.base import Record
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.places import places
from tracker.domain.register import Register
from tracker.extensions import db
from tracker.models.records import TABLES
from tracker.queries.dossiers import load

PORTION = 100
"""Dossiers that are in memory together."""


class MixedFiction(Exception):
    """The chosen cooperations are partly invented: one file can't hold both."""


class Export(NamedTuple):
    """The parts of a dossier file."""

    register: Register
    dossiers: Iterator[Cooperation]
    codes: tuple[str, ...]
    """Of the dossiers, in their order."""
    fictional: bool


def export(codes: Iterable[str] | None) -> Export:
    """The dossiers of some codes (None = all, unknown ones are left out) with the register they refer to.

    Raises MixedFiction when some are invented and others are not.
    """
    _hold_still()
    marks = _marks("cooperation")
    chosen = tuple(sorted(marks if codes is None else set(codes) & set(marks)))
    everything = {kind: _marks(kind) for kind in ("product", "his_product")}
    relevant = [marks[code] for code in chosen] or [mark for held in everything.values() for mark in held.values()]
    if len(set(relevant)) > 1:
        raise MixedFiction
    fictional = any(relevant)
    register = load((), {"product", "his_product", *_kinds(in_register=True)}).register
    kept = Register(
        tuple(item for item in register.products if everything["product"][item.code] is fictional),
        tuple(item for item in register.his_products if everything["his_product"][item.code] is fictional),
    )
    return Export(kept, _dossiers(chosen), chosen, fictional)


def _dossiers(codes: tuple[str, ...]) -> Iterator[Cooperation]:
    kinds = _kinds(in_register=False)
    for start in range(0, len(codes), PORTION):
        yield from load(codes[start : start + PORTION], kinds).dossiers


def _kinds(*, in_register: bool) -> frozenset[str]:
    """The kinds of record of the register, or of the dossiers."""
    found: list[type[Record]] = [
        place.kind for place in places().values() if (place.root is not Cooperation) is in_register
    ]
    return frozenset(kind.declared.name for kind in found)


def _marks(kind: str) -> dict[str, bool]:
    """Whether each is invented, by code."""
    table = TABLES[kind]
    rows = db.session.execute(select(table.c.code, table.c.fictional))
    return {code: bool(fictional) for code, fictional in rows}


def _hold_still() -> None:
    """One snapshot for all portions. SQLite gives that to every transaction, PostgreSQL when asked."""
    if db.engine.dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
