"""A second reader of calendars, strict and by the letter of RFC 5545: what the house writes, others must read."""

from __future__ import annotations

import re
from datetime import datetime

LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", re.DOTALL)
ESCAPED = re.compile(r"\\(.?)", re.DOTALL)
TEXTS = {"SUMMARY", "DESCRIPTION", "UID", "PRODID", "VERSION", "X-WR-CALNAME", "CALSCALE", "METHOD", "TRANSP"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE", "URL", "TRANSP"}


class Component:
    """One component with its properties and the components within it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.properties: list[tuple[str, dict[str, str], str]] = []
        self.below: list[Component] = []

    def value(self, name: str) -> str:
        """The value of a property that stands there once."""
        found = [value for known, _given, value in self.properties if known == name]
        assert len(found) == 1, f"{self.name} has {len(found)} times {name}"
        return found[0]

    def given(self, name: str) -> dict[str, str]:
        """The parameters of a property."""
        return next(given for known, given, _value in self.properties if known == name)


def parsed(body: bytes) -> Component:
    """The calendar; AssertionError on whatever the standard does not allow."""
    assert body.endswith(b"\r\n")
    lines = body.split(b"\r\n")[:-1]
    assert all(b"\n" not in line and b"\r" not in line for line in lines), "a line ends in CR LF alone"
    assert all(len(line) <= 75 for line in lines), "no line is longer than 75 octets"
    for line in lines:
        line.decode("utf-8")  # a fold never cuts a sign in two
    text = re.sub("\r\n[ \t]", "", body.decode("utf-8"))
    stack: list[Component] = [Component("")]
    for line in text.split("\r\n")[:-1]:
        found = LINE.fullmatch(line)
        assert found, f"no content line: {line!r}"
        name, value = found[1].upper(), found[3]
        if name == "BEGIN":
            stack.append(Component(value))
            stack[-2].below.append(stack[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            given = dict(item.split("=", 1) for item in found[2].split(";")[1:])
            stack[-1].properties.append((name, given, _text(value) if name in TEXTS else value))
    assert len(stack) == 1
    [calendar] = stack[0].below
    _check(calendar)
    return calendar


def _text(value: str) -> str:
    """A TEXT value: commas, semicolons and backslashes are guarded, and no control character stands bare."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value) or not re.search(r"(?:^|[^\\])(?:\\\\)*[;,]", value), value
    assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", value)

    def plain(found: re.Match[str]) -> str:
        assert found[1] in ("\\", ";", ",", "n", "N"), value
        return "\n" if found[1] in "nN" else found[1]

    return ESCAPED.sub(plain, value)


def _check(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.value("VERSION") == "2.0"
    assert calendar.value("PRODID")
    zones = {item.value("TZID") for item in calendar.below if item.name == "VTIMEZONE"}
    events = [item for item in calendar.below if item.name == "VEVENT"]
    assert len(events) + len(zones) == len(calendar.below)
    names = [event.value("UID") for event in events]
    assert len(names) == len(set(names)), "every event has a UID of its own"
    for event in events:
        _check_event(event, zones)


def _check_event(event: Component, zones: set[str]) -> None:
    known = [name for name, _given, _value in event.properties]
    assert all(known.count(name) <= 1 for name in ONCE)
    assert int(event.value("SEQUENCE")) >= 0
    datetime.strptime(event.value("DTSTAMP"), "%Y%m%dT%H%M%SZ")
    for name in ("DTSTART", "DTEND"):
        given = event.given(name)
        if given.get("VALUE") == "DATE":
            datetime.strptime(event.value(name), "%Y%m%d")
        else:
            assert event.value(name).endswith("Z") or given["TZID"] in zones, "a time names a zone that is described"
    assert event.given("DTSTART").get("VALUE") == event.given("DTEND").get("VALUE")
    assert event.value("DTSTART") < event.value("DTEND")
    assert event.value("URL").startswith(("http://", "https://"))
