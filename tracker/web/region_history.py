"""The history of a region: every write as a sentence, with who, when and why, and the page as it was known then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.clock import AMSTERDAM
from tracker.domain.difference import difference, in_words
from tracker.domain.records.evidence import Evidence
from tracker.domain.records.places import EVIDENCE, places
from tracker.domain.sentences import Sentence
from tracker.exchange.tables import Column, Table
from tracker.queries.history import Revision, Written, history
from tracker.web.dates import KNOWN, days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import language
from tracker.web.region import capital, head, words
from tracker.web.scope import Visible

PAGE, MOST_IN_FILE = 20, 1000
MOST_KINDS = 10
"""More kinds of record than this in one write are told as a number."""


def history_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/history.html."""
    page = _page()
    found = history(seen.code, whole=seen.sees_practices, first=(page - 1) * PAGE, most=PAGE, known_at=days().known_at)
    return {
        **head(seen, "history"),
        "result": ngettext("%(num)s keer vastgelegd", "%(num)s keer vastgelegd", found.total),
        "revisions": [_revision(item, seen) for item in found.revisions],
        "pages": _pages(found.total, page),
        "empty": None if found.revisions else {"title": _("Nog niets vastgelegd."), "level": 2},
        "downloads": download_links(),
        "source": source_line(),
    }


def _page() -> int:
    text = request.args.get("pagina", "")
    return int(text) if text.isdecimal() and 0 < len(text) < 6 and int(text) else 1


def _pages(total: int, page: int) -> dict[str, Any] | None:
    last = -(-total // PAGE)
    if last < 2:
        return None
    return {
        "label": _("Pagina’s"),
        "text": _("Pagina %(page)s van %(last)s", page=page, last=last),
        "previous_url": here(pagina=str(page - 1)) if page > 1 else None,
        "next_url": here(pagina=str(page + 1)) if page < last else None,
        "pages": [],
    }


def _revision(item: Revision, seen: Visible) -> dict[str, Any]:
    day = item.at.astimezone(AMSTERDAM).date()
    then = link("cooperations.overview", code=seen.code, **{KNOWN: day.isoformat()})
    return {
        "at": labels.moment_text(item.at, language()),
        "by": item.by,
        "reason": item.reason,
        "lines": sentences(item),
        "then": {"text": _("Pagina zoals bekend op %(day)s", day=labels.day_words(day, language())), "url": then},
    }


def sentences(item: Revision) -> list[str]:
    """What was written: line by line, or in numbers where it was much."""
    if item.lines:
        return [sentence for line in item.lines for sentence in _line(line)]
    return [_in_numbers(action, item.counts) for action in sorted({action for action, _place in item.counts})]


def _line(line: Written) -> list[str]:
    """`Visie (versie 1): vastgesteld op ging van leeg naar 14 oktober 2022.`"""
    held = line.new or line.old
    if held is None:
        return [f"{line.address}."]
    name = Sentence().record(held).done()
    if line.new is None or line.old is None:
        done = _("verwijderd") if line.new is None else _("toegevoegd")
        return [f"{labels.text(name, language())} {done}."]
    changed = [found for found in difference(line.old, line.new) if found.field.refers_to != "practice"]
    told = [labels.text(Sentence().reason(name).say(": ").reason(in_words(one)).done(), language()) for one in changed]
    return [f"{text}." for text in told] or [f"{labels.text(name, language())}: {_('niets gewijzigd')}."]


def _in_numbers(action: str, counts: dict[tuple[str, str], int]) -> str:
    mine = sorted(((count, place) for (own, place), count in counts.items() if own == action), reverse=True)
    named = [f"{labels.number(count, language())} × {_kind_word(place)}" for count, place in mine[:MOST_KINDS]]
    rest = sum(count for count, _place in mine[MOST_KINDS:])
    if rest:
        named.append(_("%(num)s andere", num=labels.number(rest, language())))
    return f"{_action_word(action)}: {', '.join(named)}."


def _action_word(action: str) -> str:
    told = {
        "imported": _("Ingelezen uit een bestand"),
        "added": _("Toegevoegd"),
        "corrected": _("Gecorrigeerd"),
        "removed": _("Verwijderd"),
    }
    return str(told.get(action, capital(action)))


def _kind_word(place: str) -> str:
    kind = Evidence if place == EVIDENCE else places()[place].kind
    label = words(kind.declared.label)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def history_table(seen: Visible) -> Table:
    """The history as a file, newest first."""
    found = history(seen.code, whole=seen.sees_practices, most=MOST_IN_FILE, known_at=days().known_at)
    return Table(title=_("Geschiedenis"), columns=_columns(), rows=tuple(_rows(found.revisions)))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Wanneer"), width=26),
        Column(_("Wie"), width=24),
        Column(_("Wat"), width=90),
        Column(_("Reden"), width=40),
    )


def _rows(revisions: Iterable[Revision]) -> Iterable[tuple[str, str, str, str]]:
    for item in revisions:
        for sentence in sentences(item):
            yield labels.moment_text(item.at, language()), item.by, sentence, item.reason or ""
