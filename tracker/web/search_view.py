"""The results of a search, per sort: regions, initiatives, products, and the practices the reader may see."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.names import Named, matching
from tracker.web.dates import link
from tracker.web.scope import visible

KINDS = frozenset({"initiative", "practice", "practice_membership", "product"})
LONGEST, MOST = 100, 50


def search_page(typed: str) -> dict[str, Any]:
    """The view model of templates/search/index.html."""
    asked = typed.strip()[:LONGEST]
    seen = visible(only=frozenset(), kinds=KINDS)
    sees_practices = any(item.sees_practices for item in seen)
    groups = [_group(title, endpoint, name, matching(asked, held)) for title, endpoint, name, held in _sorts(seen)]
    number = sum(group["total"] for group in groups)
    return {
        "title": _("Zoeken"),
        "asked": asked,
        "action": link("search.index"),
        "result": ngettext("%(num)s resultaat", "%(num)s resultaten", number) if asked else None,
        "groups": [group for group in groups if group["total"]],
        "none": bool(asked) and not number,
        "advice": _("Zoek op een deel van de naam of op de code. Accenten en hoofdletters maken niet uit."),
        "practices": None
        if sees_practices
        else _("U ziet geen gegevens van losse praktijken: die staan niet in de resultaten."),
    }


def _sorts(seen: list[Any]) -> list[tuple[str, str, str, list[Named]]]:
    """Every sort with its endpoint, the name of its parameter and what there is to find."""
    regions = [Named(item.dossier.name, item.code) for item in seen]
    initiatives = [
        Named(held.title, held.code, item.dossier.name) for item in seen for held in item.dossier.initiatives
    ]
    practices = [Named(held.name, held.code, item.dossier.name) for item in seen for held in item.dossier.practices]
    register = seen[0].register.products if seen else ()
    products = [Named(held.name, held.code, held.supplier or "") for held in register]
    return [
        (_("Samenwerkingsverbanden"), "cooperations.overview", "code", regions),
        (_("Initiatieven"), "initiatives.detail", "id", initiatives),
        (_("Toepassingen"), "products.detail", "id", products),
        (_("Praktijken"), "practices.detail", "id", practices),
    ]


def _group(title: str, endpoint: str, name: str, found: list[Named]) -> dict[str, Any]:
    rest = len(found) - MOST
    return {
        "title": title,
        "total": len(found),
        "found": [
            {"name": item.name, "code": item.code, "about": item.about, "url": link(endpoint, **{name: item.code})}
            for item in found[:MOST]
        ],
        "more": _("En nog %(number)s. Typ meer van de naam.", number=rest) if rest > 0 else None,
    }
