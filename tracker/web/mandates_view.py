"""The grid of mandates for a contract as its page shows it: which practices, what counts, and what was changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker import clock, labels
from tracker.domain.contracts import Mandates, involved_in, mandates_of
from tracker.domain.mandate_grid import GIVEN, WITHDRAWN, standing
from tracker.domain.records.contract import Contract
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import MandateKind
from tracker.domain.records.practice import Practice
from tracker.domain.rule_kinds import Need
from tracker.forms.day_grid import DayGridForm, Place
from tracker.programmes import load_programmes
from tracker.web.dates import link
from tracker.web.day_grid_view import page_asked, page_links, script_words
from tracker.web.frame import fictional, language
from tracker.web.record_places import form_url
from tracker.web.region import codes

KINDS = frozenset({"contract", "mandate", "practice", "practice.memberships"})
DAYS = (GIVEN, WITHDRAWN)


class Sheet(msgspec.Struct):
    """What the address asks for: the mandates for one contract of some practices."""

    dossier: Cooperation
    contract: Contract | None
    practices: list[Practice]
    """Of this page."""
    counted: Mandates
    page: int
    pages: int

    @property
    def code(self) -> str:
        return self.dossier.code

    def address(self, **changes: Any) -> str:
        """The address of this grid, with some choices changed."""
        held: dict[str, Any] = {"overeenkomst": self.contract.code if self.contract else None}
        held |= {"pagina": self.page if self.page > 1 else None}
        return url_for("mandates.index", code=self.code, **(held | changes))


def sheet_of(dossier: Cooperation) -> Sheet:
    """The grid of the contract that the address names; without one that was signed last."""
    held = sorted(dossier.contracts, key=lambda item: (item.signed_on, item.starts_on, item.code))
    asked = request.args.get("overeenkomst")
    contract = next((item for item in held if item.code == asked), held[-1] if held else None)
    if contract is None:
        return Sheet(dossier, None, [], Mandates((), (), (), ()), 1, 1)
    today = clock.today()
    involved = sorted(involved_in(dossier, contract, today), key=lambda item: item.code)
    page, pages, most = page_asked(len(involved), len(DAYS))
    counted = counted_on(dossier, contract, today)
    return Sheet(dossier, contract, involved[(page - 1) * most : page * most], counted, page, pages)


def counted_on(dossier: Cooperation, contract: Contract, day: date) -> Mandates:
    """The mandates that count on a day, as the rule of the contract's insurer counts them."""
    return mandates_of(dossier, contract, day, _grace(contract))


def _grace(contract: Contract) -> int:
    """How many days a new practice has, by the insurer's own programme."""
    for programme in load_programmes():
        for asked in programme.requirements if programme.insurer_key == contract.insurer else ():
            if asked.kind == "mandate_complete":
                return Need(asked, programme.switches).number("grace_days")
    return 0


def mandate_form(sheet: Sheet, formdata: MultiDict[str, str] | None = None) -> DayGridForm:
    """The cells of the grid, with what is stored or what was typed."""
    stored: dict[Place, date | None] = {}
    heads: dict[Place, str] = {}
    mandates = _values(sheet)
    about = sheet.contract.code if sheet.contract else ""
    for practice in sheet.practices:
        held = standing(mandates, practice.code)
        for attribute in DAYS:
            place = (practice.code, about, attribute)
            stored[place] = None if held is None else held[attribute]
            heads[place] = f"{practice.name}, {_day_words(attribute).lower()}"
    form = DayGridForm(stored, heads, language=language(), formdata=formdata)
    for practice in sheet.practices:
        held = standing(mandates, practice.code)
        form.cells[practice.code, about, GIVEN].beside = _beside(sheet, practice.code, held)
    return form


def _values(sheet: Sheet) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(item) for item in (sheet.contract.mandates if sheet.contract else ())]


def _beside(sheet: Sheet, practice: str, held: dict[str, Any] | None) -> str:
    """Why a practice counts without a mandate of its own, or does not with one."""
    today = clock.today()
    is_own = held is not None and held[GIVEN] <= today and (held[WITHDRAWN] is None or today < held[WITHDRAWN])
    if practice in sheet.counted.given:
        return "" if is_own else str(_("telt mee door het ledenbesluit"))
    if practice in sheet.counted.in_grace:
        return str(_("nieuw; nog geen mandaat"))
    return str(_("gegeven na het tekenen; telt nu niet mee")) if is_own else ""


def _day_words(attribute: str) -> str:
    return str(_("Gegeven op") if attribute == GIVEN else _("Ingetrokken op"))


def mandates_page(sheet: Sheet, form: DayGridForm) -> dict[str, Any]:
    """The view model of templates/practices/grid.html."""
    title = _("Mandaten vastleggen")
    funding = link("cooperations.funding", code=sheet.code)
    crumbs = [
        {"text": sheet.dossier.name, "url": link("cooperations.overview", code=sheet.code)},
        {"text": _("Financiering"), "url": funding},
        {"text": title},
    ]
    about = sheet.contract.code if sheet.contract else ""
    rows = [
        {"name": item.name, "code": item.code, "cells": [form.cells[item.code, about, attribute] for attribute in DAYS]}
        for item in sheet.practices
    ]
    return {
        "head": {"title": title, "fictional": fictional(), "crumbs": crumbs, "lead": _lead(sheet), "buttons": []},
        "hint": _(
            "Een dag zoals 1-7-2022 of 1 juli 2022, of plak een blok uit Excel. "
            "Een dag na een intrekking begint een nieuw mandaat."
        ),
        "submit": title,
        "action": sheet.address(),
        "cancel_url": funding,
        "choices": _choices(sheet),
        "back": None,
        "columns": [{"code": "", "text": _day_words(attribute), "url": None} for attribute in DAYS],
        "rows": rows,
        "pages": page_links(sheet.page, sheet.pages, sheet.address),
        "empty": None if rows else _empty(sheet),
        "words": script_words(),
    }


def counted_words(counted: Mandates) -> str:
    """How many of the practices count."""
    return str(_("%(n)s van %(total)s mandaten", n=len(counted.given), total=counted.total))


def _lead(sheet: Sheet) -> list[str]:
    contract = sheet.contract
    if contract is None:
        return []
    about = _(
        "Voor %(contract)s met %(insurer)s, getekend op %(day)s.",
        contract=_name(contract),
        insurer=codes().insurers.get(contract.insurer, contract.insurer),
        day=labels.day_words(contract.signed_on, language()),
    )
    told = [f"{counted_words(sheet.counted)}. {about}"]
    decided = [item for item in contract.mandates if item.kind is MandateKind.COLLECTIVE]
    if decided:
        days = labels.listed([labels.day_words(item.given_on, language()) for item in decided], language())
        told.append(_("Er is een ledenbesluit van %(days)s. Dat wijzigt u bij de overeenkomst zelf.", days=days))
    return told


def _name(contract: Contract) -> str:
    return contract.title or contract.code


def _choices(sheet: Sheet) -> list[dict[str, Any]]:
    if len(sheet.dossier.contracts) < 2:
        return []
    links = [
        {
            "text": f"{_name(item)} ({labels.day_words(item.signed_on, language())})",
            "url": sheet.address(overeenkomst=item.code, pagina=None),
            "current": item is sheet.contract,
        }
        for item in sorted(sheet.dossier.contracts, key=lambda item: item.signed_on, reverse=True)
    ]
    return [{"label": _("Overeenkomst"), "links": links}]


def _empty(sheet: Sheet) -> dict[str, Any]:
    if sheet.contract is None:
        button = {"text": _("Overeenkomst vastleggen"), "url": form_url("contract", sheet.code, None, "add")}
        return {"title": _("Er is nog geen overeenkomst."), "text": None, "button": button}
    button = {"text": _("Praktijk vastleggen"), "url": form_url("practice", sheet.code, None, "add")}
    return {"title": _("Er zijn nog geen aangesloten praktijken."), "text": None, "button": button}
