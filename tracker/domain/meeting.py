"""What belongs to the evaluation meeting: rounds that are planned, and what each side may see before it is held.

Neither side sees the other's score before both are in or the meeting was held (dossier-format.md, section 3). Pages,
exports and the history ask here; the rules read everything.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from operator import is_not
from typing import Any, NamedTuple

import msgspec

from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Action, Round, Score
from tracker.domain.records.initiative import Initiative

BOTH = frozenset(Party)
MONEY_ENDS = timedelta(days=180)
"""Money that ends within these days asks for a decision (as in the list of what asks for attention)."""


def planned_rounds(dossier: Cooperation) -> tuple[Round, ...]:
    """The meetings that are agreed and not held yet, in time: of every number the highest version."""
    held = {item.number for item in dossier.rounds if item.held_on is not None}
    latest: dict[int, Round] = {}
    for item in sorted(dossier.rounds, key=lambda one: one.version):
        if item.number not in held and item.planned_on is not None:
            latest[item.number] = item
    return tuple(sorted(latest.values(), key=lambda item: (str(item.planned_on), item.number)))


class Ahead(NamedTuple):
    """A meeting that is agreed: its day and its number."""

    on: date
    number: int


def next_planned(dossier: Cooperation, as_of: date) -> Ahead | None:
    """The next meeting that is agreed; one whose day went by is none."""
    found = (Ahead(item.planned_on, item.number) for item in planned_rounds(dossier) if item.planned_on is not None)
    return min((item for item in found if item.on >= as_of), default=None)


def planned_ahead(dossier: Cooperation, as_of: date) -> date | None:
    """The day of the next meeting that is agreed."""
    found = next_planned(dossier, as_of)
    return found.on if found else None


def running_on(dossier: Cooperation, on: date) -> tuple[Initiative, ...]:
    """The initiatives whose money a meeting speaks of: started, and not ended before that day."""
    return tuple(
        item
        for item in sorted(dossier.initiatives, key=lambda one: one.code)
        if item.started_on is not None and item.started_on <= on and (item.ended_on is None or item.ended_on >= on)
    )


def to_decide(dossier: Cooperation, on: date) -> tuple[tuple[Initiative, date], ...]:
    """The running initiatives whose money ended or ends soon, with its last day: the parties decide how they go on."""
    found = []
    for item in running_on(dossier, on):
        ends = max((line.to_on or date.max for line in item.funding_lines), default=date.max)
        last = max([ends, *(one.until for one in item.extensions if one.until is not None)])
        if last - on <= MONEY_ENDS and item.ended_on is None:
            found.append((item, last))
    return tuple(found)


def open_promises(dossier: Cooperation, number: int) -> tuple[tuple[Round, Action], ...]:
    """The actions in the minutes of earlier rounds that are not done and do not go on as an action of the region."""
    went_on = {(item.text, item.owner) for item in dossier.actions}
    latest: dict[int, Round] = {}
    for item in sorted(dossier.rounds, key=lambda one: one.version):
        if item.number < number and item.held_on is not None:
            latest[item.number] = item
    return tuple(
        (held, action)
        for _, held in sorted(latest.items())
        for action in held.actions
        if action.done_on is None and (action.text, action.owner) not in went_on
    )


def answers_of(dossier: Cooperation, number: int) -> int:
    """How many actions a round agreed."""
    return sum(item.origin == str(number) for item in dossier.actions)


def is_open(held: Round) -> bool:
    """Are the scores of the parties still kept from each other: not held, and not both in?"""
    return held.held_on is None and (held.self_scored_on is None or held.insurer_scored_on is None)


def scores_for(held: Round, sides: Set[Party]) -> tuple[Score, ...]:
    """The scores of a round as somebody of these sides may see them; nobody's side = an empty set."""
    if not is_open(held) or sides >= BOTH:
        return held.scores
    return tuple(kept for item in held.scores if (kept := score_for(item, sides)) is not None)


def score_for(score: Score, sides: Set[Party]) -> Score | None:
    """What is left of a score of an open round for these sides; None when all of it is the other's.

    Notes and evidence may give a score away: they stay with a score that is whole.
    """
    hidden: dict[str, None] = {}
    if Party.COOPERATION not in sides and score.own is not None:
        hidden["own"] = None
    if Party.INSURER not in sides and score.insurer is not None:
        hidden["insurer"] = None
    if not hidden:
        return score
    if all(getattr(score, name) is None for name in ("own", "insurer") if name not in hidden):
        return None
    return msgspec.structs.replace(score, note=None, evidence=(), **hidden)


def keeps_apart(dossier: Cooperation) -> bool:
    """Does the dossier hold anything that not every side may see?"""
    has_open_scores = any(held.scores and is_open(held) for held in dossier.rounds)
    return has_open_scores or any(item.owner_email for item in dossier.actions)


def as_seen_by(dossier: Cooperation, sides: Set[Party]) -> Cooperation:
    """The dossier without what is kept from these sides: scores of the other, addresses of people.

    The same object where there is nothing to keep.
    """
    changed: dict[str, Any] = {}
    rounds = tuple(_round_for(item, sides) for item in dossier.rounds)
    if any(map(is_not, rounds, dossier.rounds)):
        changed["rounds"] = rounds
    if Party.COOPERATION not in sides and any(item.owner_email for item in dossier.actions):
        changed["actions"] = tuple(
            msgspec.structs.replace(item, owner_email=None)
            if item.owner_email and (item.party is not Party.INSURER or Party.INSURER not in sides)
            else item
            for item in dossier.actions
        )
    return msgspec.structs.replace(dossier, **changed) if changed else dossier


def _round_for(held: Round, sides: Set[Party]) -> Round:
    scores = scores_for(held, sides)
    same = len(scores) == len(held.scores) and not any(map(is_not, scores, held.scores))
    return held if same else msgspec.structs.replace(held, scores=scores)


SIDE_WORDS = {Party.COOPERATION: "Regio: ", Party.INSURER: "Verzekeraar: "}
"""How the note of a side begins: both write in the one note of a score, neither over the other's."""


def note_of(note: str | None, side: Party) -> str:
    """What one side wrote in the note of a score."""
    start = SIDE_WORDS[side]
    return next((part.removeprefix(start) for part in _parts(note) if part.startswith(start)), "")


def with_note_of(note: str | None, side: Party, text: str | None) -> str | None:
    """The note with what one side writes in place of what it wrote before."""
    start = SIDE_WORDS[side]
    parts = [part for part in _parts(note) if not part.startswith(start)]
    parts += [start + text] if text else []
    return "\n\n".join(sorted(parts)) or None


def _parts(note: str | None) -> list[str]:
    """The note in parts, each beginning with the word of a side or standing by itself."""
    parts: list[str] = []
    for part in (note or "").split("\n\n"):
        if parts and not part.startswith(tuple(SIDE_WORDS.values())):
            parts[-1] += f"\n\n{part}"
        elif part:
            parts.append(part)
    return parts
