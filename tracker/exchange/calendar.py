"""A calendar as a file that other programs subscribe to (RFC 5545). Everything falls on a day; nothing has an hour."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec
from icalendar import Calendar, Event

PRODUCT = "-//Regiotracker//Agenda//NL"
REFRESH = timedelta(hours=6)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One day in the calendar."""

    name: str
    """What it is, the same for ever: the identity in every calendar follows from it."""
    day: date
    title: str
    description: str
    url: str
    revision: int
    """Higher after every change about its cooperation."""


def to_ics(entries: Iterable[Entry], *, title: str, made_at: datetime, house: str) -> bytes:
    """The file. `house` is the name of this installation on the net: it ends every identity."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, made_at, house))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime, house: str) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(entry.name.encode()).hexdigest()[:32]}@{house}")
    event.add("dtstamp", made_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", " ".join(entry.title.split()))
    if entry.description:
        event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event
