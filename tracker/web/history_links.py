"""Where a line of the journal leads: the page where the record shows, as known then, and its own history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.clock import AMSTERDAM
from tracker.domain.journal_sentences import Written
from tracker.domain.records.evaluation import Round
from tracker.domain.records.places import EVIDENCE, places
from tracker.domain.records.product import HisProduct
from tracker.web.dates import AS_OF, COMPARE, KNOWN, days, link
from tracker.web.frame import language

_MONEY = frozenset(
    {"contracts", "oi_claims", "innovation_applications", "open_claims", "accreditation_claims", "service_declarations"}
)


def record_url(number: int, code: str | None) -> str:
    """The history of a record of a cooperation, or of the register."""
    if code is None:
        return link("history.register_record", record=number)
    return link("history.record", code=code, record=number)


def then_link(written: Written, code: str | None, at: datetime, before_at: datetime | None) -> dict[str, Any] | None:
    """The page where the record shows, as known at the end of the day of the write.

    A removed record was last shown the day before; one that came and went on one day never was at the end of a day.
    """
    day = at.astimezone(AMSTERDAM).date()
    if written.is_gone:
        day -= timedelta(days=1)
        if before_at is None or before_at.astimezone(AMSTERDAM).date() > day:
            return None
    url = _page(written, code, day.isoformat())
    return {"text": _("Zoals bekend op %(day)s", day=labels.day_words(day, language())), "url": url} if url else None


def _page(written: Written, code: str | None, known_on: str) -> str:
    # The day that is looked at now may lie before the record: the page as known then stands on its own today.
    then = {KNOWN: known_on, AS_OF: None, COMPARE: None}
    root, *below = written.address.split("/")
    if code is None:
        in_systems = written.place != EVIDENCE and places()[written.place].root is HisProduct
        return link("products.index", **then) if in_systems else link("products.detail", id=root, **then)
    listed, key = (*below, "", "")[:2]
    if written.place == EVIDENCE and listed != "practices":
        return link("cooperations.evidence", code=code, **then)
    if listed in ("initiatives", "practices"):
        return link(f"{listed}.detail", id=key, **then)
    if listed == "rounds":
        return _round_page(written, code, then)
    return link("cooperations.funding" if listed in _MONEY else "cooperations.overview", code=code, **then)


def _round_page(written: Written, code: str, then: dict[str, str | None]) -> str:
    """A meeting has its page once it was held."""
    held = next((item for item in (written.new, written.old, written.within) if isinstance(item, Round)), None)
    if held is None or held.held_on is None or held.held_on > days().today:
        return link("cooperations.evaluations", code=code, **then)
    return link("evaluations.detail", code=code, number=held.number, **then)
