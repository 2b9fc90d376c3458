"""Setting up a region from nothing: the steps in their order, and what of them is there. Computed, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from tracker.domain.periods import active
from tracker.domain.practice_totals import affiliated_on
from tracker.domain.records.cooperation import Cooperation


class SetupStep(StrEnum):
    """What a region needs before it can be followed, in the order in which one starts."""

    INSURERS = "insurers"
    PEOPLE = "people"
    PRACTICES = "practices"
    VISION = "vision"
    LEAD = "lead"
    SUPPORT = "support"
    DIRECTIONS = "directions"
    CONTRACT = "contract"
    INITIATIVE = "initiative"


class Progress(msgspec.Struct, frozen=True):
    """How much of a step is there."""

    step: SetupStep
    number: int
    """How many records of it there are."""
    is_next: bool = False
    """The first step of which nothing is there."""


def progress(dossier: Cooperation, people: int, on: date) -> tuple[Progress, ...]:
    """Every step with what is there on a day; `people` = how many hold a role in the region."""
    counted = {
        SetupStep.INSURERS: len(active(dossier.insurers, on)),
        SetupStep.PEOPLE: people,
        SetupStep.PRACTICES: len(affiliated_on(dossier, on)),
        SetupStep.VISION: sum(item.adopted_on is not None for item in dossier.visions),
        SetupStep.LEAD: len(active(dossier.ict_leads, on)),
        SetupStep.SUPPORT: len(active(dossier.ict_support, on)),
        SetupStep.DIRECTIONS: len(dossier.directions),
        SetupStep.CONTRACT: len(dossier.contracts),
        SetupStep.INITIATIVE: len(dossier.initiatives),
    }
    first = next((step for step in SetupStep if not counted[step]), None)
    return tuple(Progress(step, counted[step], step is first) for step in SetupStep)


def is_new(dossier: Cooperation) -> bool:
    """Whether nothing that a roadmap rule asks for was recorded yet, nor anything said or agreed about such a rule."""
    asked = (dossier.visions, dossier.ict_leads, dossier.ict_support, dossier.directions, dossier.contracts)
    about = (dossier.initiatives, dossier.rounds, dossier.waivers, dossier.opinions)
    return not any((*asked, *about))
