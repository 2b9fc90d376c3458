"""What stands in the other steps of a meeting: changes, earlier actions, decisions, new actions, and closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, labels
from tracker.domain.changes import Change, in_order
from tracker.domain.dossier_changes import changes_between
from tracker.domain.evaluation import is_answered
from tracker.domain.meeting import answers_of, open_promises, running_on
from tracker.domain.outcomes import Evaluated
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round
from tracker.domain.records.initiative import Initiative
from tracker.queries.records import Kept, siblings
from tracker.web.changes_view import sentence
from tracker.web.dates import exists, link
from tracker.web.frame import language, programme
from tracker.web.live_decisions import decided_on, decision_told, decision_words
from tracker.web.meeting_curtain import curtained
from tracker.web.meeting_saves import Outcome
from tracker.web.scope import STORY, one
from tracker.web.scores_view import insurer_name, topics_of

MOST_CHANGES = 40


class Table:
    """One meeting as its steps ask for it."""

    def __init__(self, item: Evaluated, held: Kept, whole: Round, version: int, outcome: Outcome | None) -> None:
        self.item, self.held, self.round, self.version, self.outcome = item, held, whole, version, outcome
        self.code, self.on = item.dossier.code, whole.held_on or date.max
        self.pen = access.pen(self.code)
        self.former = next((turn for turn in reversed(item.turns) if turn.round.number < whole.number), None)

    def of_step(self, step: str) -> dict[str, Any]:
        """What one step shows besides the frame; the topics have a module of their own."""
        views: dict[str, Callable[[], dict[str, Any]]] = {
            "wijzigingen": self.changes,
            "eerdere-acties": self.earlier,
            "besluiten": self.decisions,
            "acties": self.actions,
            "sluiten": self.closing,
        }
        return views[step]() if step in views else {}

    def trouble(self, name: str) -> dict[str, Any]:
        """What went wrong with the form of this name, beside what was typed in it."""
        if self.outcome is None or request.form.get("formulier") != name:
            return {"seen": self.version}
        newer = self.outcome.version if self.outcome.version is not None else self.version
        return {"seen": newer, "error": self.outcome.text, "typed": request.form.to_dict()}

    # --- what changed, who is here, and the agenda ---

    def changes(self) -> dict[str, Any]:
        since = self.former.held_on if self.former else None
        found = []
        if since is not None:
            found = list(in_order(self._changes(since)))
        return {
            "since": labels.day_words(since, language()) if since else None,
            "sentences": [sentence(item) for item in found[:MOST_CHANGES]],
            "more": max(len(found) - MOST_CHANGES, 0),
            "all_url": link("changes.index", regio=self.code),
            "former_url": self._former_url(),
            "people": [self._person(item) for item in self.held.children["invitees"]],
            "points": [self._point(item) for item in sorted(self.held.children["agenda"], key=_place)],
            "may_note": self.pen.may("agenda_item", "minutes"),
        }

    def _changes(self, since: date) -> tuple[Change, ...]:
        """What changed since a day, but for this meeting itself: its scores are still being agreed."""
        before, after = one(self.code, kinds=STORY, on=since), one(self.code, kinds=STORY, on=self.on)
        kept = tuple(item for item in after.dossier.rounds if item.number != self.round.number)
        dossier = msgspec.structs.replace(after.dossier, rounds=kept)
        return changes_between(
            before.dossier,
            dossier,
            before.findings,
            after.findings,
            since=since,
            until=self.on,
            last=after.last_fact_on,
        )

    def _former_url(self) -> str | None:
        if self.former is None:
            return None
        return link("evaluations.detail", code=self.code, number=self.former.round.number)

    def _person(self, item: Kept) -> dict[str, Any]:
        party = item.values["party"]
        return {
            "number": item.number,
            "name": item.values["person"],
            "party": labels.word(party, language()) if party else "",
            "came": item.values["attended"] is True,
        }

    def _point(self, item: Kept) -> dict[str, Any]:
        values, name = item.values, f"agenda-{item.values['code']}"
        return {
            "name": name,
            "code": values["code"],
            "text": values["text"],
            "minutes": values["minutes"] or "",
            "closed": values["closed"] is True,
            **self.trouble(name),
        }

    # --- actions ---

    def _stored_actions(self) -> list[Kept]:
        return curtained(self.code, self.held.parent, siblings("cooperation_action", self.held.parent))

    def earlier(self) -> dict[str, Any]:
        number, held = str(self.round.number), self._stored_actions()
        mine = [item for item in held if item.values["origin"] != number]
        rows = [item for item in mine if item.values["done_on"] is None or item.values["done_on"] == self.on]
        loose = open_promises(self.item.dossier, self.round.number)
        return {
            "rows": [self._action(item) for item in sorted(rows, key=_due)],
            "loose": [self._loose(of, action) for of, action in loose],
            "may_act": self.pen.may("cooperation_action"),
        }

    def actions(self) -> dict[str, Any]:
        number = str(self.round.number)
        mine = [item for item in self._stored_actions() if item.values["origin"] == number]
        return {
            "rows": [self._action(item) for item in sorted(mine, key=_due)],
            "loose": [],
            "may_act": self.pen.may("cooperation_action"),
            "new": self.trouble("nieuwe-actie"),
            "topics": list(topics_of(programme()).values()),
        }

    def _action(self, item: Kept) -> dict[str, Any]:
        values, name = item.values, f"actie-{item.number}"
        return {
            "name": name,
            "number": item.number,
            "title": values["text"],
            "owner": values["owner"],
            "due": labels.day_short(values["due_on"], language()) if values["due_on"] else _("geen datum"),
            "late": self._late(values["due_on"]) if values["done_on"] is None else None,
            "done": values["done_on"] is not None,
            "note": values["note"] or "",
            **self.trouble(name),
        }

    def _late(self, due: date | None) -> str | None:
        if due is None or due >= self.on:
            return None
        return str(_("%(days)s te laat", days=labels.days((self.on - due).days, language())))

    def _loose(self, of: Round, action: Any) -> dict[str, Any]:
        """An action in closed minutes: those stay as they are, so it goes on as an action of the region."""
        return {
            "title": action.text,
            "owner": action.owner,
            "due": labels.day_short(action.due_on, language()) if action.due_on else _("geen datum"),
            "due_on": action.due_on.isoformat() if action.due_on else "",
            "late": self._late(action.due_on),
            "from": _("uit ronde %(number)s", number=of.number),
        }

    # --- decisions ---

    def decisions(self) -> dict[str, Any]:
        asked = programme()
        insurer = asked.insurer_key
        may = self.pen.may("extension") and insurer in self.pen.insurers
        return {
            "insurer": insurer_name(asked),
            "may_decide": may,
            "rows": [self._decision(item) for item in running_on(self.item.dossier, self.on)],
            "choices": [{"value": key.value, "word": word} for key, word in decision_words().items()],
        }

    def _decision(self, item: Initiative) -> dict[str, Any]:
        tongue, held = language(), next((one for one in item.extensions if one.decided_on == self.on), None)
        former = max((one for one in item.extensions if one.decided_on < self.on), key=decided_on, default=None)
        words = decision_words()
        name = f"besluit-{item.code}"
        row = {
            "name": name,
            "code": item.code,
            "title": item.title,
            "url": link("initiatives.detail", id=item.code),
            "result": held.result.value if held else "",
            "until": labels.day_short(held.until, tongue) if held and held.until else "",
            "reason": (held.reason if held else None) or "",
            "told": words[held.result] if held else _("nog geen besluit"),
            "former": decision_told(former, words) if former else None,
            **self.trouble(name),
        }
        typed = row.get("typed") or {}
        return row | {key: typed[key] for key in ("result", "until", "reason") if key in typed}

    # --- closing ---

    def closing(self) -> dict[str, Any]:
        """What is still open; every topic without a score needs a reason before the meeting is closed."""
        where: dict[str, Any] = {"code": self.code, "number": self.round.number}
        scores = {score.topic: score for score in self.round.scores}
        titles = topics_of(programme())
        lacking = [key for key in titles if (score := scores.get(key)) is None or not is_answered(score)]
        undecided = [
            item
            for item in running_on(self.item.dossier, self.on)
            if not any(one.decided_on == self.on for one in item.extensions)
        ]
        return {
            "topics": [_open_topic(where, key, titles[key]) for key in lacking],
            "undecided": [item.title for item in undecided],
            "decide_url": url_for("meeting.live", **where, stap="besluiten"),
            "points": [item.text for item in self.round.agenda if item.closed is None],
            "actions": self._without_day(),
            "answered": _(
                "%(done)s van %(total)s onderwerpen beantwoord", done=len(titles) - len(lacking), total=len(titles)
            ),
            "close_url": _close_url(where) if self.round.locked_on is None and self.pen.may("round") else None,
            "round_url": url_for("evaluations.detail", **where),
            "new_actions": answers_of(self.item.dossier, self.round.number),
        }

    def _without_day(self) -> list[str]:
        return [
            item.text
            for item in self.item.dossier.actions
            if item.origin == str(self.round.number) and item.due_on is None
        ]


def subs(item: Evaluated, held: Round) -> dict[str, tuple[str, bool]]:
    """The line under each step, and whether it is done."""
    on = held.held_on or date.max
    answered = sum(is_answered(score) for score in held.scores)
    running = running_on(item.dossier, on)
    decided = sum(any(one.decided_on == on for one in each.extensions) for each in running)
    new = answers_of(item.dossier, held.number)
    number = str(held.number)
    waiting = sum(each.done_on is None and each.origin != number for each in item.dossier.actions)
    waiting += len(open_promises(item.dossier, held.number))
    return {
        "eerdere-acties": (ngettext("%(num)s open", "%(num)s open", waiting), waiting == 0),
        "onderwerpen": (_("%(done)s van %(total)s", done=answered, total=len(Topic)), answered == len(Topic)),
        "besluiten": (
            _("%(done)s van %(total)s", done=decided, total=len(running)) if running else _("geen"),
            decided == len(running),
        ),
        "acties": (ngettext("%(num)s nieuw", "%(num)s nieuw", new), new > 0),
    }


def _place(item: Kept) -> tuple[bool, int, str]:
    place = item.values["position"]
    return place is None, place or 0, item.values["code"]


def _due(item: Kept) -> tuple[date, str]:
    return item.values["due_on"] or date.max, item.values["code"]


def _open_topic(where: dict[str, Any], topic: Topic, title: str) -> dict[str, str]:
    return {
        "key": topic.value,
        "title": title,
        "url": url_for("meeting.live", **where, stap="onderwerpen", onderwerp=topic.value),
    }


def _close_url(where: dict[str, Any]) -> str | None:
    """The page on which both parties close the round."""
    return url_for("closing.close", **where) if exists("closing.close") else None
