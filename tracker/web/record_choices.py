"""What can be chosen on a form of records, and what stands in a new one before anything is typed."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from tracker import labels
from tracker.domain.editing import NOT_TYPED, lists_on_form, place_below, places_on_form
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen
from tracker.domain.records.base import Field, Record, children_of, scalars_of
from tracker.domain.records.places import EVIDENCE, kind_of, places
from tracker.domain.sides import foreign_field
from tracker.domain.values import read_value
from tracker.forms.records import Options
from tracker.queries.codes import free_code, free_number, named, number_of
from tracker.queries.dossiers import load
from tracker.queries.records import Kept, siblings
from tracker.web.curtain import is_behind, readable
from tracker.web.frame import language
from tracker.web.lineage import directions_of, example_taken, from_example
from tracker.web.read_at import note_revision
from tracker.web.record_places import Target, stored
from tracker.web.region import codes

_FIRST = {"cooperation_action": "A1"}
"""The code of the first record of a list, where the house has a habit."""
_COUNTED = {"vision": "version", "plan": "version", "round": "number"}


def options(target: Target, pen: Pen) -> Options:
    """The lists of this form; what no field of it needs is not read."""
    wanted = {field.refers_to or field.catalogue for _, field in _fields(target.place)}
    lists: dict[str, list[tuple[str, str]]] = {}
    known, tongue = codes(), language()
    lists["insurer"] = sorted(known.insurers.items(), key=lambda item: item[1])
    lists["direction"] = [
        (code, f"{code} {labels.words(item.title, tongue)}") for code, item in known.directions.items()
    ]
    lists["component"] = [
        (code, f"{code} {labels.words(item.title, tongue)}") for code, item in known.components.items()
    ]
    lists["service"] = [(code, f"{code} {labels.words(words, tongue)}") for code, words in known.services.items()]
    if pen.is_insurers:
        lists["insurer"] = [item for item in lists["insurer"] if item[0] in pen.insurers]
    for place in ("product", "his_product"):
        if place in wanted:
            lists[place] = [(code, f"{name} ({code})") for code, name in named(place)]
    own = number_of("cooperation", target.code) if target.code else None
    if "practice" in wanted and not pen.is_insurers:
        lists["practice"] = [(code, f"{name} ({code})") for code, name in named("practice", own)]
    if "initiative" in wanted:
        lists["initiative"] = _examples(target.code)
    if own is not None:
        lists |= _of_region(target, own, pen)
    return Options(lists)


def _of_region(target: Target, own: int, pen: Pen) -> dict[str, list[tuple[str, str]]]:
    """Versions of the vision, and what a deviation or an opinion can be about."""
    found: dict[str, list[tuple[str, str]]] = {}
    on_form = places_on_form(target.place)
    if any(name.endswith("alignment") for name in on_form) or target.place == "statement":
        versions = [(str(item.values["version"]), item.values["adopted_on"]) for item in siblings("vision", own)]
        words = [
            (number, f"{number} · {labels.day_words(day, language())}" if day else number) for number, day in versions
        ]
        found["alignment.vision_version"] = found["statement.vision_version"] = words
    if target.place in ("waiver", "opinion"):
        rules = [(key, labels.words(title, language())) for key, title in codes().rules.items()]
        subjects = [(target.code or "", target.code or "")]
        subjects += [
            (code, f"{readable(target.code or '', title)} ({code})") for code, title in named("initiative", own)
        ]
        if not pen.is_insurers:
            subjects += [(code, f"{name} ({code})") for code, name in named("practice", own)]
        for place in ("waiver", "opinion"):
            found[f"{place}.rule"], found[f"{place}.subject"] = rules, subjects
    return found


def _examples(code: str | None) -> list[tuple[str, str]]:
    """What other cooperations have shared."""
    shared = load((), {"good_example"}).register.examples
    others = [item for item in shared if item.cooperation != code]
    return [(item.initiative.code, f"{item.initiative.title} ({item.cooperation})") for item in others]


def _fields(place: str) -> list[tuple[str, Field]]:
    """Every field of every record on a form."""
    return [(name, field) for name in places_on_form(place) for field in scalars_of(kind_of(name))]


class Shown:
    """Which fields of a form somebody may write; who may not, does not see them asked."""

    def __init__(self, target: Target, pen: Pen) -> None:
        self._pen = pen
        self._places: dict[type[Record], str] = {kind_of(name): name for name in reversed(places_on_form(target.place))}
        self._place = target.place

    def __call__(self, kind: type[Record], field: Field) -> bool:
        place = self._places.get(kind, self._place)
        if (kind.declared.name, field.attribute) in NOT_TYPED or (self._pen.is_insurers and _names_practice(field)):
            return False
        if place == EVIDENCE:
            return True
        if not field.is_child:
            return self._pen.may(place, field.attribute)
        if field.attribute not in {item.attribute for item, _ in lists_on_form(place)}:
            return False
        below = place_below(places()[place], field)
        return self._pen.may(place if below == EVIDENCE else below)


def _names_practice(field: Field) -> bool:
    """Whether a field is, or a list holds records about, one practice."""
    if field.is_child:
        return any(item.refers_to == "practice" for item in scalars_of(field.type)) or any(
            map(_names_practice, children_of(field.type))
        )
    return field.refers_to == "practice"


def may_open(pen: Pen, place: str) -> bool:
    """Whether anything on the form of a place may be written."""
    names = [name for name in places_on_form(place) if name != EVIDENCE]
    return any(pen.may(name) for name in names)


def opened(target: Target, number: int) -> Kept:
    """The record of the address; 404 where it is about a practice that the reader may not know."""
    note_revision()
    held = stored(target, number)
    if is_behind(target.code, held):
        abort(404)
    return held


def is_of_others(pen: Pen, held: Kept | None) -> bool:
    """What the other side said or decided stays as it said it."""
    return held is not None and foreign_field(pen, held.place, held.values) is not None


def started(target: Target) -> Entry:
    """A new record before anything is typed: a free code or number, and what the address brings along."""
    given: dict[str, Any] = {}
    known = {field.name: field for field in scalars_of(kind_of(target.place))}
    if "code" in known and known["code"].catalogue is None and target.place != "direction":
        given["code"] = free_code(target.place, target.parent) or _FIRST.get(target.place)
    if (counted := _COUNTED.get(target.place)) and target.parent is not None:
        given[counted] = free_number(target.place, counted, target.parent)
    for name, text in request.args.items():
        field = known.get(name)
        if field is not None and not field.many:
            value, fault = read_value(field, text)
            if fault is None:
                given[name] = value
    example = example_taken() if target.place == "initiative" else None
    if example is None:
        return Entry(given=given)
    return Entry(given=given | from_example(example), children={"directions": directions_of(example)})
