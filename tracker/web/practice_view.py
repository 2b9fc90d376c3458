"""One practice: its four steps, services, system, MTVP, mandates and the initiatives it takes part in."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.finding import Finding, Status
from tracker.domain.periods import active, covers, is_affiliated
from tracker.domain.practice_totals import is_used
from tracker.domain.privacy import PRACTICE_SUBJECTS
from tracker.domain.records.cooperation import Cooperation
from tracker.domain.records.enums import MtvpPartName, Step
from tracker.domain.records.practice import Practice
from tracker.domain.rule_kinds import KINDS
from tracker.exchange.tables import Cell, Column, Table, Value
from tracker.programmes import load_programmes
from tracker.web.adoption_view import service_word
from tracker.web.answers import forms_of
from tracker.web.chips import chip
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.frame import about_page, language
from tracker.web.region import codes, words
from tracker.web.scope import STORY, Visible, one
from tracker.web.why_view import why_view


def _rules() -> frozenset[str]:
    """The rules about practices and their declarations."""
    asked = (item for held in load_programmes() for item in held.requirements)
    return frozenset(item.key for item in asked if KINDS[item.kind].subject in PRACTICE_SUBJECTS)


def _found(code: str, id_: str) -> tuple[Visible, Practice]:
    """The practice with its region; 404 on a day on which it was not known."""
    seen = one(code, only=_rules(), kinds=STORY | {"component_use"})
    practice = next((item for item in seen.dossier.practices if item.code == id_), None)
    if practice is None:
        abort(404)
    return seen, practice


def practice_page(code: str, id_: str) -> dict[str, Any]:
    """The view model of templates/practices/detail.html."""
    seen, practice = _found(code, id_)
    about_page(document=practice.name, region=seen.dossier.name)
    claims = {
        f"{code}/{item.code}"
        for held in (seen.dossier.service_declarations, seen.dossier.open_claims, seen.dossier.accreditation_claims)
        for item in held
        if item.practice == id_
    }
    found = [item for item in seen.findings if item.subject == id_ or item.subject in claims]
    return {
        "head": _head(seen, practice),
        "rules": [_rule(number, item, seen) for number, item in enumerate(_told(found), start=1)],
        "cards": [_card(name, table) for name, table in _tables(seen, practice).items()],
        "source": source_line(),
    }


def practice_tables(code: str, id_: str) -> dict[str, Table]:
    """The tables by the name in the address."""
    return _tables(*_found(code, id_))


def _told(found: list[Finding]) -> list[Finding]:
    """What applies, and of what does not apply one line per rule."""
    best: dict[tuple[str, str], Finding] = {}
    for item in found:
        key = (item.rule, item.subject)
        if key not in best or best[key].status is Status.NA:
            best[key] = item
    return [best[key] for key in sorted(best)]


def _rule(number: int, item: Finding, seen: Visible) -> dict[str, Any]:
    return {
        "number": number,
        "title": words(item.requirement.label),
        "facts": labels.text(item.reason, language()),
        "status": chip(item, days().as_of),
        "why": why_view(item, seen.dossier),
        "tinted": item.status in (Status.NOT_MET, Status.PARTIAL),
    }


def _head(seen: Visible, practice: Practice) -> dict[str, Any]:
    as_of = days().as_of
    last = max(practice.insured, key=lambda count: count.counted_on, default=None)
    facts: list[Any] = [practice.place] if practice.place else []
    if last is not None:
        number = labels.number(last.insured, language())
        facts.append([{"text": number, "strong": True}, f" {_('verzekerden')}"])
    facts += [[f"{_('HIS')} ", {"text": _system(seen, use.his), "strong": True}] for use in active(practice.his, as_of)]
    since = min((item.from_on for item in practice.memberships), default=None)
    if since is not None:
        joined = (
            _("aangesloten sinds %(day)s")
            if is_affiliated(practice.memberships, as_of)
            else _("was aangesloten vanaf %(day)s")
        )
        facts.append(joined % {"day": labels.day_words(since, language())})
    edit = forms_of(seen.dossier).correction(practice, _("Praktijk corrigeren"))
    region = {"text": seen.dossier.name, "url": link("cooperations.practices", code=seen.code)}
    return {
        "title": practice.name,
        "fictional": seen.fictional,
        "crumbs": [{"text": _("Praktijken"), "url": link("practices.index")}, region],
        "facts": facts,
        "buttons": [{"text": _("Afdrukken"), "print": True}, *([edit] if edit else [])],
    }


def _system(seen: Visible, code: str) -> str:
    product = seen.register.his_product(code)
    return product.name if product is not None else code


def _card(name: str, table: Table) -> dict[str, Any]:
    return {
        "id": name,
        "title": table.title,
        "text": None,
        "table": shown(table, wide=True) if table.rows else None,
        "empty": None if table.rows else {"title": _("Niets vastgelegd.")},
        "downloads": download_links(name),
    }


def _tables(seen: Visible, practice: Practice) -> dict[str, Table]:
    return {
        "stappen": _steps(practice),
        "diensten": _services(practice),
        "systemen": _systems(seen, practice),
        "mtvp": _mtvp(practice),
        "deelname": _part_in(seen.dossier, practice.code),
        "tellingen": _counts(practice),
    }


def _period(first: str) -> tuple[Column, ...]:
    return (
        Column(first, width=36),
        Column(_("Van"), "day"),
        Column(_("Tot en met"), "day"),
        Column(_("Toelichting"), width=44),
    )


def _steps(practice: Practice) -> Table:
    """The four steps, also those not taken (M:264-274)."""
    rows: list[tuple[Value, ...]] = []
    for step in Step:
        held = sorted((item for item in practice.steps if item.step is step), key=lambda item: item.from_on)
        name = labels.capital(labels.word(step, language()))
        for item in held:
            told = [labels.word(item.kind, language())] if item.kind else []
            told += (
                [
                    _(
                        "begeleiding van %(who)s",
                        who=labels.listed([labels.word(one_, language()) for one_ in item.guided], language()),
                    )
                ]
                if item.guided
                else []
            )
            told += [item.note] if item.note else []
            rows.append((name, item.from_on, item.to_on or "", ", ".join(told)))
        if not held:
            rows.append((name, "", "", _("nog niet gezet")))
    return Table(title=_("Vier stappen"), columns=_period(_("Stap")), rows=tuple(rows))


def _services(practice: Practice) -> Table:
    """Each service: offered since, used since, until."""
    as_of = days().as_of
    columns = (
        Column(_("Dienst"), width=36),
        Column(_("Aangeboden sinds"), "day"),
        Column(_("Gebruikt sinds"), "day"),
        Column(_("Tot en met"), "day"),
        Column(_("Nu"), width=20),
    )
    rows = tuple(
        (
            f"{item.component} {service_word(item.component)}",
            item.available_from,
            item.used_from or "",
            item.until or "",
            _now_words(is_used(item, as_of), covers(item.available_from, item.until, as_of)),
        )
        for item in sorted(practice.use, key=lambda item: (item.component, item.available_from))
    )
    return Table(title=_("Digitale diensten"), columns=columns, rows=rows)


def _now_words(used: bool, offered: bool) -> str:
    return str(_("gebruikt") if used else _("aangeboden, niet gebruikt") if offered else _("gestopt"))


def _systems(seen: Visible, practice: Practice) -> Table:
    """The GP systems with their mark on the day."""
    as_of = days().as_of
    rows = tuple(
        (_system(seen, item.his), item.from_on, item.to_on or "", _mark(seen, item.his, as_of))
        for item in sorted(practice.his, key=lambda item: item.from_on)
    )
    return Table(title=_("HIS en XIS-keurmerk"), columns=_period(_("HIS")), rows=rows)


def _mark(seen: Visible, code: str, as_of: date) -> str:
    product = seen.register.his_product(code)
    held = (
        next((item for item in product.xis_marks if covers(item.from_on, item.to_on, as_of)), None) if product else None
    )
    if held is None:
        return str(_("zonder keurmerk"))
    return str(_("keurmerk sinds %(day)s", day=labels.day_short(held.from_on, language())))


def _mtvp(practice: Practice) -> Table:
    """The parts of *Meer Tijd voor de Patiënt*; nothing where the practice takes no part."""
    rows: list[tuple[Value, ...]] = []
    for part in MtvpPartName if practice.mtvp else ():
        held = sorted((item for item in practice.mtvp if item.part is part), key=lambda item: item.from_on)
        name = labels.capital(labels.word(part, language()))
        rows += [(name, item.from_on, item.to_on or "", "") for item in held] or [(name, "", "", _("niet vastgelegd"))]
    return Table(title=_("Meer tijd voor de patiënt (MTVP)"), columns=_period(_("Onderdeel")), rows=tuple(rows))


def _part_in(dossier: Cooperation, code: str) -> Table:
    """Mandates given and initiatives joined."""
    rows: list[tuple[Any, ...]] = []
    for contract in sorted(dossier.contracts, key=lambda item: (item.signed_on, item.code)):
        insurer = codes().insurers.get(contract.insurer, contract.insurer)
        for item in contract.mandates:
            if item.practice in (code, None):
                kind = labels.word(item.kind, language())
                name = _("Mandaat voor %(insurer)s", insurer=insurer)
                rows.append((name, item.given_on, item.withdrawn_on or "", item.note or kind))
    for initiative in sorted(dossier.initiatives, key=lambda held: held.code):
        for joined in initiative.participants:
            if joined.practice == code:
                signed = joined.no_double_funding_signed_on
                told = (
                    _("verklaring getekend op %(day)s", day=labels.day_short(signed, language()))
                    if signed
                    else _("verklaring ontbreekt")
                )
                named = Cell(initiative.title, link("initiatives.detail", id=initiative.code))
                rows.append((named, joined.joined_on, joined.left_on or "", told))
    return Table(title=_("Mandaten en initiatieven"), columns=_period(_("Waarvoor")), rows=tuple(rows))


def _counts(practice: Practice) -> Table:
    """Registered insured, counted on a day."""
    rows = tuple((item.counted_on, item.insured) for item in sorted(practice.insured, key=lambda item: item.counted_on))
    columns = (Column(_("Geteld op"), "day"), Column(_("Ingeschreven verzekerden"), "number"))
    return Table(title=_("Ingeschreven verzekerden"), columns=columns, rows=rows)
