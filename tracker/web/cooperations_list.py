"""The list of regions: with search, in the order the reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.directions import directions_in, phase_on
from tracker.domain.periods import active
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Phase
from tracker.domain.roadmap_tally import RulesMet, roadmap_findings, rules_met
from tracker.exchange.tables import Cell, Column, Table
from tracker.programmes import load_programmes
from tracker.web.cooperations_view import other_words
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.region import codes, day_text, minimum
from tracker.web.scope import SIZE, Visible, visible
from tracker.web.setup_view import first_steps

ORDERS: dict[str, Callable[[ListRow], Any]] = {}


class Chosen(NamedTuple):
    """A direction that a region works on: its theme, the phase it is in and since when."""

    theme: str
    code: str
    phase: Phase
    since: date

    def words(self) -> str:
        """`T4.2 pilot sinds 1-9-2023`: how long matters where it is not in use yet."""
        told = f"{self.code} {labels.word(self.phase, language()).lower()}"
        if self.phase is Phase.IN_USE:
            return told
        return str(_("%(what)s sinds %(day)s", what=told, day=labels.day_short(self.since, language())))


PHASES = {
    "gekozen": Phase.SELECTED,
    "pilot": Phase.PILOT,
    "implementatie": Phase.IMPLEMENTING,
    "in-gebruik": Phase.IN_USE,
}


class ListRow(msgspec.Struct, frozen=True):
    """What the list says of one region."""

    code: str
    name: str
    practices: int | None
    insured: int | None
    is_small: bool
    insurers: tuple[str, ...]
    rules: RulesMet
    directions: tuple[Chosen, ...]


ORDERS |= {
    "naam": lambda row: row.name.casefold(),
    "praktijken": lambda row: (row.practices is None, -(row.practices or 0), row.name),
    "verzekerden": lambda row: (row.insured is None, -(row.insured or 0), row.name),
    "regels": lambda row: (row.rules.total == 0, row.rules.met, row.name),
}


@cache
def matrix_rules() -> frozenset[str]:
    """The rules that are columns of a matrix."""
    asked = (item for held in load_programmes() for item in held.requirements)
    return frozenset(item.key for item in asked if item.column is not None)


def list_rows(asked: Programme) -> list[ListRow]:
    """Every region of the reader, by name."""
    found = [_row(seen, asked) for seen in visible(only=matrix_rules(), kinds=SIZE)]
    return sorted(found, key=ORDERS["naam"])


def _row(seen: Visible, asked: Programme) -> ListRow:
    held = active(seen.dossier.insurers, days().as_of)
    practices, insured = seen.size
    is_small = not seen.sees_practices and not seen.dossier.counts and practices is not None and practices < minimum()
    return ListRow(
        seen.code,
        seen.dossier.name,
        None if is_small else practices,
        None if is_small else insured,
        is_small,
        tuple(sorted({codes().insurers.get(item.insurer, item.insurer) for item in held})),
        rules_met(roadmap_findings(seen.findings, seen.code, asked)),
        _chosen(seen, asked),
    )


def _chosen(seen: Visible, asked: Programme) -> tuple[Chosen, ...]:
    """The directions that are not stopped, by code."""
    as_of, found = days().as_of, []
    themes = {item.code: theme.code for theme in asked.themes for item in theme.directions}
    for item in directions_in(seen.dossier.directions, as_of, frozenset(PHASES.values())):
        phase = phase_on(item, as_of)
        reached = [entry.reached_on for entry in item.phases if entry.phase is phase and entry.reached_on <= as_of]
        if phase is not None and item.code in themes:
            found.append(Chosen(themes[item.code], item.code, phase, max(reached)))
    return tuple(found)


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: words of a name, a phase that a direction is in, and the order."""

    words: str = ""
    order: str = "naam"
    phase: str = ""

    @classmethod
    def of_request(cls) -> Filters:
        order = request.args.get("volgorde", "naam")
        phase = request.args.get("fase", "")
        words = request.args.get("q", "").strip()[:100]
        return cls(words, order if order in ORDERS else "naam", phase if phase in PHASES else "")

    def keep(self, rows: Sequence[ListRow]) -> list[ListRow]:
        """The rows that fit, in order."""
        wanted = self.words.casefold()
        kept = [row for row in rows if wanted in row.name.casefold() or wanted == row.code.casefold()]
        if self.phase:
            kept = [row for row in kept if PHASES[self.phase] in {item.phase for item in row.directions}]
        return sorted(kept, key=ORDERS[self.order])

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        found = [_("richting in fase %(phase)s", phase=_phase_word(self.phase).lower())] if self.phase else []
        return found + ([_("zoekwoord ‘%(words)s’", words=self.words)] if self.words else [])


def _phase_word(key: str) -> str:
    return labels.word(PHASES[key], language())


def rules_then(asked: Programme) -> dict[str, RulesMet]:
    """How many rules each region met on the compare date, where the reader set one."""
    if days().compare is None:
        return {}
    found = visible(only=matrix_rules(), kinds=SIZE, on=days().compare)
    return {seen.code: rules_met(roadmap_findings(seen.findings, seen.code, asked)) for seen in found}


def list_page(rows: Sequence[ListRow], filters: Filters, asked: Programme) -> dict[str, Any]:
    """The view model of templates/cooperations/index.html."""
    kept = filters.keep(rows)
    return {
        "title": _("Samenwerkingsverbanden"),
        "fictional": fictional(),
        "facts": [ngettext("%(num)s samenwerkingsverband", "%(num)s samenwerkingsverbanden", len(rows))],
        "filters": filters,
        "hidden": [field for field in hidden_fields() if field["name"] != "q"],
        "empty": None if rows else _nothing(),
        "no_results": {"clear_url": here(q=None, fase=None), "total": len(rows)} if rows and not kept else None,
        "bar": {
            "active": [],
            "choices": [_phase_choice(filters)],
            "result": ngettext("%(num)s regio", "%(num)s regio’s", len(kept)),
            "clear_url": here(q=None, fase=None) if filters.in_words() else None,
        },
        "table": _table_view(kept, filters, asked),
        "downloads": download_links(),
        "source": source_line(filters.in_words()),
    }


def _phase_choice(filters: Filters) -> dict[str, Any]:
    """Regions with a direction in a phase: who is still in a pilot?"""
    listed = {"": _("Alle"), **{key: _phase_word(key) for key in PHASES}}
    options = [
        {"text": text, "url": here(fase=key or None), "current": key == filters.phase} for key, text in listed.items()
    ]
    return {"id": "fase", "label": _("Richting in fase"), "value": listed[filters.phase], "options": options}


def _table_view(kept: Sequence[ListRow], filters: Filters, asked: Programme) -> dict[str, Any]:
    heads: list[tuple[str, str | None, bool, str | None]] = [
        (_("Naam"), "naam", False, "asc"),
        (_("Praktijken"), "praktijken", True, "desc"),
        (_("Verzekerden"), "verzekerden", True, "desc"),
        (_("Verzekeraar"), None, False, None),
        (_("Roadmapregels behaald"), "regels", False, "asc"),
        *((title, None, False, None) for title in _themes(asked)),
    ]
    then = rules_then(asked)
    return {
        "caption": _("Samenwerkingsverbanden"),
        "wide": True,
        "columns": [
            {"text": text, "numeric": numeric} | ({"sort": _sort(key, way, filters)} if key else {})
            for text, key, numeric, way in heads
        ],
        "rows": [{"cells": _cells(row, asked, then.get(row.code))} for row in kept],
    }


def _themes(asked: Programme) -> list[str]:
    """`T1 Service / logistiek`: a column for each theme, on the page as in the file."""
    return [f"{item.code} {labels.words(item.short or item.title, language())}" for item in asked.themes]


def _sort(key: str, way: str | None, filters: Filters) -> dict[str, Any]:
    return {"url": here(volgorde=None if key == "naam" else key), "order": way if key == filters.order else None}


def _cells(row: ListRow, asked: Programme, then: RulesMet | None) -> list[Any]:
    tongue = language()
    small = {"small": True}
    counted: dict[str, Any] = {"text": _("N.v.t.")}
    if row.rules.total:
        changed = [_was(then)] if then is not None and then.met != row.rules.met else []
        told = " · ".join([*other_words(row.rules), *changed])
        counted = {
            "text": _("%(met)s van %(total)s", met=row.rules.met, total=row.rules.total),
            "strong": True,
            "sub": told,
        }
    return [
        {"text": row.name, "url": link("cooperations.overview", code=row.code), "sub": row.code},
        small if row.is_small else labels.number(row.practices, tongue) if row.practices is not None else _("onbekend"),
        small if row.is_small else labels.number(row.insured, tongue) if row.insured is not None else _("onbekend"),
        labels.listed(row.insurers, tongue),
        counted,
        *({"text": _in_theme(row, theme.code) or _("geen")} for theme in asked.themes),
    ]


def _was(then: RulesMet) -> str:
    return str(_("was %(num)s op %(day)s", num=then.met, day=day_text(days().compare)))


def _in_theme(row: ListRow, theme: str) -> str:
    return " · ".join(item.words() for item in row.directions if item.theme == theme)


def _nothing() -> dict[str, Any]:
    return {"title": _("Er zijn nog geen samenwerkingsverbanden in uw gebied."), "level": 2} | first_steps()


def list_table(rows: Sequence[ListRow], asked: Programme) -> Table:
    """The list as a file."""
    columns = (
        Column(_("Code")),
        Column(_("Naam"), width=32),
        Column(_("Praktijken"), "number"),
        Column(_("Verzekerden"), "number"),
        Column(_("Verzekeraar"), width=28),
        Column(_("Regels behaald"), "number"),
        Column(_("Regels van toepassing"), "number"),
        *(Column(title, width=36) for title in _themes(asked)),
    )
    listed = tuple(
        (
            row.code,
            Cell(row.name, link("cooperations.overview", code=row.code)),
            _("te weinig om te tonen") if row.is_small else row.practices,
            _("te weinig om te tonen") if row.is_small else row.insured,
            labels.listed(row.insurers, language()),
            row.rules.met,
            row.rules.total,
            *(_in_theme(row, theme.code) for theme in asked.themes),
        )
        for row in rows
    )
    return Table(title=_("Samenwerkingsverbanden"), columns=columns, rows=listed)
