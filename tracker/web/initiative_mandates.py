"""Mandates and declarations of an initiative as n of m; who is missing only for who may see practices."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker import labels
from tracker.domain.contracts import mandates_behind
from tracker.domain.finding import Finding
from tracker.domain.initiatives import day_of_judgement
from tracker.domain.periods import covers
from tracker.web.dates import days
from tracker.web.frame import language
from tracker.web.initiative_subject import Subject

MOST_NAMES = 12
"""More names than this are told as a number."""


def mandates_card(about: Subject) -> dict[str, Any]:
    """The view model of `mandate_card` in templates/components/initiative.html."""
    mandate, declared = about.finding("mandate_complete"), about.finding("no_double_funding_agreed")
    listed = (
        (mandate, _("Mandaat voor de overeenkomst"), _without_mandate(about, mandate)),
        (declared, _("Verklaring tegen dubbele financiering"), _without_declaration(about)),
    )
    rows, hidden = [], []
    for finding, title, names in listed:
        if finding is None:
            continue
        row = _counted(finding, title, names)
        if row is None:
            hidden.append({"title": title, "text": labels.text(finding.reason, language())})
        else:
            rows.append(row)
    note = (
        None
        if about.seen.sees_practices
        else _("Namen van praktijken zijn alleen zichtbaar voor het samenwerkingsverband.")
    )
    return {"rows": rows, "hidden": hidden, "note": note}


def _counted(finding: Finding, title: str, names: list[str]) -> dict[str, Any] | None:
    """`41 van 49` as the finding counts it; None where nothing was counted or the group is too small to show."""
    n, total = finding.reason.values.get("n"), finding.reason.values.get("total")
    if not isinstance(n, int) or not isinstance(total, int):
        return None
    return {
        "title": title,
        "value": labels.number(n, language()),
        "of": labels.number(total, language()),
        "width": round(100 * n / total, 1) if total else 0,
        "missing": _missing(total - n, names),
    }


def _missing(count: int, names: list[str]) -> str | None:
    if not count:
        return None
    said = str(ngettext("%(num)s ontbreekt", "%(num)s ontbreken", count))
    if not names:
        return said
    more = len(names) - MOST_NAMES
    listed = names[:MOST_NAMES] + ([str(_("%(num)s andere", num=more))] if more > 0 else [])
    return f"{said}: {labels.listed(listed, language())}"


def _names(about: Subject, codes: list[str]) -> list[str]:
    held = {item.code: item.name for item in about.seen.dossier.practices}
    return sorted(held.get(code, code) for code in codes)


def _without_mandate(about: Subject, finding: Finding | None) -> list[str]:
    if finding is None or not about.seen.sees_practices:
        return []
    held = mandates_behind(finding, about.seen.dossier, days().as_of)
    return [] if held is None else _names(about, list(held.missing))


def _without_declaration(about: Subject) -> list[str]:
    if not about.seen.sees_practices:
        return []
    day = day_of_judgement(about.initiative, days().as_of)
    taking_part = [item for item in about.initiative.participants if covers(item.joined_on, item.left_on, day)]
    signed = {item.practice for item in taking_part if item.no_double_funding_signed_on is not None}
    return _names(about, sorted({item.practice for item in taking_part} - signed))
