"""What an item is paid from, day by day, against the line of 100% (pages.md 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec

HUNDRED = Decimal(100)
COLOURS = {
    "s3": "#2F719E",
    "regional_performance": "#C9B458",
    "oi": "#083A5C",
    "own_means": "#66747E",
}
OTHER = ("#8DB6D3", "#4A1259", "#00806B", "#B84A00")
RED, RED_TINT, BLUE, INK = "#960F2A", "#FBE9EA", "#0B4F7C", "#14212B"
_LIGHT = frozenset({COLOURS["regional_performance"], OTHER[0]})
"""Grounds on which white words would not be read."""
_DAY = 86_400_000
_YEAR = 366
_WRITTEN, _HIGH = 250, 12
"""Days and percentages: a smaller bar holds no words."""


class Part(msgspec.Struct, frozen=True):
    """What one stream pays of the item on a run of days."""

    stream: str
    label: str
    """Written in the bar: `S3 70%`."""
    hover: str
    from_on: date
    to_on: date
    share_pct: Decimal


class Words(msgspec.Struct, frozen=True):
    """What is written in the drawing, in the reader's language."""

    limit: str
    """`grens 100%`"""
    too_much: str
    """`{share} te veel`"""
    as_of: str
    """`peildatum`"""


def financing(parts: Sequence[Part], as_of: date, words: Words) -> dict[str, Any]:
    """Bars as wide as their days, stacked; what lies above 100% is hatched red. Nothing is drawn after the day."""
    highest = max([_total(parts, part.from_on) for part in parts], default=HUNDRED)
    top = max(float(highest), 100.0) * 1.15
    colours = _colours(parts)
    pieces = _pieces(parts)
    data = [_bar(piece, colours) for piece in pieces]
    start = min([part.from_on for part in parts], default=as_of)
    return {"data": data, "layout": _layout(start, as_of, top, words, [item for item in pieces if item.is_too_much])}


def _total(parts: Sequence[Part], day: date) -> Decimal:
    return sum((part.share_pct for part in parts if part.from_on <= day <= part.to_on), Decimal(0))


def _colours(parts: Sequence[Part]) -> dict[str, str]:
    free = iter(OTHER * 3)
    streams = dict.fromkeys(part.stream for part in parts)
    return {stream: COLOURS.get(stream) or next(free) for stream in streams}


class _Piece(msgspec.Struct, frozen=True):
    part: Part
    to_on: date
    base: Decimal
    height: Decimal
    is_too_much: bool


def _pieces(parts: Sequence[Part]) -> list[_Piece]:
    """Every part on top of those below it on its first day, cut at 100%; what goes on unchanged is one piece."""
    found: list[_Piece] = []
    heights: dict[date, Decimal] = {}
    for part in parts:
        base = heights.get(part.from_on, Decimal(0))
        heights[part.from_on] = top = base + part.share_pct
        below, above = min(top, HUNDRED) - min(base, HUNDRED), max(top, HUNDRED) - max(base, HUNDRED)
        if below > 0:
            _add(found, _Piece(part, part.to_on, base, below, False))
        if above > 0:
            _add(found, _Piece(part, part.to_on, max(base, HUNDRED), above, True))
    return found


def _add(found: list[_Piece], piece: _Piece) -> None:
    """A piece that goes on where the same one ended makes that one longer."""
    for place, held in enumerate(found):
        same = held.part.stream == piece.part.stream and held.part.label == piece.part.label
        same = same and (held.base, held.height, held.is_too_much) == (piece.base, piece.height, piece.is_too_much)
        if same and held.to_on + timedelta(days=1) == piece.part.from_on:
            found[place] = msgspec.structs.replace(held, to_on=piece.to_on)
            return
    found.append(piece)


def _middle(piece: _Piece) -> tuple[datetime, int]:
    """Where a bar stands, and how many days it is wide."""
    days = (piece.to_on - piece.part.from_on).days + 1
    return datetime.combine(piece.part.from_on, time()) + timedelta(days=days) / 2, days


def _bar(piece: _Piece, colours: dict[str, str]) -> dict[str, Any]:
    middle, days = _middle(piece)
    colour = colours[piece.part.stream]
    marker: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    if piece.is_too_much:
        pattern = {"shape": "/", "fgcolor": RED, "bgcolor": RED_TINT, "size": 7, "solidity": 0.35}
        marker = {"color": RED_TINT, "pattern": pattern, "line": {"width": 1, "color": RED}}
    written = not piece.is_too_much and days > _WRITTEN and piece.height >= _HIGH
    return {
        "type": "bar",
        "name": piece.part.label,
        "x": [middle.isoformat()],
        "y": [float(piece.height)],
        "base": [float(piece.base)],
        "width": [days * _DAY],
        "marker": marker,
        "text": [piece.part.label] if written else None,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": INK if colour in _LIGHT else "#FFFFFF"},
        "hovertemplate": piece.part.hover + "<extra></extra>",
    }


def _layout(start: date, as_of: date, top: float, words: Words, above: Sequence[_Piece]) -> dict[str, Any]:
    last = as_of + timedelta(days=max(30, (as_of - start).days // 8))
    day = as_of.isoformat()
    return {
        "barmode": "overlay",
        "bargap": 0,
        "margin": {"l": 48, "r": 78, "t": 24, "b": 28},
        "xaxis": {"type": "date", "range": [start.isoformat(), last.isoformat()], **_ticks((last - start).days)},
        "yaxis": {"range": [0, top], "tickvals": [0, 50, 100], "ticktext": ["0%", "50%", "100%"]},
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": 100,
                "y1": 100,
                "line": {"color": INK, "width": 2},
            },
            {
                "type": "line",
                "x0": day,
                "x1": day,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": BLUE, "width": 2, "dash": "dot"},
            },
        ],
        "annotations": [
            {"x": day, "y": 1, "yref": "paper", "yanchor": "bottom", "text": words.as_of, "showarrow": False}
            | {"font": {"color": BLUE, "size": 12}},
            {"x": 1, "xref": "paper", "xanchor": "left", "y": 100, "yanchor": "middle", "text": words.limit}
            | {"showarrow": False, "font": {"color": INK, "size": 12}},
            *[_too_much(piece, words) for piece in above],
        ],
    }


def _ticks(days: int) -> dict[str, Any]:
    """A word at each year, or at each quarter where the money is younger than that."""
    every, words = ("M3", "%-m-%Y") if days < _YEAR else ("M6", "%-m-%Y") if days < 2 * _YEAR else ("M12", "%Y")
    return {"dtick": every, "tickformat": words, "tickangle": 0, "hoverformat": "%-d-%-m-%Y"}


def _too_much(piece: _Piece, words: Words) -> dict[str, Any]:
    """How much too much, on a white ground: words on a hatch can't be read."""
    middle, _days = _middle(piece)
    return {
        "x": middle.isoformat(),
        "y": float(piece.base + piece.height / 2),
        "text": words.too_much.format(share=f"{float(piece.height):g}%"),
        "showarrow": False,
        "bgcolor": "#FFFFFF",
        "borderpad": 2,
        "font": {"color": RED, "size": 12},
    }
