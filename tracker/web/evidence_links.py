"""The way to a file of evidence."""

from __future__ import annotations

from tracker.queries.evidence import KeptFile
from tracker.web.dates import link


def file_url(file: KeptFile) -> str:
    """Where a file is downloaded; what is looked at as known earlier stays so."""
    return link("evidence_files.download", sha256=file.sha256, name=file.name)
