"""Practices on a day, and what they do together. Page, API and export ask here."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.practice_totals import Total, his_totals
from tracker.queries.findings import standings

SYSTEMS = frozenset({"practice", "practice_membership", "his_use"})


def systems_in_use(code: str, as_of: date, *, known_at: datetime | None = None) -> tuple[Total, ...]:
    """How many practices of a cooperation use which GP system: totals, no names."""
    found = standings((code,), as_of, known_at=known_at, only=frozenset({"xis_mark"}), kinds=SYSTEMS)
    return his_totals(found[0].dossier, found[0].register, as_of) if found else ()
