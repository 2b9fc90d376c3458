"""The course of an evaluation meeting: what stands in no dossier and no export."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime
from tracker.models.records import Number


class Meeting(Model):
    """One meeting from its opening on. The round itself says on which day it was held and when it was closed."""

    __tablename__ = "meeting"

    round_id: Mapped[int] = mapped_column(Number, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(String(300))
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it pauses; empty = it goes on."""
