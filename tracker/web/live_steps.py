"""What each step of a meeting shows, how far it is, and the column that stands beside every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.changes import Change
from tracker.domain.evaluation import is_answered
from tracker.domain.meeting import answers_of, open_promises, to_decide
from tracker.domain.records.enums import Topic
from tracker.queries.records import Kept
from tracker.web.changes_view import sentence
from tracker.web.dates import exists, link
from tracker.web.frame import language, programme
from tracker.web.live_actions import earlier_actions, listed_actions, new_actions
from tracker.web.live_decisions import decided, decisions, running
from tracker.web.live_table import Table
from tracker.web.scores_view import topics_of

MOST_CHANGES, MOST_BESIDE = 40, 4


def of_step(table: Table, step: str) -> dict[str, Any]:
    """What one step shows besides the frame; the topics have a module of their own."""
    views: dict[str, Callable[[Table], dict[str, Any]]] = {
        "wijzigingen": _changes,
        "eerdere-acties": earlier_actions,
        "besluiten": decisions,
        "acties": new_actions,
        "sluiten": _closing,
    }
    return views[step](table) if step in views else {}


def progress(table: Table) -> dict[str, tuple[str, bool]]:
    """The line under each step, and whether it is done."""
    held, dossier, number = table.round, table.item.dossier, str(table.round.number)
    answered, new = sum(map(is_answered, held.scores)), answers_of(dossier, held.number)
    waiting = sum(each.done_on is None and each.origin != number for each in dossier.actions)
    waiting += len(open_promises(dossier, held.number))
    is_locked = held.locked_on is not None
    return {
        "wijzigingen": _discussed(table),
        "eerdere-acties": (
            ngettext("%(num)s open", "%(num)s open", waiting) if waiting else _("geen open"),
            not waiting,
        ),
        "onderwerpen": (_("%(done)s van %(total)s", done=answered, total=len(Topic)), answered == len(Topic)),
        "besluiten": _taken(table),
        "acties": (ngettext("%(num)s nieuw", "%(num)s nieuw", new), new > 0),
        "sluiten": (_("vastgesteld") if is_locked else "", is_locked),
    }


def _discussed(table: Table) -> tuple[str, bool]:
    """The first step is done when somebody noted who is here, and every point of the agenda is settled or goes on."""
    points = table.round.agenda
    treated = sum(item.closed is not None for item in points)
    if treated < len(points):
        return _("%(done)s van %(total)s punten", done=treated, total=len(points)), False
    came = any(item.attended for item in table.round.invitees)
    return (_("besproken"), True) if came else (_("aanwezigheid"), False)


def _taken(table: Table) -> tuple[str, bool]:
    """How many decisions were taken; before the first, how many the data put on the table."""
    each = running(table)
    taken, prepared = sum(decided(table, item) is not None for item in each), to_decide(table.item.dossier, table.on)
    if not each:
        return _("geen"), True
    if not taken and prepared:
        return ngettext("%(num)s voorbereid", "%(num)s voorbereid", len(prepared)), False
    return _("%(done)s van %(total)s", done=taken, total=len(each)), taken == len(each)


# --- what changed, who is here, and the agenda ---


def _changes(table: Table) -> dict[str, Any]:
    since = table.former.held_on if table.former else None
    return {
        "since": labels.day_words(since, language()) if since else None,
        "tally": _tally(table),
        "sentences": _sentences(table, table.changes[:MOST_CHANGES]),
        "more": max(len(table.changes) - MOST_CHANGES, 0),
        "all_url": link("changes.index", regio=table.code, **({"vergelijk": since.isoformat()} if since else {})),
        "former_url": _former_url(table),
        "people": [_person(item) for item in table.held.children["invitees"]],
        "points": [_point(table, item) for item in sorted(table.held.children["agenda"], key=_place)],
        "may_note": table.pen.may("agenda_item", "minutes"),
    }


def _sentences(table: Table, items: Iterable[Change]) -> list[dict[str, Any]]:
    """Sentences of change without the name of the region, which stands on top of the page."""
    name = f"{table.item.dossier.name}: "
    found = [sentence(item) for item in items]
    for row in found:
        text = row["text"].removeprefix(name)
        row["text"] = text[:1].upper() + text[1:]
    return found


def _tally(table: Table) -> str | None:
    """How many roadmap rules are met, and how many were."""
    if table.tallies is None:
        return None
    before, now = table.tallies
    text = _(
        "%(met)s van %(total)s roadmapregels behaald, dat waren er %(was)s.",
        met=now.met,
        total=now.total,
        was=before.met,
    )
    return str(text)


def _former_url(table: Table) -> str | None:
    if table.former is None:
        return None
    return link("evaluations.detail", code=table.code, number=table.former.round.number)


def _person(item: Kept) -> dict[str, Any]:
    party = item.values["party"]
    return {
        "number": item.number,
        "name": item.values["person"],
        "party": labels.word(party, language()) if party else "",
        "came": item.values["attended"] is True,
    }


def _point(table: Table, item: Kept) -> dict[str, Any]:
    values, name = item.values, f"agenda-{item.values['code']}"
    return {
        "name": name,
        "code": values["code"],
        "text": values["text"],
        "duration": values["duration_min"],
        "minutes": values["minutes"] or "",
        "closed": values["closed"] is True,
        **table.trouble(name),
    }


def _place(item: Kept) -> tuple[bool, int, str]:
    place = item.values["position"]
    return place is None, place or 0, item.values["code"]


# --- closing ---


def _closing(table: Table) -> dict[str, Any]:
    """What is still open; every topic without a score needs a reason before the meeting is closed."""
    where, number = table.address, table.round.number
    scores = {score.topic: score for score in table.round.scores}
    titles = topics_of(programme())
    lacking = [key for key in titles if (score := scores.get(key)) is None or not is_answered(score)]
    return {
        "topics": [_open_topic(where, key, titles[key]) for key in lacking],
        "undecided": [item.title for item in running(table) if decided(table, item) is None],
        "decide_url": url_for("meeting.live", **where, stap="besluiten"),
        "points": [item.text for item in table.round.agenda if item.closed is None],
        "actions": [
            item.text for item in table.item.dossier.actions if item.origin == str(number) and item.due_on is None
        ],
        "answered": _(
            "%(done)s van %(total)s onderwerpen beantwoord", done=len(titles) - len(lacking), total=len(titles)
        ),
        "close_url": _close_url(where) if table.round.locked_on is None and table.pen.may("round") else None,
        "round_url": url_for("evaluations.detail", **where),
        "new_actions": answers_of(table.item.dossier, number),
    }


def _open_topic(where: dict[str, Any], topic: Topic, title: str) -> dict[str, str]:
    return {
        "key": topic.value,
        "title": title,
        "url": url_for("meeting.live", **where, stap="onderwerpen", onderwerp=topic.value),
    }


def _close_url(where: dict[str, Any]) -> str | None:
    """The page on which both parties close the round."""
    return url_for("closing.close", **where) if exists("closing.close") else None


# --- beside every step ---


def beside(table: Table, step: str) -> dict[str, Any]:
    """What changed, the decision that waits and the actions: whatever the step itself does not show."""
    return {
        "changes": None if step == "wijzigingen" else _changes_beside(table),
        "decision": None if step == "besluiten" else _decision_beside(table),
        "actions": None if step == "acties" else _actions_beside(table, step),
    }


def _changes_beside(table: Table) -> dict[str, Any]:
    since = table.former.held_on if table.former else None
    return {
        "since": labels.day_words(since, language()) if since else None,
        "tally": _tally(table),
        "sentences": _sentences(table, table.changes[:MOST_BESIDE]),
        "more": max(len(table.changes) - MOST_BESIDE, 0),
        "url": url_for("meeting.live", **table.address, stap="wijzigingen"),
    }


def _decision_beside(table: Table) -> dict[str, Any] | None:
    """The first decision that was not taken; of all of them taken, the last one."""
    found = decisions(table)
    rows = found["rows"]
    if not rows:
        return None
    waiting = [row for row in rows if not row["is_decided"]]
    tried = [row for row in rows if row.get("error")]
    shown = next(iter([*tried, *waiting]), rows[-1])
    return found | {
        "row": shown,
        "others": len([row for row in waiting if row is not shown]),
        "url": url_for("meeting.live", **table.address, stap="besluiten"),
    }


def _actions_beside(table: Table, step: str) -> dict[str, Any]:
    made = new_actions(table)
    return {
        "listed": listed_actions(table, with_earlier=step != "eerdere-acties"),
        "may_act": made["may_act"],
        "new": made["new"],
        "url": url_for("meeting.live", **table.address, stap="acties"),
    }
