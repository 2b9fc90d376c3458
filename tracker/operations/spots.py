"""Where the records of a form stand in the database, one below the other: what the journal is told."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.addresses import below
from tracker.domain.editing import lists_on_form
from tracker.domain.records.base import Field
from tracker.domain.records.places import EVIDENCE, Place, places
from tracker.models.records import key_hash
from tracker.operations.journal import EVIDENCE_PLACE, Spot
from tracker.queries.records import Kept


def deepest_first(held: Kept, spot: Spot) -> Iterator[tuple[Spot, int]]:
    """Where a record and all below it stand, with their versions; what hangs below comes first."""
    for listed, name in lists_on_form(held.place):
        for child in held.children.get(listed.attribute, ()):
            yield from deepest_first(child, spot_below(spot, child, name, listed))
    yield spot, held.version


def spot_of(held: Kept, address: str) -> Spot:
    """Where a stored record stands."""
    above = None if held.place == EVIDENCE else places()[held.place].parent
    own_hash = key_hash(place_of(held.place), held.key)
    root = None if above is None else held.cooperation
    return Spot(held.place, held.number, address, held.parent, above, root, own_hash, held.fictional)


def spot_below(above: Spot, child: Kept, name: str, listed: Field) -> Spot:
    """Where a stored child stands."""
    address = below(above.address, listed.attribute, child.key, listed.many)
    own_hash = key_hash(place_of(name), child.key)
    return Spot(name, child.number, address, above.number, above.place, child.cooperation, own_hash)


def place_of(name: str) -> Place:
    """The place of this name, that of evidence included."""
    return EVIDENCE_PLACE if name == EVIDENCE else places()[name]
