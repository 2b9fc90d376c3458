"""The initiatives of a region in rows: phase, conditions met, assessment, financing, last evaluation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.conditions_met import ConditionsMet
from tracker.domain.finding import Finding, Status
from tracker.domain.initiative_phases import current_phase
from tracker.domain.initiatives import is_running, latest
from tracker.domain.periods import active
from tracker.domain.records.evaluation import InitiativeEvaluation
from tracker.domain.records.funding import FundingLine
from tracker.domain.records.initiative import Initiative
from tracker.exchange.tables import Cell, Column, Table
from tracker.web.answers import forms_of
from tracker.web.chips import chip
from tracker.web.conditions_view import conditions_of
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, source_line
from tracker.web.financing_view import stream_word
from tracker.web.frame import language
from tracker.web.region import day_text, head
from tracker.web.scope import Visible

_NOT = (Status.NOT_MET, Status.PARTIAL, Status.LATE)
_LATER = (Status.PENDING, Status.UNKNOWN, Status.ADVISORY)


class InitiativeRow(msgspec.Struct, frozen=True):
    """What a list says of one initiative."""

    initiative: Initiative
    phase: str
    conditions: ConditionsMet
    assessment: Finding | None
    running: Finding | None
    lines: tuple[FundingLine, ...]
    evaluation: InitiativeEvaluation | None
    practices: int | None
    """How many take part; empty where the reader may not know."""
    met_before: int | None = None
    """How many conditions were met on the compare date."""


def initiative_rows(seen: Visible, earlier: Visible | None = None) -> list[InitiativeRow]:
    """The initiatives of the region, the oldest first; `earlier` is the region on the compare date."""
    ordered = sorted(seen.dossier.initiatives, key=lambda item: (item.started_on or item.proposed_on, item.code))
    then = {item.code: item for item in earlier.dossier.initiatives} if earlier is not None else {}
    return [_row(seen, item, days().as_of, earlier if item.code in then else None) for item in ordered]


def _row(seen: Visible, item: Initiative, as_of: date, earlier: Visible | None) -> InitiativeRow:
    own = {found.requirement.kind: found for found in seen.findings if found.subject == item.code}
    _programme, met = conditions_of(item, seen.code, seen.findings, as_of)
    agreed = own.get("no_double_funding_agreed")
    before = None
    if earlier is not None and days().compare is not None:
        _programme, before = conditions_of(item, seen.code, earlier.findings, days().compare or as_of)
    return InitiativeRow(
        item,
        phase_word(item),
        met,
        own.get("assessed_positive"),
        own.get("running_without_funding"),
        tuple(active(item.funding_lines, as_of)),
        latest(item.evaluations, lambda held: held.held_on),
        agreed.reason.values.get("total") if agreed is not None else None,
        before.met if before is not None and before.total else None,
    )


def phase_word(item: Initiative) -> str:
    """The phase an initiative is in; before its start that it was proposed."""
    phase = current_phase(item)
    return _("Voorgesteld") if phase is None else labels.capital(labels.word(phase, language()))


def since_words(row: InitiativeRow) -> str:
    """`sinds 15-3-2022 · 20 praktijken`."""
    item, parts = row.initiative, []
    if item.started_on is None:
        parts.append(_("voorgesteld %(day)s", day=day_text(item.proposed_on)))
    elif item.ended_on is not None:
        parts.append(_("%(start)s t/m %(end)s", start=day_text(item.started_on), end=day_text(item.ended_on)))
    else:
        parts.append(_("sinds %(day)s", day=day_text(item.started_on)))
    if row.practices is not None:
        parts.append(ngettext("%(num)s praktijk", "%(num)s praktijken", row.practices))
    return " · ".join(parts)


def conditions_words(met: ConditionsMet) -> tuple[str, str]:
    """`5 van 9` and `3 niet · 1 later · 1 n.v.t.`."""
    if not met.standings:
        return _("N.v.t."), _("kader zonder voorwaarden")
    rest = [
        (met.count(*_NOT), _("%(num)s niet", num=met.count(*_NOT))),
        (met.count(*_LATER), _("%(num)s later of onbekend", num=met.count(*_LATER))),
        (met.count(Status.NA), _("%(num)s n.v.t.", num=met.count(Status.NA))),
    ]
    told = " · ".join(text for number, text in rest if number)
    return _("%(met)s van %(total)s", met=met.met, total=met.total), told


def money_words(row: InitiativeRow) -> tuple[str, str]:
    """`O&I t/m 31-12-2026` and `€ 90.000 per jaar`; what is unknown is said."""
    if not row.lines:
        ended = max((line.to_on for line in row.initiative.funding_lines if line.to_on), default=None)
        return _("geen lopende financiering"), _("geëindigd op %(day)s", day=day_text(ended)) if ended else ""
    streams = sorted({stream_word(line.stream) for line in row.lines})
    until = min((line.to_on for line in row.lines if line.to_on), default=None)
    named = labels.listed(streams, language())
    said = _("%(streams)s t/m %(day)s", streams=named, day=day_text(until)) if until else named
    amounts = [line.eur_per_year for line in row.lines if line.eur_per_year is not None]
    if not amounts:
        return said, _("bedrag onbekend")
    total = labels.euro(sum(amounts, Decimal(0)), language())
    return said, _("%(amount)s per jaar", amount=total)


def evaluation_words(row: InitiativeRow) -> tuple[str, str]:
    """`10-2-2023` and `gemengd, niet gedeeld`; without one how long it has been running."""
    held, item, as_of = row.evaluation, row.initiative, days().as_of
    if held is not None:
        shared = _("gedeeld") if held.shared_on else _("niet gedeeld")
        return day_text(held.held_on), f"{labels.word(held.verdict, language())}, {shared}"
    if item.started_on is None or not is_running(item, as_of):
        return _("nog geen"), ""
    return _("nog geen"), _("%(days)s na de start", days=labels.days((as_of - item.started_on).days, language()))


def rows_view(rows: list[InitiativeRow]) -> dict[str, Any]:
    """The view model of components/table.html."""
    heads = (_("Initiatief"), _("Fase"), _("Voorwaarden"), _("KC-oordeel"), _("Financiering"), _("Laatste evaluatie"))
    return {
        "caption": _("Initiatieven"),
        "wide": True,
        "columns": [{"text": text} for text in heads],
        "rows": [{"cells": _cells(row)} for row in rows],
    }


def _cells(row: InitiativeRow) -> list[dict[str, Any]]:
    counted, rest = conditions_words(row.conditions)
    money, amount = money_words(row)
    day, verdict = evaluation_words(row)
    url = link("initiatives.detail", id=row.initiative.code)
    paid: dict[str, Any] = {"text": money, "sub": amount}
    if row.running is not None and row.running.status is Status.ADVISORY:
        paid = {"status": chip(row.running, days().as_of), "sub": amount or money}
    if row.met_before is not None and row.met_before != row.conditions.met:
        rest = " · ".join([rest, _("was %(num)s op %(day)s", num=row.met_before, day=day_text(days().compare))])
    counts = [{"text": counted, "strong": True}, " ", _("behaald")] if row.conditions.standings else [counted]
    return [
        {"text": row.initiative.title, "url": url, "sub": since_words(row)},
        {"text": row.phase},
        {"parts": counts, "sub": rest},
        _assessed(row),
        paid,
        {"text": day, "sub": verdict},
    ]


def _assessed(row: InitiativeRow) -> dict[str, Any]:
    if row.assessment is None:
        return {"text": _("N.v.t.")}
    return {"status": chip(row.assessment, days().as_of), "sub": labels.text(row.assessment.reason, language())}


def initiatives_page(seen: Visible, rows: list[InitiativeRow]) -> dict[str, Any]:
    """The view model of templates/cooperations/initiatives.html."""
    add = forms_of(seen.dossier).add("initiative")
    return {
        **head(seen, "initiatives"),
        "table": rows_view(rows) if rows else None,
        "empty": None if rows else {"title": _("Nog geen initiatieven vastgelegd."), "level": 2, "button": add},
        "add": add if rows else None,
        "source": source_line(),
        "downloads": download_links(),
    }


def rows_table(rows: list[InitiativeRow]) -> Table:
    """The same rows as a file."""
    columns = (
        Column(_("Code")),
        Column(_("Initiatief"), width=32),
        Column(_("Fase")),
        Column(_("Gestart op"), "day"),
        Column(_("Voorwaarden behaald"), "number"),
        Column(_("Voorwaarden van toepassing"), "number"),
        Column(_("KC-oordeel"), width=36),
        Column(_("Financiering"), width=30),
        Column(_("Laatste evaluatie"), "day"),
        Column(_("Oordeel")),
    )
    return Table(title=_("Initiatieven"), columns=columns, rows=tuple(_values(row) for row in rows))


def _values(row: InitiativeRow) -> tuple[Any, ...]:
    item, held = row.initiative, row.evaluation
    assessed = labels.text(row.assessment.reason, language()) if row.assessment else _("N.v.t.")
    return (
        item.code,
        Cell(item.title, link("initiatives.detail", id=item.code)),
        row.phase,
        item.started_on or "",
        row.conditions.met if row.conditions.standings else "",
        row.conditions.total if row.conditions.standings else "",
        assessed,
        " · ".join(part for part in money_words(row) if part),
        held.held_on if held else "",
        labels.word(held.verdict, language()) if held else "",
    )
