"""Records of the noun evaluation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence


class SteeringAction(Record, frozen=True, kw_only=True):
    """A corrective action."""

    declared = Kind(
        "steering_action",
        Pair("Bijsturing", "Adjustment"),
        key=("decided_on", "text"),
        since=("decided_on",),
    )

    decided_on: Annotated[date, about("Besloten op", "day", req=True)]
    text: Annotated[str, about("Actie", "what", req=True, longest=10_000)]
    owner: Annotated[str | None, about("Eigenaar", "who")] = None
    due_on: Annotated[date | None, about("Uiterlijk", "promised day")] = None
    done_on: Annotated[date | None, about("Gereed op", "day")] = None


class InitiativeEvaluation(Record, frozen=True, kw_only=True):
    """A periodic evaluation of the initiative."""

    declared = Kind(
        "initiative_evaluation",
        Pair("Evaluatie", "Evaluation"),
        key=("held_on",),
        since=("held_on",),
    )

    held_on: Annotated[date, about("Gehouden op", "day", req=True)]
    reports_on_plan: Annotated[bool, about("Volgens plan", "it reports on the objectives of the plan", req=True)]
    verdict: Annotated[enums.Verdict, about("Oordeel", "positive, mixed, negative, too_early", req=True)]
    summary: Annotated[str | None, about("Samenvatting", "findings", longest=10_000)] = None
    shared_on: Annotated[date | None, about("Gedeeld met verzekeraar op", "day")] = None
    steering: Annotated[tuple[SteeringAction, ...], about("Bijsturing", "what was changed")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Score(Record, frozen=True, kw_only=True, rename={"own": "self"}):
    """Three numbers per topic.

    Scale 1-5: 1 no contribution visible, 2 first signs, 3 demonstrable in some practices, 4 clear, 5 structural.
    """

    declared = Kind(
        "score",
        Pair("Score", "Score"),
        key=("topic",),
    )

    topic: Annotated[enums.Topic, about("Onderwerp", "one of six", req=True)]
    own: Annotated[int | None, about("Eigen score", "1-5", least="1", most="5")] = None
    insurer: Annotated[int | None, about("Score verzekeraar", "1-5", least="1", most="5")] = None
    agreed: Annotated[int | None, about("Overeengekomen score", "1-5; charts use this one", least="1", most="5")] = None
    not_assessed: Annotated[enums.NotAssessed | None, about("Niet beoordeeld", "kind of reason; information")] = None
    not_assessed_reason: Annotated[
        str | None,
        about("Reden niet beoordeeld", "instead of an agreed score", longest=10_000),
    ] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Action(Record, frozen=True, kw_only=True):
    """An agreed action of a round."""

    declared = Kind("action", Pair("Actie", "Action"), key=("text", "owner"))

    text: Annotated[str, about("Actie", "what", req=True, longest=10_000)]
    owner: Annotated[str, about("Eigenaar", "who", req=True)]
    topic: Annotated[enums.Topic | None, about("Onderwerp", "topic")] = None
    due_on: Annotated[date | None, about("Uiterlijk", "promised day")] = None
    done_on: Annotated[date | None, about("Gereed op", "day")] = None


class Invitee(Record, frozen=True, kw_only=True):
    """Somebody who was asked to the meeting, and whether they came."""

    declared = Kind("invitee", Pair("Genodigde", "Invitee"), key=("person", "party"))

    person: Annotated[str, about("Naam", "who", req=True)]
    party: Annotated[enums.Party | None, about("Partij", "for whom; empty = for neither party")] = None
    attended: Annotated[bool | None, about("Aanwezig", "a fact of held_on; empty = not noted")] = None


class AgendaItem(Record, frozen=True, kw_only=True):
    """A point of the agenda, with what was said of it."""

    declared = Kind("agenda_item", Pair("Agendapunt", "Agenda item"), key=("code",))

    code: Annotated[str, about("Code", "unique in the round", req=True, sort=Sort.CODE)]
    position: Annotated[int | None, about("Plaats", "1, 2, …: the order in which it is treated", least="0")] = None
    text: Annotated[str, about("Punt", "what", req=True, longest=10_000)]
    duration_min: Annotated[int | None, about("Minuten", "how long it may take; ours", "Minutes", least="1")] = None
    origin: Annotated[str | None, about("Herkomst", "key of the rule, code of the action or who brought it up")] = None
    carried_from: Annotated[int | None, about("Doorgeschoven uit ronde", "number of that round", least="0")] = None
    minutes: Annotated[
        str | None,
        about("Verslag", "what was said and decided; a fact of held_on", longest=10_000),
    ] = None
    closed: Annotated[bool | None, about("Afgehandeld", "a fact of held_on; false = it goes to the next round")] = None


class Remark(Record, frozen=True, kw_only=True):
    """A remark about the minutes. It stands beside a locked round and changes nothing in it."""

    declared = Kind(
        "remark",
        Pair("Opmerking", "Remark"),
        key=("stated_on", "person", "text"),
        since=("stated_on",),
        beside_lock=True,
    )

    stated_on: Annotated[date, about("Gemaakt op", "day", req=True)]
    person: Annotated[str, about("Naam", "who", req=True)]
    party: Annotated[enums.Party | None, about("Partij", "for whom; empty = for neither party")] = None
    text: Annotated[str, about("Opmerking", "what", req=True, longest=10_000)]


_ASK_INVITED = Pair(
    "vul in op welke dag dit gesprek is afgesproken, of op welke dag het is gehouden",
    "fill in on which day this meeting was agreed, or on which day it was held",
)
_ASK_PLANNED = Pair(
    "vul in voor welke dag dit gesprek is gepland, of op welke dag het is gehouden",
    "fill in for which day this meeting is planned, or on which day it was held",
)
_ASK_HELD = Pair("vul eerst in op welke dag het gesprek is gehouden", "fill in first on which day the meeting was held")


class Round(Record, frozen=True, kw_only=True):
    """A joint evaluation meeting. A correction after locking is a new version with the same held_on.

    Planned until it is held: then it is known from invited_on, its own and insurer's scores from their own days.
    """

    declared = Kind(
        "round",
        Pair("Evaluatieronde", "Evaluation round"),
        key=("number", "version"),
        since=("held_on", "invited_on"),
        since_earliest=True,
    )

    number: Annotated[int, about("Ronde", "1, 2, …", req=True, least="0")]
    version: Annotated[int, about("Versie", "default 1", least="0")] = 1
    invited_on: Annotated[
        date | None,
        about("Afgesproken op", "the planned meeting is known from this day; required until it is held"),
    ] = None
    planned_on: Annotated[date | None, about("Gepland op", "promised day; required until it is held")] = None
    held_on: Annotated[date | None, about("Gehouden op", "day of the meeting; empty = not held yet")] = None
    self_scored_on: Annotated[date | None, about("Eigen scores op", "day")] = None
    insurer_scored_on: Annotated[date | None, about("Scores verzekeraar op", "day")] = None
    locked_on: Annotated[date | None, about("Vastgesteld op", "from this day the version is unchangeable")] = None
    chair: Annotated[str | None, about("Voorzitter", "who")] = None
    correction_reason: Annotated[
        str | None,
        about("Reden van correctie", "required from version 2 on", longest=10_000),
    ] = None
    invitees: Annotated[tuple[Invitee, ...], about("Genodigden", "who was asked, and who came")] = ()
    agenda: Annotated[tuple[AgendaItem, ...], about("Agenda", "the points, with what was said of them")] = ()
    scores: Annotated[tuple[Score, ...], about("Scores", "one per topic")] = ()
    actions: Annotated[tuple[Action, ...], about("Acties", "agreed actions")] = ()
    remarks: Annotated[tuple[Remark, ...], about("Opmerkingen", "remarks about the minutes")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """A round was held or is planned, only a held one is locked, and a correction says why it was needed."""
        found = []
        if self.held_on is None:
            found += [("invited_on", _ASK_INVITED)] if self.invited_on is None else []
            found += [("planned_on", _ASK_PLANNED)] if self.planned_on is None else []
            found += [("held_on", _ASK_HELD)] if self.locked_on is not None else []
        if self.version > 1 and not self.correction_reason:
            reason = Pair("vanaf versie 2 is een reden van correctie nodig", "required from version 2 on")
            found.append(("correction_reason", reason))
        return found

    def known_on(self, as_of: date) -> Round:
        """Before the meeting: who is asked, the agenda, and the scores of each party from their own day."""
        if self.held_on is not None and self.held_on <= as_of:
            return self
        hidden = [] if self.held_on is None else list(_OF_MEETING)
        for name, scored_on in (("own", self.self_scored_on), ("insurer", self.insurer_scored_on)):
            day = scored_on or self.held_on
            hidden += [name] if day is not None and day > as_of else []
        scores = tuple(left for item in self.scores if (left := _without(item, hidden)) is not None)
        if self.held_on is None:
            return msgspec.structs.replace(self, scores=scores) if scores != self.scores else self
        return msgspec.structs.replace(
            self,
            invitees=tuple(msgspec.structs.replace(item, attended=None) for item in self.invitees),
            agenda=tuple(msgspec.structs.replace(item, minutes=None, closed=None) for item in self.agenda),
            scores=scores,
            actions=(),
            evidence=_received(self.evidence),
        )


_OF_MEETING = ("agreed", "not_assessed", "not_assessed_reason", "note")
"""What of a score is decided in the meeting itself."""


def _without(score: Score, hidden: list[str]) -> Score | None:
    """A score without some of its values; None when nothing of it is left."""
    taken = {name: None for name in hidden if getattr(score, name) is not None}
    if not taken:
        return score
    if not any(getattr(score, name) is not None for name in ("own", "insurer", *_OF_MEETING) if name not in taken):
        return None
    kept = score.evidence if "agreed" not in hidden else _received(score.evidence)
    return msgspec.structs.replace(score, evidence=kept, **taken)


def _received(pieces: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The pieces with a day of their own; the others came with the meeting."""
    return tuple(piece for piece in pieces if piece.received_on is not None)
