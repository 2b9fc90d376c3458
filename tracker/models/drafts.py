"""What somebody typed in a form and has not saved yet."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime


class FormDraft(Model):
    """One form half-filled: private to its author, in no journal and no export, kept for ninety days."""

    __tablename__ = "form_draft"
    __table_args__ = (UniqueConstraint("account_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(500))
    title: Mapped[str] = mapped_column(String(300))
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    """Name and value of every field, as the browser sent them."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
