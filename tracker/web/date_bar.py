"""The bar with the days: peildatum, the day it is compared with, what was known when, and the ribbon of years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.programme import KeyDate
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, here, kept, looked_before, wrong_day

FIRST_YEAR = 2022
NEAR, CLOSE = 10, 16
"""Percentages of the ribbon: nearer than NEAR, words would touch those of the peildatum; CLOSE, they step aside."""


def hidden_fields(*names: str, without: str = "") -> list[dict[str, str]]:
    """What travels along in a form: these parameters of the address, or all of them."""
    asked = kept()
    wanted = [name for name in names or asked if name != without]
    return [{"name": name, "value": value} for name in wanted for value in asked.get(name, ())]


def _error(field: str) -> str | None:
    """What is wrong with the day typed in a field."""
    wrong = wrong_day()
    return wrong.message if wrong is not None and wrong.field == field else None


def _typed(field: str, day: date | None, tongue: str) -> str:
    """What stands in the field of a day: what was typed wrongly, or the day itself."""
    wrong = wrong_day()
    if wrong is not None and wrong.field == field:
        return wrong.typed
    return labels.day_short(day, tongue) if day else ""


def date_bar(key_dates: Sequence[KeyDate], tongue: str) -> dict[str, Any]:
    """The view model of templates/components/date_bar.html; the key dates are those that the programme marks."""
    now, choices = days(), _choices(key_dates, tongue)
    return {
        "as_of": {"text": labels.day_words(now.as_of, tongue), "typed": _typed(AS_OF, now.as_of, tongue)},
        "fixed": g.get("fixed_day"),
        "error": _error(AS_OF),
        "action": request.path,
        "hidden": hidden_fields(without=AS_OF),
        "choices": [_choice(text, day, tongue, AS_OF, now.as_of) for text, day in choices],
        "compare": _compare(choices, tongue),
        "known_at": {
            "text": labels.day_words(now.known_on, tongue) if now.known_on else None,
            "typed": _typed(KNOWN, now.known_on, tongue),
            "error": _error(KNOWN),
            "hidden": hidden_fields(without=KNOWN),
            "clear_url": here(**{KNOWN: None}),
        },
        "ribbon": _ribbon(key_dates, tongue),
    }


def _parameter(day: date) -> str | None:
    """Today needs no parameter: such a link means the day on which it is opened."""
    return None if day == days().today else day.isoformat()


def _choice(text: str, day: date, tongue: str, field: str, chosen: date | None) -> dict[str, Any]:
    url = here(**{field: _parameter(day) if field == AS_OF else day.isoformat()})
    return {"text": text, "day": labels.day_words(day, tongue), "url": url, "current": day == chosen}


def _compare(choices: list[tuple[str, date]], tongue: str) -> dict[str, Any]:
    now = days()
    return {
        "text": labels.day_words(now.compare, tongue) if now.compare else None,
        "typed": _typed(COMPARE, now.compare, tongue),
        "error": _error(COMPARE),
        "hidden": hidden_fields(without=COMPARE),
        "choices": [
            _choice(text, day, tongue, COMPARE, now.compare)
            for text, day in (*looked_before(), *choices)
            if day != now.as_of
        ],
        "clear_url": here(**{COMPARE: None}),
    }


def _choices(key_dates: Sequence[KeyDate], tongue: str) -> list[tuple[str, date]]:
    """Today, the last evaluation where a page knows it, and the programme's own days."""
    today = days().today
    listed = [(_("Vandaag"), today)]
    held: date | None = g.get("last_round_on")
    if held is not None:
        listed.append((_("Laatste evaluatie"), held))
    titled = [(labels.words(item.title, tongue), item.on) for item in key_dates if item.on <= today]
    return listed + [(title[:1].upper() + title[1:], on) for title, on in titled]


def _ribbon(key_dates: Sequence[KeyDate], tongue: str) -> dict[str, Any]:
    now = days()
    last_year = now.today.year
    as_of, compare = _place(now.as_of), _place(now.compare) if now.compare else None
    # A soft date has no mark: its neighbour of the next day would lie on top of it. The menu has them all.
    shown = [item for item in key_dates if date(FIRST_YEAR, 1, 1) <= item.on <= now.today and not item.soft]
    return {
        "label": _("Tijdlijn van %(first)s tot en met %(last)s", first=FIRST_YEAR, last=last_year),
        "years": [{"x": _place(date(year, 1, 1)), "text": str(year)} for year in range(FIRST_YEAR, last_year + 1)],
        "known": as_of,
        "as_of": {"x": as_of, "anchor": _anchor(as_of)},
        "compare": {"x": compare, "name": labels.day_words(now.compare, tongue)} if now.compare else None,
        "period": None if compare is None else {"x": min(compare, as_of), "to": max(compare, as_of)},
        "marks": _marks(shown, as_of, tongue),
    }


def _marks(shown: Sequence[KeyDate], as_of: float, tongue: str) -> list[dict[str, Any]]:
    """The key dates as links, with words where there is room for them."""
    found: list[dict[str, Any]] = []
    last = -100.0
    for item in sorted(shown, key=lambda marked: marked.on):
        mark = _mark(item, as_of, tongue)
        if mark["text"] is not None:
            # Words that would run into those on their left begin at their own mark.
            mark["anchor"] = "start" if mark["x"] - last < CLOSE else mark["anchor"]
            last = mark["x"]
        found.append(mark)
    return found


def _mark(item: KeyDate, as_of: float, tongue: str) -> dict[str, Any]:
    """A key date as a link; it has no words where they would touch those of the peildatum."""
    x, title = _place(item.on), labels.words(item.title, tongue)
    return {
        "x": x,
        "text": title if abs(x - as_of) > NEAR else None,
        "name": f"{_('Peildatum')} {labels.day_words(item.on, tongue)}: {title}",
        "url": here(**{AS_OF: _parameter(item.on)}),
        "anchor": "end" if 0 < as_of - x < CLOSE else "start" if 0 < x - as_of < CLOSE else _anchor(x),
    }


def _place(day: date) -> float:
    """Where a day stands on the ribbon, as a percentage of its length."""
    start, end = date(FIRST_YEAR, 1, 1), date(days().today.year + 1, 1, 1)
    share = 100 * (day - start).days / (end - start).days
    return round(min(max(share, 0.0), 100.0), 2)


def _anchor(x: float) -> str:
    return "start" if x < 6 else "end" if x > 94 else "middle"
