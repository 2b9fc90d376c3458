"""How many practices use a digital service over time, as small multiples beside published figures.

A published figure is background, never a norm. Points of one series, one question to one population, may share a line;
figures of different populations never do. A share that may not be shown is a gap in the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

import msgspec

USED, OFFERED, BLUE = "#0B4F7C", "#8DB6D3", "#0B4F7C"
NATIONAL = ("#B84A00", "#4A1259", "#00806B", "#66747E", "#960F2A")
SYMBOLS = ("square", "diamond", "triangle-up", "circle", "cross", "star", "triangle-down")
DASHES = ("dash", "dashdot", "dot", "longdash", "longdashdot")
PER_ROW = 2
GAP = 0.11
WIDTH = 44
"""Characters on a line above a panel."""
FIRST = date(2018, 1, 1)


class Step(msgspec.Struct, frozen=True):
    """Shares in percent from a day on; empty = may not be shown, or nobody to count."""

    on: date
    used: float | None
    offered: float | None


class Published(msgspec.Struct, frozen=True):
    """One published figure."""

    series: str
    population: str
    """Of whom; one population has one mark in all panels."""
    on: date
    value: float
    label: str
    """`huisartsenpraktijken (Nivel), 4-2020, bron Nivel`."""


class Panel(msgspec.Struct, frozen=True):
    """One service."""

    title: str
    steps: tuple[Step, ...]
    published: tuple[Published, ...]


class Words(msgspec.Struct, frozen=True):
    """What is written in the drawing, in the reader's language."""

    used: str
    offered: str
    as_of: str


def adoption_panels(panels: Sequence[Panel], as_of: date, words: Words) -> dict[str, Any]:
    """A panel for each service: used and offered as step lines, published figures as marks."""
    data: list[dict[str, Any]] = []
    looks = _looks(panels)
    named: set[str] = set()
    layout: dict[str, Any] = {"showlegend": True, "legend": _LEGEND, "margin": _MARGIN, "annotations": [], "shapes": []}
    for number, panel in enumerate(panels):
        axis = str(number + 1) if number else ""
        data += [*_lines(panel, axis, words, first=number == 0), *_marks(panel, axis, looks, named)]
        layout |= _axes(number, axis, len(panels), as_of)
        layout["annotations"] += [_title(panel.title, axis), *_ends(panel, axis)]
        layout["shapes"].append(_now(axis, as_of))
    return {"data": data, "layout": layout}


def _lines(panel: Panel, axis: str, words: Words, *, first: bool) -> list[dict[str, Any]]:
    days = [step.on.isoformat() for step in panel.steps]
    found = []
    for name, values, colour, width in (
        (words.offered, [step.offered for step in panel.steps], OFFERED, 1.5),
        (words.used, [step.used for step in panel.steps], USED, 2.5),
    ):
        found.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "legendgroup": name,
                "showlegend": first,
                "x": days,
                "y": values,
                "connectgaps": False,
                "line": {"color": colour, "width": width, "shape": "hv"},
                "xaxis": f"x{axis}",
                "yaxis": f"y{axis}",
                "hovertemplate": f"%{{x|%-d-%-m-%Y}}: {name} %{{y:.0f}}%<extra></extra>",
            }
        )
    return found


def _looks(panels: Sequence[Panel]) -> dict[str, tuple[str, str, str]]:
    """Colour, mark and dash of each population, the same in every panel."""
    populations = dict.fromkeys(item.population for panel in panels for item in panel.published)
    return {
        name: (NATIONAL[place % len(NATIONAL)], SYMBOLS[place % len(SYMBOLS)], DASHES[place % len(DASHES)])
        for place, name in enumerate(populations)
    }


def _marks(panel: Panel, axis: str, looks: dict[str, tuple[str, str, str]], named: set[str]) -> list[dict[str, Any]]:
    """One trace per series: a line only between figures of the same population and question."""
    found = []
    for name in dict.fromkeys(item.series for item in panel.published):
        held = sorted((item for item in panel.published if item.series == name), key=lambda item: item.on)
        population = held[0].population
        colour, symbol, dash = looks[population]
        found.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if len(held) > 1 else "markers",
                "name": population,
                "legendgroup": population,
                "showlegend": population not in named,
                "x": [item.on.isoformat() for item in held],
                "y": [item.value for item in held],
                "text": [item.label for item in held],
                "marker": {"symbol": symbol, "size": 9, "color": colour},
                "line": {"color": colour, "width": 1.25, "dash": dash},
                "xaxis": f"x{axis}",
                "yaxis": f"y{axis}",
                "hovertemplate": "%{text}: %{y}%<extra></extra>",
            }
        )
        named.add(population)
    return found


def _axes(number: int, axis: str, total: int, as_of: date) -> dict[str, dict[str, Any]]:
    row, column = divmod(number, PER_ROW)
    rows = -(-total // PER_ROW)
    height = (1 - (rows - 1) * GAP) / rows if rows > 1 else 1.0
    top = 1 - row * (height + GAP)
    left = column * 0.52
    return {
        f"xaxis{axis}": {
            "type": "date",
            "anchor": f"y{axis}",
            "domain": [left, left + 0.44],
            "range": [FIRST.isoformat(), date(as_of.year, 12, 31).isoformat()],
            "dtick": "M24",
            "tickformat": "%Y",
        },
        f"yaxis{axis}": {
            "anchor": f"x{axis}",
            "domain": [max(top - height, 0.0), top],
            "range": [0, 104],
            "tickvals": [0, 50, 100],
            "ticksuffix": "%",
        },
    }


def _title(title: str, axis: str) -> dict[str, Any]:
    lines = wrap(title, WIDTH) or [title]
    return {
        "text": "<br>".join(lines),
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "x": 0,
        "y": 1.03,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13},
    }


def _ends(panel: Panel, axis: str) -> list[dict[str, Any]]:
    """The last share as a number at the end of its line."""
    last = panel.steps[-1] if panel.steps else None
    if last is None or last.used is None:
        return []
    place = {"x": last.on.isoformat(), "y": last.used, "xref": f"x{axis}", "yref": f"y{axis}"}
    look = {"showarrow": False, "xanchor": "left", "xshift": 4, "font": {"size": 12, "color": USED}}
    return [{**place, **look, "text": f"{last.used:.0f}%"}]


def _now(axis: str, as_of: date) -> dict[str, Any]:
    day = as_of.isoformat()
    line = {"color": BLUE, "width": 1, "dash": "dot"}
    across = {"xref": f"x{axis}", "yref": f"y{axis} domain", "x0": day, "x1": day, "y0": 0, "y1": 1}
    return {"type": "line", **across, "line": line}


_LEGEND = {"orientation": "h", "x": 0, "y": -0.06, "yanchor": "top", "font": {"size": 12}}
_MARGIN = {"l": 44, "r": 40, "t": 44, "b": 110}
