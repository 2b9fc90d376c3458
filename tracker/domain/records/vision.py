"""Records of the noun vision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.domain.records import enums
from tracker.domain.records.base import Kind, Pair, Record, about
from tracker.domain.records.evidence import Evidence


class VisionText(Record, frozen=True, kw_only=True):
    """A part is present from its day on."""

    declared = Kind(
        "vision_text",
        Pair("Onderdeel van de visie", "Part of the vision"),
        key=("part", "recorded_on"),
        since=("recorded_on",),
    )

    part: Annotated[enums.VisionPart, about("Onderdeel", "urgency, problems, benefits or strategy", req=True)]
    recorded_on: Annotated[date, about("Vastgelegd op", "day the part was written into this version", req=True)]
    text: Annotated[str, about("Tekst", "the part in a few sentences", req=True, longest=10_000)]


class VisionSupport(Record, frozen=True, kw_only=True):
    """A dated judgement by a person."""

    declared = Kind(
        "vision_support",
        Pair("Draagvlak", "Support for the vision"),
        key=("stated_on",),
        since=("stated_on",),
    )

    stated_on: Annotated[date, about("Vastgesteld op", "day of the vote, consultation or judgement", req=True)]
    supported: Annotated[bool, about("Gedragen", "true or false; board_only is normally false", req=True)]
    kind: Annotated[enums.SupportKind, about("Wijze", "how it was established", req=True)]
    share_pct: Annotated[Decimal | None, about("Aandeel (%)", "share in favour, 0-100", least="0", most="100")] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()


class Vision(Record, frozen=True, kw_only=True):
    """One version of the regional vision and strategy on digitalisation."""

    declared = Kind(
        "vision",
        Pair("Visie", "Vision"),
        key=("version",),
        since=("adopted_on", "drafted_on"),
        since_earliest=True,
        spans=(("adopted_on", "withdrawn_on"),),
    )

    version: Annotated[
        int,
        about("Versie", "1, 2, …; on one adoption day the higher version is the later one", req=True, least="0"),
    ]
    title: Annotated[str | None, about("Titel", "title")] = None
    drafted_on: Annotated[date | None, about("Concept van", "first draft")] = None
    adopted_on: Annotated[
        date | None,
        about("Vastgesteld op", "day of the decision; empty = concept, counts for nothing"),
    ] = None
    withdrawn_on: Annotated[
        date | None,
        about(
            "Ingetrokken op",
            "day the decision was taken back; from that day the version counts for nothing."
            " Being followed by a newer version is not a withdrawal",
        ),
    ] = None
    texts: Annotated[tuple[VisionText, ...], about("Onderdelen", "the four content parts")] = ()
    support: Annotated[
        tuple[VisionSupport, ...],
        about("Gedragen", "is it carried by the members; the latest statement counts"),
    ] = ()
    evidence: Annotated[tuple[Evidence, ...], about("Bewijs", "pieces that show this fact")] = ()
