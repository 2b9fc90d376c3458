"""Scores of the evaluation topics over the rounds, as small multiples: one panel per topic, the scale always 1 to 5.

A round without a score is a gap in the line with words in it, never zero; nothing is interpolated (pages.md 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

import msgspec

AGREED, OWN, INSURER = "#0B4F7C", "#14212B", "#4A1259"
GREY, BLUE = "#5A6B78", "#0B4F7C"
PER_ROW = 3
GAP = 0.3
WIDTH = 30
"""Characters on a line above a panel."""


class Point(msgspec.Struct, frozen=True):
    """The three scores of one round; empty = no score."""

    on: date
    agreed: int | None = None
    own: int | None = None
    insurer: int | None = None
    follows_gap: bool = False
    """A round was missed before it: the line is broken."""


class Panel(msgspec.Struct, frozen=True):
    """One topic."""

    title: str
    points: tuple[Point, ...]


class Words(msgspec.Struct, frozen=True):
    """What is written in the drawing, in the reader's language."""

    agreed: str
    own: str
    insurer: str
    no_score: str


def score_panels(panels: Sequence[Panel], as_of: date, words: Words) -> dict[str, Any]:
    """Agreed score as line with dots, own score as open circle, insurer's as open diamond."""
    days = [point.on for panel in panels for point in panel.points]
    span = _span(min(days, default=as_of), max(days, default=as_of))
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"showlegend": True, "legend": _LEGEND, "margin": _MARGIN, "annotations": []}
    for number, panel in enumerate(panels):
        axis = str(number + 1) if number else ""
        data += _traces(panel, axis, words, first=number == 0)
        layout |= _axes(number, axis, len(panels), sorted(set(days)), span)
        layout["annotations"] += [_title(panel.title, axis), *_holes(panel, axis, words)]
    return {"data": data, "layout": layout}


def _traces(panel: Panel, axis: str, words: Words, *, first: bool) -> list[dict[str, Any]]:
    x: list[str | None] = []
    y: list[int | None] = []
    for point in panel.points:
        if point.follows_gap:
            x.append(_middle(panel, point).isoformat())
            y.append(None)
        x.append(point.on.isoformat())
        y.append(point.agreed)
    line = {"color": AGREED, "width": 2}
    agreed = {"mode": "lines+markers", "x": x, "y": y, "line": line, "marker": {"size": 9, "color": AGREED}}
    return [
        _named(agreed, words.agreed, axis, first) | {"connectgaps": False},
        _named(_open(panel, "own", "circle-open", OWN), words.own, axis, first),
        _named(_open(panel, "insurer", "diamond-open", INSURER), words.insurer, axis, first),
    ]


def _open(panel: Panel, name: str, symbol: str, colour: str) -> dict[str, Any]:
    """The scores of one party, drawn around the agreed one."""
    scored = [(point.on, getattr(point, name)) for point in panel.points if getattr(point, name) is not None]
    marker = {"symbol": symbol, "size": 15, "color": colour, "line": {"width": 1.75, "color": colour}}
    return {
        "mode": "markers",
        "x": [day.isoformat() for day, _ in scored],
        "y": [score for _, score in scored],
        "marker": marker,
    }


def _named(trace: dict[str, Any], name: str, axis: str, first: bool) -> dict[str, Any]:
    return trace | {
        "type": "scatter",
        "name": name,
        "legendgroup": name,
        "showlegend": first,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hovertemplate": f"%{{x|%-d-%-m-%Y}}: {name} %{{y}}<extra></extra>",
    }


def _axes(
    number: int, axis: str, total: int, days: Sequence[date], span: tuple[date, date]
) -> dict[str, dict[str, Any]]:
    row, column = divmod(number, PER_ROW)
    rows = -(-total // PER_ROW)
    width, space = 0.29, (1 - PER_ROW * 0.29) / (PER_ROW - 1)
    height = (1 - (rows - 1) * GAP) / rows if rows > 1 else 1.0
    top = 1 - row * (height + GAP)
    left = column * (width + space)
    years = sorted({day.year for day in days})
    first_of = {year: min(day for day in days if day.year == year) for year in years}
    return {
        f"xaxis{axis}": {
            "type": "date",
            "anchor": f"y{axis}",
            "domain": [round(left, 4), round(left + width, 4)],
            "range": [span[0].isoformat(), span[1].isoformat()],
            "tickvals": [first_of[year].isoformat() for year in years],
            "ticktext": [str(year) for year in years],
        },
        f"yaxis{axis}": {
            "anchor": f"x{axis}",
            "domain": [round(max(top - height, 0), 4), round(top, 4)],
            "range": [0.5, 5.5],
            "tickvals": [1, 2, 3, 4, 5],
        },
    }


def _title(title: str, axis: str) -> dict[str, Any]:
    place = {"xref": f"x{axis} domain", "yref": f"y{axis} domain", "x": 0, "y": 1, "xanchor": "left", "align": "left"}
    lines = "<br>".join(wrap(title, WIDTH, break_long_words=True)[:2])
    return place | {"yanchor": "bottom", "yshift": 6, "text": lines, "showarrow": False, "font": {"size": 13}}


def _holes(panel: Panel, axis: str, words: Words) -> list[dict[str, Any]]:
    """The words where a round or a score is missing."""
    days = [point.on for point in panel.points if point.agreed is None]
    days += [_middle(panel, point) for point in panel.points if point.follows_gap]
    return [_word(day, 3, words.no_score, axis) for day in days]


def _word(day: date, height: int, text: str, axis: str) -> dict[str, Any]:
    place = {"xref": f"x{axis}", "yref": f"y{axis}", "x": day.isoformat(), "y": height}
    return place | {"text": text, "showarrow": False, "font": {"size": 12, "color": GREY}}


def _middle(panel: Panel, point: Point) -> date:
    former = max(other.on for other in panel.points if other.on < point.on)
    return former + (point.on - former) / 2


def _span(first: date, last: date) -> tuple[date, date]:
    """Some room at both sides, so that no mark is cut."""
    room = timedelta(days=max(60, (last - first).days // 6))
    return first - room, last + room


_LEGEND = {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "itemclick": False, "itemdoubleclick": False}
_MARGIN = {"l": 24, "r": 8, "t": 44, "b": 24}


# --- Many cooperations -----------------------------------------------------------------------------------------------


class Count(msgspec.Struct, frozen=True):
    """How many cooperations agreed on a score in a year; an empty score = the topic got none."""

    year: int
    score: int | None
    number: int


class SpreadPanel(msgspec.Struct, frozen=True):
    """One topic with the spread of its scores."""

    title: str
    counts: tuple[Count, ...]


def spread_panels(panels: Sequence[SpreadPanel], words: Words, unit: str) -> dict[str, Any]:
    """A circle per score and year, as large as the number of cooperations that stands in it. No average is drawn."""
    years = sorted({count.year for panel in panels for count in panel.counts})
    most = max((count.number for panel in panels for count in panel.counts), default=1)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"margin": _MARGIN, "annotations": []}
    for number, panel in enumerate(panels):
        axis = str(number + 1) if number else ""
        data.append(_circles(panel, axis, most, unit))
        layout |= _axes(number, axis, len(panels), [], (date.min, date.max))
        layout[f"xaxis{axis}"] |= _years(years)
        layout["annotations"] += [_title(panel.title, axis), *_unscored(panel, axis, words)]
    return {"data": data, "layout": layout}


def _circles(panel: SpreadPanel, axis: str, most: int, unit: str) -> dict[str, Any]:
    scored = [count for count in panel.counts if count.score is not None]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [count.year for count in scored],
        "y": [count.score for count in scored],
        "text": [str(count.number) for count in scored],
        "textfont": {"size": 12, "color": "#FFFFFF"},
        "marker": {"size": [18 + 12 * (count.number / most) ** 0.5 for count in scored], "color": AGREED, "opacity": 1},
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hovertemplate": f"%{{x}}, score %{{y}}: %{{text}} {unit}<extra></extra>",
    }


def _years(years: Sequence[int]) -> dict[str, Any]:
    first, last = (years[0], years[-1]) if years else (0, 0)
    return {
        "type": "linear",
        "range": [first - 0.6, last + 0.6],
        "tickvals": list(years),
        "ticktext": [str(year) for year in years],
    }


def _unscored(panel: SpreadPanel, axis: str, words: Words) -> list[dict[str, Any]]:
    """Below the scale: how many rounds gave this topic no score."""
    found = []
    for count in panel.counts:
        if count.score is None:
            place = {"xref": f"x{axis}", "yref": f"y{axis} domain", "x": count.year, "y": 0.02, "yanchor": "bottom"}
            text = f"{count.number} {words.no_score}"
            found.append(place | {"text": text, "showarrow": False, "font": {"size": 12, "color": GREY}})
    return found
