"""The evidence that is missing in a region: first of itself, then of each initiative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.proof import Unproved, unproved
from tracker.domain.records.base import Record
from tracker.web.answers import forms_of
from tracker.web.dates import days
from tracker.web.evidence_view import holding, is_closed
from tracker.web.frame import language
from tracker.web.region_evidence import record_words
from tracker.web.scope import Visible

MOST = 5
"""Facts of one kind that are named; more of them are counted."""


def unproved_table(seen: Visible) -> dict[str, Any] | None:
    """What can still be shown, for `data_table` of templates/components/table.html; None where nothing is missing."""
    groups: dict[str, list[Unproved]] = {"": []}
    titles = {"": seen.dossier.name} | {item.code: item.title for item in seen.dossier.initiatives}
    for item in unproved(seen.findings, days().as_of):
        subjects = {finding.subject for finding in item.findings}
        # What serves several initiatives is a fact of the region.
        subject = subjects.pop() if len(subjects) == 1 else ""
        groups.setdefault(subject if subject in titles else "", []).append(item)
    above = {id(record): parent for record, parent in holding(seen.dossier, None)}
    rows: list[dict[str, Any]] = []
    for subject, held in sorted(groups.items(), key=lambda group: (group[0] != "", titles[group[0]])):
        if held:
            rows.append({"cells": [titles[subject]], "group": True})
            rows += [{"cells": cells} for cells in _rows(seen, held, above)]
    columns = [{"text": _("Feit")}, {"text": _("Voor welke regels")}]
    if not rows:
        return None
    total = sum(map(len, groups.values()))
    counted = ngettext("%(num)s feit nog zonder bewijs", "%(num)s feiten nog zonder bewijs", total)
    return {"caption": _("Nog zonder bewijs"), "columns": columns, "rows": rows, "wide": True, "counted": counted}


def _rows(seen: Visible, held: list[Unproved], above: dict[int, Record | None]) -> Iterator[list[Any]]:
    kinds: dict[type[Record], list[Unproved]] = {}
    for item in held:
        kinds.setdefault(type(item.record), []).append(item)
    forms = forms_of(seen.dossier)
    for kind, items in kinds.items():
        if len(items) > MOST:
            name = labels.words(kind.declared.label, language())
            counted = ngettext("%(num)s feit", "%(num)s feiten", len(items))
            yield [f"{name}: {counted}", _rules(items)]
            continue
        for item in items:
            parent = above.get(id(item.record))
            form = None if is_closed(item.record, parent) else forms.correction(item.record)
            yield [{"text": record_words(item.record, parent), "url": form and form["url"]}, _rules([item])]


def _rules(items: list[Unproved]) -> str:
    asked = {finding.key: finding.requirement.label.pair for item in items for finding in item.findings}
    return labels.listed([labels.words(pair, language()) for pair in asked.values()], language())
