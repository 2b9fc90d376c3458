"""Reminding people, and what they choose about it. A step is told once, however often and by however many it is run."""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from tracker import clock
from tracker.domain import policy
from tracker.domain.notices import USUAL, Notice, Topic, Way
from tracker.domain.policy import Action, Role, Subject
from tracker.domain.privacy import aggregated, minimum_of
from tracker.domain.reminders import KINDS, RULES, notices
from tracker.models.reminders import LONGEST_SUBJECT, CalendarAddress, ReminderChoice, ReminderSent
from tracker.operations.transaction import writing
from tracker.queries.accounts import subjects, token_hash
from tracker.queries.findings import Standing, each_standing, programmes
from tracker.queries.reminders import DIGEST, Recipient, had_digest, recipients

Tell = Callable[[Recipient, Sequence[Notice], bool], None]
"""Queues the letter of one person: what to tell, and whether it is the digest of the week."""
log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one run did."""

    cooperations: int
    letters: int
    digests: int
    told: int
    failed: int


def remind(*, today: date, on: date, tell: Tell) -> Done:
    """Tell everybody what is due on `today`; roles are those that hold on the real day `on`.

    Each letter is queued in the transaction that notes what it tells. A second run, also one at the same time, tells
    nothing twice.
    """
    people = {item.actor.account: item for item in recipients(on)}
    week = today - timedelta(days=today.weekday())
    digested = had_digest(week)
    boxes, number = _gather(people, today, on, digested)
    done = [0, 0, 0, 0]
    for account, box in sorted(boxes.items()):
        try:
            told, is_digest = _tell(people[account], box, week, account not in digested, tell)
        except Exception:
            # One letter that can't be written holds nobody else's up; what it tells waits for the next run.
            log.exception("reminder failed", extra={"account": account})
            done[3] += 1
            continue
        for place, count in enumerate((told > 0, told > 0 and is_digest, told)):
            done[place] += count
    return Done(number, *done)


def _gather(
    people: Mapping[int, Recipient], today: date, on: date, digested: frozenset[int]
) -> tuple[dict[int, list[Notice]], int]:
    """By account what there may be to tell, and of how many cooperations; one portion of dossiers at a time."""
    boxes: dict[int, list[Notice]] = defaultdict(list)
    known, readers = {item.cooperation: item for item in subjects(today)}, _Readers(people, on)
    number = 0
    for standing in each_standing(known, today, only=RULES, kinds=KINDS):
        number += 1
        subject = known[standing.dossier.code]
        views = _Views(standing, today)
        for person in readers.of(subject):
            whole = policy.may(person.actor, Action.see_practices, subject, on)
            for notice in views.seen(whole):
                own = _meant_for(notice, person)
                way = None if own is None else person.ways[own.topic]
                if own is None or way is Way.NEVER or (way is Way.WEEKLY and person.actor.account in digested):
                    continue
                boxes[person.actor.account].append(own)
    return boxes, number


def _meant_for(notice: Notice, person: Recipient) -> Notice | None:
    """An action is one's own or another's; milestones go to owners, administrators hear of own ones."""
    if notice.task is not None and notice.task.belongs_to(person.actor.name, person.email):
        return msgspec.structs.replace(notice, topic=Topic.OWN_ACTION)
    if notice.topic is Topic.OWN_ACTION or all(item.role is Role.administrator for item in person.actor.grants):
        return None
    return notice


class _Views:
    """What a cooperation has to tell to who sees its practices, and to who does not; each made when it is asked for."""

    def __init__(self, standing: Standing, today: date) -> None:
        self._standing, self._today = standing, today
        self._made: dict[bool, tuple[Notice, ...]] = {}

    def seen(self, whole: bool) -> tuple[Notice, ...]:
        if whole not in self._made:
            item = self._standing
            dossier, findings = item.dossier, item.findings
            if not whole:
                dossier, findings = aggregated(dossier, findings, minimum_of(programmes()), item.named)
            self._made[whole] = notices(dossier, findings, item.register, self._today)
        return self._made[whole]


class _Readers:
    """Whom a cooperation may concern, found by the roles and confirmed by the policy."""

    def __init__(self, people: Mapping[int, Recipient], on: date) -> None:
        self._people, self._on = people, on
        self._by_code: dict[str, set[int]] = defaultdict(set)
        self._by_insurer: dict[str, set[int]] = defaultdict(set)
        self._everywhere: set[int] = set()
        for account, person in people.items():
            for grant in person.actor.grants:
                if grant.cooperation is not None:
                    self._by_code[grant.cooperation].add(account)
                elif grant.insurer is not None:
                    self._by_insurer[grant.insurer].add(account)
                else:
                    self._everywhere.add(account)

    def of(self, subject: Subject) -> list[Recipient]:
        found = self._everywhere | self._by_code.get(subject.cooperation, set())
        found = found.union(*(self._by_insurer.get(insurer, ()) for insurer in subject.insurers))
        asked = (self._people[account] for account in sorted(found))
        return [item for item in asked if policy.may(item.actor, Action.see_cooperation, subject, self._on)]


def _tell(person: Recipient, box: Iterable[Notice], week: date, may_digest: bool, tell: Tell) -> tuple[int, bool]:
    """Note what is new to somebody and queue the letter about it; answers how much that was, and whether a digest."""
    account = person.actor.account
    with writing() as connection:
        weekly = [item for item in box if person.ways[item.topic] is Way.WEEKLY]
        is_digest = bool(may_digest and weekly and _keep(connection, account, [(DIGEST, "", week)]))
        offered = [item for item in box if is_digest or person.ways[item.topic] is Way.AT_ONCE]
        keys = {(item.topic.value, item.told_as[-LONGEST_SUBJECT:], item.day): item for item in offered}
        new = _keep(connection, account, sorted(keys))
        if new:
            tell(person, [item for key, item in keys.items() if key in new], is_digest)
    return len(new), is_digest


def _keep(connection: Connection, account: int, keys: Sequence[tuple[str, str, date]]) -> set[tuple[str, str, date]]:
    """Note steps as told; answers those that nobody noted before. Who notes the same at this moment waits for us."""
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    noted = (ReminderSent.kind, ReminderSent.subject, ReminderSent.day)
    statement: Any = upsert(ReminderSent).on_conflict_do_nothing().returning(*noted)
    rows = [
        {"account_id": account, "kind": kind, "subject": subject, "day": day, "sent_at": clock.now()}
        for kind, subject, day in keys
    ]
    found = connection.execute(statement, rows) if rows else ()
    return {(kind, subject, day) for kind, subject, day in found}


# --- what people choose ---


def choose_reminders(*, account: int, ways: Mapping[Topic, Way], by: str) -> None:
    """Keep how somebody wants to hear of each topic; what is as usual needs no row."""
    with writing() as connection:
        connection.execute(delete(ReminderChoice).where(ReminderChoice.account_id == account))
        rows = [
            {"account_id": account, "topic": topic.value, "way": way.value}
            for topic, way in ways.items()
            if way is not USUAL[topic]
        ]
        if rows:
            connection.execute(insert(ReminderChoice), rows)
    log.info("reminders chosen", extra={"account": account, "by": by})


def make_calendar(*, account: int, by: str) -> str:
    """Give somebody a new secret calendar address; an earlier one works no more. Answers the secret, this once."""
    secret = secrets.token_urlsafe(32)
    with writing() as connection:
        connection.execute(delete(CalendarAddress).where(CalendarAddress.account_id == account))
        row = {"account_id": account, "hash": token_hash(secret), "made_at": clock.now()}
        connection.execute(insert(CalendarAddress), [row])
    log.info("calendar address made", extra={"account": account, "by": by})
    return secret


def revoke_calendar(*, account: int, by: str) -> None:
    """Close somebody's calendar address."""
    with writing() as connection:
        connection.execute(delete(CalendarAddress).where(CalendarAddress.account_id == account))
    log.info("calendar address revoked", extra={"account": account, "by": by})
