"""The documents of rounds: as they were agreed and stored, or as they would read now."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from tracker.domain.canonical import Json, canonical, content_hash, read_canonical
from tracker.domain.minutes import round_document
from tracker.domain.records.enums import Party
from tracker.domain.records.evaluation import Round
from tracker.extensions import db
from tracker.models.documents import RoundAgreement, RoundDocument
from tracker.queries.dossiers import load
from tracker.queries.findings import programmes


class Stored(NamedTuple):
    """A document that both parties agreed to."""

    number: int
    version: int
    text: str
    sha256: str
    closed_at: datetime
    names: dict[Party, str]

    @property
    def content(self) -> Json:
        return read_canonical(self.text.encode())


class Agreement(NamedTuple):
    """What one party agreed to."""

    party: Party
    account: int | None
    name: str
    agreed_at: datetime
    sha256: str
    text: str


class Draft(NamedTuple):
    """A document as it would read now."""

    content: Json
    text: str
    sha256: str


def versions_known(code: str, number: int) -> tuple[Round, ...]:
    """Every version of a round as it is known now, the highest first; nothing where there is no such round."""
    loaded = load((code,), {"round", "score", "action", "invitee", "agenda_item", "remark"})
    held = [item for dossier in loaded.dossiers for item in dossier.rounds if item.number == number]
    return tuple(sorted(held, key=lambda item: item.version, reverse=True))


def stored_document(code: str, number: int, version: int | None = None) -> Stored | None:
    """The document of a version of a round; without one that of the highest version that has one."""
    found = select(RoundDocument).where(RoundDocument.cooperation == code, RoundDocument.number == number)
    if version is not None:
        found = found.where(RoundDocument.version == version)
    row = db.session.scalar(found.order_by(RoundDocument.version.desc()).limit(1))
    if row is None:
        return None
    names = {Party.COOPERATION: row.by_cooperation, Party.INSURER: row.by_insurer}
    return Stored(row.number, row.version, row.text, row.sha256, row.closed_at, names)


def draft_document(
    code: str,
    number: int,
    version: int | None,
    on: date,
    sides: frozenset[Party] = frozenset(),
    known_at: datetime | None = None,
) -> Draft | None:
    """The document of a round from the records as they are known; None without such a cooperation."""
    loaded = load((code,), known_at=known_at)
    if not loaded.dossiers:
        return None
    dossier = loaded.dossiers[0]
    held = next((item for item in dossier.rounds if (item.number, item.version) == (number, version)), None)
    day = on if held is None or held.held_on is None else held.held_on
    invented = code in loaded.fictional
    former = loaded.former.get(code, ())
    made = round_document(
        dossier, loaded.register, programmes(), number, held, day, fictional=invented, sides=sides, named=former
    )
    text = canonical(made)
    return Draft(made, text, content_hash(text))


def agreements(code: str, number: int, version: int) -> list[Agreement]:
    """What the parties agreed to on the way to closing a version of a round, the last word of each."""
    found = select(RoundAgreement).where(
        RoundAgreement.cooperation == code, RoundAgreement.number == number, RoundAgreement.version == version
    )
    last = {
        row.party: Agreement(Party(row.party), row.account_id, row.name, row.agreed_at, row.sha256, row.text)
        for row in db.session.scalars(found.order_by(RoundAgreement.id))
    }
    return [last[party] for party in Party if party in last]
