"""Goals and outcomes of an initiative, from baseline to target, with every measurement as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.amounts import plain
from tracker.domain.goals import Goal, GoalState, goal_on
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.plan import Target
from tracker.exchange.tables import Column, Table
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language

WHICH = "metingen"
EDGE = 35
"""From here to an end of a track there is no room for words around their mark."""


def goals_card(initiative: Initiative, as_of: date) -> dict[str, Any] | None:
    """The view model of the figure and of templates/components/goals.html; None without indicators."""
    goals = [goal_on(item, as_of) for item in sorted(initiative.indicators, key=lambda item: item.code)]
    if not goals:
        return None
    caption = _caption(goals)
    return {
        "caption_table": _("Doelstellingen en uitkomsten van %(name)s", name=initiative.title),
        "rows": [_row(goal) for goal in goals],
        "note": None,
        "figure": {
            "id": "doelen",
            "title": _("Doelstellingen en uitkomsten"),
            "caption": caption,
            "caption_text": caption,
            "interactive": True,
            "table": shown(goals_table(initiative, as_of), wide=True),
            "source": source_line(),
            "downloads": download_links(WHICH),
        },
    }


def _caption(goals: Sequence[Goal]) -> str:
    held = Counter(goal.state for goal in goals)
    told = [
        ngettext("%(num)s afspraak is gehaald", "%(num)s afspraken zijn gehaald", held[GoalState.REACHED]),
        ngettext("%(num)s ligt op koers", "%(num)s liggen op koers", held[GoalState.ON_COURSE]),
        ngettext("%(num)s ligt achter", "%(num)s liggen achter", held[GoalState.BEHIND]),
        ngettext(
            "%(num)s is nog te vroeg om te zien", "%(num)s zijn nog te vroeg om te zien", held[GoalState.TOO_EARLY]
        ),
        ngettext("%(num)s is niet gemeten", "%(num)s zijn niet gemeten", held[GoalState.NOT_MEASURED]),
        ngettext("%(num)s heeft geen streefwaarde", "%(num)s hebben geen streefwaarde", held[GoalState.NO_TARGET]),
    ]
    order = (
        GoalState.REACHED,
        GoalState.ON_COURSE,
        GoalState.BEHIND,
        GoalState.TOO_EARLY,
        GoalState.NOT_MEASURED,
        GoalState.NO_TARGET,
    )
    said = [words for state, words in zip(order, told, strict=True) if held[state]]
    total = ngettext("Van %(num)s meetbare afspraak", "Van %(num)s meetbare afspraken", len(goals))
    return f"{total}: {labels.listed(said, language())}."


def value_words(value: Decimal, unit: str) -> str:
    """`37%`, else the number alone: the unit stands under the name."""
    number = labels.number(plain(value), language())
    return f"{number}%" if unit == "%" else number


def _row(goal: Goal) -> dict[str, Any]:
    unit, tongue = goal.indicator.unit, language()
    sub = [] if unit == "%" else [unit]
    if goal.target is not None:
        sub.append(_("te halen op %(day)s", day=labels.day_short(goal.target.due_on, tongue)))
    early = goal.state in (GoalState.TOO_EARLY, GoalState.NOT_MEASURED)
    unknown = _("onbekend")
    return {
        "title": goal.indicator.name,
        "sub": ", ".join(sub),
        "start": value_words(goal.start.value, unit) if goal.start else unknown,
        "now": value_words(goal.now.value, unit) if goal.now else unknown,
        "target": value_words(goal.target.value, unit) if goal.target else unknown,
        "old_target": _replaced(goal),
        "track": _track(goal),
        "words": state_words(goal.state),
        "early": state_words(goal.state) if early else None,
        "proof": "declared" if goal.now else None,
    }


def state_words(state: GoalState) -> str:
    """How a goal stands, in a word or two."""
    return {
        GoalState.REACHED: str(_("gehaald")),
        GoalState.ON_COURSE: str(_("op koers")),
        GoalState.BEHIND: str(_("ligt achter")),
        GoalState.TOO_EARLY: str(_("nog te vroeg")),
        GoalState.NOT_MEASURED: str(_("niet gemeten")),
        GoalState.NO_TARGET: str(_("geen streefwaarde")),
    }[state]


def _replaced(goal: Goal) -> str | None:
    """The targets before this one: they stay, with the day and the reason of the change."""
    if not goal.replaced or goal.target is None:
        return None
    told, later = [], goal.target
    for earlier in goal.replaced:
        told.append(_change(earlier, later, goal.indicator.unit))
        later = earlier
    return " ".join(told)


def _change(earlier: Target, later: Target, unit: str) -> str:
    tongue = language()
    said = _(
        "was %(value)s op %(due)s, gewijzigd op %(day)s",
        value=value_words(earlier.value, unit),
        due=labels.day_short(earlier.due_on, tongue),
        day=labels.day_short(later.set_on, tongue),
    )
    return f"{said}: {later.reason}" if later.reason else f"{said}."


def _track(goal: Goal) -> dict[str, Any] | None:
    """Places from start to target. What went backwards lies left of the start; what is past the target ends there."""
    if goal.reached is None or goal.now is None:
        return None
    low = min(goal.reached, Decimal(0))

    def place(share: Decimal) -> float:
        return round(float(min((share - low) / (1 - low), Decimal(1)) * 100), 1)

    part = labels.percentage(round(goal.reached * 100), language())
    expected = None if goal.expected is None else place(goal.expected)
    name = _("%(name)s: %(share)s van de weg van nulmeting naar streefwaarde", name=goal.indicator.name, share=part)
    if goal.expected is not None:
        share = labels.percentage(round(goal.expected * 100), language())
        name += " " + _("(bij gelijk tempo verwacht: %(share)s)", share=share)
    return {
        "start": place(Decimal(0)),
        "now": place(goal.reached),
        "expected": expected,
        "text": f"{part}, {state_words(goal.state)}",
        "anchor": _anchor(place(goal.reached)),
        "name": name,
    }


def _anchor(place: float) -> str:
    """Words near an end of the track start or end at their mark, so that they stay above their own column."""
    return "start" if place < EDGE else "end" if place > 100 - EDGE else "middle"


def goals_table(initiative: Initiative, as_of: date) -> Table:
    """Every baseline, target and measurement, in time."""
    rows: list[tuple[Any, ...]] = []
    for indicator in sorted(initiative.indicators, key=lambda item: item.code):
        goal = goal_on(indicator, as_of)
        name, unit = indicator.name, indicator.unit
        told = (
            [(goal.start.measured_on, _("nulmeting"), goal.start.value, goal.start.source or "")] if goal.start else []
        )
        for target in sorted(indicator.targets, key=lambda item: (item.set_on, item.due_on)):
            due = labels.day_short(target.due_on, language())
            told.append((target.set_on, _("streefwaarde voor %(day)s", day=due), target.value, target.reason or ""))
        told += [
            (item.measured_on, _("meting"), item.value, item.source or "")
            for item in sorted(indicator.measurements, key=lambda item: item.measured_on)
        ]
        rows += [(name, unit, day, what, plain(value), note) for day, what, value, note in told]
    columns = (
        Column(_("Afspraak"), width=40),
        Column(_("Eenheid")),
        Column(_("Datum"), "day"),
        Column(_("Wat"), width=28),
        Column(_("Waarde"), "number"),
        Column(_("Bron of reden"), width=44),
    )
    return Table(title=_("Metingen van %(name)s", name=initiative.title), columns=columns, rows=tuple(rows))
