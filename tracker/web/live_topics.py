"""The six topics of a meeting: how each stands, its course, the evidence on it, and the form of its score."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.evaluation import is_answered
from tracker.domain.outcomes import Evaluated, Turn, difference
from tracker.domain.programme import Programme
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.queries.evidence import stored_files
from tracker.queries.records import Kept
from tracker.web.dates import link
from tracker.web.evaluations_view import scale_words
from tracker.web.evidence_ways import way_to
from tracker.web.frame import language
from tracker.web.meeting_saves import Outcome
from tracker.web.scores_view import difference_words, topics_of

HEIGHT, LEFT, STEP, TOP, GAP = 58, 14, 42, 8, 9
"""The little drawing of a course, in pixels: its height, where it begins, and the room of a round and of a point."""


class Topics:
    """The topics of one round, as a page that was read at `version` shows them."""

    def __init__(self, item: Evaluated, held: Kept, whole: Round, version: int, outcome: Outcome | None) -> None:
        self._code, self._version, self._outcome = item.dossier.code, version, outcome
        self._scores = {score.topic: score for score in whole.scores}
        self._past = [turn for turn in item.turns if turn.round.number < whole.number]
        self._held = {Topic(score.values["topic"]): score for score in held.children["scores"]}
        pieces = [piece for score in self._held.values() for piece in score.children["evidence"]]
        self._files = stored_files(piece.values["sha256"] for piece in pieces)

    def rows(self, asked: Programme) -> list[dict[str, Any]]:
        """One row for each topic that the programme asks about."""
        return [self._row(place, *pair) for place, pair in enumerate(topics_of(asked).items(), 1)]

    def _row(self, place: int, topic: Topic, title: str) -> dict[str, Any]:
        score = self._scores.get(topic)
        pieces = self._pieces(topic)
        return {
            "number": place,
            "key": topic.value,
            "title": title,
            **standing(score),
            "trend": _trend([turn.scores.get(topic) for turn in self._past], score, self._past),
            "past": [_past(turn, topic) for turn in self._past],
            "form": _form(topic, score, self._version, self._outcome),
            "pieces": pieces,
            "evidence": ngettext("%(num)s stuk", "%(num)s stukken", len(pieces)) if pieces else _("geen bewijs"),
        }

    # --- evidence ---

    def _pieces(self, topic: Topic) -> list[dict[str, Any]]:
        held = self._held.get(topic)
        return [] if held is None else [self._piece(item) for item in held.children["evidence"]]

    def _piece(self, item: Kept) -> dict[str, Any]:
        """A piece with the way to its page, and to its file or place where it has one."""
        values = item.values
        file = self._files.get((values["sha256"] or "").lower())
        received = values["received_on"]
        return {
            "title": values["title"],
            "url": link("evidence.detail", code=self._code, number=item.number),
            "strength": values["strength"].value,
            "facts": _("ontvangen op %(day)s", day=labels.day_short(received, language())) if received else "",
            "way": way_to(file, values["title"], values["link"]),
        }


def scale() -> list[dict[str, Any]]:
    """The five buttons: number and word."""
    pairs = (words.partition(" ") for words in map(str, scale_words()))
    return [{"value": value, "word": word} for value, _space, word in pairs]


def chosen(topics: list[dict[str, Any]]) -> str:
    """The topic that is open: the one of the address, else the first that was not answered."""
    wanted = request.values.get("onderwerp", "")
    keys = [row["key"] for row in topics]
    if wanted in keys:
        return wanted
    return next((str(row["key"]) for row in topics if not row["is_answered"]), str(keys[0]) if keys else "")


# --- how a topic stands ---


def standing(score: Score | None) -> dict[str, Any]:
    """What the row of a topic says: the three scores and the difference."""
    agreed = None if score is None else score.agreed
    reason = None if score is None else score.not_assessed_reason
    return {
        "own": _cell(score.own if score else None),
        "insurer": _cell(score.insurer if score else None),
        "agreed": agreed,
        "is_answered": score is not None and is_answered(score),
        "state": "" if agreed else _("niet beoordeeld") if reason else _("nog te doen"),
        "difference": difference_words(score) if score is not None and difference(score) else None,
    }


def _cell(value: int | None) -> str:
    return "–" if value is None else str(value)


def _past(turn: Turn, topic: Topic) -> dict[str, str]:
    score = turn.scores.get(topic)
    values = (score.own, score.insurer, score.agreed) if score else (None, None, None)
    own, insurer, agreed = (_("geen score") if value is None else str(value) for value in values)
    return {"day": labels.day_short(turn.held_on, language()), "own": own, "insurer": insurer, "agreed": agreed}


# --- the form ---


def _form(topic: Topic, score: Score | None, version: int, outcome: Outcome | None) -> dict[str, Any]:
    """The fields of a topic: as stored, or as they were typed when the save was not kept."""
    if outcome is not None and request.form.get("onderwerp") == topic:
        newer = outcome.version if outcome.version is not None else version
        stored = _told(outcome.theirs.record()) if outcome.theirs is not None else None
        return {**_typed(), "seen": newer, "error": outcome.text, "theirs": stored}
    return {**stored_fields(score), "seen": version}


def stored_fields(score: Score | None) -> dict[str, str]:
    """A score as the fields of its form."""
    if score is None:
        return {"agreed": "", "reden": "", "note": ""}
    given = score.agreed or (score.not_assessed.value if score.not_assessed else "")
    return {"agreed": str(given), "reden": score.not_assessed_reason or "", "note": score.note or ""}


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("agreed", "reden", "note")}


def _told(score: Any) -> str:
    """A stored score in one line, to stand beside what was typed."""
    given = score.agreed or score.not_assessed_reason or _("geen score")
    return f"{given}; {score.note}" if score.note else str(given)


# --- the course ---


def _trend(scores: list[Score | None], now: Score | None, past: list[Turn]) -> dict[str, Any]:
    """A little drawing of the agreed scores; a round without one, and one that was missed, is a gap with its word."""
    slots = _slots(scores, past)
    last = _x(len(slots))
    agreed = now.agreed if now else None
    points = [_dot(place, value) for place, (_year, value) in enumerate([*slots, ("", agreed)])]
    labels_at = [{"x": _x(place), "text": year} for place, (year, _value) in enumerate(slots)]
    open_now = now is not None and agreed is None
    return {
        "width": last + 24,
        "height": HEIGHT,
        "lines": [_height(value) for value in range(1, 6)],
        "from": LEFT,
        "parts": _parts(points),
        "points": [point for point in points if point],
        "gaps": [_x(place) for place, (_year, value) in enumerate(slots) if value is None],
        "own": {"x": last, "y": _height(now.own)} if open_now and now and now.own else None,
        "insurer": {"x": last, "y": _height(now.insurer)} if open_now and now and now.insurer else None,
        "labels": [*labels_at, {"x": last, "text": _("nu")}],
        "values": _values(scores, past),
    }


def _slots(scores: list[Score | None], past: list[Turn]) -> list[tuple[str, int | None]]:
    """Year and agreed score of every earlier round; before one that came after a missed round, an empty place."""
    slots: list[tuple[str, int | None]] = []
    for turn, score in zip(past, scores, strict=True):
        slots += [("", None)] if turn.follows_gap else []
        slots.append((str(turn.held_on.year), score.agreed if score else None))
    return slots


def _x(place: int) -> int:
    return LEFT + 12 + STEP * place


def _dot(place: int, value: int | None) -> dict[str, int] | None:
    return None if value is None else {"x": _x(place), "y": _height(value)}


def _height(value: int) -> int:
    return TOP + GAP * (5 - value)


def _parts(points: list[dict[str, int] | None]) -> list[str]:
    """The line in parts: it stops where a score is missing."""
    parts: list[list[str]] = [[]]
    for point in points:
        if point is None:
            parts.append([])
        else:
            parts[-1].append(f"{point['x']},{point['y']}")
    return [" ".join(part) for part in parts if len(part) > 1]


def _values(scores: list[Score | None], past: list[Turn]) -> list[str]:
    """The same in words: `2023: 2`."""
    return [
        f"{turn.held_on.year}: {score.agreed if score and score.agreed else _('geen score')}"
        for turn, score in zip(past, scores, strict=True)
    ]
