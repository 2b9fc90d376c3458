"""When a round may be closed, until when its minutes take remarks, and who closes it for whom."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from tracker.domain.evaluation import is_answered
from tracker.domain.policy import Role
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Round

REMARKS = timedelta(days=14)
"""How long after the lock the minutes take remarks; then they are final (ours)."""
SIDES: dict[Party, frozenset[Role]] = {
    Party.COOPERATION: frozenset({Role.board_member, Role.evaluation_chair}),
    Party.INSURER: frozenset({Role.insurer_region_manager}),
}
"""Who closes a round for which party."""
_LOCKED = Pair(
    "Deze ronde is al vastgesteld. Maak een nieuwe versie om iets te corrigeren.",
    "This round is closed already. Make a new version to correct something.",
)
_NOT_HELD = Pair(
    "Dit gesprek is nog niet gehouden. Open eerst het gesprek, of vul in op welke dag het is gehouden.",
    "This meeting was not held yet. Open it first, or fill in on which day it was held.",
)
_AHEAD = Pair(
    "Dit gesprek is nog niet gehouden. Sluiten kan vanaf de dag van het gesprek.",
    "This meeting was not held yet. It can be closed from the day of the meeting.",
)


def side_of(roles: Set[Role], agreed: Set[Party] = frozenset()) -> Party | None:
    """The party for which somebody with these roles closes; with roles of both, the one that has not agreed yet."""
    mine = [party for party, allowed in SIDES.items() if roles & allowed]
    waiting = [party for party in mine if party not in agreed]
    return next(iter([*waiting, *mine]), None)


def open_topics(held: Round, topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """The topics without an agreed score and without a reason why not."""
    answered = {score.topic for score in held.scores if is_answered(score)}
    return tuple(topic for topic in topics if topic not in answered)


def hindrances(held: Round, today: date) -> tuple[Pair, ...]:
    """Why a round can't be closed, apart from its topics."""
    if held.locked_on is not None:
        return (_LOCKED,)
    if held.held_on is None:
        return (_NOT_HELD,)
    return (_AHEAD,) if held.held_on > today else ()


def final_on(locked_on: date) -> date:
    """From this day the minutes are final."""
    return locked_on + REMARKS
