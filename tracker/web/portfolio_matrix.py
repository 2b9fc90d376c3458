"""The matrix of the portfolio: one row per region, one cell per roadmap rule; as blocks on small screens."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.finding import Finding, Status
from tracker.domain.matrix import Tally, not_met
from tracker.domain.records.enums import EvidenceStrength
from tracker.queries.worked_out import worked_out
from tracker.web.chips import chip
from tracker.web.dates import days, days_query, here, link
from tracker.web.frame import language
from tracker.web.portfolio_data import Portfolio, Row

BLOCKS, RULES_IN_BLOCK = 10, 4
PARTS = (
    (Status.MET, "green"),
    (Status.LATE, "late"),
    (Status.PARTIAL, "partial"),
    (Status.NOT_MET, "red"),
    (Status.PENDING, "slate"),
    (Status.UNKNOWN, "grey"),
)
"""The order and colours of a stacked bar."""


def matrix(data: Portfolio) -> dict[str, Any]:
    """The view model of templates/components/matrix.html."""
    since = days().compare
    changed = labels.day_words(since, language()) if since else None
    tongue, writer = language(), _Cells(data, changed)
    shown = [writer.row(row) for row in data.rows]
    return {
        "title": _("Roadmap per samenwerkingsverband"),
        "caption": caption(data),
        "caption_table": _("Samenwerkingsverbanden en roadmapregels, met de status op de peildatum"),
        "groups": _groups(data),
        "columns": [
            {"text": labels.words(item.head, tongue), "starts": starts}
            for item, starts in zip(data.columns, writer.starts, strict=True)
        ],
        "rows": shown,
        "links": _links(),
        "blocks": [_block(row, writer) for row in data.rows[: _most_blocks()]],
        "all": _all_blocks(data),
        "changed_since": changed,
    }


def _groups(data: Portfolio) -> list[dict[str, Any]]:
    held = [item.group for item in data.columns]
    titles = {group.key: labels.words(group.title, language()) for group in data.programme.groups}
    order = list(dict.fromkeys(held))
    return [{"text": titles.get(key or "", ""), "span": held.count(key)} for key in order]


def _links() -> list[dict[str, str]]:
    listed = (
        (_("Uitleg van de regels"), link("explanation.rules")),
        (_("Als lijst bekijken"), link("cooperations.index")),
    )
    return [{"text": text, "url": url} for text, url in listed if url]


class MatrixCell(msgspec.Struct, frozen=True):
    """A cell of templates/components/matrix.html: classes are written out, since there are thousands of them."""

    url: str
    name: str
    classes: str
    tile: str
    short: str
    fact: str | None


class _Cells:
    """Writes cells: everything that is the same for all of them is looked up once."""

    def __init__(self, data: Portfolio, since: str | None) -> None:
        self.tongue, self.as_of, self.query = language(), days().as_of, days_query()
        self.starts = [
            place == 0 or item.group != data.columns[place - 1].group for place, item in enumerate(data.columns)
        ]
        self.columns = [(item, labels.words(item.label, self.tongue)) for item in data.columns]
        self.proofs = {strength: labels.word(strength, self.tongue) for strength in EvidenceStrength}
        self.shorts = {status: labels.words(look.short, self.tongue) for status, look in labels.STATUSES.items()}
        self.changed = str(_("gewijzigd sinds %(day)s", day=since)) if since else ""
        self.why = str(_("Waarom?"))
        self.of = {number: _("van %(number)s", number=number) for number in range(len(self.columns) + 1)}

    def row(self, row: Row) -> dict[str, Any]:
        """The row, written once for as long as it is the same."""
        return worked_out((row,), ("row of the matrix", self.tongue, self.query), lambda: self._row(row))

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            "name": row.name,
            "url": self.region(row),
            "sub": size_and_silence(row),
            "cells": [
                self.cell(row, row.cells.get(asked.key), label, starts)
                for (asked, label), starts in zip(self.columns, self.starts, strict=True)
            ],
            "met": row.tally.met,
            "of": self.of[row.tally.of],
        }

    def cell(self, row: Row, finding: Finding | None, label: str, starts: bool) -> MatrixCell:
        status = finding.status if finding is not None else Status.UNKNOWN
        changed = finding is not None and row.is_changed(finding)
        tone = labels.tone_of(finding, self.as_of) if finding is not None else "grey"
        proof = f" proof-{finding.proof.value}" if finding is not None and finding.proof else ""
        marks = (" starts" if starts else "") + (" is-bad" if status is Status.NOT_MET else "")
        return MatrixCell(
            url=self.url(row, finding) if finding is not None else self.region(row),
            name=self.name(row, finding, label, changed),
            classes=f"cell tone-{tone}{marks}{' is-changed' if changed else ''}",
            tile=f"tile mark mark-{labels.STATUSES[status].icon} is-{status.value.lower()}{proof}",
            short=self.shorts[status],
            fact=labels.cell_fact(finding, self.as_of, self.tongue) if finding is not None else None,
        )

    def region(self, row: Row) -> str:
        """Made by hand, as all addresses here: a portfolio has thousands of cells."""
        return f"/samenwerkingsverbanden/{row.seen.code}{self.query}"

    def url(self, row: Row, finding: Finding) -> str:
        """The page with the reason."""
        return f"/waarom/{finding.rule}/{row.seen.code}{self.query}"

    def name(self, row: Row, finding: Finding | None, label: str, changed: bool) -> str:
        """The whole name of the link: region, rule, status, reason or proof, and whether it changed."""
        if finding is None:
            return f"{row.name}, {label}: {self.shorts[Status.UNKNOWN]}"
        said = [labels.status_words(finding, self.tongue)]
        if finding.status is not Status.MET:
            said.append(labels.text(finding.reason, self.tongue))
        if finding.proof:
            said.append(self.proofs[finding.proof])
        if changed:
            said.append(self.changed)
        return f"{row.name}, {label}: {', '.join(said)}. {self.why}"


def size_and_silence(row: Row) -> str:
    """`54 praktijken · 184 dagen stil`; each half stays together on its line."""
    practices, tongue = row.seen.size.practices, language()
    said = []
    if practices is None:
        said.append(_("praktijken onbekend"))
    else:
        said.append(ngettext("%(num)s praktijk", "%(num)s praktijken", practices))
    if row.silent is None:
        said.append(_("nog geen feiten"))
    else:
        said.append(_("%(days)s stil", days=labels.days(row.silent, tongue)))
    return "\N{NO-BREAK SPACE}· ".join(half.replace(" ", "\N{NO-BREAK SPACE}") for half in said)


def parts(counts: Tally) -> list[dict[str, Any]]:
    """The stacked bar of some counts."""
    total, x, found = counts.of, 0.0, []
    for status, tone in PARTS:
        number = counts.number(status)
        if number and total:
            width = 100 * number / total
            found.append({"x": round(x, 2), "width": round(max(width - 0.5, 0.5), 2), "tone": tone})
            x += width
    return found


def _block(row: Row, writer: _Cells) -> dict[str, Any]:
    broken = not_met(row.cells)
    rest = len(broken) - RULES_IN_BLOCK
    url = writer.region(row)
    return {
        "name": row.name,
        "url": url,
        "met": row.tally.met,
        "of": _("van %(number)s behaald", number=row.tally.of),
        "parts": parts(row.tally),
        "rules": [
            {
                "status": chip(item, writer.as_of),
                "title": labels.words(item.requirement.label, writer.tongue),
                "url": writer.url(row, item),
            }
            for item in broken[:RULES_IN_BLOCK]
        ],
        "more": {"url": url, "text": _("Nog %(number)s bekijken", number=rest)} if rest > 0 else None,
    }


def _most_blocks() -> int | None:
    return None if request.args.get("blokken") == "alle" else BLOCKS


def _all_blocks(data: Portfolio) -> dict[str, str] | None:
    if _most_blocks() is None or len(data.rows) <= BLOCKS:
        return None
    text = _("Alle %(number)s samenwerkingsverbanden", number=len(data.rows))
    return {"text": text, "url": here(blokken="alle") + "#matrix-titel"}


def caption(data: Portfolio) -> str:
    """Who meets all rules, who the fewest, and who lost some since the compare date."""
    if not data.rows:
        return ""
    said = []
    full = [row.name for row in data.rows if row.tally.of and row.tally.met == row.tally.of]
    fewest = min(data.rows, key=lambda row: (row.tally.met, row.name))
    most = max(data.rows, key=lambda row: (row.tally.met, row.name))
    if full:
        said.append(
            ngettext(
                "%(who)s behaalt alle regels.",
                "%(who)s behalen alle regels.",
                len(full),
                who=labels.listed(full[:3], language()),
            )
        )
    elif most is not fewest:
        said.append(
            _(
                "%(who)s behaalt de meeste regels: %(met)s van %(of)s.",
                who=most.name,
                met=most.tally.met,
                of=most.tally.of,
            )
        )
    if fewest.name not in full:
        said.append(_fewest(fewest))
    lost = [(row, number) for row in data.rows if (number := _lost(row))]
    if lost:
        worst, number = max(lost, key=lambda pair: (pair[1], pair[0].name))
        said.append(ngettext("%(who)s verloor er %(num)s.", "%(who)s verloor er %(num)s.", number, who=worst.name))
    return " ".join(said)


def _fewest(row: Row) -> str:
    if not row.tally.met:
        return str(_("%(who)s behaalt er geen.", who=row.name))
    return str(_("%(who)s behaalt de minste: %(met)s van %(of)s.", who=row.name, met=row.tally.met, of=row.tally.of))


def _lost(row: Row) -> int:
    """How many rules were met on the compare date and are not met now."""
    return sum(
        former.status is Status.MET
        and (now := row.cells.get(key)) is not None
        and now.status not in (Status.MET, Status.NA)
        for key, former in row.former.items()
    )
