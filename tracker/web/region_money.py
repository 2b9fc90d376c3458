"""The money of a region: per cost item its streams against 100%, the contracts, and the claims of O&I tariffs."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker import access, labels
from tracker.domain.contracts import last_day
from tracker.domain.expiring import is_followed
from tracker.domain.funding import payments_by_item
from tracker.domain.periods import months_later
from tracker.domain.records.contract import Contract
from tracker.domain.rule_kinds import Subject
from tracker.exchange.tables import Cell, Column, Table
from tracker.programmes.kinds import KINDS
from tracker.web.answers import may_keep_mandates
from tracker.web.chips import chip
from tracker.web.dates import days, link
from tracker.web.downloads import download_links, shown, source_line
from tracker.web.financing_view import all_lines, financing_figures
from tracker.web.frame import language
from tracker.web.mandates_view import counted_on, counted_words
from tracker.web.region import codes, head, words
from tracker.web.scope import Visible
from tracker.web.why_view import why_url

SOON = 6
"""So many months before its end a contract says so (domain.md 5.1)."""
_CLAIMS = frozenset({Subject.OI_CLAIM, Subject.APPLICATION})


def funding_page(seen: Visible) -> dict[str, Any]:
    """The view model of templates/cooperations/funding.html."""
    items, as_of = list(payments_by_item(seen.dossier)), days().as_of
    contracts, claims = contracts_table(seen), _claims(seen)
    return {
        **head(seen, "funding"),
        "figures": financing_figures(seen.dossier, items, as_of),
        "lines": _card("regels", all_lines(seen.dossier, items), _("Geen financiering vastgelegd.")),
        "contracts": _card("contracten", contracts, _("Geen contracten vastgelegd.")),
        "claims": claims,
        "source": source_line(),
    }


def funding_tables(seen: Visible) -> dict[str, Table]:
    """The tables by the name in the address."""
    lines = all_lines(seen.dossier, payments_by_item(seen.dossier))
    return {
        "financiering": lines,
        "regels": lines,
        "contracten": contracts_table(seen),
        "declaraties": claims_table(seen),
    }


def _card(name: str, table: Table, empty: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": table.title,
        "text": None,
        "table": shown(table, wide=True) if table.rows else None,
        "empty": None if table.rows else {"title": empty},
        "downloads": download_links(name),
    }


def contracts_table(seen: Visible) -> Table:
    """Every contract that was signed, the newest first."""
    held = sorted(seen.dossier.contracts, key=lambda item: (item.signed_on, item.code), reverse=True)
    rows = tuple(
        (
            item.title or item.code,
            codes().insurers.get(item.insurer, item.insurer),
            item.signed_on,
            item.starts_on,
            last_day(item) or "",
            _standing(seen, item),
            labels.listed([labels.word(scope, language()) for scope in item.scopes], language()),
            *([_mandates(seen, item)] if seen.sees_practices else []),
        )
        for item in held
    )
    columns = (
        Column(_("Contract"), width=40),
        Column(_("Verzekeraar"), width=20),
        Column(_("Getekend op"), "day"),
        Column(_("Van"), "day"),
        Column(_("Tot en met"), "day"),
        Column(_("Stand"), width=24),
        Column(_("Onderdelen"), width=30),
        *([Column(_("Mandaten"), width=24)] if seen.sees_practices else []),
    )
    return Table(title=_("Contracten"), columns=columns, rows=rows)


def _standing(seen: Visible, contract: Contract) -> str:
    """Whether it runs on the day, and in how many days it ends where that is within half a year."""
    as_of, end = days().as_of, last_day(contract)
    if end is not None and end < as_of:
        return str(_("afgelopen"))
    if contract.starts_on > as_of:
        return str(_("begint nog"))
    if end is None or end > months_later(as_of, SOON):
        return str(_("loopt"))
    left = labels.days((end - as_of).days, language())
    told = _("loopt vandaag af") if end == as_of else _("loopt af over %(days)s", days=left)
    return str(_("%(ends)s, opvolger vastgelegd", ends=told) if is_followed(contract, seen.dossier) else told)


def _mandates(seen: Visible, contract: Contract) -> Cell | str:
    """How many practices gave a mandate, and the way to all of them for who keeps those."""
    told = counted_words(counted_on(seen.dossier, contract, days().as_of))
    keeps = not days().is_past and may_keep_mandates(access.pen(seen.code))
    url = link("mandates.index", code=seen.code, overeenkomst=contract.code) if keeps else None
    return Cell(told, url) if url else told


def _claims(seen: Visible) -> dict[str, Any] | None:
    """The claims and applications with what their rule says; nothing where there are none."""
    found = [item for item in seen.findings if KINDS[item.requirement.kind].subject in _CLAIMS]
    if not found:
        return None
    rows = [
        {
            "title": f"{item.subject.partition('/')[2]}: {words(item.requirement.label)}",
            "facts": labels.text(item.reason, language()),
            "status": chip(item, days().as_of),
            "url": why_url(item, seen.code),
        }
        for item in sorted(found, key=lambda item: (item.subject, item.rule))
    ]
    return {"title": _("Declaraties en aanvragen"), "rows": rows, "downloads": download_links("declaraties")}


def claims_table(seen: Visible) -> Table:
    """The claims and applications as a file."""
    found = [item for item in seen.findings if KINDS[item.requirement.kind].subject in _CLAIMS]
    columns = (
        Column(_("Code")),
        Column(_("Regel")),
        Column(_("Onderdeel"), width=44),
        Column(_("Status"), width=20),
        Column(_("Uitleg"), width=60),
    )
    rows = tuple(
        (
            item.subject.partition("/")[2],
            item.rule,
            words(item.requirement.label),
            labels.status_words(item, language()),
            labels.text(item.reason, language()),
        )
        for item in sorted(found, key=lambda item: (item.subject, item.rule))
    )
    return Table(title=_("Declaraties en aanvragen"), columns=columns, rows=rows)
