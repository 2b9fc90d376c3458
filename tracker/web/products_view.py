"""The register of products as a page: filters, alert sentence, groups of versions with their time lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.charts.scale import Scale
from tracker.domain.products import Dependent, ProductGroup, Terms, VersionStanding
from tracker.domain.records.enums import ProductKind
from tracker.exchange.tables import Cell, Column, Table
from tracker.web.assessment_view import (
    assessment_bars,
    legend,
    scale_until,
    since_words,
    state_chip,
    state_word,
    time_lines,
    use_lines,
)
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, here, link
from tracker.web.frame import language
from tracker.web.products_filters import STATES, Filters, Scope, state_words

ROW, PER_USE = 40, 5
MOST_LINES, MOST_USERS = 12, 5
"""A row of the register draws and names no more; the page of the product has them all."""


def group_words() -> dict[ProductGroup, str]:
    """The heads of the groups, in their order."""
    return {
        ProductGroup.ACTION: _("Actie nodig: in gebruik zonder geldig oordeel"),
        ProductGroup.VALID: _("Geldig oordeel"),
        ProductGroup.WAITING: _("Zonder geldig oordeel, nu niet gevraagd"),
        ProductGroup.NOT_NEEDED: _("Geen oordeel nodig"),
    }


def register_page(items: Sequence[VersionStanding], terms: Terms, scope: Scope, filters: Filters) -> dict[str, Any]:
    """The view model of templates/products/index.html."""
    as_of = days().as_of
    kept = filters.keep(items, scope)
    scale = scale_until(as_of)
    return {
        "quick": _quick(items, filters),
        "kinds": _kinds(items, filters),
        "filters": filters,
        "alert": _alert(items, scope),
        "groups": _groups(kept, terms, scope, scale, as_of),
        "time": {"ticks": scale.years(), "lines": time_lines(terms, scale, as_of)},
        "legend": legend(terms),
        "verdict_head": _("Oordeel op %(day)s", day=labels.day_words(as_of, language())),
        "total": len(items),
        "hidden": [field for field in hidden_fields() if field["name"] not in ("q", "formaat", "tabel")],
        "result": ngettext("%(num)s versie", "%(num)s versies", len(kept)),
    }


def _quick(items: Sequence[VersionStanding], filters: Filters) -> list[dict[str, Any]]:
    listed = [("", _("Alle"), len(items))]
    listed += [(key, words, sum(map(STATES[key], items))) for key, words in state_words().items()]
    return [
        {"text": text, "url": here(stand=key or None), "current": key == filters.state, "count": count}
        for key, text, count in listed
    ]


def _kinds(items: Sequence[VersionStanding], filters: Filters) -> dict[str, Any]:
    held = {item.product.kind for item in items}
    named = [(kind.value, labels.capital(labels.word(kind, language()))) for kind in ProductKind if kind in held]
    options = [("", _("Alle")), *named]
    return {
        "id": "soort",
        "label": _("Soort"),
        "value": dict(options).get(filters.kind, _("Alle")),
        "options": [
            {"text": text, "url": here(soort=key or None), "current": key == filters.kind} for key, text in options
        ],
    }


def _alert(items: Sequence[VersionStanding], scope: Scope) -> dict[str, Any] | None:
    """One sentence: how many products, initiatives and regions; then the one that touches most regions."""
    bad = [item for item in items if item.group is ProductGroup.ACTION]
    if not bad:
        return None
    touched = {(held.cooperation, held.initiative.code) for item in bad for held in item.asked}
    regions = {code for code, _code in touched}
    title = ngettext(
        "%(num)s toepassing is in gebruik zonder geldig KC-oordeel;",
        "%(num)s toepassingen zijn in gebruik zonder geldig KC-oordeel;",
        len(bad),
    )
    title += " " + _(
        "dat raakt %(initiatives)s in %(regions)s.",
        initiatives=initiative_count(len(touched)),
        regions=region_count(len(regions)),
    )
    return {"tone": "amber", "icon": "exclamation-triangle-fill", "title": title, "text": _widest(bad, scope)}


def initiative_count(count: int) -> str:
    """`7 initiatieven`."""
    return str(ngettext("%(num)s initiatief", "%(num)s initiatieven", count))


def region_count(count: int) -> str:
    """`6 regio’s`."""
    return str(ngettext("%(num)s regio", "%(num)s regio’s", count))


def _widest(bad: Sequence[VersionStanding], scope: Scope) -> str:
    shared = max(bad, key=lambda item: len({held.cooperation for held in item.asked}))
    if len({held.cooperation for held in shared.asked}) < 2 or shared.standing.since is None:
        return ""
    return str(
        _(
            "%(name)s: %(state)s sinds %(day)s; dat raakt %(who)s tegelijk.",
            name=shared.name,
            state=labels.word(shared.standing.state, language()),
            day=labels.day_words(shared.standing.since, language()),
            who=who(shared.asked, scope),
        )
    )


def who(dependents: Sequence[Dependent], scope: Scope) -> str:
    """The regions by name, the others as a number."""
    named = list(dict.fromkeys(item.region for item in dependents if scope.sees(item)))
    others = scope.others(dependents)
    if others:
        more = region_count(others) if not named else ngettext("%(num)s andere regio", "%(num)s andere regio’s", others)
        named.append(str(more))
    return labels.listed(named, language())


def _groups(
    items: Sequence[VersionStanding], terms: Terms, scope: Scope, scale: Scale, as_of: date
) -> list[dict[str, Any]]:
    found = []
    for group, title in group_words().items():
        held = [item for item in items if item.group is group]
        if held:
            rows = [_row(item, terms, scope, scale, as_of) for item in held]
            found.append({"title": title, "count": len(held), "rows": rows})
    return found


def _row(item: VersionStanding, terms: Terms, scope: Scope, scale: Scale, as_of: date) -> dict[str, Any]:
    current = [held for held in item.dependents if held.is_current]
    shown = [held for held in current if scope.sees(held)]
    url = link("products.detail", id=item.product.code)
    return {
        "name": item.product.name,
        "version": item.version,
        "url": f"{url}#{anchor(item)}",
        "kind": labels.word(item.product.kind, language()),
        "status": state_chip(item.standing, item.group, as_of),
        "since": since_words(item.standing, item.group),
        "before": state_then(item, terms),
        "ends": _ends(item, as_of),
        "label": _spoken(item, scope),
        "line": {
            "bars": assessment_bars(item, scale, as_of),
            "uses": use_lines(item.dependents[:MOST_LINES], scale, as_of),
            "height": ROW + PER_USE * max(min(len(item.dependents), MOST_LINES) - 1, 0),
        },
        "users": [_user(held) for held in shown[:MOST_USERS]],
        "more": _more(len(shown) - MOST_USERS),
        "others": _others([held for held in current if not scope.sees(held)], scope),
    }


def anchor(item: VersionStanding) -> str:
    """The place of a version on the page of its product; a version may hold any sign, a name in an address may not."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in item.version)
    return f"versie-{kept}"


def state_then(item: VersionStanding, terms: Terms) -> str | None:
    """The state on the compare date, where it was another one."""
    compare = days().compare
    if compare is None or not item.needs_assessment:
        return None
    then = terms.standing(item.product, item.version, compare)
    if then.state is item.standing.state:
        return None
    day = labels.day_short(compare, language())
    return str(_("op %(day)s: %(state)s", day=day, state=labels.word(then.state, language())))


def _ends(item: VersionStanding, as_of: date) -> str | None:
    until = item.standing.valid_until
    if not item.standing.is_positive:
        return None
    if until is None:
        return str(_("zonder einddatum"))
    return str(_("geldig t/m %(day)s", day=labels.day_short(until, language())))


def _user(held: Dependent) -> dict[str, str]:
    return {
        "text": held.initiative.title,
        "url": link("initiatives.detail", id=held.initiative.code),
        "region": held.region,
    }


def _more(count: int) -> str | None:
    """What a row does not name; the page of the product does."""
    return str(ngettext("nog %(num)s initiatief", "nog %(num)s initiatieven", count)) if count > 0 else None


def _others(hidden: Sequence[Dependent], scope: Scope) -> str | None:
    count = scope.others(hidden)
    return str(ngettext("%(num)s andere regio", "%(num)s andere regio’s", count)) if count else None


def _spoken(item: VersionStanding, scope: Scope) -> str:
    """The time line in words."""
    states = [
        f"{state_word(period.state)} {labels.day_short(period.from_on, language())}" for period in item.history
    ] or [_("geen beoordeling vastgelegd")]
    uses = [labels.day_short(held.from_on, language()) for held in item.dependents]
    said = _("Verloop van %(name)s: %(states)s.", name=item.name, states="; ".join(states))
    used = _("In gebruik vanaf %(days)s.", days=labels.listed(uses, language())) if uses else _("Niet in gebruik.")
    return f"{said} {used}"


def register_table(items: Iterable[VersionStanding], scope: Scope) -> Table:
    """The same rows for a file."""
    tongue = language()
    rows = []
    for item in items:
        current = [held for held in item.dependents if held.is_current]
        named = [f"{held.initiative.title} ({held.region})" for held in current if scope.sees(held)]
        state = labels.word(item.standing.state, tongue) if item.needs_assessment else _("niet nodig")
        rows.append(
            (
                Cell(item.product.name, link("products.detail", id=item.product.code)),
                item.version,
                labels.word(item.product.kind, tongue),
                item.product.supplier or "",
                group_words()[item.group],
                state,
                item.standing.since or "",
                item.standing.valid_until or "",
                "; ".join(named),
                scope.others(current),
            )
        )
    columns = (
        Column(_("Toepassing"), width=24),
        Column(_("Versie")),
        Column(_("Soort")),
        Column(_("Leverancier"), width=24),
        Column(_("Groep"), width=36),
        Column(_("Oordeel")),
        Column(_("Sinds"), "day"),
        Column(_("Geldig t/m"), "day"),
        Column(_("Gebruikt door"), width=60),
        Column(_("Andere regio’s"), "number"),
    )
    return Table(title=_("Toepassingen en KC-oordelen"), columns=columns, rows=tuple(rows))
