"""The list of practices: with search and filters, a page at a time; and the totals of every region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.policy import Action
from tracker.exchange.tables import Table
from tracker.queries.practices import held_practices, together
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import fictional
from tracker.web.paging import pages
from tracker.web.practice_rows import PracticeRow, practice_rows, regions_table, rows_table, rows_view
from tracker.web.practices_filters import STATES, Filters
from tracker.web.region_practices import curtain
from tracker.web.scope import permitted

PAGE = 100


def _rows() -> list[PracticeRow]:
    now = days()
    return practice_rows(held_practices(permitted(Action.see_practices), now.as_of, known_at=now.known_at))


def _totals() -> Table:
    now = days()
    found = together(permitted(Action.see_cooperation), now.as_of, known_at=now.known_at)
    return regions_table(found, permitted(Action.see_practices))


def practices_tables(filters: Filters) -> dict[str, Table]:
    """The tables by the name in the address; practices only for who may see them."""
    listed = {"praktijken": rows_table(filters.keep(_rows()))} if permitted(Action.see_practices) else {}
    return {**listed, "praktijken-samen": _totals()}


def practices_page(filters: Filters) -> dict[str, Any]:
    """The view model of templates/practices/index.html."""
    sees, totals = bool(permitted(Action.see_practices)), _totals()
    rows = _rows() if sees else []
    kept = filters.keep(rows)
    first = (filters.page - 1) * PAGE
    many_regions = len({row.region for row in rows}) > 1
    return {
        "title": _("Praktijken"),
        "fictional": fictional(),
        "facts": [ngettext("%(num)s praktijk", "%(num)s praktijken", len(rows))] if sees else [],
        "curtain": None if sees else curtain(),
        "search": _search(filters) if sees else None,
        "filters": _filter_bar(rows, kept, filters) if rows else None,
        "table": rows_view(kept[first : first + PAGE], many_regions) if kept[first : first + PAGE] else None,
        "pages": pages(len(kept), filters.page, PAGE),
        "no_results": {"clear_url": _clear(), "total": len(rows)} if rows and not kept[first : first + PAGE] else None,
        "empty": _empty() if sees and not rows else None,
        "downloads": download_links("praktijken") if sees else [],
        "totals": {"table": shown(totals, wide=True), "downloads": download_links("praktijken-samen")},
        "source": source_line(filters.in_words()),
    }


def _search(filters: Filters) -> dict[str, Any]:
    hidden = [field for field in hidden_fields() if field["name"] not in ("q", "pagina")]
    label = _("Zoek op naam, plaats of code")
    return {
        "id": "praktijk-zoek",
        "label": label,
        "value": filters.words,
        "hidden": hidden,
        "action": here(q=None, pagina=None),
    }


def _filter_bar(rows: Sequence[PracticeRow], kept: Sequence[PracticeRow], filters: Filters) -> dict[str, Any]:
    regions = sorted({row.region for row in rows})
    states = [(key, str(text)) for key, (text, _fits) in STATES.items()]
    choices = [_choice("stand", _("Stand"), filters.state, states)]
    if len(regions) > 1:
        choices.append(_choice("regio", _("Regio"), filters.region, [(name, name) for name in regions]))
    is_filtered = bool(filters.words or filters.state or filters.region)
    return {
        "active": [],
        "choices": choices,
        "result": ngettext("%(num)s praktijk", "%(num)s praktijken", len(kept)),
        "clear_url": _clear() if is_filtered else None,
    }


def _choice(name: str, label: str, value: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    listed = [("", _("Alle")), *options]
    return {
        "id": name,
        "label": label,
        "value": dict(listed).get(value, value),
        "options": [
            {"text": text, "url": here(**{name: key or None, "pagina": None}), "current": key == value}
            for key, text in listed
        ],
    }


def _clear() -> str:
    return here(q=None, stand=None, regio=None, pagina=None)


def _empty() -> dict[str, Any]:
    return {"title": _("Geen praktijken vastgelegd op deze dag."), "level": 2}
