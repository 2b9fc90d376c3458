"""Closing a round: both parties agree to the same document, then it is locked and the document kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, select

from tracker import clock
from tracker.domain.closing import hindrances, open_topics, side_of
from tracker.domain.entries import Entry
from tracker.domain.minutes import programme_of
from tracker.domain.policy import Pen
from tracker.domain.records.base import Pair
from tracker.domain.records.enums import Party, Topic
from tracker.domain.records.evaluation import Round
from tracker.extensions import db
from tracker.models.documents import RoundAgreement, RoundDocument
from tracker.models.records import TABLES
from tracker.operations.journal import Writer
from tracker.operations.records import save_record
from tracker.operations.refusals import Forbidden, Gone
from tracker.operations.transaction import writing
from tracker.queries.codes import number_of
from tracker.queries.documents import Agreement, Draft, agreements, draft_document, versions_known
from tracker.queries.dossiers import load
from tracker.queries.findings import journal_position, programmes

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
        held = highest_version(code, number)
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


def highest_version(code: str, number: int) -> Round:
    """The newest version of a round that was recorded. Raises Gone when there is none."""
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
        entry=Entry(given={"locked_on": today.isoformat()}, number=stored_number(code, held)),
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


def stored_number(code: str, held: Round) -> int:
    """The number under which this version of a round is stored."""
    table = TABLES["round"]
    query = select(table.c.id).where(table.c.parent_id == number_of("cooperation", code))
    found = db.session.scalar(query.where(table.c.number == held.number, table.c.version == held.version))
    if found is None:
        raise Gone("round")
    return int(found)
