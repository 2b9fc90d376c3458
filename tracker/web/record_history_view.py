"""The history of one record: every state of it and of what stands below it, field by field."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.difference import FieldDifference
from tracker.domain.journal_sentences import Deed, Told, Written, changes, name_of, sentence
from tracker.domain.records.base import Sort
from tracker.exchange.tables import Column, Table
from tracker.queries.history import PAGE
from tracker.queries.record_history import RecordHistory, Step
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.history_links import record_url, then_link
from tracker.web.history_view import crumbs
from tracker.web.paging import pages


def title_of(found: RecordHistory) -> str:
    """What the record is called, as it was last."""
    return labels.text(name_of(found.last.written), language())


def record_page(found: RecordHistory, code: str | None, region: str | None, page: int) -> dict[str, Any]:
    """The view model of templates/history/record.html."""
    gone = found.last if found.last.written.is_gone else None
    return {
        "head": {
            "title": _("Geschiedenis van %(name)s", name=title_of(found)),
            "fictional": fictional(),
            "crumbs": crumbs(code, region),
            "facts": [],
        },
        "removed": None if gone is None else _removed(gone),
        "result": ngettext("%(num)s keer vastgelegd", "%(num)s keer vastgelegd", found.total),
        "steps": [
            _step(item, found.last.written.number, code, place) for place, item in enumerate(found.steps, start=1)
        ],
        "pages": pages(found.total, page, PAGE),
        "downloads": download_links(),
        "source": source_line(),
    }


def _removed(gone: Step) -> dict[str, Any]:
    when = labels.moment_text(gone.at, language())
    return {
        "tone": "amber",
        "icon": "trash",
        "title": _("Dit record is verwijderd."),
        "text": _(
            "%(who)s deed dat op %(when)s. Eerdere dagen tonen het nog zoals het bekend was.", who=gone.by, when=when
        ),
    }


def _step(item: Step, record: int, code: str | None, place: int) -> dict[str, Any]:
    written, tongue = item.written, language()
    name, at = labels.text(name_of(written), tongue), labels.moment_text(item.at, tongue)
    return {
        "at": at,
        "text": labels.text(sentence(Told(written, {}), item.by, reason=item.reason), tongue),
        "name": name,
        "then": then_link(written, code, item.at, item.before_at),
        "record_url": None if written.number == record else record_url(written.number, code),
        "table": {
            "caption": _("Wat er veranderde aan %(name)s", name=name),
            # Two writes of one record in one minute are told apart by their place on the page.
            "label": f"{name}, {at} ({place})",
            "wide": True,
            "columns": [{"text": _("Veld")}, {"text": _("Was")}, {"text": _("Werd")}],
            "rows": [{"cells": list(_cells(one, written))} for one in changes(written)],
        },
    }


def _cells(one: FieldDifference, written: Written) -> tuple[str, str, str]:
    """A record that is not there has no defaults either."""
    old, new = None if written.is_new else one.old, None if written.is_gone else one.new
    return labels.words(one.field.label, language()), _value(one, old), _value(one, new)


def _value(one: FieldDifference, value: Any) -> str:
    """The whole value, as long as it is."""
    if value is None or value == ():
        return str(_("leeg"))
    if one.field.sort is Sort.EURO:
        return labels.euro(value, language())
    return labels.value_text(value, language())


def record_table(found: RecordHistory) -> Table:
    """Every change of every field as a file, newest first."""
    return Table(
        title=_("Geschiedenis"),
        columns=(
            Column(_("Wanneer"), width=26),
            Column(_("Wie"), width=24),
            Column(_("Wat"), width=40),
            Column(_("Handeling"), width=20),
            Column(_("Veld"), width=24),
            Column(_("Was"), width=40),
            Column(_("Werd"), width=40),
            Column(_("Reden"), width=40),
        ),
        rows=tuple(row for item in found.steps for row in _rows(item)),
    )


def _rows(item: Step) -> list[tuple[str, ...]]:
    tongue = language()
    head = (
        labels.moment_text(item.at, tongue),
        item.by,
        labels.text(name_of(item.written), tongue),
        labels.word(Deed(item.written.action), tongue),
    )
    return [(*head, *_cells(one, item.written), item.reason or "") for one in changes(item.written)] or [
        (*head, "", "", "", item.reason or "")
    ]
