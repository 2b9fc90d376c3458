"""The practices of a region: what they use over time, what they do together, and one by one for who may see them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import access
from tracker.exchange.tables import Table
from tracker.queries.practices import held_practices, together
from tracker.web.adoption_view import WHICH, adoption_figure, adoption_table
from tracker.web.answers import forms_of, may_keep_mandates
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.practice_rows import practice_rows, rows_table, rows_view, totals_table
from tracker.web.practices_filters import quick_states
from tracker.web.record_places import form_url
from tracker.web.region import head
from tracker.web.scope import Visible


def practices_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/practices.html."""
    now = days()
    totals = _totals(seen)
    rows = practice_rows(held_practices((seen.code,), now.as_of, known_at=now.known_at)) if seen.sees_practices else []
    return {
        **head(seen, "practices"),
        "quick": quick_states(rows, seen.dossier.name) if rows else [],
        "figure": adoption_figure(seen.code, seen.dossier.name, seen.sees_practices),
        "totals": {"table": shown(totals, wide=True), "downloads": download_links("samen")},
        "table": rows_view(rows) if rows else None,
        "downloads": download_links("praktijken"),
        "curtain": None if seen.sees_practices else curtain(),
        "empty": _empty(seen) if seen.sees_practices and not rows else None,
        "keep": _keep(seen.code) if _writes(seen.code) else [],
        "source": source_line(),
    }


def _totals(seen: Visible) -> Table:
    now = days()
    held = together((seen.code,), now.as_of, known_at=now.known_at)[0]
    former = [] if now.compare is None else together((seen.code,), now.compare, known_at=now.known_at)
    return totals_table(held, seen.sees_practices, next(iter(former), None))


def _writes(code: str) -> bool:
    """Whether the reader keeps the practices of this region, today."""
    return not days().is_past and access.pen(code).may("practice")


def _keep(code: str) -> list[dict[str, Any]]:
    """The ways to keep practices: one by one, many days at once, or a workbook."""
    ways = [
        {"text": _("Praktijk vastleggen"), "url": form_url("practice", code, None, "add")},
        {"text": _("Gebruik per praktijk vastleggen"), "url": link("use_grid.index", code=code)},
        {"text": _("Importeer praktijken uit Excel"), "url": link("practice_sheets.index", code=code)},
    ]
    if may_keep_mandates(access.pen(code)):
        ways.append({"text": _("Mandaten vastleggen"), "url": link("mandates.index", code=code)})
    return ways


def _empty(seen: Visible) -> dict[str, Any]:
    text = _("De omvang in de kop is de eigen opgave van de regio.") if seen.dossier.counts else None
    button = forms_of(seen.dossier).add("practice", text=_("Praktijk vastleggen"))
    return {"title": _("Geen praktijken vastgelegd."), "text": text, "button": button}


def curtain() -> dict[str, Any]:
    """Why a reader sees no single practice, and who does."""
    return {
        "tone": "blue",
        "icon": "people-fill",
        "title": _("U ziet geen gegevens van losse praktijken."),
        "text": _(
            "Verzekeraars zien alleen totalen van 5 of meer praktijken. "
            "Bestuurders, projectleiders en praktijkadviseurs van de regio zien hun eigen praktijken."
        ),
    }


def practices_tables(seen: Visible) -> dict[str, Table]:
    """The tables by the name in the address; no table of practices for who may not see them."""
    now = days()
    found = {
        "samen": _totals(seen),
        WHICH: adoption_table(seen.code, seen.sees_practices),
    }
    if seen.sees_practices:
        rows = practice_rows(held_practices((seen.code,), now.as_of, known_at=now.known_at))
        found["praktijken"] = rows_table(rows)
    return found
