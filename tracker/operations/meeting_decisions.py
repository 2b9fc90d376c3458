"""What a meeting leads to: decisions on money, new actions, and answers to those of before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.entries import Entry
from tracker.operations.meetings import Hand
from tracker.operations.records import Saved, save_record
from tracker.operations.refusals import Gone, Overtaken, Refused
from tracker.queries.records import kept, last_write, siblings


def save_decision(*, initiative: int, given: Mapping[str, Any], seen: int | None, hand: Hand) -> Saved:
    """Record what an insurer decided on the money of an initiative, or correct what was decided that day.

    Raises Refused, Forbidden, or Overtaken when somebody recorded it since `seen`.
    """
    held = siblings("extension", initiative)
    same = next((item for item in held if item.values["decided_on"].isoformat() == given["decided_on"]), None)
    if same is not None and seen is not None and (last := last_write(same)) is not None and last.revision > seen:
        whole = kept("extension", same.number)
        raise Overtaken(whole or same, last.by, last.at, last.revision)
    return save_record(
        place="extension",
        entry=Entry(given=dict(given), number=None if same is None else same.number),
        pen=hand.pen,
        catalogues=hand.catalogues,
        today=hand.today,
        by=hand.by,
        parent=initiative,
        seen=seen,
    )


def add_action(*, cooperation: int, number: int, given: Mapping[str, Any], hand: Hand) -> Saved:
    """Add an action that a round agreed. Its code is `A4-2`: the second of round 4.

    The same action sent twice is there once. Two that come at one moment both get a code.
    """
    for is_last in (False, False, True):
        held = siblings("cooperation_action", cooperation)
        same = next((item for item in held if _is_same(item.values, number, given)), None)
        if same is not None:
            return Saved(same.number, str(same.values["code"]), 0)
        try:
            entry = Entry(given={**given, "code": _code(held, number), "origin": str(number)})
            return _save_action(cooperation, entry, None, hand)
        except Refused:
            db_codes = {item.values["code"] for item in siblings("cooperation_action", cooperation)}
            if is_last or entry.given["code"] not in db_codes:
                raise
    raise AssertionError("every try returns or raises")


def answer_action(*, cooperation: int, action: int, given: Mapping[str, Any], seen: int | None, hand: Hand) -> Saved:
    """Say of an action that it is done, or what came of it. Raises Gone, Refused, Forbidden or Overtaken."""
    held = kept("cooperation_action", action)
    if held is None or held.parent != cooperation:
        raise Gone("cooperation_action")
    return _save_action(cooperation, Entry(given=dict(given), number=action), seen, hand)


def _save_action(cooperation: int, entry: Entry, seen: int | None, hand: Hand) -> Saved:
    return save_record(
        place="cooperation_action",
        entry=entry,
        pen=hand.pen,
        catalogues=hand.catalogues,
        today=hand.today,
        by=hand.by,
        parent=cooperation,
        seen=seen,
    )


def _is_same(values: Mapping[str, Any], number: int, given: Mapping[str, Any]) -> bool:
    return (values["text"], values["owner"], values["origin"]) == (given.get("text"), given.get("owner"), str(number))


def _code(held: list[Any], number: int) -> str:
    taken = {item.values["code"] for item in held}
    return next(code for place in range(1, 10_000) if (code := f"A{number}-{place}") not in taken)
