"""The documents of rounds that were closed, and who agreed to what on the way there. Neither is ever changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime


class RoundDocument(Model):
    """The canonical document of one version of a round, as both parties agreed to it."""

    __tablename__ = "round_document"
    __table_args__ = (UniqueConstraint("cooperation", "number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cooperation: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_cooperation: Mapped[str] = mapped_column(String(300))
    by_insurer: Mapped[str] = mapped_column(String(300))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("round_document.id"))
    """The document before this one: of the version that was corrected, else of the round before."""


class RoundAgreement(Model):
    """One party agreed to a document; it lapses when the content changes before the other agrees."""

    __tablename__ = "round_agreement"
    __table_args__ = (Index("ix_round_agreement_round", "cooperation", "number", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cooperation: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    version: Mapped[int]
    party: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(300))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    """What was agreed to, so that it can be said what changed since."""
