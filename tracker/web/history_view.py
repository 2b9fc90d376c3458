"""The history as pages and files show it: every write as a sentence, with why and the way to what was known then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.access import allows, sides
from tracker.domain.finding import Reason
from tracker.domain.journal_sentences import Deed, gathered, in_numbers, name_of, sentence, too_many
from tracker.domain.policy import Action
from tracker.exchange.tables import Cell, Column, Table
from tracker.queries.history import MOST_COUNTED, PAGE, History, Revision, cooperation_names, history, people
from tracker.queries.journal_window import Window
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.history_filters import REGISTER, Filters, filter_view
from tracker.web.history_links import record_url, then_link
from tracker.web.paging import pages
from tracker.web.scope import permitted

MOST_APART = 12
"""A write with more sentences than this is told in numbers."""
MOST_IN_FILE = 1000


def window() -> Window:
    """What of the journal the reader sees: the own regions alone, without single practices where the role has none."""
    held: Window | None = g.get("journal_window")
    if held is None:
        whole = permitted(Action.see_practices)
        everything = None if allows(Action.administer) else whole
        held = Window(everything, permitted(Action.see_cooperation) - whole, allows(Action.see_products), sides())
        g.journal_window = held
    return held


class Found(NamedTuple):
    """A page of the history with what was looked for."""

    filters: Filters
    window: Window
    """All that could have been found here."""
    held: History
    regions: Mapping[str, str]
    """The names of the regions to choose from; empty on a page about one region."""

    @property
    def alone(self) -> bool:
        return not self.regions

    def in_words(self) -> list[str]:
        """The filters in words, for paper and files."""
        return self.filters.in_words(dict(self.regions))


def found_history(code: str | None = None, *, file: bool = False) -> Found:
    """The history that the address asks for: of one region, or of all that the reader sees."""
    filters, whole = Filters.of_request(), window()
    view = whole if code is None else whole.only(code)
    first = 0 if file else (filters.page - 1) * PAGE
    held = history(
        filters.within(view) if code is None else view,
        filters.asked(),
        first=first,
        most=MOST_IN_FILE if file else PAGE,
        known_at=days().known_at,
    )
    return Found(filters, view, held, _regions(view) if code is None else {})


def _regions(view: Window) -> dict[str, str]:
    named = cooperation_names()
    found = {code: name for code, name in named.items() if view.codes is None or code in view.codes}
    listed = dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
    return listed | ({REGISTER: str(_("Toepassingen en systemen"))} if view.register else {})


def history_view(found: Found) -> dict[str, Any]:
    """What templates/components/history.html draws."""
    result = ngettext("%(num)s keer vastgelegd", "%(num)s keer vastgelegd", found.held.total)
    narrowed = bool(found.in_words())
    nothing = not found.held.revisions
    return {
        "filters": filter_view(found.filters, result, people(found.window), found.window, dict(found.regions)),
        "revisions": [_revision(item, found) for item in found.held.revisions],
        "pages": pages(found.held.total, found.filters.page, PAGE),
        "no_results": nothing and narrowed,
        "empty": {"title": _("Nog niets vastgelegd."), "level": 2} if nothing and not narrowed else None,
        "downloads": download_links(),
        "source": source_line(found.in_words()),
    }


def history_page(found: Found) -> dict[str, Any]:
    """The view model of templates/history/index.html."""
    lead = _("Wie wat vastlegde, wanneer en waarom. Er verdwijnt niets uit de geschiedenis.")
    return {
        **history_view(found),
        "head": {"title": _("Geschiedenis"), "fictional": fictional(), "lead": lead, "facts": []},
    }


# --- one revision ---


class Sentence(NamedTuple):
    """One sentence of a revision, with the line it tells and the region that line is about."""

    text: Reason
    cooperation: str | None = None
    deed: str | None = None
    name: Reason | None = None
    record_url: str | None = None
    then: dict[str, Any] | None = None


def sentences(item: Revision, names: Mapping[str, str] | None, *, with_reason: bool = True) -> list[Sentence]:
    """A revision in sentences: line by line, or in numbers where it was much. `names` of the regions, where asked."""
    tops = gathered(item.written)
    why = item.reason if with_reason else None
    if item.is_more:
        return [Sentence(too_many(item.by, MOST_COUNTED, reason=why))]
    if not 0 < len(tops) <= MOST_APART:
        return [Sentence(in_numbers(item.by, item.counts, reason=why))]
    lines = {line.written.number: line for line in item.lines}
    found = []
    for top in tops:
        line = lines[top.line.number]
        code = line.cooperation
        of = names.get(code or "") if names and top.line.place != "cooperation" else None
        found.append(
            Sentence(
                sentence(top, item.by, of=of, reason=why if len(tops) == 1 else None),
                code,
                top.line.action,
                name_of(top.line),
                record_url(top.line.number, code),
                then_link(top.line, code, item.at, line.before_at),
            )
        )
    return found


def _revision(item: Revision, found: Found) -> dict[str, Any]:
    told = sentences(item, found.regions)
    return {
        "id": f"v{item.number}",
        "at": labels.moment_text(item.at, language()),
        "lines": [_line(one) for one in told],
        "reason": item.reason if len(told) > 1 else None,
    }


def _line(one: Sentence) -> dict[str, Any]:
    tongue = language()
    return {
        "text": labels.text(one.text, tongue),
        "name": labels.text(one.name, tongue) if one.name is not None else "",
        "then": one.then,
        "record_url": one.record_url,
    }


# --- the file ---


def history_table(found: Found) -> Table:
    """The history that the filters keep as a file, newest first."""
    names = dict(found.regions)
    region = () if found.alone else (Column(_("Samenwerkingsverband"), width=28),)
    return Table(
        title=_("Geschiedenis"),
        columns=(
            Column(_("Wanneer"), width=26),
            Column(_("Wie"), width=24),
            *region,
            Column(_("Handeling"), width=20),
            Column(_("Wat"), width=90),
            Column(_("Reden"), width=40),
        ),
        rows=tuple(_rows(found.held.revisions, names)),
    )


def _rows(revisions: Iterable[Revision], names: Mapping[str, str]) -> Iterator[tuple[str | Cell, ...]]:
    tongue = language()
    for item in revisions:
        for one in sentences(item, names, with_reason=False):
            region = (names.get(one.cooperation or "", ""),) if names else ()
            what = labels.text(one.text, tongue)
            yield (
                labels.moment_text(item.at, tongue),
                item.by,
                *region,
                labels.word(Deed(one.deed), tongue) if one.deed else "",
                what,
                item.reason or "",
            )


def file_filters(found: Found) -> list[str]:
    """The filters of a file, and that it holds the newest alone where there are more."""
    words = found.in_words()
    if found.held.total > MOST_IN_FILE:
        most, total = labels.number(MOST_IN_FILE, language()), labels.number(found.held.total, language())
        words.append(str(_("de nieuwste %(most)s van %(total)s", most=most, total=total)))
    return words


def crumbs(code: str | None, name: str | None) -> list[dict[str, str]]:
    """The way back from a record to the history it stands in."""
    if code is None:
        return [{"text": _("Toepassingen"), "url": link("products.index")}]
    return [
        {"text": str(name), "url": link("cooperations.overview", code=code)},
        {"text": _("Geschiedenis"), "url": link("cooperations.history", code=code)},
    ]
