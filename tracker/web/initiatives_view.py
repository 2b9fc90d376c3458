"""The list of initiatives as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.finding import Finding
from tracker.domain.records.enums import InitiativePhaseName
from tracker.domain.records.initiative import Initiative
from tracker.exchange.tables import Cell, Column, Table
from tracker.web.chips import chip
from tracker.web.conditions_view import insurer_name
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here, link
from tracker.web.frame import language
from tracker.web.initiatives_filters import NOT_STARTED, Filters, Line, phase_word, stand_words
from tracker.web.paging import page_asked, pages

PAGE = 50


def list_page(lines: Sequence[Line], filters: Filters) -> dict[str, Any]:
    """The view model of templates/initiatives/index.html."""
    kept = filters.keep(lines)
    number = page_asked(len(kept), PAGE)
    part = kept[(number - 1) * PAGE : number * PAGE]
    return {
        "filters": _filter_bar(lines, kept, filters),
        "words": filters.words,
        "hidden": [field for field in hidden_fields() if field["name"] not in ("q", "pagina")],
        "table": shown_list(part) if part else None,
        "total": len(lines),
        "pages": pages(len(kept), number, PAGE),
    }


def _filter_bar(lines: Sequence[Line], kept: Sequence[Line], filters: Filters) -> dict[str, Any]:
    regions = {line.code: line.region for line in lines}
    directions = {item.code for line in lines for item in line.initiative.directions}
    phases = [item.value for item in InitiativePhaseName]
    choices = [
        _choice("regio", _("Regio"), filters.region, regions) if len(regions) > 1 else None,
        _choice("richting", _("Richting"), filters.theme, _theme_names(directions)),
        _choice("fase", _("Fase"), filters.phase, {item: phase_word(item) for item in (NOT_STARTED, *phases)}),
        _choice(
            "verzekeraar",
            _("Verzekeraar"),
            filters.insurer,
            {line.initiative.insurer: insurer_name(line.initiative.insurer) for line in lines},
        ),
        _choice("stand", _("Stand"), filters.status, stand_words()),
    ]
    return {
        "active": [],
        "choices": [item for item in choices if item is not None],
        "result": ngettext("%(num)s initiatief", "%(num)s initiatieven", len(kept)),
        "clear_url": None if filters.is_empty else clear_url(),
    }


def clear_url() -> str:
    """This page without filters."""
    return here(regio=None, richting=None, fase=None, verzekeraar=None, stand=None, q=None, pagina=None)


def _theme_names(directions: Iterable[str]) -> dict[str, str]:
    codes = sorted({code.partition(".")[0] for code in directions} | set(directions))
    return {code: code for code in codes}


def _choice(name: str, label: str, value: str, options: dict[str, str]) -> dict[str, Any]:
    listed = [("", str(_("alle"))), *options.items()]
    return {
        "id": name,
        "label": label,
        "value": options.get(value, value) or _("alle"),
        "options": [
            {"text": text, "url": here(**{name: key or None, "pagina": None}), "current": key == value}
            for key, text in listed
        ],
    }


def list_table(lines: Iterable[Line]) -> Table:
    """The list as a file."""
    rows = []
    for line in lines:
        initiative = line.initiative
        codes = sorted({item.code for item in initiative.directions})
        rows.append(
            (
                Cell(initiative.title, link("initiatives.detail", id=initiative.code)),
                initiative.code,
                Cell(line.region, link("cooperations.overview", code=line.code)),
                ", ".join(codes),
                phase_word(line.phase),
                initiative.started_on or "",
                initiative.ended_on or "",
                line.held.met if line.held.total else "",
                line.held.total if line.held.total else "",
                _reason(line.assessed),
                _reason(line.unfunded),
                max((item.held_on for item in initiative.evaluations), default=""),
                insurer_name(initiative.insurer),
            )
        )
    columns = (
        Column(_("Initiatief"), width=34),
        Column(_("Code")),
        Column(_("Regio"), width=24),
        Column(_("Richtingen")),
        Column(_("Fase")),
        Column(_("Gestart"), "day"),
        Column(_("Beëindigd"), "day"),
        Column(_("Voorwaarden behaald"), "number"),
        Column(_("Voorwaarden die gelden"), "number"),
        Column(_("KC-oordeel"), width=36),
        Column(_("Financiering"), width=36),
        Column(_("Laatste evaluatie"), "day"),
        Column(_("Verzekeraar"), width=24),
    )
    return Table(title=_("Initiatieven"), columns=columns, rows=tuple(rows))


def _reason(finding: Finding | None) -> str:
    return "" if finding is None else labels.text(finding.reason, language())


def shown_list(lines: Iterable[Line]) -> dict[str, Any]:
    """The view model of templates/components/table.html."""
    heads = (
        _("Initiatief"),
        _("Regio"),
        _("Fase"),
        _("Voorwaarden"),
        _("KC-oordeel"),
        _("Financiering"),
        _("Laatste evaluatie"),
    )
    # One address is built and the others are cut from it: a long list would spend its time on building addresses.
    detail, region = link("initiatives.detail", id="0"), link("cooperations.overview", code="0")
    return {
        "caption": _("Initiatieven met hun voorwaarden, oordeel en financiering"),
        "columns": [{"text": text} for text in heads],
        "rows": [{"cells": _cells(line, detail, region)} for line in lines],
        "wide": True,
    }


def _cells(line: Line, detail: str, region: str) -> list[Any]:
    tongue, as_of, initiative = language(), days().as_of, line.initiative
    codes = ", ".join(sorted({item.code for item in initiative.directions}))
    last = max((item.held_on for item in initiative.evaluations), default=None)
    phase = phase_word(line.phase)
    return [
        {"text": initiative.title, "url": detail.replace("/0", f"/{initiative.code}", 1), "sub": codes},
        {"text": line.region, "url": region.replace("/0", f"/{line.code}", 1)} if region else line.region,
        {"text": f"{phase[:1].upper()}{phase[1:]}", "sub": _since(initiative)},
        _met(line),
        {"status": chip(line.assessed, as_of), "sub": _reason(line.assessed)} if line.assessed else "",
        {"status": chip(line.unfunded, as_of), "sub": _reason(line.unfunded)} if line.unfunded else "",
        labels.day_short(last, tongue) if last else _("nog geen"),
    ]


def _since(initiative: Initiative) -> str | None:
    day = initiative.ended_on or initiative.started_on or initiative.planned_start_on
    if day is None:
        return None
    shown = labels.day_short(day, language())
    if initiative.ended_on is not None:
        return str(_("beëindigd %(day)s", day=shown))
    return str(_("gestart %(day)s", day=shown) if initiative.started_on else _("beoogd %(day)s", day=shown))


def _met(line: Line) -> Any:
    if not line.held.total:
        return {"text": _("N.v.t."), "sub": _("andere verzekeraar")}
    return {"text": _("%(met)s van %(total)s", met=line.held.met, total=line.held.total), "strong": True}
