"""The rounds of a region: six topics over the rounds, and each round with what it still lacks."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.meeting import planned_rounds
from tracker.domain.outcomes import Evaluated, Turn, evaluated
from tracker.domain.records.evaluation import Round
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.web.answers import forms_of
from tracker.web.chips import chip
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, source_line
from tracker.web.evaluations_view import scale_words
from tracker.web.frame import language, programme
from tracker.web.region import day_text, head, planned_url
from tracker.web.scope import Visible
from tracker.web.scores_view import region_figure, scores_table


def rounds_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/evaluations.html."""
    asked = programme()
    item = evaluated(seen.dossier, seen.findings, asked)
    planned = labels.day_words(item.next.planned_on, language())
    return {
        **head(seen, "evaluations"),
        "figure": region_figure(item, asked),
        "table": _table_view(item) if item.turns or planned_rounds(item.dossier) else None,
        "add": forms_of(seen.dossier).add("round", text=_("Gesprek plannen")),
        "due": _("Volgend gesprek uiterlijk %(day)s (eigen instelling: elke twaalf maanden).", day=planned),
        "scale": scale_words(),
        "downloads": download_links("rondes"),
        "source": source_line(),
    }


def rounds_tables(seen: Visible) -> dict[str, Table]:
    """The tables by the name in the address."""
    asked = programme()
    item = evaluated(seen.dossier, seen.findings, asked)
    return {"rondes": rounds_table(item), "scores": scores_table([item], asked)}


def _table_view(item: Evaluated) -> dict[str, Any]:
    heads = (_("Ronde"), _("Gehouden op"), _("Onderwerpen"), _("Bewijs"), _("Verschil van inzicht"), _("Acties open"))
    return {
        "caption": _("Rondes"),
        "wide": True,
        "columns": [{"text": text} for text in heads],
        "rows": [
            *({"cells": _planned_cells(item.dossier.code, held)} for held in reversed(planned_rounds(item.dossier))),
            *({"cells": _cells(item, turn)} for turn in reversed(item.turns)),
        ],
    }


def _planned_cells(code: str, held: Round) -> list[Any]:
    """A meeting that is agreed; a day that went by says that it was not held."""
    by = held.planned_on is not None and held.planned_on < days().as_of
    sub = _("nog niet gehouden") if by else _("afgesproken op %(day)s", day=day_text(held.invited_on))
    name = {
        "text": _("Ronde %(number)s", number=held.number),
        "url": planned_url(code, held.number),
        "sub": sub,
    }
    return [name, _("Gepland op %(day)s", day=day_text(held.planned_on)), "–", "–", "–", "–"]


def _cells(item: Evaluated, turn: Turn) -> list[Any]:
    held, tongue = turn.round, language()
    found = {one.requirement.kind: one for one in item.of_round(held.number)}
    name = _("Ronde %(number)s", number=held.number)
    locked = _("vergrendeld op %(day)s", day=day_text(held.locked_on)) if held.locked_on else _("niet vergrendeld")
    differing = len(turn.differing)
    return [
        {"text": name, "url": link("evaluations.detail", code=item.dossier.code, number=held.number), "sub": locked},
        day_text(held.held_on),
        *(
            {"status": chip(one, days().as_of), "sub": labels.text(one.reason, tongue)} if one else "–"
            for one in (found.get("round_complete"), found.get("scores_have_evidence"))
        ),
        ngettext("%(num)s onderwerp", "%(num)s onderwerpen", differing) if differing else _("geen"),
        str(_open_actions(turn)),
    ]


def _open_actions(turn: Turn) -> int:
    return sum(action.done_on is None for action in turn.round.actions)


def rounds_table(item: Evaluated) -> Table:
    """The rounds as a file."""
    columns = (
        Column(_("Ronde"), "number"),
        Column(_("Gehouden op"), "day"),
        Column(_("Vergrendeld op"), "day"),
        Column(_("Onderwerpen beantwoord"), "number"),
        Column(_("Verschil van inzicht"), "number"),
        Column(_("Acties open"), "number"),
    )
    rows: list[tuple[Value | Cell, ...]] = [
        (
            Cell(turn.round.number, link("evaluations.detail", code=item.dossier.code, number=turn.round.number)),
            turn.held_on,
            turn.round.locked_on or "",
            turn.answered,
            len(turn.differing),
            _open_actions(turn),
        )
        for turn in item.turns
    ]
    rows += [
        (held.number, _("Gepland op %(day)s", day=day_text(held.planned_on)), "", "", "", "")
        for held in planned_rounds(item.dossier)
    ]
    return Table(title=_("Rondes"), columns=columns, rows=tuple(rows))
