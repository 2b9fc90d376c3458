"""Records of the noun initiative."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evaluation import InitiativeEvaluation
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.example import AccessibilityTest, GoodExample, Sharing
from tracker.domain.records.funding import Extension, FundingLine
from tracker.domain.records.plan import GoalAgreement, Indicator, Plan


class InitiativePhase(Record, frozen=True, kw_only=True):
    """On one day the furthest of start, scale_up, extend, sustain, ended counts.

    Information; rules read started_on and ended_on.
    """

    declared = Kind(
        "initiative_phase",
        Pair("Fase", "Phase"),
        key=("reached_on", "phase"),
        since=("reached_on",),
    )

    reached_on: Annotated[date, about("Bereikt op", "first day", req=True)]
    phase: Annotated[enums.InitiativePhaseName, about("Fase", "phase", req=True)]


class InitiativeDirection(Record, frozen=True, kw_only=True):
    """A direction the initiative serves."""

    declared = Kind(
        "initiative_direction",
        Pair("Oplossingsrichting", "Solution direction"),
        key=("code", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    code: Annotated[str, about("Oplossingsrichting", "code", req=True, sort=Sort.CODE, catalogue="direction")]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class ProductUse(Record, frozen=True, kw_only=True):
    """A version of a product in the initiative."""

    declared = Kind(
        "product_use",
        Pair("Productgebruik", "Use of a product"),
        key=("product", "version", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    product: Annotated[str, about("Product", "code in the register", req=True, sort=Sort.CODE, refers_to="product")]
    version: Annotated[str, about("Versie", "one of the product's versions", req=True)]
    role: Annotated[
        enums.UseRole,
        about("Rol", "default object; background = existing base system, skipped by the assessment rule"),
    ] = enums.UseRole.OBJECT
    justification: Annotated[str | None, about("Onderbouwing", "required with background", longest=10_000)] = None
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None

    def faults(self) -> list[tuple[str, Pair]]:
        """A background use is skipped by the assessment rule, so it says why (Q-09)."""
        if self.role is enums.UseRole.BACKGROUND and not self.justification:
            return [
                (
                    "justification",
                    Pair(
                        "een bestaand basissysteem heeft een onderbouwing nodig",
                        "a background use needs a justification",
                    ),
                )
            ]
        return []


class Statement(Record, frozen=True, kw_only=True):
    """The latest statement of a kind up to the peildatum counts."""

    declared = Kind(
        "statement",
        Pair("Verklaring", "Statement"),
        key=("kind", "stated_on"),
        since=("stated_on",),
    )

    kind: Annotated[enums.StatementKind, about("Soort", "what is judged", req=True)]
    stated_on: Annotated[date, about("Vastgelegd op", "day", req=True)]
    holds: Annotated[bool, about("Geldt", "true or false", req=True)]
    vision_version: Annotated[int | None, about("Versie van de visie", "for based_on_vision", least="0")] = None
    text: Annotated[str, about("Tekst", "at least one sentence", req=True, longest=10_000)]
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Participant(Record, frozen=True, kw_only=True):
    """An involved practice."""

    declared = Kind(
        "participant",
        Pair("Deelnemer", "Participant"),
        key=("practice", "joined_on"),
        since=("joined_on",),
        spans=(("joined_on", "left_on"),),
    )

    practice: Annotated[str, about("Praktijk", "code", req=True, sort=Sort.CODE, refers_to="practice")]
    joined_on: Annotated[date, about("Sinds", "first day", req=True)]
    left_on: Annotated[date | None, about("Tot en met", "last day")] = None
    no_double_funding_signed_on: Annotated[
        date | None,
        about("Verklaring geen dubbele financiering", "day of signature"),
    ] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Initiative(Record, frozen=True, kw_only=True):
    """One project of a cooperation."""

    declared = Kind(
        "initiative",
        Pair("Initiatief", "Initiative"),
        key=("code",),
        since=("proposed_on",),
        spans=(("started_on", "ended_on"),),
    )

    code: Annotated[str, about("Code", "unique in the product (`I01`)", req=True, sort=Sort.CODE)]
    title: Annotated[str, about("Titel", "title", req=True)]
    summary: Annotated[str | None, about("Samenvatting", "what it is", longest=10_000)] = None
    insurer: Annotated[
        str,
        about("Verzekeraar", "whose conditions apply", req=True, sort=Sort.CODE, catalogue="insurer"),
    ]
    proposed_on: Annotated[
        date,
        about("Voorgesteld op", "before this day the initiative does not exist for any rule, list or chart", req=True),
    ]
    planned_start_on: Annotated[date | None, about("Beoogde start", "for the pre-check before the start")] = None
    started_on: Annotated[date | None, about("Gestart op", "first day")] = None
    ended_on: Annotated[date | None, about("Beëindigd op", "last day; it still runs on that day")] = None
    phases: Annotated[tuple[InitiativePhase, ...], about("Fasen", "history")] = ()
    directions: Annotated[
        tuple[InitiativeDirection, ...],
        about("Oplossingsrichtingen", "from which directions it comes"),
    ] = ()
    uses: Annotated[tuple[ProductUse, ...], about("Producten", "what is selected, bought, built or rolled out")] = ()
    statements: Annotated[tuple[Statement, ...], about("Verklaringen", "dated yes/no judgements with a text")] = ()
    agreements: Annotated[
        tuple[GoalAgreement, ...],
        about("Doelafspraken", "objectives and outcomes agreed with the insurer"),
    ] = ()
    plans: Annotated[tuple[Plan, ...], about("Plannen", "adopted plan versions with milestones")] = ()
    indicators: Annotated[tuple[Indicator, ...], about("Indicatoren", "baseline, targets, measurements")] = ()
    participants: Annotated[
        tuple[Participant, ...],
        about("Deelnemende praktijken", "involved practices and their declaration"),
    ] = ()
    evaluations: Annotated[tuple[InitiativeEvaluation, ...], about("Evaluaties", "periodic evaluations")] = ()
    extensions: Annotated[
        tuple[Extension, ...],
        about("Besluiten over verlenging", "decisions of the insurer; the product only records them"),
    ] = ()
    funding_lines: Annotated[tuple[FundingLine, ...], about("Financiering", "what is paid from which stream")] = ()
    sharings: Annotated[
        tuple[Sharing, ...],
        about("Gedeeld als goed voorbeeld", "when it was shared with other cooperations"),
    ] = ()
    good_examples: Annotated[
        tuple[GoodExample, ...],
        about("Gebruik van voorbeelden", "examples from elsewhere that were looked at"),
    ] = ()
    accessibility_tests: Annotated[
        tuple[AccessibilityTest, ...],
        about("Toegankelijkheidstoetsen", "tests on accessibility for everyone"),
    ] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
