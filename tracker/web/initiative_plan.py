"""What was agreed and planned in an initiative: objectives and outcomes, milestones with every move, and tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.conditions import due_day
from tracker.domain.finding import Finding
from tracker.domain.initiatives import plans_in_order
from tracker.domain.records.initiative import Initiative
from tracker.domain.records.plan import Milestone
from tracker.web.chips import chip
from tracker.web.frame import language


def agreements_card(initiative: Initiative) -> list[dict[str, Any]]:
    """Every agreement with the insurer, oldest first: later ones add to earlier ones."""
    return [
        {
            "title": _("Afgesproken op %(day)s", day=labels.day_words(item.signed_on, language())),
            "objectives": list(item.objectives),
            "outcomes": list(item.outcomes),
        }
        for item in sorted(initiative.agreements, key=lambda item: item.signed_on)
    ]


def plan_card(initiative: Initiative) -> dict[str, Any] | None:
    """The latest plan with its milestones; a moved date stands beside the original one."""
    plans = plans_in_order(initiative)
    if not plans:
        return None
    plan, tongue = plans[-1], language()
    day = labels.day_words(plan.adopted_on, tongue)
    sub = _("Versie %(version)s, vastgesteld op %(day)s.", version=plan.version, day=day)
    if len(plans) > 1:
        sub += " " + ngettext("%(num)s eerdere versie.", "%(num)s eerdere versies.", len(plans) - 1)
    steps = sorted(plan.milestones, key=lambda item: (due_day(item), item.code))
    heads = (_("Mijlpaal"), _("Oorspronkelijk gepland"), _("Nu gepland"), _("Gereed"), _("Eigenaar"))
    return {
        "title": plan.title or _("Plan"),
        "sub": sub,
        "table": {
            "wide": True,
            "caption": _("Mijlpalen van het plan"),
            "columns": [{"text": text, "day": 0 < place < len(heads) - 1} for place, text in enumerate(heads)],
            "rows": [{"cells": _milestone(item)} for item in steps],
        }
        if steps
        else None,
    }


def _milestone(item: Milestone) -> list[Any]:
    tongue = language()
    moves = sorted(item.moves, key=lambda move: move.moved_on)
    told = [f"{labels.day_short(move.moved_on, tongue)}: {move.reason}" for move in moves]
    moved = {"text": labels.day_short(due_day(item), tongue), "sub": " ".join(told)} if moves else ""
    done = labels.day_short(item.done_on, tongue) if item.done_on else _("nog niet")
    return [item.title, labels.day_short(item.due_on, tongue), moved, done, item.owner or ""]


def tests_card(initiative: Initiative, finding: Finding | None, as_of: date) -> dict[str, Any] | None:
    """The tests on accessibility for everyone, with what the rule says of them."""
    if finding is None:
        return None
    tongue = language()
    rows = [
        {
            "day": labels.day_words(item.tested_on, tongue),
            "text": labels.word(item.result, tongue),
            "by": item.tester,
            "note": item.note,
        }
        for item in sorted(initiative.accessibility_tests, key=lambda item: item.tested_on, reverse=True)
    ]
    reason = labels.text(finding.reason, tongue)
    return {"status": chip(finding, as_of), "reason": f"{reason[:1].upper()}{reason[1:]}.", "rows": rows}
