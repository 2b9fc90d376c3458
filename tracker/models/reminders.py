"""Who was reminded of what, how each person wants to hear of it, and the secret address of a calendar."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime

LONGEST_SUBJECT = 300


class ReminderSent(Model):
    """One step of one thing that one person was told of, or the week of a digest: told once."""

    __tablename__ = "reminder_sent"
    __table_args__ = (UniqueConstraint("account_id", "kind", "subject", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    """A member of Topic (domain/notices.py), or `digest`."""
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    day: Mapped[date] = mapped_column(index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReminderChoice(Model):
    """How somebody hears of a topic, where it is not the usual way."""

    __tablename__ = "reminder_choice"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20), primary_key=True)
    way: Mapped[str] = mapped_column(String(20))
    """A member of Way."""


class CalendarAddress(Model):
    """The calendar of one person. Of the secret in its address only the hash is kept; gone = revoked."""

    __tablename__ = "calendar_address"
    __table_args__ = (UniqueConstraint("hash"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
