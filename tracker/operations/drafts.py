"""How half-filled forms are kept and thrown away."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from tracker import clock
from tracker.extensions import db
from tracker.models.drafts import FormDraft
from tracker.operations.transaction import writing
from tracker.queries.drafts import KEPT_FOR

MOST, LONGEST = 50, 300_000
"""Drafts of one person, and characters of one draft."""


class DraftRefused(Exception):
    """Why a draft was not kept, for the reader: `nl` and `en`."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


def keep_draft(*, account: int, path: str, title: str, fields: Iterable[tuple[str, str]]) -> None:
    """Keep what was typed in the form at a path, instead of what was kept there before; old drafts go.

    Raises DraftRefused on one that is too large, or one too many.
    """
    kept = [[name, value.replace("\x00", "")] for name, value in fields]
    if sum(len(name) + len(value) for name, value in kept) > LONGEST:
        raise DraftRefused("Dit concept is te groot om te bewaren.", "This draft is too large to keep.")
    with writing():
        db.session.execute(delete(FormDraft).where(FormDraft.saved_at < clock.now() - KEPT_FOR))
        own = db.session.scalars(select(FormDraft).where(FormDraft.account_id == account)).all()
        draft = next((item for item in own if item.path == path), None)
        if draft is None and len(own) >= MOST:
            raise DraftRefused(
                f"U heeft al {MOST} concepten. Rond er eerst een af of gooi er een weg.",
                f"You have {MOST} drafts already. Finish one first, or throw one away.",
            )
        if draft is None:
            draft = FormDraft(account_id=account, path=path)
            db.session.add(draft)
        draft.title, draft.fields, draft.saved_at = title[:300], kept, clock.now()


def drop_draft(*, account: int, path: str) -> bool:
    """Throw away the draft of a form; answers whether there was one."""
    own = (FormDraft.account_id == account, FormDraft.path == path)
    if db.session.scalar(select(FormDraft.id).where(*own)) is None:
        return False
    with writing():
        db.session.execute(delete(FormDraft).where(*own))
    return True
