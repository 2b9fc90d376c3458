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
_DAY = 86_400_000


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
    """`100%-grens`"""
    too_much: str
    """`boven 100%`"""
    as_of: str
    """`peildatum`"""


def financing(parts: Sequence[Part], as_of: date, words: Words) -> dict[str, Any]:
    """Bars as wide as their days, stacked; what lies above 100% is hatched red. Nothing is drawn after the day."""
    highest = max([_total(parts, part.from_on) for part in parts], default=HUNDRED)
    top = max(float(highest), 100.0) * 1.15
    colours = _colours(parts)
    data = [_bar(piece, colours) for piece in _pieces(parts, words)]
    start = min([part.from_on for part in parts], default=as_of)
    return {"data": data, "layout": _layout(start, as_of, top, words)}


def _total(parts: Sequence[Part], day: date) -> Decimal:
    return sum((part.share_pct for part in parts if part.from_on <= day <= part.to_on), Decimal(0))


def _colours(parts: Sequence[Part]) -> dict[str, str]:
    free = iter(OTHER * 3)
    streams = dict.fromkeys(part.stream for part in parts)
    return {stream: COLOURS.get(stream) or next(free) for stream in streams}


class _Piece(msgspec.Struct, frozen=True):
    part: Part
    base: Decimal
    height: Decimal
    is_too_much: bool
    label: str


def _pieces(parts: Sequence[Part], words: Words) -> list[_Piece]:
    """Every part on top of those below it on its first day, cut at 100%."""
    found, heights = [], dict[date, Decimal]()
    for part in parts:
        base = heights.get(part.from_on, Decimal(0))
        heights[part.from_on] = top = base + part.share_pct
        below, above = min(top, HUNDRED) - min(base, HUNDRED), max(top, HUNDRED) - max(base, HUNDRED)
        if below > 0:
            found.append(_Piece(part, base, below, False, part.label))
        if above > 0:
            found.append(_Piece(part, max(base, HUNDRED), above, True, words.too_much))
    return found


def _bar(piece: _Piece, colours: dict[str, str]) -> dict[str, Any]:
    part = piece.part
    days = (part.to_on - part.from_on).days + 1
    middle = datetime.combine(part.from_on, time()) + timedelta(days=days) / 2
    colour = RED if piece.is_too_much else colours[part.stream]
    marker: dict[str, Any] = {"color": colour, "line": {"width": 0}}
    if piece.is_too_much:
        pattern = {"shape": "/", "fgcolor": RED, "bgcolor": RED_TINT, "size": 7, "solidity": 0.35}
        marker = {"color": RED_TINT, "pattern": pattern, "line": {"width": 1, "color": RED}}
    return {
        "type": "bar",
        "name": piece.label,
        "x": [middle.isoformat()],
        "y": [float(piece.height)],
        "base": [float(piece.base)],
        "width": [days * _DAY],
        "marker": marker,
        "text": [piece.label] if days > 250 and piece.height >= 12 else None,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "inside",
        "textfont": {"color": INK if piece.is_too_much or colour == COLOURS["regional_performance"] else "#FFFFFF"},
        "hovertemplate": part.hover + "<extra></extra>",
    }


def _layout(start: date, as_of: date, top: float, words: Words) -> dict[str, Any]:
    last = as_of + timedelta(days=max(30, (as_of - start).days // 8))
    day = as_of.isoformat()
    return {
        "barmode": "overlay",
        "bargap": 0,
        "margin": {"l": 44, "r": 16, "t": 24, "b": 28},
        "xaxis": {"type": "date", "range": [start.isoformat(), last.isoformat()], "hoverformat": "%-d-%-m-%Y"},
        "yaxis": {"range": [0, top], "ticksuffix": "%", "tickvals": [0, 50, 100]},
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
            {"x": 1, "xref": "paper", "xanchor": "right", "y": 100, "yanchor": "bottom", "text": words.limit}
            | {"showarrow": False, "font": {"color": INK, "size": 12}},
        ],
    }
