"""The half-filled forms of one person."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from tracker import clock
from tracker.extensions import db
from tracker.models.drafts import FormDraft

KEPT_FOR = timedelta(days=90)


class Draft(NamedTuple):
    """A form that was left half-filled: its address, what it is about, what was typed and when."""

    path: str
    title: str
    fields: list[tuple[str, str]]
    saved_at: datetime


def draft_of(account: int, path: str) -> Draft | None:
    """The draft of a form at a path, unless it is older than ninety days."""
    return next((draft for draft in drafts(account) if draft.path == path), None)


def drafts(account: int) -> list[Draft]:
    """The drafts of a person, newest first."""
    own = (FormDraft.account_id == account, FormDraft.saved_at >= clock.now() - KEPT_FOR)
    rows = db.session.scalars(select(FormDraft).where(*own).order_by(FormDraft.saved_at.desc()))
    return [Draft(row.path, row.title, [(name, value) for name, value in row.fields], row.saved_at) for row in rows]
