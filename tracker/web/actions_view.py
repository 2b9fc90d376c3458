"""Actions as a page: the list with its filters, its file, and one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from tracker import access, clock, labels
from tracker.domain import policy
from tracker.domain.actions import Sort, Task, tasks
from tracker.domain.records.cooperation import Cooperation
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.queries.accounts import account, subjects
from tracker.queries.actions import PLACE
from tracker.web.dates import days, here, link
from tracker.web.downloads import download_links, source_line
from tracker.web.frame import fictional, language
from tracker.web.paging import page_asked, pages
from tracker.web.record_places import form_url
from tracker.web.region import codes

STATES: dict[str, tuple[Any, Callable[[Task], bool]]] = {
    "": (lazy_gettext("Open"), lambda item: item.done_on is None),
    "te-laat": (lazy_gettext("Te laat"), lambda item: item.is_overdue(days().as_of)),
    "binnenkort": (lazy_gettext("Binnen 30 dagen"), lambda item: item.is_soon(days().as_of)),
    "gereed": (lazy_gettext("Gereed"), lambda item: item.done_on is not None),
}


PAGE = 100


def is_mine(item: Task) -> bool:
    """Whether the reader owns it; who reads along by a link owns nothing."""
    reader = access.actor()
    if reader.has_account and "own_address" not in g:
        g.own_address = account(reader.account).email
    return reader.has_account and item.belongs_to(reader.name, g.own_address)


def writable() -> frozenset[str]:
    """The regions whose actions the reader writes; asked once per request, and none in the past."""
    if "writes_actions" not in g:
        found = [] if days().is_past else subjects(clock.today())
        on = clock.real_today()
        g.writes_actions = frozenset(
            item.cooperation for item in found if policy.pen(access.actor(), item, on).may(PLACE)
        )
    held: frozenset[str] = g.writes_actions
    return held


class Filters(msgspec.Struct, frozen=True):
    """What the address asks of the actions that the reader may see."""

    found: Sequence[Task]
    mine: bool = False
    state: str = ""
    region: str = ""

    @classmethod
    def of_request(cls, found: Sequence[Task]) -> Filters:
        """From the address; a word nobody knows filters nothing. A milestone is an action for its owner alone."""
        state, region = request.args.get("stand", ""), request.args.get("regio", "")
        kept = tuple(item for item in found if item.sort is not Sort.MILESTONE or is_mine(item))
        known = {item.cooperation for item in kept}
        mine = request.args.get("van") == "mij"
        return cls(kept, mine, state if state in STATES else "", region if region in known else "")

    def keep(self, state: str | None = None) -> list[Task]:
        """The actions that fit, or would with another state."""
        fits = STATES[self.state if state is None else state][1]
        return [item for item in self.of_owner(self.mine) if fits(item)]

    def of_owner(self, mine: bool) -> list[Task]:
        return [item for item in self.found if self.region in ("", item.cooperation) and (not mine or is_mine(item))]

    def in_words(self) -> list[str]:
        told = [_("van mij")] if self.mine else []
        told += [str(STATES[self.state][0]).lower()] if self.state else []
        return told + ([self.region] if self.region else [])


def actions_page(filters: Filters) -> dict[str, Any]:
    """The view model of templates/actions/index.html."""
    kept, opened = filters.keep(), [item for item in filters.found if item.done_on is None]
    page = page_asked(len(kept), PAGE)
    late = sum(item.is_overdue(days().as_of) for item in opened)
    facts = [ngettext("%(num)s open actie", "%(num)s open acties", len(opened))]
    facts += [ngettext("%(num)s te laat", "%(num)s te laat", late)] if late else []
    return {
        "head": {
            "title": _("Acties"),
            "fictional": fictional(),
            "lead": _(
                "Wat is afgesproken en nog open staat. Een open actie gaat vanzelf mee naar het volgende gesprek."
            ),
            "facts": facts,
            "buttons": [{"text": _("Afdrukken"), "print": True}],
        },
        "owners": _owners(filters),
        "states": [
            {
                "text": str(words),
                "url": here(stand=key or None, pagina=None),
                "current": key == filters.state,
                "count": len(filters.keep(key)),
            }
            for key, (words, _fits) in STATES.items()
        ],
        "filters": _bar(filters, kept),
        "empty": None if kept else _empty(filters),
        "table": _rows(kept[(page - 1) * PAGE : page * PAGE]),
        "pages": pages(len(kept), page, PAGE, _("Pagina’s met acties")),
        "downloads": download_links(),
        "source": source_line(filters.in_words()),
    }


def open_fact(dossier: Cooperation) -> list[Any]:
    """`5 open acties, 4 te laat` for the head of a region, with the way to them."""
    listed = [item for item in tasks(dossier) if item.sort is not Sort.MILESTONE or is_mine(item)]
    opened = [item for item in listed if item.done_on is None]
    late = sum(item.is_overdue(days().as_of) for item in opened)
    said = ngettext("open actie", "open acties", len(opened))
    # Without one action the list knows no such region, and would show the actions of all.
    way = {"text": said, "url": link("actions.index", regio=dossier.code)} if listed else said
    parts: list[Any] = [{"text": labels.number(len(opened), language()), "strong": True}, " ", way]
    return [*parts, f", {ngettext('%(num)s te laat', '%(num)s te laat', late)}"] if late else parts


def _owners(filters: Filters) -> list[dict[str, Any]]:
    fits = STATES[filters.state][1]
    return [
        {
            "text": text,
            "url": here(van="mij" if mine else None, pagina=None),
            "current": mine == filters.mine,
            "count": sum(map(fits, filters.of_owner(mine))),
        }
        for mine, text in ((False, _("Van iedereen")), (True, _("Van mij")))
    ]


def _bar(filters: Filters, kept: Sequence[Task]) -> dict[str, Any]:
    regions = dict(sorted({item.cooperation: item.region for item in filters.found}.items(), key=lambda pair: pair[1]))
    options = [{"text": _("Alle regio’s"), "url": here(regio=None, pagina=None), "current": not filters.region}]
    options += [
        {"text": name, "url": here(regio=code, pagina=None), "current": code == filters.region}
        for code, name in regions.items()
    ]
    choice = {"id": "regio", "label": _("Regio"), "value": regions.get(filters.region, _("alle")), "options": options}
    return {
        "active": [],
        "choices": [choice] if len(regions) > 1 else [],
        "result": ngettext("%(num)s actie", "%(num)s acties", len(kept)),
        "clear_url": here(van=None, stand=None, regio=None, pagina=None) if filters.in_words() else None,
    }


def _empty(filters: Filters) -> dict[str, Any]:
    if filters.in_words():
        return {"title": _("Geen acties met deze filters."), "level": 2}
    return {"title": _("Er staan geen acties open."), "level": 2}


def _rows(items: Sequence[Task]) -> dict[str, Any]:
    heads = (_("Actie"), _("Regio"), _("Eigenaar"), _("Uiterlijk"), _("Waar afgesproken"))
    return {
        "caption": _("Acties"),
        "wide": True,
        "columns": [{"text": text, "day": text == _("Uiterlijk")} for text in heads],
        "rows": [{"cells": _cells(item)} for item in items],
    }


def _cells(item: Task) -> list[Any]:
    return [
        {"text": item.text, "url": task_url(item), "sub": item.note},
        {"text": item.region, "url": link("cooperations.overview", code=item.cooperation)},
        {"text": item.owner or _("nog niemand"), "sub": _("van mij") if is_mine(item) else None},
        {"text": day_words(item), "sub": late_words(item)},
        {"parts": _whence(item)},
    ]


def task_url(item: Task) -> str:
    """Where an action is answered, or where it stands."""
    if item.sort is Sort.AGREED:
        return url_for("actions.detail", code=item.cooperation, action=item.code)
    if item.sort is Sort.ROUND:
        return link("evaluations.detail", code=item.cooperation, number=item.round)
    return link("initiatives.detail", id=item.initiative)


def day_words(item: Task) -> str:
    """When it was done or is due."""
    if item.done_on is not None:
        return str(_("gereed op %(day)s", day=labels.day_short(item.done_on, language())))
    return labels.day_short(item.due_on, language()) if item.due_on else str(_("geen datum"))


def late_words(item: Task) -> str | None:
    """How many days too late, or until."""
    if item.due_on is None or item.done_on is not None:
        return None
    left = (item.due_on - days().as_of).days
    if left < 0:
        return str(_("%(days)s te laat", days=labels.days(-left, language())))
    return str(_("over %(days)s", days=labels.days(left, language())) if left else _("vandaag"))


def origin_words(item: Task) -> str:
    """Where it was agreed."""
    if item.sort is Sort.ROUND:
        return str(_("ronde %(number)s", number=item.round))
    if item.sort is Sort.STEERING:
        return str(_("bijsturing van %(code)s", code=item.initiative))
    if item.sort is Sort.MILESTONE:
        return str(_("mijlpaal van %(code)s", code=item.initiative))
    origin = item.origin or ""
    if origin.isdigit():
        return str(_("ronde %(number)s", number=origin))
    rule = codes().rules.get(origin)
    return labels.words(rule, language()) if rule is not None else origin


def _whence(item: Task) -> list[Any]:
    parts: list[Any] = [origin_words(item)]
    if item.sort is Sort.ROUND and item.done_on is None and item.cooperation in writable():
        values: dict[str, Any] = {
            "text": item.text[:600],
            "owner": item.owner,
            "due_on": item.due_on,
            "origin": item.round,
        }
        values["agreed_on"] = item.agreed_on
        given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        url = form_url(PLACE, item.cooperation, None, "add", **given)
        parts += [" · ", {"text": _("Overnemen"), "url": url}]
    return parts


def make_action(code: str, text: str, origin: str) -> dict[str, str] | None:
    """The form of a new action about something that is asked for; nothing in the past, or for who writes none."""
    if code not in writable():
        return None
    given: dict[str, Any] = {"text": text[:600], "origin": origin, "agreed_on": days().today.isoformat()}
    return {"text": _("Actie maken"), "url": form_url(PLACE, code, None, "add", **given)}


def actions_table(items: Sequence[Task]) -> Table:
    """The same rows as a file."""
    columns = (
        Column(_("Code"), width=8),
        Column(_("Regio"), width=28),
        Column(_("Actie"), width=60),
        Column(_("Eigenaar"), width=24),
        Column(_("Afgesproken op"), "day"),
        Column(_("Uiterlijk"), "day"),
        Column(_("Gereed op"), "day"),
        Column(_("Waar afgesproken"), width=24),
        Column(_("Toelichting"), width=40),
    )
    rows: list[tuple[Value | Cell, ...]] = [
        (
            item.cooperation,
            item.region,
            item.text,
            item.owner or "",
            item.agreed_on or "",
            item.due_on or "",
            item.done_on or "",
            origin_words(item),
            item.note or "",
        )
        for item in items
    ]
    return Table(title=_("Acties"), columns=columns, rows=tuple(rows))
