"""What one round led to: its actions and the decisions on money of that day; and their file."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.outcomes import days_overdue
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.evaluation import Action, Round
from tracker.exchange.tables import Column, Table
from tracker.web.dates import days, link
from tracker.web.frame import language


def actions_of(dossier: Cooperation, held: Round) -> list[Action | CooperationAction]:
    """What was agreed in a round: in its own minutes, and as actions of the region that go on from it."""
    found: list[Action | CooperationAction] = list(held.actions)
    found += [item for item in dossier.actions if item.origin == str(held.number)]
    return sorted(found, key=lambda item: (item.due_on or date.max, item.text))


def round_actions(dossier: Cooperation, held: Round) -> dict[str, Any] | None:
    """The actions for `action_list` of components/attention.html; None where there are none."""
    actions = actions_of(dossier, held)
    if not actions:
        return None
    open_now = sum(item.done_on is None for item in actions)
    return {
        "summary": _("%(open)s van %(total)s acties staan open.", open=open_now, total=len(actions)),
        "rows": [_action(item) for item in actions],
    }


def _action(item: Action | CooperationAction) -> dict[str, Any]:
    due = labels.day_short(item.due_on, language()) if item.due_on else _("geen datum")
    text, tone = action_state(item)
    return {"title": item.text, "owner": item.owner, "due": due, "note": {"text": text, "tone": tone}}


def action_state(item: Action | CooperationAction) -> tuple[str, str]:
    """How an action stands on the day, and its tone."""
    tongue, late = language(), days_overdue(item, days().as_of)
    too_late = _("%(days)s te laat", days=labels.days(late, tongue))
    if item.done_on is not None:
        done = _("gereed op %(day)s", day=labels.day_short(item.done_on, tongue))
        return (f"{done}, {too_late}", "amber") if late else (done, "green")
    if late:
        return too_late, "red"
    return _("open"), "slate"


def round_decisions(dossier: Cooperation, held: Round) -> list[dict[str, Any]]:
    """What was decided on money on the day of the round, for the same list."""
    return [
        {
            "title": item.title,
            "url": link("initiatives.detail", id=item.code),
            "owner": decision.reason or "",
            "due": labels.word(decision.result, language()),
            "note": {"text": _("tot en met %(day)s", day=labels.day_short(decision.until, language())), "tone": "slate"}
            if decision.until
            else None,
        }
        for item in dossier.initiatives
        for decision in item.extensions
        if decision.decided_on == held.held_on
    ]


def actions_file(dossier: Cooperation, held: Round) -> Table:
    """The actions as a file."""
    rows = tuple(
        (item.text, item.owner, item.due_on or _("geen datum"), item.done_on or "", action_state(item)[0])
        for item in actions_of(dossier, held)
    )
    columns = (
        Column(_("Actie"), width=50),
        Column(_("Eigenaar"), width=24),
        Column(_("Uiterlijk"), "day"),
        Column(_("Gereed op"), "day"),
        Column(_("Stand"), width=20),
    )
    return Table(title=_("Acties van ronde %(number)s", number=held.number), columns=columns, rows=rows)
