"""How a status is shown: its words, its tone and its icon (pages.md 5.1)."""

from datetime import date
from typing import Literal

import msgspec

from tracker.domain.finding import Finding, Status
from tracker.domain.records.base import Pair
from tracker.labels.numbers import days

Tone = Literal["green", "amber", "red", "slate", "grey"]
SOON = 60
"""Days: a PENDING this close to its day asks for attention."""


class StatusLabel(msgspec.Struct, frozen=True):
    """The full and the short word of a status, its colour group and its icon in Bootstrap Icons."""

    word: Pair
    short: Pair
    tone: Tone
    icon: str


STATUSES: dict[Status, StatusLabel] = {
    Status.MET: StatusLabel(Pair("Behaald", "Met"), Pair("Behaald", "Met"), "green", icon="check-lg"),
    Status.LATE: StatusLabel(Pair("Te laat behaald", "Met late"), Pair("Te laat", "Late"), "amber", icon="clock"),
    Status.PARTIAL: StatusLabel(Pair("Deels", "Partly"), Pair("Deels", "Partly"), "amber", icon="circle-half"),
    Status.NOT_MET: StatusLabel(Pair("Niet behaald", "Not met"), Pair("Niet behaald", "Not met"), "red", icon="x-lg"),
    Status.PENDING: StatusLabel(
        Pair("Nog niet aan de orde", "Not due yet"), Pair("Nog niet", "Not yet"), "slate", icon="hourglass-split"
    ),
    Status.NA: StatusLabel(Pair("N.v.t.", "N/A"), Pair("N.v.t.", "N/A"), "grey", icon="dash-lg"),
    Status.UNKNOWN: StatusLabel(Pair("Onbekend", "Unknown"), Pair("Onbekend", "Unknown"), "grey", icon="question-lg"),
    Status.ADVISORY: StatusLabel(
        Pair("Aandachtspunt", "Point of attention"), Pair("Let op", "Mind"), "amber", icon="exclamation-lg"
    ),
}


def status_label(status: Status) -> StatusLabel:
    """How a status is shown."""
    return STATUSES[status]


def tone_of(finding: Finding, as_of: date) -> Tone:
    """The colour group of a finding: that of its status, but amber when it is due within sixty days (domain.md 2.0)."""
    if finding.status is Status.PENDING and finding.due_on is not None and 0 <= (finding.due_on - as_of).days <= SOON:
        return "amber"
    return STATUSES[finding.status].tone


def status_words(finding: Finding, language: str = "nl") -> str:
    """The full word of a finding's status, with the days when it was met late: `Te laat behaald (105 dagen)`."""
    label = STATUSES[finding.status].word
    said = label.en if language == "en" else label.nl
    if finding.status is Status.LATE and finding.days_late is not None:
        return f"{said} ({days(finding.days_late, language)})"
    return said
