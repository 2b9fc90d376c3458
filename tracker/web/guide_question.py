"""The question to the funding guide: what the address asks, and the form that asks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import labels
from tracker.domain.funding import item_key
from tracker.domain.guide_facts import Content, Question
from tracker.domain.programme import Programme
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.initiative import Initiative
from tracker.domain.rules import linked
from tracker.forms.days import parse_day
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, link
from tracker.web.frame import language
from tracker.web.scope import Visible

CONTENT = {
    "verwijzing": (Content.AVOIDS_REFERRAL, lazy_gettext("Kan een verwijzing voorkomen")),
    "test": (Content.SINGLE_TEST, lazy_gettext("Losse diagnostische test")),
    "zelf": (Content.SELF_MANAGEMENT, lazy_gettext("Zelfmanagement of behandeling op afstand")),
}
FIRST, LAST = 2000, 2100
"""Years between which a start date is taken."""


class Asked(msgspec.Struct, frozen=True):
    """What the address asks of the guide."""

    region: str = ""
    initiative: str = ""
    item: str = ""
    insurer: str = ""
    start: str = ""
    content: frozenset[Content] = frozenset()
    is_sent: bool = False

    @classmethod
    def of_request(cls) -> Asked:
        get = request.args.get
        content = frozenset(held for name, (held, _words) in CONTENT.items() if get(name))
        names = ("regio", "initiatief", "post", "verzekeraar", "start")
        region, initiative, item, insurer, start = (get(name, "").strip()[:120] for name in names)
        return cls(region, initiative, item, insurer, start, content, bool(get("vraag")))

    def starts_on(self) -> date | None:
        """The start date; the reference day when none is given, nothing when it can't be read."""
        if not self.start:
            return days().as_of
        day = parse_day(self.start)
        return day if day is not None and FIRST <= day.year <= LAST else None


def insurers_of(dossier: Cooperation, programmes: Sequence[Programme], on: date) -> dict[str, str]:
    """The insurers that are linked to the region on a day, by key, with their names."""
    named = {item.insurer.key: item.insurer.name for item in programmes if item.insurer}
    return {key: name for key, name in sorted(named.items()) if linked(dossier, key, on)}


def question_of(seen: Visible, asked: Asked, starts_on: date, insurers: Iterable[str]) -> Question:
    """The question to the domain."""
    chosen = tuple(key for key in insurers if asked.insurer in ("", key))
    return Question(
        dossier=seen.dossier,
        register=seen.register,
        as_of=days().as_of,
        starts_on=starts_on,
        insurers=chosen,
        initiative=initiative_of(seen.dossier, asked.initiative),
        item=asked.item or None,
        content=asked.content,
        insured=seen.size.insured,
        sees_practices=seen.sees_practices,
    )


def initiative_of(dossier: Cooperation, code: str) -> Initiative | None:
    """The chosen initiative of the region."""
    return next((item for item in dossier.initiatives if item.code == code), None)


def form(
    regions: Sequence[tuple[str, str]], seen: Visible | None, asked: Asked, insurers: dict[str, str], wrong: bool
) -> dict[str, Any]:
    """The question form; with more than one region that one is chosen first."""
    return {
        "action": link("funding.index").partition("?")[0],
        "hidden": hidden_fields(AS_OF, COMPARE, KNOWN),
        "regions": [_option(code, name, seen is not None and seen.code == code) for code, name in regions],
        "is_whole": seen is not None,
        "initiatives": _initiatives(seen, asked) if seen else [],
        "items": _items(seen, asked) if seen else [],
        "insurers": [_option("", _("Alle verzekeraars van de regio"), not asked.insurer)]
        + [_option(key, name, key == asked.insurer) for key, name in insurers.items()],
        "start": asked.start or labels.day_short(days().as_of, language()),
        "error": _("Schrijf een bestaande datum, bijvoorbeeld 1-1-2026 of 1 januari 2026.") if wrong else None,
        "content": [
            {"name": name, "text": str(words), "checked": held in asked.content}
            for name, (held, words) in CONTENT.items()
        ],
    }


def _option(value: str, text: str, selected: bool) -> dict[str, Any]:
    return {"value": value, "text": text, "selected": selected}


def _initiatives(seen: Visible, asked: Asked) -> list[dict[str, Any]]:
    found = [_option("", _("Geen initiatief: kosten van de regio zelf"), not asked.initiative)]
    held = sorted(seen.dossier.initiatives, key=lambda item: (item.title.casefold(), item.code))
    return found + [_option(item.code, f"{item.title} ({item.code})", item.code == asked.initiative) for item in held]


def _items(seen: Visible, asked: Asked) -> list[dict[str, Any]]:
    """The cost items of the region; those of the chosen initiative first."""
    names: dict[str, str] = {}
    chosen = asked.initiative
    for initiative in sorted(seen.dossier.initiatives, key=lambda item: (item.code != chosen, item.code)):
        for line in initiative.funding_lines:
            names.setdefault(item_key(line.item), line.item.strip())
    found = [_option("", _("Anders of nog niet bekend"), not asked.item)]
    return found + [_option(name, name, key == item_key(asked.item)) for key, name in names.items()]


def in_words(question: Question, insurers: dict[str, str]) -> list[str]:
    """The question, for the head of a file and of a print."""
    tongue = language()
    found = [question.dossier.name]
    found += [question.initiative.title] if question.initiative else [_("geen initiatief")]
    found += [question.item_name] if question.item else []
    found += [insurers[key] for key in question.insurers if key in insurers]
    found += [_("start %(day)s", day=labels.day_words(question.starts_on, tongue))]
    return found + [str(words) for held, words in CONTENT.values() if held in question.content]
