"""What is written about files of evidence: that one was stored, and that somebody opened it."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.extensions import db
from tracker.models.evidence import EvidenceView, StoredFile
from tracker.operations.transaction import writing


def note_file(*, sha256: str, size: int, media_type: str, name: str, by: str) -> None:
    """Note a file that stands on the disk; one that was brought before stays as it was noted."""
    if db.session.get(StoredFile, sha256) is not None:
        return
    try:
        with writing():
            row = StoredFile(sha256=sha256, size=size, media_type=media_type, name=name, stored_at=clock.now(), by=by)
            db.session.add(row)
    except IntegrityError:
        if db.session.get(StoredFile, sha256) is None:
            raise


def note_view(*, account: int, sha256: str) -> None:
    """Note that an account opens a file."""
    with writing():
        at = clock.now()
        seen = db.session.get(EvidenceView, (account, sha256), with_for_update=True)
        if seen is None:
            db.session.add(EvidenceView(account_id=account, sha256=sha256, first_at=at, last_at=at, count=1))
        else:
            seen.last_at, seen.count = at, seen.count + 1
