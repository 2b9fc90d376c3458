"""One product as a page: its versions, their events and uses, and how to ask for an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.assessment import AssessmentState
from tracker.domain.finding import strength_of
from tracker.domain.products import Dependent, ProductGroup, Terms, VersionStanding
from tracker.domain.programme import Programme
from tracker.domain.records.enums import AssessmentStatus
from tracker.domain.records.product import Assessment
from tracker.queries.products import asked_of_products
from tracker.web.answers import register_forms
from tracker.web.assessment_view import since_words, state_chip, time_line
from tracker.web.dates import days, link
from tracker.web.downloads import source_line
from tracker.web.frame import fictional, language
from tracker.web.passages_view import passage_view
from tracker.web.products_filters import Scope
from tracker.web.products_view import anchor, region_count, state_then, who
from tracker.web.sources_view import with_addresses

HELP = "assessment"
"""The facts of a programme that tell how to ask for an assessment have this at the start of their key."""


def product_page(items: Sequence[VersionStanding], terms: Terms, programme: Programme, scope: Scope) -> dict[str, Any]:
    """The view model of templates/products/detail.html."""
    product, as_of = items[0].product, days().as_of
    facts: list[list[Any]] = [[labels.word(product.kind, language())]]
    if product.supplier:
        facts.append([_("leverancier"), " ", {"text": product.supplier, "strong": True}])
    asked = asked_of_products(programme)
    return {
        "head": {
            "title": product.name,
            "fictional": fictional(),
            "crumbs": [{"text": _("Toepassingen"), "url": link("products.index")}, {"text": product.name}],
            "facts": facts,
            "buttons": [{"text": _("Afdrukken"), "print": True}, *register_forms(product.code)],
        },
        "versions": [_version(item, terms, scope, as_of) for item in items],
        "rule": None
        if asked is None
        else {
            "text": labels.words(asked.plain, language()),
            "code": asked.rule,
            "source": passage_view(asked.source, programme),
            "ours": labels.words(asked.ours_note, language()) if asked.ours_note else None,
        },
        "help": how_to_ask(programme) if any(_lacks_verdict(item) for item in items) else None,
    }


def _lacks_verdict(item: VersionStanding) -> bool:
    return item.needs_assessment and not item.standing.is_positive


def how_to_ask(programme: Programme) -> dict[str, Any] | None:
    """How to ask for an assessment: what the source says, with the form and the addresses it names."""
    facts = [item for item in programme.facts if item.key.startswith(HELP)]
    if not facts:
        return None
    tongue = language()
    papers = [item for item in programme.documents if item.alias.startswith("KC-")]
    return {
        "steps": [
            {
                "title": with_addresses(labels.words(item.title, tongue)),
                "source": passage_view(item.source, programme),
                "note": labels.words(item.note, tongue) if item.note else None,
            }
            for item in facts
        ],
        "papers": [
            {
                "title": item.title,
                "publisher": item.publisher,
                "note": with_addresses(labels.words(item.note, tongue)) if item.note else [],
            }
            for item in papers
        ],
    }


def _version(item: VersionStanding, terms: Terms, scope: Scope, as_of: date) -> dict[str, Any]:
    shown = [held for held in item.dependents if scope.sees(held)]
    others = scope.others([held for held in item.dependents if not scope.sees(held)])
    names = [f"{held.initiative.title}, {held.region}" for held in shown]
    caption = _caption(item, scope)
    events = sorted(
        (event for event in item.product.assessments if event.version == item.version),
        key=lambda event: (event.reported_on, list(AssessmentStatus).index(event.status)),
    )
    table = {
        "wide": True,
        "caption": _("Beoordelingen van %(name)s", name=item.name),
        "columns": [{"text": text} for text in (_("Datum"), _("Gebeurtenis"), _("Geldig t/m"), _("Bewijs"))],
        "rows": [{"cells": _event_cells(event, as_of)} for event in events],
    }
    return {
        "anchor": anchor(item),
        "title": _("Versie %(version)s", version=item.version),
        "status": state_chip(item.standing, item.group, as_of),
        "since": since_words(item.standing, item.group),
        "before": state_then(item, terms),
        "figure": {
            "id": anchor(item),
            "title": _("Versie %(version)s", version=item.version),
            "caption": caption,
            "caption_text": caption,
            "table": table,
            "source": source_line(),
            "interactive": False,
        },
        "timeline": time_line(item, shown, names, terms, as_of),
        "events": table if events else None,
        "uses": _uses(item, shown),
        "others": _others_words(others),
        "uses_label": _("Wie versie %(version)s gebruikt", version=item.version),
        "touched": _touched(item, scope),
    }


def _event_cells(event: Assessment, as_of: date) -> list[Any]:
    tongue = language()
    said = labels.word(event.status, tongue)
    until = labels.day_short(event.valid_until, tongue) if event.valid_until else ""
    return [
        labels.day_short(event.reported_on, tongue),
        {"text": said[:1].upper() + said[1:], "sub": event.conditions},
        until,
        {"proof": strength_of(event, as_of).value, "sub": "; ".join(piece.title for piece in event.evidence) or None},
    ]


def _uses(item: VersionStanding, shown: Sequence[Dependent]) -> dict[str, Any] | None:
    if not shown:
        return None
    tongue = language()
    heads = (_("Initiatief"), _("Regio"), _("Van"), _("Tot en met"), _("Nu"))
    return {
        "wide": True,
        "caption": _("Gebruik van %(name)s", name=item.name),
        "columns": [{"text": text} for text in heads],
        "rows": [
            {
                "cells": [
                    {"text": held.initiative.title, "url": link("initiatives.detail", id=held.initiative.code)},
                    {"text": held.region, "url": link("cooperations.overview", code=held.cooperation)},
                    labels.day_short(held.from_on, tongue),
                    labels.day_short(held.to_on, tongue) if held.to_on else "",
                    _now(held),
                ]
            }
            for held in shown
        ],
    }


def _now(held: Dependent) -> str:
    if not held.is_current:
        return str(_("niet in gebruik"))
    return str(_("in gebruik, oordeel gevraagd") if held.is_asked else _("in gebruik, oordeel niet gevraagd"))


def _others_words(others: int) -> str | None:
    if not others:
        return None
    return str(_("Ook in gebruik of gebruikt bij %(regions)s buiten uw gebied.", regions=region_count(others)))


def _caption(item: VersionStanding, scope: Scope) -> str:
    """The finding in a sentence: the verdict, and who uses it."""
    using = [held for held in item.dependents if held.is_current]
    used = _("Niet in gebruik.") if not using else _("In gebruik bij %(who)s.", who=who(using, scope))
    return f"{verdict_words(item)} {used}"


def verdict_words(item: VersionStanding) -> str:
    """The verdict on the day in a sentence."""
    standing, tongue = item.standing, language()
    if item.group is ProductGroup.NOT_NEEDED:
        kind = labels.word(item.product.kind, tongue)
        return str(_("Een product van de soort %(kind)s heeft geen KC-oordeel nodig.", kind=kind))
    if standing.since is None:
        return str(_("Nooit aangemeld bij het Kenniscentrum."))
    since = labels.day_words(standing.since, tongue)
    said = labels.word(standing.state, tongue)
    if standing.is_positive and standing.valid_until:
        until = labels.day_words(standing.valid_until, tongue)
        return str(
            _("Het oordeel is positief sinds %(since)s en geldt tot en met %(until)s.", since=since, until=until)
        )
    if standing.state is AssessmentState.EXPIRED and standing.valid_until:
        ended = labels.day_words(standing.valid_until, tongue)
        word = _("Het oordeel verliep op %(day)s.", day=ended)
        return f"{word} {_gone_on(item)}".strip()
    return str(_("KC-oordeel: %(state)s sinds %(since)s.", state=said, since=since))


def _gone_on(item: VersionStanding) -> str:
    """How long it was used on without a valid verdict."""
    lapsed = item.history[-1]
    if not item.asked:
        return ""
    gone = labels.days((lapsed.to_on - lapsed.from_on).days + 1, language())
    return str(_("Het gebruik ging %(days)s door.", days=gone))


def _touched(item: VersionStanding, scope: Scope) -> str | None:
    """Who is touched, from which day: now by a missing verdict, or later when a valid one ends."""
    using = [held for held in item.dependents if held.is_current]
    if item.group is ProductGroup.ACTION:
        return str(_("Zonder geldig oordeel zijn nu geraakt: %(who)s.", who=who(item.asked, scope)))
    until = item.standing.valid_until
    if item.standing.is_positive and until is not None and using:
        day = labels.day_words(until, language())
        return str(_("Loopt het oordeel af op %(day)s, dan raakt dat %(who)s.", day=day, who=who(using, scope)))
    return None
