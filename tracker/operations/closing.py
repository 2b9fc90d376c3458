"""Closing a round: both parties agree to the same document, then it is locked and the document kept for good.

A correction is a new version of the round; a remark stands beside a locked one until its minutes are final.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import delete, select

from tracker import clock
from tracker.domain.addresses import below
from tracker.domain.closing import SIDES, final_on, hindrances, open_topics, side_of
from tracker.domain.entries import Entry
from tracker.domain.minutes import programme_of
from tracker.domain.policy import Pen
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Remark, Round
from tracker.domain.records.places import places
from tracker.extensions import db
from tracker.models.documents import RoundAgreement, RoundDocument
from tracker.models.records import TABLES, key_hash
from tracker.operations.journal import Spot, Writer
from tracker.operations.merge import defaults_of
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Gone
from tracker.operations.transaction import writing
from tracker.queries.codes import number_of
from tracker.queries.documents import Agreement, Draft, agreements, draft_document, versions_known
from tracker.queries.dossiers import load
from tracker.queries.findings import journal_position, programmes
from tracker.queries.records import kept

_BOTH_SIDES = Pen(frozenset().union(*SIDES.values()))
"""A new version copies what each side wrote: the copy is the house's, not the one's who asks for it."""
_REASON = Pair("Vastgesteld door beide partijen", "Closed by both parties")


class ClosingRefused(Exception):
    """Why a round can't be closed, corrected or remarked upon: sentences, and the topics that are open."""

    def __init__(self, reasons: tuple[Pair, ...], topics: tuple[Topic, ...] = ()) -> None:
        super().__init__("; ".join(reason.en for reason in reasons) or "open topics")
        self.reasons, self.topics = reasons, topics


class ContentChanged(Exception):
    """The content is no longer what was shown."""


class Closing(NamedTuple):
    """What an agreement led to: the party that gave it, and the day of the lock when it was the second."""

    party: Party
    locked_on: date | None


_AGREED = Pair(
    "Uw partij gaf al akkoord op deze inhoud. Nu is de andere partij aan de beurt.",
    "Your party agreed to this content already. It is the other party's turn.",
)
_ONE_PERSON = Pair(
    "U gaf al akkoord voor de andere partij. Vraag een collega om voor deze partij akkoord te geven.",
    "You agreed for the other party already. Ask a colleague to agree for this one.",
)
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


def agree(
    *,
    code: str,
    number: int,
    shown: str,
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    account: int,
    by: str,
) -> Closing:
    """One party agrees to the content whose hash was shown; the second one to do so closes the round.

    Raises Gone, Forbidden, ClosingRefused, or ContentChanged when the content is not what was shown. An agreement of
    the other party to something else has lapsed: it is taken away, and this one is the first.
    """
    with writing() as connection:
        # Both parties and every score queue here: nothing changes between what is agreed to and the lock.
        Writer(connection, by=by, reason=None)
        held = _highest(code, number)
        given = agreements(code, number, held.version)
        party = side_of(pen.roles, {item.party for item in given})
        if party is None:
            raise Forbidden("round")
        check_closing(code, held, today)
        now = draft_document(code, number, held.version, today)
        if now is None:
            raise Gone("round")
        if now.sha256 != shown:
            raise ContentChanged
        valid = [item for item in given if item.sha256 == now.sha256]
        _check_person(valid, party, account)
        _keep_agreement(code, held, party, account, by, now)
        other = next((item for item in valid if item.party is not party), None)
        if other is None:
            return Closing(party, None)
        names = {party: by, other.party: other.name}
        _lock_round(code, held, now, names, pen, catalogues, today, by)
        return Closing(party, today)


def check_closing(code: str, held: Round, today: date) -> None:
    """Raises ClosingRefused when a round can't be closed: not held, ahead, closed, or with topics left open."""
    reasons = hindrances(held, today)
    topics = () if reasons else open_topics(held, topics_asked(code, held.held_on or today))
    if reasons or topics:
        raise ClosingRefused(reasons, topics)


def topics_asked(code: str, on: date) -> tuple[Topic, ...]:
    """The topics of the programme that the meeting is about."""
    dossier = next(iter(load((code,), {"insurer_link"}).dossiers), None)
    if dossier is None:
        raise Gone("cooperation")
    return tuple(Topic(item.key) for item in programme_of(dossier, programmes(), on).topics)


def _highest(code: str, number: int) -> Round:
    found = versions_known(code, number)
    if not found:
        raise Gone("round")
    return found[0]


def _check_person(valid: list[Agreement], party: Party, account: int) -> None:
    if any(item.party is party for item in valid):
        raise ClosingRefused((_AGREED,))
    if any(item.account == account for item in valid):
        raise ClosingRefused((_ONE_PERSON,))


def _keep_agreement(code: str, held: Round, party: Party, account: int, by: str, now: Draft) -> None:
    """Keep what was agreed to; whatever was agreed to before and reads otherwise has lapsed."""
    ours = (
        RoundAgreement.cooperation == code,
        RoundAgreement.number == held.number,
        RoundAgreement.version == held.version,
    )
    db.session.execute(delete(RoundAgreement).where(*ours, RoundAgreement.sha256 != now.sha256))
    row = RoundAgreement(
        cooperation=code,
        number=held.number,
        version=held.version,
        party=party.value,
        account_id=account or None,
        name=by,
        agreed_at=clock.now(),
        sha256=now.sha256,
        text=now.text,
    )
    db.session.add(row)
    db.session.flush()


def _lock_round(
    code: str,
    held: Round,
    now: Draft,
    names: Mapping[Party, str],
    pen: Pen,
    catalogues: Mapping[str, frozenset[str]],
    today: date,
    by: str,
) -> None:
    """Lock the round in the journal and keep its document, inside the transaction that goes on."""
    before = _previous(code, held)
    row = RoundDocument(
        cooperation=code,
        number=held.number,
        version=held.version,
        text=now.text,
        sha256=now.sha256,
        closed_at=clock.now(),
        by_cooperation=names[Party.COOPERATION],
        by_insurer=names[Party.INSURER],
        previous_id=before,
    )
    db.session.add(row)
    db.session.flush()
    save_record(
        place="round",
        entry=Entry(given={"locked_on": today.isoformat()}, number=_stored_number(code, held)),
        pen=pen,
        catalogues=catalogues,
        today=today,
        by=by,
        seen=journal_position(),
        reason=_REASON.nl,
    )


def _previous(code: str, held: Round) -> int | None:
    own = select(RoundDocument.id).where(RoundDocument.cooperation == code, RoundDocument.number <= held.number)
    return db.session.scalar(own.order_by(RoundDocument.number.desc(), RoundDocument.version.desc()).limit(1))


def _stored_number(code: str, held: Round) -> int:
    table = TABLES["round"]
    query = select(table.c.id).where(table.c.parent_id == number_of("cooperation", code))
    found = db.session.scalar(query.where(table.c.number == held.number, table.c.version == held.version))
    if found is None:
        raise Gone("round")
    return int(found)


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
        held = _highest(code, number)
        if side_of(pen.roles) is None:
            raise Forbidden("round")
        if held.locked_on is None:
            raise ClosingRefused((_NOT_LOCKED,))
        if not reason.strip():
            raise ClosingRefused((_NO_REASON,))
        found = kept("round", _stored_number(code, held), connection)
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
        held = _highest(code, number)
        if held.locked_on is None:
            raise ClosingRefused((_NOT_LOCKED,))
        if today >= final_on(held.locked_on):
            raise ClosingRefused((_FINAL,))
        remark = Remark(stated_on=today, person=by, party=party, text=text.strip()[:10_000])
        key = (remark.stated_on, remark.person, remark.text)
        if any((item.stated_on, item.person, item.text) == key for item in held.remarks):
            return
        above = _stored_number(code, held)
        writer = Writer(connection, by=by, reason=None)
        address = below(below(code, "rounds", (held.number, held.version)), "remarks", key)
        place = next(item for item in places().values() if item.kind is Remark)
        root = number_of("cooperation", code, connection)
        spot = Spot(place.name, writer.numbers(1), address, above, "round", root, key_hash(place, key))
        values = {name: getattr(remark, name) for name in ("stated_on", "person", "party", "text")}
        writer.add(spot, defaults_of(Remark) | values)
        writer.flush()
