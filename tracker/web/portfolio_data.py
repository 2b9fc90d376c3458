"""What the portfolio shows: the reader's regions on two days, chosen and ordered by the filters of the address."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial

from flask import request
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.attention import RULES
from tracker.domain.directions import SELECTED, phase_on
from tracker.domain.finding import Finding, Status
from tracker.domain.matrix import Tally, badness, column_rules, columns, has_changed, row_of, tally
from tracker.domain.programme import Programme, Requirement
from tracker.domain.theme_progress import ThemeProgress, themes_in_progress
from tracker.queries.worked_out import worked_out
from tracker.web.dates import days
from tracker.web.frame import language, programme
from tracker.web.scope import STORY, Visible, visible

STATUSES = {
    "niet-behaald": Status.NOT_MET,
    "deels": Status.PARTIAL,
    "te-laat": Status.LATE,
    "behaald": Status.MET,
    "nog-niet": Status.PENDING,
    "onbekend": Status.UNKNOWN,
    "nvt": Status.NA,
}
FIRST_YEAR = 2022
ORDERS = ("aandacht", "naam", "stilte")


class Filters:
    """The filters of the address; a word that is none of them is left out."""

    def __init__(
        self, theme: str = "", status: str = "", rule: str = "", order: str = "", changed: bool = False
    ) -> None:
        self.theme, self.rule, self.changed = theme[:20], rule[:60], changed
        self.status = status if status in STATUSES else ""
        self.order = order[:20]
        """One of ORDERS, or the code of the rule that the rows are ordered by; anything else is the first of them."""

    @classmethod
    def of_request(cls) -> Filters:
        """As the address of this request says."""
        given = {name: request.args.get(name, "") for name in ("thema", "status", "regel", "volgorde", "gewijzigd")}
        changed = given["gewijzigd"] == "ja"
        return cls(given["thema"], given["status"], given["regel"], given["volgorde"], changed)

    def chosen_rule(self, asked: Programme) -> Requirement | None:
        """The column that is looked at, by code or key."""
        return next((item for item in columns(asked) if self.rule in (item.rule, item.key)), None)

    def order_rule(self, asked: Programme) -> Requirement | None:
        """The column that the rows are ordered by."""
        return next((item for item in columns(asked) if item.rule == self.order), None)

    def theme_title(self, asked: Programme) -> str | None:
        """The theme that is looked at."""
        theme = next((item for item in asked.themes if item.code == self.theme), None)
        return None if theme is None else labels.words(theme.short or theme.title, language())

    def in_words(self, asked: Programme) -> list[str]:
        """The active filters, for paper and files."""
        found, rule, theme = [], self.chosen_rule(asked), self.theme_title(asked)
        if theme is not None:
            found.append(f"{_('Thema')} {theme}")
        if rule is not None:
            found.append(f"{_('Regel')} {labels.words(rule.label, language())}")
        if self.status:
            found.append(f"{_('Status')} {labels.words(labels.status_label(STATUSES[self.status]).word, language())}")
        if self.changed and days().compare:
            found.append(_("alleen gewijzigd"))
        return found

    def keeps(self, row: Row, asked: Programme) -> bool:
        """Whether a region stands among the rows."""
        theme = next((item for item in asked.themes if item.code == self.theme), None)
        rule = self.chosen_rule(asked)
        cells = [row.cells[rule.key]] if rule is not None and rule.key in row.cells else list(row.cells.values())
        if self.changed and days().compare and not any(row.is_changed(item) for item in cells):
            return False
        if theme is not None and not row.works_on(frozenset(item.code for item in theme.directions)):
            return False
        return not self.status or any(item.status is STATUSES[self.status] for item in cells)


class Row:
    """One region: its results in the columns now and on the compare date."""

    def __init__(self, seen: Visible, before: Visible | None, asked: Programme, as_of: date) -> None:
        self.seen, self.before = seen, before
        self.cells = row_of(seen.findings, seen.code, asked)
        self.former = row_of(before.findings, seen.code, asked) if before is not None else {}
        self.tally: Tally = tally(self.cells.values())
        self.silent = (as_of - seen.last_fact_on).days if seen.last_fact_on else None

    @property
    def name(self) -> str:
        return self.seen.dossier.name

    def is_changed(self, finding: Finding) -> bool:
        """Whether the cell of this finding changed since the compare date."""
        return has_changed(self.former.get(finding.key), finding)

    def works_on(self, directions: frozenset[str]) -> bool:
        """Whether one of these directions is chosen and not stopped."""
        day = days().as_of
        return any(item.code in directions and phase_on(item, day) in SELECTED for item in self.seen.dossier.directions)


class Portfolio:
    """Everything the page, its files and its charts show."""

    def __init__(self, asked: Programme, rows: list[Row], filters: Filters) -> None:
        self.programme, self.all, self.filters = asked, rows, filters

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that the filters keep, in the chosen order."""
        kept = [row for row in self.all if self.filters.keeps(row, self.programme)]
        rule = self.filters.order_rule(self.programme)
        if rule is not None:
            return sorted(kept, key=lambda row: (*badness(row.cells.get(rule.key)), row.name.casefold()))
        if self.filters.order == "naam":
            return sorted(kept, key=lambda row: row.name.casefold())
        if self.filters.order == "stilte":
            return sorted(
                kept, key=lambda row: (-(row.silent if row.silent is not None else 10**6), row.name.casefold())
            )
        return sorted(kept, key=lambda row: (row.tally.met, row.name.casefold()))

    @cached_property
    def columns(self) -> tuple[Requirement, ...]:
        return columns(self.programme)

    @cached_property
    def progress(self) -> tuple[ThemeProgress, ...]:
        """The themes of all regions together."""
        first, until = date(FIRST_YEAR, 1, 1), days().as_of
        dossiers = tuple(row.seen.dossier for row in self.all)
        return worked_out(
            (self.programme, *dossiers),
            ("themes in progress", until),
            lambda: themes_in_progress(dossiers, self.programme, min(first, until), until),
        )

    @cached_property
    def tally(self) -> Tally:
        """Of all regions together, whatever the filters."""
        return tally(item for row in self.all for item in row.cells.values())

    @cached_property
    def former_tally(self) -> Tally:
        """Of the same regions on the compare date."""
        return tally(item for row in self.all for item in row.former.values())


def portfolio(filters: Filters) -> Portfolio:
    """The reader's regions on the peildatum and, where there is one, the compare date."""
    asked, now = programme(), days()
    rules = column_rules(asked) | RULES
    seen = visible(only=rules, kinds=STORY)
    before = {item.code: item for item in visible(only=rules, on=now.compare)} if now.compare else {}
    rows = [
        worked_out(
            (asked, item, before.get(item.code)),
            ("row of the portfolio", now.as_of),
            partial(Row, item, before.get(item.code), asked, now.as_of),
        )
        for item in seen
    ]
    return Portfolio(asked, rows, filters)
