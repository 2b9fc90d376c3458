"""Removing one record with the children on its form."""

from __future__ import annotations

from tracker.domain.policy import Pen
from tracker.domain.sides import foreign_field
from tracker.operations.journal import Writer
from tracker.operations.neighbours import Neighbours
from tracker.operations.records import Saved, check_seen
from tracker.operations.refusals import Forbidden, Gone, InUse
from tracker.operations.spots import deepest_first, spot_of
from tracker.operations.transaction import writing
from tracker.queries.records import below_parent, kept


def remove_record(*, place: str, number: int, pen: Pen, by: str, reason: str, seen: int | None) -> Saved:
    """Remove a record that was wrong, with its children: it vanishes from every peildatum and stays in the journal.

    Raises Forbidden, Gone, InUse or Overtaken.
    """
    if not pen.may(place):
        raise Forbidden(place)
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        held = kept(place, number, connection)
        if held is None:
            raise Gone(place)
        if foreign_field(pen, place, held.values):
            raise Forbidden(place)
        check_seen(connection, held, seen)
        neighbours = Neighbours(connection)
        if (lock := neighbours.lock_of(held)) is not None:
            raise lock
        if users := neighbours.users_of(held):
            raise InUse(users)
        address = below_parent(place, held.parent, held.key, connection)
        gone = list(deepest_first(held, spot_of(held, address)))
        for spot, version in gone:
            writer.remove(spot, version)
        writer.flush()
    return Saved(number, address, len(gone))
