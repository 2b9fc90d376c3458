"""What happened in an initiative: evaluations, steering, decisions, examples and sharing, newest first."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.enums import ExtensionResult
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.evaluation import InitiativeEvaluation
from tracker.domain.records.example import GoodExample
from tracker.domain.records.funding import Extension
from tracker.domain.records.initiative import Initiative
from tracker.domain.shared_examples import SharedExample
from tracker.queries.examples import examples_on_offer
from tracker.web.conditions_view import insurer_name
from tracker.web.dates import days, link
from tracker.web.examples_view import used_words
from tracker.web.frame import language

Event = tuple[date, int, dict[str, Any]]
_TONES = {Opinion.POSITIVE: "green", Opinion.MIXED: "amber", Opinion.NEGATIVE: "red", Opinion.TOO_EARLY: "slate"}
_ICONS = {Opinion.POSITIVE: "check-lg", Opinion.MIXED: "circle-half", Opinion.NEGATIVE: "x-lg"}


def event_items(initiative: Initiative) -> list[dict[str, Any]]:
    """The view models of `event_list` in templates/components/changes.html."""
    found: list[Event] = [_evaluation(item) for item in initiative.evaluations]
    for evaluation in initiative.evaluations:
        for action in evaluation.steering:
            text = _("Bijgestuurd: %(what)s", what=action.text)
            found.append((action.decided_on, 1, _event("arrow-repeat", "slate", action.decided_on, text)))
    found += [_decision(item) for item in initiative.extensions]
    if initiative.sharings or initiative.good_examples:
        offered = {item.code: item for item in examples_on_offer(days().as_of, known_at=days().known_at)}
        found += [_example(item, offered.get(item.source)) for item in initiative.good_examples]
    for sharing in initiative.sharings:
        event = _event("flag-fill", "slate", sharing.shared_on, _("Gedeeld als goed voorbeeld"))
        if sharing.withdrawn_on is None and (shared := offered.get(initiative.code)) is not None:
            event["text"] += [", ", {"text": used_words(shared), "url": link("examples.detail", id=shared.code)}]
        found.append((sharing.shared_on, 3, event))
        if sharing.withdrawn_on is not None:
            event = _event("dash-lg", "slate", sharing.withdrawn_on, _("Niet meer gedeeld als goed voorbeeld"))
            found.append((sharing.withdrawn_on, 4, event))
    return [event for _day, _rank, event in sorted(found, key=lambda item: item[:2], reverse=True)]


def _event(icon: str, tone: str, day: date, *parts: str) -> dict[str, Any]:
    return {
        "icon": icon,
        "tone": tone,
        "day": labels.day_words(day, language()),
        "text": [" ".join(filter(None, parts))],
    }


def _example(item: GoodExample, shared: SharedExample | None) -> Event:
    """What was taken from elsewhere; an example that is no longer on offer has its code alone."""
    outcome = _("Voorbeeld van elders, %(outcome)s:", outcome=labels.word(item.outcome, language()))
    event = _event("arrow-down-right", "slate", item.considered_on, outcome)
    named: Any = item.source
    if shared is not None:
        text = f"{shared.initiative.title}, {shared.region}"
        named = {"text": text, "url": link("examples.detail", id=shared.code)}
    event["text"] += [" ", named, *([f". {item.reason}"] if item.reason else [])]
    return item.considered_on, 5, event


def _evaluation(item: InitiativeEvaluation) -> Event:
    tongue = language()
    verdict = _("Evaluatie: %(verdict)s", verdict=labels.word(item.verdict, tongue))
    if item.shared_on is None:
        shared = _("nog niet gedeeld")
    else:
        shared = _("gedeeld op %(day)s", day=labels.day_words(item.shared_on, tongue))
    first = f"{verdict}, {shared}."
    icon, tone = _ICONS.get(item.verdict, "hourglass-split"), _TONES[item.verdict]
    return item.held_on, 0, _event(icon, tone, item.held_on, first, item.summary or "")


def _decision(item: Extension) -> Event:
    tongue, who = language(), insurer_name(item.decided_by)
    said = _("Besluit van %(who)s: %(result)s", who=who, result=labels.word(item.result, tongue))
    if item.until is not None:
        said += " " + _("tot en met %(day)s", day=labels.day_words(item.until, tongue))
    tone = "red" if item.result is ExtensionResult.NOT_EXTENDED else "slate"
    return item.decided_on, 2, _event("arrow-repeat", tone, item.decided_on, f"{said}.", item.reason or "")
