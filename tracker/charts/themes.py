"""Themes in progress: one step line per theme, named and numbered at its end; the target date as a dotted line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import msgspec

from tracker.charts.theme import INK_3, day_line, theme_look, words_at

LINE_HEIGHT = 0.58
"""Of a chart of eight regions: how much room a line of words takes at the end of a theme."""
WIDTH = 20
"""Characters on a line beside the end of a theme."""


class Line(msgspec.Struct, frozen=True):
    """One theme: its name and (day, number) from the first day on."""

    title: str
    steps: tuple[tuple[date, int], ...]


class Target(msgspec.Struct, frozen=True):
    """A day of the programme with its words."""

    on: date
    title: str


def theme_lines(lines: Sequence[Line], as_of: date, among: int, target: Target | None = None) -> dict[str, Any]:
    """The plotly figure; nothing is drawn after the peildatum but the target date."""
    data = [_trace(line, place, as_of) for place, line in enumerate(lines)]
    annotations = [_end(line, place, heights, as_of) for place, (line, heights) in enumerate(_spread(lines, among))]
    shapes = []
    if target is not None:
        shapes.append(day_line(target.on.isoformat(), INK_3, "dot"))
        above = {"yref": "paper", "yanchor": "top", "xanchor": "right", "align": "right", "xshift": -4}
        annotations.append(words_at("<br>".join(wrap(target.title, WIDTH)), target.on.isoformat(), 1, **above))
    top = max(among, 1)
    layout = {
        "xaxis": {"type": "date", "tickformat": "%Y", "dtick": "M12", "range": _span(lines, as_of, target)},
        "yaxis": {"range": [0, top + 0.35], "tickformat": ",.0f", "dtick": _tick(top), "rangemode": "tozero"},
        "margin": {"l": 32, "r": 172, "t": 12, "b": 28},
        "shapes": shapes,
        "annotations": annotations,
        "hovermode": "closest",
    }
    return {"data": data, "layout": layout}


def _trace(line: Line, place: int, as_of: date) -> dict[str, Any]:
    colour, dash, marker = theme_look(place)
    days = [day.isoformat() for day, _number in line.steps] + [as_of.isoformat()]
    numbers = [number for _day, number in line.steps]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.title,
        "x": days,
        "y": [*numbers, numbers[-1]],
        "line": {"color": colour, "dash": dash, "width": 2.5, "shape": "hv"},
        # A marker at the end alone: that is where the words stand.
        "marker": {"color": colour, "symbol": marker, "size": [0] * len(numbers) + [9], "opacity": 1},
        "cliponaxis": False,
        "hovertemplate": f"{line.title}: %{{y}} (%{{x|%-d-%-m-%Y}})<extra></extra>",
    }


def _spread(lines: Sequence[Line], among: int) -> list[tuple[Line, float]]:
    """Each line with the height of its words: those that end together are moved apart."""
    height = LINE_HEIGHT * max(among, 1) / 8
    order = sorted(range(len(lines)), key=lambda place: (lines[place].steps[-1][1], -place))
    heights: dict[int, float] = {}
    top = float("-inf")
    for place in order:
        own = height * len(wrap(lines[place].title, WIDTH)) / 2
        heights[place] = max(float(lines[place].steps[-1][1]), top + own)
        top = heights[place] + own
    return [(line, heights[place]) for place, line in enumerate(lines)]


def _end(line: Line, place: int, height: float, as_of: date) -> dict[str, Any]:
    colour, _dash, _marker = theme_look(place)
    text = f"{line.steps[-1][1]}  " + "<br>".join(wrap(line.title, WIDTH))
    look = {"xanchor": "left", "xshift": 10, "align": "left", "font": {"size": 12.5, "color": colour}}
    return words_at(text, as_of.isoformat(), height, **look)


def _span(lines: Sequence[Line], as_of: date, target: Target | None) -> list[str]:
    first = min((line.steps[0][0] for line in lines), default=as_of)
    last = max(as_of, target.on) if target is not None and target.on.year <= as_of.year + 1 else as_of
    return [first.isoformat(), last.isoformat()]


def _tick(top: int) -> int:
    """Whole numbers, at most some six of them."""
    return next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if top <= step * 6), 1000)
