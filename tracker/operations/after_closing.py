"""What may follow the closing of a round: a correction as a new version, or a remark beside its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from tracker.domain.addresses import below
from tracker.domain.closing import SIDES, final_on, side_of
from tracker.domain.entries import Entry
from tracker.domain.policy import Pen
from tracker.domain.records.base import Pair
from tracker.domain.records.evaluation import Remark
from tracker.domain.records.places import places
from tracker.models.records import key_hash
from tracker.operations.closing import ClosingRefused, highest_version, stored_number
from tracker.operations.journal import Spot, Writer
from tracker.operations.merge import defaults_of
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Gone
from tracker.operations.transaction import writing
from tracker.queries.codes import number_of
from tracker.queries.records import kept

_BOTH_SIDES = Pen(frozenset().union(*SIDES.values()))
"""A new version copies what each side wrote: the copy is the house's, not the one's who asks for it."""
_NOT_LOCKED = Pair(
    "Deze ronde is nog niet vastgesteld. Corrigeer haar zelf; een nieuwe versie is niet nodig.",
    "This round is not closed yet. Correct it directly; no new version is needed.",
)
_NO_REASON = Pair("Schrijf waarom een correctie nodig is.", "Write why a correction is needed.")
_FINAL = Pair(
    "Dit verslag is definitief. Vraag een correctie aan als er iets niet klopt.",
    "These minutes are final. Ask for a correction if something is wrong.",
)
_NO_TEXT = Pair("Schrijf uw opmerking.", "Write your remark.")


def correct_round(
    *,
    code: str,
    number: int,
    reason: str,
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
) -> int:
    """Begin a new version of a locked round, with everything in it but the remarks; answers the version.

    The locked one counts until both parties close the new one. Raises Gone, Forbidden or ClosingRefused.
    """
    with writing() as connection:
        held = highest_version(code, number)
        if side_of(pen.roles) is None:
            raise Forbidden("round")
        if held.locked_on is None:
            raise ClosingRefused((_NOT_LOCKED,))
        if not reason.strip():
            raise ClosingRefused((_NO_REASON,))
        found = kept("round", stored_number(code, held), connection)
        if found is None:
            raise Gone("round")
        copy = _copied(found.entry())
        copy.given |= {"version": held.version + 1, "locked_on": None, "correction_reason": reason.strip()}
        copy.children.pop("remarks", None)
        save_record(
            place="round",
            entry=copy,
            pen=_BOTH_SIDES,
            catalogues=catalogues,
            today=today,
            by=by,
            parent=number_of("cooperation", code, connection),
            reason=reason.strip(),
        )
    return held.version + 1


def _copied(entry: Entry) -> Entry:
    """The same record as a new one, with values as a file would hold them."""
    given = {name: value for name, value in entry.given.items() if value is not None}
    children = {name: [_copied(row) for row in rows] for name, rows in entry.children.items()}
    return Entry(given=msgspec.json.decode(msgspec.json.encode(given)), children=children)


def add_remark(*, code: str, number: int, text: str, pen: Pen, today: date, by: str) -> None:
    """Put a remark beside the minutes, until they are final. Raises Gone, Forbidden or ClosingRefused."""
    party = side_of(pen.roles)
    if party is None and not pen.may("remark"):
        raise Forbidden("remark")
    if not text.strip():
        raise ClosingRefused((_NO_TEXT,))
    with writing() as connection:
        held = highest_version(code, number)
        if held.locked_on is None:
            raise ClosingRefused((_NOT_LOCKED,))
        if today >= final_on(held.locked_on):
            raise ClosingRefused((_FINAL,))
        remark = Remark(stated_on=today, person=by, party=party, text=text.strip()[:10_000])
        key = (remark.stated_on, remark.person, remark.text)
        if any((item.stated_on, item.person, item.text) == key for item in held.remarks):
            return
        above = stored_number(code, held)
        writer = Writer(connection, by=by, reason=None)
        address = below(below(code, "rounds", (held.number, held.version)), "remarks", key)
        place = next(item for item in places().values() if item.kind is Remark)
        root = number_of("cooperation", code, connection)
        spot = Spot(place.name, writer.numbers(1), address, above, "round", root, key_hash(place, key))
        values = {name: getattr(remark, name) for name in ("stated_on", "person", "party", "text")}
        writer.add(spot, defaults_of(Remark) | values)
        writer.flush()
