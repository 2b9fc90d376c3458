"""The letter of a reminder: one a person a run, however much there is to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Flask, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from tracker import clock, labels
from tracker.domain.notices import Notice, Topic
from tracker.queries.reminders import Recipient
from tracker.web.actions_view import task_url
from tracker.web.letters import LOCALES, address, public, send

MOST = 25
"""Lines of one topic; of more is said how many."""


def install(app: Flask) -> None:
    """Let the command that reminds write letters."""
    app.extensions["reminder_letter"] = write


def write(person: Recipient, found: Sequence[Notice], is_digest: bool) -> None:
    """Queue the letter of one person."""
    with force_locale(LOCALES.get(person.language, "nl")):
        values = letter_values(person, found, is_digest)
    template = "reminder"
    send(to=person.email, template=template, language=person.language, values=values, by="tracker remind")


def letter_values(person: Recipient, found: Sequence[Notice], is_digest: bool) -> dict[str, Any]:
    """What templates/mail/reminder.txt and .html fill in."""
    today, tongue = clock.today(), person.language
    ordered = sorted(found, key=lambda item: (item.due_on or item.day, item.region, item.subject))
    groups = []
    for topic, title in _titles().items():
        held = [item for item in ordered if item.topic is topic]
        if held:
            lines = [_line(item, today, tongue) for item in held[:MOST]]
            groups.append({"title": title, "lines": lines, "more": _more(len(held) - MOST)})
    return {
        "name": person.actor.name,
        "title": _title(ordered, is_digest, tongue),
        "groups": groups,
        "list_url": address("actions.index"),
        "settings_url": address("reminders.index"),
    }


def _titles() -> dict[Topic, str]:
    return {
        Topic.OWN_ACTION: _("Uw acties"),
        Topic.DEADLINE: _("Deadlines en gesprekken"),
        Topic.SIGNAL: _("Signalen"),
        Topic.REGION_ACTION: _("Acties van anderen in uw regio’s"),
    }


def _title(found: Sequence[Notice], is_digest: bool, tongue: str) -> str:
    """The subject; one thing is named, more are counted."""
    count = len(found)
    if is_digest:
        return str(ngettext("Uw weekoverzicht: %(num)s punt", "Uw weekoverzicht: %(num)s punten", count))
    if count == 1:
        text = labels.text(found[0].text, tongue)
        return str(_("Herinnering: %(what)s", what=text if len(text) <= 100 else f"{text[:99]}…"))
    return str(ngettext("%(num)s herinnering", "%(num)s herinneringen", count))


def _line(item: Notice, today: date, tongue: str) -> dict[str, Any]:
    text = labels.text(item.text, tongue)
    return {
        "text": text,
        "about": " · ".join(filter(None, [item.region, _when(item, today, tongue)])),
        "url": _url(item),
    }


def _when(item: Notice, today: date, tongue: str) -> str:
    if item.due_on is None:
        return ""
    left, day = (item.due_on - today).days, labels.day_words(item.due_on, tongue)
    if left == 0:
        return str(_("vandaag"))
    if left < 0:
        return str(_("%(day)s, %(days)s te laat", day=day, days=labels.days(-left, tongue)))
    return str(_("%(day)s, over %(days)s", day=day, days=labels.days(left, tongue)))


def _more(number: int) -> str | None:
    return ngettext("en nog %(num)s punt", "en nog %(num)s punten", number) if number > 0 else None


def _url(item: Notice) -> str:
    """The page where one can do something about it: an action opens itself."""
    if item.task is not None:
        return public(task_url(item.task))
    if item.initiative is not None:
        return public(url_for("initiatives.detail", id=item.initiative))
    return public(url_for("cooperations.overview", code=item.cooperation))
