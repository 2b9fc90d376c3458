"""The word of every enumeration member: choices of records, and what the house itself distinguishes."""

from enum import Enum

from tracker.domain.assessment import AssessmentState
from tracker.domain.calculators import Carer
from tracker.domain.changes import ChangeKind
from tracker.domain.finding import Status
from tracker.domain.journal_sentences import Deed
from tracker.domain.people import AccountChange
from tracker.domain.policy import Role
from tracker.domain.privacy import Outcome
from tracker.domain.records.base import Pair
from tracker.domain.rule_kinds import Subject
from tracker.labels.choices import CHOICES
from tracker.labels.statuses import STATUSES

OWN: dict[type[Enum], dict[str, Pair]] = {
    AssessmentState: {
        "not_submitted": Pair("niet aangemeld", "not submitted"),
        "intake_sent": Pair("intake verstuurd", "intake sent"),
        "in_assessment": Pair("in beoordeling", "in assessment"),
        "positive": Pair("positief", "positive"),
        "negative": Pair("negatief", "negative"),
        "withdrawn": Pair("ingetrokken", "withdrawn"),
        "expired": Pair("verlopen", "expired"),
    },
    ChangeKind: {
        "worse": Pair("achteruit", "worse"),
        "better": Pair("vooruit", "better"),
        "new": Pair("nieuw", "new"),
        "gone": Pair("verdwenen", "gone"),
        "silent": Pair("stil", "silent"),
    },
    AccountChange: {
        "joined": Pair("account gemaakt na een uitnodiging", "account made after an invitation"),
        "role_given": Pair("rol gegeven", "role given"),
        "role_shortened": Pair("laatste dag van een rol vervroegd", "last day of a role moved forward"),
        "role_ended": Pair("rol direct beëindigd", "role ended at once"),
        "role_kept": Pair(
            "rol gebleven: de eigen organisatie nam hem terug, maar er is geen andere beheerder",
            "role kept: the own organisation took it back, but there is no other administrator",
        ),
        "closed": Pair("account gesloten", "account closed"),
        "reopened": Pair("account heropend", "account reopened"),
        "second_step_removed": Pair("tweede stap weggehaald", "second step taken away"),
        "token_made": Pair("token gemaakt", "token made"),
        "token_revoked": Pair("token ingetrokken", "token revoked"),
    },
    Deed: {
        "added": Pair("toegevoegd", "added"),
        "corrected": Pair("gecorrigeerd", "corrected"),
        "removed": Pair("verwijderd", "removed"),
        "imported": Pair("ingelezen uit een bestand", "taken in from a file"),
    },
    Role: {
        "board_member": Pair("bestuurder", "board member"),
        "project_leader": Pair("projectleider", "project leader"),
        "practice_liaison": Pair("praktijkadviseur", "practice liaison"),
        "insurer_region_manager": Pair("regiomanager (verzekeraar)", "region manager (insurer)"),
        "insurer_reader": Pair("meelezer (verzekeraar)", "reader (insurer)"),
        "evaluation_chair": Pair("voorzitter evaluatiegesprek", "chair of the evaluation"),
        "administrator": Pair("beheerder", "administrator"),
    },
    Subject: {
        "cooperation": Pair("samenwerkingsverband", "cooperation"),
        "initiative": Pair("initiatief", "initiative"),
        "round": Pair("evaluatieronde", "evaluation round"),
        "practice": Pair("praktijk", "practice"),
        "oi_claim": Pair("O&I-declaratie", "O&I claim"),
        "innovation_application": Pair("aanvraag zorgvernieuwing", "application for care innovation"),
        "service_declaration": Pair("opgave service en bereikbaarheid", "service declaration"),
        "open_claim": Pair("declaratie OPEN", "OPEN claim"),
        "accreditation_claim": Pair("declaratie accreditatie", "accreditation claim"),
    },
    Carer: {
        "gp": Pair("huisarts", "GP"),
        "poh_s": Pair("POH-S", "POH-S"),
        "poh_elderly": Pair("POH-Ouderen", "POH for the elderly"),
        "soh": Pair("SOH", "SOH"),
        "assistant": Pair("doktersassistent", "assistant"),
    },
    Outcome: {
        "SHOWN": Pair("getoond", "shown"),
        "HIDDEN": Pair("niet getoond", "not shown"),
    },
}

WORDS: dict[type[Enum], dict[str, Pair]] = {
    **CHOICES,
    **OWN,
    Status: {status.value: label.word for status, label in STATUSES.items()},
}
"""By enumeration and value."""


def pair_of(member: Enum) -> Pair:
    """The word of a member in both languages; of an unknown one its value, so that nobody is stopped by it."""
    known = WORDS.get(type(member), {}).get(str(member.value))
    return known if known is not None else Pair(str(member.value), str(member.value))


def word(member: Enum, language: str = "nl") -> str:
    """The word of a member, as it stands inside a sentence."""
    pair = pair_of(member)
    return pair.en if language == "en" else pair.nl


def choices(kind: type[Enum], language: str = "nl") -> list[tuple[str, str]]:
    """Value and word of every member, in the order of the enumeration: for a list to choose from."""
    return [(str(member.value), word(member, language)) for member in kind]
