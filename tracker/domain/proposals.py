"""What is proposed per rule and status: a title, who would do it and, where the finding says too little, why.

The words are ours; no source asks for these steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tracker.domain.finding import Status
from tracker.domain.records.base import Pair


class Proposal(NamedTuple):
    """What is proposed when a rule has one of these statuses. `because` stands in for the reason of the finding."""

    statuses: tuple[Status, ...]
    title: Pair
    owner: Pair
    because: Pair | None = None
    state: tuple[str, ...] = ()
    """Only when the reason names one of these states of the product."""


_OPEN = (Status.NOT_MET, Status.PARTIAL, Status.PENDING)
_BROKEN = (Status.NOT_MET, Status.PARTIAL)

BOARD = Pair("Bestuur", "Board")
BOTH = Pair("Bestuur en {insurer}", "Board and {insurer}")
LEAD = Pair("CIO of CMIO", "CIO or CMIO")
NO_LEAD = Pair("CIO of CMIO (vacant)", "CIO or CMIO (vacant)")
_PROJECT = Pair("Projectleider", "Project leader")
_LIAISON = Pair("Praktijkadviseur", "Practice liaison")
CHAIR = Pair("Voorzitter", "Chair")

PROPOSALS: Mapping[str, tuple[Proposal, ...]] = {
    "vision_on_time": (
        Proposal(_OPEN, Pair("Begin met de visie en strategie", "Start with the vision and strategy"), BOARD),
    ),
    "vision_supported_and_complete": (
        Proposal(
            (Status.PARTIAL,), Pair("Visie aanvullen en laten dragen", "Complete the vision, with support"), BOARD
        ),
    ),
    "contract_in_force": (
        Proposal(
            (Status.NOT_MET, Status.PENDING),
            Pair("Contract met {insurer} sluiten", "Sign a contract with {insurer}"),
            BOTH,
            Pair("Zonder contract is S3-geld niet mogelijk.", "Without a contract no S3 money is possible."),
        ),
        Proposal(
            (Status.PARTIAL,), Pair("Contract met {insurer} aanvullen", "Complete the contract with {insurer}"), BOTH
        ),
    ),
    "mandate_complete": (
        Proposal(
            (*_BROKEN, Status.ADVISORY), Pair("Ontbrekende mandaten ophalen", "Collect the missing mandates"), _LIAISON
        ),
    ),
    "ict_lead_now": (
        Proposal(
            _OPEN,
            Pair("Functie van CIO of CMIO invullen", "Fill the post of CIO or CMIO"),
            BOARD,
            Pair("Eén van beide rollen is genoeg.", "One of the two roles is enough."),
        ),
    ),
    "ict_support_on_deadline": (
        Proposal(
            (Status.PARTIAL,),
            Pair("ICT-ondersteuning laten aansluiten op de visie", "Align the ICT support with the vision"),
            LEAD,
        ),
        Proposal(_OPEN, Pair("ICT-ondersteuning voor praktijken regelen", "Arrange ICT support for practices"), BOARD),
    ),
    "assessed_positive": (
        Proposal(
            (Status.NOT_MET,),
            Pair(
                "{product} aanmelden bij het Kenniscentrum, of stoppen",
                "Submit {product} to the knowledge centre, or stop",
            ),
            _PROJECT,
            state=("not_submitted", "withdrawn"),
        ),
        Proposal(
            (Status.NOT_MET,),
            Pair("{product} verbeteren en opnieuw aanmelden, of stoppen", "Improve and resubmit {product}, or stop"),
            _PROJECT,
            state=("negative",),
        ),
        Proposal(
            (Status.NOT_MET,),
            Pair("Nieuw KC-oordeel vragen voor {product}", "Ask for a new assessment of {product}"),
            _PROJECT,
            state=("expired",),
        ),
        Proposal(
            (Status.NOT_MET,),
            Pair("KC-oordeel van {product} opvolgen", "Follow up the assessment of {product}"),
            _PROJECT,
        ),
    ),
    "no_double_funding_computed": (
        Proposal(
            (Status.NOT_MET, Status.ADVISORY),
            Pair("Financiering van {item} samen nakijken", "Check the funding of {item} together"),
            BOTH,
        ),
    ),
    "three_directions_selected": (
        Proposal(
            _OPEN,
            Pair(
                "Oplossingsrichtingen kiezen tot het er {minimum} zijn", "Select directions until there are {minimum}"
            ),
            BOARD,
        ),
    ),
    "three_directions_implementing": (
        Proposal(
            _OPEN, Pair("Meer richtingen in uitvoering brengen", "Bring more directions into implementation"), LEAD
        ),
    ),
    "running_without_funding": (
        Proposal(
            (Status.ADVISORY,),
            Pair(
                "Besluit vragen over de financiering van {initiative}",
                "Ask for a decision on the funding of {initiative}",
            ),
            BOTH,
        ),
    ),
    "plan_recorded": (
        Proposal(
            (Status.NOT_MET, Status.PENDING),
            Pair("Plan vastleggen voor {initiative}", "Record a plan for {initiative}"),
            _PROJECT,
        ),
    ),
    "goals_agreed_at_start": (
        Proposal(
            _BROKEN,
            Pair("Doelen en uitkomsten afspreken voor {initiative}", "Agree on goals and outcomes of {initiative}"),
            _PROJECT,
        ),
    ),
    "based_on_vision": (
        Proposal(
            (Status.NOT_MET, Status.PENDING),
            Pair(
                "Verklaring over visie en regio vastleggen voor {initiative}",
                "Record the statements on vision and region of {initiative}",
            ),
            _PROJECT,
        ),
    ),
    "cost_and_outcome_potential": (
        Proposal(
            _OPEN,
            Pair(
                "Kosten en uitkomsten onderbouwen voor {initiative}", "Substantiate costs and outcomes of {initiative}"
            ),
            _PROJECT,
        ),
    ),
    "directions_aligned": (
        Proposal(
            (Status.NOT_MET,),
            Pair("{directions} opnieuw toetsen aan de visie", "Check {directions} against the vision again"),
            LEAD,
        ),
        Proposal(
            (Status.UNKNOWN,),
            Pair(
                "Aansluiting op de visie bevestigen van {directions}",
                "Confirm the alignment of {directions} with the vision",
            ),
            LEAD,
        ),
    ),
    "evaluated_periodically": (Proposal(_BROKEN, Pair("{initiative} evalueren", "Evaluate {initiative}"), _PROJECT),),
    "evaluation_shared": (
        Proposal(
            (Status.NOT_MET,),
            Pair(
                "Evaluatie van {initiative} delen met {insurer}", "Share the evaluation of {initiative} with {insurer}"
            ),
            _PROJECT,
        ),
    ),
    "steered": (
        Proposal(
            (Status.NOT_MET,),
            Pair("Bijsturing van {initiative} vastleggen", "Record how {initiative} was steered"),
            _PROJECT,
        ),
    ),
    "plan_executed": (
        Proposal(
            (Status.ADVISORY,),
            Pair("Mijlpalen van {initiative} bijwerken", "Update the milestones of {initiative}"),
            _PROJECT,
        ),
    ),
    "no_double_funding_agreed": (
        Proposal(
            _BROKEN,
            Pair(
                "Verklaringen over dubbele financiering ophalen voor {initiative}",
                "Collect the declarations on double funding for {initiative}",
            ),
            _LIAISON,
        ),
    ),
    "support_lines": (
        Proposal(_OPEN, Pair("Steun aan praktijken aanvullen", "Complete the support of practices"), BOARD),
    ),
    "round_complete": (Proposal((Status.NOT_MET,), Pair("Ronde {round} aanvullen", "Complete round {round}"), CHAIR),),
    "rounds_periodic": (
        Proposal(
            (Status.NOT_MET,),
            Pair("Evaluatiegesprek met {insurer} houden", "Hold the evaluation meeting with {insurer}"),
            CHAIR,
        ),
    ),
    "scores_have_evidence": (
        Proposal((Status.NOT_MET,), Pair("Bewijs toevoegen bij ronde {round}", "Add evidence to round {round}"), CHAIR),
    ),
    "sharing": (
        Proposal(
            (Status.ADVISORY,),
            Pair("{initiative} delen als goed voorbeeld", "Share {initiative} as a good example"),
            _PROJECT,
        ),
    ),
    "good_examples_used": (
        Proposal(
            (Status.NOT_MET,),
            Pair("Goede voorbeelden bekijken voor {initiative}", "Look at good examples for {initiative}"),
            _PROJECT,
        ),
    ),
    "accessibility_test": (
        Proposal(
            (Status.ADVISORY, Status.NOT_MET),
            Pair("{initiative} laten toetsen op toegankelijkheid", "Have {initiative} tested for accessibility"),
            _PROJECT,
        ),
    ),
}
"""By kind of rule, in the order in which steps are proposed."""
