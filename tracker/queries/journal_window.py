"""Whose lines of the journal somebody reads: all, those of some cooperations, of some only what names no practice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, select, true

from tracker.domain.practice_names import PracticeNames
from tracker.domain.records.base import children_of, scalars_of
from tracker.domain.records.enums import Party
from tracker.domain.records.places import places
from tracker.domain.records.practice import Practice
from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES
from tracker.queries.former_practices import former_practices

COOPERATION = TABLES["cooperation"]
_ABOUT_A_SUBJECT = ("waivers", "opinions")
"""Lists whose records name in their key what they are about, which may be one practice."""
_CLAIMS = {"oi_claim": ("oi_claims", "unit"), "innovation_application": ("innovation_applications", "applicant")}
"""Claims for a unit named in free words, which may be one practice: their list, and the field with that name."""


class Window(NamedTuple):
    """What of the journal somebody reads."""

    whole: frozenset[str] | None = frozenset()
    """Cooperations of which every line is read; None = the whole journal."""
    guarded: frozenset[str] = frozenset()
    """Cooperations of which no line about a single practice is read."""
    register: bool = False
    """Lines about products and systems, which belong to no cooperation."""
    sides: Mapping[str, frozenset[Party]] = {}
    """For whom the reader speaks in a cooperation: scores of an open round are read by their own side alone."""

    @property
    def codes(self) -> frozenset[str] | None:
        """All cooperations of the window; None = every one."""
        return None if self.whole is None else self.whole | self.guarded

    def only(self, code: str | None) -> Window:
        """The window on one cooperation, or without a code on the register."""
        if code is None:
            return Window(register=self.register)
        whole = frozenset({code}) if self.whole is None else self.whole & {code}
        return Window(whole, self.guarded & {code}, sides=self.sides)

    def guards(self, code: str) -> bool:
        """Whether lines about single practices of this cooperation stay hidden."""
        return code in self.guarded and self.whole is not None and code not in self.whole


class Conditions(NamedTuple):
    """What lines must hold to be read, and to be hidden from this reader though their cooperation is not."""

    read: ColumnElement[bool]
    hidden: ColumnElement[bool] | None


def conditions(window: Window) -> Conditions:
    """The conditions of a window. Six small queries where practices stay hidden."""
    if window.whole is None:
        return Conditions(true(), None)
    terms = [_of(window.whole)] if window.whole else []
    hidden = None
    if window.guarded:
        names_one = _names_practice(window.guarded)
        terms.append(and_(_of(window.guarded), not_(names_one)))
        hidden = and_(_of(window.guarded), names_one)
    if window.register:
        terms.append(LINE.c.cooperation_id.is_(None))
    return Conditions(or_(*terms) if terms else false(), hidden)


def practice_names(window: Window, codes: Iterable[str | None]) -> dict[str, PracticeNames]:
    """The names that this reader may not read, by cooperation: those of the guarded ones among some; two queries."""
    wanted = {code for code in codes if code is not None and window.guards(code)}
    return {region: PracticeNames(practices) for region, practices in _practices(wanted).items()}


def _practices(codes: Set[str]) -> dict[str, list[Practice]]:
    """The practices of some cooperations under every name they ever had."""
    if not codes:
        return {}
    practice, held = TABLES["practice"], defaultdict(list)
    query = select(COOPERATION.c.code, practice.c.code, practice.c.name)
    query = query.join(practice, practice.c.cooperation_id == COOPERATION.c.id)
    for region, code, name in db.session.execute(query.where(COOPERATION.c.code.in_(sorted(codes)))):
        held[region].append(Practice(code=code, name=name, memberships=()))
    for region, former in former_practices(codes).items():
        held[region].extend(former)
    return held


def with_hidden(told: Conditions, revisions: Iterable[int]) -> set[int]:
    """The revisions that also wrote what the reader does not see: their reason may be about that."""
    if told.hidden is None:
        return set()
    hidden = select(LINE.c.id).where(LINE.c.revision_id == REVISION.c.id, told.hidden).exists()
    return set(db.session.scalars(select(REVISION.c.id).where(REVISION.c.id.in_(sorted(revisions)), hidden)))


def _of(codes: Iterable[str]) -> ColumnElement[bool]:
    return LINE.c.cooperation_id.in_(select(COOPERATION.c.id).where(COOPERATION.c.code.in_(sorted(codes))))


def _names_practice(codes: frozenset[str]) -> ColumnElement[bool]:
    terms = [_stands_in(name) for name in of_practices()]
    terms += [and_(_stands_in(name), not_(_names_known_subject())) for name in _ABOUT_A_SUBJECT]
    terms += [_is_hidden_claim(place, codes) for place in _CLAIMS]
    return or_(*terms)


def _stands_in(name: str) -> ColumnElement[bool]:
    return LINE.c.address.contains(f"/{name}/", autoescape=True)


@cache
def of_practices() -> tuple[str, ...]:
    """The lists whose records are, or name, one practice."""
    found = set()
    for place in places().values():
        for field in children_of(place.kind):
            names_one = any(held.refers_to == "practice" and not held.many for held in scalars_of(field.type))
            if field.type is Practice or names_one:
                found.add(field.attribute)
    return tuple(sorted(found))


def _names_known_subject() -> ColumnElement[bool]:
    """Is it about the cooperation itself, one of its rounds or an initiative? Anything else might be a practice."""
    initiative = TABLES["initiative"]
    own = select(COOPERATION.c.id).where(
        COOPERATION.c.id == LINE.c.cooperation_id,
        or_(_names(COOPERATION.c.code, ";"), _names(COOPERATION.c.code, "#")),
    )
    started = select(initiative.c.id).where(
        initiative.c.cooperation_id == LINE.c.cooperation_id, _names(initiative.c.code, ";")
    )
    return or_(own.exists(), started.exists())


def _names(code: ColumnElement[str], end: str) -> ColumnElement[bool]:
    """Does the key in the address name this code?"""
    escaped = func.replace(code, "_", "/_")
    return LINE.c.address.like(literal("%;") + escaped + literal(f"{end}%"), escape="/")


def _is_hidden_claim(place: str, codes: frozenset[str]) -> ColumnElement[bool]:
    """Only a claim that stands in the dossier and is for no practice is told: what a removed one was for is unknown."""
    table = TABLES[place]
    told = select(table.c.id)
    if hidden := _claims_for_practices(place, codes):
        told = told.where(table.c.id.not_in(hidden))
    return and_(_stands_in(_CLAIMS[place][0]), LINE.c.record_id.not_in(told), LINE.c.parent_id.not_in(told))


def _claims_for_practices(place: str, codes: frozenset[str]) -> list[int]:
    """The claims whose unit is called like a practice of the same cooperation."""
    table = TABLES[place]
    query = select(table.c.id, COOPERATION.c.code, table.c[_CLAIMS[place][1]])
    query = query.join(COOPERATION, COOPERATION.c.id == table.c.cooperation_id)
    claims = db.session.execute(query.where(COOPERATION.c.code.in_(sorted(codes)))).all()
    held = _practices({code for _number, code, _unit in claims})
    called = {
        (code, _called(name)) for code, items in held.items() for item in items for name in (item.code, item.name)
    }
    return [number for number, own, name in claims if (own, _called(name)) in called]


def _called(name: str) -> str:
    return name.strip().casefold()
