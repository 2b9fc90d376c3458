"""What changed in what a page shows, said at its head where the reader compares two days.

Pages that mark it themselves (portfolio, overview of a region, rounds, products) are not named here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import Flask, request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.changes import Change, ChangeKind, in_order
from tracker.web.changes_view import of_region
from tracker.web.cooperations_view import change_title
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.scope import STORY, Visible, visible

MOST = 3
MONEY = frozenset(
    {
        "contract",
        "funding_line",
        "oi_claim",
        "innovation_application",
        "service_declaration",
        "open_claim",
        "accreditation_claim",
    }
)
"""The kinds of the tab with money."""


class Told(NamedTuple):
    """A change, and its region on both days."""

    change: Change
    before: Visible
    after: Visible

    @property
    def kinds(self) -> set[str]:
        """The kinds of the records on which it rests."""
        found = [self.change.records, *(item.records for item in (self.change.before, self.change.after) if item)]
        return {type(record).declared.name for records in found for record in records}

    @property
    def is_of_initiative(self) -> bool:
        return any(self.change.subject == item.code for seen in self[1:] for item in seen.dossier.initiatives)


Scope = Callable[[Told, str], bool]
SCOPES: dict[str, Scope] = {
    "cooperations.initiatives": lambda told, _of: told.is_of_initiative,
    "cooperations.funding": lambda told, _of: bool(told.kinds & MONEY),
    "cooperations.evaluations": lambda told, _of: "#" in told.change.subject or "round" in told.kinds,
    "cooperations.evidence": lambda told, _of: "evidence" in told.kinds,
    "initiatives.index": lambda told, _of: told.is_of_initiative,
    "initiatives.detail": lambda told, of: told.change.subject == of,
    "practices.index": lambda told, _of: bool(told.kinds & {"practice", "practice_step", "mandate", "his_use"}),
    "practices.detail": lambda told, of: told.change.subject == of,
    "examples.index": lambda told, _of: bool(told.kinds & {"good_example", "sharing"}),
    "actions.index": lambda told, _of: bool(told.kinds & {"cooperation_action", "action"}),
}
"""By endpoint: whether a change belongs to the page that is about `of`."""
ABOUT_RULES = frozenset(
    {
        "cooperations.initiatives",
        "cooperations.funding",
        "cooperations.evaluations",
        "initiatives.index",
        "initiatives.detail",
    }
)
"""Where nothing found means that no rule turned. Elsewhere it means little: use of services is told by its charts."""


def changed_here() -> dict[str, Any] | None:
    """The view model of `change_notice`; None where no two days are compared or the page marks changes itself."""
    scope, now = SCOPES.get(request.endpoint or ""), days()
    if scope is None or now.compare is None or now.compare == now.as_of:
        return None
    asked = request.view_args or {}
    of, code = asked.get("id", ""), asked.get("code")
    told = [item for item in _told(code) if scope(item, of)]
    if not told and request.endpoint not in ABOUT_RULES:
        return None
    found = in_order(item.change for item in told)
    rules = [item.kind for item in found if item.before is not None and item.after is not None]
    worse, better = rules.count(ChangeKind.WORSE), rules.count(ChangeKind.BETTER)
    names = [f"{item.after.dossier.name}: " for item in told] if code or of else []
    return {
        "direction": "worse" if worse else "better" if better else "same",
        "title": _title(min(now.compare, now.as_of), worse, better),
        "text": " ".join(_sentence(item, names[:1]) for item in found[:MOST]),
        "link": {"text": _("Alle wijzigingen"), "url": link("changes.index", regio=code)},
    }


def _title(since: date, worse: int, better: int) -> str:
    """Where nothing turned, no more than that is said: elsewhere something may have."""
    if worse or better:
        return change_title(since, False, worse, better)
    return str(_("Sinds %(day)s ging hier geen regel achteruit of vooruit.", day=labels.day_words(since, language())))


def _sentence(change: Change, names: list[str]) -> str:
    """Without the name of the region where the page is about one."""
    text = labels.text(change.sentence, language())
    return text.removeprefix(names[0]) if names else text


def _told(code: str | None) -> list[Told]:
    now = days()
    first, last = sorted((now.compare or now.as_of, now.as_of))
    codes = None if code is None else (code,)
    early = {item.code: item for item in visible(codes, kinds=STORY, on=first)}
    pairs = [(early[item.code], item) for item in visible(codes, kinds=STORY, on=last) if item.code in early]
    return [Told(item, *pair) for pair in pairs for item in of_region(*pair, first, last)]


def install(app: Flask) -> None:
    """Let the frame of every page ask it."""
    app.jinja_env.globals["changed_here"] = changed_here
