"""The calendar of one person, for programs that know its secret address."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.domain.actions import Task, tasks
from tracker.domain.notices import Notice
from tracker.domain.reminders import KINDS, RULES, calendar
from tracker.exchange.calendar import Entry, to_ics
from tracker.queries.accounts import account, actor_of_account
from tracker.queries.reminders import calendar_owner, last_written
from tracker.web.actions_view import is_mine, task_url
from tracker.web.letters import LOCALES, public
from tracker.web.scope import Visible, visible

blueprint = Blueprint("calendar", __name__)
BACK = timedelta(days=365)
"""How far back a calendar keeps what has passed."""


@blueprint.get("/agenda/<secret>.ics")
def feed(secret: str) -> Response:
    """The deadlines, meetings and own actions of whose calendar this is, with the roles of today."""
    owner = calendar_owner(secret)
    actor = None if owner is None else actor_of_account(owner)
    if actor is None:
        abort(404)
    g.actor = actor
    language = account(actor.account).language
    with force_locale(LOCALES.get(language, "nl")):
        seen = visible(only=RULES, kinds=KINDS, on=clock.today())
        entries = _entries(seen, language)
        body = to_ics(entries, title=_("Regiotracker"), made_at=clock.now(), house=_house())
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="regiotracker.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _house() -> str:
    return urlsplit(public("/")).hostname or "regiotracker.invalid"


def _entries(found: list[Visible], language: str) -> list[Entry]:
    revisions = last_written(item.code for item in found)
    first = clock.today() - BACK
    entries: list[Entry] = []
    for seen in found:
        revision = revisions.get(seen.code, 0)
        for notice in calendar(seen.dossier, seen.findings):
            if notice.due_on is not None and notice.due_on >= first:
                entries.append(_of_notice(notice, revision, language))
        for task in tasks(seen.dossier):
            if task.due_on is not None and task.done_on is None and is_mine(task):
                entries.append(_of_task(task, revision))
    return sorted(entries, key=lambda item: (item.day, item.name))


def _of_notice(notice: Notice, revision: int, language: str) -> Entry:
    page = url_for("cooperations.overview", code=notice.cooperation)
    if notice.initiative is not None:
        page = url_for("initiatives.detail", id=notice.initiative)
    return Entry(
        name=notice.subject,
        day=notice.due_on or notice.day,
        title=f"{notice.region}: {labels.text(notice.text, language)}",
        description="",
        url=public(page),
        revision=revision,
    )


def _of_task(task: Task, revision: int) -> Entry:
    owner = _("Eigenaar: %(name)s", name=task.owner or "")
    return Entry(
        name=task.subject,
        day=task.due_on or clock.today(),
        title=_("Actie: %(what)s", what=task.text[:200]),
        description="\n".join(filter(None, [task.text, task.region, owner, task.note])),
        url=public(task_url(task)),
        revision=revision,
    )
