"""The evidence of a round as files in its pack: what is kept here, named by the number that the list gives it.

A document names only records that both parties may see, so whoever may read it may have its evidence too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tracker.exchange.evidence_store import EvidenceStore
from tracker.exchange.pack import AT_ONCE, Part
from tracker.queries.evidence import stored_files
from tracker.web.evidence_links import file_name

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


def evidence_parts(rows: list[dict[str, str | None]], store: EvidenceStore) -> Iterator[Part]:
    """Every file of the evidence list that is kept here; a piece without a file is named in the list alone."""
    known = stored_files(row["sha256"] for row in rows)
    for row in rows:
        sha256 = (row["sha256"] or "").lower()
        path = store.find(sha256) if sha256 in known else None
        if path is not None:
            yield (
                f"bewijs/{row['id']}-{_UNSAFE.sub('-', file_name(known[sha256], row['title'] or ''))[-80:]}",
                partial(_read, path),
            )


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(AT_ONCE):
            yield chunk
