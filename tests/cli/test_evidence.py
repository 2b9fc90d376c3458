"""`tracker evidence-check`, by whoever keeps the machine."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import make_app
from tracker.exchange.evidence_store import EvidenceStore, Stored, TooLarge
from tracker.extensions import db
from tracker.operations.evidence import note_file


def brought(house: Path, content: bytes) -> Stored:
    """A file that somebody brought: on the disk and in the database."""
    stored = EvidenceStore(house.parent).keep(io.BytesIO(content), 100)
    app = make_app(f"sqlite:///{house}")
    with app.app_context():
        note_file(sha256=stored.sha256, size=stored.size, media_type="application/pdf", name="Stuk.pdf", by="tests")
        db.session.remove()
        db.engine.dispose()
    return stored


def test_whole_files_are_fine_and_those_of_no_record_are_listed(empty: Callable[..., Any], house: Path) -> None:
    stored = brought(house, b"%PDF-1.7 heel")
    done = empty("evidence-check")
    assert done.code == 0
    assert done.out.splitlines() == [f"bij geen enkel feit: {stored.sha256}", "bestanden gecontroleerd: 1"]


def test_a_file_that_is_gone_or_changed_is_named(empty: Callable[..., Any], house: Path) -> None:
    gone, changed = brought(house, b"%PDF-1.7 weg"), brought(house, b"%PDF-1.7 anders")
    store = EvidenceStore(house.parent)
    path = store.find(gone.sha256)
    assert path is not None
    path.unlink()
    other = store.find(changed.sha256)
    assert other is not None
    other.write_bytes(b"bedorven")
    done = empty("evidence-check")
    assert done.code == 1
    assert done.err.splitlines() == [f"ontbreekt: {gone.sha256} Stuk.pdf", f"gewijzigd: {changed.sha256} Stuk.pdf"]


def test_what_is_too_large_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        EvidenceStore(tmp_path).keep(io.BytesIO(bytes(101)), 100)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
