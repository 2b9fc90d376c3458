"""Adoption curves of digital services beside the published figures, as a figure with its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.charts.adoption import FIRST, Panel, Published, Step, Words, adoption_panels
from tracker.domain.practice_totals import Point
from tracker.domain.privacy import share
from tracker.domain.programme import Figure
from tracker.exchange.tables import Column, Table, Value
from tracker.programmes import load_programmes
from tracker.queries.practices import adoption_of
from tracker.web.dates import days
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language
from tracker.web.region import codes, minimum, share_words, words

WHICH = "gebruik"
RECENT = 4
"""Ends of years, the day itself included, that a phone shows side by side."""


def sampled(as_of: date) -> list[date]:
    """The first day of every quarter, and the day itself."""
    listed = [date(year, month, 1) for year in range(FIRST.year, as_of.year + 1) for month in (1, 4, 7, 10)]
    return [*(day for day in listed if day < as_of), as_of]


def adoption_figure(code: str, name: str, sees_practices: bool) -> dict[str, Any]:
    """The view model of components/figure.html: one panel per service that was ever offered in the region."""
    now = days()
    held = adoption_of((code,), now.as_of, sampled(now.as_of), known_at=now.known_at)
    panels = [_panel(service, points, sees_practices) for service, points in held.items()]
    yearly = _yearly(code)
    caption = _caption(held, sees_practices)
    return {
        "id": "gebruik",
        "title": _("Gebruik van digitale diensten in %(region)s", region=name),
        "caption": caption,
        "caption_text": caption,
        "plot": adoption_panels(panels, now.as_of, _words()) if panels else None,
        "height": f"panels-{min(-(-len(panels) // 2), 6)}",
        "measures": _measures(yearly, sees_practices) if panels else None,
        "table": shown(_table(yearly, sees_practices), wide=True),
        "source": _("%(line)s. Landelijke cijfers zijn achtergrond, geen norm.", line=source_line()),
        "downloads": download_links(WHICH),
        "png": f"gebruik-{code}",
        "empty": None if panels else {"title": _("Nog geen gebruik van digitale diensten vastgelegd.")},
    }


def _words() -> Words:
    return Words(used=_("gebruikt"), offered=_("aangeboden"), as_of=_("peildatum"))


def _caption(held: dict[str, tuple[Point, ...]], sees_practices: bool) -> str:
    """The most and the least used service on the day."""
    last = {service: _share(points[-1].used, points[-1].of, sees_practices) for service, points in held.items()}
    known = sorted(((value, service) for service, value in last.items() if value is not None), reverse=True)
    parts = []
    if known:
        (most, first), (least, final) = known[0], known[-1]
        parts.append(
            _(
                "%(first)s wordt het meest gebruikt (%(most)s), %(final)s het minst (%(least)s).",
                first=service_word(first),
                most=labels.percentage(round(most), language()),
                final=service_word(final).lower(),
                least=labels.percentage(round(least), language()),
            )
        )
    if not sees_practices:
        parts.append(_("Getallen die iets over een enkele praktijk zouden zeggen, zijn weggelaten."))
    return " ".join(str(part) for part in parts)


def service_word(code: str) -> str:
    """The name of a service; a direction without components goes by its short name."""
    direction = codes().directions.get(code)
    title = direction.short if direction is not None else codes().services.get(code)
    return words(title) if title is not None else code


def _share(n: int, of: int, sees_practices: bool) -> float | None:
    """A percentage; None where nobody is counted or the number may not be shown."""
    if not of:
        return None
    if sees_practices:
        return 100 * n / of
    said = share(n, of, minimum())
    return None if said.n is None else 100 * said.n / of


def _panel(service: str, points: Sequence[Point], sees_practices: bool) -> Panel:
    steps = tuple(
        Step(point.day, _share(point.used, point.of, sees_practices), _share(point.offered, point.of, sees_practices))
        for point in points
    )
    marks = tuple(
        Published(item.series, words(item.population), day_of(item), float(item.value_pct), figure_words(item))
        for item in figures_of(service)
        if item.value_pct is not None and day_of(item) >= FIRST and day_of(item) <= days().as_of
    )
    return Panel(f"{service} {service_word(service)}", steps, marks)


def figures_of(service: str) -> list[Figure]:
    """The published figures about a service, by series and time."""
    held = [item for programme in load_programmes() for item in programme.figures if item.code == service]
    return sorted(held, key=lambda item: (item.series, day_of(item)))


def day_of(item: Figure) -> date:
    """Where a figure stands in time: its month, else the middle of its year."""
    return date(item.year, item.month or 7, 1)


def figure_words(item: Figure) -> str:
    """`huisartsenpraktijken (Nivel), april 2020, bron Nivel`."""
    when = f"{item.month}-{item.year}" if item.month else str(item.year)
    return str(_("%(who)s, %(when)s, bron %(source)s", who=words(item.population), when=when, source=item.source))


def adoption_table(code: str, sees_practices: bool) -> Table:
    """The rows of the drawing: the region at the end of each year and on the day, and every published figure."""
    return _table(_yearly(code), sees_practices)


def _yearly(code: str) -> dict[str, tuple[Point, ...]]:
    """Per service how many practices used it at the end of each year and on the day."""
    now = days()
    ends = [date(year, 12, 31) for year in range(FIRST.year, now.as_of.year) if date(year, 12, 31) < now.as_of]
    return adoption_of((code,), now.as_of, [*ends, now.as_of], known_at=now.known_at)


def _measures(held: dict[str, tuple[Point, ...]], sees_practices: bool) -> list[dict[str, Any]]:
    """On a phone: of each service the share of practices at the end of the latest years, and on the day."""
    return [
        {
            "title": f"{service} {service_word(service)}",
            "cells": [_measure(point, sees_practices) for point in points[-RECENT:] if point.of],
        }
        for service, points in held.items()
    ]


def _measure(point: Point, sees_practices: bool) -> dict[str, str]:
    now = point.day == days().as_of
    value = _share(point.used, point.of, sees_practices)
    few = _("minder dan %(least)s", least=minimum())
    return {
        "head": _("nu") if now else _("eind %(year)s", year=point.day.year),
        "text": few if value is None else labels.percentage(round(value), language()),
    }


def _table(held: dict[str, tuple[Point, ...]], sees_practices: bool) -> Table:
    columns = (
        Column(_("Dienst"), width=30),
        Column(_("Wie"), width=40),
        Column(_("Wanneer"), width=14),
        Column(_("Gebruikt"), "percent"),
        Column(_("Aangeboden"), "percent"),
        Column(_("Praktijken"), "number"),
        Column(_("Bron"), width=40),
    )
    rows: list[tuple[Value, ...]] = []
    for service, points in held.items():
        name = f"{service} {service_word(service)}"
        rows += [_own(name, point, sees_practices) for point in points if point.of]
        rows += [_published(name, item) for item in figures_of(service)]
    return Table(title=_("Gebruik van digitale diensten"), columns=columns, rows=tuple(rows))


def _own(name: str, point: Point, sees_practices: bool) -> tuple[Value, ...]:
    return (
        name,
        _("praktijken van deze regio"),
        labels.day_short(point.day, language()),
        _percent(point.used, point.of, sees_practices),
        _percent(point.offered, point.of, sees_practices),
        point.of if sees_practices or point.of >= minimum() else _("minder dan %(least)s", least=minimum()),
        "Regiotracker",
    )


def _percent(n: int, of: int, sees_practices: bool) -> Value:
    value = _share(n, of, sees_practices)
    return round(value) if value is not None else share_words(n, of)


def _published(name: str, item: Figure) -> tuple[Value, ...]:
    when = f"{item.month}-{item.year}" if item.month else str(item.year)
    value: Value = item.value_pct if item.value_pct is not None else words(item.title)
    counted: Value = item.count if item.count is not None else ""
    return (name, words(item.population), when, value, "", counted, item.source)
