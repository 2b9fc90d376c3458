"""Mail that waits, was sent or was refused."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime


class Mail(Model):
    """One mail to one person. Once it is sent or refused its text is gone: it may have held a secret link."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    template: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str | None]
    html: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(String(100))
    """The same at every attempt, so that a receiver recognises a mail that was sent twice after all."""
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When it may be tried; a sender at work moves it ahead, so that no other takes it. None = nothing left to do."""
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(100))
    """What kind of error, without what the server said: that may name a person."""
