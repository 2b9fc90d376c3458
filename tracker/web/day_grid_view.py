"""What the pages with a grid of days share: which part of the rows, what was changed in words, texts for the script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.day_grid import MOST_CELLS, DayChange
from tracker.forms.day_grid import day_typed
from tracker.web import paging

MOST_TOLD = 4


def page_asked(rows: int, cells: int) -> tuple[int, int, int]:
    """Which page of the rows the address asks for, how many there are, and how many rows one holds."""
    held = max(1, MOST_CELLS // cells)
    pages = max(1, -(-rows // held))
    return paging.page_asked(rows, held), pages, held


def page_links(page: int, pages: int, address: Callable[..., str]) -> dict[str, Any] | None:
    """The other pages, for `pagination` in templates/components/table.html."""
    if pages == 1:
        return None
    numbers = range(1, pages + 1)
    return {
        "label": _("Praktijken"),
        "text": _("Pagina %(page)s van %(pages)s", page=page, pages=pages),
        "previous_url": address(pagina=page - 1) if page > 1 else None,
        "next_url": address(pagina=page + 1) if page < pages else None,
        "pages": [{"number": item, "url": address(pagina=item), "current": item == page} for item in numbers],
    }


def script_words() -> dict[str, str]:
    """What static/js/grid.js says."""
    return {
        "too_wide": _("Het blok is groter dan het rooster: plak het vanaf een eerdere rij of kolom."),
        "pasted": _("cellen geplakt"),
        "filled": _("cellen ingevuld"),
    }


def changed_words(written: Sequence[DayChange], heads: Mapping[tuple[str, str, str], str]) -> str:
    """What was changed: the first few by name, the rest counted."""
    told = [
        f"{heads.get((item.practice, item.about, item.attribute), item.practice)}: "
        f"{day_typed(item.shown) or _('leeg')} → {day_typed(item.day) or _('leeg')}."
        for item in written[:MOST_TOLD]
    ]
    if len(written) > MOST_TOLD:
        told.append(ngettext("En nog %(num)s andere.", "En nog %(num)s andere.", len(written) - MOST_TOLD))
    return " ".join(told)
