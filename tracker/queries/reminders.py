"""Who may be reminded, how each wants it, and what everybody's cooperations have to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from tracker.domain.notices import USUAL, Topic, Way
from tracker.domain.policy import Actor, Grant, Role
from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.journal import LINE
from tracker.models.records import TABLES
from tracker.models.reminders import CalendarAddress, ReminderChoice, ReminderSent
from tracker.queries.accounts import token_hash

DIGEST = "digest"


class Recipient(NamedTuple):
    """Somebody who holds a role on the day."""

    actor: Actor
    email: str
    language: str
    ways: Mapping[Topic, Way]


def recipients(on: date) -> list[Recipient]:
    """Everybody with an open account and a role that holds on a day, by number; two queries."""
    held: dict[int, list[Grant]] = defaultdict(list)
    columns = (RoleGrant.account_id, RoleGrant.role, RoleGrant.cooperation, RoleGrant.insurer)
    rows = select(*columns, RoleGrant.starts_on, RoleGrant.ends_on).where(RoleGrant.withdrawn_at.is_(None))
    for number, role, cooperation, insurer, starts_on, ends_on in db.session.execute(rows.order_by(RoleGrant.id)):
        grant = Grant(role=Role(role), cooperation=cooperation, insurer=insurer, starts_on=starts_on, ends_on=ends_on)
        if grant.holds(on):
            held[number].append(grant)
    accounts = select(Account.id, Account.name, Account.email, Account.language).where(Account.active)
    chosen = _choices()
    return [
        Recipient(
            Actor(account=number, name=name, grants=tuple(held[number])), email, language, ways_of(chosen[number])
        )
        for number, name, email, language in db.session.execute(accounts.order_by(Account.id))
        if number in held
    ]


def _choices() -> dict[int, dict[str, str]]:
    chosen: dict[int, dict[str, str]] = defaultdict(dict)
    for number, topic, way in db.session.execute(
        select(ReminderChoice.account_id, ReminderChoice.topic, ReminderChoice.way)
    ):
        chosen[number][topic] = way
    return chosen


def ways_of(chosen: Mapping[str, str]) -> dict[Topic, Way]:
    """How somebody hears of each topic: as chosen, else as usual."""
    return {topic: Way(chosen[topic]) if chosen.get(topic) in set(Way) else usual for topic, usual in USUAL.items()}


def ways(account: int) -> dict[Topic, Way]:
    """The choices of one person."""
    rows = select(ReminderChoice.topic, ReminderChoice.way).where(ReminderChoice.account_id == account)
    return ways_of({row.topic: row.way for row in db.session.execute(rows)})


def had_digest(week: date) -> frozenset[int]:
    """The accounts whose digest of the week that begins on a day was made."""
    rows = select(ReminderSent.account_id).where(ReminderSent.kind == DIGEST, ReminderSent.day == week)
    return frozenset(db.session.scalars(rows))


def calendar_owner(secret: str) -> int | None:
    """Whose calendar a secret opens; None for one that is unknown or revoked."""
    query = select(CalendarAddress.account_id).where(CalendarAddress.hash == token_hash(secret))
    found: int | None = db.session.scalar(query)
    return found


def has_calendar(account: int) -> bool:
    """Whether somebody has a calendar address that works."""
    return db.session.get(CalendarAddress, account) is not None


def last_written(codes: Iterable[str]) -> dict[str, int]:
    """By cooperation the number of the last revision about it."""
    table = TABLES["cooperation"]
    query = select(table.c.code, func.max(LINE.c.revision_id).label("revision")).join(
        table, table.c.id == LINE.c.cooperation_id
    )
    rows = db.session.execute(query.where(table.c.code.in_(list(codes))).group_by(table.c.code))
    return {row.code: row.revision for row in rows}
