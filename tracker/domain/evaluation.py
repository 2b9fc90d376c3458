"""Rules for the periodic evaluation of outcomes: rounds, their scores and the evidence for them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tracker.domain.finding import Reason, Status, Verdict
from tracker.domain.periods import months_later
from tracker.domain.records.base import Pair
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import Topic
from tracker.domain.records.evaluation import Round, Score
from tracker.domain.rule_kinds import Need, Subject, View, rule
from tracker.domain.rules import rounds_that_count

_TOPICS = Pair("{n} van {total} onderwerpen", "{n} of {total} topics")
_TOPICS_MISSING = Pair("{n} van {total} onderwerpen; ontbreekt: {topics}", "{n} of {total} topics; missing: {topics}")
_FIRST_MISSED = Pair("nog geen evaluatieronde, eerste was uiterlijk {date}", "no round, first was due {date}")
_NO_ROUND_YET = Pair("nog geen evaluatieronde", "no round yet")
_GAP = Pair("meer dan {months} maanden na {date}", "more than {months} months after {date}")
_ONE_ROUND = Pair("1 ronde, laatste {date}", "1 round, last {date}")
_ROUNDS = Pair("{n} rondes, laatste {date}", "{n} rounds, last {date}")
_NEVER_MET = Pair("nog geen gesprek", "no meeting yet")
_EVIDENCE = Pair("bewijs bij {n} van {m}", "evidence for {n} of {m}")


def is_answered(score: Score) -> bool:
    """Has the topic an agreed score, or a reason why it was not assessed?"""
    return score.agreed is not None or bool(score.not_assessed_reason)


@rule(Subject.ROUND, reads=("round", "score"), topics=list)
def round_complete(view: View, need: Need, held: Round) -> Verdict:
    """R28: the round answers every topic (M:331-345)."""
    topics = tuple(Topic(word) for word in need.words("topics"))
    answered = {score.topic for score in held.scores if is_answered(score)}
    missing = tuple(topic for topic in topics if topic not in answered)
    counted = {"n": len(topics) - len(missing), "total": len(topics)}
    if missing:
        return Verdict(Status.NOT_MET, Reason(_TOPICS_MISSING, {**counted, "topics": missing}), (held,))
    return Verdict(Status.MET, Reason(_TOPICS, counted), (held,))


@rule(Subject.COOPERATION, reads=("round",), soft_deadline=date, interval_months=int, grace_months=int)
def rounds_periodic(view: View, need: Need, dossier: Cooperation) -> Verdict:
    """R29: the rounds follow each other in time (M:331-333 "periodiek"; the interval is ours).

    A late first round is not held against later dates; a gap between two rounds stays. Of several gaps the last one
    is named.
    """
    months, due_on = _limit_months(need), next_round_on(dossier, need)
    rounds = tuple(sorted(rounds_that_count(dossier), key=lambda item: (item.held_on, item.number)))
    if not rounds:
        if view.as_of > due_on:
            return Verdict(Status.NOT_MET, Reason(_FIRST_MISSED, {"date": due_on}, _NEVER_MET), due_on=due_on)
        return Verdict(Status.PENDING, Reason(_NO_ROUND_YET), due_on=due_on)
    days = [item.held_on for item in rounds]
    for former, later in reversed(list(pairwise([*days, view.as_of]))):
        if later > months_later(former, months):
            reason = Reason(_GAP, {"months": months, "date": former, "until": later})
            return Verdict(Status.NOT_MET, reason, rounds, months_later(former, months))
    reason = Reason(_ONE_ROUND if len(rounds) == 1 else _ROUNDS, {"n": len(rounds), "date": days[-1]})
    return Verdict(Status.MET, reason, rounds, due_on)


def next_round_on(dossier: Cooperation, need: Need) -> date:
    """The last day for the next round, whatever was missed before."""
    days = [item.held_on for item in rounds_that_count(dossier)]
    return months_later(max(days, default=need.day("soft_deadline")), _limit_months(need))


def _limit_months(need: Need) -> int:
    return need.number("interval_months") + need.number("grace_months")


@rule(Subject.ROUND, reads=("round", "score"))
def scores_have_evidence(view: View, need: Need, held: Round) -> Verdict:
    """R30: every agreed score has evidence (ours)."""
    scored = tuple(sorted((item for item in held.scores if item.agreed is not None), key=lambda item: item.topic))
    shown = [item for item in scored if item.evidence]
    status = Status.MET if len(shown) == len(scored) else Status.NOT_MET
    return Verdict(status, Reason(_EVIDENCE, {"n": len(shown), "m": len(scored)}), scored or (held,))
