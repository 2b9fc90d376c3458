"""One edition of a programme as a page: what is asked with its sources, settings, readings and differences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.editions import editions_of
from tracker.domain.programme import Document, Programme, Requirement, Step, Words
from tracker.domain.rule_kinds import KINDS
from tracker.queries.findings import programmes
from tracker.web.dates import days, exists, link
from tracker.web.edition_view import edition_card, setting_words
from tracker.web.frame import fictional, language
from tracker.web.passages_view import passage_view
from tracker.web.programmes_view import counts_on, own_words, owner_words, validity_words
from tracker.web.sources_view import document_words


def programme_page(item: Programme) -> dict[str, Any]:
    """The view model of templates/programmes/detail.html."""
    day = days().as_of
    return {
        "head": _head(item, day),
        "intro": _words(item.intro) if item.intro else None,
        "contents": _contents(item),
        "groups": _groups(item, day),
        "conditions": [_condition(item, held) for held in item.conditions],
        "themes": [_theme(item, held) for held in item.themes],
        "dates": _dates(item),
        "articles": [_article(item, held) for held in item.articles],
        "tariffs": _tariffs(item),
        "switches": _switches(item),
        "readings": [_step(item, held) for held in item.ambiguities],
        "facts": [_step(item, held) for held in item.facts],
        "documents": _documents(item.documents),
        "differences": edition_card(item),
    }


def _words(pair: Words) -> str:
    return labels.words(pair, language())


def _head(item: Programme, day: date) -> dict[str, Any]:
    counts = counts_on(item, programmes(), day)
    tag = {"text": _("telt op de peildatum"), "tone": "green"}
    other = {"text": _("telt niet op de peildatum"), "tone": "slate"}
    return {
        "title": _words(item.title),
        "fictional": fictional(),
        "tags": [tag if counts else other],
        "crumbs": [{"text": _("Programma’s"), "url": link("programmes.index")}, {"text": _words(item.title)}],
        "facts": [
            [{"text": owner_words(item), "strong": True}],
            [_("Versie"), " ", {"text": item.version, "strong": True}],
            [_("Geldig"), " ", {"text": validity_words(item), "strong": True}],
        ],
        "buttons": [{"text": _("Afdrukken"), "print": True}],
    }


def _contents(item: Programme) -> list[dict[str, Any]]:
    """The parts of this page, for who wants one of them."""
    several = len(editions_of(programmes(), item.insurer_key)) > 1
    parts = [
        ("gevraagd", _("Wat wordt gevraagd"), item.requirements),
        ("voorwaarden", _("Voorwaarden"), item.conditions),
        ("artikelen", _("Artikelen"), item.articles),
        ("themas", _("Thema’s"), item.themes),
        ("documenten", _("Documenten"), item.documents),
        ("lezingen", _("Lezingen"), item.ambiguities),
        ("uitleg", _("Uitleg"), item.facts),
        ("verschillen", _("Verschillen"), several),
        ("tarieven", _("Tarieven"), item.tariffs),
        ("instellingen", _("Instellingen"), item.switches),
    ]
    return [{"text": text, "url": f"#{anchor}", "current": False} for anchor, text, held in parts if held]


# --- what is asked ---


def _groups(item: Programme, day: date) -> list[dict[str, Any]]:
    """The rules in the groups of the matrix; the others by what they are about."""
    found = []
    for group in item.groups:
        asked = [held for held in item.requirements if held.group == group.key]
        asked.sort(key=lambda held: (held.column is None, held.column or 0, held.rule))
        found.append({"title": _words(group.title), "rules": [_rule(item, held, day) for held in asked]})
    by_subject: dict[str, list[Requirement]] = {}
    for held in item.requirements:
        if held.group is None:
            by_subject.setdefault(labels.word(KINDS[held.kind].subject, language()), []).append(held)
    for subject, asked in by_subject.items():
        rules = [_rule(item, held, day) for held in sorted(asked, key=lambda held: held.rule)]
        found.append({"title": f"{subject[:1].upper()}{subject[1:]}", "rules": rules})
    return [group for group in found if group["rules"]]


def _rule(item: Programme, asked: Requirement, day: date) -> dict[str, Any]:
    return {
        "code": asked.rule,
        "title": _words(asked.title),
        "plain": _words(asked.plain),
        "source": passage_view(asked.source, item, asked.valid_from),
        "ours": _words(asked.ours_note) if asked.ours_note else None,
        "origin": own_words(asked),
        "ambition": asked.ambition,
        "dropped": _dropped(asked, day),
    }


def _dropped(asked: Requirement, day: date) -> str | None:
    """A rule that no longer holds, or not yet, stays in the list."""
    if asked.valid_to is not None and asked.valid_to < day:
        return str(_("vervallen na %(day)s", day=labels.day_words(asked.valid_to, language())))
    if asked.valid_from is not None and day < asked.valid_from:
        return str(_("geldt vanaf %(day)s", day=labels.day_words(asked.valid_from, language())))
    return None


def _condition(item: Programme, held: Any) -> dict[str, Any]:
    return {
        "number": held.number,
        "title": _words(held.title),
        "rules": labels.listed(held.rules, language()),
        "source": passage_view(held.source, item),
    }


def _theme(item: Programme, held: Any) -> dict[str, Any]:
    return {
        "title": f"{held.code} {_words(held.title)}",
        "remark": _words(held.remark) if held.remark else None,
        "directions": [
            {
                "code": direction.code,
                "title": _words(direction.title),
                "note": _words(direction.note) if direction.note else None,
                "components": [f"{part.code} {_words(part.title)}" for part in direction.components],
            }
            for direction in held.directions
        ],
    }


def _dates(item: Programme) -> list[dict[str, Any]]:
    found = []
    for held in sorted(item.key_dates, key=lambda key: key.on):
        notes = ([_("zachte datum")] if held.soft else []) + ([_("eigen instelling")] if held.ours else [])
        day = labels.day_words(held.on, language())
        found.append({"day": day, "title": _words(held.title), "note": ", ".join(notes)})
    return found


def _article(item: Programme, held: Any) -> dict[str, Any]:
    return {
        "title": _("Artikel %(number)s: %(title)s", number=held.number, title=_words(held.title)),
        "text": _words(held.text),
        "asks": [_words(asked) for asked in held.asks],
        "codes": ", ".join(held.codes),
        "source": passage_view(held.source, item),
    }


def _tariffs(item: Programme) -> dict[str, Any] | None:
    if not item.tariffs:
        return None
    tongue = language()
    heads = (_("Prestatie"), _("Bedrag"), _("Eenheid"), _("Van"), _("Tot en met"))
    rows = [
        {
            "cells": [
                _words(held.title),
                labels.euro(held.amount_eur, tongue) if held.amount_eur is not None else _("onbekend"),
                _words(held.unit) if held.unit else "",
                labels.day_short(held.valid_from, tongue) if held.valid_from else "",
                labels.day_short(held.valid_to, tongue) if held.valid_to else "",
            ]
        }
        for held in item.tariffs
    ]
    columns = [{"text": text} for text in heads]
    return {"caption": _("Tarieven van dit programma"), "columns": columns, "rows": rows, "wide": True}


# --- settings, readings and documents ---


def _switches(item: Programme) -> dict[str, Any] | None:
    """The dates, thresholds and settings, with the rules that use them."""
    if not item.switches:
        return None
    rows = []
    for name, value in item.switches.items():
        users = sorted({asked.rule for asked in item.requirements if f"${name}" in asked.params.values()})
        rows.append(
            {"cells": [name, setting_words(value, name), labels.listed(users, language()) if users else _("weergave")]}
        )
    columns = [{"text": text} for text in (_("Instelling"), _("Waarde"), _("Gebruikt in"))]
    return {"caption": _("Instellingen van dit programma"), "columns": columns, "rows": rows, "wide": True}


def _step(item: Programme, held: Step) -> dict[str, Any]:
    return {
        "title": _words(held.title),
        "note": _words(held.note) if held.note else None,
        "source": passage_view(held.source, item),
    }


def _documents(items: Iterable[Document]) -> list[dict[str, Any]]:
    return [
        {
            "title": document_words(held),
            "url": link("explanation.source", id=held.alias) if exists("explanation.source") else None,
            "available": held.available,
            "note": _words(held.note) if held.note else None,
        }
        for held in items
    ]
