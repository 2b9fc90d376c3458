"""The agreed deviations of a region together: a visit asks for all of them, not for one rule at a time."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.contract import Waiver
from tracker.exchange.tables import Column, Table
from tracker.web.frame import language
from tracker.web.region import codes, words
from tracker.web.scope import Visible


def waivers_table(seen: Visible) -> Table:
    """Every deviation that was agreed up to the day, the newest first; one that ended stays, with its last day."""
    names = {item.code: item.name for item in seen.dossier.practices}
    names |= {item.code: item.title for item in seen.dossier.initiatives}
    held = sorted(seen.dossier.waivers, key=lambda item: (item.agreed_on, item.rule), reverse=True)
    rows = tuple(
        (
            _rule(item) if item.subject == seen.code else f"{_rule(item)} · {names.get(item.subject, item.subject)}",
            item.agreed_on,
            item.until or _("geen einddatum"),
            _signers(item),
            item.reason,
        )
        for item in held
    )
    columns = (
        Column(_("Regel"), width=44),
        Column(_("Afgesproken op"), "day"),
        Column(_("Tot en met"), "day"),
        Column(_("Getekend door"), width=24),
        Column(_("Reden"), width=48),
    )
    return Table(title=_("Afgesproken afwijkingen"), columns=columns, rows=rows)


def _rule(waiver: Waiver) -> str:
    title = codes().rules.get(waiver.rule)
    return waiver.rule if title is None else words(title)


def _signers(waiver: Waiver) -> str:
    named = dict.fromkeys([waiver.signer, *(item.person for item in waiver.signers)])
    return labels.listed(list(named), language())
