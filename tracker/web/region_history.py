"""The history of a region: every write as a sentence, with who, when and why, and the page as it was known then."""

from __future__ import annotations

from typing import Any

from tracker.web.history_view import Found, history_view
from tracker.web.region import head
from tracker.web.scope import Visible


def region_history_page(seen: Visible, found: Found) -> dict[str, Any]:
    """The view model of templates/cooperations/history.html."""
    return {**head(seen, "history"), **history_view(found)}
