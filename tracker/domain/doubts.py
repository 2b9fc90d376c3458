"""What is allowed in a file but deserves a second look (dossier-format.md 4.9). A doubt never stops an import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.domain.parsed import Parsed
from tracker.domain.problems import Path
from tracker.domain.records.base import Pair, Sort, known_fields, scalars_of

Doubt = tuple[Path, Any, Pair]

_EARLY = {
    "initiatives": Pair("ligt voor de dag van voorstel van het initiatief", "lies before the initiative was proposed"),
    "practices": Pair("ligt voor de aansluiting van de praktijk", "lies before the practice was affiliated"),
    "visions": Pair("ligt voor het concept van de visie", "lies before the draft of the vision"),
}
_NOT_AFFILIATED = Pair("de praktijk is op die dag niet aangesloten", "the practice is not affiliated on that day")
_DONE_EARLY = Pair("ligt voor de vaststelling van het plan", "lies before the plan was adopted")
_FUTURE = Pair(
    "ligt in de toekomst; hier hoort iets dat gebeurd is", "lies in the future; this is for what has happened"
)
_NOT_CHOSEN = Pair("dit onderdeel hoort niet bij de gekozen onderdelen", "this component is not among the chosen ones")


def doubts_of(cooperation: Parsed, today: date) -> Iterator[Doubt]:
    """Every doubt about one cooperation as a file gives it."""
    yield from _early(cooperation)
    yield from _not_affiliated(cooperation)
    yield from _done_before_plan(cooperation)
    yield from _not_chosen(cooperation)
    yield from _future(cooperation, today)


def _children(parsed: Parsed, attribute: str) -> list[Parsed]:
    return parsed.children.get(attribute, [])


def _day_of(parsed: Parsed) -> tuple[str, date] | None:
    """The day from which a record is visible, and its name."""
    for attribute in parsed.kind.declared.since:
        day = parsed.given.get(attribute)
        if day is not None:
            return known_fields(parsed.kind)[attribute].name, day
    return None


def _starts(parsed: Parsed, attribute: str) -> date | None:
    if attribute == "initiatives":
        return parsed.given.get("proposed_on")
    if attribute == "practices":
        return min((period.given["from_on"] for period in _memberships(parsed)), default=None)
    return parsed.given.get("drafted_on") or parsed.given.get("adopted_on")


def _memberships(practice: Parsed) -> list[Parsed]:
    return [period for period in _children(practice, "memberships") if "from_on" in period.given]


def _early(cooperation: Parsed) -> Iterator[Doubt]:
    for attribute, doubt in _EARLY.items():
        for record in _children(cooperation, attribute):
            start = _starts(record, attribute)
            for child in (child for children in record.children.values() for child in children):
                found = _day_of(child)
                if start is not None and found is not None and found[1] < start:
                    yield (child.path, found[0]), found[1], doubt


def _not_affiliated(cooperation: Parsed) -> Iterator[Doubt]:
    held = {practice.given.get("code"): _memberships(practice) for practice in _children(cooperation, "practices")}
    named = [
        (mandate, "given_on")
        for contract in _children(cooperation, "contracts")
        for mandate in _children(contract, "mandates")
    ]
    for initiative in _children(cooperation, "initiatives"):
        named += [(participant, "joined_on") for participant in _children(initiative, "participants")]
    for record, attribute in named:
        code, day = record.given.get("practice"), record.given.get(attribute)
        if code in held and day is not None and not any(_covers(period, day) for period in held[code]):
            yield (record.path, attribute), day, _NOT_AFFILIATED


def _covers(period: Parsed, day: date) -> bool:
    last = period.given.get("to_on")
    return bool(period.given["from_on"] <= day and (last is None or day <= last))


def _done_before_plan(cooperation: Parsed) -> Iterator[Doubt]:
    for initiative in _children(cooperation, "initiatives"):
        for plan in _children(initiative, "plans"):
            adopted = plan.given.get("adopted_on")
            for milestone in _children(plan, "milestones"):
                done = milestone.given.get("done_on")
                if done is not None and adopted is not None and done < adopted:
                    yield (milestone.path, "done_on"), done, _DONE_EARLY


def _not_chosen(cooperation: Parsed) -> Iterator[Doubt]:
    for direction in _children(cooperation, "directions"):
        for component in _children(direction, "components"):
            code = component.given.get("component")
            if code is not None and not code.startswith(str(direction.given.get("code"))):
                yield (component.path, "component"), code, _NOT_CHOSEN


def _future(parsed: Parsed, today: date) -> Iterator[Doubt]:
    for field in scalars_of(parsed.kind):
        if field.sort is Sort.DAY and not field.required and not field.is_promise:
            day = parsed.given.get(field.attribute)
            if day is not None and day > today:
                yield (parsed.path, field.name), day, _FUTURE
    for children in parsed.children.values():
        for child in children:
            yield from _future(child, today)
