"""One action as a page: what was agreed, and who may answer it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.actions import Task
from tracker.domain.problems import Problem
from tracker.operations.refusals import Overtaken
from tracker.queries.actions import PLACE
from tracker.queries.records import Kept
from tracker.web.actions_view import late_words, origin_words
from tracker.web.dates import link
from tracker.web.frame import fictional, language
from tracker.web.record_places import form_url


def detail_page(item: Task, held: Kept, *, may_answer: bool, may_correct: bool, version: int | None) -> dict[str, Any]:
    """The view model of templates/actions/detail.html."""
    facts = [
        (_("Eigenaar"), item.owner or ""),
        (_("Afgesproken op"), labels.day_words(item.agreed_on, language()) if item.agreed_on else ""),
        (_("Uiterlijk"), " · ".join(filter(None, [_day(item), late_words(item)]))),
        (_("Gereed op"), labels.day_words(item.done_on, language()) if item.done_on else _("nog open")),
        (_("Waar afgesproken"), origin_words(item)),
        (_("Toelichting"), item.note or ""),
    ]
    correct = form_url(PLACE, item.cooperation, None, "correct", held.number) if may_correct else None
    return {
        "head": {
            "title": item.text if len(item.text) <= 120 else f"{item.text[:119]}…",
            "fictional": fictional(),
            "crumbs": [
                {"text": _("Acties"), "url": url_for("actions.index")},
                {"text": item.region, "url": link("cooperations.overview", code=item.cooperation)},
            ],
            "buttons": [{"text": _("Actie corrigeren"), "url": correct}] if correct else [],
        },
        "text": item.text,
        "facts": [(label, words) for label, words in facts if words],
        "is_done": item.done_on is not None,
        "may_answer": may_answer and item.done_on is None,
        "version": version,
        "action": url_for("actions.answer", code=item.cooperation, action=item.code),
        "list_url": url_for("actions.index"),
        "who": None if may_answer else _("Vraag de voorzitter of een bestuurder om deze actie af te ronden."),
    }


def _day(item: Task) -> str:
    return labels.day_words(item.due_on, language()) if item.due_on else _("geen datum")


def path_words(problem: Problem) -> str:
    """A fault in the reader's language."""
    return labels.words(problem.reason, language())


def other_wrote(overtaken: Overtaken) -> dict[str, Any]:
    """Somebody was first: what stands there now is shown above, what was typed stays in the form."""
    at = labels.moment_text(overtaken.at, language())
    text = _("%(who)s heeft dit intussen gewijzigd, op %(at)s. Bekijk het opnieuw.", who=overtaken.by, at=at)
    return {"tone": "amber", "icon": "people-fill", "text": text, "alert": True}
