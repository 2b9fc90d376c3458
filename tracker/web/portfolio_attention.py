"""What asks for attention, themes in progress and what changed: the lower half of the portfolio."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.charts.themes import Line, Target, theme_lines
from tracker.domain.amounts import plain
from tracker.domain.attention import Point, Region, attention
from tracker.domain.changes import Change, finding_changes, in_order
from tracker.exchange.tables import Column, Table
from tracker.queries.worked_out import worked_out
from tracker.web.changes_view import sentence
from tracker.web.chips import chip_of
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language
from tracker.web.portfolio_data import Portfolio
from tracker.web.why_view import why_url

MOST_POINTS, MOST_CHANGES = 7, 6
ATTENTION, ALL = "aandacht", "alle"
"""In the address: every point instead of the heaviest."""


def attention_points(data: Portfolio) -> tuple[Point, ...]:
    """Everything that asks for attention in the reader's regions, whatever the filters."""
    seen, as_of = tuple(row.seen for row in data.all), days().as_of
    return worked_out(
        (data.programme, *seen),
        ("attention", as_of),
        lambda: attention([Region(item.dossier, item.findings) for item in seen], data.programme, as_of),
    )


def attention_card(data: Portfolio) -> dict[str, Any]:
    """The list of templates/components/attention.html: at most seven, the heaviest first."""
    points = attention_points(data)
    if not points:
        return {"text": _("Niets vraagt nu aandacht."), "points": [], "link": None}
    is_whole = request.args.get(ATTENTION) == ALL
    shown_now = points if is_whole else points[:MOST_POINTS]
    said = (
        _("%(shown)s van %(total)s punten, het zwaarste eerst.", shown=len(shown_now), total=len(points))
        if len(points) > len(shown_now)
        else ngettext("%(num)s punt.", "%(num)s punten, het zwaarste eerst.", len(points))
    )
    order = _("De volgorde volgt uit geld, duur en aantal regio’s.")
    return {
        "text": f"{said} {order}",
        "points": [_point(item) for item in shown_now],
        "link": _more_or_less(len(points), is_whole),
    }


def _more_or_less(total: int, is_whole: bool) -> dict[str, str] | None:
    """The way to all points, and back to the heaviest."""
    if total <= MOST_POINTS:
        return None
    if is_whole:
        text, url = _("Alleen de zwaarste %(number)s", number=MOST_POINTS), here(**{ATTENTION: None})
    else:
        text, url = _("Alle %(number)s punten", number=total), here(**{ATTENTION: ALL})
    return {"text": text, "url": f"{url}#aandacht"}


def _point(point: Point) -> dict[str, Any]:
    return {
        "status": chip_of(point.status, of=point.finding if point.finding.status is point.status else None),
        "title": labels.text(point.title, language()),
        "text": facts_of(point),
        "url": why_url(point.finding, point.cooperation),
        "since": since_words(point),
    }


def facts_of(point: Point) -> str:
    """One line of facts, with the money that is touched."""
    tongue = language()
    said = [labels.text(item, tongue) for item in point.facts]
    if point.euros:
        euros = f"€\N{NO-BREAK SPACE}{labels.number(plain(point.euros), tongue)}"
        said.append(_("raakt %(euros)s per jaar", euros=euros))
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in said)


def since_words(point: Point) -> str:
    """`sinds 2-9-2024`, or how many days are left."""
    if point.until is not None:
        return str(_("over %(days)s", days=labels.days(-point.days, language())))
    if point.since is not None:
        return str(_("sinds %(day)s", day=labels.day_short(point.since, language())))
    return ""


# --- themes ---


def themes_figure(data: Portfolio) -> dict[str, Any]:
    """The view model of templates/components/figure.html."""
    tongue, found = language(), data.progress
    lines = [
        Line(
            labels.words(item.theme.short or item.theme.title, tongue),
            tuple((step.on, step.regions) for step in item.steps),
        )
        for item in found
    ]
    caption = _caption(lines, len(data.all))
    table = themes_table(data)
    return {
        "id": "themas",
        "title": _("Thema’s in uitvoering"),
        "caption": caption,
        "caption_text": caption,
        "plot": theme_lines(lines, days().as_of, len(data.all), _target(data)),
        "height": "normal",
        "measures": _measures(data),
        "table": shown(table),
        "source": source_line(),
        "downloads": download_links("themas"),
        "png": "themas-in-uitvoering",
    }


def _measures(data: Portfolio) -> list[dict[str, Any]]:
    """On a phone: each theme at the end of every year, and on the peildatum."""
    as_of, found = days().as_of, data.progress
    first = min((item.steps[0].on.year for item in found), default=as_of.year)
    ends = [date(year, 12, 31) for year in range(first, as_of.year)]
    heads = [(day, _("eind %(year)s", year=day.year)) for day in ends] + [(as_of, _("nu"))]
    return [
        {
            "title": labels.words(item.theme.short or item.theme.title, language()),
            "cells": [{"head": head, "text": str(item.on(day))} for day, head in heads],
        }
        for item in found
    ]


def _caption(lines: list[Line], among: int) -> str:
    if not lines:
        return ""
    most, least = max(lines, key=lambda line: line.steps[-1][1]), min(lines, key=lambda line: line.steps[-1][1])
    top, low = most.steps[-1][1], least.steps[-1][1]
    if top == low:
        return str(_("Aan elk thema werken %(top)s van de %(among)s regio’s.", top=top, among=among))
    said = ngettext(
        "%(num)s van de %(among)s regio’s werkt aan %(theme)s.",
        "%(num)s van de %(among)s regio’s werken aan %(theme)s.",
        top,
        among=among,
        theme=most.title,
    )
    idle = labels.listed([line.title for line in lines if not line.steps[-1][1]], language())
    fewest = _("Bij %(theme)s zijn het er %(low)s.", theme=least.title, low=low)
    return f"{said} {fewest if low else _nobody(idle)}"


def _nobody(themes: str) -> str:
    return str(_("Aan %(themes)s werkt nog geen regio.", themes=themes))


def _target(data: Portfolio) -> Target | None:
    """The day by which every theme should be at work, where the programme names one."""
    horizon = data.programme.switches.get("horizon")
    marked = next((item for item in data.programme.key_dates if item.on == horizon), None)
    if marked is None:
        return None
    day = labels.day_short(marked.on, language())
    return Target(marked.on, f"{labels.words(marked.title, language())} {day}")


def themes_table(data: Portfolio) -> Table:
    """The rows of the chart: every day on which a number changed."""
    tongue, found = language(), data.progress
    turns = sorted({step.on for item in found for step in item.steps} | {days().as_of})
    heads = tuple(
        Column(labels.words(item.theme.short or item.theme.title, tongue), "number", _("regio’s")) for item in found
    )
    return Table(
        title=_("Thema’s in uitvoering"),
        columns=(Column(_("Vanaf"), "day"), *heads),
        rows=tuple((day, *(item.on(day) for item in found)) for day in turns),
    )


# --- changes ---


def changes_of(data: Portfolio) -> tuple[Change, ...]:
    """What changed in the rules of this page since the compare date."""
    now = days()
    found: list[Change] = []
    if now.compare is None:
        return ()
    since, until = sorted((now.compare, now.as_of))
    for row in data.all:
        if row.before is not None:
            early, late = (row.before, row.seen) if now.compare <= now.as_of else (row.seen, row.before)
            found += finding_changes(early.findings, late.findings, dossier=row.seen.dossier, since=since, until=until)
    return in_order(found)


def changes_card(data: Portfolio) -> dict[str, Any] | None:
    """The sentences of change, worst first; None without a compare date."""
    compare = days().compare
    if compare is None:
        return None
    return {
        "day": labels.day_words(compare, language()),
        "sentences": [sentence(item) for item in changes_of(data)[:MOST_CHANGES]],
        "url": link("changes.index"),
    }
