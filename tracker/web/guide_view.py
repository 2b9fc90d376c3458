"""The answers of the funding guide, with their conditions, amounts and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tracker import labels
from tracker.domain.amounts import plain
from tracker.domain.finding import Status
from tracker.domain.guide import Answer, Change, Fit, Guidance
from tracker.domain.guide_facts import Check, Question
from tracker.domain.programme import Tariff
from tracker.exchange.tables import Column, Table
from tracker.web.chips import Chip, chip_of
from tracker.web.dates import link
from tracker.web.frame import language
from tracker.web.passages_view import passage_view
from tracker.web.programmes_view import owner_words

FITS = {
    Fit.FITS: (Status.MET, lazy_gettext("Past"), "green"),
    Fit.CONDITIONAL: (Status.ADVISORY, lazy_gettext("Past onder voorwaarden"), "amber"),
    Fit.NOT: (Status.NOT_MET, lazy_gettext("Past niet"), "red"),
}


def answers_page(question: Question, found: Guidance) -> dict[str, Any]:
    """The right side of the guide: changes near the start, the answers in three groups, and what is about else."""
    return {
        "changes": [_change(item, question.starts_on) for item in found.changes],
        "groups": [_group(fit, found.of(fit), question) for fit in FITS],
        "nothing": not found.of(Fit.FITS) and not found.of(Fit.CONDITIONAL),
        "double": double_funding(question),
        "elsewhere": [
            f"{labels.words(item.option.title, language())}, {owner_words(item.option.programme)}"
            for item in found.of(Fit.ELSEWHERE)
        ],
        "summary": _summary(found),
    }


def _summary(found: Guidance) -> str:
    counts = {fit: len(found.of(fit)) for fit in FITS}
    return str(
        _(
            "%(fits)s past, %(conditional)s past onder voorwaarden, %(other)s past niet.",
            fits=counts[Fit.FITS],
            conditional=counts[Fit.CONDITIONAL],
            other=counts[Fit.NOT],
        )
    )


def _change(item: Change, starts_on: date) -> dict[str, Any]:
    """A rule that changed near the start, as a bar with both routes: places in percent."""
    tongue = language()
    ended, began = labels.words(item.ended.title, tongue), labels.words(item.began.title, tongue)
    return {
        "title": _("De regel veranderde per %(day)s.", day=labels.day_words(item.on, tongue)),
        "text": _("%(ended)s ging over in %(began)s.", ended=ended, began=began),
        "ended": _("%(route)s, t/m %(day)s", route=ended, day=labels.day_short(item.ended.valid_to or item.on, tongue)),
        "began": _("%(route)s, vanaf %(day)s", route=began, day=labels.day_short(item.on, tongue)),
        "after": starts_on >= item.on,
        "start": _("Uw startdatum, %(day)s, valt onder de nieuwe regel.", day=labels.day_words(starts_on, tongue))
        if starts_on >= item.on
        else _("Uw startdatum, %(day)s, valt onder de oude regel.", day=labels.day_words(starts_on, tongue)),
    }


def _group(fit: Fit, answers: Sequence[Answer], question: Question) -> dict[str, Any]:
    return {
        "key": fit.value,
        "title": str(FITS[fit][1]),
        "count": len(answers),
        "rows": [_row(item, number == 0 and fit is Fit.FITS) for number, item in enumerate(answers)],
    }


def fit_chip(fit: Fit) -> Chip:
    """The answer as a chip."""
    status, words, tone = FITS[fit]
    return chip_of(status, tone=tone) | {"word": str(words), "short": str(words)}


def _row(item: Answer, is_open: bool) -> dict[str, Any]:
    option, tongue = item.option, language()
    return {
        "id": f"route-{option.programme.key}-{option.key}",
        "title": f"{labels.words(option.title, tongue)} ({owner_words(option.programme)})",
        "text": why_short(item),
        "chip": fit_chip(item.fit),
        "tone": FITS[item.fit][2],
        "open": is_open,
        "what": labels.words(option.text, tongue) if not option.is_stream else None,
        "checks": [
            {"status": chip_of(one.status) | _check_word(one), "text": labels.text(one.reason, tongue)}
            for one in item.checks
        ],
        "amounts": amounts(item.tariffs),
        "source": passage_view(option.source, option.programme),
    }


def _check_word(item: Check) -> dict[str, str]:
    words = {
        Status.MET: _("Voldoet"),
        Status.NOT_MET: _("Voldoet niet"),
        Status.UNKNOWN: _("Nog aan te tonen"),
        Status.ADVISORY: _("Let op"),
    }
    return {"word": words[item.status]}


def why_short(item: Answer) -> str:
    """One line: what fails, else what asks for attention, else what has to be shown."""
    for status in (Status.NOT_MET, Status.ADVISORY, Status.UNKNOWN):
        found = [labels.text(one.reason, language()) for one in item.checks if one.status is status]
        if found:
            said = "; ".join(found[:2])
            return f"{said[:1].upper()}{said[1:]}."
    return str(_("Aan alle voorwaarden is voldaan."))


def amounts(tariffs: Iterable[Tariff]) -> list[str]:
    """The amounts with their unit; one unknown sentence where the sources name none."""
    tongue, known = language(), []
    for item in tariffs:
        if item.amount_eur is not None:
            unit = labels.words(item.unit, tongue) if item.unit else ""
            name = labels.words(item.title, tongue)
            known.append(f"{name}: {labels.euro(item.amount_eur, tongue)} {unit}".strip())
    return known or [unknown_amount()]


def unknown_amount() -> str:
    """What stands where the sources name no amount."""
    return str(_("Onbekend. De bronnen noemen geen bedrag."))


def double_funding(question: Question) -> dict[str, Any] | None:
    """What pays the item on the start date, and what anything more would be (R24)."""
    if not question.item:
        return None
    tongue, total = language(), plain(question.total_then)
    day = labels.day_words(question.starts_on, tongue)
    share = labels.percentage(total, tongue)
    if not question.paid_then:
        sentence = _("Op %(day)s betaalt nog niets voor %(item)s.", day=day, item=question.item_name)
    elif total > 100:
        sentence = _(
            "%(item)s wordt op %(day)s voor %(share)s betaald. Dat is meer dan 100%%.",
            item=question.item_name,
            day=day,
            share=share,
        )
    elif total == 100:
        sentence = _(
            "%(item)s wordt op %(day)s voor 100%% betaald. Alles wat erbij komt, is dubbel.",
            item=question.item_name,
            day=day,
        )
    else:
        rest = labels.percentage(100 - total, tongue)
        sentence = _(
            "%(item)s wordt op %(day)s voor %(share)s betaald. Meer dan %(rest)s erbij is dubbel.",
            item=question.item_name,
            day=day,
            share=share,
            rest=rest,
        )
    return {"sentence": sentence[:1].upper() + sentence[1:], "table": _paid(question) if question.paid_then else None}


def _paid(question: Question) -> dict[str, Any]:
    tongue = language()
    rows = []
    for item in question.paid_then:
        line = item.line
        covered = labels.word(line.covered_by, tongue) if line.covered_by else _("nee")
        rows.append(
            {
                "cells": [
                    labels.word(line.stream, tongue),
                    {"text": item.initiative, "url": link("initiatives.detail", id=item.initiative)},
                    labels.percentage(plain(line.share_pct), tongue),
                    labels.euro(line.eur_per_year, tongue) if line.eur_per_year is not None else _("Onbekend"),
                    labels.day_short(line.from_on, tongue),
                    labels.day_short(line.to_on, tongue) if line.to_on else _("open"),
                    covered,
                ]
            }
        )
    heads = [_("Stroom"), _("Initiatief"), _("Aandeel"), _("Per jaar"), _("Van"), _("Tot en met"), _("Al gedekt door")]
    return {"caption": _("Wat de kostenpost nu betaalt"), "columns": [{"text": head} for head in heads], "rows": rows}


def answers_table(found: Guidance) -> Table:
    """The answers as a file."""
    tongue = language()
    rows = tuple(
        (
            labels.words(item.option.title, tongue),
            owner_words(item.option.programme),
            str(FITS[item.fit][1]),
            "; ".join(f"{_check_word(one)['word']}: {labels.text(one.reason, tongue)}" for one in item.checks),
            "; ".join(amounts(item.tariffs)),
            f"{item.option.source.document}:{item.option.source.place}",
        )
        for item in found.answers
        if item.fit in FITS
    )
    heads = {_("Route"): 40, _("Van wie"): 20, _("Antwoord"): 24, _("Voorwaarden"): 80, _("Bedrag"): 40, _("Bron"): 14}
    return Table(
        title=_("Bekostigingswijzer"),
        columns=tuple(Column(head, width=width) for head, width in heads.items()),
        rows=rows,
    )
