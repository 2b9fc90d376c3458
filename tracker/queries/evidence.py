"""Files of evidence: which there are, which records have them, and who has looked at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import orjson
from sqlalchemy import ColumnElement, exists, or_, select

from tracker.domain.policy import INSURERS, Role
from tracker.domain.records.enums import EvidenceStrength, Party
from tracker.domain.records.places import EVIDENCE
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.evidence import EvidenceView, StoredFile
from tracker.models.journal import LINE, REVISION
from tracker.models.records import LINK, TABLES


class KeptFile(msgspec.Struct, frozen=True):
    """What is known of a file."""

    sha256: str
    size: int
    media_type: str


class Holder(msgspec.Struct, frozen=True):
    """A piece of evidence with a file: its title, the cooperation (None = the register) and the record it hangs on."""

    title: str
    code: str | None
    place: str


class Viewer(msgspec.Struct, frozen=True):
    """Somebody who opened a file: first, last and how often."""

    name: str
    first_at: datetime
    last_at: datetime
    count: int


def stored_files(hashes: Iterable[str | None]) -> dict[str, KeptFile]:
    """The files among some hashes that were stored here."""
    asked = {item.lower() for item in hashes if item}
    rows = db.session.scalars(select(StoredFile).where(StoredFile.sha256.in_(asked))) if asked else ()
    return {row.sha256: KeptFile(row.sha256, row.size, row.media_type) for row in rows}


def holders(sha256: str) -> list[Holder]:
    """The pieces of evidence that have a file now."""
    piece, link, cooperation = TABLES[EVIDENCE], TABLES[LINK], TABLES["cooperation"]
    query = (
        select(piece.c.title, cooperation.c.code, link.c.parent_place)
        .join(piece, piece.c.id == link.c.evidence_id)
        .outerjoin(cooperation, cooperation.c.id == link.c.cooperation_id)
        .where(piece.c.sha256.in_((sha256, sha256.upper())))
    )
    return [Holder(*row) for row in db.session.execute(query)]


def place_of(number: int) -> str | None:
    """The place of the record on which a piece of evidence hangs now."""
    link = TABLES[LINK]
    found: str | None = db.session.scalar(select(link.c.parent_place).where(link.c.id == number))
    return found


def once_held_by(sha256: str) -> set[str]:
    """The cooperations that had the file at some time, by the journal."""
    cooperation = TABLES["cooperation"]
    query = (
        select(cooperation.c.code)
        .join(LINE, LINE.c.cooperation_id == cooperation.c.id)
        .where(LINE.c.place == EVIDENCE, LINE.c.record.like(f'%"{sha256}"%'))
    )
    return set(db.session.scalars(query))


def viewers(hashes: Iterable[str | None], code: str, insurers: Iterable[str]) -> dict[str, list[Viewer]]:
    """Who opened each of some files, the latest first; of those who ever had a role for a cooperation, its insurers or
    the installation. Another region may have the same file: who looked there is not told here."""
    asked = {item.lower() for item in hashes if item}
    query = (
        select(EvidenceView, Account.name)
        .join(Account, Account.id == EvidenceView.account_id)
        .where(EvidenceView.sha256.in_(asked), _has_a_role(code, insurers))
        .order_by(EvidenceView.last_at.desc())
    )
    found: dict[str, list[Viewer]] = defaultdict(list)
    for view, name in db.session.execute(query) if asked else ():
        found[view.sha256].append(Viewer(name, view.first_at, view.last_at, view.count))
    return found


def _has_a_role(code: str, insurers: Iterable[str]) -> ColumnElement[bool]:
    house = RoleGrant.cooperation.is_(None) & RoleGrant.insurer.is_(None)
    meant = or_(RoleGrant.cooperation == code, RoleGrant.insurer.in_(list(insurers)), house)
    return exists().where(RoleGrant.account_id == EvidenceView.account_id, meant)


def hashes_on_record() -> set[str]:
    """The hash of every file that a record names now."""
    piece = TABLES[EVIDENCE]
    return {found.lower() for found in db.session.scalars(select(piece.c.sha256).where(piece.c.sha256.is_not(None)))}


def names_stored() -> dict[str, str]:
    """By its hash the name of every file that was stored here at some time; none is ever thrown away."""
    return {row.sha256: row.name for row in db.session.execute(select(StoredFile.sha256, StoredFile.name))}


def numbers_of(code: str, names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Place and number of the records of a cooperation in some places, by the address the journal last gave them."""
    cooperation = TABLES["cooperation"]
    query = (
        select(LINE.c.address, LINE.c.place, LINE.c.record_id)
        .join(cooperation, cooperation.c.id == LINE.c.cooperation_id)
        .where(cooperation.c.code == code, LINE.c.place.in_(list(names)))
        .order_by(LINE.c.id)
    )
    return {address: (place, number) for address, place, number in db.session.execute(query)}


def recorded_by(number: int) -> str:
    """Who recorded a piece of evidence as it is now; marking it as checked changes nothing of it."""
    by, known = "", None
    for line in _written(number):
        content = {key: value for key, value in line.record.items() if key != "strength"}
        by, known = (by, known) if content == known else (line.by, content)
    return by


def recorded_for(number: int) -> Party:
    """The side that recorded a piece, by the roles of who did; the cooperation's where that is nobody with a role."""
    held = select(RoleGrant.role).join(Account, Account.id == RoleGrant.account_id)
    roles = {Role(role) for role in db.session.scalars(held.where(Account.name == recorded_by(number)))}
    return Party.INSURER if roles and roles <= INSURERS.keys() else Party.COOPERATION


def checked_by(number: int) -> tuple[str, datetime] | None:
    """By whom and when a piece was last marked as checked; None where it came in with a file that said so."""
    found, known = None, None
    for line in _written(number):
        strength = line.record.get("strength")
        if strength == EvidenceStrength.CHECKED and known != strength:
            found = (line.by, line.at) if line.action == "corrected" else None
        known = strength
    return found


def first_recorded(number: int) -> tuple[str, datetime] | None:
    """By whom and when a piece of evidence was recorded."""
    return next(((line.by, line.at) for line in _written(number)), None)


class _Line(NamedTuple):
    """One line of the journal about a piece."""

    by: str
    at: datetime
    action: str
    record: dict[str, Any]


def _written(number: int) -> list[_Line]:
    query = select(REVISION.c.by, REVISION.c.at, LINE.c.action, LINE.c.record)
    query = query.join(LINE, LINE.c.revision_id == REVISION.c.id)
    lines = query.where(LINE.c.record_id == number, LINE.c.place == EVIDENCE).order_by(LINE.c.id)
    return [_Line(by, at, action, orjson.loads(record or "{}")) for by, at, action, record in db.session.execute(lines)]
