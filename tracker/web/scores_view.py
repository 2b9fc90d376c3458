"""Scores on the evaluation topics as figures: one region over its rounds, or the spread over many regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.charts.scores import Count, Panel, Point, SpreadPanel, Words, score_panels, spread_panels
from tracker.domain.outcomes import HIGHEST, LOWEST, Evaluated, Spread, Turn, difference, spread
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Score
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import language

ENOUGH = 3
"""From this score on a contribution is visible in practices; the caption counts those (ours)."""


def topics_of(programme: Programme) -> dict[Topic, str]:
    """The topics in the order of the programme, with their titles."""
    return {Topic(item.key): labels.words(item.title, language()) for item in programme.topics}


def insurer_name(programme: Programme) -> str:
    """The party that scores beside the region."""
    return programme.insurer.name if programme.insurer else str(_("Verzekeraar"))


def words(programme: Programme) -> Words:
    """What is written in the drawings."""
    return Words(_("Afgesproken"), _("Zelf"), insurer_name(programme), _("geen score"))


def number_words(value: int | None) -> str:
    """A score, or that there is none: never zero."""
    return str(_("geen score") if value is None else value)


def difference_words(score: Score | None) -> str:
    """`1 punt verschil`, `gelijk`, or that nothing can be compared."""
    if score is None or score.own is None or score.insurer is None:
        return str(_("niet te vergelijken"))
    points = difference(score)
    return str(ngettext("%(num)s punt verschil", "%(num)s punten verschil", points) if points else _("gelijk"))


# --- one region ------------------------------------------------------------------------------------------------------


def region_figure(item: Evaluated, programme: Programme, *, id: str = "scores") -> dict[str, Any]:  # noqa: A002
    """The view model of components/figure.html: six topics over the rounds of one region."""
    topics = topics_of(programme)
    panels = [Panel(title, tuple(_point(turn, topic) for turn in item.turns)) for topic, title in topics.items()]
    caption = region_caption(item.turns, programme)
    return {
        "id": id,
        "title": _("Zes onderwerpen over de rondes van %(region)s", region=item.dossier.name),
        "caption": caption,
        "caption_text": caption,
        "plot": score_panels(panels, days().as_of, words(programme)) if item.turns else None,
        "height": "tall",
        "measures": _measures(item.turns, programme),
        "table": shown(_of_one(scores_table([item], programme))),
        "source": source_line(),
        "downloads": download_links("scores"),
        "png": f"scores-{item.dossier.code}",
        "empty": None if item.turns else no_rounds(item),
    }


def _measures(turns: Sequence[Turn], programme: Programme) -> list[dict[str, Any]]:
    """On a phone: each topic with its rounds side by side."""
    return [
        {"title": title, "cells": [_measure(turn, topic, programme) for turn in turns]}
        for topic, title in topics_of(programme).items()
    ]


def _measure(turn: Turn, topic: Topic, programme: Programme) -> dict[str, str]:
    score = turn.scores.get(topic)
    own, insurer = (number_words(value) for value in ((score.own, score.insurer) if score else (None, None)))
    said = _("zelf %(own)s, %(name)s %(insurer)s", own=own, name=insurer_name(programme), insurer=insurer)
    day = labels.day_short(turn.held_on, language())
    return {"head": day, "text": number_words(turn.agreed(topic)), "sub": said}


def _of_one(table: Table) -> Table:
    """The same rows without the name of the region, which stands above them."""
    return Table(title=table.title, columns=table.columns[1:], rows=tuple(row[1:] for row in table.rows))


def no_rounds(item: Evaluated) -> dict[str, Any]:
    """The empty state of a region without a round, with the day on which the first one is due."""
    day = labels.day_words(item.next.due_on, language())
    if item.next.due_on < days().as_of:
        text = _("Het eerste gesprek moest uiterlijk op %(day)s plaatsvinden.", day=day)
    else:
        text = _("Het eerste gesprek moet uiterlijk op %(day)s plaatsvinden.", day=day)
    return {"title": _("Nog geen evaluaties"), "text": text}


def _point(turn: Turn, topic: Topic) -> Point:
    score = turn.scores.get(topic)
    own, insurer = (score.own, score.insurer) if score else (None, None)
    return Point(turn.held_on, turn.agreed(topic), own, insurer, turn.follows_gap)


def region_caption(rounds: Sequence[Turn], programme: Programme) -> str:
    """How many topics rose and fell since the round before, and on how many the parties differ."""
    if not rounds:
        return ""
    last, differing = rounds[-1], len(rounds[-1].differing)
    parties = _(
        "Zelf en %(insurer)s verschillen bij %(count)s een punt of meer.",
        insurer=insurer_name(programme),
        count=ngettext("%(num)s onderwerp", "%(num)s onderwerpen", differing),
    )
    if len(rounds) < 2:
        start = _("Ronde %(number)s is de eerste.", number=last.round.number)
        return f"{start} {parties}"
    up, down, same = _moves(rounds[-2], last)
    moves = _(
        "Van ronde %(former)s naar %(last)s: %(up)s onderwerpen omhoog, %(down)s omlaag, %(same)s gelijk.",
        former=rounds[-2].round.number,
        last=last.round.number,
        up=up,
        down=down,
        same=same,
    )
    return f"{moves} {parties}"


def _moves(former: Turn, last: Turn) -> tuple[int, int, int]:
    """Topics with an agreed score in both rounds: how many rose, fell and stayed."""
    pairs = [(former.agreed(topic), last.agreed(topic)) for topic in Topic]
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    up, down = sum(new > old for old, new in both), sum(new < old for old, new in both)
    return up, down, len(both) - up - down


def scores_table(items: Iterable[Evaluated], programme: Programme) -> Table:
    """Every score of some regions: the rows behind the drawing and of the file."""
    rows: list[tuple[Value | Cell, ...]] = []
    for item in items:
        for turn in item.turns:
            address = link("evaluations.detail", code=item.dossier.code, number=turn.round.number)
            for topic, title in topics_of(programme).items():
                rows.append((item.dossier.name, Cell(turn.round.number, address), *_score_cells(turn, topic, title)))
    return Table(title=_("Scores per ronde en onderwerp"), columns=_score_columns(programme), rows=tuple(rows))


def _score_cells(turn: Turn, topic: Topic, title: str) -> tuple[Value, ...]:
    score = turn.scores.get(topic)
    values = (score.own, score.insurer, score.agreed) if score else (None, None, None)
    reason = (score.not_assessed_reason or "") if score else ""
    numbers = tuple(_("geen score") if value is None else value for value in values)
    return (turn.held_on, title, *numbers, difference_words(score), reason)


def _score_columns(programme: Programme) -> tuple[Column, ...]:
    return (
        Column(_("Regio"), width=28),
        Column(_("Ronde"), "number", width=8),
        Column(_("Gehouden op"), "day", width=13),
        Column(_("Onderwerp"), width=44),
        Column(_("Zelf"), "number", _("1-5"), 10),
        Column(insurer_name(programme), "number", _("1-5"), 10),
        Column(_("Afgesproken"), "number", _("1-5"), 12),
        Column(_("Verschil"), width=18),
        Column(_("Niet beoordeeld omdat"), width=30),
    )


# --- many regions ----------------------------------------------------------------------------------------------------


def spread_figure(items: Sequence[Evaluated], programme: Programme) -> dict[str, Any]:
    """The view model of components/figure.html: how the agreed scores of many regions are spread by topic and year."""
    counts = spread(item.turns for item in items)
    panels = [
        SpreadPanel(title, tuple(Count(row.year, row.score, row.count) for row in counts if row.topic is topic))
        for topic, title in topics_of(programme).items()
    ]
    caption = _spread_caption(counts)
    return {
        "id": "spreiding",
        "title": _("Afgesproken scores van alle regio’s"),
        "caption": caption,
        "caption_text": caption,
        "plot": spread_panels(panels, words(programme), _("regio’s")),
        "height": "tall",
        "measures": _spread_measures(counts, programme),
        "table": shown(spread_table(counts, programme)),
        "source": source_line(),
        "downloads": download_links("spreiding"),
        "png": "scores-spreiding",
        "empty": None,
    }


def _spread_measures(counts: Sequence[Spread], programme: Programme) -> list[dict[str, Any]]:
    """On a phone: of each topic and year how many regions scored high enough to count."""
    found = []
    for topic, title in topics_of(programme).items():
        of_topic = [row for row in counts if row.topic is topic]
        years = sorted({row.year for row in of_topic})
        cells = [
            {"head": str(year), "text": _high(of_topic, year), "sub": _("%(score)s of hoger", score=ENOUGH)}
            for year in years
        ]
        found.append({"title": title, "cells": cells})
    return found


def _high(counts: Iterable[Spread], year: int) -> str:
    """Of the scores of a year, how many are high enough to count."""
    scored = [row for row in counts if row.year == year and row.score is not None]
    high = sum(row.count for row in scored if (row.score or 0) >= ENOUGH)
    return str(_("%(part)s van %(whole)s", part=high, whole=sum(row.count for row in scored)))


def _spread_caption(counts: Sequence[Spread]) -> str:
    years = sorted({row.year for row in counts if row.score is not None})
    if not years:
        return ""
    now = _(
        "In %(year)s staan %(share)s afgesproken scores op %(score)s of hoger",
        year=years[-1],
        share=_high(counts, years[-1]),
        score=ENOUGH,
    )
    if len(years) == 1:
        return f"{now}."
    then = _("in %(year)s waren dat er %(share)s.", year=years[0], share=_high(counts, years[0]))
    return f"{now}; {then}"


def spread_table(counts: Sequence[Spread], programme: Programme) -> Table:
    """Per topic and year the number of regions with each score."""
    scale = [*range(LOWEST, HIGHEST + 1), None]
    held = {(row.topic, row.year, row.score): row.count for row in counts}
    titles = topics_of(programme)
    keys = dict.fromkeys((row.topic, row.year) for row in counts if row.topic in titles)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (titles[topic], str(year), *(held.get((topic, year, score), 0) for score in scale)) for topic, year in keys
    )
    scores = [Column(_("score %(score)s", score=score), "number", _("regio’s"), 10) for score in scale if score]
    columns = (Column(_("Onderwerp"), width=44), Column(_("Jaar"), width=8), *scores)
    no_score = Column(_("geen score"), "number", _("regio’s"), 12)
    return Table(title=_("Spreiding van afgesproken scores"), columns=(*columns, no_score), rows=rows)
