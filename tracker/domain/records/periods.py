"""Small records shared by several nouns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from tracker.domain.records.base import Kind, Pair, Record, about


class Period(Record, frozen=True, kw_only=True):
    """A plain period."""

    declared = Kind(
        "period",
        Pair("Periode", "Period"),
        key=("from_on",),
        since=("from_on",),
        spans=(("from_on", "to_on"),),
    )

    from_on: Annotated[date, about("Van", "first day", req=True)]
    to_on: Annotated[date | None, about("Tot en met", "last day; empty = still")] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None


class Alignment(Record, frozen=True, kw_only=True):
    """Does it fit this version of the vision? The latest statement about a version counts."""

    declared = Kind(
        "alignment",
        Pair("Aansluiting op visie", "Fit with the vision"),
        key=("vision_version", "stated_on"),
        since=("stated_on",),
    )

    vision_version: Annotated[
        int,
        about(
            "Versie van de visie", "a draft may be named; it counts once that version is adopted", req=True, least="0"
        ),
    ]
    stated_on: Annotated[date, about("Vastgesteld op", "day of the statement", req=True)]
    aligned: Annotated[bool, about("Sluit aan", "true or false", req=True)]
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None


class Measurement(Record, frozen=True, kw_only=True):
    """A value on a day."""

    declared = Kind(
        "measurement",
        Pair("Meting", "Measurement"),
        key=("measured_on",),
        since=("reported_on", "measured_on"),
    )

    measured_on: Annotated[date, about("Gemeten op", "day the value describes", req=True)]
    reported_on: Annotated[date | None, about("Gemeld op", "known from this day; default measured_on")] = None
    value: Annotated[Decimal, about("Waarde", "value", req=True)]
    source: Annotated[str | None, about("Bron", "where it comes from")] = None
    note: Annotated[str | None, about("Toelichting", "free text", longest=10_000)] = None
