"""Dossiers invented from the declarations: every kind, every field, days close enough together to meet."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

import msgspec

from tracker.domain.records.base import Field, Record, Sort, children_of, fields_of, key_of, scalars_of
from tracker.domain.records.contract import InsurerLink
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction, SupportActivity
from tracker.domain.records.evaluation import Score
from tracker.domain.records.ict import IctLead
from tracker.domain.records.initiative import Initiative, Statement
from tracker.domain.records.practice import Practice
from tracker.domain.records.product import HisProduct, Product
from tracker.domain.records.vision import VisionText
from tracker.domain.register import Example, Register

FIRST, LAST = date(2021, 10, 1), date(2026, 12, 31)
_CATALOGUES = {
    "insurer": ("menzis", "zorg_en_zekerheid"),
    "direction": ("T1.1", "T2.1", "T3.2", "T3.5", "T3.6", "T4.1"),
    "component": ("T1.1a", "T1.1b", "T3.2a"),
    "service": ("T1.1a", "T1.1e", "T2.1"),
}
_SIZES = (8_999, 9_000, 9_999, 10_000, 99_999, 100_000)
_NUMBERS: dict[str, tuple[int, ...]] = {
    "year": tuple(range(2022, 2028)),
    "article": (9, 10, 11),
    "option": (1, 2, 3),
    "insured": _SIZES,
    "patients": _SIZES,
}
_MOST: dict[type[Record], int] = {
    Direction: 12,
    IctLead: 6,
    Initiative: 5,
    Practice: 5,
    Score: 24,
    Statement: 16,
    SupportActivity: 9,
    VisionText: 16,
}
"""Longest lists where three would seldom be enough for a rule to be content."""
_KNOWN_BY = ("self_scored_on", "insurer_scored_on")
"""Days from which a part of a record is known, as `since` tells of the whole."""
R = TypeVar("R", bound=Record)


class Inventor:
    """Invents records whose days lie in a period."""

    def __init__(self, seed: int, first: date = FIRST, last: date = LAST, mark: str = "") -> None:
        self.random = Random(seed)
        self._first, self._days = first, (last - first).days
        self._mark = mark
        """Makes keys differ from those of another inventor."""

    def day(self) -> date:
        """A day of the period; half of them fall on a few days, so that facts meet on one day."""
        step = 91 if self.random.random() < 0.5 else 1
        return self._first + timedelta(days=self.random.randint(0, self._days) // step * step)

    def record(self, kind: type[R]) -> R | None:
        """A record of a kind with its children; None when no lawful one was found."""
        for _ in range(20):
            lavish = self.random.random() < 0.4
            values = {item.attribute: self._value(kind, item, lavish) for item in fields_of(kind)}
            for start, end in kind.declared.spans:
                if values[start] is not None and values[end] is not None and values[end] < values[start]:
                    values[start], values[end] = values[end], values[start]
            made = kind(**values)
            if not made.faults():
                return made
        return None

    def records(self, kind: type[R], most: int) -> tuple[R, ...]:
        """A list of records with different keys."""
        made = [self.record(kind) for _ in range(self.random.randint(0, most))]
        return tuple({key_of(item): item for item in made if item is not None}.values())

    def _value(self, kind: type[Record], item: Field, lavish: bool) -> Any:
        """A value for a field; a lavish record has all its lists full and says yes more often."""
        if item.is_child:
            if item.many:
                return self.records(item.type, _MOST.get(item.type, 3))
            return self.record(item.type) if self.random.random() < 0.5 else None
        if item.many:
            if not item.required and item.default is None and self.random.random() < 0.5:
                return None
            number = 20 if lavish else self.random.randint(0, 3)
            return tuple(dict.fromkeys(self._scalar(kind, item) for _ in range(number)))
        if item.sort is Sort.FLAG and lavish:
            return not item.attribute.startswith("other") and item.attribute != "earlier_funding"
        if not item.required and self.random.random() < (0.2 if lavish else 0.5):
            return item.default
        return self._scalar(kind, item)

    def _scalar(self, kind: type[Record], item: Field) -> Any:
        pick = self.random.choice
        if item.catalogue:
            return pick(_CATALOGUES[item.catalogue])
        if item.sort is Sort.CODE:
            name = item.refers_to or kind.declared.name
            return f"{name}-{self._mark if not item.refers_to else ''}{self.random.randint(1, 4)}"
        if item.sort is Sort.DAY:
            return self.day()
        if item.sort is Sort.FLAG:
            return pick((True, False))
        if item.sort is Sort.CHOICE:
            return pick(list(item.type))
        if item.sort in (Sort.DECIMAL, Sort.EURO):
            return Decimal(pick(("0", "12.40", "60", "100")) if item.most is None or item.most >= 100 else "1")
        if item.sort is Sort.INTEGER:
            number: int = pick(_NUMBERS.get(item.attribute, (1, 2, 3, 4, 5)))
            return number + 1000 if self._mark and item.attribute in kind.declared.key else number
        return pick(("1", "2", "Een tekst")) + (self._mark if item.attribute in kind.declared.key else "")


def region(seed: int) -> Cooperation:
    """A cooperation with facts of every kind; three in four are linked to Menzis all the time."""
    made = Inventor(seed).record(Cooperation)
    assert made is not None
    link = InsurerLink(insurer="menzis", from_on=FIRST)
    return msgspec.structs.replace(made, code="WOL", insurers=made.insurers if seed % 4 == 0 else (link,))


def register(seed: int) -> Register:
    """Products, GP systems and shared examples."""
    inventor = Inventor(seed)
    shared = [
        Example(f"C{number}", Initiative(**{**_bare(item), "directions": item.directions, "sharings": item.sharings}))
        for number, item in enumerate(inventor.records(Initiative, 4))
    ]
    return Register(inventor.records(Product, 4), inventor.records(HisProduct, 3), tuple(shared))


def _bare(record: Record) -> dict[str, Any]:
    return {item.attribute: getattr(record, item.attribute) for item in scalars_of(type(record))}


def with_later_facts(record: R, inventor: Inventor, as_of: date) -> R:
    """The record with facts added that are dated after a day, at every depth; what stood there still stands."""
    changed: dict[str, Any] = {}
    declared = record.declared
    for item in scalars_of(type(record)):
        known_by = item.attribute in (*declared.since, *declared.key, *_KNOWN_BY)
        may_come = item.sort is Sort.DAY and not item.required and not item.is_promise and not known_by
        if may_come and getattr(record, item.attribute) is None and inventor.random.random() < 0.5:
            changed[item.attribute] = inventor.day()
    for item in children_of(type(record)):
        if not item.many:
            continue
        held = [with_later_facts(child, inventor, as_of) for child in getattr(record, item.attribute)]
        if item.type.declared.since or item.type.declared.since_children:
            held += [made for made in inventor.records(item.type, 2) if _is_later(made, as_of)]
        inventor.random.shuffle(held)
        changed[item.attribute] = tuple(held)
    return msgspec.structs.replace(record, **changed)


def _is_later(record: Record, as_of: date) -> bool:
    """Does it carry a day of its own after the day? A record without any day is no later fact."""
    declared = record.declared
    if declared.since_children:
        return all(_is_later(child, as_of) for child in getattr(record, declared.since_children))
    days = [getattr(record, name) for name in declared.since]
    return any(days) and all(day is None or day > as_of for day in days)


def shuffled(record: R, random: Random) -> R:
    """The same facts with every list in another order."""
    changed: dict[str, Any] = {}
    for item in fields_of(type(record)):
        value = getattr(record, item.attribute)
        if item.is_child and not item.many:
            changed[item.attribute] = None if value is None else shuffled(value, random)
        elif item.many and value:
            held = [shuffled(child, random) if item.is_child else child for child in value]
            random.shuffle(held)
            changed[item.attribute] = tuple(held)
    return msgspec.structs.replace(record, **changed)


def settled(record: Record) -> Any:
    """The content of a record without the order of its lists, to compare with."""
    values = []
    for item in fields_of(type(record)):
        value = getattr(record, item.attribute)
        if item.many and value is not None:
            value = sorted(repr(settled(child) if item.is_child else child) for child in value)
        elif item.is_child and value is not None:
            value = settled(value)
        values.append((item.attribute, value))
    return (type(record).__name__, values)


def unlike(one: Record | None, other: Record | None) -> list[str]:
    """Where two records differ, as short paths: comparing whole dossiers would drown the reader of a failure."""
    if one is None or other is None or type(one) is not type(other):
        return [] if one is other else [f"{type(one).__name__} / {type(other).__name__}"]
    found: list[str] = []
    for (name, mine), (_, yours) in zip(settled(one)[1], settled(other)[1], strict=True):
        if mine != yours:
            found.append(f"{one.declared.name}.{name}")
    return found
