"""What is written about evidence beside its record: a file was stored or opened, a piece was checked or used again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.domain.addresses import below
from tracker.domain.policy import Pen
from tracker.domain.records.enums import EvidenceStrength
from tracker.domain.records.places import EVIDENCE, places
from tracker.domain.sides import side_of
from tracker.extensions import db
from tracker.models.evidence import EvidenceView, StoredFile
from tracker.models.journal import LINE
from tracker.models.records import LINK, TABLES, key_hash
from tracker.operations.journal import EVIDENCE_PLACE, Conflict, Spot, Writer
from tracker.operations.neighbours import Neighbours
from tracker.operations.refusals import Forbidden, Gone
from tracker.operations.transaction import writing
from tracker.queries.evidence import recorded_by, recorded_for
from tracker.queries.records import Kept, kept


class OwnPiece(Exception):
    """The side that recorded a piece does not check it."""


class UsedAlready(Exception):
    """The record has a piece with this title and day already."""


def note_file(*, sha256: str, size: int, media_type: str, name: str, by: str) -> None:
    """Note a file that stands on the disk; one that was brought before stays as it was noted."""
    if db.session.get(StoredFile, sha256) is not None:
        return
    try:
        with writing():
            row = StoredFile(sha256=sha256, size=size, media_type=media_type, name=name, stored_at=clock.now(), by=by)
            db.session.add(row)
    except IntegrityError:
        if db.session.get(StoredFile, sha256) is None:
            raise


def note_view(*, account: int, sha256: str) -> None:
    """Note that an account opens a file."""
    with writing():
        at = clock.now()
        seen = db.session.get(EvidenceView, (account, sha256), with_for_update=True)
        if seen is None:
            db.session.add(EvidenceView(account_id=account, sha256=sha256, first_at=at, last_at=at, count=1))
        else:
            seen.last_at, seen.count = at, seen.count + 1


def check_piece(*, number: int, is_right: bool, pen: Pen, seen: str, by: str, reason: str | None = None) -> None:
    """The other side marks a piece as checked, or takes that back; `seen` is the strength that the page showed.

    Raises Gone, Forbidden, OwnPiece, Conflict, or Locked where its round was closed.
    """
    with writing() as connection:
        writer = Writer(connection, by=by, reason=reason)
        held, spot = _stored(connection, number)
        place = spot.parent_place or ""
        if not pen.may_check(place):
            raise Forbidden("evidence.strength")
        if held.values["strength"].value != seen:
            raise Conflict(EVIDENCE)
        if is_right and (recorded_for(number) is side_of(pen) or recorded_by(number) == by):
            raise OwnPiece
        _check_lock(connection, place, spot.parent)
        strength = EvidenceStrength.CHECKED if is_right else EvidenceStrength.SHOWN
        if held.values["strength"] is not strength:
            writer.change(spot, held.values | {"strength": strength}, ["strength"], held.version)
        writer.flush()


def use_also(*, number: int, place: str, parent: int, pen: Pen, by: str) -> None:
    """Hang a piece on another record of the same cooperation, too: a piece of its own there, with the same file.

    What was checked was checked for the first record alone. Raises Gone, Forbidden, UsedAlready or Locked.
    """
    with writing() as connection:
        writer = Writer(connection, by=by, reason=None)
        held, spot = _stored(connection, number)
        if not pen.may(place):
            raise Forbidden(place)
        table = TABLES[place]
        root = table.c.id if place == "cooperation" else table.c.cooperation_id
        found = connection.execute(select(root).where(table.c.id == parent)).scalar()
        if found is None or found != spot.cooperation:
            raise Gone(place)
        _check_lock(connection, place, parent)
        own_hash, link = key_hash(EVIDENCE_PLACE, held.key), TABLES[LINK]
        twin = select(link.c.id).where(link.c.parent_id == parent, link.c.key_hash == own_hash)
        if connection.execute(twin).first() is not None:
            raise UsedAlready
        values = held.values | {"replaces": None}
        if values["strength"] is EvidenceStrength.CHECKED:
            values["strength"] = EvidenceStrength.SHOWN
        address = below(_address(connection, place, parent), "evidence", held.key)
        writer.add(Spot(EVIDENCE, writer.numbers(1), address, parent, place, found, own_hash), values)
        writer.flush()


def _stored(connection: Connection, number: int) -> tuple[Kept, Spot]:
    held, link = kept(EVIDENCE, number, connection), TABLES[LINK]
    if held is None:
        raise Gone(EVIDENCE)
    above = connection.execute(select(link.c.parent_place).where(link.c.id == number)).scalar_one()
    own_hash = key_hash(EVIDENCE_PLACE, held.key)
    address = _address(connection, EVIDENCE, number)
    return held, Spot(EVIDENCE, number, address, held.parent, above, held.cooperation, own_hash)


def _address(connection: Connection, place: str, number: int) -> str:
    """Where a record stands, as the journal last named it."""
    lines = select(LINE.c.address).where(LINE.c.record_id == number, LINE.c.place == place)
    return str(connection.execute(lines.order_by(LINE.c.id.desc()).limit(1)).scalar_one())


def _check_lock(connection: Connection, place: str | None, number: int | None) -> None:
    """Nothing below a round that was closed changes."""
    while place is not None and number is not None and place != "cooperation":
        if place == "round" and (held := kept("round", number, connection)) is not None:
            lock = Neighbours(connection).lock_of(held)
            if lock is not None:
                raise lock
        table = TABLES[place]
        if "parent_id" not in table.c:
            return
        number = connection.execute(select(table.c.parent_id).where(table.c.id == number)).scalar()
        place = places()[place].parent
