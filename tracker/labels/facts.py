"""What stands beside a status where there is little room: `105 dagen`, `2 van 3`, `sinds 1-1-2026` (pages.md 4.1)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from tracker.domain.finding import Finding, Status
from tracker.labels.members import word
from tracker.labels.numbers import day_short, days, percentage
from tracker.labels.texts import words


def cell_fact(finding: Finding, as_of: date, language: str = "nl") -> str | None:
    """The fact of a cell in a matrix, where a word says more than a day: `verlopen`, `geen visie`, `2 van 3`."""
    return _word(finding, language) or short_fact(finding, as_of, language)


def short_fact(finding: Finding, as_of: date, language: str = "nl") -> str | None:
    """The one fact that matters of a finding that is not met, from its own reason; None when it has none."""
    if finding.status is Status.MET:
        return None
    if finding.status is Status.NA:
        return _word(finding, language)
    if finding.status is Status.LATE and finding.days_late is not None:
        return days(finding.days_late, language)
    own = _OWN.get(finding.requirement.kind)
    said = own(finding, as_of, language) if own is not None else None
    return said or _word(finding, language) or _counted(finding, language) or _due(finding, as_of, language)


def _word(finding: Finding, language: str) -> str | None:
    return words(finding.reason.word, language) if finding.reason.word is not None else None


def _of(language: str) -> str:
    return "of" if language == "en" else "van"


def _counted(finding: Finding, language: str) -> str | None:
    """`41 van 49`, where the reason counts."""
    values = finding.reason.values
    total = values.get("total", values.get("minimum", values.get("m")))
    if not isinstance(values.get("n"), int) or not isinstance(total, int):
        return None
    return f"{values['n']} {_of(language)} {total}"


def _due(finding: Finding, as_of: date, language: str) -> str | None:
    """The days since it was due, or until it is."""
    due = finding.due_on
    if due is None or (finding.status is Status.PENDING) is (due < as_of):
        return None
    if finding.status is Status.PENDING:
        left = (due - as_of).days
        if left == 0:
            return "today" if language == "en" else "vandaag"
        return days(left, language) if left <= 60 else None
    return days((as_of - due).days, language) if finding.status is Status.NOT_MET else None


def _vacant(finding: Finding, as_of: date, language: str) -> str | None:
    since = finding.reason.values.get("date")
    return days((as_of - since).days + 1, language) if isinstance(since, date) else None


def _contract(finding: Finding, as_of: date, language: str) -> str | None:
    ended = finding.reason.values.get("date")
    if not isinstance(ended, date) or ended >= as_of:
        return None
    since = "since" if language == "en" else "sinds"
    return f"{since} {day_short(ended + timedelta(1), language)}"


def _round(finding: Finding, as_of: date, language: str) -> str | None:
    """How many months lay between two meetings: the gap itself may be over."""
    former, later = finding.reason.values.get("date"), finding.reason.values.get("until")
    if not isinstance(former, date) or not isinstance(later, date):
        return None
    months = 12 * (later.year - former.year) + later.month - former.month - (later.day < former.day)
    return f"{months} {'months' if language == 'en' else 'maanden'}"


def _themes(finding: Finding, as_of: date, language: str) -> str | None:
    empty, themes = finding.reason.values.get("themes"), finding.programme.themes
    return f"{len(themes) - len(empty)} {_of(language)} {len(themes)}" if empty else None


def _assessed(finding: Finding, as_of: date, language: str) -> str | None:
    state = finding.reason.values.get("state")
    return word(state, language) if isinstance(state, Enum) else None


def _doubled(finding: Finding, as_of: date, language: str) -> str | None:
    total = finding.reason.values.get("percentage")
    return percentage(total, language) if isinstance(total, int | Decimal) else None


_OWN: dict[str, Callable[[Finding, date, str], str | None]] = {
    "ict_lead_now": _vacant,
    "contract_in_force": _contract,
    "rounds_periodic": _round,
    "horizon_themes": _themes,
    "assessed_positive": _assessed,
    "no_double_funding_computed": _doubled,
}
"""Rules whose fact is another one than a count or the days since it was due."""
