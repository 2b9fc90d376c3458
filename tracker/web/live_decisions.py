"""Decisions on money as they are said at the table."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.enums import ExtensionResult
from tracker.domain.records.funding import Extension
from tracker.web.frame import language


def decision_words() -> dict[ExtensionResult, str]:
    """What the insurer can decide, as it is said at the table."""
    return {
        ExtensionResult.EXTENDED: _("Verlengen"),
        ExtensionResult.EXTENDED_REDUCED: _("Bijstellen"),
        ExtensionResult.NOT_EXTENDED: _("Stoppen"),
    }


def decision_told(decision: Extension, words: dict[ExtensionResult, str]) -> str:
    """A decision of before in one line."""
    day = labels.day_short(decision.decided_on, language())
    word = _("tot en met")
    until = f", {word} {labels.day_short(decision.until, language())}" if decision.until else ""
    return f"{words[decision.result]} ({day}{until})"


def decided_on(decision: Extension) -> date:
    """The day of a decision: the last one counts."""
    return decision.decided_on
