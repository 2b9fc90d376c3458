"""Decisions on money as they are said at the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.meeting import running_on, to_decide
from tracker.domain.records.enums import ExtensionResult
from tracker.domain.records.funding import Extension
from tracker.domain.records.initiative import Initiative
from tracker.web.dates import link
from tracker.web.frame import language, programme
from tracker.web.live_table import Table
from tracker.web.scores_view import insurer_name


def decisions(table: Table) -> dict[str, Any]:
    """A card for each running initiative: what waits for a decision first."""
    asked = programme()
    may = table.pen.may("extension") and asked.insurer_key in table.pen.insurers
    ends = {item.code: last for item, last in to_decide(table.item.dossier, table.on)}
    found = sorted(running(table), key=lambda item: (item.code not in ends, ends.get(item.code, date.max), item.code))
    return {
        "insurer": insurer_name(asked),
        "may_decide": may,
        "rows": [_decision(table, item, ends.get(item.code)) for item in found],
        "choices": [{"value": key.value, "word": word} for key, word in decision_words().items()],
    }


def running(table: Table) -> tuple[Initiative, ...]:
    """The initiatives whose money the meeting speaks of."""
    return running_on(table.item.dossier, table.on)


def decided(table: Table, item: Initiative) -> Extension | None:
    """What the meeting decided on the money of an initiative."""
    return next((one for one in item.extensions if one.decided_on == table.on), None)


def decision_words() -> dict[ExtensionResult, str]:
    """What the insurer can decide, as it is said at the table."""
    return {
        ExtensionResult.EXTENDED: _("Verlengen"),
        ExtensionResult.EXTENDED_REDUCED: _("Bijstellen"),
        ExtensionResult.NOT_EXTENDED: _("Stoppen"),
    }


def _decision(table: Table, item: Initiative, ends: date | None) -> dict[str, Any]:
    tongue, held, words = language(), decided(table, item), decision_words()
    former = max((one for one in item.extensions if one.decided_on < table.on), key=_decided_on, default=None)
    name = f"besluit-{item.code}"
    row = {
        "name": name,
        "code": item.code,
        "title": item.title,
        "url": link("initiatives.detail", id=item.code),
        "result": held.result.value if held else "",
        "until": labels.day_short(held.until, tongue) if held and held.until else "",
        "reason": (held.reason if held else None) or "",
        "told": words[held.result] if held else _("nog geen besluit"),
        "is_decided": held is not None,
        "money": _money(table, ends),
        "former": _told(former, words) if former else None,
        **table.trouble(name),
    }
    typed = row.get("typed") or {}
    return row | {key: typed[key] for key in ("result", "until", "reason") if key in typed}


def _money(table: Table, ends: date | None) -> str | None:
    """Until when there is money, where that asks for a decision."""
    if ends is None:
        return None
    day = labels.day_words(ends, language())
    if ends < table.on:
        gone = labels.days((table.on - ends).days, language())
        return str(_("financiering eindigde op %(day)s, %(gone)s geleden", day=day, gone=gone))
    return str(_("financiering eindigt op %(day)s", day=day))


def _told(decision: Extension, words: dict[ExtensionResult, str]) -> str:
    """A decision of before in one line."""
    day = labels.day_short(decision.decided_on, language())
    word = _("tot en met")
    until = f", {word} {labels.day_short(decision.until, language())}" if decision.until else ""
    return f"{words[decision.result]} ({day}{until})"


def _decided_on(decision: Extension) -> date:
    return decision.decided_on
