"""The rules and routes of the money in one year, per party, with what began and what ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.programme import Programme, Requirement, Route
from tracker.domain.rule_kinds import KINDS, Subject
from tracker.exchange.tables import Column, Table, Value
from tracker.web.articles_view import articles_table, has_articles
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import fictional, language
from tracker.web.passages_view import passage_view
from tracker.web.programmes_view import owner_words

MONEY = frozenset({Subject.OI_CLAIM, Subject.APPLICATION, Subject.SERVICE, Subject.OPEN_CLAIM, Subject.ACCREDITATION})
MONEY_KINDS = frozenset(
    {"no_double_funding_computed", "no_double_funding_agreed", "stream_fits_purpose", "s3_needs_contract", "mtvp"}
)


def years(programmes: Iterable[Programme]) -> list[int]:
    """The years about which the programme files say something of money."""
    found = {days().as_of.year}
    for programme in programmes:
        for route in programme.routes:
            found |= {day.year for day in (route.valid_from, route.valid_to) if day is not None}
    return list(range(min(found), max(found) + 1))


def chosen_year(programmes: Sequence[Programme]) -> int:
    """The year of the address; that of the reference day when it is none of the known ones."""
    wanted = request.args.get("jaar", "")
    held = {str(year): year for year in years(programmes)}
    return held.get(wanted, days().as_of.year)


def in_year(item: Programme | Requirement | Route, year: int) -> bool:
    """Was it valid on a day of the year?"""
    starts = item.valid_from is None or item.valid_from.year <= year
    return starts and (item.valid_to is None or year <= item.valid_to.year)


def money_rules(programme: Programme, year: int) -> list[Requirement]:
    """The rules about money that this edition asks in the year."""
    return [item for item in programme.requirements if in_year(item, year) and _is_money(item)]


def _is_money(item: Requirement) -> bool:
    return KINDS[item.kind].subject in MONEY or item.kind in MONEY_KINDS


def rules_page(programmes: Sequence[Programme]) -> dict[str, Any]:
    """The view model of templates/funding/rules.html."""
    year = chosen_year(programmes)
    filters = [_("jaar %(year)s", year=year)]
    return {
        "head": _head(year),
        "year": year,
        "years": [
            {"text": str(one), "url": here(jaar=str(one)), "current": one == year, "count": _count(programmes, one)}
            for one in years(programmes)
        ],
        "began": _turned(programmes, lambda route: route.valid_from is not None and route.valid_from.year == year),
        "ended": _turned(programmes, lambda route: route.valid_to is not None and route.valid_to.year == year - 1),
        "parties": [_party(item, year) for item in _of_year(programmes, year)],
        "articles": [articles_card(item) for item in programmes if has_articles(item) and in_year(item, year)],
        "filters": filters,
        "downloads": download_links("regels"),
        "source": source_line(filters),
    }


def _head(year: int) -> dict[str, Any]:
    return {
        "title": _("Regels voor bekostiging in %(year)s", year=year),
        "fictional": fictional(),
        "crumbs": [{"text": _("Bekostiging"), "url": link("funding.index")}, {"text": _("Regels")}],
        "lead": _("Elke regel hoort bij een partij en een periode. Wat in een ander jaar gold, telt hier niet."),
        "buttons": [
            {"text": _("Naar de rekenhulpen"), "url": "#rekenhulpen"},
            {"text": _("Afdrukken"), "print": True},
        ],
    }


def _count(programmes: Iterable[Programme], year: int) -> int:
    return sum(len(money_rules(item, year)) for item in programmes if in_year(item, year))


def _of_year(programmes: Iterable[Programme], year: int) -> list[Programme]:
    """The editions of the year that say something of money, the national one last."""
    held = [item for item in programmes if in_year(item, year) and (money_rules(item, year) or item.routes)]
    return sorted(held, key=lambda item: (item.national, owner_words(item)))


def _turned(programmes: Iterable[Programme], fits: Any) -> list[str]:
    return [
        f"{labels.words(route.title, language())} ({owner_words(item)})"
        for item in programmes
        for route in item.routes
        if fits(route)
    ]


def _party(programme: Programme, year: int) -> dict[str, Any]:
    tongue = language()
    return {
        "title": owner_words(programme),
        "programme": labels.words(programme.title, tongue),
        "rules": [_rule(item, programme) for item in money_rules(programme, year)],
        "routes": [_route(item) for item in programme.routes if in_year(item, year)],
    }


def _rule(item: Requirement, programme: Programme) -> dict[str, Any]:
    return {
        "code": item.rule,
        "title": labels.words(item.title, language()),
        "plain": labels.words(item.plain, language()),
        "ours": item.ours,
        "source": passage_view(item.source, programme),
    }


def _route(item: Route) -> dict[str, Any]:
    tongue = language()
    return {
        "title": labels.words(item.title, tongue),
        "text": labels.words(item.text, tongue),
        "period": period_words(item),
    }


def period_words(item: Any) -> str:
    """From when to when something is valid."""
    tongue, start, end = language(), item.valid_from, item.valid_to
    if start and end:
        word = _("t/m")
        return f"{labels.day_short(start, tongue)} {word} {labels.day_short(end, tongue)}"
    if start:
        return str(_("vanaf %(day)s", day=labels.day_short(start, tongue)))
    return str(_("t/m %(day)s", day=labels.day_short(end, tongue)) if end else _("zonder einddatum"))


def articles_card(programme: Programme) -> dict[str, Any]:
    """The articles on innovation of one insurer side by side."""
    return {
        "title": _("Drie aanvragen van %(insurer)s naast elkaar", insurer=owner_words(programme)),
        "table": shown(articles_table(programme), wide=True),
        "url": link("funding.rules", formaat="xlsx", tabel=f"artikelen-{programme.key}"),
        "note": _(
            "Bron: %(programme)s. Tarieven van %(insurer)s gelden niet voor andere verzekeraars.",
            programme=labels.words(programme.title, language()),
            insurer=owner_words(programme),
        ),
    }


def rules_table(programmes: Sequence[Programme]) -> Table:
    """The rules and routes of the year as a file."""
    tongue, year = language(), chosen_year(programmes)
    rows: list[tuple[Value, ...]] = []
    for item in _of_year(programmes, year):
        for rule in money_rules(item, year):
            place = f"{rule.source.document}:{rule.source.place}"
            title, said = labels.words(rule.title, tongue), labels.words(rule.plain, tongue)
            rows.append((owner_words(item), _("regel"), rule.rule, title, said, period_words(item), place))
        for route in item.routes:
            if in_year(route, year):
                place = f"{route.source.document}:{route.source.place}"
                title, said = labels.words(route.title, tongue), labels.words(route.text, tongue)
                rows.append((owner_words(item), _("route"), route.rule or "", title, said, period_words(route), place))
    heads = {
        _("Van wie"): 20,
        _("Soort"): 10,
        _("Regel"): 8,
        _("Titel"): 44,
        _("Inhoud"): 90,
        _("Geldig"): 24,
        _("Bron"): 14,
    }
    columns = tuple(Column(head, width=width) for head, width in heads.items())
    return Table(title=_("Regels voor bekostiging in %(year)s", year=year), columns=columns, rows=tuple(rows))
