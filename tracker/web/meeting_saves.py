"""A small save at the table: what it answers, as JSON for the page that waits or as a page without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import abort, request
from flask_babel import gettext as _

from tracker import access, clock, labels
from tracker.domain.problems import Problem
from tracker.forms.days import parse_day
from tracker.operations.meetings import Hand, NotRunning, NotYet
from tracker.operations.refusals import Forbidden, Gone, Locked, Overtaken, Refused
from tracker.queries.records import Kept
from tracker.web.frame import language
from tracker.web.region import codes


class Outcome(NamedTuple):
    """What became of a save: the status, what to say, and after a conflict the newer record with its version."""

    status: int
    text: str
    theirs: Kept | None = None
    version: int | None = None
    by: str = ""

    @property
    def is_kept(self) -> bool:
        return self.status == 200


class Wrong(Exception):
    """What was typed can't be saved, in words that say what to do."""


def hand(code: str) -> Hand:
    """With what the one who asks writes."""
    return Hand(access.pen(code), access.actor().name, codes().codes, clock.today())


def attempt(save: Callable[[], object], done: str = "") -> Outcome:
    """Save, and answer in words what stood in the way."""
    try:
        save()
    except Overtaken as found:
        at = labels.moment_text(found.at, language())
        text = _("%(who)s heeft dit intussen gewijzigd, op %(at)s.", who=found.by, at=at)
        return Outcome(409, text, found.held, found.revision, found.by)
    except Refused as refused:
        return Outcome(422, problem_words(refused.problems))
    except Wrong as wrong:
        return Outcome(422, str(wrong))
    except Locked as locked:
        day = labels.day_words(locked.locked_on, language())
        text = _("Ronde %(number)s ligt vast sinds %(day)s.", number=locked.number, day=day)
        more = _("Een correctie is een nieuwe versie met een reden.")
        return Outcome(422, f"{text} {more}")
    except NotYet as early:
        return Outcome(422, not_yet_words(early.planned_on))
    except NotRunning as stopped:
        return Outcome(422, _not_running_words(stopped))
    except Forbidden:
        abort(403)
    except Gone:
        abort(404)
    return Outcome(200, done or _("Vastgelegd."))


def _not_running_words(stopped: NotRunning) -> str:
    if stopped.pauses:
        return str(_("Het gesprek loopt niet. Kies ‘Verder met het gesprek’ en leg het opnieuw vast."))
    return str(_("Dit gesprek is nog niet geopend. Er is niets vastgelegd."))


def not_yet_words(day: date) -> str:
    """Why a meeting can't be opened yet."""
    words = labels.day_words(day, language())
    return str(_("Dit gesprek is gepland op %(day)s. Verzet het naar vandaag om het te openen.", day=words))


def problem_words(problems: list[Problem]) -> str:
    """What is wrong with what was typed; each fault once."""
    told = dict.fromkeys(labels.words(item.reason, language()) for item in problems)
    return " ".join(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in told)


def wants_json() -> bool:
    """Does the page itself ask, and wait for the answer?"""
    return request.accept_mimetypes.best == "application/json"


def typed(name: str) -> str | None:
    """A field as it was typed; None = empty."""
    return request.form.get(name, "").replace("\x00", "").strip() or None


def typed_number(name: str) -> Any:
    """A whole number; what is none stays text, which the record refuses."""
    text = typed(name)
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else text


def seen() -> int | None:
    """The version that the form was read with."""
    number = typed_number("seen")
    return number if isinstance(number, int) else None


def typed_day(name: str) -> str | None:
    """A day as it was typed, for a record; Wrong when it is none."""
    text = typed(name)
    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise Wrong(_("Schrijf de datum als 1-7-2027 of 1 juli 2027."))
    return day.isoformat()
