"""An invented initiative, fact by fact, and one condition that is asked of it."""

from datetime import date
from typing import Any

from tests.domain.roadmap_facts import day, judged, region, support, vision
from tracker.domain import conditions
from tracker.domain.finding import Finding
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.direction import Direction, DirectionPhase
from tracker.domain.records.enums import AssessmentStatus, ExampleOutcome, Phase, ProductKind, StatementKind
from tracker.domain.records.enums import Verdict as Opinion
from tracker.domain.records.evaluation import InitiativeEvaluation, SteeringAction
from tracker.domain.records.example import GoodExample, Sharing
from tracker.domain.records.initiative import Initiative, InitiativeDirection, Participant, ProductUse, Statement
from tracker.domain.records.plan import GoalAgreement, Milestone, MilestoneMove, Plan
from tracker.domain.records.product import Assessment, Product, ProductVersion
from tracker.domain.register import Example, Register

RULES = conditions
"""Importing the conditions makes their rules known."""

START = "2023-03-01"
PROPOSED = "2022-06-01"


def on(text: str | None) -> date | None:
    """A day, or none."""
    return None if text is None else day(text)


def initiative(started: str | None = START, ended: str | None = None, **facts: Any) -> Initiative:
    """Portaal voor iedereen, proposed on 1 June 2022 and paid by Menzis."""
    facts = {"code": "I01", "title": "Portaal voor iedereen", "insurer": "menzis", "proposed_on": day(PROPOSED)} | facts
    return Initiative(started_on=on(started), ended_on=on(ended), **facts)


def asked_of(kind: str, held: Initiative, as_of: str, *, register: Register | None = None, **more: Any) -> Finding:
    """What a condition says of the initiative on a day; region facts and parameters by name."""
    facts = {name: more.pop(name) for name in ("visions", "directions") if name in more}
    dossier = more.pop("dossier", None) or region(initiatives=(held,), **facts)
    assert isinstance(dossier, Cooperation)
    return judged(kind, dossier, as_of, subject=held.code, register=register, **more)


def serves(code: str, start: str = PROPOSED, end: str | None = None) -> InitiativeDirection:
    """The initiative comes from this direction."""
    return InitiativeDirection(code=code, from_on=day(start), to_on=on(end))


def preferred(code: str, *phases: tuple[str, Phase]) -> Direction:
    """A direction chosen by the region."""
    return Direction(code=code, phases=tuple(DirectionPhase(reached_on=day(at), phase=phase) for at, phase in phases))


def stated(kind: StatementKind, at: str, holds: bool = True, text: str = "Dat verwachten wij.") -> Statement:
    """A dated yes or no with its words."""
    return Statement(kind=kind, stated_on=day(at), holds=holds, text=text)


def carried_vision(at: str = "2022-05-18", supported: bool = True) -> Any:
    """A vision with the judgement of the members."""
    return vision(at, support=(support(at, supported),))


def uses(product: str, version: str = "1", start: str = START, end: str | None = None, **more: Any) -> ProductUse:
    """A product in the initiative."""
    return ProductUse(product=product, version=version, from_on=day(start), to_on=on(end), **more)


def reported(status: AssessmentStatus, at: str, until: str | None = None, version: str = "1") -> Assessment:
    """An event at the Kenniscentrum."""
    return Assessment(version=version, reported_on=day(at), status=status, valid_until=on(until))


def product(code: str, *events: Assessment, kind: ProductKind = ProductKind.APPLICATION, name: str = "") -> Product:
    """A product with its assessments."""
    versions = (ProductVersion(version="1"), ProductVersion(version="2"))
    return Product(code=code, name=name or f"Product {code}", kind=kind, versions=versions, assessments=events)


def agreed(at: str, objectives: int = 1, outcomes: int = 1) -> GoalAgreement:
    """An agreement with the insurer."""
    return GoalAgreement(
        signed_on=day(at), objectives=("Minder telefoontjes",) * objectives, outcomes=("Tevredenheid 8",) * outcomes
    )


def plan(at: str, *steps: Milestone, version: int = 1, interval: int | None = None) -> Plan:
    """A plan version with its milestones."""
    return Plan(version=version, adopted_on=day(at), milestones=steps, evaluation_interval_months=interval)


def step(code: str, due: str, done: str | None = None, *moves: tuple[str, str]) -> Milestone:
    """A milestone, moved on a day to a later one."""
    moved = tuple(MilestoneMove(moved_on=day(at), due_on=day(to), reason="Meer tijd") for at, to in moves)
    return Milestone(code=code, title=f"Stap {code}", due_on=day(due), done_on=on(done), moves=moved)


def evaluated(
    at: str,
    verdict: Opinion = Opinion.POSITIVE,
    shared: str | None = None,
    on_plan: bool = True,
    steered: tuple[str, ...] = (),
) -> InitiativeEvaluation:
    """A periodic evaluation."""
    actions = tuple(SteeringAction(decided_on=day(item), text=f"Actie {item}") for item in steered)
    return InitiativeEvaluation(
        held_on=day(at), reports_on_plan=on_plan, verdict=verdict, shared_on=on(shared), steering=actions
    )


def joined(practice: str, at: str = START, left: str | None = None, signed: str | None = None) -> Participant:
    """An involved practice and the day of its declaration."""
    return Participant(practice=practice, joined_on=day(at), left_on=on(left), no_double_funding_signed_on=on(signed))


def shared(at: str, withdrawn: str | None = None) -> Sharing:
    """Offered to other cooperations."""
    return Sharing(shared_on=day(at), withdrawn_on=on(withdrawn))


def looked_at(source: str, outcome: ExampleOutcome, at: str = "2023-01-15", reason: str | None = None) -> GoodExample:
    """An example from elsewhere that was looked at."""
    return GoodExample(source=source, considered_on=day(at), outcome=outcome, reason=reason)


def offered(code: str, sharing: Sharing, *directions: InitiativeDirection, cooperation: str = "ZAN") -> Example:
    """An initiative of another cooperation, as others find it."""
    held = initiative(code=code, directions=directions or (serves("T1.1", "2022-01-01"),), sharings=(sharing,))
    return Example(cooperation, held)
