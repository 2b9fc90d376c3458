"""The drawings of a round on paper, in fixed measures: the roadmap in time, and the course of one topic.

They stand in the page and in the PDF alike, so nothing in them waits for a style sheet.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.charts.scale import Scale
from tracker.domain.canonical import Json
from tracker.web.paper import Paper

FIRST, AHEAD = date(2021, 9, 1), timedelta(days=150)
LEFT, WIDTH, ROOM, ROW, TOP = 150, 390, 140, 23, 22
"""Pixels: the words at the left, the scale, the notes at the right, a row, and the dates above."""
FILLS = {
    "there": "#CFE0EC",
    "role": "#2F719E",
    "contract": "#66747E",
    "selected": "#CFE0EC",
    "pilot": "#8DB6D3",
    "implementing": "#2F719E",
    "in_use": "#083A5C",
    "late": "url(#papier-laat)",
    "missing": "url(#papier-mist)",
}
DARK = frozenset({"role", "contract", "implementing", "in_use"})
_GAPS = ("late", "missing")
STEP, HIGH, LOW = 34, 4, 26
"""The course of a topic: pixels per round, and where the scores 5 and 1 stand."""


def roadmap_drawing(paper: Paper) -> dict[str, Any] | None:
    """The rows of the roadmap in time; None where there are none."""
    held = paper.content["roadmap"]
    if not held["rows"]:
        return None
    days = [date.fromisoformat(span["from"]) for row in held["rows"] for span in row["spans"]]
    earliest = min([*days, paper.on - timedelta(days=180)])
    scale = Scale(max(FIRST, earliest) if paper.on > FIRST else earliest, paper.on + AHEAD)
    bottom = TOP + ROW * len(held["rows"])
    return {
        "caption": _caption(paper, held),
        "width": LEFT + WIDTH + ROOM,
        "height": bottom + 18,
        "left": LEFT,
        "right": LEFT + WIDTH,
        "bottom": bottom,
        "ticks": [{"x": _x(tick["x"]), "text": tick["text"]} for tick in scale.years()],
        "now": {"x": _x(scale.place(paper.on)), "text": _("peildatum")},
        "rows": [_row(paper, row, scale, TOP + ROW * place) for place, row in enumerate(held["rows"])],
    }


def _x(place: float) -> float:
    return round(LEFT + WIDTH * place / 100, 1)


def _caption(paper: Paper, held: Json) -> str:
    """What to see: what came late, what is missing, and the days without a lead."""
    late, missing = held["late"], held["missing"]
    told = [ngettext("%(num)s onderdeel kwam te laat.", "%(num)s onderdelen kwamen te laat.", late)] if late else []
    told += (
        [ngettext("%(num)s onderdeel is nu niet op orde.", "%(num)s onderdelen zijn nu niet op orde.", missing)]
        if missing
        else []
    )
    if not told:
        told.append(_("Geen onderdeel kwam te laat en er ontbreekt nu niets."))
    if held["without_lead"]:
        told.append(_("Er was %(days)s geen CIO of CMIO.", days=labels.days(held["without_lead"], paper.tongue)))
    return " ".join(map(str, told))


def _row(paper: Paper, row: Json, scale: Scale, y: int) -> dict[str, Any]:
    spans = sorted(row["spans"], key=lambda span: span["kind"] in _GAPS)
    note = None
    if row["note"] is not None:
        at = date.fromisoformat(row["note_on"]) if row["note_on"] else None
        place = _x(scale.place(at)) + 11 if at else _x(scale.place(paper.on)) + 8
        fill = "#960F2A" if row["is_breach"] else "#8A5A00"
        note = {"x": place, "y": y + 14, "text": paper.said(row["note"]), "fill": fill}
    return {
        "label": paper.sentence(row["label"]),
        "y": y + 14,
        "bars": [_bar(paper, span, scale, y) for span in spans if span["to"] >= scale.first.isoformat()],
        "points": [_point(mark, scale, y) for mark in row["marks"] if scale.holds(date.fromisoformat(mark["day"]))],
        "note": note,
    }


def _bar(paper: Paper, span: Json, scale: Scale, y: int) -> dict[str, Any]:
    drawn = scale.bar(date.fromisoformat(span["from"]), date.fromisoformat(span["to"]))
    width = round(WIDTH * drawn["width"] / 100, 1)
    kind = span["kind"]
    text = paper.sentence(span["text"]) if span["text"] is not None and kind not in _GAPS else ""
    fits = len(text) * 5 < width
    return {
        "x": _x(drawn["x"]),
        "y": y + 4,
        "width": width,
        "height": 13,
        "fill": FILLS[kind],
        "text": text if fits else None,
        "text_x": round(_x(drawn["x"]) + width / 2, 1),
        "text_y": y + 14,
        "ink": "#FFFFFF" if kind in DARK else "#14212B",
    }


def _point(mark: Json, scale: Scale, y: int) -> dict[str, Any]:
    x, middle = _x(scale.place(date.fromisoformat(mark["day"]))), y + 10.5
    size = 4 if mark["kind"] == "agreed_again" else 6
    corners = f"{x},{middle - size} {x + size},{middle} {x},{middle + size} {x - size},{middle}"
    return {"x": x, "y": middle, "done": mark["kind"] == "done", "corners": corners}


def course_drawing(title: str, line: list[tuple[str, int | None]]) -> dict[str, Any]:
    """The agreed scores of one topic; a round without a score is a gap."""
    places = [(7 + STEP * place, value) for place, (_year, value) in enumerate(line)]
    parts: list[list[str]] = [[]]
    for x, value in places:
        if value is None:
            parts.append([])
        else:
            parts[-1].append(f"{x},{_y(value)}")
    told = ", ".join(f"{year} {value if value is not None else _('geen score')}".strip() for year, value in line)
    return {
        "title": f"{title}: {told or _('geen score')}",
        "width": max(STEP * (len(line) - 1) + 14, 48),
        "parts": [" ".join(part) for part in parts if len(part) > 1],
        "points": [{"x": x, "y": _y(value)} for x, value in places if value is not None],
    }


def _y(score: int) -> float:
    return round(LOW - (score - 1) * (LOW - HIGH) / 4, 1)
