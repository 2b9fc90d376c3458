"""The good examples on offer on a day. Page, API and export ask here."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.shared_examples import SharedExample, shared_examples
from tracker.queries.findings import standings

_KINDS = frozenset({"initiative", "good_example", "sharing"})


def examples_on_offer(as_of: date, *, known_at: datetime | None = None) -> tuple[SharedExample, ...]:
    """Every shared example; who may see which taker by name is up to the page."""
    everybody = standings(None, as_of, known_at=known_at, only=frozenset(), kinds=_KINDS)
    if not everybody:
        return ()
    return shared_examples(everybody[0].register.examples, [item.dossier for item in everybody])
