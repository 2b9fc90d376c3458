"""The scores of one round: per topic what each party gave and what was agreed, with note and evidence; and a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.outcomes import difference
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.exchange.tables import Column, Table
from tracker.web.dates import days
from tracker.web.evidence_ways import Pieces
from tracker.web.frame import language
from tracker.web.scores_view import difference_words, insurer_name, number_words, topics_of


def round_scores(held: Round, former: Round | None, programme: Programme, pieces: Pieces) -> dict[str, Any]:
    """Per topic the three scores, what they differ, the note and the evidence, and what was agreed before."""
    scores = {score.topic: score for score in held.scores}
    before = {score.topic: score for score in former.scores} if former else None
    rows = [
        _score_row(title, scores.get(topic), pieces) | {"was": was(scores.get(topic), before, topic)}
        for topic, title in topics_of(programme).items()
    ]
    scored = sum(score.agreed is not None for score in scores.values())
    summary = _("%(scored)s van %(total)s onderwerpen hebben een afgesproken score.", scored=scored, total=len(rows))
    return {"rows": rows, "insurer": insurer_name(programme), "summary": summary}


def was(score: Score | None, before: Mapping[Topic, Score] | None, topic: Topic) -> str | None:
    """What was agreed on the compare date, where that is not what is agreed now."""
    compare = days().compare
    if before is None or compare is None:
        return None
    now, then = (item.agreed if item else None for item in (score, before.get(topic)))
    if now == then:
        return None
    word = _("gewijzigd sinds %(day)s", day=labels.day_words(compare, language()))
    word_2 = _("was %(score)s", score=number_words(then))
    return f"{word}: {word_2}"


def _score_row(title: str, score: Score | None, pieces: Pieces) -> dict[str, Any]:
    if score is None:
        empty = _("geen score")
        return {"title": title, "own": empty, "insurer": empty, "agreed": empty, "scored": False, "evidence": []}
    reason = score.not_assessed_reason or (labels.word(score.not_assessed, language()) if score.not_assessed else None)
    return {
        "title": title,
        "own": number_words(score.own),
        "insurer": number_words(score.insurer),
        "agreed": number_words(score.agreed),
        "scored": score.agreed is not None,
        "difference": difference_words(score) if difference(score) else None,
        "reason": _("Niet beoordeeld: %(reason)s", reason=reason) if reason else None,
        "note": score.note,
        "evidence": [pieces.view(piece, score.evidence) for piece in score.evidence],
    }


def scores_file(held: Round, programme: Programme) -> Table:
    """The scores as a file."""
    scores = {score.topic: score for score in held.scores}
    rows = tuple(_file_row(title, scores.get(topic)) for topic, title in topics_of(programme).items())
    columns = (
        Column(_("Onderwerp"), width=44),
        Column(_("Zelf"), "number", _("1-5")),
        Column(insurer_name(programme), "number", _("1-5")),
        Column(_("Afgesproken"), "number", _("1-5")),
        Column(_("Verschil"), width=20),
        Column(_("Toelichting"), width=50),
        Column(_("Bewijs"), width=60),
    )
    return Table(title=_("Scores van ronde %(number)s", number=held.number), columns=columns, rows=rows)


def _file_row(title: str, score: Score | None) -> tuple[Any, ...]:
    values: Sequence[int | None] = (score.own, score.insurer, score.agreed) if score else (None, None, None)
    numbers = [_("geen score") if value is None else value for value in values]
    note = (score.not_assessed_reason or score.note or "") if score else ""
    evidence = "; ".join(piece.title for piece in score.evidence) if score else ""
    return (title, *numbers, difference_words(score), note, evidence)
