"""Files of evidence and who has looked at them. The files themselves stand on disk, named by their hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Model, UtcDateTime


class StoredFile(Model):
    """One file, once, however many records it is evidence for."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    """As it was given, cleaned; of the first who brought it."""
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(300))


class EvidenceView(Model):
    """That an account has opened a file: first, last and how often. Looking at it checks nothing."""

    __tablename__ = "evidence_view"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True, index=True)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]
