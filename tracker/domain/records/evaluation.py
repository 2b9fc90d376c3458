"""Records of the noun evaluation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, about
from tracker.domain.records.evidence import Evidence


class SteeringAction(Record, frozen=True, kw_only=True):
    """A corrective action."""

    declared = Kind(
        "steering_action",
        Pair("Bijsturing", "Steering action"),
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
        Pair("Evaluatie", "Initiative evaluation"),
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


class Round(Record, frozen=True, kw_only=True):
    """A joint evaluation meeting. A correction after locking is a new version with the same held_on."""

    declared = Kind(
        "round",
        Pair("Evaluatieronde", "Round"),
        key=("number", "version"),
        since=("held_on",),
    )

    number: Annotated[int, about("Ronde", "1, 2, …", req=True, least="0")]
    version: Annotated[int, about("Versie", "default 1", least="0")] = 1
    held_on: Annotated[date, about("Gehouden op", "day of the meeting", req=True)]
    self_scored_on: Annotated[date | None, about("Eigen scores op", "day")] = None
    insurer_scored_on: Annotated[date | None, about("Scores verzekeraar op", "day")] = None
    locked_on: Annotated[date | None, about("Vastgesteld op", "from this day the version is unchangeable")] = None
    chair: Annotated[str | None, about("Voorzitter", "who")] = None
    correction_reason: Annotated[
        str | None,
        about("Reden van correctie", "required from version 2 on", longest=10_000),
    ] = None
    scores: Annotated[tuple[Score, ...], about("Scores", "one per topic")] = ()
    actions: Annotated[tuple[Action, ...], about("Acties", "agreed actions")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()

    def faults(self) -> list[tuple[str, Pair]]:
        """A correction of a round says why it was needed."""
        if self.version > 1 and not self.correction_reason:
            return [
                (
                    "correction_reason",
                    Pair("vanaf versie 2 is een reden van correctie nodig", "required from version 2 on"),
                )
            ]
        return []
