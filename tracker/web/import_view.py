"""What a file would do, or did, in words: numbers per cooperation and kind, what changes field by field, and faults."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.problems import MOST_SHOWN, Problems
from tracker.domain.records.base import Record, fields_of
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.file import DossierFile
from tracker.domain.records.places import places
from tracker.exchange.tables import Column, Table
from tracker.forms.administration import AskedForm
from tracker.operations.dossiers import Changed, ImportReport
from tracker.web.administration_view import MEGABYTE, head
from tracker.web.dates import link
from tracker.web.downloads import shown
from tracker.web.frame import language

MOST_CHANGES = 200
"""Changed records that one page shows."""


def numbers_table(report: ImportReport) -> dict[str, Any]:
    """How many records are added, changed and unchanged, per cooperation (or product) and kind."""
    rows = tuple(
        (code, kind_word(kind), tally.added, tally.changed, tally.unchanged)
        for (code, kind), tally in sorted(report.tallies.items())
    )
    total = report.total()
    columns = (
        Column(_("Samenwerkingsverband of toepassing"), width=24),
        Column(_("Soort"), width=34),
        Column(_("Nieuw"), "number"),
        Column(_("Gewijzigd"), "number"),
        Column(_("Ongewijzigd"), "number"),
    )
    last = (_("Alles"), "", total.added, total.changed, total.unchanged)
    return shown(Table(title=_("Aantallen"), columns=columns, rows=(*rows, last)), wide=True)


def changes_shown(report: ImportReport) -> dict[str, Any]:
    """The changed records with each field, old and new."""
    listed = report.changes[:MOST_CHANGES]
    rest = report.total().changed - len(listed)
    return {
        "items": [_changed(item) for item in listed],
        "rest": ngettext("… en nog %(num)s gewijzigd record", "… en nog %(num)s gewijzigde records", rest)
        if rest
        else None,
    }


def _changed(item: Changed) -> dict[str, Any]:
    tongue, kind = language(), _kind(item.kind)
    names = {field.name: labels.words(field.label, tongue) for field in fields_of(kind)}
    return {
        "title": kind_word(item.kind),
        "address": item.address,
        "fields": [
            {"label": names.get(name, name), "old": _value(old), "new": _value(new)}
            for name, (old, new) in item.fields.items()
        ],
    }


def _value(value: Any) -> str:
    if value is None or value == ():
        return str(_("leeg"))
    text = labels.value_text(value, language())
    return text if len(text) <= 300 else text[:299] + "…"


def remarks_shown(problems: Problems) -> dict[str, Any] | None:
    """Faults or doubts: where, what stood there and what is allowed; the first two hundred and their number."""
    if not problems.number:
        return None
    tongue = language()
    rest = problems.number - len(problems.shown)
    return {
        "number": problems.number,
        "items": [
            {"path": item.path, "value": _raw(item.value), "text": labels.words(item.reason, tongue)}
            for item in problems.shown[:MOST_SHOWN]
        ],
        "rest": ngettext("… en nog %(num)s", "… en nog %(num)s", rest) if rest else None,
    }


def _raw(value: Any) -> str:
    return "" if value is None else str(value)


def kind_word(name: str) -> str:
    """The name of a kind of record."""
    return labels.words(_kind(name).declared.label, language())


def _kind(name: str) -> type[Record]:
    if name == Evidence.declared.name:
        return Evidence
    return next((place.kind for place in places().values() if place.kind.declared.name == name), DossierFile)


def report_view(report: ImportReport) -> dict[str, Any]:
    """What templates/components/import_report.html draws of a dry run."""
    total = report.total()
    return {
        "refused": report.is_refused,
        "nothing": not report.is_refused and not total.added and not total.changed,
        "numbers": numbers_table(report) if report.tallies else None,
        "changes": changes_shown(report),
        "problems": remarks_shown(report.problems),
        "warnings": remarks_shown(report.warnings),
    }


def upload_page(
    error: str | None = None,
    *,
    report: ImportReport | None = None,
    name: str | None = None,
    position: int = 0,
    form: AskedForm | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """The view model of templates/administration/imports.html; `note` says why a confirmed file was not taken in."""
    settings = current_app.extensions["settings"]
    size, most = settings.max_upload_bytes // MEGABYTE, labels.number(settings.max_records, language())
    return {
        "head": head(_("Importeren"), _("Een dossierbestand gaat in zijn geheel naar binnen, of helemaal niet.")),
        "error": error,
        "limits": _("YAML of JSON, hoogstens %(size)s MB en %(most)s records.", size=size, most=most),
        "report": None if report is None else report_view(report),
        "note": note,
        "name": name,
        "position": position,
        "form": form,
        "again_url": link("imports.index"),
    }
