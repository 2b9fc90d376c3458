"""Palette and manner of every chart (pages.md 6). Colour is never the only carrier: line and marker differ too."""

from __future__ import annotations

from typing import Any

THEMES: tuple[tuple[str, str, str], ...] = (
    ("#1F3FA8", "solid", "circle"),
    ("#B84A00", "dash", "square"),
    ("#4A1259", "solid", "diamond"),
    ("#00806B", "dot", "triangle-up"),
)
"""Colour, line and marker of the themes in their order; a fifth one starts again."""
PHASES = {"selected": "#CFE0EC", "pilot": "#8DB6D3", "implementing": "#2F719E", "in_use": "#083A5C"}
KC = {
    "intake_sent": "#A9CBE2",
    "in_assessment": "#2F719E",
    "positive": "#006B5E",
    "negative": "#960F2A",
    "withdrawn": "#66747E",
}
FINANCING = {"s3": "#2F719E", "regional_performance": "#C9B458"}
INK, INK_3, BRAND, GRID = "#14212B", "#5A6B78", "#0B4F7C", "#E6ECF0"


def theme_look(place: int) -> tuple[str, str, str]:
    """Colour, line and marker of the theme at a place."""
    return THEMES[place % len(THEMES)]


def day_line(day: str, colour: str = BRAND, dash: str = "solid") -> dict[str, Any]:
    """A vertical line on a day: blue for the peildatum, dotted grey for a target date."""
    line = {"color": colour, "dash": dash, "width": 1.5}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": line}


def words_at(text: str, x: Any, y: Any, **more: Any) -> dict[str, Any]:
    """Words in the drawing, without an arrow."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 12, "color": INK}, **more}
