"""The way to a file of evidence."""

from __future__ import annotations

from tracker.exchange.file_types import name_for
from tracker.queries.evidence import KeptFile
from tracker.web.dates import link


def file_name(file: KeptFile, title: str) -> str:
    """What the file of a piece with this title is called."""
    return name_for(title, file.media_type)


def file_url(file: KeptFile, title: str) -> str:
    """Where a file is downloaded; what is looked at as known earlier stays so."""
    return link("evidence_files.download", sha256=file.sha256, name=file_name(file, title))
