"""Whether a piece of evidence still counts, in words."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.finding import replacement_of
from tracker.domain.records.evidence import Evidence
from tracker.web.dates import days
from tracker.web.frame import language


def counts(piece: Evidence, among: Iterable[Evidence]) -> bool:
    """Does it still prove something on the day?"""
    is_valid = piece.valid_until is None or piece.valid_until >= days().as_of
    return is_valid and replacement_of(piece, among) is None


def standing_words(piece: Evidence, among: Iterable[Evidence]) -> str:
    """What took its place, or until when it counts; nothing of a piece that simply counts. All as seen on the day."""
    other = replacement_of(piece, among)
    if other is not None:
        return str(_("vervangen door %(title)s, telt niet meer", title=other.title))
    if piece.valid_until is None:
        return ""
    day = labels.day_short(piece.valid_until, language())
    if piece.valid_until < days().as_of:
        return str(_("verlopen na %(day)s, telt niet meer", day=day))
    return str(_("geldig tot en met %(day)s", day=day))
