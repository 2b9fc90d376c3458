"""The check before the start: the conditions of an initiative on a planned day."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from flask import abort
from flask_babel import gettext as _

from tracker import labels
from tracker.domain.records.initiative import Initiative
from tracker.forms.days import parse_day
from tracker.queries.precheck import PreCheck, precheck
from tracker.web.conditions_view import conditions_card, conditions_of, rules_asked
from tracker.web.date_bar import hidden_fields
from tracker.web.dates import days, link
from tracker.web.downloads import source_line
from tracker.web.frame import fictional, language
from tracker.web.initiative_subject import Subject


class Start(msgspec.Struct, frozen=True):
    """The day that was asked for, what stands in its field, and what is wrong with it."""

    day: date
    typed: str
    error: str | None = None


def planned_start(initiative: Initiative, typed: str | None) -> Start:
    """The planned start: what was typed, else what is on record, but never before the peildatum."""
    as_of, tongue = days().as_of, language()
    usual = max(initiative.planned_start_on or as_of, as_of)
    if typed is None or not typed.strip():
        return Start(usual, labels.day_short(usual, tongue))
    day = parse_day(typed)
    if day is None:
        message = _("Schrijf een bestaande datum, bijvoorbeeld 1-3-2027 of 1 maart 2027.")
        return Start(usual, typed.strip()[:40], str(message))
    if day < as_of:
        message = _("Kies een startdatum op of na %(day)s.", day=labels.day_words(as_of, tongue))
        return Start(usual, typed.strip()[:40], str(message))
    return Start(day, labels.day_short(day, tongue))


def products_to_try(about: Subject) -> list[tuple[str, str]]:
    """Every version in the register, to see what using it would mean."""
    products = sorted(about.seen.register.products, key=lambda item: item.name)
    return [
        (f"{item.code}:{version.version}", f"{item.name} {version.version}")
        for item in products
        for version in sorted(item.versions, key=lambda held: held.version)
    ]


def tried(text: str | None) -> tuple[str, str] | None:
    """The product and version that the address names."""
    product, mark, version = (text or "").partition(":")
    return (product, version) if mark and product and version else None


def precheck_page(
    about: Subject, start: Start, use: tuple[str, str] | None, options: list[tuple[str, str]]
) -> dict[str, Any]:
    """The view model of templates/initiatives/precheck.html."""
    initiative = about.initiative
    use = use if use is not None and ":".join(use) in dict(options) else None
    found = _checked(about, start.day, use)
    findings = found.findings if about.seen.sees_practices else about.guarded(found)
    asked, held = conditions_of(found.initiative, about.seen.code, findings, start.day)
    card = conditions_card(found.initiative, asked, held, start.day, found.dossier)
    for row in card["rows"]:
        if row["why"]:
            row["why"] = {**row["why"], "url": None, "related": []}
    return {
        "head": _head(about, start),
        "started": _started(initiative),
        "form": _form(start, use, options),
        "conditions": card,
        "sentence": _(
            "Als ‘%(title)s’ op %(day)s start, zijn %(met)s van de %(total)s voorwaarden behaald.",
            title=initiative.title,
            day=labels.day_words(start.day, language()),
            met=held.met,
            total=held.total,
        ),
        "note": _(
            "De voortoets toetst wat nu bekend is op de dag van de start. "
            "Wat na de peildatum verandert, telt nog niet mee."
        ),
        "source": source_line(),
    }


def _checked(about: Subject, day: date, use: tuple[str, str] | None) -> PreCheck:
    """The initiative as it would start on the day, with the product that is tried."""
    now = days()
    found = precheck(
        about.seen.code,
        about.initiative.code,
        day,
        facts_on=day if now.as_of == now.today else now.as_of,
        only=rules_asked(),
        known_at=now.known_at,
        use=use,
    )
    return abort(404) if found is None else found


def _form(start: Start, use: tuple[str, str] | None, options: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "start": start.typed,
        "error": start.error,
        "hidden": [item for item in hidden_fields() if item["name"] not in ("start", "toepassing")],
        "options": [{"value": key, "text": text} for key, text in options],
        "chosen": ":".join(use) if use else "",
    }


def _head(about: Subject, start: Start) -> dict[str, Any]:
    initiative = about.initiative
    return {
        "title": _("Voortoets op %(day)s", day=labels.day_words(start.day, language())),
        "fictional": fictional(),
        "crumbs": [
            {"text": about.seen.dossier.name, "url": link("cooperations.overview", code=about.seen.code)},
            {"text": _("Initiatieven"), "url": link("initiatives.index")},
            {"text": initiative.title, "url": link("initiatives.detail", id=initiative.code)},
            {"text": _("Voortoets")},
        ],
        "lead": initiative.title,
        "buttons": [{"text": _("Afdrukken"), "print": True}],
    }


def _started(initiative: Initiative) -> dict[str, Any] | None:
    """An initiative that runs has its own page: the check then only tells what a later start would have met."""
    if initiative.started_on is None:
        return None
    day = labels.day_words(initiative.started_on, language())
    return {
        "tone": "blue",
        "icon": "info-circle",
        "title": _("Dit initiatief is gestart op %(day)s.", day=day),
        "text": _("De voorwaarden zoals ze nu staan, vindt u op de pagina van het initiatief."),
        "link": {"text": initiative.title, "url": link("initiatives.detail", id=initiative.code)},
    }
