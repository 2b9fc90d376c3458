"""The list of programmes, and the list of all rules with their sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.programme import Programme, Requirement
from tracker.domain.rule_kinds import KINDS
from tracker.domain.rules import programmes_for
from tracker.exchange.tables import Cell, Column, Table
from tracker.web.dates import days, here, link
from tracker.web.downloads import shown
from tracker.web.frame import fictional, language
from tracker.web.passages_view import place_id


def owner_words(programme: Programme) -> str:
    """The insurer, or that it holds for the whole country."""
    return programme.insurer.name if programme.insurer else str(_("landelijk"))


def validity_words(programme: Programme) -> str:
    """From when to when it holds."""
    tongue = language()
    if programme.valid_from is None:
        return str(_("zonder einde"))
    start = labels.day_words(programme.valid_from, tongue)
    if programme.valid_to is None:
        return str(_("vanaf %(day)s", day=start))
    return str(_("%(start)s tot en met %(end)s", start=start, end=labels.day_words(programme.valid_to, tongue)))


def counts_on(programme: Programme, everything: Iterable[Programme], day: date) -> bool:
    """Is this the edition by which is judged on the day?"""
    return programme.key in {item.key for item in programmes_for(tuple(everything), day)}


def programmes_page(items: Iterable[Programme]) -> dict[str, Any]:
    """The view model of templates/programmes/index.html."""
    listed = tuple(items)
    return {
        "head": {
            "title": _("Programma’s"),
            "fictional": fictional(),
            "lead": _("Wat een verzekeraar of het land vraagt, van wanneer tot wanneer, met de bron."),
            "buttons": [{"text": _("Afdrukken"), "print": True}],
        },
        "table": shown(programmes_table(listed), wide=True),
        "rules": link("explanation.rules"),
    }


def programmes_table(items: Iterable[Programme]) -> Table:
    """Every edition, for the page and as a file."""
    listed = tuple(items)
    day, tongue = days().as_of, language()
    rows = tuple(
        (
            Cell(labels.words(item.title, tongue), link("programmes.detail", key=item.key)),
            owner_words(item),
            item.version,
            item.valid_from or "",
            item.valid_to or "",
            _("ja") if counts_on(item, listed, day) else _("nee"),
            sum(asked.holds_on(day) for asked in item.requirements),
            len(item.documents),
        )
        for item in listed
    )
    columns = (
        Column(_("Programma"), width=50),
        Column(_("Van"), width=24),
        Column(_("Versie")),
        Column(_("Geldig vanaf"), "day"),
        Column(_("Geldig t/m"), "day"),
        Column(_("Telt op de peildatum")),
        Column(_("Regels"), "number"),
        Column(_("Documenten"), "number"),
    )
    return Table(title=_("Programma’s"), columns=columns, rows=rows)


# --- all rules ---


def rules_page(items: Iterable[Programme]) -> dict[str, Any]:
    """The view model of templates/explanation/rules.html: every rule, per programme if one is chosen."""
    listed = tuple(items)
    key = request.args.get("kader", "")
    chosen = tuple(item for item in listed if key in ("", item.key))
    options = [("", str(_("alle"))), *((item.key, labels.words(item.title, language())) for item in listed)]
    table = rules_table(chosen)
    return {
        "head": {
            "title": _("Regels"),
            "fictional": fictional(),
            "lead": _("Alle regels waarnaar een status verwijst, met de passage die erom vraagt."),
            "buttons": [{"text": _("Afdrukken"), "print": True}],
        },
        "filters": {
            "active": [],
            "choices": [
                {
                    "id": "kader",
                    "label": _("Kader"),
                    "value": dict(options).get(key, key),
                    "options": [
                        {"text": text, "url": here(kader=name or None), "current": name == key}
                        for name, text in options
                    ],
                }
            ],
            "result": ngettext("%(num)s regel", "%(num)s regels", len(table.rows)),
            "clear_url": here(kader=None) if key else None,
        },
        "table": shown(table, wide=True) if table.rows else None,
        "total": sum(len(item.requirements) for item in listed),
    }


def rules_table(items: Iterable[Programme]) -> Table:
    """Every rule with its programme and source, for the page and as a file."""
    tongue = language()
    rows = []
    for item in items:
        page = link("programmes.detail", key=item.key)
        for asked in sorted(item.requirements, key=lambda held: held.rule):
            source = link("explanation.source", id=asked.source.document)
            place = f"{asked.source.document}:{asked.source.place}"
            rows.append(
                (
                    Cell(asked.rule, f"{page}#{asked.rule}"),
                    labels.words(asked.title, tongue),
                    labels.words(asked.plain, tongue),
                    labels.word(KINDS[asked.kind].subject, tongue),
                    labels.words(item.title, tongue),
                    Cell(place, f"{source}#{place_id(asked.source)}") if source else place,
                    own_words(asked),
                )
            )
    columns = (
        Column(_("Regel")),
        Column(_("Titel"), width=40),
        Column(_("In gewone woorden"), width=70),
        Column(_("Gaat over"), width=24),
        Column(_("Kader"), width=36),
        Column(_("Bron")),
        Column(_("Herkomst"), width=24),
    )
    return Table(title=_("Regels"), columns=columns, rows=tuple(rows))


def own_words(asked: Requirement) -> str:
    """Whether a source asks it, or we do."""
    if asked.ours:
        return str(_("eigen instelling"))
    return str(_("bron, met eigen lezing") if asked.ours_note else _("bron"))
