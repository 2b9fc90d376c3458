"""The key figures of the portfolio, each with what changed since the compare date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.finding import Status
from tracker.domain.products import ProductGroup
from tracker.queries.products import product_register
from tracker.web.dates import days, here, link
from tracker.web.frame import language
from tracker.web.portfolio_data import Portfolio, Row
from tracker.web.portfolio_matrix import parts

OTHERS: tuple[tuple[Status, Callable[[], str]], ...] = (
    (Status.LATE, lambda: _("te laat")),
    (Status.PARTIAL, lambda: _("deels")),
    (Status.NOT_MET, lambda: _("niet")),
    (Status.PENDING, lambda: _("nog niet")),
    (Status.UNKNOWN, lambda: _("onbekend")),
    (Status.NA, lambda: _("n.v.t.")),
)
TILES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("ict_lead_now", lambda: _("CIO of CMIO in functie")),
    ("contract_in_force", lambda: _("Volledig contract")),
    ("three_directions_implementing", lambda: _("Drie richtingen in uitvoering")),
)
"""The rules that have a tile of their own, by kind."""


def key_figures(data: Portfolio) -> list[dict[str, Any]]:
    """The tiles of templates/components/kpi.html."""
    own = [tile for kind, words in TILES if (tile := _rule_tile(data, kind, words())) is not None]
    return [_all_rules(data), *own, _products_tile(data)]


def _all_rules(data: Portfolio) -> dict[str, Any]:
    counts = data.tally
    others = [f"{counts.number(status)} {words()}" for status, words in OTHERS if counts.number(status)]
    return {
        "label": _("Roadmapregels behaald, alle regio’s samen"),
        "number": counts.met,
        "of": _("van %(number)s", number=counts.of),
        "url": here(thema=None, status=None, regel=None, gewijzigd=None) + "#matrix-titel",
        "parts": parts(counts),
        "words": " · ".join(others),
        "change": change(counts.met - data.former_tally.met) if days().compare else None,
    }


def _rule_tile(data: Portfolio, kind: str, label: str) -> dict[str, Any] | None:
    asked = next((item for item in data.columns if item.kind == kind), None)
    if asked is None:
        return None
    held = [row for row in data.all if (item := row.cells.get(asked.key)) and item.status is not Status.NA]
    met = {row.seen.code for row in held if row.cells[asked.key].status is Status.MET}
    former = {row.seen.code for row in data.all if (item := row.former.get(asked.key)) and item.status is Status.MET}
    return {
        "label": label,
        "number": len(met),
        "of": _("van %(number)s", number=len(held)),
        "url": here(regel=asked.rule, status="niet-behaald", thema=None, gewijzigd=None) + "#matrix-titel",
        "change": change(len(met) - len(former), who=_names(data.all, met ^ former)) if days().compare else None,
    }


def _names(rows: Iterable[Row], codes: set[str]) -> str | None:
    """Who changed, while they are few."""
    names = sorted(row.name for row in rows if row.seen.code in codes)
    return labels.listed(names, language()) if 0 < len(names) <= 2 else None


def change(difference: int, *, who: str | None = None, more_is_worse: bool = False) -> dict[str, Any]:
    """`2 minder`, with what it means and the name it concerns."""
    if not difference:
        text = _("geen verandering per saldo") if who else _("geen verandering")
        return {"direction": "same", "icon": None, "text": text, "who": None}
    worse = (difference > 0) is more_is_worse
    text = _("%(number)s meer", number=difference) if difference > 0 else _("%(number)s minder", number=-difference)
    # Up is good and down is bad in every tile, so that arrow and colour say the same.
    icon = "arrow-up-right" if difference > 0 else "arrow-down-right"
    return {"direction": "worse" if worse else "better", "icon": icon, "text": text, "who": who}


def _products_tile(data: Portfolio) -> dict[str, Any]:
    now = days()
    mine = {row.seen.code for row in data.all}
    held = _without_assessment(data, mine)
    former = _without_assessment(data, mine, former=True) if now.compare else {}
    names = {**held, **former}
    moved = [names[key] for key in sorted(held.keys() ^ former.keys())]
    who = labels.listed(moved, language()) if 0 < len(moved) <= 2 else None
    return {
        "label": _("In gebruik zonder KC-oordeel"),
        "number": len(held),
        "of": _("toepassing") if len(held) == 1 else _("toepassingen"),
        "url": link("products.index", stand="actie"),
        "change": change(len(held) - len(former), who=who, more_is_worse=True) if now.compare else None,
    }


def _without_assessment(data: Portfolio, mine: set[str], *, former: bool = False) -> dict[tuple[str, str], str]:
    """The products and versions that a region of the reader uses without the assessment it needs, with their names."""
    now = days()
    day = now.compare if former and now.compare else now.as_of
    return {
        (item.product.code, item.version): item.product.name
        for item in product_register(data.programme, day, known_at=now.known_at)
        if item.group is ProductGroup.ACTION and any(dependent.cooperation in mine for dependent in item.asked)
    }
