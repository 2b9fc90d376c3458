"""The grid of practices and services as its page shows it: which columns, which rows, and what was changed in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker import clock, labels
from tracker.domain.programme import Direction, Theme
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.use_grid import AVAILABLE, USED, current
from tracker.forms.day_grid import DayGridForm, Place, day_typed
from tracker.programmes import load_programmes
from tracker.queries.records import Kept
from tracker.queries.use import UseRow, recorded_at, use_rows
from tracker.web.dates import link
from tracker.web.day_grid_view import page_asked, page_links, script_words
from tracker.web.frame import fictional, language
from tracker.web.region import codes, words

CHOSEN, ALL = "gekozen", "alle"


class Grid(msgspec.Struct):
    """What the address asks for: which services of which practices, and which of their days."""

    code: str
    name: str
    rows: list[UseRow]
    services: list[str]
    attributes: tuple[str, ...]
    columns: str
    """`gekozen`, `alle` or a theme."""
    only: str | None
    """The one service of the plain form."""
    page: int
    pages: int

    def address(self, **changes: Any) -> str:
        """The address of this grid, with some choices changed."""
        held: dict[str, Any] = {"onderdeel": self.only, "thema": self.columns if self.columns != CHOSEN else None}
        held |= {"dag": "beschikbaar" if self.attributes == (AVAILABLE,) else None}
        held |= {"pagina": self.page if self.page > 1 else None}
        return url_for("use_grid.index", code=self.code, **(held | changes))


def grid_of(dossier: Cooperation) -> Grid:
    """The grid that the address asks for; what it asks wrongly is as usual."""
    only = request.args.get("onderdeel")
    only = only if only in codes().services else None
    chosen = _services(item.code for item in dossier.directions if not _has_stopped(item))
    columns = request.args.get("thema", CHOSEN)
    by_theme = {theme.code: _services(item.code for item in theme.directions) for theme in themes()}
    if columns not in (CHOSEN, ALL, *by_theme) or (columns == CHOSEN and not chosen):
        columns = CHOSEN if chosen else ALL
    services = [only] if only else by_theme.get(columns) or (chosen if columns == CHOSEN else _all(chosen))
    attributes: tuple[str, ...] = (AVAILABLE,) if request.args.get("dag") == "beschikbaar" else (USED,)
    attributes = (AVAILABLE, USED) if only else attributes
    rows = use_rows(dossier.code, clock.today())
    page, pages, held = page_asked(len(rows), len(services) * len(attributes))
    rows = rows[(page - 1) * held : page * held]
    return Grid(dossier.code, dossier.name, rows, services, attributes, columns, only, page, pages)


def themes() -> tuple[Theme, ...]:
    """The themes with their directions, of the first programme that has any."""
    return next((item.themes for item in load_programmes() if item.themes), ())


def _has_stopped(direction: Any) -> bool:
    return any(phase.phase.value == "stopped" for phase in direction.phases)


def _services(directions: Iterable[str]) -> list[str]:
    """What a practice can offer of some directions: their components, or the direction itself."""
    known = codes().directions
    held: list[Direction] = [known[code] for code in dict.fromkeys(directions) if code in known]
    return [code for item in held for code in ([part.code for part in item.components] or [item.code])]


def _all(chosen: list[str]) -> list[str]:
    listed = _services(item.code for theme in themes() for item in theme.directions)
    return list(dict.fromkeys((*chosen, *listed)))


def use_form(grid: Grid, formdata: MultiDict[str, str] | None = None) -> DayGridForm:
    """The cells of the grid, with what is stored or what was typed."""
    stored: dict[Place, Any] = {}
    heads: dict[Place, str] = {}
    for row in grid.rows:
        uses = [item.values for item in row.uses]
        for service in grid.services:
            held = current(uses, service, clock.today())
            for attribute in grid.attributes:
                place = (row.code, service, attribute)
                stored[place] = None if held is None else held[attribute]
                heads[place] = _head(grid, row, service, attribute)
    form = DayGridForm(stored, heads, language=language(), formdata=formdata)
    _tell_beside(grid, form)
    return form


def _head(grid: Grid, row: UseRow, service: str, attribute: str) -> str:
    asked = f"{row.name}, {service} {words(codes().services[service])}"
    return asked if len(grid.attributes) == 1 else f"{asked}, {_day_words(attribute).lower()}"


def _tell_beside(grid: Grid, form: DayGridForm) -> None:
    """Since when a service is there that is not used yet, and when each cell was recorded last."""
    shown: list[tuple[str, str, Kept]] = []
    for row in grid.rows:
        for service in grid.services:
            values = current([item.values for item in row.uses], service, clock.today())
            shown += [(row.code, service, item) for item in row.uses if item.values is values]
    moments = recorded_at(item.number for _code, _service, item in shown)
    for code, service, item in shown:
        told = []
        if grid.attributes == (USED,) and item.values[USED] is None:
            told.append(_("er sinds %(day)s", day=day_typed(item.values[AVAILABLE])))
        if item.number in moments:
            day = labels.day_short(clock.day_of(moments[item.number]), language())
            told.append(_("vastgelegd %(day)s", day=day))
        form.cells[code, service, grid.attributes[0]].beside = ", ".join(told)


def _day_words(attribute: str) -> str:
    return str(_("Gebruikt vanaf") if attribute == USED else _("Beschikbaar vanaf"))


def grid_page(grid: Grid, form: DayGridForm) -> dict[str, Any]:
    """The view model of templates/practices/grid.html."""
    practices = link("cooperations.practices", code=grid.code)
    title = _("Gebruik per praktijk vastleggen")
    crumbs = [
        {"text": grid.name, "url": link("cooperations.overview", code=grid.code)},
        {"text": _("Praktijken"), "url": practices},
        {"text": title},
    ]
    head = {"title": title, "fictional": fictional(), "crumbs": crumbs, "lead": [_lead(grid)], "buttons": []}
    return {
        "head": head,
        "hint": _("Een dag zoals 1-7-2022 of 1 juli 2022. Leeg = de dienst wordt niet gebruikt."),
        "submit": _("Gebruik vastleggen"),
        "action": grid.address(),
        "cancel_url": practices,
        "choices": [_column_choices(grid), _day_choices(grid)] if grid.only is None else [],
        "back": None
        if grid.only is None
        else {"text": _("Terug naar het rooster"), "url": grid.address(onderdeel=None)},
        "columns": [_column(grid, service, attribute) for service in grid.services for attribute in grid.attributes],
        "rows": [_row(grid, row, form) for row in grid.rows],
        "pages": page_links(grid.page, grid.pages, grid.address),
        "empty": None if grid.rows else _empty(grid),
        "words": script_words(),
    }


def _lead(grid: Grid) -> str:
    if grid.only:
        return f"{grid.only} {words(codes().services[grid.only])}"
    return str(
        _(
            "Typ een dag, of plak een blok uit Excel. Enter en pijltjes gaan naar de volgende cel. "
            "Alleen wat u wijzigt wordt vastgelegd."
        )
    )


def _column(grid: Grid, service: str, attribute: str) -> dict[str, Any]:
    title = words(codes().services[service])
    if grid.only:
        return {"code": "", "text": _day_words(attribute), "url": None}
    return {"code": service, "text": title, "url": grid.address(onderdeel=service, pagina=None)}


def _row(grid: Grid, row: UseRow, form: DayGridForm) -> dict[str, Any]:
    cells = [form.cells[row.code, service, attribute] for service in grid.services for attribute in grid.attributes]
    return {"name": row.name, "code": row.code, "url": link("practices.detail", id=row.code), "cells": cells}


def _column_choices(grid: Grid) -> dict[str, Any]:
    listed = [(CHOSEN, _("Gekozen richtingen")), (ALL, _("Alle"))]
    listed += [(theme.code, words(theme.short or theme.title)) for theme in themes()]
    links = [
        {
            "text": text,
            "url": grid.address(thema=code if code != CHOSEN else None, pagina=None),
            "current": code == grid.columns,
        }
        for code, text in listed
    ]
    return {"label": _("Kolommen"), "links": links}


def _day_choices(grid: Grid) -> dict[str, Any]:
    listed = ((USED, None), (AVAILABLE, "beschikbaar"))
    links = [
        {"text": _day_words(name), "url": grid.address(dag=value), "current": grid.attributes == (name,)}
        for name, value in listed
    ]
    return {"label": _("Dag"), "links": links}


def _empty(grid: Grid) -> dict[str, Any]:
    button = {"text": _("Praktijk vastleggen"), "url": f"/samenwerkingsverbanden/{grid.code}/praktijk/vastleggen"}
    return {"title": _("Er zijn nog geen aangesloten praktijken."), "text": None, "button": button}
