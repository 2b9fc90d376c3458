"""The scores of the periodic evaluation over time: what each party saw, what was agreed and where nothing was scored.

The topics are never averaged into one grade (domain.md 2.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from tracker.domain.evaluation import is_answered
from tracker.domain.finding import Finding
from tracker.domain.periods import months_later
from tracker.domain.programme import Programme
from tracker.domain.records.agreement import CooperationAction
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Action, Round, Score
from tracker.domain.rule_kinds import Need
from tracker.domain.rules import rounds_that_count

PERIODIC, COMPLETE, EVIDENCE = "rounds_periodic", "round_complete", "scores_have_evidence"
RULES = frozenset({PERIODIC, COMPLETE, EVIDENCE})
"""The rules about rounds: R29, R28 and R30."""
KINDS = frozenset({"action"})
"""Records that are shown beside those the rules read."""
OF_ONE = KINDS | {"invitee", "agenda_item", "remark"}
"""The same for one round."""
OF_MEETING = OF_ONE | {"cooperation_action", "initiative", "extension", "funding_line"}
"""With what a meeting decides and agrees."""
LOWEST, HIGHEST = 1, 5
"""The ends of the scale (ours)."""


class Rhythm(msgspec.Struct, frozen=True):
    """How often a round is due: from the requirement R29, the interval is ours."""

    soft_deadline: date
    interval_months: int
    grace_months: int

    @classmethod
    def of(cls, need: Need) -> Rhythm:
        return cls(need.day("soft_deadline"), need.number("interval_months"), need.number("grace_months"))

    def planned_after(self, day: date) -> date:
        """When the next round is planned by rule."""
        return months_later(day, self.interval_months)

    def due_after(self, day: date) -> date:
        """The last day on which the next round is in time."""
        return months_later(day, self.interval_months + self.grace_months)


class Turn(msgspec.Struct, frozen=True, gc=False):
    """A round in the row of rounds of one cooperation, in the version that holds."""

    round: Round
    scores: dict[Topic, Score]
    follows_gap: bool
    """Was a round missed before it: longer ago than the rhythm allows, or a number left out?"""

    @property
    def held_on(self) -> date:
        """The day of the meeting: what was not held has no place in the row."""
        assert self.round.held_on is not None
        return self.round.held_on

    def agreed(self, topic: Topic) -> int | None:
        """The agreed score; empty = no score, which is never zero."""
        score = self.scores.get(topic)
        return None if score is None else score.agreed

    @property
    def answered(self) -> int:
        """How many topics have an agreed score or a reason why not."""
        return sum(map(is_answered, self.scores.values()))

    @property
    def differing(self) -> tuple[Topic, ...]:
        """The topics on which the two parties differ a point or more."""
        return tuple(topic for topic in Topic if (score := self.scores.get(topic)) and difference(score))


class NextRound(msgspec.Struct, frozen=True):
    """When the next round is planned, and the last day on which it is in time."""

    planned_on: date
    due_on: date


class Evaluated(msgspec.Struct, frozen=True, gc=False):
    """The rounds of one cooperation on a day."""

    dossier: Cooperation
    turns: tuple[Turn, ...]
    next: NextRound
    findings: tuple[Finding, ...]

    @property
    def last(self) -> Turn | None:
        """The latest round."""
        return self.turns[-1] if self.turns else None

    @property
    def periodic(self) -> Finding | None:
        """R29: do the rounds follow each other in time?"""
        return next((item for item in self.findings if item.requirement.kind == PERIODIC), None)

    def of_round(self, number: int) -> tuple[Finding, ...]:
        """R28 and R30 of a round."""
        return tuple(item for item in self.findings if item.subject == f"{self.dossier.code}#{number}")


def rhythm_of(programme: Programme) -> Rhythm:
    """How often the programme asks for a round."""
    asked = next(item for item in programme.requirements if item.kind == PERIODIC)
    return Rhythm.of(Need(asked, programme.switches))


def evaluated(dossier: Cooperation, findings: Iterable[Finding], programme: Programme) -> Evaluated:
    """The rounds of a dossier as seen on a day, with the findings of the programme that asks for them."""
    rhythm = rhythm_of(programme)
    held = turns(dossier, rhythm)
    own = tuple(item for item in findings if item.programme.key == programme.key)
    return Evaluated(dossier, held, next_round(held, rhythm), own)


def turns(dossier: Cooperation, rhythm: Rhythm) -> tuple[Turn, ...]:
    """The rounds of a cooperation in time, each with its scores by topic."""
    found: list[Turn] = []
    for held in sorted(rounds_that_count(dossier), key=lambda item: (item.held_on, item.number)):
        former = found[-1] if found else None
        gap = former is not None and (
            held.held_on > rhythm.due_after(former.held_on) or held.number > former.round.number + 1
        )
        found.append(Turn(held, {score.topic: score for score in held.scores}, gap))
    return tuple(found)


def next_round(rounds: Iterable[Turn], rhythm: Rhythm) -> NextRound:
    """When the next round is due; the first one is due from the soft date on."""
    last = max((turn.held_on for turn in rounds), default=rhythm.soft_deadline)
    return NextRound(rhythm.planned_after(last), rhythm.due_after(last))


def difference(score: Score) -> int:
    """By how many points the two parties differ; 0 while one of them has not scored."""
    return 0 if score.own is None or score.insurer is None else abs(score.own - score.insurer)


def versions_of(dossier: Cooperation, number: int) -> tuple[Round, ...]:
    """Every version of a round that was held, the latest first."""
    held = (item for item in dossier.rounds if item.number == number and item.held_on is not None)
    return tuple(sorted(held, key=lambda item: item.version, reverse=True))


def locked_since(versions: Iterable[Round]) -> date | None:
    """The day on which a version of the round was first locked."""
    return min((item.locked_on for item in versions if item.locked_on is not None), default=None)


def days_overdue(action: Action | CooperationAction, as_of: date) -> int:
    """How many days after its day an action was done, or is still open; 0 in time or without a day."""
    if action.due_on is None:
        return 0
    return max(((action.done_on or as_of) - action.due_on).days, 0)


class Spread(msgspec.Struct, frozen=True):
    """How many cooperations agreed on a score for a topic in a year."""

    topic: Topic
    year: int
    score: int | None
    """Empty = the round gave this topic no score."""
    count: int


def spread(rows: Iterable[tuple[Turn, ...]]) -> tuple[Spread, ...]:
    """The agreed scores of many cooperations: per topic and year the number of each score, no average.

    Of several rounds of one cooperation in a year the last one counts.
    """
    counts: dict[tuple[Topic, int, int | None], int] = {}
    for row in rows:
        latest = {turn.held_on.year: turn for turn in row}
        for year, turn in latest.items():
            for topic in Topic:
                key = (topic, year, turn.agreed(topic))
                counts[key] = counts.get(key, 0) + 1
    order = list(Topic)
    keys = sorted(counts, key=lambda key: (order.index(key[0]), key[1], key[2] or 0))
    return tuple(Spread(*key, counts[key]) for key in keys)
