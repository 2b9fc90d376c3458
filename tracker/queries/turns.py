"""What a change would turn: the statuses before and after, of a dossier that is changed in mind only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import select

from tracker.domain.editing import Step, lists_on_form, with_record
from tracker.domain.finding import Finding
from tracker.domain.records.base import Record, key_of, scalars_of
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.places import kind_of, places
from tracker.domain.register import Register, register_seen
from tracker.domain.rules import judged, kinds_read
from tracker.domain.visibility import seen
from tracker.extensions import db
from tracker.models.records import TABLES
from tracker.queries.codes import code_of
from tracker.queries.dossiers import Loaded, load
from tracker.queries.findings import programmes

R = TypeVar("R", bound=Record)
MOST_REGIONS = 40
"""A product may be used in many regions: of more than this only the first are judged again."""


class Turn(NamedTuple):
    """One status before and after; without `before` the rule did not speak of this subject yet."""

    cooperation: str
    before: Finding | None
    after: Finding | None


def turns(
    place: str,
    parent: int | None,
    old: Record | None,
    new: Record | None,
    on: date,
    *,
    within: Iterable[str],
    only: frozenset[str] | None = None,
) -> list[Turn]:
    """The statuses that turn on a day when a record becomes another, is new (no `old`) or goes (no `new`).

    `within` are the cooperations that may be looked at: the one of the record, or for the register all that the reader
    may see. One question per kind, however many statuses.
    """
    asked = programmes()
    known = places()[place]
    if known.root is Cooperation:
        loaded = load(tuple(within), kinds_read(asked, only) | {place})
        changed = [_changed(dossier, place, parent, old, new) for dossier in loaded.dossiers]
        return _compare(loaded, changed, loaded.register, on, only)
    codes = _using(place, parent, old) & set(within)
    loaded = load(tuple(sorted(codes)[:MOST_REGIONS]), kinds_read(asked, only) | {place})
    register = _changed_register(loaded.register, place, old, new)
    return _compare(loaded, list(loaded.dossiers), register, on, only)


def _changed(
    dossier: Cooperation, place: str, parent: int | None, old: Record | None, new: Record | None
) -> Cooperation:
    known = places()[place]
    if known.is_root:
        return dossier if new is None else _laid_over(dossier, new, place)
    above: list[Step] = []
    if known.parent not in (None, "cooperation") and parent is not None:
        code = code_of(known.parent or "", parent)
        above = [(places()[known.parent or ""].attribute, (code,))]
    key = None if old is None else key_of(old)
    if old is not None and new is not None and place == "initiative":
        whole = next((item for item in dossier.initiatives if key_of(item) == key), old)
        new = _laid_over(whole, new, place)
    return with_record(dossier, above, known.attribute, key, new)


def _laid_over(whole: R, typed: Record, place: str) -> R:
    """The record with the values of a form on it, and the lists that are edited aside."""
    names = [field.attribute for field in scalars_of(kind_of(place))]
    names += [field.attribute for field, _ in lists_on_form(place)]
    return msgspec.structs.replace(whole, **{name: getattr(typed, name) for name in names})


def _changed_register(register: Register, place: str, old: Record | None, new: Record | None) -> Register:
    name = {"product": "products", "his_product": "his_products"}[place]
    held: tuple[Any, ...] = getattr(register, name)
    kept = tuple(item for item in held if old is None or key_of(item) != key_of(old))
    return msgspec.structs.replace(register, **{name: kept if new is None else (*kept, new)})


def _using(place: str, parent: int | None, old: Record | None) -> set[str]:
    """The cooperations that a product or a system is used in."""
    if old is None:
        return set()
    code, cooperation = key_of(old)[0], TABLES["cooperation"]
    found: set[str] = set()
    for item in places().values():
        for field in scalars_of(item.kind):
            if field.refers_to == place and not field.many and item.root is Cooperation:
                table = TABLES[item.name]
                query = select(cooperation.c.code).join(table, table.c.cooperation_id == cooperation.c.id)
                found |= set(db.session.scalars(query.where(table.c[field.attribute] == code)))
    return found


def _compare(
    loaded: Loaded, changed: list[Cooperation], register: Register, on: date, only: frozenset[str] | None
) -> list[Turn]:
    asked, found = programmes(), []
    before_register, after_register = register_seen(loaded.register, on), register_seen(register, on)
    for old, new in zip(loaded.dossiers, changed, strict=True):
        before = {_name(item): item for item in judged(seen(old, on) or old, before_register, asked, on, only)}
        after = {_name(item): item for item in judged(seen(new, on) or new, after_register, asked, on, only)}
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name), after.get(name)
            if _said(one) != _said(other):
                found.append(Turn(old.code, one, other))
    return found


def _name(finding: Finding) -> tuple[str, str, str]:
    return finding.programme.key, finding.key, finding.subject


def _said(finding: Finding | None) -> Any:
    return None if finding is None else (finding.status, finding.days_late)
