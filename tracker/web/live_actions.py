"""The actions on the page of a meeting: those of before with their answer, and those that it agrees itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.meeting import open_promises
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round
from tracker.queries.records import Kept
from tracker.web.frame import language, programme
from tracker.web.live_table import Table
from tracker.web.scores_view import topics_of


def earlier_actions(table: Table) -> dict[str, Any]:
    """What was agreed before: open, or answered at this table."""
    rows = [
        item
        for item in table.actions
        if not _is_new(table, item) and (item.values["done_on"] is None or item.values["done_on"] == table.on)
    ]
    loose = open_promises(table.item.dossier, table.round.number)
    return {
        "rows": [_row(table, item) for item in sorted(rows, key=_due)],
        "loose": [_loose(table, of, action) for of, action in loose],
        "may_act": table.pen.may("cooperation_action"),
    }


def new_actions(table: Table) -> dict[str, Any]:
    """What this meeting agreed, with the form for one more."""
    rows = [item for item in table.actions if _is_new(table, item)]
    return {
        "rows": [_row(table, item) for item in sorted(rows, key=_due)],
        "may_act": table.pen.may("cooperation_action"),
        "new": _new(table),
    }


def listed_actions(table: Table, *, with_earlier: bool) -> list[dict[str, Any]]:
    """The actions in short: new ones, and what is still open of before."""
    held = [item for item in table.actions if _is_new(table, item) or (with_earlier and _is_open(item))]
    rows = [(_due(item), _listed(table, item)) for item in held]
    if with_earlier:
        for of, action in open_promises(table.item.dossier, table.round.number):
            rows.append(((action.due_on or date.max, action.text), _listed_promise(table, of, action)))
    return [row for _key, row in sorted(rows, key=lambda pair: pair[0])]


def _is_new(table: Table, item: Kept) -> bool:
    return bool(item.values["origin"] == str(table.round.number))


def _is_open(item: Kept) -> bool:
    return item.values["done_on"] is None


def _due(item: Kept) -> tuple[date, str]:
    return item.values["due_on"] or date.max, item.values["code"]


def _new(table: Table) -> dict[str, Any]:
    """The form of a new action: what was typed, or the topic it is asked at."""
    held, topics = table.trouble("nieuwe-actie"), topics_of(programme())
    asked = request.args.get("onderwerp", "")
    if held.get("typed") is None and request.args.get("stap") == "acties" and asked in set(Topic):
        held["typed"] = {"text": f"{topics.get(Topic(asked), asked)}: "}
    return held


def _row(table: Table, item: Kept) -> dict[str, Any]:
    values, name = item.values, f"actie-{item.number}"
    return {
        "name": name,
        "number": item.number,
        "title": values["text"],
        "owner": values["owner"],
        "due": _due_words(values["due_on"]),
        "late": _late(table, values["due_on"]) if values["done_on"] is None else None,
        "done": values["done_on"] is not None,
        "note": values["note"] or "",
        **table.trouble(name),
    }


def _listed(table: Table, item: Kept) -> dict[str, Any]:
    values = item.values
    late = _late(table, values["due_on"]) if values["done_on"] is None else None
    if late:
        note = {"text": late, "tone": "red"}
    elif values["done_on"] is not None:
        note = {"text": _("gereed"), "tone": "green"}
    else:
        note = {"text": _("nieuw"), "tone": "brand"} if _is_new(table, item) else {"text": _("open"), "tone": "slate"}
    return {"title": values["text"], "owner": values["owner"], "due": _due_words(values["due_on"]), "note": note}


def _listed_promise(table: Table, of: Round, action: Any) -> dict[str, Any]:
    late = _late(table, action.due_on)
    note = {"text": late, "tone": "red"} if late else {"text": _("open"), "tone": "slate"}
    owner = f"{action.owner}, {_('uit ronde %(number)s', number=of.number)}"
    return {"title": action.text, "owner": owner, "due": _due_words(action.due_on), "note": note}


def _due_words(due: date | None) -> str:
    return labels.day_short(due, language()) if due else _("geen datum")


def _late(table: Table, due: date | None) -> str | None:
    if due is None or due >= table.on:
        return None
    return str(_("%(days)s te laat", days=labels.days((table.on - due).days, language())))


def _loose(table: Table, of: Round, action: Any) -> dict[str, Any]:
    """An action in closed minutes: those stay as they are, so it goes on as an action of the region."""
    return {
        "title": action.text,
        "owner": action.owner,
        "due": _due_words(action.due_on),
        "due_on": action.due_on.isoformat() if action.due_on else "",
        "late": _late(table, action.due_on),
        "from": _("uit ronde %(number)s", number=of.number),
    }
