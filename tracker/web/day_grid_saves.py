"""Writing a grid of days as it was typed, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.day_grid import DayChange
from tracker.forms.day_grid import DayGridForm
from tracker.operations.day_grid import DaysRefused, TooManyCells
from tracker.web.dates import link
from tracker.web.day_grid_view import changed_words
from tracker.web.saying import say


def saved_days(form: DayGridForm, save: Callable[[list[DayChange]], list[DayChange]]) -> list[DayChange] | None:
    """What was written; None when the form has something to say first, and then nothing was."""
    changes = form.changes()
    if form.has_errors:
        return None
    try:
        return save(changes)
    except TooManyCells:
        form.take_too_many()
    except DaysRefused as refused:
        form.take(refused.faults)
    return None


def say_days(code: str, written: list[DayChange], form: DayGridForm, now: str = "") -> None:
    """Have the next page say which days were written; `now` is how things stand since."""
    if not written:
        say(_("Er was niets gewijzigd."))
        return
    heads = {place: cell.head for place, cell in form.cells.items()}
    text = ngettext("%(num)s dag vastgelegd.", "%(num)s dagen vastgelegd.", len(written))
    said = f"{text} {changed_words(written, heads)} {now}".strip()
    say(said, url=link("cooperations.history", code=code), url_text=_("Geschiedenis"))
