"""Why something was written, as one reader may read it: names of practices stay hidden in reasons too."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from tracker.extensions import db
from tracker.models.journal import LINE, REVISION
from tracker.queries.journal_window import COOPERATION, Window, practice_names


def changed_reasons(window: Window, chosen: ColumnElement[bool]) -> dict[int, str]:
    """The reasons of some revisions that name a practice this reader may not know, without that name; three queries."""
    codes = [code for code in sorted(window.guarded) if window.guards(code)]
    if not codes:
        return {}
    query = select(REVISION.c.id, REVISION.c.reason, COOPERATION.c.code).join(LINE, LINE.c.revision_id == REVISION.c.id)
    query = query.join(COOPERATION, and_(COOPERATION.c.id == LINE.c.cooperation_id, COOPERATION.c.code.in_(codes)))
    rows = db.session.execute(query.where(chosen, REVISION.c.reason.is_not(None)).distinct()).all()
    names = practice_names(window, {row.code for row in rows})
    found: dict[int, str] = {}
    for number, reason, code in rows:
        before = found.get(number, reason)
        if code in names and (left := names[code].hidden_in(before)) != before:
            found[number] = left
    return found


def not_found_by(window: Window, text: str) -> list[int]:
    """The revisions in whose reason a text stands only where this reader reads no name."""
    changed = changed_reasons(window, REVISION.c.reason.icontains(text, autoescape=True))
    return sorted(number for number, left in changed.items() if text.casefold() not in left.casefold())
