"""The products of an initiative: their assessment in time, with the use below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker import labels
from tracker.domain.policy import Action
from tracker.domain.products import Dependent, VersionStanding
from tracker.domain.programme import Programme
from tracker.domain.records.enums import UseRole
from tracker.domain.records.initiative import Initiative
from tracker.queries.products import product_register, terms_of
from tracker.web.assessment_view import state_word, time_line
from tracker.web.dates import days, link
from tracker.web.downloads import source_line
from tracker.web.frame import language
from tracker.web.product_view import verdict_words
from tracker.web.products_filters import Scope
from tracker.web.products_view import who
from tracker.web.scope import permitted


def versions_of(asked: Programme, initiative: Initiative, as_of: date) -> list[VersionStanding]:
    """The versions that an initiative uses or used, in the order of the register."""
    wanted = {(item.product, item.version) for item in initiative.uses}
    whole = permitted(Action.see_practices)
    everything = product_register(asked, as_of, known_at=days().known_at, whole=whole)
    return [item for item in everything if (item.product.code, item.version) in wanted]


def product_names(asked: Programme, initiative: Initiative, as_of: date) -> list[str]:
    """What it is about on the day: `ZorgplanSamen 1`; of an ended initiative what it was about."""
    found = []
    for item in versions_of(asked, initiative, as_of):
        own = [held for held in _own(item, initiative) if held.use.role is UseRole.OBJECT]
        if any(held.is_current for held in own) or (own and initiative.ended_on is not None):
            found.append(item.name)
    return found


def _own(item: VersionStanding, initiative: Initiative) -> list[Dependent]:
    return [held for held in item.dependents if held.initiative.code == initiative.code]


def product_figures(asked: Programme, initiative: Initiative, as_of: date) -> list[dict[str, Any]]:
    """A figure for each version: {figure, timeline, note} as templates/initiatives/detail.html has them."""
    terms = terms_of(asked)
    if terms is None:
        return []
    scope = Scope(permitted(Action.see_cooperation))
    found = []
    for number, item in enumerate(versions_of(asked, initiative, as_of), start=1):
        own = _own(item, initiative)
        caption = verdict_words(item)
        names = [_("Gebruik") if held.use.role is UseRole.OBJECT else _("Basissysteem") for held in own]
        found.append(
            {
                "figure": {
                    "id": f"toepassing-{number}",
                    "title": _("KC-oordeel van %(name)s", name=item.name),
                    "caption": caption,
                    "caption_text": caption,
                    "table": _table(item, own),
                    "source": source_line(),
                    "interactive": True,
                },
                "timeline": time_line(item, own, names, terms, as_of) | {"legend": None},
                "note": _note(item, own, initiative, scope),
                "ways": _ways(item),
            }
        )
    return found


def _table(item: VersionStanding, own: list[Dependent]) -> dict[str, Any]:
    tongue = language()
    rows = [
        [state_word(period.state), labels.day_short(period.from_on, tongue), labels.day_short(period.to_on, tongue)]
        for period in item.history
    ]
    for held in own:
        end = labels.day_short(held.to_on, tongue) if held.to_on else ""
        rows.append([_("In gebruik"), labels.day_short(held.from_on, tongue), end])
    return {
        "wide": True,
        "caption": _("Oordeel en gebruik van %(name)s", name=item.name),
        "columns": [{"text": text} for text in (_("Wat"), _("Van"), _("Tot en met"))],
        "rows": [{"cells": row} for row in rows],
    }


def _note(item: VersionStanding, own: list[Dependent], initiative: Initiative, scope: Scope) -> str:
    """Why a background use is one, and who else uses it."""
    said = [_("Onderbouwing: %(text)s", text=held.use.justification) for held in own if held.use.justification]
    others = [held for held in item.dependents if held.is_current and held.initiative.code != initiative.code]
    if others:
        said.append(_("Ook gebruikt door %(who)s.", who=who(others, scope)))
    return " ".join(said)


def _ways(item: VersionStanding) -> list[Any]:
    """To the product, and to how a verdict is asked for."""
    parts: list[Any] = [{"text": _("Naar toepassing"), "url": link("products.detail", id=item.product.code)}]
    if item.needs_assessment and not item.standing.is_positive:
        parts.append(" · ")
        url = link("products.detail", id=item.product.code)
        parts.append({"text": _("Een oordeel aanvragen"), "url": f"{url}#oordeel-aanvragen"})
    return parts
