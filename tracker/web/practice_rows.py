"""Practices in rows, for who may see them, and totals for who may not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import labels
from tracker.domain.contracts import mandates_behind
from tracker.domain.finding import Finding, Status
from tracker.domain.periods import active, covers
from tracker.domain.practice_totals import Total, affiliated_on, is_used
from tracker.domain.records.enums import MtvpPartName, Step
from tracker.domain.records.practice import Practice
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.queries.findings import Standing
from tracker.queries.practices import Together
from tracker.queries.worked_out import worked_out
from tracker.web.adoption_view import service_word
from tracker.web.chips import chip
from tracker.web.dates import days, link
from tracker.web.frame import language
from tracker.web.region import minimum, share_words


class Mandated(StrEnum):
    """How the mandate of a practice stands."""

    GIVEN = "given"
    IN_GRACE = "in_grace"
    MISSING = "missing"


_MANDATES = {
    Mandated.GIVEN: lazy_gettext("gegeven"),
    Mandated.IN_GRACE: lazy_gettext("nieuw, nog niet"),
    Mandated.MISSING: lazy_gettext("ontbreekt"),
}


class PracticeRow(msgspec.Struct, frozen=True):
    """What a list says of one practice."""

    region: str
    practice: Practice
    insured: int | None
    systems: tuple[str, ...]
    steps: Finding | None
    mark: Finding | None
    mtvp: Finding | None
    mandate: Mandated | None
    """Empty where no contract asks for one."""
    used: int
    offered: int

    def lacks(self, step: Step) -> bool:
        """Whether the practice has not taken this step, though the steps are asked of it."""
        held = {item.step for item in active(self.practice.steps, days().as_of)}
        return self.steps is not None and self.steps.status is not Status.NA and step not in held


def practice_rows(held: Iterable[Standing]) -> list[PracticeRow]:
    """Every affiliated practice of some cooperations, by region and name."""
    as_of = days().as_of
    found: list[PracticeRow] = []
    for standing in held:
        found += worked_out((standing,), ("practice rows", as_of), partial(_of_region, standing, as_of))
    return sorted(found, key=lambda row: (row.region, row.practice.name.casefold(), row.practice.code))


def _of_region(standing: Standing, as_of: date) -> list[PracticeRow]:
    own: dict[tuple[str, str], Finding] = {}
    for item in standing.findings:
        key = (item.subject, item.requirement.kind)
        # Of two insurers that ask the same, the one that applies to the practice speaks.
        if key not in own or own[key].status is Status.NA:
            own[key] = item
    names = {item.code: item.name for item in standing.register.his_products}
    mandates = _mandates(standing, as_of)
    return [_row(standing, item, own, names, mandates, as_of) for item in affiliated_on(standing.dossier, as_of)]


def _mandates(standing: Standing, as_of: date) -> dict[str, Mandated]:
    """How the mandate of each practice stands; where one of two contracts misses it, it is missing."""
    found: dict[str, Mandated] = {}
    for finding in standing.findings:
        held = None
        if finding.requirement.kind == "mandate_complete" and finding.status is not Status.NA:
            held = mandates_behind(finding, standing.dossier, as_of)
        if held is not None:
            found = dict.fromkeys(held.given, Mandated.GIVEN) | found
            found |= dict.fromkeys(held.in_grace, Mandated.IN_GRACE) | dict.fromkeys(held.missing, Mandated.MISSING)
    return found


def _row(
    standing: Standing,
    item: Practice,
    own: dict[tuple[str, str], Finding],
    names: dict[str, str],
    mandates: dict[str, Mandated],
    as_of: date,
) -> PracticeRow:
    last = max(item.insured, key=lambda count: count.counted_on, default=None)
    running = [use for use in item.use if covers(use.available_from, use.until, as_of)]
    return PracticeRow(
        standing.dossier.name,
        item,
        last.insured if last else None,
        tuple(sorted({names.get(use.his, use.his) for use in active(item.his, as_of)})),
        own.get((item.code, "practice_steps")),
        own.get((item.code, "xis_mark")),
        own.get((item.code, "mtvp")),
        mandates.get(item.code),
        len({use.component for use in running if is_used(use, as_of)}),
        len({use.component for use in running}),
    )


def rows_view(rows: list[PracticeRow], with_region: bool = False) -> dict[str, Any]:
    """The view model of components/table.html."""
    heads = [_("Praktijk"), *([_("Regio")] if with_region else []), _("Verzekerden"), _("HIS"), _("Stappen")]
    heads += [_("Diensten gebruikt"), _("Mandaat"), _("MTVP")]
    numeric = {_("Verzekerden")}
    return {
        "caption": _("Praktijken"),
        "wide": True,
        "columns": [{"text": text, "numeric": text in numeric} for text in heads],
        "rows": [{"cells": _cells(row, with_region)} for row in rows],
    }


def _cells(row: PracticeRow, with_region: bool) -> list[Any]:
    tongue = language()
    insured = labels.number(row.insured, tongue) if row.insured is not None else _("onbekend")
    used = (
        _("%(used)s van %(offered)s", used=row.used, offered=row.offered)
        if row.offered
        else _("geen dienst aangeboden")
    )
    return [
        {"text": row.practice.name, "url": practice_url(row.practice.code), "sub": row.practice.place or ""},
        *([row.region] if with_region else []),
        insured,
        {"text": labels.listed(row.systems, tongue), "sub": _mark_beside(row)},
        _judged(row.steps),
        used,
        _mandate_words(row),
        _judged(row.mtvp),
    ]


def practice_url(code: str) -> str:
    """The page of a practice."""
    return link("practices.detail", id=code)


def _judged(finding: Finding | None) -> Any:
    if finding is None or finding.status is Status.NA:
        return _("N.v.t.")
    return {"status": chip(finding, days().as_of), "sub": labels.text(finding.reason, language())}


def _mandate_words(row: PracticeRow) -> str:
    return str(_("N.v.t.") if row.mandate is None else _MANDATES[row.mandate])


def _mark_words(row: PracticeRow) -> str:
    return labels.text(row.mark.reason, language()) if row.mark is not None else ""


def _mark_beside(row: PracticeRow) -> str:
    """The words about the mark below the only system, which needs no second mention."""
    said = _mark_words(row)
    return said.removeprefix(f"{row.systems[0]} ") if len(row.systems) == 1 else said


def rows_table(rows: Iterable[PracticeRow]) -> Table:
    """The same rows as a file."""
    columns = (
        Column(_("Code")),
        Column(_("Praktijk"), width=36),
        Column(_("Plaats"), width=20),
        Column(_("Regio"), width=24),
        Column(_("Verzekerden"), "number"),
        Column(_("HIS"), width=20),
        Column(_("XIS-keurmerk"), width=28),
        Column(_("Stappen"), width=44),
        Column(_("Diensten gebruikt"), "number"),
        Column(_("Diensten aangeboden"), "number"),
        Column(_("Mandaat"), width=20),
        Column(_("MTVP"), width=36),
    )
    listed = tuple(
        (
            row.practice.code,
            Cell(row.practice.name, practice_url(row.practice.code)),
            row.practice.place or "",
            row.region,
            row.insured,
            labels.listed(row.systems, language()) if row.systems else None,
            _mark_words(row),
            _words(row.steps),
            row.used,
            row.offered,
            _mandate_words(row),
            _words(row.mtvp),
        )
        for row in rows
    )
    return Table(title=_("Praktijken"), columns=columns, rows=listed)


def _words(finding: Finding | None) -> str:
    return labels.text(finding.reason, language()) if finding is not None else str(_("N.v.t."))


# --- totals ----------------------------------------------------------------------------------------------------------


def total_words(total: Total, sees_practices: bool) -> str:
    """`12 van 40`, `bijna alle` or that there are too few to show."""
    if sees_practices:
        return str(_("%(n)s van %(of)s", n=total.n, of=total.of))
    return share_words(total.n, total.of)


def total_name(total: Total) -> str:
    """What is counted: a step, a part of MTVP, or a service."""
    for kind in (Step, MtvpPartName):
        if total.key in {item.value for item in kind}:
            return labels.capital(labels.word(kind(total.key), language()))
    return f"{total.key} {service_word(total.key)}"


def totals_table(held: Together, sees_practices: bool, former: Together | None = None) -> Table:
    """What the practices of one region do together; beside it, the compare date where there is one."""
    groups = ((_("Stap"), held.steps), (_("Dienst gebruikt"), held.services), (_("MTVP"), held.mtvp))
    rows: list[tuple[Value | Cell, ...]] = [
        (group, total_name(total), total_words(total, sees_practices)) for group, totals in groups for total in totals
    ]
    compare = days().compare
    columns = [Column(_("Soort"), width=20), Column(_("Wat"), width=40), Column(_("Praktijken"), width=32)]
    if former is not None and compare is not None:
        columns.append(Column(_("Op %(day)s", day=labels.day_short(compare, language())), width=32))
        then = {total.key: total for total in (*former.steps, *former.services, *former.mtvp)}
        before = (then.get(total.key) for _group, totals in groups for total in totals)
        rows = [
            (*row, total_words(total, sees_practices) if total else _("nog niet vastgelegd"))
            for row, total in zip(rows, before, strict=True)
        ]
    return Table(title=_("Praktijken samen"), columns=tuple(columns), rows=tuple(rows))


def regions_table(held: Iterable[Together], sees: frozenset[str]) -> Table:
    """The totals of several regions: a row for each."""
    listed = list(held)
    services = sorted({total.key for item in listed for total in item.services})
    columns = (
        Column(_("Regio"), width=28),
        Column(_("Praktijken"), "number"),
        *(Column(labels.capital(labels.word(step, language())), width=26) for step in Step),
        *(Column(f"{code} {service_word(code)}", width=26) for code in services),
    )
    rows = tuple(_region_row(item, item.code in sees, services) for item in listed)
    return Table(title=_("Praktijken samen, per regio"), columns=columns, rows=rows)


def _region_row(item: Together, sees: bool, services: list[str]) -> tuple[Value | Cell, ...]:
    by_service = {total.key: total for total in item.services}
    small = not sees and item.practices < minimum()
    return (
        Cell(item.name, link("cooperations.practices", code=item.code)),
        _("minder dan %(least)s", least=minimum()) if small else item.practices,
        *(total_words(total, sees) for total in item.steps),
        *(total_words(by_service[code], sees) for code in services),
    )
