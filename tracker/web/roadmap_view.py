"""The roadmap of a region in time as a figure: our own drawing, the same rows as a table, and the worst as a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from textwrap import wrap
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.charts.scale import Scale
from tracker.domain.finding import Reason, Status
from tracker.domain.programme import Programme
from tracker.domain.roadmap_story import Story, worst_rows
from tracker.domain.story import Mark, MarkKind, Row, Span, SpanKind
from tracker.exchange.tables import Column, Table, Value
from tracker.web.chips import chip_of
from tracker.web.dates import days
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language
from tracker.web.region import day_text, words

FIRST = date(2021, 9, 1)
"""Where the drawing begins at the latest; earlier facts stand at its edge (design)."""
BEFORE = timedelta(days=40)
"""How far the drawing begins before its first fact, so that a mark on it keeps clear of the names of the rows."""
AHEAD = timedelta(days=150)
"""How far the drawing goes on behind the peildatum, for agreed dates."""
NEAR = 90
"""Days within which an agreed deviation stands so near a dot that the words go behind both."""
SCALE, BESIDE, LETTER = 560, 110, 7
"""Points: the narrowest scale that is drawn, the room behind it for notes, and how wide a letter of a note is."""
BARS = {
    SpanKind.THERE: "waiting",
    SpanKind.ROLE: "role",
    SpanKind.CONTRACT: "plain",
    SpanKind.SELECTED: "chosen",
    SpanKind.PILOT: "pilot",
    SpanKind.IMPLEMENTING: "implementing",
    SpanKind.IN_USE: "in_use",
    SpanKind.LATE: "late",
    SpanKind.MISSING: "missing",
}
POINTS = {MarkKind.AGREED: "agreed", MarkKind.AGREED_AGAIN: "agreed-again", MarkKind.DONE: "done"}
_LAST = (SpanKind.LATE, SpanKind.MISSING)


def said(reason: Reason, short_days: bool = False) -> str:
    """A reason in words; in a bar the days are short."""
    if short_days:
        values = {name: day_text(value) if isinstance(value, date) else value for name, value in reason.values.items()}
        reason = Reason(reason.text, values)
    return labels.text(reason, language())


def roadmap_figure(story: Story, programme: Programme) -> dict[str, Any]:
    """The view model of components/figure.html around the drawing."""
    caption = caption_of(story)
    return {
        "id": "roadmap",
        "title": _("Roadmap in de tijd"),
        "caption": caption,
        "caption_text": caption,
        "table": shown(roadmap_table(story), wide=True),
        "source": source_line(),
        "downloads": download_links("roadmap"),
        "narrow": [_worst(row) for row in worst_rows(story)],
        "empty": None,
        "interactive": True,
    }


def caption_of(story: Story) -> str:
    """What to see: how many parts came late, how many are missing, and the days without CIO or CMIO."""
    parts = []
    ahead = _all_ahead(story)
    if ahead is not None:
        parts.append(_("Nog geen afgesproken datum is verstreken; de eerste is %(day)s.", day=ahead))
    elif not story.late and not story.missing:
        parts.append(_("Geen onderdeel kwam te laat en er ontbreekt nu niets."))
    if story.late:
        late = ngettext("%(num)s onderdeel kwam te laat", "%(num)s onderdelen kwamen te laat", story.late)
        parts.append(late if story.missing else f"{late}.")
    if story.missing:
        gone = ngettext(
            "%(num)s onderdeel is nu niet op orde", "%(num)s onderdelen zijn nu niet op orde", story.missing
        )
        word = _("en")
        parts.append(f"{word} {gone}." if story.late else f"{gone}.")
    if story.without_lead:
        parts.append(_("Er was %(days)s geen CIO of CMIO.", days=labels.days(story.without_lead, language())))
    for row in story.rows:
        parts += [f"{said(row.label)}: {said(mark.text)}." for mark in row.marks if _is_deviation(mark) and mark.text]
    return " ".join(str(part) for part in parts)


def _all_ahead(story: Story) -> str | None:
    """The first agreed date where all of them still lie ahead."""
    agreed = [mark.day for row in story.rows for mark in row.marks if mark.kind is MarkKind.AGREED]
    if not agreed or min(agreed) <= days().as_of:
        return None
    return labels.day_words(min(agreed), language())


def _is_deviation(mark: Mark) -> bool:
    return mark.kind is MarkKind.AGREED_AGAIN


def _worst(row: Row) -> dict[str, Any]:
    since = None if row.since is None else (_("sinds %(day)s") if row.is_breach else "%(day)s")
    sub = None if since is None or row.since is None else since % {"day": day_text(row.since)}
    status = chip_of(Status.NOT_MET if row.is_breach else Status.LATE)
    return {"status": status, "title": said(row.label), "sub": sub, "fact": said(row.note) if row.note else ""}


# --- the drawing ---


def roadmap_timeline(story: Story, programme: Programme) -> dict[str, Any]:
    """The view model of components/timeline.html."""
    as_of = days().as_of
    earliest = min((span.from_on for row in story.rows for span in row.spans), default=FIRST)
    scale = Scale(min(max(earliest - BEFORE, FIRST), as_of - timedelta(days=180)), as_of + AHEAD)
    return {
        "ticks": scale.years(),
        "lines": _lines(programme, scale, as_of),
        "rows": [_drawn(row, scale, as_of) for row in story.rows],
        "legend": [
            {"kind": "agreed", "text": _("afgesproken datum (klein: afgesproken afwijking)")},
            {"kind": "done", "text": _("gerealiseerd")},
            {"kind": "late", "text": _("te laat")},
            {"kind": "missing", "text": _("ontbreekt")},
        ],
        "notes_beside": True,
    }


def _lines(programme: Programme, scale: Scale, as_of: date) -> list[dict[str, Any]]:
    """The hard dates of the programme and the peildatum; a date too close to it goes without words."""
    now = scale.place(as_of)
    found = []
    for item in programme.key_dates:
        if item.soft or not scale.holds(item.on) or item.on == date(item.on.year, 1, 1):
            continue
        place = scale.place(item.on)
        near = abs(place - now) < 18
        text = None if near or item.on.month == 12 else labels.day_words(item.on, language())
        found.append({"x": place, "kind": "target", "text": text, "anchor": "start" if place < 8 else "middle"})
    return [*found, {"x": now, "kind": "now", "text": _("peildatum"), "anchor": "middle"}]


def _drawn(row: Row, scale: Scale, as_of: date) -> dict[str, Any]:
    spans = sorted(row.spans, key=lambda span: span.kind in _LAST)
    marked = [mark.day for mark in row.marks]
    bars = [_bar(span, scale, marked) for span in spans if span.to_on >= scale.first]
    above = [
        {"x": _middle(span, scale), "text": said(span.text), "tone": _tone(span), "anchor": "middle", "above": True}
        for span in spans
        if span.text is not None and span.kind in _LAST and span.to_on < as_of and span.to_on >= scale.first
    ]
    notes = [_note(row, scale, as_of)] if row.note is not None else []
    return {
        "label": said(row.label),
        "url": f"#richting-{row.key.partition(':')[2]}" if row.key.startswith("direction:") else None,
        "bars": bars,
        "points": [_point(mark, scale) for mark in sorted(row.marks, key=_is_deviation) if scale.holds(mark.day)],
        "notes": [*above, *notes],
    }


def _bar(span: Span, scale: Scale, marked: Iterable[date] = ()) -> dict[str, Any]:
    drawn: dict[str, Any] = {**scale.bar(span.from_on, span.to_on), "kind": BARS[span.kind]}
    if span.text is not None and span.kind not in _LAST and drawn["width"] > 3:
        drawn |= {"text": labels.capital(said(span.text, short_days=True)), "text_x": _clear_of(span, scale, marked)}
    return drawn


def _clear_of(span: Span, scale: Scale, marked: Iterable[date]) -> float:
    """The middle of the widest part of a bar that no point stands on."""
    ends = [scale.place(span.from_on), *(scale.place(day) for day in marked), scale.place(span.to_on)]
    inside = sorted(end for end in ends if ends[0] <= end <= ends[-1])
    start, end = max(pairwise(inside), key=lambda pair: pair[1] - pair[0])
    return round((start + end) / 2, 2)


def _middle(span: Span, scale: Scale) -> float:
    drawn = scale.bar(max(span.from_on, scale.first), span.to_on)
    return round(drawn["x"] + drawn["width"] / 2, 2)


def _tone(span: Span) -> str:
    return "amber" if span.kind is SpanKind.LATE else "red"


def _point(mark: Mark, scale: Scale) -> dict[str, Any]:
    text = said(mark.text) if mark.text and not _is_deviation(mark) else None
    return {"x": scale.place(mark.day), "kind": POINTS[mark.kind], "text": text}


def _note(row: Row, scale: Scale, as_of: date) -> dict[str, Any]:
    """What is late stands beside its dot, what is missing now behind the peildatum."""
    assert row.note is not None, "asked only for a row with a note"
    tone = "red" if row.is_breach else "amber"
    if row.note_on is None:
        return _wrapped(scale.place(as_of), 10, said(row.note), tone)
    beside = [mark.day for mark in row.marks if _is_deviation(mark) and abs((mark.day - row.note_on).days) < NEAR]
    return _wrapped(scale.place(max([row.note_on, *beside])), 14, said(row.note), tone)


def _wrapped(x: float, dx: int, text: str, tone: str) -> dict[str, Any]:
    """A note in two lines where one would run past the card."""
    room = ((100 - x) / 100 * SCALE + BESIDE - dx) / LETTER
    lines = wrap(text, max(round(len(text) / 2) + 2, round(room))) if len(text) > room else [text]
    return {"x": x, "dx": dx, "text": text, "lines": lines, "tone": tone}


# --- the table ---


def roadmap_table(story: Story) -> Table:
    """The rows of the drawing: what was agreed and realised, the days, and what it says."""
    columns = (
        Column(_("Onderdeel"), width=28),
        Column(_("Afgesproken"), "day"),
        Column(_("Gerealiseerd"), "day"),
        Column(_("Te laat"), "number", _("dagen")),
        Column(_("Ontbrak"), "number", _("dagen")),
        Column(_("Verloop"), width=60),
    )
    return Table(title=_("Roadmap in de tijd"), columns=columns, rows=tuple(_table_row(row) for row in story.rows))


def _table_row(row: Row) -> tuple[Value, ...]:
    late = sum(span.days for span in row.spans if span.kind is SpanKind.LATE)
    gone = sum(span.days for span in row.spans if span.kind is SpanKind.MISSING)
    told = [_told(span) for span in sorted(row.spans, key=lambda span: span.from_on) if span.kind is not SpanKind.THERE]
    told += [f"{said(mark.text)} {day_text(mark.day)}" for mark in row.marks if mark.text is not None]
    told += [said(row.note)] if row.note is not None and not told else []
    agreed, done = row.first(MarkKind.AGREED), row.first(MarkKind.DONE)
    return (said(row.label), agreed or "", done or "", late or "", gone or "", "; ".join(told))


def _told(span: Span) -> str:
    """`implementatie 15-1-2024 t/m 1-10-2026`."""
    kinds = {SpanKind.LATE: _("te laat"), SpanKind.MISSING: _("ontbreekt"), SpanKind.CONTRACT: _("contract")}
    name = kinds.get(span.kind) or (said(span.text) if span.text else words(labels.pair_of(span.kind)))
    word = _("t/m")
    return f"{name} {day_text(span.from_on)} {word} {day_text(span.to_on)}"
