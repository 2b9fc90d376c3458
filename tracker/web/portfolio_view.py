"""The view model of the portfolio: head, key figures, filters, matrix, attention, themes and changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import access, clock, labels
from tracker.domain.size import total_size
from tracker.programmes import load_programmes
from tracker.web.dates import COMPARE, days, here, link, looked_before
from tracker.web.disagreements_view import portfolio_disagreements
from tracker.web.frame import fictional, language
from tracker.web.portfolio_attention import attention_card, changes_card, themes_figure
from tracker.web.portfolio_data import ORDERS, STATUSES, Filters, Portfolio
from tracker.web.portfolio_figures import key_figures
from tracker.web.portfolio_matrix import matrix
from tracker.web.saved_filters import save_menu
from tracker.web.setup_view import first_steps

ORDER_WORDS: dict[str, Callable[[], str]] = {
    "aandacht": lambda: _("Meeste aandacht eerst"),
    "naam": lambda: _("Naam"),
    "stilte": lambda: _("Langst stil eerst"),
}


def portfolio_page(data: Portfolio) -> dict[str, Any]:
    """The view model of templates/portfolio/index.html."""
    head = _head(data)
    if not data.all:
        empty = {"title": _("Er zijn nog geen samenwerkingsverbanden in uw gebied."), "level": 2} | first_steps()
        return {"head": {**head, "facts": [], "buttons": []}, "empty": empty, "errors": []}
    save = save_menu()
    return {
        "head": head,
        "empty": None,
        "errors": [{"text": save["error"], "href": "#filter-naam"}] if save and save["error"] else [],
        "kpis": key_figures(data),
        "filters": {**filter_bar(data), "save": save},
        "matrix": matrix(data) if data.rows else None,
        "no_results": None if data.rows else {"clear_url": clear_url(), "total": len(data.all)},
        "attention": attention_card(data),
        "themes": themes_figure(data),
        "disagreements": portfolio_disagreements(row.seen for row in data.all),
        "changes": changes_card(data),
    }


def refusal_page() -> dict[str, Any]:
    """What somebody sees for whom the portfolio is not."""
    return {
        "title": _("De portefeuille is niet voor uw rol"),
        "text": _("De regiomanager en de meelezer van een verzekeraar zien hier hun regio’s. U ziet uw eigen regio."),
        "button": {"text": _("Naar mijn regio"), "url": link("home.own_region")},
    }


def _head(data: Portfolio) -> dict[str, Any]:
    tongue, seen = language(), [row.seen for row in data.all]
    size = total_size([item.size for item in seen])
    initiatives = sum(len(item.dossier.initiatives) for item in seen)
    products = len(seen[0].register.products) if seen else 0
    facts = [ngettext("%(num)s samenwerkingsverband", "%(num)s samenwerkingsverbanden", len(seen))]
    if size.practices is not None:
        facts.append(_("%(number)s praktijken", number=labels.number(size.practices, tongue)))
    if size.insured is not None:
        facts.append(_("%(number)s verzekerden", number=labels.number(size.insured, tongue)))
    facts.append(ngettext("%(num)s initiatief", "%(num)s initiatieven", initiatives))
    facts.append(ngettext("%(num)s toepassing", "%(num)s toepassingen", products))
    return {
        "title": " ".join(filter(None, [_("Portefeuille"), _insurer()])),
        "fictional": fictional(),
        "crumbs": [],
        "lead": " · ".join(facts),
        "facts": [],
        "buttons": [
            {"text": _("Downloaden"), "url": here(formaat="xlsx"), "icon": "download", "download": True},
            {"text": _("Afdrukken"), "print": True},
        ],
    }


def _insurer() -> str:
    """The insurer whose portfolio it is; an administrator sees that of everybody."""
    keys = {grant.insurer for grant in access.actor().grants if grant.insurer and grant.holds(clock.real_today())}
    names = {item.insurer.key: item.insurer.name for item in load_programmes() if item.insurer}
    return ", ".join(sorted(names.get(key, key) for key in keys))


def clear_url() -> str:
    """This page without filters."""
    return here(thema=None, status=None, regel=None, gewijzigd=None)


def filter_bar(data: Portfolio) -> dict[str, Any]:
    """The view model of templates/components/filters.html."""
    filters = data.filters
    active = [*_active_day(), *_active(filters, data)]
    choices = [
        *([] if days().compare else [_since_choice(data)]),
        *([_changed_choice()] if days().compare and not filters.changed else []),
        *([] if filters.theme_title(data.programme) else [_theme_choice(data)]),
        *([] if filters.status else [_status_choice()]),
        _order_choice(data),
    ]
    narrowed = bool(filters.in_words(data.programme))
    return {
        "active": active,
        "choices": choices,
        "result": _result(data),
        "clear_url": clear_url() if narrowed else None,
    }


def _result(data: Portfolio) -> str:
    said = []
    if data.filters.in_words(data.programme):
        said.append(_("%(shown)s van %(total)s samenwerkingsverbanden", shown=len(data.rows), total=len(data.all)))
    if days().compare:
        cells = [(row, item) for row in data.rows for item in row.cells.values()]
        changed = sum(row.is_changed(item) for row, item in cells)
        said.append(_("%(changed)s van %(total)s vakken gewijzigd", changed=changed, total=len(cells)))
    return "; ".join(said) or str(_("%(total)s samenwerkingsverbanden", total=len(data.all)))


def _active_day() -> list[dict[str, str]]:
    compare = days().compare
    if compare is None:
        return []
    day = labels.day_words(compare, language())
    clear = here(**{COMPARE: None, "gewijzigd": None})
    return [{"label": _("Gewijzigd sinds"), "value": day, "clear_url": clear}]


def _active(filters: Filters, data: Portfolio) -> list[dict[str, str]]:
    found, rule, theme = [], filters.chosen_rule(data.programme), filters.theme_title(data.programme)
    if filters.changed and days().compare:
        found.append({"label": _("Toon"), "value": _("alleen gewijzigd"), "clear_url": here(gewijzigd=None)})
    if theme is not None:
        found.append({"label": _("Thema"), "value": theme, "clear_url": here(thema=None)})
    if rule is not None:
        words = labels.words(rule.label, language())
        found.append({"label": _("Regel"), "value": words, "clear_url": here(regel=None)})
    if filters.status:
        words = labels.words(labels.status_label(STATUSES[filters.status]).word, language())
        found.append({"label": _("Status"), "value": words, "clear_url": here(status=None)})
    return found


def _since_choice(data: Portfolio) -> dict[str, Any]:
    tongue, as_of = language(), days().as_of
    listed = [(f"{text}: {labels.day_words(day, tongue)}", day) for text, day in looked_before()]
    keys = (item.on for item in reversed(data.programme.key_dates) if item.on < as_of)
    listed += [(labels.day_words(day, tongue), day) for day in keys]
    options = [{"text": text, "url": here(**{COMPARE: day.isoformat()})} for text, day in listed]
    return {"id": "gewijzigd", "label": _("Gewijzigd sinds"), "value": _("geen"), "options": options}


def _changed_choice() -> dict[str, Any]:
    options = [{"text": _("Alleen gewijzigde regio’s"), "url": here(gewijzigd="ja")}]
    return {"id": "toon", "label": _("Toon"), "value": _("Alle"), "options": options}


def _theme_choice(data: Portfolio) -> dict[str, Any]:
    tongue = language()
    options = [
        {"text": labels.words(item.short or item.title, tongue), "url": here(thema=item.code)}
        for item in data.programme.themes
    ]
    return {"id": "thema", "label": _("Thema"), "value": _("Alle"), "options": options}


def _status_choice() -> dict[str, Any]:
    words = {slug: labels.words(labels.status_label(status).word, language()) for slug, status in STATUSES.items()}
    options = [{"text": text, "url": here(status=slug)} for slug, text in words.items()]
    return {"id": "status", "label": _("Status"), "value": _("Alle"), "options": options}


def _order_choice(data: Portfolio) -> dict[str, Any]:
    """By attention, name or silence, or by one rule with the worst first."""
    tongue, rule = language(), data.filters.order_rule(data.programme)
    listed = [(order, ORDER_WORDS[order]()) for order in ORDERS]
    listed += [(item.rule, labels.words(item.label, tongue)) for item in data.columns]
    chosen = rule.rule if rule is not None else data.filters.order if data.filters.order in ORDERS else ORDERS[0]
    options = [
        {"text": text, "url": here(volgorde=None if key == ORDERS[0] else key), "current": key == chosen}
        for key, text in listed
    ]
    return {"id": "volgorde", "label": _("Volgorde"), "value": dict(listed)[chosen], "options": options}
