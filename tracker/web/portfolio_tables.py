"""The tables of the portfolio as files: matrix, rules as a list, what asks for attention, themes and changes."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.amounts import plain
from tracker.domain.finding import Finding
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.web.dates import days
from tracker.web.frame import language
from tracker.web.portfolio_attention import attention_points, changes_of, facts_of, since_words, themes_table
from tracker.web.portfolio_data import Portfolio, Row


def portfolio_tables(data: Portfolio) -> dict[str, Callable[[], Table]]:
    """The tables by the name that the address gives them; the first one is the main table."""
    return {
        "roadmap": lambda: matrix_table(data),
        "regels": lambda: rules_table(data),
        "aandacht": lambda: attention_table(data),
        "themas": lambda: themes_table(data),
        "wijzigingen": lambda: changes_table(data),
    }


def matrix_table(data: Portfolio) -> Table:
    """One row per region, one column per rule: the status with its fact."""
    tongue = language()
    asked = tuple(Column(f"{item.rule} {labels.words(item.label, tongue)}", width=22) for item in data.columns)
    return Table(
        title=_("Roadmap per samenwerkingsverband"),
        columns=(
            Column(_("Samenwerkingsverband"), width=28),
            Column(_("Praktijken"), "number"),
            Column(_("Verzekerden"), "number"),
            Column(_("Stil"), "number", _("dagen")),
            *asked,
            Column(_("Behaald"), "number"),
            Column(_("Van toepassing"), "number"),
        ),
        rows=tuple(_matrix_row(row, data) for row in data.rows),
    )


def _matrix_row(row: Row, data: Portfolio) -> tuple[Value | Cell, ...]:
    results = (row.cells.get(item.key) for item in data.columns)
    return (
        row.name,
        row.seen.size.practices,
        row.seen.size.insured,
        row.silent,
        *(_status(item) for item in results),
        row.tally.met,
        row.tally.of,
    )


def _status(finding: Finding | None) -> str | None:
    if finding is None:
        return None
    word = labels.words(labels.status_label(finding.status).word, language())
    fact = labels.cell_fact(finding, days().as_of, language())
    return f"{word} ({fact})" if fact else word


def rules_table(data: Portfolio) -> Table:
    """One row per region and rule, with reason, proof and the status on the compare date."""
    tongue, compare = language(), days().compare
    before = (Column(_("Status op %(day)s", day=labels.day_short(compare, tongue))),) if compare else ()
    return Table(
        title=_("Roadmapregels"),
        columns=(
            Column(_("Samenwerkingsverband"), width=28),
            Column(_("Regel"), width=8),
            Column(_("Titel"), width=40),
            Column(_("Status")),
            Column(_("Reden"), width=50),
            Column(_("Bewijskracht")),
            Column(_("Uiterste datum"), "day"),
            Column(_("Te laat"), "number", _("dagen")),
            *before,
        ),
        rows=tuple(_rule_row(row, item, bool(compare)) for row in data.rows for item in row.cells.values()),
    )


def _rule_row(row: Row, finding: Finding, compared: bool) -> tuple[Value | Cell, ...]:
    tongue, former = language(), row.former.get(finding.key)
    then = labels.word(former.status, tongue) if former is not None else _("nog niet bekend")
    return (
        row.name,
        finding.rule,
        labels.words(finding.requirement.title, tongue),
        labels.word(finding.status, tongue),
        labels.text(finding.reason, tongue),
        labels.word(finding.proof, tongue) if finding.proof else "",
        finding.due_on or "",
        "" if finding.days_late is None else finding.days_late,
        *((then,) if compared else ()),
    )


def attention_table(data: Portfolio) -> Table:
    """Everything that asks for attention, not the heaviest alone."""
    tongue = language()
    return Table(
        title=_("Vraagt aandacht"),
        columns=(
            Column(_("Wat"), width=60),
            Column(_("Feiten"), width=60),
            Column(_("Regio’s")),
            Column(_("Raakt per jaar"), "euro"),
            Column(_("Sinds")),
        ),
        rows=tuple(
            (
                labels.text(item.title, tongue),
                facts_of(item),
                ", ".join(item.regions),
                plain(item.euros),
                since_words(item),
            )
            for item in attention_points(data)
        ),
    )


def changes_table(data: Portfolio) -> Table:
    """What changed in the rules since the compare date."""
    tongue = language()
    return Table(
        title=_("Wijzigingen"),
        columns=(Column(_("Datum"), "day"), Column(_("Soort")), Column(_("Wat"), width=90)),
        rows=tuple(
            (item.day, labels.word(item.kind, tongue), labels.text(item.sentence, tongue)) for item in changes_of(data)
        ),
    )
