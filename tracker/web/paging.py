"""The pages of a long list: which one the address asks for, and the ways to the others."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.web.dates import here

PAGE = "pagina"


def page_asked(total: int, size: int) -> int:
    """The page of the address among those that `total` rows fill; what cannot be is the nearest that can."""
    asked = request.args.get(PAGE, "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(page, 1), max(1, -(-total // size)))


def pages(total: int, page: int, size: int, label: str | None = None) -> dict[str, Any] | None:
    """The view model of `pagination` in templates/components/table.html; None for one page."""
    last = -(-total // size)
    if last < 2:
        return None
    near = sorted({1, last, *(number for number in range(page - 2, page + 3) if 0 < number <= last)})
    listed: list[dict[str, Any] | None] = []
    for place, number in enumerate(near):
        if place and number - near[place - 1] > 1:
            listed.append(None)
        listed.append({"number": number, "url": here(**{PAGE: str(number)}), "current": number == page})
    return {
        "label": label or _("Pagina’s"),
        "text": _("Pagina %(page)s van %(last)s", page=page, last=last),
        "previous_url": here(**{PAGE: str(min(page - 1, last))}) if page > 1 else None,
        "next_url": here(**{PAGE: str(page + 1)}) if page < last else None,
        "pages": listed,
    }
