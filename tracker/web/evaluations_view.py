"""The rounds of all regions as a page: filters, the table with what is due, and the scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from tracker import labels
from tracker.domain.finding import Finding, Status
from tracker.domain.meeting import next_planned, planned_ahead
from tracker.domain.outcomes import Evaluated
from tracker.domain.programme import Programme
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.web.chips import chip
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.region import planned_url
from tracker.web.scores_view import region_figure, spread_figure

SOON = 90
"""Days before the next round from which it asks for attention (ours)."""


def _is_asked(item: Evaluated) -> bool:
    return item.periodic is None or item.periodic.status is not Status.NA


def is_late(item: Evaluated) -> bool:
    """Is a round overdue on the day? A gap of long ago counts as history, not as overdue."""
    return item.next.due_on < days().as_of and _is_asked(item)


def is_soon(item: Evaluated) -> bool:
    """Is the day that the list names for the next round near, or behind us without the round being late yet?"""
    next_on = planned_ahead(item.dossier, days().as_of) or item.next.planned_on
    return (next_on - days().as_of).days <= SOON and _is_asked(item) and not is_late(item)


def is_incomplete(item: Evaluated) -> bool:
    return any(found.status is Status.NOT_MET for found in item.findings if "#" in found.subject)


def differs(item: Evaluated) -> bool:
    return item.last is not None and bool(item.last.differing)


STATES: dict[str, tuple[Any, Callable[[Evaluated], bool]]] = {
    "te-laat": (lazy_gettext("Gesprek over tijd"), is_late),
    "binnenkort": (lazy_gettext("Uiterlijk binnen 90 dagen"), is_soon),
    "onvolledig": (lazy_gettext("Ronde niet volledig"), is_incomplete),
    "verschil": (lazy_gettext("Verschil in de laatste ronde"), differs),
    "geen": (lazy_gettext("Nog geen ronde"), lambda item: not item.turns),
}


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for: a state, and the region whose scores are drawn."""

    state: str = ""
    region: str = ""

    @classmethod
    def of_request(cls) -> Filters:
        """From the address; a word nobody knows filters nothing."""
        state = request.args.get("stand", "")
        return cls(state if state in STATES else "", request.args.get("regio", "").strip()[:60])

    def keep(self, items: Sequence[Evaluated]) -> list[Evaluated]:
        """The regions that fit."""
        return [item for item in items if not self.state or STATES[self.state][1](item)]

    def chosen(self, items: Sequence[Evaluated]) -> Evaluated | None:
        """The region whose scores are drawn: the one asked for, or the only one."""
        found = next((item for item in items if item.dossier.code == self.region), None)
        return found or (items[0] if len(items) == 1 else None)

    def in_words(self) -> list[str]:
        return [str(STATES[self.state][0])] if self.state else []


def evaluations_page(
    items: Sequence[Evaluated], former: Sequence[Evaluated], programme: Programme, filters: Filters
) -> dict[str, Any]:
    """The view model of templates/evaluations/index.html; `former` are the same regions on the compare date."""
    kept = filters.keep(items)
    chosen = filters.chosen(items)
    return {
        "head": _head(items),
        "quick": _quick(items, filters),
        "empty": None if items else {"title": _("Er zijn nog geen samenwerkingsverbanden in uw gebied."), "level": 2},
        "no_results": None if kept else {"clear_url": here(stand=None), "total": len(items)},
        "result": ngettext("%(num)s regio", "%(num)s regio’s", len(kept)),
        "table": rounds_rows(kept, former),
        "downloads": download_links("rondes"),
        "source": source_line(filters.in_words()),
        "choice": _choice(items, chosen) if len(items) > 1 and any(item.turns for item in items) else None,
        "figure": _figure(items, chosen, programme),
        "scale": scale_words(),
    }


def scale_words() -> list[str]:
    """The words of the scale, which is ours."""
    return [
        _("1 geen bijdrage zichtbaar"),
        _("2 eerste tekenen"),
        _("3 in enkele praktijken"),
        _("4 duidelijk"),
        _("5 structureel"),
    ]


def _figure(items: Sequence[Evaluated], chosen: Evaluated | None, programme: Programme) -> dict[str, Any] | None:
    if chosen is not None:
        return region_figure(chosen, programme)
    return spread_figure(items, programme) if any(item.turns for item in items) else None


def _head(items: Sequence[Evaluated]) -> dict[str, Any]:
    rounds = sum(len(item.turns) for item in items)
    late = sum(map(is_late, items))
    facts = [
        ngettext("%(num)s regio", "%(num)s regio’s", len(items)),
        ngettext("%(num)s ronde gehouden", "%(num)s rondes gehouden", rounds),
    ]
    facts += [ngettext("%(num)s gesprek over tijd", "%(num)s gesprekken over tijd", late)] if late else []
    return {
        "title": _("Evaluaties"),
        "fictional": fictional(),
        "lead": _("Wat draagt digitalisering bij? Elke ronde geven beide partijen een score op zes onderwerpen."),
        "facts": facts,
        "buttons": [{"text": _("Afdrukken"), "print": True}],
    }


def _quick(items: Sequence[Evaluated], filters: Filters) -> list[dict[str, Any]]:
    listed: list[tuple[str, Any, int]] = [("", _("Alle"), len(items))]
    listed += [(key, words, sum(map(fits, items))) for key, (words, fits) in STATES.items()]
    return [
        {"text": str(text), "url": here(stand=key or None), "current": key == filters.state, "count": count}
        for key, text, count in listed
    ]


def _choice(items: Sequence[Evaluated], chosen: Evaluated | None) -> dict[str, Any]:
    """The list from which the region of the drawing is chosen."""
    others = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "regio"}
    names = sorted(items, key=lambda item: item.dossier.name)
    return {
        "hidden": [{"name": name, "value": value} for name, values in others.items() for value in values],
        "action": link("evaluations.index").partition("?")[0] + "#scores",
        "options": [("", _("Alle regio’s"), chosen is None)]
        + [(item.dossier.code, item.dossier.name, item is chosen) for item in names],
    }


# --- the table of rounds ---------------------------------------------------------------------------------------------


def rounds_rows(items: Sequence[Evaluated], former: Sequence[Evaluated]) -> dict[str, Any]:
    """The rows on the page, with the status of each region; beside it, the compare date where there is one."""
    compare, tongue = days().compare, language()
    was = {item.dossier.code: item for item in former}
    columns = [_("Regio"), _("Rondes"), _("Laatste gesprek"), _("Volgend gesprek uiterlijk"), _("Evaluatie op tijd")]
    columns += [_("Laatste ronde"), _("Verschillen")]
    if compare is not None:
        columns.append(_("Op %(day)s", day=labels.day_short(compare, tongue)))
    return {
        "caption": _("Rondes per regio"),
        "wide": True,
        "columns": [{"text": text} for text in columns],
        "rows": [{"cells": _cells(item, was.get(item.dossier.code), compare is not None)} for item in items],
    }


def _cells(item: Evaluated, was: Evaluated | None, compared: bool) -> list[Any]:
    code, tongue = item.dossier.code, language()
    last = item.last
    cells: list[Any] = [
        {"text": item.dossier.name, "url": link("cooperations.evaluations", code=code) or here(regio=code)},
        {"parts": _round_links(item)},
        labels.day_short(last.held_on, tongue) if last else _("nog geen"),
        _next(item),
        _periodic(item),
        {"parts": completeness(item)},
        _differences(item),
    ]
    return [*cells, _former(item, was)] if compared else cells


def _periodic(item: Evaluated) -> Any:
    found = item.periodic
    if found is None:
        return ""
    return {"status": chip(found, days().as_of), "sub": labels.text(found.reason, language())}


def _round_links(item: Evaluated) -> list[Any]:
    parts: list[Any] = []
    for turn in item.turns:
        number = turn.round.number
        parts += [", "] if parts else []
        parts.append({"text": str(number), "url": link("evaluations.detail", code=item.dossier.code, number=number)})
    return parts or [_("geen")]


def _next(item: Evaluated) -> dict[str, Any]:
    """The round that was agreed with the way to it, else the day that the rhythm asks for."""
    agreed = next_planned(item.dossier, days().as_of)
    if agreed is None:
        return {"text": labels.day_short(item.next.planned_on, language()), "sub": due_words(item)}
    said = _("gepland op %(day)s", day=labels.day_short(agreed.on, language()))
    return {"text": said, "url": planned_url(item.dossier.code, agreed.number), "sub": due_words(item)}


def due_words(item: Evaluated) -> str:
    """The last day on which the next round is in time, and how long until, or since."""
    left, tongue = (item.next.due_on - days().as_of).days, language()
    if left < 0:
        return str(_("%(days)s te laat", days=labels.days(-left, tongue)))
    until = _("over %(days)s", days=labels.days(left, tongue)) if left else _("vandaag")
    return str(_("te laat na %(day)s, %(until)s", day=labels.day_short(item.next.due_on, tongue), until=until))


def completeness(item: Evaluated) -> list[Any]:
    """What the rules say of the latest round: R28 and R30, in their own words."""
    if item.last is None:
        return []
    found = item.of_round(item.last.round.number)
    return ["; ".join(labels.text(one.reason, language()) for one in found)]


def _differences(item: Evaluated) -> str:
    if item.last is None:
        return ""
    count = len(item.last.differing)
    return str(ngettext("%(num)s onderwerp", "%(num)s onderwerpen", count) if count else _("geen"))


def _former(item: Evaluated, was: Evaluated | None) -> str:
    if was is None:
        return str(_("niet bekend"))
    new = len(item.turns) - len(was.turns)
    rounds = ngettext("%(num)s ronde", "%(num)s rondes", len(was.turns))
    status = _status_word(was.periodic)
    return f"{rounds}, {status}" + (f" (+{new})" if new > 0 else "")


def _status_word(finding: Finding | None) -> str:
    return labels.status_words(finding, language()) if finding else ""


def rounds_table(items: Sequence[Evaluated]) -> Table:
    """The same rows as a file."""
    rows: list[tuple[Value | Cell, ...]] = []
    for item in items:
        last = item.last
        rows.append(
            (
                item.dossier.code,
                item.dossier.name,
                len(item.turns),
                last.held_on if last else _("nog geen"),
                item.next.planned_on,
                item.next.due_on,
                _status_word(item.periodic),
                labels.text(item.periodic.reason, language()) if item.periodic else "",
                "".join(completeness(item)),
                len(last.differing) if last else "",
            )
        )
    columns = (
        Column(_("Code"), width=8),
        Column(_("Regio"), width=28),
        Column(_("Rondes"), "number", width=9),
        Column(_("Laatste gesprek"), "day", width=15),
        Column(_("Volgend gesprek uiterlijk"), "day", width=17),
        Column(_("Te laat na"), "day", width=15),
        Column(_("Evaluatie op tijd"), width=22),
        Column(_("Waarom"), width=40),
        Column(_("Laatste ronde"), width=40),
        Column(_("Verschillen"), "number", _("onderwerpen"), 14),
    )
    return Table(title=_("Evaluaties"), columns=columns, rows=tuple(rows))
