"""Records of the noun direction."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, Sort, about
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.periods import Alignment


class DirectionPhase(Record, frozen=True, kw_only=True):
    """On one day the furthest of selected, pilot, implementing, in_use, stopped counts."""

    declared = Kind(
        "direction_phase",
        Pair("Fase", "Phase"),
        key=("reached_on", "phase"),
        since=("reached_on",),
    )

    reached_on: Annotated[date, about("Bereikt op", "first day of the phase", req=True)]
    phase: Annotated[enums.Phase, about("Fase", "phase", req=True)]
    reason: Annotated[
        str | None,
        about("Reden", "needed by people for stopped and for falling back", longest=10_000),
    ] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class DirectionComponent(Record, frozen=True, kw_only=True):
    """A component belongs to the choice in this period."""

    declared = Kind(
        "direction_component",
        Pair("Onderdeel", "Component"),
        key=("component", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    component: Annotated[str, about("Onderdeel", "`T1.1a`", req=True, sort=Sort.CODE, catalogue="component")]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None


class Direction(Record, frozen=True, kw_only=True):
    """One direction chosen by the region."""

    declared = Kind(
        "direction",
        Pair("Voorkeursoplossingsrichting", "Chosen direction"),
        key=("code",),
        since_children="phases",
    )

    code: Annotated[
        str,
        about(
            "Oplossingsrichting",
            "`T1.1` … `T4.2` from the programme file",
            req=True,
            sort=Sort.CODE,
            catalogue="direction",
        ),
    ]
    phases: Annotated[tuple[DirectionPhase, ...], about("Fasen", "history; may fall back and restart", req=True)] = ()
    components: Annotated[
        tuple[DirectionComponent, ...],
        about("Onderdelen", "chosen components (T1.1a-f, T3.2a-g)"),
    ] = ()
    alignment: Annotated[tuple[Alignment, ...], about("Aansluiting op visie", "per version of the vision")] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class SupportActivity(Record, frozen=True, kw_only=True):
    """Help by the cooperation."""

    declared = Kind(
        "support_activity",
        Pair("Ondersteunende activiteit", "Supporting activity"),
        key=("line", "title", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    line: Annotated[enums.SupportLine, about("Lijn", "skills, pilots or implementation", req=True)]
    title: Annotated[str, about("Titel", "what is done", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class ParticipationOffer(Record, frozen=True, kw_only=True):
    """Something a practice can take part in."""

    declared = Kind(
        "participation_offer",
        Pair("Aanbod tot deelname", "Offer to take part"),
        key=("kind", "title", "from_on"),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    kind: Annotated[enums.OfferKind, about("Soort", "pilot, working group or selection committee", req=True)]
    title: Annotated[str, about("Titel", "name", req=True)]
    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day")] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
