"""The list of regions: with search, in the order the reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.programme import Programme
from tracker.domain.roadmap_tally import RulesMet, roadmap_findings, rules_met
from tracker.domain.rules import active
from tracker.exchange.tables import Cell, Column, Table
from tracker.programmes import load_programmes
from tracker.web.cooperations_view import other_words
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.region import codes, minimum
from tracker.web.scope import SIZE, Visible, visible
from tracker.web.setup_view import first_steps

ORDERS: dict[str, Callable[[ListRow], Any]] = {}


class ListRow(msgspec.Struct, frozen=True):
    """What the list says of one region."""

    code: str
    name: str
    practices: int | None
    insured: int | None
    is_small: bool
    insurers: tuple[str, ...]
    rules: RulesMet


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
    )


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: words of a name, and the order."""

    words: str = ""
    order: str = "naam"

    @classmethod
    def of_request(cls) -> Filters:
        order = request.args.get("volgorde", "naam")
        return cls(request.args.get("q", "").strip()[:100], order if order in ORDERS else "naam")

    def keep(self, rows: Sequence[ListRow]) -> list[ListRow]:
        """The rows that fit, in order."""
        wanted = self.words.casefold()
        kept = [row for row in rows if wanted in row.name.casefold() or wanted == row.code.casefold()]
        return sorted(kept, key=ORDERS[self.order])

    def in_words(self) -> list[str]:
        """For the head of a file and of a print."""
        return [_("zoekwoord ‘%(words)s’", words=self.words)] if self.words else []


def list_page(rows: Sequence[ListRow], filters: Filters) -> dict[str, Any]:
    """The view model of templates/cooperations/index.html."""
    kept = filters.keep(rows)
    return {
        "title": _("Samenwerkingsverbanden"),
        "fictional": fictional(),
        "facts": [ngettext("%(num)s samenwerkingsverband", "%(num)s samenwerkingsverbanden", len(rows))],
        "filters": filters,
        "hidden": [field for field in hidden_fields() if field["name"] != "q"],
        "empty": None if rows else _nothing(),
        "no_results": {"clear_url": here(q=None), "total": len(rows)} if rows and not kept else None,
        "result": ngettext("%(num)s regio", "%(num)s regio’s", len(kept)),
        "table": _table_view(kept, filters),
        "downloads": download_links(),
        "source": source_line(filters.in_words()),
    }


def _table_view(kept: Sequence[ListRow], filters: Filters) -> dict[str, Any]:
    heads = (
        (_("Naam"), "naam", False, "asc"),
        (_("Praktijken"), "praktijken", True, "desc"),
        (_("Verzekerden"), "verzekerden", True, "desc"),
        (_("Verzekeraar"), None, False, None),
        (_("Roadmapregels behaald"), "regels", False, "asc"),
    )
    return {
        "caption": _("Samenwerkingsverbanden"),
        "wide": True,
        "columns": [
            {"text": text, "numeric": numeric} | ({"sort": _sort(key, way, filters)} if key else {})
            for text, key, numeric, way in heads
        ],
        "rows": [{"cells": _cells(row)} for row in kept],
    }


def _sort(key: str, way: str | None, filters: Filters) -> dict[str, Any]:
    return {"url": here(volgorde=None if key == "naam" else key), "order": way if key == filters.order else None}


def _cells(row: ListRow) -> list[Any]:
    tongue = language()
    small = {"small": True}
    counted: dict[str, Any] = {"text": _("N.v.t.")}
    if row.rules.total:
        told = " · ".join(other_words(row.rules))
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
    ]


def _nothing() -> dict[str, Any]:
    return {"title": _("Er zijn nog geen samenwerkingsverbanden in uw gebied."), "level": 2} | first_steps()


def list_table(rows: Sequence[ListRow]) -> Table:
    """The list as a file."""
    columns = (
        Column(_("Code")),
        Column(_("Naam"), width=32),
        Column(_("Praktijken"), "number"),
        Column(_("Verzekerden"), "number"),
        Column(_("Verzekeraar"), width=28),
        Column(_("Regels behaald"), "number"),
        Column(_("Regels van toepassing"), "number"),
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
        )
        for row in rows
    )
    return Table(title=_("Samenwerkingsverbanden"), columns=columns, rows=listed)
