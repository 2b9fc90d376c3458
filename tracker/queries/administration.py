"""What an administrator looks after: every cooperation in numbers, and how large and how old the data is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import distinct, func, or_, select, text

from tracker.extensions import db
from tracker.models.accounts import Account, RoleGrant
from tracker.models.journal import LINE, REVISION
from tracker.models.records import TABLES

COOPERATION, LINK = TABLES["cooperation"], TABLES["insurer_link"]
PRACTICE, MEMBERSHIP = TABLES["practice"], TABLES["practice_membership"]
COUNTED = ("cooperation", "practice", "initiative", "product", "his_product")


class Administered(NamedTuple):
    """One cooperation as an administrator sees it."""

    code: str
    name: str
    founded_on: date | None
    dissolved_on: date | None
    insurers: tuple[str, ...]
    """Those linked on the day, the leading one first."""
    practices: int
    people: int
    """Active accounts with a role for this cooperation in particular."""
    changed_at: datetime | None


def administered(on: date, real_day: date) -> list[Administered]:
    """Every cooperation by code, as it stands on a day; roles count on the real day. A constant number of queries."""
    links, practices = _links(on), _practices(on)
    people, changed = _people(real_day), _changed()
    columns = (COOPERATION.c.id, COOPERATION.c.code, COOPERATION.c.name)
    days = (COOPERATION.c.founded_on, COOPERATION.c.dissolved_on)
    rows = db.session.execute(select(*columns, *days).order_by(COOPERATION.c.code))
    return [
        Administered(
            code,
            name,
            founded_on,
            dissolved_on,
            tuple(links.get(number, ())),
            practices.get(number, 0),
            people.get(code, 0),
            changed.get(number),
        )
        for number, code, name, founded_on, dissolved_on in rows
    ]


def _holds(table: Any, on: date) -> tuple[Any, ...]:
    return (table.c.from_on <= on, or_(table.c.to_on.is_(None), table.c.to_on >= on))


def _links(on: date) -> dict[int, list[str]]:
    query = select(LINK.c.cooperation_id, LINK.c.insurer).where(*_holds(LINK, on))
    found: dict[int, list[str]] = {}
    for number, insurer in db.session.execute(query.order_by(LINK.c.lead.desc(), LINK.c.insurer)):
        found.setdefault(number, []).append(insurer)
    return found


def _practices(on: date) -> dict[int, int]:
    joined = MEMBERSHIP.join(PRACTICE, PRACTICE.c.id == MEMBERSHIP.c.parent_id)
    number = func.count(distinct(PRACTICE.c.id))
    query = select(PRACTICE.c.parent_id, number).select_from(joined).where(*_holds(MEMBERSHIP, on))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(PRACTICE.c.parent_id))}


def _people(on: date) -> dict[str, int]:
    holds = (RoleGrant.starts_on <= on, or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= on), Account.active)
    query = select(RoleGrant.cooperation, func.count(distinct(RoleGrant.account_id))).join(Account)
    rows = db.session.execute(query.where(RoleGrant.cooperation.is_not(None), *holds).group_by(RoleGrant.cooperation))
    return {row[0]: row[1] for row in rows if row[0]}


def _changed() -> dict[int, datetime]:
    """The moment of the last line about each: one look in the index per cooperation, however long the journal is."""
    last = select(func.max(LINE.c.id)).where(LINE.c.cooperation_id == COOPERATION.c.id).correlate(COOPERATION)
    newest = select(COOPERATION.c.id, last.scalar_subquery().label("line")).subquery()
    query = select(newest.c.id, REVISION.c.at).join(LINE, LINE.c.id == newest.c.line)
    rows = db.session.execute(query.join(REVISION, REVISION.c.id == LINE.c.revision_id))
    return {row[0]: row[1] for row in rows}


def people_in_use() -> int:
    """How many accounts are active."""
    return int(db.session.scalar(select(func.count()).select_from(Account).where(Account.active)) or 0)


class Sizes(NamedTuple):
    """How large an installation is."""

    records: dict[str, int]
    """By kind: cooperations, practices, initiatives, products, GP systems."""
    lines: int
    """Lines of the journal."""
    database_bytes: int | None


def sizes() -> Sizes:
    """Count what there is. The journal only grows, so that its last number says its length."""
    records = {name: int(db.session.scalar(select(func.count()).select_from(TABLES[name])) or 0) for name in COUNTED}
    return Sizes(records, int(db.session.scalar(select(func.max(LINE.c.id))) or 0), _database_bytes())


def _database_bytes() -> int | None:
    ask = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }.get(db.engine.dialect.name)
    return None if ask is None else int(db.session.scalar(text(ask)) or 0)
