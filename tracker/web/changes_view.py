"""The changes between two dates: which ones, in which order, and what leads to each of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.changes import Change, ChangeKind, in_order
from tracker.domain.dossier_changes import changes_between
from tracker.domain.periods import months_later
from tracker.exchange.tables import Cell, Column, Table
from tracker.queries.worked_out import worked_out
from tracker.web.dates import COMPARE, days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.paging import pages
from tracker.web.scope import STORY, Visible, visible
from tracker.web.why_view import why_url

PER_PAGE = 100


class Filters:
    """The filters of the address: one region, one sort of change, and the page."""

    def __init__(self, region: str = "", kind: str = "", page: str = "1") -> None:
        self.region = region[:40]
        self.kind = ChangeKind(kind) if kind in set(ChangeKind) else None
        self.page = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1

    @classmethod
    def of_request(cls) -> Filters:
        """As the address of this request says."""
        given = request.args
        return cls(given.get("regio", ""), given.get("soort", ""), given.get("pagina", "1"))


class Found:
    """The changes of the reader's regions, before and after the filters."""

    def __init__(self, regions: list[Visible], every: tuple[Change, ...], since: date, filters: Filters) -> None:
        self.regions, self.every, self.since, self.filters = regions, every, since, filters

    @cached_property
    def shown(self) -> list[Change]:
        """What the filters keep, in order."""
        region, kind = self.filters.region, self.filters.kind
        known = {item.code for item in self.regions}
        return [
            item
            for item in self.every
            if (region not in known or item.cooperation == region) and (kind is None or item.kind is kind)
        ]

    @cached_property
    def pages(self) -> int:
        return max(1, -(-len(self.shown) // PER_PAGE))

    @property
    def page(self) -> int:
        return min(max(self.filters.page, 1), self.pages)

    @property
    def region(self) -> Visible | None:
        """The region that is looked at."""
        return next((item for item in self.regions if item.code == self.filters.region), None)

    def in_words(self) -> list[str]:
        """The active filters, for paper and files."""
        words = [f"{_('Regio')} {self.region.dossier.name}"] if self.region else []
        words += [f"{_('Soort')} {labels.word(self.filters.kind, language())}"] if self.filters.kind else []
        if days().compare is None:
            words.append(_("sinds %(day)s", day=labels.day_words(self.since, language())))
        return words


def found_changes(filters: Filters) -> Found:
    """Everything that changed since the compare date; without one, since a year before the peildatum."""
    now = days()
    since = now.compare or months_later(now.as_of, -12)
    first, last = sorted((since, now.as_of))
    early = {item.code: item for item in visible(kinds=STORY, on=first)}
    late = visible(kinds=STORY, on=last)
    found: list[Change] = []
    for seen in late:
        before = early.get(seen.code)
        if before is not None:
            found += of_region(before, seen, first, last)
    return Found(late, in_order(found), since, filters)


def of_region(before: Visible, after: Visible, since: date, until: date) -> tuple[Change, ...]:
    """What changed in one region, as this reader may see it."""
    return worked_out(
        (before, after),
        ("changes", since, until),
        lambda: changes_between(
            before.dossier,
            after.dossier,
            before.findings,
            after.findings,
            since=since,
            until=until,
            last=after.last_fact_on,
        ),
    )


def change_url(change: Change) -> str:
    """The way to what a change is about: its rule, its initiative, or the history of the region."""
    rule = change.after or change.before
    if rule is not None:
        return why_url(rule, change.cooperation)
    own = change.subject.partition("#")
    if own[1]:
        return link("evaluations.detail", code=own[0], number=int(own[2]))
    if change.subject != change.cooperation and "/" not in change.subject and "-" not in change.subject:
        return link("initiatives.detail", id=change.subject)
    return link("cooperations.history", code=change.cooperation)


def sentence(change: Change) -> dict[str, Any]:
    """One change for `diff_list` of templates/components/changes.html."""
    return {
        "direction": change.kind.value,
        "text": labels.text(change.sentence, language()),
        "day": labels.day_short(change.day, language()),
        "url": change_url(change),
    }


def changes_page(found: Found) -> dict[str, Any]:
    """The view model of templates/changes/index.html."""
    first, last = sorted((found.since, days().as_of))
    tongue = language()
    lead = _(
        "Tussen %(first)s en %(last)s.", first=labels.day_words(first, tongue), last=labels.day_words(last, tongue)
    )
    return {
        "head": {"title": _("Wijzigingen"), "fictional": fictional(), "lead": f"{lead} {_counts(found)}", "facts": []},
        "filters": _filter_bar(found),
        "groups": _groups(found),
        "no_results": {"clear_url": here(regio=None, soort=None, pagina=None), "total": len(found.every)}
        if found.every and not found.shown
        else None,
        "empty": None if found.every else _empty(found),
        "pages": pages(len(found.shown), found.page, PER_PAGE, _("Pagina’s met wijzigingen")),
        "source": source_line(found.in_words()),
        "downloads": download_links(),
    }


def _groups(found: Found) -> list[dict[str, Any]]:
    """The sentences of this page, those of one kind together; the number is that of all pages."""
    start = (found.page - 1) * PER_PAGE
    here_now = found.shown[start : start + PER_PAGE]
    listed = []
    for kind in dict.fromkeys(item.kind for item in here_now):
        word = labels.word(kind, language())
        told = [sentence(item) for item in here_now if item.kind is kind]
        number = sum(item.kind is kind for item in found.shown)
        listed.append({"title": word[:1].upper() + word[1:], "number": number, "sentences": told})
    return listed


def _counts(found: Found) -> str:
    numbers = {kind: sum(item.kind is kind for item in found.every) for kind in ChangeKind}
    said = [f"{number} {labels.word(kind, language())}" for kind, number in numbers.items() if number]
    return f"{', '.join(said)}." if said else ""


def _empty(found: Found) -> dict[str, Any]:
    if not found.regions:
        return {"title": _("Er zijn nog geen samenwerkingsverbanden in uw gebied."), "level": 2}
    return {
        "title": _("Tussen deze dagen veranderde er niets."),
        "text": _("Kies een eerdere datum bij ‘Vergelijk met’."),
        "level": 2,
    }


def _filter_bar(found: Found) -> dict[str, Any]:
    tongue, active, choices = language(), [], []
    if (compare := days().compare) is not None:
        since = {"label": _("Gewijzigd sinds"), "value": labels.day_words(compare, tongue)}
        active.append({**since, "clear_url": here(**{COMPARE: None, "pagina": None})})
    if found.region is not None:
        active.append(
            {"label": _("Regio"), "value": found.region.dossier.name, "clear_url": here(regio=None, pagina=None)}
        )
    else:
        listed = sorted(found.regions, key=lambda item: item.dossier.name.casefold())
        options = [{"text": item.dossier.name, "url": here(regio=item.code, pagina=None)} for item in listed]
        choices.append({"id": "regio", "label": _("Regio"), "value": _("Alle"), "options": options})
    if found.filters.kind is not None:
        word = labels.word(found.filters.kind, tongue)
        active.append({"label": _("Soort"), "value": word, "clear_url": here(soort=None, pagina=None)})
    else:
        options = [
            {"text": labels.word(kind, tongue), "url": here(soort=kind.value, pagina=None)} for kind in ChangeKind
        ]
        choices.append({"id": "soort", "label": _("Soort"), "value": _("Alle"), "options": options})
    result = ngettext("%(num)s wijziging", "%(num)s wijzigingen", len(found.shown))
    narrowed = found.region is not None or found.filters.kind is not None
    clear = here(regio=None, soort=None, pagina=None) if narrowed else None
    return {"active": active, "choices": choices, "result": result, "clear_url": clear, "save": None}


def changes_table(found: Found) -> Table:
    """All changes that the filters keep, on all pages."""
    tongue = language()
    names = {item.code: item.dossier.name for item in found.regions}
    return Table(
        title=_("Wijzigingen"),
        columns=(
            Column(_("Datum"), "day"),
            Column(_("Samenwerkingsverband"), width=28),
            Column(_("Soort")),
            Column(_("Regel")),
            Column(_("Wat"), width=90),
        ),
        rows=tuple(
            (
                item.day,
                names[item.cooperation],
                labels.word(item.kind, tongue),
                rule.rule if (rule := item.after or item.before) is not None else "",
                Cell(labels.text(item.sentence, tongue), change_url(item)),
            )
            for item in found.shown
        ),
    )
