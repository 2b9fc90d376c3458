"""The example that a new initiative is taken from: it travels in the address of the form, `?voorbeeld=I05`."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from tracker import access, clock
from tracker.domain.entries import Entry
from tracker.domain.policy import Action
from tracker.domain.shared_examples import SharedExample
from tracker.queries.examples import examples_on_offer
from tracker.web.scope import permitted

NAME = "voorbeeld"


def example_taken() -> SharedExample | None:
    """The example on offer that this form was opened for."""
    code = request.args.get(NAME)
    if not code:
        return None
    return next((item for item in examples_on_offer(clock.today()) if item.code == code), None)


def from_example(example: SharedExample) -> dict[str, Any]:
    """What of it stands in the new initiative before anything is typed."""
    return {"title": example.initiative.title, "summary": example.initiative.summary}


def directions_of(example: SharedExample) -> list[Entry]:
    """Its directions, from today on."""
    return [Entry(given={"code": code, "from": clock.today()}) for code in example.directions]


def take_over_url(example: SharedExample) -> str | None:
    """Where the reader takes it over into the own region; None for who writes in no other one."""
    for code in sorted(permitted(Action.write_records)):
        if code != example.cooperation and access.pen(code).may("initiative"):
            return url_for("records.add_of_cooperation", code=code, soort="initiatief", voorbeeld=example.code)
    return None
