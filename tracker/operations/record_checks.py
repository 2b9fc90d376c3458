"""What a record on a form is asked beside its shape: its days, its code, its evidence and whose side it speaks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.domain.editing import FIXED_CODES, MAY_LIE_AHEAD
from tracker.domain.parsed import Parsed
from tracker.domain.policy import Pen
from tracker.domain.problems import Problems
from tracker.domain.records.base import Pair, Sort, scalars_of
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.sides import foreign_field, remarks_for, side_of
from tracker.operations.refusals import Forbidden
from tracker.queries.records import Kept

_AHEAD = Pair("Kies een datum op of vóór vandaag", "Choose a day on or before today")
_NO_SUCH_PIECE = Pair(
    "Noem de titel van een ander stuk bij hetzelfde feit", "Name the title of another piece of the same fact"
)
_FIXED = Pair("De code ligt vast; anderen verwijzen ernaar", "The code is fixed: others refer to it")
_NOT_YOURS = Pair("Kies uw eigen verzekeraar", "Choose your own insurer")
_NOT_YOUR_SIDE = Pair("Geef het oordeel van uw eigen partij", "Give the opinion of your own side")
_NOT_YOUR_REMARK = Pair("Maak een opmerking namens uw eigen partij", "Make a remark for your own side")
_OTHER_SIGNS = Pair("Noem ook wie namens de andere partij tekende", "Name who signed for the other side as well")


def check_code_kept(place: str, parsed: Parsed, held: Kept, problems: Problems) -> None:
    """A code that others refer to stays as it is."""
    code = parsed.given.get("code")
    if place in FIXED_CODES and code != held.values["code"]:
        problems.add(((), "code"), code, _FIXED)


def check_ahead(parsed: Parsed, held: Kept | None, today: date, problems: Problems) -> None:
    """What happened lies behind us; only what was changed is asked about."""
    for found, old in _paired(parsed, held):
        for item in scalars_of(found.kind):
            day = found.given.get(item.attribute)
            if item.sort is not Sort.DAY or item.attribute in MAY_LIE_AHEAD or day is None or day <= today:
                continue
            if old is None or old.values[item.attribute] != day:
                problems.add((found.path, item.name), day, _AHEAD)


def check_replaced(parsed: Parsed, problems: Problems) -> None:
    """A piece of evidence takes the place of another one of the same record."""
    for found, _old in _paired(parsed, None):
        pieces = found.children.get("evidence", ())
        for piece in pieces:
            title = piece.given.get("replaces")
            if title and all(other is piece or other.given.get("title") != title for other in pieces):
                problems.add((piece.path, "replaces"), title, _NO_SUCH_PIECE)


def check_side(place: str, parsed: Parsed, held: Kept | None, pen: Pen, problems: Problems) -> None:
    """Each side speaks for itself alone, and what both agree names the other."""
    if held is not None and foreign_field(pen, place, held.values):
        raise Forbidden(place)
    if name := foreign_field(pen, place, parsed.given):
        problems.add(((), name), parsed.given.get(name), _NOT_YOUR_SIDE if name == "party" else _NOT_YOURS)
    if place == "round":
        _check_remarks(parsed, held, pen, problems)
    if place == "waiver" and held is None:
        signers = {item.given["party"] for item in parsed.children.get("signers", ())}
        if not signers - {side_of(pen)}:
            problems.add(((), "signers"), None, _OTHER_SIGNS)


def own_strength(values: dict[str, Any], held: Kept | None) -> dict[str, Any]:
    """Who brings evidence never checks it: that is for the other side, and of the piece exactly as it was."""
    if values["strength"] is not EvidenceStrength.CHECKED:
        return values
    if held is None or held.values["strength"] is not EvidenceStrength.CHECKED:
        raise Forbidden("evidence.strength")
    is_same = all(held.values[name] == value for name, value in values.items())
    return values if is_same else values | {"strength": EvidenceStrength.SHOWN}


def _check_remarks(parsed: Parsed, held: Kept | None, pen: Pen, problems: Problems) -> None:
    """Nobody remarks in the name of the other party, nor touches what that said."""
    stored = {item.key: item.values["party"] for item in (held.children.get("remarks", ()) if held else ())}
    for remark in parsed.children.get("remarks", ()):
        party = remark.given.get("party")
        before = stored.pop(remark.key, None)
        if party is not before and not (remarks_for(pen, party) and remarks_for(pen, before)):
            problems.add((remark.path, "party"), party, _NOT_YOUR_REMARK)
    if not all(remarks_for(pen, party) for party in stored.values()):
        raise Forbidden("remark")


def _paired(parsed: Parsed, held: Kept | None) -> Iterator[tuple[Parsed, Kept | None]]:
    """Every record that was typed, with the stored one that has its key."""
    yield parsed, held
    for attribute, children in parsed.children.items():
        known = {item.key: item for item in (held.children.get(attribute, ()) if held else ())}
        for child in children:
            yield from _paired(child, known.get(child.key))
